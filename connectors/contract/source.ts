// What a source system's messages become.

/** A message of a source system as it came from Kafka. */
export interface SourceMessage {
  topic: string;
  partition: number;
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, string>;
}

/** A format of a source system: its message becomes canonical events, or a reason why it cannot be read. */
export interface SourceFormat {
  /** By which it is chosen in SOURCES, and whose upper-case form its settings begin with. */
  id: string;
  read(message: SourceMessage): { events: CanonicalEvent[] } | { unreadable: string };
  /** Where messages of several topics belong together: they are taken when all of them are there, so one process reads all partitions. */
  joined?: JoinedMessages;
}

export interface JoinedMessages {
  /** How long a message waits for the others after the last of them came; then it is taken, with a warning. */
  patienceMs: number;
  /** Whether a topic tells of transactions only: no business date waits for it. */
  endsOnly(topic: string): boolean;
  /** Null for a message that stands alone. */
  of(message: SourceMessage): PartOfTransaction | EndOfTransaction | null;
}

/** `part` is the table; `order` tells a message that came twice from two messages, where the source numbers them. */
export interface PartOfTransaction {
  transaction: string;
  part: string;
  order: number | null;
}

/** How many messages of each part make the transaction whole. */
export interface EndOfTransaction {
  transaction: string;
  parts: Readonly<Record<string, number>>;
}

/** CloudEvents 1.0 attributes of a canonical event; `data` is described by schema/events/<type>.json. */
export interface CanonicalEvent {
  id: string;
  source: string;
  type: string;
  time: string;
  tenantid: string;
  aggregateid: string;
  sequence: string;
  /** Left out or empty where the source does not tell it: then the day on which it observed the event. */
  businessdate?: string;
  /** A snapshot read or backfill: nothing is to be done now for what it tells of the past. */
  replay?: boolean;
  effectivedate: string;
  data: Record<string, unknown>;
}
