// Puts the reader in front of graphql-js: a query it can read is answered with text, everything else goes on.
import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { GraphContext } from './context.js';
import { httpStatus, understood, type FaultCode } from './problem.js';
import type { Reader } from './reader.js';
import { variablesOf } from './variables.js';

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
          const failed: GraphQLError[] = [];
          const asked = { variables: variablesOf(schema, operation, request.variables), caller: contextValue.caller };
          const text = await reader.query(document, operation, asked, contextValue, (error) => void failed.push(error));
          const data = new Text(text) as never;
          if (!failed.length) return answer(200, { data });
          return answer(200, {
            errors: failed.map((fault) => said(fault, contextValue.traceId, logger)),
            data,
            extensions: { partial: true },
          });
        } catch (error) {
          const fault = understood(error);
          return answer(httpStatus[fault.extensions.code as FaultCode] ?? 500, { errors: [said(fault, contextValue.traceId, logger)] });
        }
      },
    }),
  };
}

const answer = (status: number, singleResult: object) => ({
  http: { status, headers: new HeaderMap() },
  body: { kind: 'single' as const, singleResult },
});

/** What a caller learns of a fault; what lies behind it is for the log. */
function said(
  { message, path, extensions, originalError }: GraphQLError,
  traceId: string,
  logger: { error(error: unknown): void },
): object {
  if (originalError) logger.error(originalError);
  return { message, ...(path ? { path } : {}), extensions: { ...extensions, http: undefined, traceId } };
}

/** For Apollo's `stringifyResult`. */
export function stringify(result: { data?: unknown }): string {
  const { data, ...rest } = result;
  if (!(data instanceof Text)) return JSON.stringify(result);
  const more = JSON.stringify(rest);
  return `{"data":${data.json}${more === '{}' ? '' : `,${more.slice(1, -1)}`}}`;
}
