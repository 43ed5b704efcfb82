// The registered documents: manifests in a folder, one for each version of a front-end, active for as long as it is there.
import { parse, validate, type GraphQLSchema } from 'graphql';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../domain/ids.js';

export interface Documents {
  /** @returns the text that is registered under a SHA-256, in hex */
  textOf(hash: string): string | undefined;
  close(): void;
}

const noDocuments = new Map<string, string>();
const lookEveryMs = 5_000;

/**
 * @param folder null when nothing is registered
 * @param onFault told what is wrong with manifests that came while it runs; those before them stay active
 * @throws naming the manifest that cannot be used
 */
export function openDocuments(folder: string | null, schema: GraphQLSchema, onFault: (message: string) => void = () => {}): Documents {
  let seen = folder ? stateOf(folder) : '';
  let documents = folder ? readManifests(folder, schema) : noDocuments;
  const timer =
    folder &&
    setInterval(() => {
      try {
        const now = stateOf(folder);
        if (now === seen) return;
        seen = now;
        documents = readManifests(folder, schema);
      } catch (error) {
        onFault((error as Error).message);
      }
    }, lookEveryMs).unref();
  return {
    textOf: (hash) => documents.get(hash),
    close: () => void (timer && clearInterval(timer)),
  };
}

const manifestsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
const stateOf = (folder: string): string =>
  manifestsIn(folder)
    .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs} ${statSync(join(folder, name)).size}`)
    .join('\n');

function readManifests(folder: string, schema: GraphQLSchema): Map<string, string> {
  return new Map(manifestsIn(folder).flatMap((name) => readManifest(join(folder, name), schema)));
}

/** Of the client preset of graphql-codegen (`{ sha256: text }`), or of Apollo's tools (`{ operations: [{ id, body }] }`). */
function readManifest(path: string, schema: GraphQLSchema): [hash: string, text: string][] {
  let told: unknown;
  try {
    told = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`);
  }
  const { operations } = told as { operations?: { id: string; body: string }[] };
  const named = Array.isArray(operations)
    ? operations.map(({ id, body }) => [id, body] as const)
    : Object.entries(told as Record<string, string>);
  const all = named.map(([id, text]): [string, string] => [id.replace(/^sha256:/, ''), text]);
  for (const [hash, text] of all) {
    if (typeof text !== 'string' || sha256(text) !== hash) throw new Error(`${path}: ${hash} is not the SHA-256 of its document`);
    const faults = faultsOf(text, schema);
    if (faults.length) throw new Error(`${path}: the document ${hash} does not fit the schema: ${faults[0]}`);
  }
  return all;
}

function faultsOf(text: string, schema: GraphQLSchema): string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => message);
  } catch (error) {
    return [(error as Error).message];
  }
}
