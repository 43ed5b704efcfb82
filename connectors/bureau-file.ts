// What a credit bureau's file says of accounts, apart from any bureau's words for it, and what every format of such files offers.
import type { Money } from './contract.js';

/** Calendar date, `YYYY-MM-DD`. */
export type DateText = string;

/** A format renders a file from records in the order in which they come: the same input gives the same bytes, on any machine and at any time. */
export interface BureauFileFormat {
  /** By which policies name it, e.g. `metro2`. */
  id: string;
  /**
   * The files of one reporting period, most often one; some formats write one a segment.
   * `records` may be read once for each file and once more to count what stands in a header before the rows; it never needs to fit in memory.
   * It gives the same records each time, in the order of `borrower.ref` and then `account.accountRef`, compared by code unit (Postgres: COLLATE "C"):
   * so the records of a borrower come one after another, and a borrower, collateral or account that comes back is found without keeping those before.
   * Throws a `FileFault` for a record that the format cannot say.
   */
  files(header: FileHeader, records: () => AsyncIterable<FileRecord>): readonly BureauFile[];
  /** @throws FileFault when a file under this header could not tell the record; where it stands among others is not looked at */
  check(header: FileHeader, record: FileRecord): void;
  /** How a change of an account's number is told: by a record that tells nothing else, by one that tells the account as well, or not at all. */
  changeOfNumber: 'ALONE' | 'WITHIN' | 'NEVER';
  /**
   * The bureau's answer to a file, matched by key and never by the order of lines. Says what is wrong with it instead of throwing.
   * `name`: how the file of the answer is called, where the bureau says only there which file it answers.
   */
  readAcknowledgement(bytes: Buffer, name?: string): { acknowledgement: Acknowledgement } | { problem: string };
  /** What the bureau's codes and the rules of faults mean, in plain words. */
  explanations: Readonly<Record<string, string>>;
  /** The keys under which the bureau may answer this record, where its files have no place for `FileRecord.key`; without it that key is the one. */
  acknowledgementKeys?(record: FileRecord): readonly string[];
}

export interface BureauFile {
  /** Its name by the bureau's rule. */
  name: string;
  /** The segment or record type, where a period is told in several files. */
  part: string;
  /** Chunks of whole records. `totals` may be asked for after the last of them. */
  bytes(): AsyncIterable<Buffer>;
  /** The control totals as they stand in the file, e.g. `{ baseRecords: 12, status71: 3 }`. */
  totals(): Readonly<Record<string, number>>;
  /** Whether the bureau wants no such file, since it tells nothing; known as the totals are. It has one chunk then. */
  needless?(): boolean;
}

export interface FileHeader {
  /** How the bureau knows the reporter; which of them a format needs is its own to check. */
  reporter: { code: string; type?: string; name: string; address?: string; phone?: string };
  /** First and last day of the period; what is reported is the position at the end of the last. */
  period: { from: DateText; to: DateText };
  /** When the file is said to be made: a business date and a time of it, never the clock. */
  createdAt: { on: DateText; time: string };
  /** Rises by one with each file to the bureau, without gaps. */
  sequence: number;
}

/** What is done at the bureau with the account; `IDENTIFIER` tells that its number changed. */
export type FileAction = 'CREATE' | 'UPDATE' | 'CORRECT' | 'DELETE' | 'DELETE_FRAUD' | 'IDENTIFIER' | 'NOTE';

/** One account as it stands at the end of the period. Sums are decimal text with the exponent of the currency. */
export interface FileRecord {
  /** Unique a file, and the same in the acknowledgement: `{account}/{version}`. */
  key: string;
  action: FileAction;
  /** For a correction: the segments that change, where the format corrects by segment. Empty: all. */
  segments?: readonly string[];
  account: FileAccount;
  borrower: FileParty;
  associates: readonly (FileParty & { role: 'JOINT' | 'GUARANTOR' | 'AUTHORISED'; percent?: number })[];
  collaterals: readonly FileCollateral[];
  standing: FileStanding;
  /** What the bureau has to be told about the record itself. */
  mark?: 'DISPUTED' | 'DISPUTE_RESOLVED' | 'DISPUTE_RESOLVED_DISAGREES' | 'REMOVE';
  /** Free words for formats that take a note. */
  note?: string;
}

export interface FileAccount {
  /** Never reused, never silently changed. */
  accountRef: string;
  formerAccountRef?: string;
  branch?: string;
  kind: 'INSTALMENT' | 'MORTGAGE' | 'REVOLVING' | 'LINE_OF_CREDIT' | 'OPEN';
  /** The bureau's own codes for the product and the like, by the names that the format gives them; the tenant's settings say them. */
  codes: Readonly<Record<string, string>>;
  currency: string;
  originalPrincipal: string;
  creditLimit?: string;
  openedOn: DateText;
  maturesOn: DateText;
  instalments: number;
  /** Months from one instalment to the next; 0 where it falls due at once. */
  everyMonths: number;
  /** Percent a year, e.g. `12.5`. */
  interestRate?: string;
  interestFixed?: boolean;
  /** Where the debt was bought, or is collected for another. */
  originalCreditor?: { name: string; code?: string; classification?: string };
}

