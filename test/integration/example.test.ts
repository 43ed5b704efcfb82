// The example of a front-end, as it is shipped: its documents are current and registered, and it runs against a gateway in production.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ask, GatewayFault } from '../../examples/worklist/ask.js';
import { worklist } from '../../examples/worklist/documents.js';
import { show } from '../../examples/worklist/worklist.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld(true, { production: true, adHocRoles: [], manifests: 'examples/worklist/generated', costPerSecond: 1 });
}, 120_000);
afterAll(() => world?.stop());

it('has its typed documents committed as they are made (`npm run example:generate`)', async () => {
  const command = ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'examples/worklist/codegen.ts', '--check'];
  const stale = await promisify(execFile)(process.execPath, command, { env: { ...process.env, NODE_OPTIONS: '' } }).then(
    () => null,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
  expect(stale).toBeNull();
});

it('shows the worklist and notes a contact, with registered documents only', async () => {
  const lines: string[] = [];
  await show({ url: world.url, token: await world.token(['collector']) }, (line) => lines.push(line));
  expect(lines[0]).toMatch(/^[A-Z_]+ \d+( · [A-Z_]+ \d+)*$/);
  expect(lines).toHaveLength(12);
  expect(lines[1]).toMatch(/ \d+ days {2}[A-Z]{3} \d/);
  const [, ref, version] = /^Noted on (\S+), which is at version (\d+) now\.$/.exec(lines.at(-1)!)!;
  const [kept] = await world.rows<{ version: number; noted: number }>(
    `select c.version, count(i.*)::int as noted from recovery_case c join interaction i on i.case_id = c.id where c.ref = $1 group by 1`,
    ref,
  );
  expect(kept).toEqual({ version: Number(version), noted: 1 });
});

it('tells a fault by its code, and where to ask about it', async () => {
  const wrong = ask({ url: world.url, token: await world.token(['platform']) }, worklist, {});
  await expect(wrong).rejects.toMatchObject({ code: 'FORBIDDEN', traceId: expect.stringMatching(/^[\w-]{36}$/) });
  await expect(wrong).rejects.toBeInstanceOf(GatewayFault);
  const adHoc = ask({ url: world.url, token: await world.token(['collector']), adHoc: true }, worklist, {});
  await expect(adHoc).rejects.toMatchObject({ code: 'PERSISTED_DOCUMENT_REQUIRED' });
});

it('tells who has asked too much when to come back, in the answer and in its header', async () => {
  const authorization = `Bearer ${await world.token(['auditor'])}`;
  const documentId = (worklist.__meta__ as { hash: string }).hash;
  const send = () =>
    fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ documentId }),
    });
  const first = (await (await send()).json()) as {
    extensions: { cost: { requested: number; actual: number; bucket: { available: number } } };
  };
  expect(first.extensions.cost).toEqual({
    requested: expect.any(Number),
    actual: expect.any(Number),
    maximum: 10_000,
    bucket: { capacity: 10_000, available: expect.any(Number), restorePerSecond: 1 },
  });
  const { requested, actual, bucket } = first.extensions.cost;
  expect(actual).toBeLessThan(requested);
  expect(10_000 - actual - bucket.available).toBeLessThanOrEqual(0); // what it did not need is there again
  let refused = await send();
  for (let i = 0; i < 200 && refused.status === 200; i++) refused = await send();
  const { errors, extensions } = (await refused.json()) as {
    errors: { extensions: { retryAfterMs: number } }[];
    extensions: { cost: { requested: number; bucket: { available: number } } };
  };
  expect(extensions.cost).toMatchObject({ actual: 0, maximum: 10_000, bucket: { capacity: 10_000, restorePerSecond: 1 } });
  expect(extensions.cost.requested).toBeGreaterThan(extensions.cost.bucket.available);
  expect([refused.status, errors]).toEqual([
    429,
    [
      {
        message: expect.stringMatching(/^The operation costs \d+, and \d+ of 10000 is left$/),
        extensions: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: expect.any(Number), traceId: expect.any(String) },
      },
    ],
  ]);
  expect(Number(refused.headers.get('retry-after'))).toBe(Math.ceil(errors[0]!.extensions.retryAfterMs / 1_000));
});
