// Puts the reader in front of graphql-js: a query it can read is answered with text, everything else goes on.
import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { getVariableValues, GraphQLError } from 'graphql';
import type { GraphContext } from './context.js';
import { httpStatus, problem, type FaultCode } from './problem.js';
import type { Reader } from './reader.js';

/** JSON that is ready to be sent. */
class Text {
  constructor(readonly json: string) {}
}

export function createReaderPlugin(reader: Reader): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: async () => ({
      async responseForOperation({ document, operation, request, schema, contextValue, logger }) {
        if (!operation || !reader.reads(document, operation)) return null;
        try {
          const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
          if (errors) throw problem('BAD_USER_INPUT', errors[0]!.message);
          const text = await reader.query(document, operation, { variables: coerced, caller: contextValue.caller }, contextValue);
          return answer(200, { data: new Text(text) as never });
        } catch (error) {
          const fault = faultOf(error);
          if (fault !== error) logger.error(error);
          return answer(httpStatus[fault.extensions.code as FaultCode] ?? 500, { errors: [said(fault)] });
        }
      },
    }),
  };
}

const answer = (status: number, singleResult: object) => ({
  http: { status, headers: new HeaderMap() },
  body: { kind: 'single' as const, singleResult },
});

/** What a caller learns of a fault. */
const said = ({ message, extensions: { http: _http, ...extensions } }: GraphQLError) => ({ message, extensions });

/** For Apollo's `stringifyResult`. */
export function stringify(result: { data?: unknown; extensions?: unknown }): string {
  if (!(result.data instanceof Text)) return JSON.stringify(result);
  return `{"data":${result.data.json}${result.extensions ? `,"extensions":${JSON.stringify(result.extensions)}` : ''}}`;
}

/** Postgres says why it stopped by a code; the caller learns the kind of fault, never its text. */
function faultOf(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const { code = '' } = error as { code?: string };
  if (code === '57014') return problem('UPSTREAM_TIMEOUT', 'The query ran out of time');
  if (code.startsWith('22')) return problem('BAD_USER_INPUT', 'A value is outside of what can be compared with'); // data exception
  return problem('INTERNAL', 'Something went wrong');
}
