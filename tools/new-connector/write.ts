// Writes a new partner: its connector, its simulator, its document, and its lines in the registers. All or nothing.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { connectorFile, documentFile, mappingFile, simulatorFile } from './connector-files.js';
import { readKinds } from './kinds.js';
import { idProblem, pascalOf, prefixOf, type NewPartner } from './partner.js';
import { registers } from './registers.js';

/** What was asked for cannot be done, and nothing was written. */
export class Refused extends Error {}

/** @param root the folder of the product. @returns the files that were written, as paths within it. @throws Refused */
export async function writePartner(root: string, asked: { kind: string; id: string; name: string }): Promise<string[]> {
  const partner = planOf(root, asked);
  const { kind, id } = partner;
  const fresh: Record<string, string> = {
    [`connectors/${kind.folder}/${id}/connector.ts`]: connectorFile(partner),
    [`connectors/${kind.folder}/${id}/mapping.ts`]: mappingFile(partner),
    [`src/sandbox/partners/${id}/spec.ts`]: simulatorFile(partner),
    [`schema/partners/${id}.yaml`]: documentFile(partner),
  };
  const there = Object.keys(fresh).find((file) => existsSync(join(root, file)));
  if (there) throw new Refused(`${there} is there already; nothing was written`);
  const changed = Object.fromEntries(
    Object.entries(registers).map(([file, change]) => [file, change(readFileSync(join(root, file), 'utf8'), partner)]),
  );
  const all: [string, string][] = [];
  for (const [file, text] of Object.entries({ ...fresh, ...changed })) {
    const config = await resolveConfig(join(root, file));
    all.push([file, await format(text, { ...config, filepath: file })]);
  }
  for (const [file, text] of all) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return all.map(([file]) => file);
}

function planOf(root: string, { kind: folder, id, name }: { kind: string; id: string; name: string }): NewPartner {
  const problem = idProblem(id);
  if (problem) throw new Refused(problem);
  if (!/^[\p{L}\p{N}][\p{L}\p{N} .,&'()-]{0,79}$/u.test(name))
    throw new Refused(`"${name}" is no name: up to 80 letters, digits, blanks and . , & ' ( ) -`);
  const kinds = readKinds(root);
  const kind = kinds.find((each) => each.folder === folder);
  if (!kind) throw new Refused(`There is no kind "${folder}"; there are ${kinds.map((each) => each.folder).join(', ')}`);
  if (isReserved(pascalOf(id))) throw new Refused(`"${id}" is a word of the language; name it otherwise`);
  const taken = takenIds(root);
  if (taken.includes(id)) throw new Refused(`There is a partner "${id}" already; nothing was written`);
  const pascal = pascalOf(id);
  const specs = readdirSync(join(root, 'src/sandbox/partners')).flatMap((each) => {
    const file = join(root, 'src/sandbox/partners', each, 'spec.ts');
    return existsSync(file) ? [readFileSync(file, 'utf8')] : [];
  });
  const each = (of: RegExp) => specs.flatMap((text) => of.exec(text)?.[1] ?? []);
  return {
    kind,
    id,
    name,
    pascal,
    camel: pascal[0]!.toLowerCase() + pascal.slice(1),
    port: Math.max(4100, ...each(/\bport: (\d+)/).map(Number)) + 1,
    refPrefix: prefixOf(id, each(/\brefPrefix: '(\w+)'/)),
  };
}

/** Whether it cannot name a value. */
function isReserved(pascal: string): boolean {
  const name = pascal[0]!.toLowerCase() + pascal.slice(1);
  const token = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, name).scan();
  return token !== ts.SyntaxKind.Identifier;
}

/** Of connectors of any kind. */
function takenIds(root: string): string[] {
  const folder = join(root, 'connectors');
  return readdirSync(folder)
    .filter((each) => statSync(join(folder, each)).isDirectory())
    .flatMap((each) => readdirSync(join(folder, each)));
}
