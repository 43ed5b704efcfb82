// The pages of an export as lines of JSON, one a node, each page read only when the one before it is written.
import { randomUUID } from 'node:crypto';
import type { Run } from '../../storage/reader/run.js';
import type { Caller } from '../../storage/reader/shape.js';
import type { Reader } from '../reader/reader.js';
import type { ExportDocument } from './export-document.js';

export const pageRows = 500;

export interface Lines {
  text: string;
  rows: number;
  /** Of all rows; null where they are too many to be counted. */
  total: number | null;
}
interface Asking {
  /** Of the query, coerced. */
  variables: Record<string, unknown>;
  caller: Caller;
  run: Run;
  rowsAtOnce: number;
}
interface Answer {
  page: {
    nodes: unknown[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    totalCount?: number;
    totalCountIsEstimate?: boolean;
  };
}

/** @throws whatever the reader refuses; a field that fails alone fails all of it */
export async function* pagesOf(
  reader: Reader,
  { first, next, rows, from }: ExportDocument,
  { variables: own, caller, run, rowsAtOnce }: Asking,
): AsyncGenerator<Lines> {
  const context = { caller, traceId: randomUUID(), run };
  let total: number | null = null;
  for (let cursor: string | null = null, query = first; ; query = next) {
    const variables = { ...own, [rows]: rowsAtOnce, ...(cursor === null ? {} : { [from]: cursor }) };
    const text = await reader.query(query.document, query.operation, { variables, caller, mostRows: pageRows }, context);
    const { nodes, pageInfo, totalCount, totalCountIsEstimate }: Answer['page'] = (JSON.parse(text) as Answer).page;
    if (query === first) total = totalCountIsEstimate ? null : totalCount!;
    yield { text: nodes.map((node) => `${JSON.stringify(node)}\n`).join(''), rows: nodes.length, total };
    if (!pageInfo.hasNextPage) return;
    cursor = pageInfo.endCursor;
  }
}
