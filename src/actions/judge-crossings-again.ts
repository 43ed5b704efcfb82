// A fact that comes late may prove that a threshold was crossed for nothing. What was done stays, and is marked as what would not have been done.
import type { Fact, LocalDate } from '../domain/fact.js';
import { casesById } from '../storage/cases.js';
import { ThresholdCrossing } from '../storage/definitions/cases.js';
import type { Tx } from '../storage/store.js';
import { asKnownNow } from './as-known-now.js';
import { changeCase } from './change-case.js';
import type { JudgedLoan } from './judged-loan.js';

/** @param touchedFrom by loan, the oldest effective date of the facts that came since the last business date */
export async function judgeCrossingsAgain(
  tx: Tx,
  fact: Fact,
  judged: readonly JudgedLoan[],
  touchedFrom: ReadonlyMap<string, LocalDate>,
): Promise<void> {
  const loans = new Map(judged.filter(({ loan }) => touchedFrom.has(loan.id)).map(({ loan }) => [loan.id, loan]));
  if (!loans.size) return;
  const found = await tx.em.find(
    ThresholdCrossing,
    // What was crossed today was decided a moment ago, by all that is known now.
    { loanId: { $in: [...loans.keys()] }, crossedOn: { $lt: fact.businessOn } },
    { orderBy: { crossedOn: 'asc', id: 'asc' } },
  );
  const crossings = found.filter(({ loanId, crossedOn }) => crossedOn > touchedFrom.get(loanId)!);
  if (!crossings.length) return;
  const cases = new Map(
    (
      await casesById(
        tx,
        crossings.map(({ caseId }) => caseId),
      )
    ).map((each) => [each.id, each]),
  );
  const known = await asKnownNow(
    tx,
    fact,
    crossings.map(({ loanId, crossedOn }) => ({ loan: loans.get(loanId)!, on: crossedOn })),
  );
  for (const crossing of crossings) {
    const { loanId, crossedOn, days } = crossing;
    const forNothing = known(loans.get(loanId)!, crossedOn).delinquentDays < days;
    if (forNothing === crossing.wouldNotHaveFired) continue;
    crossing.wouldNotHaveFired = forNothing;
    changeCase(tx, cases.get(crossing.caseId)!, fact, [
      {
        type: forNothing ? 'THRESHOLD_WOULD_NOT_HAVE_FIRED' : 'THRESHOLD_CONFIRMED',
        summary: forNothing
          ? `By what is known now ${days} days were not reached on ${crossedOn}; what was done for it stays`
          : `By what is known now ${days} days were reached on ${crossedOn} after all`,
        actor: fact.source,
        effectiveOn: fact.businessOn,
        data: { loanId, episode: crossing.episode, days, crossedOn },
      },
    ]);
  }
}
