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

/** Where a partner is and how it knows us. */
export interface PartnerSettings {
  id: string;
  url: string;
  clientId: string;
  clientSecret: string;
  /** Signs what proves who we are, in place of the secret: an unencrypted PKCS #8 key as PEM, and the id that the partner knows it by.
   * `issuer` is the partner's authorization server by its own name: the only audience then (rfc7523bis), else the address of the token. */
  signing?: { pem: string; keyId: string; issuer?: string };
  /** What a partner sees of us that asks for a client certificate, all as PEM; `ca` in place of the usual authorities. */
  tls?: { cert: string; key: string; ca?: string };
  /** Whether addresses of private networks and of this machine are closed; the settings say so wherever it runs in production. */
  publicOnly?: boolean;
  timeoutMs: number;
  /** For whoever tests a partner through its connector; the gateway has none. */
  tap?: Tap;
}

/** One HTTP request to a partner; an object as `body` goes as JSON, a URLSearchParams as a form, a Buffer as it is. */
export interface Sent {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** What came of a request; `reply` is null where no answer came, and `fault` says why. */
export interface Exchange {
  sent: Sent;
  reply: { status: number; headers: Readonly<Record<string, string>>; data: unknown } | null;
  fault?: string;
  ms: number;
}

/** Sees what goes over the wire, and may have something else sent. */
export interface Tap {
  change?(sent: Sent): Sent;
  saw(exchange: Exchange): void;
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
  /** A call that takes longer counts as a failure, though its answer is taken; none is slow when left out. */
  slowMs?: number;
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
