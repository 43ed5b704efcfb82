// Overdue flags at credit bureaus on a new business date: raised at the threshold, updated, withdrawn on cure, corrected when a fact that came later proves them wrong.
import { decide, isLive, isOpen, type Account, type Act, type Day, type Seen } from '../domain/bureau/flag.js';
import { bureauSteps } from '../domain/bureau/steps.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import type { Assessment } from '../domain/loan/assess.js';
import { totalOf } from '../domain/loan/components.js';
import { policyFor } from '../policies/index.js';
import { peopleOf, type Person } from '../storage/borrowers.js';
import { flagsOf, lastSaid, type FlagRow } from '../storage/bureau-flags.js';
import { casesById, type CaseRow } from '../storage/cases.js';
import type { OwedHandoff } from '../storage/handoffs.js';
import { holdsInForce } from '../storage/holds.js';
import type { LoanRow } from '../storage/loans.js';
import type { Tx } from '../storage/store.js';
import { asKnownNow } from './as-known-now.js';
import type { JudgedLoan } from './judged-loan.js';
import { oweMessage } from './owe-message.js';
import { recordDecision } from './record-decision.js';
import { changeCase } from './change-case.js';
import { sayToBureaus, type Telling } from './say-to-bureau.js';

export const seenOf = (is: Assessment): Seen => ({
  asOf: is.asOf,
  overdueSince: is.overdueSince,
  daysPastDue: is.daysPastDue,
  overdueMinor: is.overdueTotal,
  outstandingMinor: totalOf(is.outstanding),
  qualityClass: is.qualityClass,
  days: is.delinquentDays,
});

/** The days that a flag was raised by: a threshold that the policy moves later proves nothing wrong. */
export const leastOf = (loan: LoanRow, { raisedOn }: Pick<FlagRow, 'raisedOn'>): number =>
  bureauSteps(policyFor(loan.position.account!.jurisdiction, raisedOn)).flagFrom ?? 0;

interface Concerned {
  each: JudgedLoan;
  bureauId: string;
  flags: FlagRow[];
  open: FlagRow | undefined;
  theCase: CaseRow;
  /** Of the flags that are there. */
  cases: ReadonlyMap<string, CaseRow>;
}

/** @param touchedFrom by loan, the oldest effective date of the facts that came since the last business date. @returns what is owed to partners */
export async function tellBureaus(
  tx: Tx,
  fact: Fact,
  judged: readonly JudgedLoan[],
  touchedFrom: ReadonlyMap<string, LocalDate>,
  newestCases: ReadonlyMap<string, CaseRow>,
): Promise<OwedHandoff[]> {
  const flags = await flagsOf(
    tx,
    judged.flatMap(({ loan }) => (loan.episode > 0 ? loan.id : [])),
  );
  const concerned = await concernedBy(tx, judged, flags, newestCases);
  if (!concerned.length) return [];
  const loanIds = [...new Set(concerned.map(({ each }) => each.loan.id))];
  const said = await lastSaid(tx, loanIds);
  const held = await holdsInForce(tx, [...new Set(concerned.map(({ theCase }) => theCase.id))], fact.businessOn);
  const people = await peopleOf(tx, [...new Set(concerned.map(({ each }) => each.loan.borrowerId!))]);
  const inDoubt = ({ each, open }: Concerned) => open && isLive(open) && (touchedFrom.get(each.loan.id) ?? open.asOf) < open.asOf;
  const known = await asKnownNow(
    tx,
    fact,
    concerned.filter(inDoubt).map(({ each, open }) => ({ loan: each.loan, on: open!.asOf })),
  );
  const owed: OwedHandoff[] = [];
  const tellings: Telling[] = [];
  const rows = new Map<string, FlagRow>();
  for (const one of concerned) {
    const { each, bureauId, open, theCase } = one;
    const { loan, is, policy, verdict } = each;
    for (const flag of one.flags) rows.set(flag.reportKey, flag);
    const last = said.get(`${bureauId}/${loan.id}`);
    const account: Account = {
      key: `${bureauId}/${loan.id}`,
      version: last?.version ?? 0,
      accountRef: last?.accountRef ?? null,
      flags: one.flags,
    };
    const { flagFrom, updateAt } = bureauSteps(policy);
    const day: Day = {
      accountRef: loan.position.account!.accountNo,
      episode: loan.episode,
      late: loan.inArrears && is.result === 'PAST_DUE',
      cures: verdict.cures,
      seen: seenOf(is),
      revised: inDoubt(one) ? { ...seenOf(known(loan, open!.asOf)), least: leastOf(loan, open!) } : null,
      from: bureauId === policy.bureau.connectorId ? flagFrom : null,
      steps: updateAt,
      noticeDays: policy.bureau.preNotice?.waitDays ?? null,
      held: held.some(({ caseId, scopes }) => caseId === theCase.id && scopes.includes('BUREAU')),
    };
    const person = people.get(loan.borrowerId!)!;
    for (const act of decide(account, day)) {
      const numbers = { borrowerNo: person.borrowerNo, accountRef: day.accountRef, formerAccountRef: account.accountRef };
      // What is said of a flag is a matter of the case that it was raised in.
      const about = one.cases.get(rows.get(act.flag.reportKey)?.caseId ?? '') ?? theCase;
      tellings.push({ act, bureauId, loan, theCase: about, policy, ...numbers });
      owed.push(...noteWait(tx, fact, about, each, act, person));
    }
  }
  return [...owed, ...(await sayToBureaus(tx, fact, tellings, rows))];
}

