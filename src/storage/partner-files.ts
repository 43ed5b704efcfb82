// What is known of files: those of partners are taken once by their content, and those that are owed to partners are written out once.
import { idOf, sha256 } from '../domain/ids.js';
import type { Store, Tx } from './store.js';

export interface FileOf {
  partnerId: string;
  name: string;
  sha256: string;
  bytes: number;
}

/** `taken`: this content was taken before, under whatever name. `otherContent`: a file of this name was, with other bytes. */
export async function knownFile(tx: Tx, { partnerId, name, sha256: hash }: FileOf): Promise<'new' | 'taken' | 'otherContent'> {
  const rows = await tx.query<{ same: boolean }>(
    `select sha256 = $3 as same from partner_file where partner_id = $1 and direction = 'IN' and state = 'TAKEN' and (sha256 = $3 or name = $2)`,
    [partnerId, name, hash],
  );
  return rows.some(({ same }) => same) ? 'taken' : rows.length ? 'otherContent' : 'new';
}

export async function keepInbound(
  tx: Tx,
  { partnerId, name, sha256: hash, bytes }: FileOf,
  state: 'TAKEN' | 'REFUSED',
  problems: readonly string[],
  detail: Record<string, unknown>,
): Promise<void> {
  const round = state === 'TAKEN' ? '' : `/${Date.now()}`;
  await tx.query(
    `insert into partner_file (id, partner_id, direction, name, sha256, bytes, state, problems, detail, settled_at) values ($1, $2, 'IN', $3, $4, $5, $6, $7, $8, now()) on conflict (id) do nothing`,
    [idOf('pfile', `in/${partnerId}/${hash}${round}`), partnerId, name, hash, bytes, state, [...problems], JSON.stringify(detail)],
  );
}

/**
 * A file is owed to a partner, in the transaction that decided it. The same name with the same bytes is owed once.
 * @throws when the name was used for other bytes
 */
export async function oweFile(tx: Tx, partnerId: string, name: string, content: Buffer): Promise<string> {
  const id = idOf('pfile', `out/${partnerId}/${name}`);
  const hash = sha256(content);
  const [known] = await tx.query<{ sha256: string }>(
    `insert into partner_file (id, partner_id, direction, name, sha256, bytes, content, state) values ($1, $2, 'OUT', $3, $4, $5, $6, 'OWED')
     on conflict (id) do update set name = excluded.name returning sha256`,
    [id, partnerId, name, hash, content.length, content],
  );
  if (known!.sha256 !== hash) throw new Error(`${partnerId}: ${name} is owed with other bytes`);
  return id;
}

export interface OwedFile {
  id: string;
  name: string;
  sha256: string;
  content: Buffer;
  /** WRITING: its bytes lie there as `.part`, and perhaps under its name. */
  state: 'OWED' | 'WRITING';
}

export const owedFiles = (tx: Tx, partnerId: string): Promise<OwedFile[]> =>
  tx.query<OwedFile>(
    `select id, name, sha256, content, state from partner_file where partner_id = $1 and direction = 'OUT' and state in ('OWED', 'WRITING') order by at, id limit 20`,
    [partnerId],
  );

export const fileBecomes = (
  store: Store,
  id: string,
  state: 'WRITING' | 'SENT' | 'FAILED',
  problem: string | null = null,
): Promise<unknown> =>
  store.transaction((tx) =>
    tx.query(
      `update partner_file set state = $2, problems = case when $3::text is null then problems else array[$3] end, settled_at = case when $2 = 'WRITING' then null else now() end where id = $1`,
      [id, state, problem],
    ),
  );
