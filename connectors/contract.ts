// What every partner connector offers and may answer: only an explicit yes is accepted, only an explicit no is refused, all else is unanswered.

/** ISO 4217 currency and a decimal string with that currency's exponent, e.g. `{ amount: "1250000.00", currency: "IDR" }`. */
export interface Money {
  amount: string;
  currency: string;
}

/** `accepted` and `refused` are the partner's own explicit words; `unanswered` is everything else and is reconciled by look-up, never sent again blindly. */
export type Answer =
  { is: 'accepted'; partnerRef: string } | { is: 'refused'; code: string; reason: string } | { is: 'unanswered'; reason: string };

/** What a look-up by delivery id may say: the partner's earlier answer, or that it never saw the delivery (then it may be sent). */
export type LookUp = Answer | { is: 'notFound' };

/** One send: `deliveryId` is the idempotency key at the partner, `signal` aborts this call alone. */
export interface Call {
  deliveryId: string;
  signal: AbortSignal;
}

export type Operation<Order> = (order: Order, call: Call) => Promise<Answer>;

/** A partner as the gateway sees it. Each entry of `operations` has its own breaker and bulkhead. */
export interface Connector {
  id: string;
  kind: ConnectorKind;
  name: string;
  operations: Record<string, Operation<any>>;
  /** What became of a delivery whose answer was lost. */
  lookUp(operation: string, call: Call): Promise<LookUp>;
  /** A callback body in the partner's words becomes the gateway's; throws nothing, says what is wrong instead. */
  readCallback(body: unknown): { callback: Callback } | { problem: string };
}

export type ConnectorKind = 'CREDIT_BUREAU' | 'LAW_FIRM' | 'ASSET_MANAGER' | 'AGENCY' | 'NOTIFICATION' | 'WEBHOOK';

/** A partner's news about a delivery. `sequence` rises per delivery at the partner; gaps and repeats are allowed, order of arrival means nothing. */
export interface Callback {
  type: string;
  deliveryId: string;
  partnerRef: string;
  sequence: number;
  occurredAt: string;
  data: Record<string, unknown>;
}

export interface CreditBureau extends Connector {
  kind: 'CREDIT_BUREAU';
  operations: {
    reportOverdue: Operation<OverdueReport>;
    /** The same flag with the figures of a later date. */
    updateReport: Operation<OverdueReport>;
    /** The same flag with other figures of the same date. */
    correctReport: Operation<OverdueReport>;
    withdrawReport: Operation<ReportWithdrawal>;
    /** As if it had never been reported. */
    deleteReport: Operation<ReportDeletion>;
    changeIdentifier: Operation<IdentifierChange>;
    markDispute: Operation<DisputeMark>;
    respondDispute: Operation<DisputeResponse>;
    /** The report comes as a callback `inquiry.completed`. */
    requestInquiry: Operation<InquiryOrder>;
  };
  /** What the bureau holds of us, a page at a time; null is the first. @throws PartnerFault */
  readLedger(page: string | null, signal: AbortSignal): Promise<LedgerPage>;
}

/**
 * `reportKey` names one flag. `version` rises with everything that is said of an account to a bureau, whichever flag it is about:
 * the bureau refuses what is not newer than what it took (STALE_VERSION). `replacesVersion` is the version of this flag that is replaced.
 */
export interface OverdueReport {
  reportKey: string;
  version: number;
  replacesVersion?: number;
  accountRef: string;
  borrowerRef: string;
  asOf: string;
  overdueSince: string;
  daysPastDue: number;
  overdue: Money;
  outstanding: Money;
  qualityClass: number;
}

export interface ReportWithdrawal {
  reportKey: string;
  version: number;
  replacesVersion: number;
  accountRef: string;
  asOf: string;
  reason: 'CURED' | 'ERROR';
}

export interface ReportDeletion {
  reportKey: string;
  version: number;
  replacesVersion: number;
  accountRef: string;
  asOf: string;
  reason: 'ERROR' | 'FRAUD' | 'DISPUTE_UPHELD';
}

export interface IdentifierChange {
  version: number;
  accountRef: string;
  formerAccountRef: string;
  asOf: string;
}

export interface DisputeMark {
  reportKey: string;
  version: number;
  accountRef: string;
  disputeRef: string;
  asOf: string;
  mark: 'SET' | 'CLEARED';
}

export interface DisputeResponse {
  accountRef: string;
  /** The bureau's own number where it sent the dispute, else ours. */
  disputeRef: string;
  outcome: 'VERIFIED' | 'MODIFIED' | 'DELETED';
  /** The version of the account's reports that says so. */
  version: number;
  asOf: string;
  words: string;
}

/** `consentRef` names the borrower's consent where that is the basis. */
export interface InquiryOrder {
  inquiryRef: string;
  borrowerRef: string;
  name: string;
  nationalId: string;
  purpose: string;
  legalBasis: string;
  consentRef?: string;
  asOf: string;
}

