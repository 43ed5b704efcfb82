// Runs statements that may be answered from what is stored: an answer that is asked for again is kept, and given only while the rows that it was made of are still the same.
import { createHash } from 'node:crypto';
import type { Run, Statement } from './run.js';
import type { Request } from './shape.js';
import { endOfVersion } from './storable.js';

/** An answer about one case, under the statement and all that was bound in it. */
export interface StoredAnswer {
  caseId: string;
  key: string;
  version: string;
  json: string;
}

const mostRemembered = 100_000;

/** @param keep stores an answer; it is not waited for, and says itself when it could not */
export function createStoredRun(run: Run, keep: (answer: StoredAnswer) => void): Run {
  const met = new Remembered();
  const kept = new Remembered();
  return async (statement, request) => {
    const { ofCase } = statement;
    if (!ofCase) return run(statement, request);
    const key = keyOf(statement, request);
    if (kept.has(key)) {
      const stored = await run(ofCase.stored, { ...request, storedAs: key });
      if (stored) return stored;
    } else if (!met.has(key)) {
      met.add(key); // what is asked once only is not worth the writing
      return run(statement, request);
    }
    const text = await run(ofCase.fresh, request);
    const at = text.indexOf(endOfVersion);
    const json = text.slice(at + 1);
    if (at > 0) {
      keep({ caseId: ofCase.caseId(request), key, version: text.slice(0, at), json });
      kept.add(key);
    }
    return json;
  };
}

function keyOf({ name, reads }: Statement, request: Request): string {
  return createHash('sha256')
    .update(JSON.stringify([name, reads.map((read) => read(request))]))
    .digest('base64url');
}

/** The newest of many. */
class Remembered {
  private newer = new Set<string>();
  private older = new Set<string>();

  has(key: string): boolean {
    return this.newer.has(key) || this.older.has(key);
  }

  add(key: string): void {
    this.newer.add(key);
    if (this.newer.size > mostRemembered / 2) [this.newer, this.older] = [new Set(), this.newer];
  }
}
