// `casegraph conformance` as a partner runs it: exit codes, reports, the badge, and what it says when it cannot begin.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPartner, type Partner } from '../../src/sandbox/partners/server.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { allChecks } from '../../src/conformance/run.js';

const webhookSecret = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
let told: string | null = null;
let partner: Partner;

beforeAll(async () => {
  const spec = partnerSpecs.find(({ id }) => id === 'harbor-legal')!;
  const credentials = { clientId: 'us', clientSecret: 'between us', webhookSecret };
  partner = await startPartner({ spec, port: 0, host: '127.0.0.1', ...credentials, gatewayUrl: () => told, ledgerFile: null });
  writeFileSync(join(folder, 'secret'), 'between us\n');
  writeFileSync(join(folder, 'whsec'), `${webhookSecret}\n`);
});
afterAll(async () => {
  await partner.stop();
  rmSync(folder, { recursive: true });
});

function run(...args: string[]): Promise<{ code: number | null; said: string; wrong: string }> {
  const child = spawn(process.execPath, ['dist/src/main.js', 'conformance', ...args], { env: { PATH: process.env['PATH'] } });
  let [said, wrong] = ['', ''];
  child.stderr.on('data', (text: Buffer) => (wrong += text.toString()));
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    told ??= /News is taken at (\S+)\/callbacks/.exec(said)?.[1] ?? null;
  });
  return new Promise((ended) => child.once('close', (code) => ended({ code, said, wrong })));
}
const file = (name: string) => join(folder, name);
const here = () => ['--partner', 'harbor-legal', '--url', partner.url, '--client-id', 'us', '--client-secret-file', file('secret')];

it('passes a good partner with callbacks, and writes what it saw', async () => {
  const step = `curl -fsS -X POST ${partner.url}/control/deliveries/$DELIVERY_ID/steps -d '{"type":"matter.filed"}'`;
  const callbacks = ['--callback-port', '0', '--webhook-secret-file', file('whsec'), '--news-command', step, '--wait', '5', '--quiet', '1'];
  const { code, said } = await run(...here(), ...callbacks, '--level', '4', '--json', file('report.json'), '--badge', file('badge.svg'));
  expect([code, said.split('\n').at(-2)]).toEqual([0, 'Level 4 is passed.']);
  expect(JSON.parse(readFileSync(file('report.json'), 'utf8'))).toMatchObject({ kit: '1.0', wanted: 4, reached: 4, passed: true });
  expect(readFileSync(file('badge.svg'), 'utf8')).toContain('Casegraph conformance 1.0, level 4');
  expect(said + readFileSync(file('report.json'), 'utf8')).not.toMatch(/between us|whsec_/);
});
it('does not pass one that fails, as its exit code says', async () => {
  const fault = (method: string, body?: object) =>
    fetch(`${partner.url}/control/fault`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  await fault('PUT', { anyBody: true });
  const { code, said } = await run(...here(), '--level', '2', '--operation', 'placeClaim', '--json', '-');
  await fault('DELETE');
  const report = JSON.parse(said);
  expect([code, report.reached, report.passed]).toEqual([1, 1, false]);
  expect(report.findings.filter(({ outcome }: any) => outcome === 'FAIL')).toEqual([
    expect.objectContaining({ id: 'order.incomplete', operation: 'placeClaim', seen: expect.stringMatching(/^HTTP 201, accepted as HL-/) }),
  ]);
});
it('says what is missing when it cannot begin', async () => {
  const all = await Promise.all([
    run('--partner', 'bright-law'),
    run('--partner', 'courier'),
    run('--partner', 'courier', '--url', 'http://127.0.0.1:1'),
    run(...here(), '--callback-port', '0'),
    run(...here(), '--operation', 'fly'),
    run(...here(), '--level', '9'),
  ]);
  expect(all.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1, 1]);
  const wrong = all.map((each) => each.wrong);
  expect(wrong[0]).toMatch(/no connector for "bright-law".*npm run new:connector -- --kind <kind> --id bright-law/);
  expect(wrong[1]).toContain('--url or PARTNER_COURIER_URL is not set');
  expect(wrong[2]).toContain('PARTNER_COURIER_CLIENT_SECRET is not set');
  expect(wrong[3]).toContain('PARTNER_HARBOR_LEGAL_WEBHOOK_SECRETS');
  expect(wrong[4]).toContain('it has placeClaim, addEvidence, instruct, reportDirectPayment, withdrawClaim, decideInvoice');
  expect(wrong[5]).toContain('--level must be one of 1, 2, 3, 4, 5');
});
it('has each of its checks in its handbook', () => {
  const handbook = readFileSync('docs/conformance.md', 'utf8');
  for (const { id } of allChecks) expect(handbook).toContain(`\`${id}\``);
});
