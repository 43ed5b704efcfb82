// `npm run new:connector` in a copy: what it writes compiles and is red where something has to be filled in; with a neighbour's words it passes the kit.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';
import type { runConformance } from '../../src/conformance/run.js';
import { startPartner } from '../../src/sandbox/partners/server.js';
import { readKinds } from '../../tools/new-connector/kinds.js';
import { Refused, writePartner } from '../../tools/new-connector/write.js';
import { partners } from '../../connectors/index.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';

const copies: string[] = [];
/** Of what a new partner touches, in a folder where packages are found. */
function copy(): string {
  mkdirSync('.casegraph', { recursive: true });
  const folder = resolve(mkdtempSync('.casegraph/new-connector-'));
  copies.push(folder);
  for (const each of ['connectors', 'src/domain', 'src/sandbox', 'src/conformance', 'schema/partners', 'docker-compose.yml'])
    cpSync(each, join(folder, each), { recursive: true });
  return folder;
}
afterAll(() => copies.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const brightLaw = { kind: 'law-firm', id: 'bright-law', name: 'Bright Law' };
const kinds = readKinds('.');

function typeErrors(root: string): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
  const files = ['connectors/index.ts', 'src/sandbox/partners/specs.ts'].map((file) => join(root, file));
  return ts
    .getPreEmitDiagnostics(ts.createProgram(files, options))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

async function conformanceOf(root: string, id: string) {
  const { partners: register } = (await import(join(root, 'connectors/index.ts'))) as { partners: typeof partners };
  const { runConformance: run } = (await import(join(root, 'src/conformance/run.ts'))) as { runConformance: typeof runConformance };
  const { partnerSpecs: specs } = (await import(join(root, 'src/sandbox/partners/specs.ts'))) as { partnerSpecs: typeof partnerSpecs };
  const credentials = { clientId: 'us', clientSecret: 'between us' };
  const simulator = await startPartner({
    spec: specs.find((each) => each.id === id)!,
    port: 0,
    host: '127.0.0.1',
    ...credentials,
    webhookSecret: `whsec_${Buffer.alloc(24).toString('base64')}`,
    gatewayUrl: () => null,
    ledgerFile: null,
  });
  try {
    return await run(
      {
        create: register[id]!,
        partner: { id, url: simulator.url, ...credentials, timeoutMs: 2_000 },
        operations: null,
        run: 1,
        door: null,
        bring: null,
        waitMs: 0,
        quietMs: 0,
        answerMs: 2_000,
        parallel: 2,
      },
      3,
    );
  } finally {
    await simulator.stop();
  }
}

it('knows the operations of each kind as its connectors have them', () => {
  const settings = { url: 'http://127.0.0.1:1', clientId: '', clientSecret: '', timeoutMs: 1 };
  for (const [id, create] of Object.entries(partners)) {
    const connector = create({ id, ...settings });
    const kind = kinds.find(({ word }) => word === connector.kind)!;
    expect([id, Object.keys(connector.operations)]).toEqual([id, expect.arrayContaining(kind.operations.map(({ name }) => name))]);
    for (const other of kind.others) expect([id, other in connector]).toEqual([id, true]);
  }
});

describe('a partner of each kind', () => {
  let root: string;
  const idOf = (folder: string) => (folder === 'law-firm' ? 'bright-law' : `bright-${folder}`);
  beforeAll(async () => {
    root = copy();
    for (const { folder } of kinds) await writePartner(root, { ...brightLaw, kind: folder, id: idOf(folder) });
  });

  it('compiles', () => expect(typeErrors(root)).toEqual([]));
  it('is in the settings of the containers, at a port of its own', () => {
    const { services } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
    const first = 4101 + partnerSpecs.length;
    expect(services.simulators.ports).toEqual([`127.0.0.1:4101-${first + kinds.length - 1}:4101-${first + kinds.length - 1}`]);
    for (const [i, { folder }] of kinds.entries()) {
      const prefix = `PARTNER_${idOf(folder).toUpperCase().replaceAll('-', '_')}`;
      expect(services.gateway.environment[`${prefix}_URL`]).toBe(`http://simulators:${first + i}`);
      expect(services.simulators.environment[`${prefix}_WEBHOOK_SECRETS`]).toMatch(/whsec_/);
    }
  });
  it.each(kinds.map(({ folder }) => folder))('is red as a %s, and says what to fill in', async (folder) => {
    const { reached, findings } = await conformanceOf(root, idOf(folder));
    expect(reached).toBe(1);
    for (const { name } of kinds.find((each) => each.folder === folder)!.operations) {
      const finding = findings.find(({ id, operation }) => id === 'order.accepted' && operation === name)!;
      expect(finding).toMatchObject({ outcome: expect.stringMatching(/FAIL|SKIP/) });
      if (finding.outcome === 'FAIL') expect(finding.seen).toContain(`FILL IN connectors/${folder}/${idOf(folder)}/mapping.ts: to`);
    }
    for (const file of [
      `connectors/${folder}/${idOf(folder)}/connector.ts`,
      `schema/partners/${idOf(folder)}.yaml`,
      `src/sandbox/partners/${idOf(folder)}/spec.ts`,
    ])
      expect([file, readFileSync(join(root, file), 'utf8')]).toEqual([file, expect.stringMatching(/FILL[ -]IN/)]);
  });
});

it('passes with the words of its neighbour', async () => {
  const root = copy();
  await writePartner(root, brightLaw);
  const own = (file: string) => file.replace('harbor-legal', 'bright-law');
  for (const file of [
    'connectors/law-firm/harbor-legal/connector.ts',
    'connectors/law-firm/harbor-legal/mapping.ts',
    'src/sandbox/partners/harbor-legal/spec.ts',
  ])
    writeFileSync(
      join(root, own(file)),
      readFileSync(file, 'utf8')
        .replaceAll('harbor-legal', 'bright-law')
        .replaceAll('HarborLegal', 'BrightLaw')
        .replaceAll('harborLegal', 'brightLaw'),
    );
  expect(await conformanceOf(root, 'bright-law')).toMatchObject({ reached: 3, passed: true });
});

it('writes nothing where it is there already, or cannot be', async () => {
  const root = copy();
  const before = () => readdirSync(root, { recursive: true }).length;
  await writePartner(root, brightLaw);
  const [files, register] = [before(), readFileSync(join(root, 'connectors/index.ts'), 'utf8')];
  for (const [asked, words] of [
    [brightLaw, 'There is a partner "bright-law" already'],
    [{ ...brightLaw, kind: 'agency' }, 'There is a partner "bright-law" already'],
    [{ ...brightLaw, id: 'courier' }, 'There is a partner "courier" already'],
    [{ ...brightLaw, id: 'Bright' }, 'is no id'],
    [{ ...brightLaw, id: '../x' }, 'is no id'],
    [{ ...brightLaw, id: 'class' }, 'word of the language'],
    [{ ...brightLaw, id: 'other', kind: 'bakery' }, 'There is no kind "bakery"; there are agency, asset-manager'],
    [{ ...brightLaw, id: 'other', name: '`${x}`' }, 'is no name'],
  ] as const) {
    const refused = writePartner(root, asked);
    await expect(refused).rejects.toBeInstanceOf(Refused);
    await expect(refused).rejects.toThrow(words);
  }
  expect([before(), readFileSync(join(root, 'connectors/index.ts'), 'utf8')]).toEqual([files, register]);
});
