// A new business date: loans age, enter and leave cases, cross thresholds; what follows is owed; promises fall due; cured cases close.
import { judge } from '../domain/case/judge.js';
import { plusDays } from '../domain/day.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { assess } from '../domain/loan/assess.js';
import { changingOn, jurisdictionsWithRules, obligorRules, policyFor } from '../policies/index.js';
import { ageLoans, judgeAllOf, spreadClasses } from '../storage/ageing.js';
import { loansThatWaited } from '../storage/bureau-flags.js';
import { crossedBy, enterCases, leaveCases, recordCrossings } from '../storage/case-loans.js';
import { newestCasesOf, refreshCases, refreshCasesOf, type CaseRow } from '../storage/cases.js';
import { oweHandoffs } from '../storage/handoffs.js';
import { logFacts } from '../storage/facts.js';
import { loadLoansDue } from '../storage/loans.js';
import { businessDateOf } from '../storage/progress.js';
import { writeStandings } from '../storage/write-loans.js';
import type { Store, Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import { closeCuredCases } from './close-cured-cases.js';
import { duties } from './duties.js';
import { judgeCrossingsAgain } from './judge-crossings-again.js';
import { openCases } from './open-cases.js';
import { settlePromises } from './settle-promises.js';
import type { JudgedLoan } from './judged-loan.js';
import { treat } from './treat-case.js';
import { tellBureaus } from './tell-bureaus.js';

/** Brings a tenant's books to a business date, one day after the other, each in a transaction of its own. A date that is not ahead changes nothing. */
export async function advanceBusinessDate(store: Store, tenant: string, to: LocalDate): Promise<LocalDate> {
  for (;;) {
    const reached = await store.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`business day ${tenant}`]);
      const day = await businessDateOf(tx, tenant);
      if (day && day >= to) return day;
      const next = day ? plusDays(day, 1) : to;
      const fact: Fact<'BusinessDateAdvanced', { businessDate: LocalDate }> = {
        source: 'casegraph/clock',
        id: `${tenant}/${next}`,
        type: 'BusinessDateAdvanced',
        tenant,
        aggregateId: tenant,
        sequence: 0n,
        effectiveOn: next,
        businessOn: next,
        occurredAt: new Date(),
        data: { businessDate: next },
      };
      await logFacts(tx, [fact]);
      await applyBusinessDate(tx, fact);
      return next;
    });
    if (reached >= to) return reached;
  }
}

export async function applyBusinessDate(tx: Tx, fact: Fact<string, { businessDate: LocalDate }>): Promise<void> {
  const { tenant } = fact;
  const today = fact.data.businessDate;
  await tx.query(
    'insert into business_day (tenant, business_date, opened_at) values ($1, $2, $3) on conflict (tenant) do update set business_date = excluded.business_date, opened_at = excluded.opened_at',
    [tenant, today, fact.recordedAt],
  );
  await judgeAllOf(tx, tenant, today, changingOn(today), jurisdictionsWithRules);
  const aged = await ageLoans(tx, tenant, today);
  const loans = await loadLoansDue(tx, tenant, today, await loansThatWaited(tx, tenant, today));
  const crossed = await crossedBy(
    tx,
    loans.filter(({ inArrears }) => inArrears),
  );
  const judged = loans.flatMap((loan): JudgedLoan[] => {
    const { account } = loan.position;
    if (!account) return [];
    const policy = policyFor(account.jurisdiction, today);
    const is = assess(loan.position, today, policy);
    return [
      { loan, is, policy, verdict: judge({ inArrears: loan.inArrears, crossed: crossed.get(loan.id) ?? [] }, is, account.status, policy) },
    ];
  });
  for (const { loan, is, verdict } of judged) {
    if (verdict.enters) Object.assign(loan, { inArrears: true, episode: loan.episode + 1, episodeSince: is.overdueSince });
    if (verdict.cures) loan.inArrears = false;
  }
  const touchedFrom = new Map(loans.flatMap(({ id, touched, touchedFrom }) => (touched && touchedFrom ? [[id, touchedFrom]] : [])));
  for (const { loan } of judged) Object.assign(loan, { touched: false, touchedFrom: null });
  await writeStandings(
    tx,
    judged.map(({ loan, is }) => ({ loan, is })),
  );

  const borrowers = [...new Set(judged.map(({ loan }) => loan.borrowerId!))];
  const spread = await spreadClasses(tx, [...new Set([...borrowers, ...aged.reclassed])], obligorRules(today));
  const cases = await newestCasesOf(tx, borrowers);
  openCases(
    tx,
    fact,
    judged.filter(({ verdict }) => verdict.enters),
    cases,
  );
  const caseOf = (each: JudgedLoan): CaseRow | undefined => cases.get(each.loan.borrowerId!);
  await enterCases(
    tx,
    judged
      .filter(({ verdict }) => verdict.enters)
      .map((each) => ({ caseId: caseOf(each)!.id, loanId: each.loan.id, episode: each.loan.episode, on: today })),
  );
  await leaveCases(
    tx,
    judged.filter(({ verdict }) => verdict.cures).map(({ loan }) => loan.id),
    today,
  );
  await recordCrossings(
    tx,
    judged.flatMap((each) =>
      each.verdict.crosses.map(({ days }) => ({
        loanId: each.loan.id,
        caseId: caseOf(each)!.id,
        episode: each.loan.episode,
        days,
        on: today,
      })),
    ),
  );

  const affected = [...new Set(judged.map(caseOf))].filter((each): each is CaseRow => each?.status === 'OPEN');
  await refreshCases(tx, affected);
  const judgedToo = new Set(borrowers);
  await refreshCasesOf(
    tx,
    [...new Set([...aged.borrowers, ...spread])].filter((id) => !judgedToo.has(id)),
  );
  for (const each of judged.filter(({ verdict }) => verdict.cures)) {
    const theCase = caseOf(each);
    if (theCase)
      changeCase(tx, theCase, fact, [
        {
          type: 'LOAN_CURED',
          summary: 'A loan is without arrears',
          actor: fact.source,
          effectiveOn: today,
          data: { loanId: each.loan.id, episode: each.loan.episode },
        },
      ]);
  }
  const owed = await treat(
    tx,
    fact,
    judged.filter(({ verdict }) => verdict.crosses.length > 0),
    cases,
  );
  owed.push(...(await tellBureaus(tx, fact, judged, touchedFrom, cases)));
  await judgeCrossingsAgain(tx, fact, judged, touchedFrom);
  await oweHandoffs(tx, owed);
  await settlePromises(tx, fact);
  for (const each of affected) each.curedSince = each.overdueSince ? null : (each.curedSince ?? today);
  await closeCuredCases(tx, fact);
  for (const duty of duties) await duty(tx, fact);
}
