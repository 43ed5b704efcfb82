// What a client learns of a fault: its kind, whether to try again, and where to ask about it; never a stack, a statement or a secret.
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { GraphContext } from '../reader/context.js';
import { httpStatus, problem, type FaultCode } from '../reader/problem.js';

/** The server's own codes, as those that are published. */
const ours: Record<string, FaultCode> = {
  GRAPHQL_PARSE_FAILED: 'BAD_USER_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
};
const codeOf = (extensions: Record<string, unknown> | undefined): FaultCode => {
  const code = String(extensions?.['code']);
  return code in httpStatus ? (code as FaultCode) : (ours[code] ?? 'INTERNAL');
};

/** For Apollo's `formatError`. */
export function formatFault({ message, locations, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const { http: _http, stacktrace: _stack, cost: _cost, ...more } = (extensions ?? {}) as Record<string, unknown>;
  const code = codeOf(extensions);
  const where = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  if (code === 'INTERNAL') return { message: 'Something went wrong', ...where, extensions: { code, retryable: false } };
  return { message, ...where, extensions: { retryable: false, ...more, code } };
}

/** A fault that was met before there was an operation: its status and body. */
export function answerTo(error: unknown, traceId: string): { status: number; body: object; retryAfterMs: number | undefined } {
  const fault = error instanceof GraphQLError ? error : problem('INTERNAL', 'Something went wrong');
  const { message, locations, extensions } = formatFault(fault.toJSON());
  const status = (fault.extensions['http'] as { status?: number } | undefined)?.status ?? 400;
  const retryAfterMs = fault.extensions['retryAfterMs'] as number | undefined;
  return {
    status,
    retryAfterMs,
    body: {
      errors: [{ message, ...(locations ? { locations } : {}), extensions: { ...extensions, traceId } }],
      ...(fault.extensions['cost'] ? { extensions: { cost: fault.extensions['cost'] } } : {}),
    },
  };
}

/** Gives each answer its cost and each fault the trace under which the log tells more of it. */
export const tellFaults = (log: { error(fields: object, text: string): void }): ApolloServerPlugin<GraphContext> => ({
  requestDidStart: async () => ({
    async didEncounterErrors({ errors, contextValue: { traceId } }) {
      for (const error of errors)
        if (codeOf(error.extensions) === 'INTERNAL')
          log.error({ traceId, error: (error.originalError ?? error).message, path: error.path?.join('.') }, 'a field failed');
    },
    async willSendResponse({ response: { body }, contextValue: { traceId, cost } }) {
      if (body.kind !== 'single') return;
      const result = body.singleResult;
      if (result.errors) result.errors = result.errors.map((each) => ({ ...each, extensions: { ...each.extensions, traceId } }));
      if (cost) result.extensions = { ...result.extensions, cost: cost.told(!result.data) };
    },
  }),
});
