// What one change says is read once for all whose document, variables and rights are the same; each of them is on record for what they see in clear.
import { createSourceEventStream, execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Caller } from '../../storage/reader/shape.js';
import type { ClearRead, OnClearRead } from '../reader/reader.js';
import type { Operation } from './documents.js';
import type { LiveContext } from './live-changes.js';

interface Said {
  result: ExecutionResult;
  clear: readonly ClearRead[];
}
export type Subscription = Operation & { schema: ExecutionArgs['schema']; contextValue: LiveContext };
type Results = AsyncGenerator<ExecutionResult, void, void>;

export class Sharing {
  private readonly said = new WeakMap<object, Map<string, Promise<Said>>>();
  private readonly recorded = new WeakMap<Caller, ClearRead[]>();

  constructor(
    private readonly audit: OnClearRead,
    private readonly log: { error(fields: object, text: string): void },
  ) {}

  /** For the reader: what is read for many is put on record for each of them. */
  readonly onClearRead: OnClearRead = async (caller, read) => {
    const recorded = this.recorded.get(caller);
    if (recorded) recorded.push(read);
    else await this.audit(caller, read);
  };

  /** For graphql-ws and the event stream, in place of graphql-js's own. */
  readonly subscribe = async (args: Subscription): Promise<Results | ExecutionResult> => {
    const changes = (await createSourceEventStream(args)) as AsyncGenerator<object> | ExecutionResult;
    if (!(Symbol.asyncIterator in changes)) return this.masked(changes, args.contextValue.traceId);
    const key = keyOf(args);
    const told = async (change: object): Promise<ExecutionResult> => {
      const { result, clear } = await this.once(change, key, args);
      for (const read of clear) await this.audit(args.contextValue.caller, read);
      return result;
    };
    const results: Results = {
      async next() {
        const { done, value } = await changes.next();
        return done ? { done: true, value: undefined } : { done: false, value: await told(value) };
      },
      return: async () => (await changes.return(undefined), { done: true, value: undefined }),
      throw: (error) => changes.throw(error) as never,
      [Symbol.asyncIterator]: () => results,
      [Symbol.asyncDispose]: async () => void (await changes.return(undefined)),
    };
    return results;
  };

  private once(change: object, key: string, args: Subscription): Promise<Said> {
    const known = this.said.get(change) ?? this.said.set(change, new Map()).get(change)!;
    let said = known.get(key);
    if (!said) {
      said = this.say(change, args);
      known.set(key, said);
    }
    return said;
  }

  private async say(change: object, args: Subscription): Promise<Said> {
    const caller = { ...args.contextValue.caller };
    const clear: ClearRead[] = [];
    this.recorded.set(caller, clear);
    const result = await execute({ ...args, rootValue: change, contextValue: { ...args.contextValue, caller } });
    return { result: this.masked(result, args.contextValue.traceId), clear };
  }

  /** A client learns the kind of fault and where to ask about it; never a statement or a secret. */
  private masked(result: ExecutionResult, traceId: string): ExecutionResult {
    if (!result.errors) return result;
    const errors = result.errors.map(({ message, path, extensions: { code, retryable }, originalError }) => {
      if (!code) this.log.error({ traceId, error: originalError?.message ?? message, path: path?.join('.') }, 'a field of a change failed');
      return new GraphQLError(code ? message : 'Something went wrong', {
        path,
        extensions: { code: code ?? 'INTERNAL', retryable: retryable ?? false, traceId },
      });
    });
    return { ...result, errors };
  }
}

const numbers = new WeakMap<object, number>();
let numbered = 0;
const numberOf = (thing: object): number => numbers.get(thing) ?? (numbers.set(thing, ++numbered), numbered);

/** Whose rows depend on who they are shares with nobody. */
function keyOf({ document, operationName, variableValues, contextValue: { caller } }: Subscription): string {
  const { profile, purpose = '' } = caller;
  return JSON.stringify([numberOf(document), operationName, variableValues, profile.narrowed ? numberOf(caller) : profile.name, purpose]);
}
