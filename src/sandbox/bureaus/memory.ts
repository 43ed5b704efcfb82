// What a pretended bureau remembers between two deliveries, and how it takes one.

/** What the bureau holds of an account: some of it in the words of its format, and what `casegraph bureau-reconcile` compares. Sums in whole units. */
export interface HeldAccount {
  said: Readonly<Record<string, string>>;
  daysPastDue?: number;
  qualityClass?: number;
  overdue?: number;
  outstanding?: number;
}

/** All that a bureau remembers between two deliveries. */
export interface Memory {
  /** By account number. */
  accounts: Record<string, HeldAccount>;
  /** Names of files that were answered. */
  files: string[];
  /** Identities of records, where the format knows records that must not come twice. */
  identities: string[];
  /** Metro 2 compares a period with the one before. */
  before?: { activity: string; accounts: [string, unknown][]; retired: string[] };
}

export interface DeliveredBytes {
  name: string;
  bytes: Buffer;
}

/** Answers to files of one delivery; what was taken of them is in the memory afterwards. */
export type TakeDelivery = (files: readonly DeliveredBytes[], memory: Memory) => Promise<DeliveredBytes[]>;

export async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
