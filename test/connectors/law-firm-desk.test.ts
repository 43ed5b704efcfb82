// The simulated firms at their desks: what each refuses and by which code, told over its connector's own words.
import { hash } from 'node:crypto';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import type { Connector } from '../../connectors/contract.js';
import { partners } from '../../connectors/index.js';
import { idOf } from '../../src/domain/ids.js';
import { startPartners } from '../../src/sandbox/partners/start.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { orderOf } from '../../src/conformance/samples.js';

const credentials = { clientId: 'us', clientSecret: 'between us', webhookSecret: 'whsec_b25seSBmb3IgdHJ5aW5nIGl0IG91dA==' };
let started: Awaited<ReturnType<typeof startPartners>>;
beforeAll(async () => {
  started = await startPartners({ credentialsOf: () => credentials, gatewayUrl: () => null, stateFolder: null, anyPort: true });
});
afterAll(() => Promise.all(started.map((each) => each.stop())));

describe.each(['harbor-legal', 'merdeka-law'])('%s', (id) => {
  let deliveries = 0;
  let matter: string;
  const urlOf = () => started.find((each) => each.id === id)!.url;
  const send = async (operation: string, over: object = {}, deliveryId = idOf('handoff', id, ++deliveries)) => {
    const connector: Connector = partners[id]!({ id, url: urlOf(), timeoutMs: 2_000, ...credentials });
    const answer = await connector.operations[operation]!(
      { ...orderOf('LAW_FIRM', operation, matter), ...over },
      { deliveryId, signal: new AbortController().signal },
    );
    return answer.is === 'refused' ? answer.code : answer.is;
  };
  const words = () => partnerSpecs.find((each) => each.id === id)!;
  const step = async (n: number) =>
    fetch(`${urlOf()}/control/deliveries/${matter}/steps`, { method: 'POST', body: JSON.stringify({ type: words().steps[n] }) });
  /** On the page in the order of the course of a suit. */
  const stepOf = (plain: string) => words().steps.findIndex((type) => type === plain);
  beforeEach(async () => {
    matter = idOf('handoff', id, 'matter', ++deliveries);
    expect(await send('placeClaim', {}, matter)).toBe('accepted');
  });
  const paper = { name: 'a.csv', mediaType: 'text/csv', sha256: hash('sha256', 'a'), content: 'YQ==' };

  it.each([
    ['NO_CLAIM', { claim: [] }],
    ['WRONG_CHECKSUM', { evidence: [{ ...paper, sha256: '0'.repeat(64) }] }],
    ['DUPLICATE_DOCUMENT', { evidence: [paper, paper] }],
    ['MANIFEST_MISMATCH', { evidence: [paper] }],
  ])('takes no claim with %s', async (code, over) => expect(await send('placeClaim', over)).toBe(code));

  it.each(['addEvidence', 'instruct', 'reportDirectPayment', 'withdrawClaim'])('knows the matter that %s is about', async (operation) => {
    expect(await send(operation, { orderDeliveryId: 'handoff_zzzzzzzzzzzzzzzz' })).toBe('UNKNOWN_MATTER');
    expect(await send(operation, { caseRef: 'RC-other-1' })).toBe('CASE_MISMATCH');
    expect(await send(operation)).toBe('accepted');
  });

  it('does only what fits where the matter stands', async () => {
    const instruct = (approve: string) => send('instruct', { approve, amount: undefined });
    for (const approve of ['APPEAL', 'ENFORCEMENT', 'RESUMPTION', 'PRESERVATION_RENEWAL'])
      expect([approve, await instruct(approve)]).toEqual([approve, 'DOES_NOT_FIT']);
    expect([await instruct('DEMAND'), await instruct('FILING'), await instruct('FILING'), await instruct('DEMAND')]).toEqual([
      'accepted',
      'accepted',
      'DOES_NOT_FIT',
      'DOES_NOT_FIT',
    ]);
    await step(stepOf(id === 'harbor-legal' ? 'matter.judgmentGiven' : 'putusan'));
    expect(await instruct('APPEAL')).toBe('accepted');
    await step(stepOf(id === 'harbor-legal' ? 'matter.becameFinal' : 'inkracht'));
    expect(await instruct('ENFORCEMENT')).toBe('accepted');
  });

  it('keeps each document once, and takes back only what was paid', async () => {
    expect([await send('addEvidence'), await send('addEvidence')]).toEqual(['accepted', 'DUPLICATE_DOCUMENT']);
    expect(await send('reportDirectPayment', { kind: 'REVERSAL' })).toBe('UNKNOWN_PAYMENT');
    expect(await send('reportDirectPayment')).toBe('accepted');
    expect(await send('reportDirectPayment', { kind: 'REVERSAL' })).toBe('accepted');
    expect(await send('reportDirectPayment', { amount: { amount: '0.00', currency: 'IDR' } })).toBe('BAD_AMOUNT');
  });

  it('does nothing more once a matter has ended, but hears of payments', async () => {
    expect(await send('withdrawClaim')).toBe('accepted');
    expect([await send('withdrawClaim'), await send('instruct'), await send('addEvidence')]).toEqual(Array(3).fill('MATTER_ENDED'));
    expect(await send('reportDirectPayment')).toBe('accepted');
  });

  it('names in its document all codes that it refuses by', () => {
    const { Refused } = parse(readFileSync(`schema/partners/${id}.yaml`, 'utf8')).components.schemas;
    const said: string = (Refused.properties.code ?? Refused.properties.kode).description;
    const source = readFileSync('src/sandbox/partners/law-firm/rules.ts', 'utf8');
    for (const [, code] of source.matchAll(/no\('([A-Z_]+)'/g)) expect(said).toContain(code);
  });
});
