// Whether a document may be exported by a caller: it is let in like any other, and what a page of it would be refused for is told before there is a job.
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { objectOf } from '../mutations/json-object.js';
import type { Reader } from '../reader/reader.js';
import { variablesOf } from '../reader/variables.js';
import type { Admission } from '../server/admission.js';
import { readExportDocument } from './export-document.js';
import type { Exporting } from './export-mutations.js';
import { pageRows } from './pages.js';

/** Codes of what is wrong with the document; all others are about the caller. */
const ofDocument = ['BAD_USER_INPUT', 'COST_LIMIT'];

export function createExportCheck(schema: GraphQLSchema, admission: Admission, reader: Reader): Exporting['check'] {
  return ({ query, variables: given = '{}', past }, caller) => {
    const refused = (message: string, field: string) => ({
      refused: [{ code: 'INVALID_INPUT' as const, message, path: ['input', field] }],
    });
    const variables = objectOf(given);
    if (!variables) return refused('variables must be a JSON object', 'variables');
    let about = 'query';
    try {
      const { connection, hasPast, first, operation, rows } = readExportDocument(schema, query);
      admission.admit({ query, variables }, caller);
      about = 'variables';
      const coerced = variablesOf(schema, operation, variables);
      about = 'query';
      reader.check(first.document, first.operation, { variables: { ...coerced, [rows]: pageRows }, caller, mostRows: pageRows });
      if (past && !hasPast) return refused(`${connection} has no past: leave asOf out`, 'asOf');
      if (past?.knownAt && Date.parse(past.knownAt) > Date.now()) return refused('asOf.knownAt is in the future', 'asOf');
      return { connection, variables };
    } catch (error) {
      if (!(error instanceof GraphQLError) || !ofDocument.includes(String(error.extensions['code']))) throw error;
      return refused(error.message, about);
    }
  };
}
