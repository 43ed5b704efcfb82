// What hangs below a loan, in bulk: instalments, repayments, guarantors.
import { idOf } from '../domain/ids.js';
import { totalOf } from '../domain/loan/components.js';
import { toJson } from '../domain/loan/kept-position.js';
import type { OwedLine } from '../domain/loan/owed.js';
import type { PostedEntry } from '../domain/loan/position.js';
import type { LoanRow } from './loans.js';
import type { Tx } from './store.js';

const instalmentType = `id text, loan_id text, number int, due_on date, currency text, principal_due_minor bigint, interest_due_minor bigint, fee_due_minor bigint, penalty_due_minor bigint, due_minor bigint, outstanding_minor bigint`;
const writeInstalmentLines = `insert into instalment select * from json_to_recordset($1::json) as r(${instalmentType})
  on conflict (id) do update set due_on = excluded.due_on, principal_due_minor = excluded.principal_due_minor, interest_due_minor = excluded.interest_due_minor,
    fee_due_minor = excluded.fee_due_minor, penalty_due_minor = excluded.penalty_due_minor, due_minor = excluded.due_minor, outstanding_minor = excluded.outstanding_minor`;
const dropInstalments = `delete from instalment using json_to_recordset($1::json) as r(loan_id text, beyond int) where instalment.loan_id = r.loan_id and number > r.beyond`;

const instalmentOf = (loan: LoanRow, line: OwedLine) => ({
  id: idOf('instalment', loan.id, line.number),
  loan_id: loan.id,
  number: line.number,
  due_on: line.dueOn,
  currency: loan.position.account?.currency ?? '',
  principal_due_minor: line.due.principal,
  interest_due_minor: line.due.interest,
  fee_due_minor: line.due.fee,
  penalty_due_minor: line.due.penalty,
  due_minor: totalOf(line.due),
  outstanding_minor: totalOf(line.outstanding),
});

/** Writes the lines that differ; lines beyond the last are gone, since a schedule is replaced as a set. */
export async function writeInstalments(
  tx: Tx,
  changes: readonly { loan: LoanRow; was: readonly OwedLine[]; is: readonly OwedLine[] }[],
): Promise<void> {
  const rows = changes.flatMap(({ loan, was, is }) => {
    const before = new Map(was.map((line) => [line.number, toJson(instalmentOf(loan, line))]));
    return is.map((line) => instalmentOf(loan, line)).filter((row) => before.get(row.number) !== toJson(row));
  });
  if (rows.length) await tx.query(writeInstalmentLines, [toJson(rows)]);
  const last = (lines: readonly OwedLine[]) => Math.max(0, ...lines.map(({ number }) => number));
  const shorter = changes.filter(({ was, is }) => last(is) < last(was)).map(({ loan, is }) => ({ loan_id: loan.id, beyond: last(is) }));
  if (shorter.length) await tx.query(dropInstalments, [JSON.stringify(shorter)]);
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
    currency: loan.position.account?.currency ?? '',
    amount_minor: posting.amount,
    reversed_on: posting.reversal?.on ?? null,
    recorded_at: recordedAt,
  }));
  await tx.query(writeRepaymentRows, [toJson(rows)]);
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
