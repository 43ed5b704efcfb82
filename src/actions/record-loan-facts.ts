// Records a batch of facts of one partition: log, positions, timeline and progress in one transaction.
import { borrowerRefOf, type BorrowerFact, type CollateralFact } from '../domain/borrower.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { assess, linesOf } from '../domain/loan/assess.js';
import { toJson } from '../domain/loan/kept-position.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import { fold } from '../domain/loan/position.js';
import { policyFor } from '../policies/index.js';
import { borrowerIdOf, writeBorrowers, writeCollateral } from '../storage/borrowers.js';
import { newestCasesOf, refreshCases } from '../storage/cases.js';
import { logFacts } from '../storage/facts.js';
import { writeGuarantors, writeInstalments, writeRepayments } from '../storage/loan-parts.js';
import { loadLoans, type LoanCache, type LoanRow } from '../storage/loans.js';
import { standAsWritten, writeLoans } from '../storage/write-loans.js';
import { moveOn, park, type Unreadable } from '../storage/progress.js';
import type { Store, Tx } from '../storage/store.js';
import { changeCase, type Happening } from './change-case.js';
import { tellFirmsOfPayments, type PaidClaim } from './tell-firm-of-payments.js';
import { passOnNews } from './pass-on-payments.js';

export type SourceFact = LoanFact | BorrowerFact | CollateralFact;

export interface FactBatch {
  topic: string;
  partition: number;
  /** Where this partition stood: another owner has moved it when it is elsewhere. */
  expectedOffset: bigint;
  nextOffset: bigint;
  facts: SourceFact[];
  unreadable: Unreadable[];
  /** Marks of the business date, and those of a date before the one that the partition stands at. */
  marks?: Fact[];
  stale?: { mark: Fact; message: Omit<Unreadable, 'reason'>; reached: LocalDate }[];
  /** What this partition's worker has at hand; it forgets it when it was overtaken. */
  cache?: LoanCache;
}

export interface Recorded {
  recorded: number;
  duplicates: number;
  parked: number;
}

/** @throws Overtaken when another worker owns the partition or has written one of the loans: nothing was done, read again. */
export async function recordLoanFacts(store: Store, batch: FactBatch): Promise<Recorded> {
  return store.transaction(async (tx) => {
    await moveOn(tx, batch);
    const fresh = await logFacts(tx, batch.facts);
    await park(tx, { ...batch, unreadable: [...batch.unreadable, ...(await wentBack(tx, batch))] });
    await applySourceFacts(tx, fresh, batch.cache);
    return { recorded: fresh.length, duplicates: batch.facts.length - fresh.length, parked: batch.unreadable.length };
  });
}

/** A mark that was seen before changes nothing; a new one for a date that is over is refused. */
async function wentBack(tx: Tx, { marks = [], stale = [] }: FactBatch): Promise<Unreadable[]> {
  const fresh = new Set(await logFacts(tx, [...marks, ...stale.map(({ mark }) => mark)]));
  return stale
    .filter(({ mark }) => fresh.has(mark))
    .map(({ mark, message, reached }) => ({ ...message, reason: `BUSINESS_DATE_WENT_BACK ${mark.businessOn} is before ${reached}` }));
}

/** Records facts that came by another way than their partition: messages that were parked and can be read now. */
export async function recordLateFacts(tx: Tx, facts: SourceFact[]): Promise<number> {
  const fresh = await logFacts(tx, facts);
  await applySourceFacts(tx, fresh);
  return fresh.length;
}

/** What facts that are in the log do to borrowers, collateral, positions and the timelines of open cases. */
export async function applySourceFacts(tx: Tx, facts: readonly SourceFact[], cache?: LoanCache): Promise<void> {
  await writeCollateral(
    tx,
    facts.filter((fact): fact is CollateralFact => fact.type === 'CollateralUpdated'),
  );
  const loanFacts = facts.filter((fact): fact is LoanFact => fact.type !== 'BorrowerUpdated' && fact.type !== 'CollateralUpdated');
  if (loanFacts.length) await foldFacts(tx, loanFacts, cache);
  // Last, since partitions may share borrowers: their rows are locked for as short a time as can be.
  const snapshots = facts.filter((fact) => fact.type === 'LoanAccountSnapshotted');
  await writeBorrowers(
    tx,
    facts.filter((fact): fact is BorrowerFact => fact.type === 'BorrowerUpdated'),
    snapshots.map(({ aggregateId, tenant, data }) => ({
      borrowerRef: borrowerRefOf(aggregateId, data.borrowerId),
      tenant,
      borrowerNo: data.borrowerId,
      jurisdiction: data.jurisdiction,
    })),
  );
}

/** A fact that changed a loan, and the position that it left. */
interface LoanNews {
  loan: LoanRow;
  fact: LoanFact;
  position: LoanRow['position'];
}

