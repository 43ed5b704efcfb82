// Opens the store: one MikroORM for units of work and migrations, one pool of plain connections for the bulk statements.
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { fileURLToPath } from 'node:url';
import { definitions } from './definitions/index.js';

export type Orm = MikroORM;
let opened = 0;

/** @param url a Postgres URL. Connects lazily; `migrate` is separate. */
export function openOrm(url: string): Promise<Orm> {
  return MikroORM.init({
    clientUrl: url,
    // Else a transaction of one store, begun while another's runs, would be a part of that.
    contextName: `store ${++opened}`,
    entities: definitions as never,
    extensions: [Migrator],
    migrations: {
      path: fileURLToPath(new URL('../../migrations', import.meta.url)),
      pathTs: 'migrations',
      glob: '!(*.d).{js,ts}',
      snapshot: false,
      silent: true,
    },
    timezone: 'UTC',
    pool: { max: 8 },
    // The ORM takes only host, port, user, password and database from the URL.
    driverOptions: { options: new URL(url).searchParams.get('options') ?? undefined },
  } as never);
}