/** Each loan at each bureau that has to be asked about: where it has a flag that is open, or was told of it, and where it may get one. */
async function concernedBy(
  tx: Tx,
  judged: readonly JudgedLoan[],
  flags: ReadonlyMap<string, FlagRow[]>,
  newestCases: ReadonlyMap<string, CaseRow>,
): Promise<Concerned[]> {
  const cases = new Map(
    (await casesById(tx, [...new Set([...flags.values()].flatMap((some) => some.map(({ caseId }) => caseId)))])).map((each) => [
      each.id,
      each,
    ]),
  );
  return judged.flatMap((each) => {
    const ofLoan = flags.get(each.loan.id) ?? [];
    const bureaus = new Set([...ofLoan.map(({ bureauId }) => bureauId), each.policy.bureau.connectorId]);
    return [...bureaus].sort().flatMap((bureauId): Concerned[] => {
      const here = ofLoan.filter((flag) => flag.bureauId === bureauId);
      const open = here.find((flag) => isOpen(flag));
      const theCase = (open && cases.get(open.caseId)) ?? newestCases.get(each.loan.borrowerId!) ?? cases.get(here.at(-1)?.caseId ?? '');
      return theCase && (here.length || each.is.delinquentDays >= (bureauSteps(each.policy).flagFrom ?? Infinity))
        ? [{ each, bureauId, flags: here, open, theCase, cases }]
        : [];
    });
  });
}

/** What is not said, and why. */
function noteWait(tx: Tx, fact: Fact, theCase: CaseRow, each: JudgedLoan, { does, flag, rule }: Act, person: Person): OwedHandoff[] {
  const { policy, loan } = each;
  const days = Number(rule.replace('threshold-', '')) || 0;
  if (does === 'HOLD') {
    const reason = flag.version ? 'A hold of scope BUREAU stops updates to the worse' : 'A hold of scope BUREAU stops new flags';
    recordDecision(tx, theCase, each, fact, days, 'BUREAU_FLAG_HELD', [reason], flag.reportKey, fact.businessOn);
  } else if (does === 'DROP') {
    const why = flag.withdrawReason === 'CURED' ? 'cured' : 'another one was deleted after a dispute';
    const [type, summary] = ['BUREAU_FLAG_DROPPED', `The flag that was owed is dropped: ${why}`];
    changeCase(tx, theCase, fact, [{ type, summary, actor: fact.source, effectiveOn: fact.businessOn, data: { loanId: loan.id } }]);
  } else if (does === 'NOTICE')
    return oweMessage(tx, fact, theCase, each, person, {
      type: 'BUREAU_NOTICE',
      deliveryKey: `bureau-notice/${flag.reportKey}`,
      payBy: flag.waitsUntil!,
      templates: policy.bureau.preNotice!.templates,
      data: { loanId: loan.id, reportKey: flag.reportKey },
    });
  return [];
}