export interface FileParty {
  ref: string;
  kind: 'PERSON' | 'COMPANY';
  name: { full: string; family?: string; given?: string };
  idKind?: 'NATIONAL' | 'PASSPORT' | 'COMPANY';
  idNumber?: string;
  taxNumber?: string;
  bornOn?: DateText;
  birthPlace?: string;
  gender?: 'F' | 'M';
  mothersName?: string;
  address?: { lines: readonly string[]; city?: string; cityCode?: string; region?: string; postalCode?: string; country?: string };
  phones: readonly string[];
  email?: string;
  /** A code of bankruptcy or the like, in the bureau's words. */
  insolvency?: string;
  /** The day of its petition. */
  insolvencySince?: DateText;
  /** The bureau's own codes of this party, by the names that the format gives them; where one is not here, the account's is taken. */
  codes?: Readonly<Record<string, string>>;
}

export interface FileCollateral {
  ref: string;
  type: string;
  description: string;
  owner?: string;
  evidence?: string;
  value?: Money;
  valuedOn?: DateText;
  bindingCode?: string;
  boundOn?: DateText;
  /** The bureau's own codes of this collateral, as `FileParty.codes`. */
  codes?: Readonly<Record<string, string>>;
}

/** What is owed, late and paid, at the end of the period. */
export interface FileStanding {
  state: 'ACTIVE' | 'PAID' | 'WRITTEN_OFF' | 'SOLD' | 'IN_COLLECTION' | 'CANCELLED';
  /** From when it is in this state; for a sale, the day on which it was sold. */
  stateSince: DateText;
  sale?: { buyer: string; buyerReports: boolean; stillManaged: boolean };
  /** Principal, interest, fees and penalties that are owed, due or not. */
  outstanding: FileSums;
  overdue: FileSums;
  /** What of it, principal and all else, is thirty days late or more; absent: by the ages of its principal, and all else of it. */
  overdueFrom30Days?: string;
  /** Days since the oldest due date that is not paid; 0 when none. */
  daysPastDue: number;
  overdueSince?: DateText;
  /** The due date after which the present arrears were first thirty days late; never later while they last. Once paid: of the arrears that the payment ended. */
  firstDelinquencyOn?: DateText;
  instalmentsOverdue: number;
  /** Unpaid principal by the age of its due date, both ends included; the last has no end. */
  overduePrincipalByAge: readonly { fromDays: number; toDays: number | null; principal: string }[];
  /** 1 is the best; the policy's own scale of five. */
  qualityClass: number;
  qualityClassSince: DateText;
  /** In the worst class: since when, and the bureau's code of the cause. */
  lossSince?: DateText;
  lossCause?: string;
  remainingInstalments: number;
  nextDueOn?: DateText;
  regularPayment: string;
  dueInPeriod: string;
  paidInPeriod: string;
  /** Paid out to the borrower in the period; without it, the principal of an account that was opened in it. */
  disbursedInPeriod?: string;
  lastPayment?: { on: DateText; amount: string };
  /** Past periods, the newest first, at most 24: days past due at the end of each, or why there are none. */
  history: readonly (number | 'NO_HISTORY' | 'NOT_REPORTED' | 'WRITTEN_OFF' | 'IN_COLLECTION' | 'ZERO_BALANCE')[];
  writtenOff?: { on: DateText; amount: string };
  restructured?: { times: number; firstOn: DateText; lastOn: DateText; how?: string };
  /** Of the period: what happened outside the schedule, in the words of the domain. */
  specialTrades?: readonly {
    kind: 'EXTENDED' | 'PREPAID' | 'SETTLED_EARLY' | 'FORGIVEN' | 'SOLD' | 'WRITTEN_OFF' | 'ASSET_IN_LIEU' | 'JUDICIAL';
    on: DateText;
    amount: string;
    changedMonths?: number;
  }[];
}

export interface FileSums {
  principal: string;
  interest: string;
  fees: string;
  penalties: string;
}

/** What the bureau answers: to the transport, to the file, or record by record. */
export interface Acknowledgement {
  /** The file that is answered, by its name. */
  file: string;
  level: 'TRANSPORT' | 'FILE' | 'RECORD';
  /** Whether the file as a whole was taken. */
  taken: boolean;
  problems: readonly { key?: string; code: string; field?: string; words: string; warning?: boolean }[];
  /** Keys of records that were taken, where the bureau lists them; those with no problem otherwise. */
  takenKeys?: readonly string[];
}

/** A record that the format cannot say; nothing of the file is sent. */
export class FileFault extends Error {
  constructor(
    readonly key: string,
    readonly field: string,
    readonly rule: string,
    readonly words: string,
  ) {
    super(`${key}: ${field}: ${words} (${rule})`);
  }
}
