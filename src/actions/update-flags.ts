// Overdue flags at the credit bureau: raised at the threshold, withdrawn on cure, corrected when a fact that came later proves them wrong.
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { classOf, type Assessment } from '../domain/loan/assess.js';
import { totalOf } from '../domain/loan/components.js';
import { minorToDecimal } from '../domain/money.js';
import { policyFor } from '../policies/index.js';
import { casesById, type CaseRow } from '../storage/cases.js';
import { Borrower } from '../storage/definitions/borrowers.js';
import { BureauFlag } from '../storage/definitions/partners.js';
import type { OwedHandoff } from '../storage/handoffs.js';
import type { LoanRow } from '../storage/loans.js';
import type { InferEntity, Tx } from '../storage/store.js';
import { asKnownNow } from './as-known-now.js';
import { changeCase } from './change-case.js';
import type { JudgedLoan } from './judged-loan.js';

type FlagRow = InferEntity<typeof BureauFlag>;

/** The first version of a report key: an arrears episode of a loan at a bureau. */
export function raiseFlag(tx: Tx, fact: Fact, theCase: CaseRow, { loan, is, policy }: JudgedLoan, borrowerNo: string): OwedHandoff {
  const reportKey = `${policy.bureau.connectorId}/${loan.id}/${loan.episode}`;
  const flag: FlagRow = {
    id: idOf('flag', reportKey),
    reportKey,
    bureauId: policy.bureau.connectorId,
    loanId: loan.id,
    caseId: theCase.id,
    episode: loan.episode,
    state: 'RAISED',
    version: 1,
    raisedOn: fact.businessOn,
    asOf: fact.businessOn,
    overdueSince: is.overdueSince!,
    daysPastDue: is.daysPastDue,
    currency: loan.position.account!.currency,
    overdueMinor: is.overdueTotal,
    outstandingMinor: totalOf(is.outstanding),
    qualityClass: is.qualityClass,
    withdrawnOn: null,
    withdrawReason: null,
    wouldNotHaveFired: false,
    policyVersion: policy.version,
  };
  tx.append(BureauFlag, flag);
  changeCase(tx, theCase, fact, [
    {
      type: 'BUREAU_FLAG_OWED',
      summary: `Overdue flag at ${flag.bureauId}`,
      actor: fact.source,
      effectiveOn: fact.businessOn,
      data: { flagId: flag.id, loanId: loan.id },
    },
  ]);
  return reportOf(flag, loan, borrowerNo, 'reportOverdue');
}

/** Judges the live flags of these loans again. `touchedFrom` says, by loan, the oldest effective date of the facts that came since the last business date. */
export async function updateFlags(
  tx: Tx,
  fact: Fact,
  judged: readonly JudgedLoan[],
  touchedFrom: ReadonlyMap<string, LocalDate>,
): Promise<OwedHandoff[]> {
  const owed: OwedHandoff[] = [];
  const concerned = judged.filter(({ loan, verdict }) => verdict.cures || touchedFrom.has(loan.id));
  if (!concerned.length) return owed;
  const flags = await tx.em.find(
    BureauFlag,
    // What was raised today was decided a moment ago.
    { loanId: { $in: concerned.map(({ loan }) => loan.id) }, state: { $ne: 'WITHDRAWN' }, raisedOn: { $lt: fact.businessOn } },
    { orderBy: { id: 'asc' } },
  );
  const cases = new Map(
    (
      await casesById(
        tx,
        flags.map(({ caseId }) => caseId),
      )
    ).map((each) => [each.id, each]),
  );
  const judgedOf = new Map(concerned.map((each) => [each.loan.id, each]));
  const inDoubt = (flag: FlagRow) => (touchedFrom.get(flag.loanId) ?? flag.asOf) < flag.asOf;
  const known = await asKnownNow(
    tx,
    fact,
    flags.filter(inDoubt).map((flag) => ({ loan: judgedOf.get(flag.loanId)!.loan, on: flag.asOf })),
  );
  for (const flag of flags) {
    const { loan, verdict, policy } = judgedOf.get(flag.loanId)!;
    const theCase = cases.get(flag.caseId)!;
    const then = inDoubt(flag) ? known(loan, flag.asOf) : null;
    const least = policy.thresholds.find(({ does }) => does.includes('BUREAU_FLAG'))!.days;
    if (then && then.delinquentDays < least) owed.push(withdraw(tx, fact, theCase, flag, loan, 'ERROR'));
    else if (verdict.cures) owed.push(withdraw(tx, fact, theCase, flag, loan, 'CURED'));
    else if (then && (then.overdueSince !== flag.overdueSince || then.overdueTotal !== flag.overdueMinor))
      owed.push(await correct(tx, fact, theCase, flag, loan, then));
  }
  return owed;
}

