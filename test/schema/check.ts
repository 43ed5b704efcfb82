// Compares the published schema with that of another commit: what breaks clients, or may surprise them, has to be approved for exactly this schema.
import { ChangeType, CriticalityLevel, diff, type Change } from '@graphql-inspector/core';
import { buildSchema, getNamedType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Approval {
  /** SHA-256 of the schema file that brings the change. */
  schema: string;
  /** Which, e.g. `RecoveryCase.team`. */
  paths: string[];
  because: string;
}
export interface Found {
  level: 'breaking' | 'dangerous';
  path: string;
  message: string;
  approved: boolean;
}

export async function compare(base: string, head: string, approvals: readonly Approval[]): Promise<Found[]> {
  const sha256 = createHash('sha256').update(head).digest('hex');
  const approved = new Set(approvals.filter(({ schema }) => schema === sha256).flatMap(({ paths }) => paths));
  const schema = buildSchema(head);
  const changes = await diff(buildSchema(base), schema);
  return changes.flatMap((change): Found[] => {
    const { criticality, path = '', message } = change;
    if (criticality.level === CriticalityLevel.NonBreaking || onlyOffers(change, schema)) return [];
    const level = criticality.level === CriticalityLevel.Breaking ? 'breaking' : 'dangerous';
    return [{ level, path, message, approved: approved.has(path) }];
  });
}

/** What clients may leave out, and values that they send but never get. */
function onlyOffers({ type, criticality, path = '' }: Change, schema: GraphQLSchema): boolean {
  if (criticality.level !== CriticalityLevel.Dangerous) return false;
  if (type === ChangeType.InputFieldAdded || type === ChangeType.FieldArgumentAdded) return true;
  if (type !== ChangeType.EnumValueAdded) return false;
  const [name] = path.split('.');
  const told = Object.values(schema.getTypeMap()).some(
    (each) =>
      (isObjectType(each) || isInterfaceType(each)) &&
      Object.values(each.getFields()).some((field) => getNamedType(field.type).name === name),
  );
  return !told;
}

const file = 'schema/case-graph.graphql';
const approvalsFile = 'schema/approved-changes.json';

/** @returns the file at a commit, null where there is none */
function at(ref: string): string | null {
  try {
    return execFileSync('git', ['show', `${ref}:${file}`], { encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
}

async function main(asked: string | undefined): Promise<number> {
  const ref = [asked, 'origin/main', 'main'].find((each) => each && at(each) !== null);
  if (!ref || (asked && ref !== asked)) {
    console.log(`${asked ?? 'main'} has no ${file}: there is nothing to compare with.`);
    return asked ? 1 : 0;
  }
  const head = readFileSync(file, 'utf8');
  const found = await compare(at(ref)!, head, JSON.parse(readFileSync(approvalsFile, 'utf8')) as Approval[]);
  for (const { level, path, message, approved } of found) console.log(`${approved ? '✓ approved' : '✗'} ${level}: ${path}: ${message}`);
  const open = found.filter(({ approved }) => !approved);
  if (!open.length) console.log(`✓ ${file} breaks nothing of ${ref} that was not approved.`);
  else {
    const entry: Approval = { schema: createHash('sha256').update(head).digest('hex'), paths: open.map(({ path }) => path), because: '…' };
    console.log(`To approve, say why in ${approvalsFile}:\n${JSON.stringify(entry, null, 2)}`);
  }
  return open.length ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv[2]);
