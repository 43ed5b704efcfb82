// Passes on to the buyer what is paid to the bank for a sold loan from the cut-off on, once, and asks back once what is undone.
import { groupedBy } from '../domain/grouped-by.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import { fold, unseen, type PostedEntry, type Position } from '../domain/loan/position.js';
import { minorToDecimal } from '../domain/money.js';
import { passOn } from '../domain/sale/cut-off.js';
import { PassedOnPayment } from '../storage/definitions/sales.js';
import { handoffIdOf, oweHandoffs, type OwedHandoff } from '../storage/handoffs.js';
import { loanFactsBefore } from '../storage/loan-facts.js';
import { firstToldAt, passedOf, termsOf, type TermRow } from '../storage/sales.js';
import type { Tx } from '../storage/store.js';

/** A fact of a loan, and where it left the loan's position. */
export interface Told {
  loanId: string;
  fact: LoanFact;
  position: Position;
}

const isMoney = ({ type }: Fact): boolean => type === 'LoanTransactionPosted' || type === 'LoanTransactionReversed';

/** Asked of each batch of facts while the cases of its borrowers are locked: no sale of theirs begins or ends meanwhile. */
export async function passOnNews(tx: Tx, news: readonly Told[]): Promise<void> {
  const told = news.filter(({ fact }) => isMoney(fact));
  if (!told.length) return;
  const terms = await termsOf(tx, { loanIds: [...new Set(told.map(({ loanId }) => loanId))] });
  if (terms.length) await passOnAll(tx, terms, told);
}

/** What came between the cut-off and the buyer's acceptance, by the log as it stood before this fact. */
export async function passOnBefore(tx: Tx, accepted: Fact, saleId: string): Promise<void> {
  await tx.flush();
  const terms = await termsOf(tx, { saleId });
  const facts = await loanFactsBefore(
    tx,
    terms.map(({ aggregateId }) => aggregateId),
    '9999-12-31',
    accepted,
  );
  const told: Told[] = [];
  for (const { aggregateId, loanId } of terms) {
    let position = unseen;
    for (const fact of (facts.get(aggregateId) ?? []).filter(isMoney)) {
      position = fold(position, fact);
      told.push({ loanId, fact, position });
    }
  }
  await passOnAll(tx, terms, told);
}

async function passOnAll(tx: Tx, terms: readonly TermRow[], told: readonly Told[]): Promise<void> {
  const passed = await passedOf(
    tx,
    terms.map(({ id }) => id),
  );
  const owed: OwedHandoff[] = [];
  const byLoan = groupedBy(terms, ({ loanId }) => loanId);
  for (const { loanId, fact, position } of told)
    for (const term of byLoan.get(loanId) ?? []) {
      const { transactionId } = fact.data as { transactionId: string };
      const posting = position.postings.find((each) => each.transactionId === transactionId);
      if (!posting || posting.sequence < 0n || (posting.currency && posting.currency !== term.currency)) continue;
      const toldAt = await firstToldAt(tx, term.aggregateId, transactionId, posting.valueOn);
      const key = `${term.id} ${transactionId}`;
      const before = passed.get(key) ?? { count: 0, sum: 0n };
      const next = passOn(
        {
          cutOffAt: new Date(term.cutOffAt),
          zone: term.cutOffZone,
          returnedAt: term.returnedAt === null ? null : new Date(term.returnedAt),
        },
        { kind: posting.kind, valueOn: posting.valueOn, amount: posting.amount, reversed: posting.reversal !== null },
        toldAt ?? fact.occurredAt,
        before.sum,
      );
      if (!next) continue;
      const number = before.count + 1;
      passed.set(key, { count: number, sum: before.sum + next.amount });
      owed.push(owe(tx, term, posting, fact, { ...next, number, toldAt: toldAt ?? fact.occurredAt }));
    }
  await tx.flush();
  await oweHandoffs(tx, owed);
}

interface Next {
  kind: string;
  amount: bigint;
  number: number;
  toldAt: Date;
}
function owe(tx: Tx, term: TermRow, posting: PostedEntry, fact: Fact, { kind, amount, number, toldAt }: Next): OwedHandoff {
  const { transactionId, valueOn } = posting;
  const deliveryKey = `passon/${term.id}/${transactionId}/${number}`;
  const handoffId = handoffIdOf(deliveryKey);
  tx.append(PassedOnPayment, {
    id: idOf('passedon', deliveryKey),
    saleId: term.saleId,
    saleLoanId: term.id,
    loanId: term.loanId,
    caseId: term.caseId,
    buyerId: term.buyerId,
    transactionRef: transactionId,
    number,
    kind,
    currency: term.currency,
    amountMinor: amount,
    valueOn,
    toldAt,
    owedOn: fact.businessOn,
    handoffId,
    state: 'OWED',
  });
  return {
    deliveryKey,
    caseId: term.caseId,
    connectorId: term.buyerId,
    operation: 'passOnPayment',
    lane: `passon/${term.id}/${transactionId}`, // of one payment one after another: what is asked back was passed on before
    laneSequence: BigInt(number),
    payload: {
      saleRef: term.saleRef,
      accountRef: term.accountNo,
      paymentRef: transactionId,
      number,
      kind,
      amount: { amount: minorToDecimal(amount, term.currency), currency: term.currency },
      valueOn,
    },
  };
}
