// The breaker goes in as a connector and comes out as a connector: one opossum and one bulkhead an operation, every limit named.
import CircuitBreaker from 'opossum';
import {
  NotSent,
  type Answer,
  type BreakerLimits,
  type BreakerReport,
  type BreakerState,
  type Connector,
  type LookUp,
  type Operation,
} from './contract.js';

export interface Guarded {
  connector: Connector;
  report(): BreakerReport[];
  stop(): void;
}

/** Published default of Salesforce commerce hooks: of 100 watched calls more than half fail, then 60 s pause. */
export const defaultLimits: BreakerLimits = {
  concurrency: 8,
  volumeThreshold: 20,
  errorThresholdPercent: 50,
  rollingWindowMs: 60_000,
  resetMs: 60_000,
  slowMs: 3_000,
};

/** An answer that came, and came too late to count as one. */
class Slow extends Error {
  constructor(readonly answer: unknown) {
    super('slow');
  }
}

export function withBreaker(connector: Connector, limits: BreakerLimits, onChange: (report: BreakerReport) => void): Guarded {
  const guards: ReturnType<typeof guard>[] = [];
  const around = <Given extends unknown[], Got>(
    operation: string,
    work: (...given: Given) => Promise<Got>,
  ): ((...given: Given) => Promise<Got>) => {
    const made = guard(connector.id, operation, work as never, limits, onChange);
    guards.push(made);
    return made.call as never;
  };
  const operations: Record<string, Operation<unknown>> = {};
  for (const [name, operation] of Object.entries(connector.operations))
    operations[name] = around<Parameters<Operation<unknown>>, Answer>(name, operation);
  const lookUp = around<Parameters<Connector['lookUp']>, LookUp>('lookUp', (operation, call) => connector.lookUp(operation, call));
  return {
    connector: { ...connector, operations, lookUp, readCallback: (body) => connector.readCallback(body) },
    report: () => guards.map(({ report }) => report()),
    stop: () => guards.forEach(({ stop }) => stop()),
  };
}

function guard(
  connectorId: string,
  operation: string,
  work: (...given: unknown[]) => Promise<unknown>,
  limits: BreakerLimits,
  onChange: (report: BreakerReport) => void,
) {
  let inFlight = 0;
  let state: BreakerState = 'CLOSED';
  let since = new Date().toISOString();
  const timed = async (...given: unknown[]): Promise<unknown> => {
    const from = performance.now();
    const answer = await work(...given);
    if (limits.slowMs !== undefined && performance.now() - from > limits.slowMs) throw new Slow(answer);
    return answer;
  };
  const breaker = new CircuitBreaker(timed, {
    timeout: false, // each call brings its own AbortSignal: opossum's timeout would leave the call running
    volumeThreshold: limits.volumeThreshold,
    errorThresholdPercentage: limits.errorThresholdPercent,
    rollingCountTimeout: limits.rollingWindowMs,
    rollingCountBuckets: 10,
    resetTimeout: limits.resetMs,
    capacity: Number.MAX_SAFE_INTEGER, // the bulkhead below: opossum counts its own rejections as failures
  });
  const report = (): BreakerReport => {
    const { failures, fires, rejects } = breaker.stats;
    const calls = fires - rejects;
    return { connectorId, operation, state, since, failureRate: calls > 0 ? Math.min(1, failures / calls) : 0 };
  };
  const become = (next: BreakerState) => () => {
    state = next;
    since = new Date().toISOString();
    onChange(report());
  };
  breaker.on('open', become('OPEN'));
  breaker.on('halfOpen', become('HALF_OPEN'));
  breaker.on('close', become('CLOSED'));
  return {
    report,
    stop: () => breaker.shutdown(),
    async call(...given: unknown[]): Promise<unknown> {
      if (inFlight >= limits.concurrency) throw new NotSent('BULKHEAD_FULL', connectorId, operation);
      inFlight++;
      try {
        return await breaker.fire(...given);
      } catch (error) {
        if (error instanceof Slow) return error.answer;
        if ((error as { code?: string }).code === 'EOPENBREAKER') throw new NotSent('CIRCUIT_OPEN', connectorId, operation);
        throw error;
      } finally {
        inFlight--;
      }
    },
  };
}
