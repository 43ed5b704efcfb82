// Stored answers about cases: written beside the reading, and thrown away when nobody has asked for them anew for a day.
import type { StoredAnswer } from './reader/stored-run.js';
import type { Store } from './store.js';

const write = `insert into case_answer as a (case_id, key, version, json, stored_at) select $1, $2, $3, $4, now()
  where exists (select from recovery_case where id = $1)
  on conflict (case_id, key) do update set version = excluded.version, json = excluded.json, stored_at = excluded.stored_at where a.version <> excluded.version`;
const sweep = `delete from case_answer where stored_at < now() - interval '1 day'`;
const sweepEveryMs = 10 * 60_000;
const mostUnderWay = 8;

export function createKeep(store: Store, log: { error(fields: object, text: string): void }): (answer: StoredAnswer) => void {
  let sweptAt = 0;
  let underWay = 0;
  const said = (error: Error) => log.error({ error: error.message }, 'an answer was not stored');
  return ({ caseId, key, version, json }) => {
    if (underWay >= mostUnderWay) return; // asked for again, it is made again
    underWay++;
    void store
      .alone(write, [caseId, key, version, json])
      .catch(said)
      .finally(() => underWay--);
    if (Date.now() - sweptAt < sweepEveryMs) return;
    sweptAt = Date.now();
    void store.alone(sweep).catch(said);
  };
}