async function foldFacts(tx: Tx, facts: readonly LoanFact[], cache?: LoanCache): Promise<void> {
  // Shared, so that the day is not opened while what is written here is judged by the day before.
  const days = await tx.query<{ tenant: string; business_date: string }>('select tenant, business_date::text from business_day for share');
  const today = new Map(days.map((row) => [row.tenant, row.business_date]));
  const loans = await loadLoans(tx, new Map(facts.map((fact) => [fact.aggregateId, fact.tenant])), cache);
  const news: LoanNews[] = [];
  const changed = new Map<LoanRow, LocalDate>();
  for (const fact of facts) {
    const loan = loans.get(fact.aggregateId)!;
    const next = fold(loan.position, fact);
    if (next === loan.position) continue;
    loan.position = next;
    loan.touched = true;
    if (!loan.touchedFrom || fact.effectiveOn < loan.touchedFrom) loan.touchedFrom = fact.effectiveOn;
    news.push({ loan, fact, position: next });
    if (!changed.has(loan)) changed.set(loan, fact.businessOn);
  }
  const assessed = [...changed].map(([loan, firstOn]) => {
    const { account } = loan.position;
    loan.borrowerId ??= account && borrowerIdOf(borrowerRefOf(loan.aggregateId, account.borrowerId));
    const on = today.get(loan.tenant) ?? firstOn;
    const policy = policyFor(account?.jurisdiction ?? '*', on);
    return { loan, is: assess(loan.position, on, policy), was: loan.keptLines ?? linesOf(loan.kept, policy), before: loan.kept };
  });
  await writeLoans(tx, assessed);
  await writeInstalments(
    tx,
    assessed.map(({ loan, is, was }) => ({ loan, was, is: is.lines })),
  );
  await writeGuarantors(
    tx,
    assessed.flatMap(({ loan, before }) => (before.account === loan.position.account ? [] : loan)),
  );
  await writePostings(tx, news);
  assessed.forEach(standAsWritten);
  await tellCases(tx, news, today);
  await passOnNews(
    tx,
    news.map(({ loan, fact, position }) => ({ loanId: loan.id, fact, position })),
  );
  if (cache) tx.afterCommit(() => changed.forEach((_, loan) => remember(cache, loan)));
}

const mostRemembered = 50_000;

function remember(cache: LoanCache, loan: LoanRow): void {
  cache.delete(loan.aggregateId);
  cache.set(loan.aggregateId, loan);
  if (cache.size > mostRemembered) cache.delete(cache.keys().next().value!);
}

async function writePostings(tx: Tx, news: readonly LoanNews[]): Promise<void> {
  const changes = new Map<string, { loan: LoanRow; posting: LoanRow['position']['postings'][number]; recordedAt: Date }>();
  for (const { loan, fact } of news) {
    if (fact.type !== 'LoanTransactionPosted' && fact.type !== 'LoanTransactionReversed') continue;
    const posting = loan.position.postings.find((each) => each.transactionId === fact.data.transactionId)!;
    changes.set(`${loan.id} ${posting.transactionId}`, { loan, posting, recordedAt: fact.recordedAt! });
  }
  await writeRepayments(tx, [...changes.values()]);
}

async function tellCases(tx: Tx, news: readonly LoanNews[], today: ReadonlyMap<string, LocalDate>): Promise<void> {
  const told = news.filter(({ fact }) => fact.type === 'LoanTransactionPosted' || fact.type === 'LoanTransactionReversed');
  const cases = await newestCasesOf(tx, [...new Set(told.flatMap(({ loan }) => loan.borrowerId ?? []))]);
  const open = [...cases.values()].filter(({ status }) => status === 'OPEN');
  if (!open.length) return;
  await refreshCases(tx, open);
  const paid: PaidClaim[] = [];
  for (const { loan, fact, position } of told) {
    const theCase = loan.borrowerId ? cases.get(loan.borrowerId) : undefined;
    if (theCase?.status !== 'OPEN') continue;
    changeCase(tx, theCase, fact, [happeningOf(loan, fact)]);
    paid.push({ theCase, loanId: loan.id, fact, position, on: today.get(loan.tenant) ?? fact.businessOn });
  }
  await tellFirmsOfPayments(tx, paid);
}

function happeningOf(loan: LoanRow, fact: Fact): Happening {
  const posted = fact.type === 'LoanTransactionPosted';
  const { transactionId, kind, amount, valueOn } = fact.data as { transactionId: string; kind?: string; amount?: bigint; valueOn?: string };
  return {
    type: posted ? 'REPAYMENT_POSTED' : 'REPAYMENT_REVERSED',
    summary: posted ? `${kind === 'REPAYMENT' ? 'Repayment' : kind} booked, value date ${valueOn}` : 'Repayment reversed',
    actor: fact.source,
    effectiveOn: fact.effectiveOn,
    data: JSON.parse(toJson({ loanId: loan.id, transactionId, amountMinor: amount, currency: loan.position.account?.currency })),
  };
}
