// The conformance kit passes each of our own simulators at every level, and finds each way in which one can be made to fail.
import type { Level } from '../../src/conformance/check.js';
import { openDoor } from '../../src/conformance/door.js';
import { transportChecks } from '../../src/conformance/levels/transport.js';
import { asBadge, asText } from '../../src/conformance/render.js';
import { allChecks, runConformance, type Report } from '../../src/conformance/run.js';
import type { Trial } from '../../src/conformance/trial.js';
import { partners } from '../../connectors/index.js';
import { startPartner } from '../../src/sandbox/partners/server.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import type { Faults } from '../../src/sandbox/partners/faults.js';
import { createAuthority } from '../support/certificates.js';

const webhookSecret = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;
const credentials = { clientId: 'us', clientSecret: 'between us' };
let runs = 0;

/** A simulator of its own with these faults, and the kit's report on it. */
async function tryOut(
  id: string,
  wanted: Level,
  faults: Faults,
  { operation = '', answerMs = 20_000, timeoutMs = 20_000, waitMs = 10_000, only = null as string[] | null, callbacks = true } = {},
): Promise<Report> {
  const spec = partnerSpecs.find((each) => each.id === id)!;
  const door = callbacks ? await openDoor({ port: 0, host: '127.0.0.1', partnerId: id, secrets: [webhookSecret] }) : null;
  const gatewayUrl = () => door?.url ?? null;
  const simulator = await startPartner({ spec, port: 0, host: '127.0.0.1', ...credentials, webhookSecret, gatewayUrl, ledgerFile: null });
  const { url } = simulator;
  const control = (path: string, method: string, body?: object) =>
    fetch(`${url}/control${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  try {
    const set = await control(`/fault${operation && `?operation=${operation}`}`, 'PUT', faults);
    if (!set.ok) throw new Error(await set.text());
    return await runConformance(
      {
        create: partners[id]!,
        partner: { id, url, ...credentials, timeoutMs },
        operations: only,
        run: ++runs,
        door,
        async bring(deliveryId) {
          const state: any = await (await control('/state', 'GET')).json();
          const [type] = state.newest.find((each: any) => each.deliveryId === deliveryId)?.steps ?? [];
          if (type) await control(`/deliveries/${deliveryId}/steps`, 'POST', { type });
        },
        waitMs,
        quietMs: 700,
        answerMs,
        parallel: 12,
      },
      wanted,
    );
  } finally {
    await simulator.stop();
    await door?.stop();
  }
}

const failed = ({ findings }: Report) => [...new Set(findings.filter(({ outcome }) => outcome === 'FAIL').map(({ id }) => id))].sort();

describe('our own simulators', () => {
  const reports = new Map<string, Report>();
  beforeAll(async () => {
    await Promise.all(partnerSpecs.map(async ({ id }) => reports.set(id, await tryOut(id, 5, {}))));
  });
  it.each(partnerSpecs.map(({ id }) => id))('%s passes at every level', (id) => {
    const report = reports.get(id)!;
    expect(report.findings.filter(({ outcome, holdsUp }) => outcome === 'FAIL' || holdsUp)).toEqual([]);
    expect(report).toMatchObject({ reached: 5, passed: true, kit: '1.0' });
    const tried = new Set(report.findings.map((finding) => finding.id));
    expect([...tried].sort()).toEqual(allChecks.map((check) => check.id).sort());
  });
  it('are told about in text and by a badge', () => {
    const report = reports.get('harbor-legal')!;
    expect(asText(report)).toMatch(
      /Level 3: Idempotency and look-up \(passed\)\n {2}PASS {2}key.again \(placeClaim\): HTTP 201, accepted as HL-/,
    );
    expect(asText(report)).toMatch(/Level 5 is passed\.\n$/);
    expect(asBadge(report)).toMatch(/^<svg xmlns=.*aria-label="Harbor Legal: Casegraph conformance 1.0, level 5 · \d{4}-\d\d-\d\d"/);
    const few = { ...report, reached: 1, passed: false, partner: { ...report.partner, name: '<b> & "c"' } };
    expect(asText(few)).toContain('Level 5 is not passed; level 1 is.');
    expect(asBadge(few)).toContain('&lt;b> &amp; &quot;c&quot;');
  });
});

it('does not pass callbacks that nobody listens for, nor says so', async () => {
  const report = await tryOut('courier', 4, {}, { callbacks: false });
  expect(report).toMatchObject({ reached: 3, passed: false });
  expect(report.findings.filter(({ level }) => level === 4)).toEqual(
    expect.arrayContaining([expect.objectContaining({ outcome: 'SKIP', holdsUp: true, seen: expect.stringContaining('--callback-port') })]),
  );
});

describe('transport', () => {
  const check = (partner: object) => transportChecks.find(({ id }) => id === 'transport.tls')!.run({ partner } as Trial, '');
  it('is not plain HTTP to another machine', () => expect(check({ url: 'http://partner.example' })).rejects.toThrow('personal data'));
  it('is TLS with a certificate that is trusted', async () => {
    const [authority, stranger] = [createAuthority('pretend'), createAuthority('stranger')];
    const tls = { ...authority.certify('127.0.0.1'), ca: authority.cert };
    const [spec] = partnerSpecs;
    const simulator = await startPartner({
      spec: spec!,
      port: 0,
      host: '127.0.0.1',
      ...credentials,
      tls,
      webhookSecret,
      gatewayUrl: () => null,
      ledgerFile: null,
    });
    const { url } = simulator;
    const mine = { ...authority.certify('us'), ca: authority.cert };
    expect(await check({ url, tls: mine, timeoutMs: 5_000 })).toMatch(/^TLSv1\.[23], the certificate is trusted$/);
    await expect(check({ url, tls: { ...mine, ca: stranger.cert }, timeoutMs: 5_000 })).rejects.toThrow();
    await simulator.stop();
  });
});

const faults: [name: string, level: Level, faults: Faults, fails: string[], how?: Parameters<typeof tryOut>[3]][] = [
  ['gives tokens to anybody', 1, { anyClient: true }, ['token.wrongSecret']],
  ['takes calls without a token', 1, { anyToken: true }, ['token.forged', 'token.needed']],
  ['gives no token', 2, { status: 500 }, ['token.given'], { operation: 'token' }],
  ['says neither yes nor no', 2, { vague: true }, ['order.accepted', 'order.incomplete'], { operation: 'placeClaim' }],
  ['accepts what lacks fields', 2, { anyBody: true }, ['order.incomplete']],
  ['says HTML where JSON is due', 2, { wrongContentType: true }, ['order.accepted'], { operation: 'placeClaim' }],
  ['answers too much', 2, { oversizeBytes: 1_500_000 }, ['order.accepted'], { operation: 'placeClaim' }],
  ['answers 500', 2, { status: 500 }, ['order.accepted', 'order.incomplete', 'order.unreadable'], { operation: 'placeClaim' }],
  ['redirects nobody but refuses all', 2, { refuse: { code: 'NO', reason: '' } }, ['order.accepted'], { operation: 'placeClaim' }],
  ['drops sockets', 2, { dropSockets: true }, ['order.accepted'], { operation: 'placeClaim' }],
  ['drops after the effect', 2, { dropAfterEffect: true }, ['order.accepted'], { operation: 'placeClaim' }],
  ['drops every answer', 2, { dropAnswers: true }, ['order.accepted'], { operation: 'placeClaim' }],
  ['never answers', 2, { halfOpen: true }, ['order.accepted'], { operation: 'placeClaim', timeoutMs: 5_000 }],
  ['drips', 2, { dripMs: 400 }, ['order.accepted'], { operation: 'placeClaim', timeoutMs: 5_000 }],
  ['does the same order again', 3, { forgetKeys: true }, ['key.again', 'key.otherBody', 'key.together']],
  ['overlooks another body', 3, { anyKey: true }, ['key.otherBody']],
  ['knows nothing when looked up', 3, { blindLookUp: true }, ['key.otherBody', 'key.together', 'lookUp.known']],
  [
    'answers look-ups with a bare 404',
    3,
    { status: 404 },
    ['key.otherBody', 'key.together', 'lookUp.known', 'lookUp.refused', 'lookUp.unknown', 'token.forged', 'token.needed'],
    { operation: 'lookUp' },
  ],
  [
    'sends everybody away',
    5,
    { mostAtOnce: 0, retryAfterS: 0 },
    ['key.together', 'order.accepted', 'order.incomplete', 'order.unreadable', 'stress.largeEvidence', 'stress.parallel'],
    { operation: 'placeClaim' },
  ],
  ['is slow', 5, { latencyMs: 350 }, ['stress.inTime'], { operation: 'lookUp', answerMs: 300 }],
  ['does not say when to come again', 5, { mostAtOnce: 3, latencyMs: 20 }, ['stress.retryAfter'], { operation: 'placeClaim' }],
  ['says when to come again', 5, { mostAtOnce: 6, latencyMs: 20, retryAfterS: 0 }, [], { operation: 'placeClaim' }],
  ['signs wrongly', 4, { wrongSignature: true }, ['callback.signature'], { waitMs: 1_500 }],
  ['signs with the key before', 4, { oldKey: true }, ['callback.signature'], { waitMs: 1_500 }],
  ['has a wrong clock', 4, { clockSkewMs: -600_000 }, ['callback.timestamp'], { waitMs: 1_500 }],
  ['sends broken JSON', 4, { badJson: true }, ['callback.arrives'], { waitMs: 1_500 }],
  ['speaks of a delivery that never was', 4, { unknownDelivery: true }, ['callback.binding'], { waitMs: 1_500 }],
  ['gives another reference', 4, { otherRef: true }, ['callback.binding']],
  ['numbers everything 1', 4, { sameSequence: true }, ['callback.sequence']],
  ['tells once, taken or not', 4, { noRetry: true }, ['callback.retry']],
  ['takes a new id for each try', 4, { newIdPerTry: true }, ['callback.id', 'callback.retry']],
  ['tells again what was taken', 4, { duplicateCallbacks: true }, ['callback.ends']],
  ['tells out of order, which it may', 4, { reorderCallbacks: true }, []],
];

describe('a law firm that fails', () => {
  const reports: Report[] = [];
  beforeAll(async () => {
    // Those that wait for a timeout first; few at once, so that nobody else's answer is late.
    const order = faults.map((_, i) => i).sort((a, b) => (faults[a]![4]?.timeoutMs ?? 1e9) - (faults[b]![4]?.timeoutMs ?? 1e9));
    const work = async () => {
      for (let i = order.shift(); i !== undefined; i = order.shift()) {
        const [, wanted, fault, , how] = faults[i]!;
        reports[i] = await tryOut('harbor-legal', wanted, fault, { only: ['placeClaim'], ...how });
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
  });
  it.each(faults.map(([name, , , fails], i) => [name, fails, i] as const))('%s: %j', (_, fails, i) => {
    expect(failed(reports[i]!)).toEqual([...fails].sort());
    expect(reports[i]!.passed).toBe(fails.length === 0);
  });
  it('is found by each check', () => {
    const found = new Set(faults.flatMap(([, , , fails]) => fails));
    expect(['transport.tls', ...found].sort()) // which has tests of its own above
      .toEqual(allChecks.map(({ id }) => id).sort());
  });
});
