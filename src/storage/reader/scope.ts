// A statement with its caller's scope in front, in one transaction and one round trip: row-level security goes by that scope, which ends with the statement.
import pg from 'pg';
import type { Caller, Request } from './shape.js';
import type { Written } from './write.js';

const name = 'scope';
const settings = ['cases', 'user', 'partner', 'branches', 'portfolios'];
/** It sets them and has no rows, so that the only rows of the answer are those of the statement. */
const text = `select where num_nulls(${settings.map((each, i) => `set_config('casegraph.${each}', $${i + 1}, true)`).join(', ')}) < 0`;

/** Once on each connection. */
export async function prepareScope(client: pg.ClientBase): Promise<void> {
  await client.query({ name, text, values: settings.map(() => '') });
}

const scopeOf = ({ user, scope, profile }: Caller) => [profile.cases, user, scope?.partner, scope?.branches, scope?.portfolios];

interface Connection {
  bind(config: object): void;
  execute(config: object): void;
}
type Preparing = new (config: object) => pg.Submittable & { prepare(connection: Connection): void };
const { prepareValue: valueMapper } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

/** The driver's own query, but for two messages before its first. */
class ScopedQuery extends (pg.Query as unknown as Preparing) {
  constructor(
    config: pg.QueryArrayConfig,
    private readonly caller: Caller,
  ) {
    super({ ...config, queryMode: 'extended' }); // also where nothing is bound, since only so the scope goes in front
  }

  override prepare(connection: Connection): void {
    connection.bind({ statement: name, values: scopeOf(this.caller), valueMapper });
    connection.execute({});
    super.prepare(connection);
  }
}

/** The text that a statement answers with, in the caller's scope where rows are hidden from the caller. @param name under which it is prepared, if it is */
export async function answerOf(
  client: pg.ClientBase,
  { name, text, reads }: Written & { name?: string | undefined },
  request: Request,
): Promise<string> {
  const config: pg.QueryArrayConfig = { ...(name ? { name } : {}), text, values: reads.map((read) => read(request)), rowMode: 'array' };
  const { caller } = request;
  const { rows } = caller.profile.narrowed ? await queryInScope(client, config, caller) : await client.query(config);
  return rows[0]![0] as string;
}

function queryInScope(client: pg.ClientBase, config: pg.QueryArrayConfig, caller: Caller): Promise<pg.QueryArrayResult> {
  return new Promise((resolve, reject) => {
    const answered = (error: Error | null, answers?: pg.QueryArrayResult[]) => (error ? reject(error) : resolve(answers![1]!));
    client.query(new ScopedQuery(config, caller) as never, answered as never);
  });
}
