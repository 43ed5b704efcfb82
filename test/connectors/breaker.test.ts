// The breaker of one operation: opens by its limits, lets one probe through, and never counts what is not a failure.
import { withBreaker, type Guarded } from '../../connectors/breaker.js';
import { PartnerFault, type Answer, type BreakerReport, type Connector } from '../../connectors/contract.js';
import { until } from '../support/until.js';

const limits = { concurrency: 2, volumeThreshold: 3, errorThresholdPercent: 50, rollingWindowMs: 10_000, resetMs: 150 };
const yes: Answer = { is: 'accepted', partnerRef: 'X-1' };
const no: Answer = { is: 'refused', code: 'NO', reason: '' };
const call = { deliveryId: 'd', signal: new AbortController().signal };
let open: Guarded[] = [];
afterEach(() => {
  open.forEach(({ stop }) => stop());
  open = [];
});

function guarded(answer: () => Promise<Answer>) {
  const seen: BreakerReport[] = [];
  let calls = 0;
  const connector: Connector = {
    id: 'p',
    kind: 'LAW_FIRM',
    name: 'P',
    lookUp: async () => yes,
    readCallback: () => ({ problem: '' }),
    operations: { one: () => (calls++, answer()), two: async () => yes },
  };
  const made = withBreaker(connector, limits, (report) => seen.push(report));
  open.push(made);
  return { send: (name = 'one') => made.connector.operations[name]!({}, call), made, seen, calls: () => calls };
}
const fail = async (): Promise<Answer> => {
  throw new PartnerFault('no', 'HTTP 503');
};

it('opens when enough calls failed, and then calls the partner no more', async () => {
  const { send, calls, seen } = guarded(fail);
  for (let i = 0; i < 3; i++) await expect(send()).rejects.toBeInstanceOf(PartnerFault);
  await expect(send()).rejects.toMatchObject({ cause: 'CIRCUIT_OPEN' });
  expect(calls()).toBe(3);
  expect(seen).toMatchObject([{ connectorId: 'p', operation: 'one', state: 'OPEN', failureRate: 1 }]);
});

it('leaves the other operations of the partner alone', async () => {
  const { send, made } = guarded(fail);
  for (let i = 0; i < 4; i++) await send().catch(() => {});
  expect(await send('two')).toEqual(yes);
  expect(await made.connector.lookUp('one', call)).toEqual(yes);
  expect(Object.fromEntries(made.report().map(({ operation, state }) => [operation, state]))).toEqual({
    one: 'OPEN',
    two: 'CLOSED',
    lookUp: 'CLOSED',
  });
});

it('lets one call through when its time has come, and closes when that one is answered', async () => {
  let healthy = false;
  let answerNow = () => {};
  const { send, calls, seen } = guarded(() => (healthy ? new Promise((answered) => (answerNow = () => answered(yes))) : fail()));
  for (let i = 0; i < 3; i++) await send().catch(() => {});
  healthy = true;
  await until('the breaker is half open', async () => seen.at(-1)?.state === 'HALF_OPEN');
  const probe = send();
  await expect(send()).rejects.toMatchObject({ cause: 'CIRCUIT_OPEN' });
  expect(calls()).toBe(4);
  answerNow();
  expect(await probe).toEqual(yes);
  expect(seen.map(({ state }) => state)).toEqual(['OPEN', 'HALF_OPEN', 'CLOSED']);
});

it('takes a refusal for an answer, however many there are', async () => {
  const { send, seen } = guarded(async () => no);
  for (let i = 0; i < 20; i++) expect(await send()).toEqual(no);
  expect(seen).toEqual([]);
});

it('turns away what is beyond its bulkhead, without counting it', async () => {
  const waiting: (() => void)[] = [];
  const { send, seen, calls } = guarded(() => new Promise((answered) => waiting.push(() => answered(yes))));
  const inside = [send(), send()];
  for (let i = 0; i < 20; i++) await expect(send()).rejects.toMatchObject({ cause: 'BULKHEAD_FULL' });
  expect(calls()).toBe(2);
  waiting.forEach((answer) => answer());
  expect(await Promise.all(inside)).toEqual([yes, yes]);
  const next = send();
  waiting.at(-1)!();
  expect(await next).toEqual(yes);
  expect(seen).toEqual([]);
});

it('takes a slow answer, and opens when there are enough of them', async () => {
  const slow = { ...limits, slowMs: 10 };
  let pause = 30;
  const answered = () => new Promise<Answer>((done) => setTimeout(() => done(yes), pause));
  const connector: Connector = {
    id: 'p',
    kind: 'LAW_FIRM',
    name: 'P',
    lookUp: async () => yes,
    readCallback: () => ({ problem: '' }),
    operations: { one: answered },
  };
  const seen: BreakerReport[] = [];
  const made = withBreaker(connector, slow, (report) => seen.push(report));
  open.push(made);
  const send = () => made.connector.operations['one']!({}, call);
  for (let i = 0; i < 3; i++) expect(await send()).toEqual(yes);
  await expect(send()).rejects.toMatchObject({ cause: 'CIRCUIT_OPEN' });
  await until('it is half open', async () => seen.at(-1)?.state === 'HALF_OPEN');
  pause = 0;
  expect(await send()).toEqual(yes);
  expect(seen.map(({ state }) => state)).toEqual(['OPEN', 'HALF_OPEN', 'CLOSED']);
});