/** One account at one lender, as the bureau knows it; `ours` where we furnished it. */
export interface Tradeline {
  lender: string;
  accountRef: string;
  ours: boolean;
  kind: string;
  openedOn: string;
  outstanding: Money;
  overdue: Money;
  daysPastDue: number;
  qualityClass: number;
  reportedOn: string;
}

/** What the bureau holds of one account that we furnished. */
export interface LedgerEntry {
  accountRef: string;
  reportKey: string | null;
  /** The newest version that it took. */
  version: number;
  state: 'OVERDUE' | 'CURED' | 'DELETED';
  asOf: string;
  overdueSince: string | null;
  daysPastDue: number | null;
  overdue: Money | null;
  qualityClass: number | null;
  disputed: boolean;
}

export interface LedgerPage {
  entries: LedgerEntry[];
  /** To ask for the next; null after the last. */
  next: string | null;
}

export interface LawFirm extends Connector {
  kind: 'LAW_FIRM';
  operations: { placeClaim: Operation<ClaimOrder>; withdrawClaim: Operation<ClaimWithdrawal> };
}

export interface ClaimOrder {
  caseRef: string;
  jurisdiction: string;
  debtor: Debtor;
  claim: Claim[];
  evidence: EvidenceItem[];
  instructions?: string;
}

export interface Debtor {
  ref: string;
  name: string;
  nationalId?: string;
  address?: string;
  phones: string[];
}

/** One loan of the claim, as of a date. */
export interface Claim {
  accountRef: string;
  asOf: string;
  overdueSince: string | null;
  daysPastDue: number;
  principal: Money;
  interest: Money;
  fees: Money;
  penalties: Money;
  total: Money;
}

/** One document of the evidence bundle: content travels inline as base64, `sha256` (hex) is of the bytes. */
export interface EvidenceItem {
  name: string;
  mediaType: string;
  sha256: string;
  content: string;
}

/** `orderDeliveryId` is the delivery that placed what is now withdrawn. */
export interface ClaimWithdrawal {
  orderDeliveryId: string;
  caseRef: string;
  reason: string;
}

export interface AssetManager extends Connector {
  kind: 'ASSET_MANAGER';
  operations: { assignPortfolio: Operation<PortfolioAssignment> };
}

export interface PortfolioAssignment {
  saleRef: string;
  cutOffAt: string;
  price: Money;
  loans: Claim[];
}

export interface Agency extends Connector {
  kind: 'AGENCY';
  operations: { placeCase: Operation<PlacementOrder>; recallCase: Operation<PlacementRecall> };
}

export interface PlacementOrder {
  caseRef: string;
  debtor: Debtor;
  claim: Claim[];
  commissionRate: string;
  expiresOn: string;
}

export interface PlacementRecall {
  orderDeliveryId: string;
  caseRef: string;
  reason: string;
}

export interface NotificationChannel extends Connector {
  kind: 'NOTIFICATION';
  operations: { sendReminder: Operation<Reminder> };
}

/** A message whose text was rendered from a template; the figures in it are repeated as data, so that what was said can be proved. */
export interface Reminder {
  caseRef: string;
  channel: 'SMS' | 'EMAIL' | 'LETTER';
  to: string;
  language: string;
  text: string;
  overdue: Money;
  daysPastDue: number;
  payBy: string;
}

/** Where a partner is and how it knows us. */
export interface PartnerSettings {
  id: string;
  url: string;
  clientId: string;
  clientSecret: string;
  /** Signs what proves who we are, in place of the secret: an unencrypted PKCS #8 key as PEM, and the id that the partner knows it by. */
  signing?: { pem: string; keyId: string };
  /** What a partner sees of us that asks for a client certificate, all as PEM; `ca` in place of the usual authorities. */
  tls?: { cert: string; key: string; ca?: string };
  timeoutMs: number;
}

/** The limits of one connector operation; every one is named, none is left to a library's default. */
export interface BreakerLimits {
  /** Calls that may be in flight at once (bulkhead). */
  concurrency: number;
  /** Calls in the rolling window before the failure rate means anything. */
  volumeThreshold: number;
  /** Failures in percent at which the breaker opens. */
  errorThresholdPercent: number;
  rollingWindowMs: number;
  /** How long an open breaker waits before it lets one call probe. */
  resetMs: number;
}

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

export interface BreakerReport {
  connectorId: string;
  operation: string;
  state: BreakerState;
  since: string;
  failureRate: number;
}

/** Thrown by a guarded operation that did not reach the partner: the order may be sent later, nothing has happened. */
export class NotSent extends Error {
  constructor(
    override readonly cause: 'CIRCUIT_OPEN' | 'BULKHEAD_FULL',
    connectorId: string,
    operation: string,
  ) {
    super(`${connectorId}.${operation} was not called: ${cause}`);
  }
}

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

/** Thrown by an operation whose outcome is not an explicit yes or no. `sent: 'no'` is the partner's own word that nothing was done (or it was never reached); `'maybe'` has to be looked up. */
export class PartnerFault extends Error {
  constructor(
    readonly sent: 'no' | 'maybe',
    message: string,
    /** What the partner asked for in Retry-After. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
