// What was decided about flags becomes their rows, the proof of each report, an entry in the timeline, and what is owed to the bureau.
import { reportDueOn } from '../domain/bureau/steps.js';
import type { Act, ReportKind } from '../domain/bureau/flag.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { minorToDecimal } from '../domain/money.js';
import type { Policy } from '../domain/policy.js';
import { factsBehind, linkCorrections, reportIdOf, type FlagRow } from '../storage/bureau-flags.js';
import type { CaseRow } from '../storage/cases.js';
import { BureauFlag, BureauReport } from '../storage/definitions/bureaus.js';
import { handoffIdOf, payloadSha256, type OwedHandoff } from '../storage/handoffs.js';
import type { LoanRow } from '../storage/loans.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';

/** One act about one loan, where it happens. */
export interface Telling {
  act: Act;
  bureauId: string;
  loan: LoanRow;
  theCase: CaseRow;
  borrowerNo: string;
  policy: Policy;
  /** The account number under which it is said, and the one that the bureau knew before this. */
  accountRef: string;
  formerAccountRef: string | null;
  /** Of the dispute, where one is marked. */
  disputeRef?: string;
}

/** By which each kind of report goes out. */
export const reportOperations: Record<ReportKind, string> = {
  OVERDUE: 'reportOverdue',
  UPDATE: 'updateReport',
  CORRECTION: 'correctReport',
  WITHDRAWAL: 'withdrawReport',
  DELETION: 'deleteReport',
  IDENTIFIER_CHANGE: 'changeIdentifier',
  DISPUTE_MARK_SET: 'markDispute',
  DISPUTE_MARK_CLEARED: 'markDispute',
};

const entries: Record<ReportKind, [type: string, summary: (flag: FlagRow) => string]> = {
  OVERDUE: ['BUREAU_FLAG_OWED', ({ bureauId }) => `Overdue flag at ${bureauId}`],
  UPDATE: ['BUREAU_FLAG_UPDATE_OWED', ({ daysPastDue }) => `The flag is updated at ${daysPastDue} days past due`],
  CORRECTION: ['BUREAU_FLAG_CORRECTION_OWED', () => 'The flag is corrected by a fact that came later'],
  WITHDRAWAL: [
    'BUREAU_FLAG_WITHDRAWAL_OWED',
    ({ withdrawReason }) =>
      withdrawReason === 'CURED'
        ? 'The flag is withdrawn: cured'
        : 'The flag is withdrawn: it would not have been raised by what is known now',
  ],
  DELETION: ['BUREAU_FLAG_DELETION_OWED', () => 'The flag is deleted, as if it had never been reported'],
  IDENTIFIER_CHANGE: ['BUREAU_IDENTIFIER_CHANGE_OWED', () => 'The bureau is told the new account number'],
  DISPUTE_MARK_SET: ['BUREAU_DISPUTE_MARK_OWED', () => 'The flag is marked as disputed'],
  DISPUTE_MARK_CLEARED: ['BUREAU_DISPUTE_MARK_OWED', () => 'The mark of the dispute is taken away'],
};

/** All that goes to a bureau about one loan goes one after another; what has no version of its own goes right after the version that it is about. */
export const laneOf = (bureauId: string, loanId: string, version: number, after = false): Pick<OwedHandoff, 'lane' | 'laneSequence'> => ({
  lane: `bureau/${bureauId}/${loanId}`,
  laneSequence: BigInt(version * 2 + (after ? 1 : 0)),
});

/**
 * @param rows the flags as they are kept, by report key; flags that the acts make are added
 * @returns what is owed to the bureaus; the notices and decisions that acts ask for are the caller's
 */
