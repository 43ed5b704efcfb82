// Documents that were parsed and found valid, so that neither is done again: the latest used, as far as their texts fit.
import type { DocumentNode } from 'graphql';

/** Of source text; a parsed document holds some twenty times its text. */
const mostCharacters = 1_500_000;
const longestKept = 20_000;

/** For Apollo's `documentStore`, whose own measures a document without the text that it holds on to. */
export function createDocumentStore() {
  const kept = new Map<string, DocumentNode>();
  let characters = 0;
  const lengthOf = (document: DocumentNode) => document.loc!.source.body.length;
  const drop = (key: string): void => {
    const document = kept.get(key);
    if (!document) return;
    characters -= lengthOf(document);
    kept.delete(key);
  };
  return {
    async get(key: string): Promise<DocumentNode | undefined> {
      const document = kept.get(key);
      if (!document) return undefined;
      kept.delete(key);
      kept.set(key, document); // now the latest used
      return document;
    },
    async set(key: string, document: DocumentNode): Promise<void> {
      if (lengthOf(document) > longestKept) return;
      drop(key);
      kept.set(key, document);
      characters += lengthOf(document);
      for (const oldest of kept.keys()) {
        if (characters <= mostCharacters) break;
        drop(oldest);
      }
    },
    async delete(key: string): Promise<void> {
      drop(key);
    },
  };
}
