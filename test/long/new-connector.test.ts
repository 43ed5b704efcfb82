// The tests of a new partner in a copy of the product: red where its generated files say what to fill in, green with its neighbour's words.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writePartner } from '../../tools/new-connector/write.js';

const root = mkdtempSync(join(tmpdir(), 'new-connector-'));
const parts = [
  'src',
  'connectors',
  'test',
  'schema',
  'docs',
  'examples',
  'migrations',
  'tools',
  'docker-compose.yml',
  'package.json',
  'tsconfig.json',
  'jest.config.js',
  '.swcrc',
  '.prettierrc',
];
const run = (...args: string[]) =>
  new Promise<{ code: unknown; said: string }>((ended) =>
    execFile(process.execPath, args, { cwd: root, maxBuffer: 1e8, env: { ...process.env, NODE_OPTIONS: '' } }, (error, out, err) =>
      ended({ code: error ? error.code : 0, said: out + err }),
    ),
  );
const jest = (...args: string[]) =>
  run(
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'connectors',
    '--verbose',
    ...args,
  );
const own = ['contract', 'published', 'published-examples'].map((name) => `test/connectors/${name}.test.ts`);

beforeAll(async () => {
  for (const part of parts) cpSync(part, join(root, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  await writePartner(root, { kind: 'law-firm', id: 'bright-law', name: 'Bright Law' });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it(
  'compiles as a whole',
  async () => expect(await run('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.')).toEqual({ code: 0, said: '' }),
  300_000,
);

it('is red, and each place to fill in is named', async () => {
  const { code, said } = await jest('test/connectors/filled-in.test.ts');
  expect(code).toBe(1);
  for (const place of [
    'connectors/law-firm/bright-law/mapping.ts',
    'connectors/law-firm/bright-law/connector.ts',
    'schema/partners/bright-law.yaml',
  ])
    expect(said).toContain(`${place}:`);
  const suite = await jest(...own, '-t', 'bright-law');
  expect(suite.code).toBe(1);
  expect(suite.said).toMatch(/✕ is accepted with the partner’s own number/);
  expect(suite.said).toContain('FILL IN connectors/law-firm/bright-law/mapping.ts: toPlaceClaim');
}, 300_000);

it('is green with the words of its neighbour', async () => {
  const files = {
    'connectors/law-firm/harbor-legal/connector.ts': 'connectors/law-firm/bright-law/connector.ts',
    'connectors/law-firm/harbor-legal/mapping.ts': 'connectors/law-firm/bright-law/mapping.ts',
    'src/sandbox/partners/harbor-legal/spec.ts': 'src/sandbox/partners/bright-law/spec.ts',
    'schema/partners/harbor-legal.yaml': 'schema/partners/bright-law.yaml',
  };
  for (const [from, to] of Object.entries(files)) {
    const text = readFileSync(from, 'utf8').replaceAll('harbor-legal', 'bright-law').replaceAll('HarborLegal', 'BrightLaw');
    writeFileSync(join(root, to), text.replaceAll('harborLegal', 'brightLaw').replaceAll('Harbor Legal', 'Bright Law'));
  }
  const { code, said } = await jest(...own, 'test/connectors/filled-in.test.ts');
  expect([code, said.match(/✕.*/g)]).toEqual([0, null]);
  expect(said).toMatch(/✓ answers the examples of placeClaim as they say/);
}, 300_000);