export async function sayToBureaus(tx: Tx, fact: Fact, tellings: readonly Telling[], rows: Map<string, FlagRow>): Promise<OwedHandoff[]> {
  const said = tellings.filter(({ act }) => act.version);
  const behind = await factsBehind(
    tx,
    fact,
    said.map(({ act, loan }) => ({ aggregateId: loan.aggregateId, before: isWrong(act) ? act.flag.asOf : null })),
  );
  const owed: OwedHandoff[] = [];
  const correcting: string[] = [];
  let reported = 0;
  for (const telling of tellings) {
    const { act, theCase } = telling;
    const flag = keep(tx, telling, rows);
    if (!act.version) continue;
    const kind = act.does as ReportKind;
    const [type, summary] = entries[kind];
    const reportId = reportIdOf(flag.bureauId, flag.loanId, act.version);
    const data = { flagId: flag.id, loanId: flag.loanId, reportId, version: act.version };
    changeCase(tx, theCase, fact, [{ type, summary: summary(flag), actor: fact.source, effectiveOn: fact.businessOn, data }]);
    const handoff: OwedHandoff = {
      deliveryKey: `bureau/${flag.reportKey}/${act.version}`,
      caseId: theCase.id,
      connectorId: flag.bureauId,
      operation: reportOperations[kind],
      ...laneOf(flag.bureauId, flag.loanId, act.version),
      payload: payloadOf(telling, flag, fact.businessOn),
    };
    owed.push(handoff);
    const corrects = act.replaces && (kind === 'DELETION' || isWrong(act));
    if (corrects) correcting.push(reportId);
    const { facts, sha256 } = behind[reported++]!;
    tx.append(BureauReport, {
      id: reportId,
      tenant: telling.loan.tenant,
      flagId: flag.id,
      caseId: theCase.id,
      loanId: flag.loanId,
      bureauId: flag.bureauId,
      version: act.version,
      kind,
      accountRef: telling.accountRef,
      saidOn: fact.businessOn,
      asOf: String(handoff.payload['asOf']),
      knownAt: fact.recordedAt!,
      causeId: `${fact.source} ${fact.id}`,
      facts,
      factsSha256: sha256,
      rule: act.rule,
      policyVersion: telling.policy.version,
      handoffId: handoffIdOf(handoff.deliveryKey),
      bytesSha256: payloadSha256(handoff.payload),
      correctsId: corrects ? reportIdOf(flag.bureauId, flag.loanId, act.replaces!) : null,
      dueOn: reportDueOn(telling.policy, fact.businessOn),
    });
  }
  await linkCorrections(tx, correcting);
  return owed;
}

/** What only a fact that came later has shown was judged on the date of the flag; all else today. */
const isWrong = ({ does, flag }: Act): boolean => does === 'CORRECTION' || (does === 'WITHDRAWAL' && flag.withdrawReason === 'ERROR');

function keep(tx: Tx, { act: { flag }, bureauId, loan, theCase, policy }: Telling, rows: Map<string, FlagRow>): FlagRow {
  const known = rows.get(flag.reportKey);
  const changes = { ...flag, overdueSince: flag.overdueSince!, wouldNotHaveFired: flag.withdrawReason === 'ERROR' };
  if (known) return Object.assign(known, changes);
  const row: FlagRow = {
    ...changes,
    id: idOf('flag', flag.reportKey),
    bureauId,
    loanId: loan.id,
    caseId: theCase.id,
    currency: loan.position.account!.currency,
    policyVersion: policy.version,
  };
  tx.rows(BureauFlag).add(row);
  rows.set(flag.reportKey, row);
  return row;
}

/** The order of connectors/contract.ts. */
function payloadOf(
  { act, borrowerNo, accountRef, formerAccountRef, disputeRef }: Telling,
  flag: FlagRow,
  today: LocalDate,
): Record<string, unknown> {
  const { version, replaces } = act;
  const money = (minor: bigint) => ({ amount: minorToDecimal(minor, flag.currency), currency: flag.currency });
  switch (act.does) {
    case 'OVERDUE':
    case 'UPDATE':
    case 'CORRECTION':
      return {
        reportKey: flag.reportKey,
        version,
        ...(replaces ? { replacesVersion: replaces } : {}),
        accountRef,
        borrowerRef: borrowerNo,
        asOf: flag.asOf,
        overdueSince: flag.overdueSince,
        daysPastDue: flag.daysPastDue,
        overdue: money(flag.overdueMinor),
        outstanding: money(flag.outstandingMinor),
        qualityClass: flag.qualityClass,
      };
    case 'WITHDRAWAL':
    case 'DELETION':
      return { reportKey: flag.reportKey, version, replacesVersion: replaces, accountRef, asOf: today, reason: flag.withdrawReason };
    case 'IDENTIFIER_CHANGE':
      return { version, accountRef, formerAccountRef, asOf: today };
    default:
      return {
        reportKey: flag.reportKey,
        version,
        accountRef,
        disputeRef,
        asOf: today,
        mark: act.does === 'DISPUTE_MARK_SET' ? 'SET' : 'CLEARED',
      };
  }
}
