// Whether a document may be exported by a caller: it is let in like any other, and what a page of it would be refused for is told before there is a job.
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Admission } from '../server/admission.js';
import type { Reader } from '../reader/reader.js';
import type { Exporting } from './export-mutations.js';
import { readExportDocument } from './export-document.js';
import { pageRows } from './pages.js';

/** Codes of what is wrong with the document; all others are about the caller. */
const ofDocument = ['BAD_USER_INPUT', 'COST_LIMIT'];

export function createExportCheck(schema: GraphQLSchema, admission: Admission, reader: Reader): Exporting['check'] {
  return (query, past, caller) => {
    const refused = (message: string, field: string) => ({
      refused: [{ code: 'INVALID_INPUT' as const, message, path: ['input', field] }],
    });
    try {
      const { connection, hasPast, first } = readExportDocument(schema, query);
      admission.admit({ query }, caller);
      reader.check(first.document, first.operation, { variables: { rows: pageRows }, caller, mostRows: pageRows });
      if (past && !hasPast) return refused(`${connection} has no past: leave asOf out`, 'asOf');
      if (past?.knownAt && Date.parse(past.knownAt) > Date.now()) return refused('asOf.knownAt is in the future', 'asOf');
      return { connection };
    } catch (error) {
      if (!(error instanceof GraphQLError) || !ofDocument.includes(String(error.extensions['code']))) throw error;
      return refused(error.message, 'query');
    }
  };
}
