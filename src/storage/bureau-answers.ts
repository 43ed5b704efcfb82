// What a bureau's answers do to a file and its items. A refusal of a record stands, whatever is answered after it.
import type { Tx } from './store.js';

export interface AnsweredPart {
  partId: string;
  fileId: string;
  part: string;
  level: 'TRANSPORT' | 'FILE' | 'RECORD';
  taken: boolean;
  /** Null: all that have no problem. */
  takenKeys: readonly string[] | null;
  problems: readonly {
    key: string | null;
    code: string;
    field: string | null;
    words: string;
    explanation: string | null;
    warning: boolean;
  }[];
}

export interface KeptAnswer {
  id: string;
  bureauId: string;
  fileId: string;
  part: string;
  name: string;
  level: string;
  taken: boolean;
  sha256: string;
  bytes: Buffer;
}

/** @returns false for one that is there already */
export async function keepAnswer(tx: Tx, { id, bureauId, fileId, part, name, level, taken, sha256, bytes }: KeptAnswer): Promise<boolean> {
  const rows = await tx.query(
    `insert into bureau_answer (id, bureau_id, file_id, part, name, level, taken, sha256, bytes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
    [id, bureauId, fileId, part, name, level, taken, sha256, bytes],
  );
  return rows.length > 0;
}

// The items that a part tells of have a key that begins with its name, where a file has several parts.
const ofPart = `i.file_id = $1 and i.state <> 'HELD_BACK' and ($2 = 'ALL' or exists (select from unnest(i.keys) k where k like $2 || '/%'))`;

export async function answerPart(tx: Tx, { partId, fileId, part, level, taken, takenKeys, problems }: AnsweredPart): Promise<void> {
  await tx.query(
    `update bureau_file_part set answer = case when answer = 'REFUSED' then answer when $2 then 'TAKEN' else 'REFUSED' end,
       answer_level = case when answer_level = 'RECORD' or (answer_level = 'FILE' and $3 = 'TRANSPORT') then answer_level else $3 end where id = $1`,
    [partId, taken, level],
  );
  await keepProblems(tx, fileId, part, problems);
  if (!taken) {
    await tx.query(`update bureau_item i set state = 'REJECTED' where ${ofPart} and i.state in ('PENDING', 'ACCEPTED', 'WARNED')`, [
      fileId,
      part,
    ]);
    return;
  }
  const keys = (warning: boolean) => problems.flatMap((each) => (each.key !== null && each.warning === warning ? [each.key] : []));
  await tx.query(
    `update bureau_item i set state = 'REJECTED' where i.file_id = $1 and i.keys && $2::text[] and i.state in ('PENDING', 'ACCEPTED', 'WARNED')`,
    [fileId, keys(false)],
  );
  await tx.query(
    `update bureau_item i set state = 'WARNED' where i.file_id = $1 and i.keys && $2::text[] and i.state in ('PENDING', 'ACCEPTED')`,
    [fileId, keys(true)],
  );
  // Of an account that several parts tell of, the part that its first key names decides.
  if (level === 'RECORD')
    await tx.query(
      `update bureau_item i set state = 'ACCEPTED' where ${ofPart} and i.state = 'PENDING' and ($2 = 'ALL' or i.keys[1] like $2 || '/%') and ($3::text[] is null or i.keys && $3::text[])`,
      [fileId, part, takenKeys],
    );
}

async function keepProblems(tx: Tx, fileId: string, part: string, problems: AnsweredPart['problems']): Promise<void> {
  if (!problems.length) return;
  await tx.query(
    `insert into bureau_problem (id, file_id, item_id, part, found_by, code, field, words, explanation, warning)
     select 'bproblem_' || left(encode(sha256(convert_to(concat_ws(' ', $1::text, i.id, $2::text, p.key, p.code, p.field, p.warning), 'UTF8')), 'hex'), 20), $1, i.id, $2, 'BUREAU', p.code, p.field, p.words, p.explanation, p.warning
     from json_to_recordset($3::json) as p(key text, code text, field text, words text, explanation text, warning boolean) left join bureau_item i on i.file_id = $1 and i.keys @> array[p.key]
     on conflict do nothing`,
    [fileId, part, JSON.stringify(problems)],
  );
}

/** Where the file stands by the answers to its parts and the states of its items. */
export async function settleFile(tx: Tx, fileId: string): Promise<{ sequence: bigint; state: string; rejected: number; warned: number }> {
  const [row] = await tx.query<{ sequence: string; state: string; rejected: number; warned: number }>(
    `with items as (select count(*) filter (where state = 'PENDING')::int as pending, count(*) filter (where state = 'REJECTED')::int as rejected, count(*) filter (where state = 'WARNED')::int as warned,
         count(*) filter (where state <> 'HELD_BACK')::int as told from bureau_item where file_id = $1),
       parts as (select bool_or(answer = 'REFUSED') as refused from bureau_file_part where file_id = $1)
     update bureau_file f set answered_on = (select business_date from business_day d where d.tenant = f.tenant),
       state = case when f.state = 'SUPERSEDED' then f.state when i.rejected > 0 and i.rejected = i.told and p.refused then 'REJECTED' when i.pending > 0 then 'RECEIVED'
         when i.rejected > 0 then 'PARTLY_ACCEPTED' else 'ACCEPTED' end
     from items i, parts p where f.id = $1 returning f.sequence, f.state, i.rejected, i.warned`,
    [fileId],
  );
  return { ...row!, sequence: BigInt(row!.sequence) };
}
