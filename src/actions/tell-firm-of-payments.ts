// A payment on a claim that a law firm has, or its reversal, is owed to the firm with what is still claimed of the loan; and it interrupts the limitation period.
import { plusDays } from '../domain/day.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { isLiveMatter, type MatterState } from '../domain/legal/matter.js';
import { assess } from '../domain/loan/assess.js';
import { totalOf } from '../domain/loan/components.js';
import type { Position } from '../domain/loan/position.js';
import { minorToDecimal } from '../domain/money.js';
import { policyFor } from '../policies/index.js';
import type { CaseRow } from '../storage/cases.js';
import { MatterPayment } from '../storage/definitions/legal.js';
import { LegalMatter } from '../storage/definitions/matters.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import type { Tx } from '../storage/store.js';
import { remainingOf, type MatterRow } from './fold-matter.js';
import { interruptLimitation } from './limitation.js';

export interface PaidClaim {
  theCase: CaseRow;
  loanId: string;
  fact: Fact;
  /** Of the loan, after this fact and nothing later. */
  position: Position;
  on: LocalDate;
}

/** @param paid in the order of the log, after their cases have been changed for them */
export async function tellFirmsOfPayments(tx: Tx, paid: readonly PaidClaim[]): Promise<void> {
  const concerned = paid.filter(({ theCase }) => theCase.legal !== 'NONE');
  if (!concerned.length) return;
  const matters = await tx.em.find(LegalMatter, { caseId: { $in: [...new Set(concerned.map(({ theCase }) => theCase.id))] } });
  for (const each of concerned) {
    await interrupt(tx, each);
    const matter = matters.find(({ caseId, state }) => caseId === each.theCase.id && isLiveMatter(state as MatterState));
    if (matter) await owe(tx, each, matter);
  }
}

/** What else is booked on a loan is no payment of the debtor. */
const payments: readonly string[] = ['REPAYMENT', 'RECOVERY'];

const postingOf = ({ fact, position }: PaidClaim) =>
  position.postings.find(
    ({ transactionId, kind }) => transactionId === (fact.data as { transactionId: string }).transactionId && payments.includes(kind),
  );

async function interrupt(tx: Tx, each: PaidClaim): Promise<void> {
  const posting = postingOf(each);
  if (!posting || posting.sequence < 0n) return;
  const isVoid = posting.reversal !== null;
  await interruptLimitation(tx, { ...each.fact, businessOn: each.on }, each.theCase, [
    { cause: 'PAYMENT', on: posting.valueOn, evidence: `${each.loanId}/${posting.transactionId}`, void: isVoid },
  ]);
}

async function owe(tx: Tx, each: PaidClaim, matter: MatterRow): Promise<void> {
  const { id: matterId, lawFirmId, handoffId: orderDeliveryId } = matter;
  const { theCase, loanId, fact, position, on } = each;
  const { account } = position;
  const posting = postingOf(each);
  // A reversal of what was never told takes nothing back.
  if (!account || !posting || posting.sequence < 0n) return;
  const policy = policyFor(account.jurisdiction, on);
  const is = assess(position, on, policy);
  const { currency } = account;
  const money = (minor: bigint) => ({ amount: minorToDecimal(minor, currency), currency });
  const kind = fact.type === 'LoanTransactionPosted' ? 'PAYMENT' : 'REVERSAL';
  const deliveryKey = `payment/${matterId}/${loanId}/${posting.transactionId}/${fact.source}/${fact.id}`;
  const handoffId = handoffIdOf(deliveryKey);
  const dueOn = plusDays(on, policy.pursuit.tellOfPayment.days);
  const claim = totalOf(is.outstanding);
  tx.em.create(MatterPayment, {
    id: idOf('mpayment', deliveryKey),
    matterId,
    handoffId,
    transactionRef: posting.transactionId,
    kind,
    currency,
    amountMinor: posting.amount,
    claimMinor: claim,
    valueOn: posting.valueOn,
    toldOn: on,
    dueOn,
  });
  await tx.em.flush();
  matter.remainingMinor = await remainingOf(tx, matter, matter.claimedMinor !== matter.instructedMinor);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: theCase.id,
      connectorId: lawFirmId,
      operation: 'reportDirectPayment',
      lane: `${theCase.id}/${lawFirmId}`,
      laneSequence: theCase.sequence,
      payload: {
        orderDeliveryId,
        caseRef: theCase.ref,
        kind,
        paymentRef: posting.transactionId,
        amount: money(posting.amount),
        paidOn: posting.valueOn,
        dueOn,
        claim: {
          accountRef: account.accountNo,
          asOf: on,
          overdueSince: is.overdueSince,
          daysPastDue: is.daysPastDue,
          principal: money(is.outstanding.principal),
          interest: money(is.outstanding.interest),
          fees: money(is.outstanding.fee),
          penalties: money(is.outstanding.penalty),
          total: money(claim),
        },
      },
    },
  ]);
}