function withdraw(tx: Tx, fact: Fact, theCase: CaseRow, flag: FlagRow, loan: LoanRow, reason: 'CURED' | 'ERROR'): OwedHandoff {
  const replacesVersion = flag.version;
  Object.assign(flag, {
    state: 'WITHDRAWN',
    version: flag.version + 1,
    withdrawnOn: fact.businessOn,
    withdrawReason: reason,
    wouldNotHaveFired: reason === 'ERROR',
  });
  changeCase(tx, theCase, fact, [
    {
      type: 'BUREAU_FLAG_WITHDRAWAL_OWED',
      summary:
        reason === 'CURED' ? 'The flag is withdrawn: cured' : 'The flag is withdrawn: it would not have been raised by what is known now',
      actor: fact.source,
      effectiveOn: fact.businessOn,
      data: { flagId: flag.id, reason },
    },
  ]);
  return {
    ...ofFlag(flag),
    operation: 'withdrawReport',
    payload: {
      reportKey: flag.reportKey,
      version: flag.version,
      replacesVersion,
      accountRef: loan.position.account!.accountNo,
      asOf: fact.businessOn,
      reason,
    },
  };
}

async function correct(tx: Tx, fact: Fact, theCase: CaseRow, flag: FlagRow, loan: LoanRow, then: Assessment): Promise<OwedHandoff> {
  Object.assign(flag, {
    state: 'CORRECTED',
    version: flag.version + 1,
    overdueSince: then.overdueSince!,
    daysPastDue: then.daysPastDue,
    overdueMinor: then.overdueTotal,
    outstandingMinor: totalOf(then.outstanding),
    qualityClass: classOf(policyFor(loan.position.account!.jurisdiction, flag.asOf), then.daysPastDue),
  });
  changeCase(tx, theCase, fact, [
    {
      type: 'BUREAU_FLAG_CORRECTION_OWED',
      summary: 'The flag is corrected by a fact that came later',
      actor: fact.source,
      effectiveOn: fact.businessOn,
      data: { flagId: flag.id, version: flag.version },
    },
  ]);
  const { borrowerNo } = await tx.em.findOneOrFail(Borrower, { id: loan.borrowerId! });
  return reportOf(flag, loan, borrowerNo, 'correctReport');
}

const ofFlag = (flag: FlagRow) => ({
  deliveryKey: `bureau/${flag.reportKey}/${flag.version}`,
  caseId: flag.caseId,
  connectorId: flag.bureauId,
  lane: `bureau/${flag.reportKey}`,
  laneSequence: BigInt(flag.version),
});

function reportOf(flag: FlagRow, loan: LoanRow, borrowerNo: string, operation: 'reportOverdue' | 'correctReport'): OwedHandoff {
  const money = (minor: bigint) => ({ amount: minorToDecimal(minor, flag.currency), currency: flag.currency });
  return {
    ...ofFlag(flag),
    operation,
    payload: {
      reportKey: flag.reportKey,
      version: flag.version,
      ...(operation === 'correctReport' ? { replacesVersion: flag.version - 1 } : {}),
      accountRef: loan.position.account!.accountNo,
      borrowerRef: borrowerNo,
      asOf: flag.asOf,
      overdueSince: flag.overdueSince,
      daysPastDue: flag.daysPastDue,
      overdue: money(flag.overdueMinor),
      outstanding: money(flag.outstandingMinor),
      qualityClass: flag.qualityClass,
    },
  };
}
