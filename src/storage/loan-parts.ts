// What hangs below a loan, in bulk: instalments, repayments, guarantors.
import { idOf, partIdOf } from '../domain/ids.js';
import { components, totalOf } from '../domain/loan/components.js';
import type { OwedLine } from '../domain/loan/owed.js';
import type { PostedEntry } from '../domain/loan/position.js';
import { isNew, type LoanRow } from './loans.js';
import type { Tx } from './store.js';

const instalmentType = `a text, b text, c int, d date, e text, f bigint, g bigint, h bigint, i bigint, j bigint, k bigint`;
const insertInstalments = `insert into instalment (id, loan_id, number, due_on, currency, principal_due_minor, interest_due_minor, fee_due_minor, penalty_due_minor, due_minor, outstanding_minor)
  select * from json_to_recordset($1::json) as r(${instalmentType})`;
const upsertInstalments = `${insertInstalments}
  on conflict (id) do update set due_on = excluded.due_on, currency = excluded.currency, principal_due_minor = excluded.principal_due_minor, interest_due_minor = excluded.interest_due_minor,
    fee_due_minor = excluded.fee_due_minor, penalty_due_minor = excluded.penalty_due_minor, due_minor = excluded.due_minor, outstanding_minor = excluded.outstanding_minor`;
const dropInstalments = `delete from instalment where id = any($1)`;

const instalmentOf = (loan: LoanRow, line: OwedLine) => ({
  a: partIdOf('instalment', loan.id, line.number),
  b: loan.id,
  c: line.number,
  d: line.dueOn,
  e: loan.position.account?.currency ?? '',
  f: String(line.due.principal),
  g: String(line.due.interest),
  h: String(line.due.fee),
  i: String(line.due.penalty),
  j: String(totalOf(line.due)),
  k: String(totalOf(line.outstanding)),
});

const same = (a: OwedLine, b: OwedLine): boolean =>
  a.dueOn === b.dueOn && totalOf(a.outstanding) === totalOf(b.outstanding) && components.every((part) => a.due[part] === b.due[part]);

/** Writes the lines that differ; those that are no longer there are gone, since a schedule is replaced as a set. */
export async function writeInstalments(
  tx: Tx,
  changes: readonly { loan: LoanRow; was: readonly OwedLine[]; is: readonly OwedLine[] }[],
): Promise<void> {
  const [fresh, known]: ReturnType<typeof instalmentOf>[][] = [[], []];
  const gone: string[] = [];
  for (const { loan, was, is } of changes) {
    const before = new Map(was.map((line) => [line.number, line]));
    for (const line of is) {
      const kept = before.get(line.number);
      before.delete(line.number);
      if (!kept || !same(kept, line)) (isNew(loan) ? fresh : known)!.push(instalmentOf(loan, line));
    }
    for (const number of before.keys()) gone.push(partIdOf('instalment', loan.id, number));
  }
  if (gone.length) await tx.bulk(dropInstalments, [gone]);
  if (fresh!.length) await tx.bulk(insertInstalments, [JSON.stringify(fresh)]);
  if (known!.length) await tx.bulk(upsertInstalments, [JSON.stringify(known)]);
}

const repaymentType = `id text, loan_id text, transaction_ref text, kind text, value_on date, posted_on date, currency text, amount_minor bigint, reversed_on date, recorded_at timestamptz`;
const writeRepaymentRows = `insert into repayment select * from json_to_recordset($1::json) as r(${repaymentType})
  on conflict (id) do update set kind = excluded.kind, value_on = excluded.value_on, posted_on = excluded.posted_on, currency = excluded.currency, amount_minor = excluded.amount_minor, reversed_on = excluded.reversed_on`;

export async function writeRepayments(
  tx: Tx,
  changes: readonly { loan: LoanRow; posting: PostedEntry; recordedAt: Date }[],
): Promise<void> {
  if (!changes.length) return;
  const rows = changes.map(({ loan, posting, recordedAt }) => ({
    id: idOf('repayment', loan.id, posting.transactionId),
    loan_id: loan.id,
    transaction_ref: posting.transactionId,
    kind: posting.kind,
    value_on: posting.valueOn,
    posted_on: posting.postedOn,
    currency: posting.currency ?? loan.position.account?.currency ?? '',
    amount_minor: String(posting.amount),
    reversed_on: posting.reversal?.on ?? null,
    recorded_at: recordedAt,
  }));
  await tx.bulk(writeRepaymentRows, [JSON.stringify(rows)]);
}

const writeGuarantorRows = `insert into guarantor select * from json_to_recordset($1::json) as r(id text, loan_id text, borrower_id text, name text, phone text)
  on conflict (id) do update set borrower_id = excluded.borrower_id, name = excluded.name, phone = excluded.phone`;

export async function writeGuarantors(tx: Tx, loans: readonly LoanRow[]): Promise<void> {
  const rows = loans.flatMap((loan) =>
    (loan.position.account?.guarantors ?? []).map((each) => ({
      id: idOf('guarantor', loan.id, each.guarantorId),
      loan_id: loan.id,
      borrower_id: loan.borrowerId,
      name: each.name,
      phone: each.phone ?? null,
    })),
  );
  if (rows.length) await tx.query(writeGuarantorRows, [JSON.stringify(rows)]);
}
