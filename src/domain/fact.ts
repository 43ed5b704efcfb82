// A fact as the event log keeps it: who said it, what it is about, when it is effective and when it was learned.

/** Business dates are `YYYY-MM-DD`. */
export type LocalDate = string;

export interface Fact<Type extends string = string, Data = any> {
  /** The system or person that said it; with `id` it is taken once. */
  source: string;
  id: string;
  type: Type;
  tenant: string;
  /** The loan (`{tenant}/{system}/{account}`), borrower or case (`case_…`) that it is about. */
  aggregateId: string;
  /** The source's order token within the aggregate. */
  sequence: bigint;
  effectiveOn: LocalDate;
  businessOn: LocalDate;
  occurredAt: Date;
  /** Set when it is written. */
  recordedAt?: Date;
  data: Data;
}
