// What a simulated law firm reads of an order, whatever its words: the desk judges this.

export interface Amount {
  amount: string;
  currency: string;
}

export interface Paper {
  name: string;
  mediaType: string;
  sha256: string;
  content: string;
}

/** Fields are there by the operation. */
export interface FirmOrder {
  caseRef: string;
  papers: Paper[];
  manifest: string | null;
  jurisdiction: string | null;
  /** What is claimed, loan by loan. */
  totals: Amount[];
  asOf: string | null;
  approve: string | null;
  amount: Amount | null;
  payment: { ref: string; kind: string } | null;
}

/** How a firm says things: its words for what happened, by the plain ones of schema/partners/callbacks.yaml, and what it reads and writes. */
export interface FirmWords {
  types: Readonly<Record<string, string>>;
  read(operation: string, body: any): FirmOrder;
  /** Plain data in its own fields. */
  write(data: Record<string, unknown>): Record<string, unknown>;
}
