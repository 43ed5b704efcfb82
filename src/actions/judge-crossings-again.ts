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
  const crossings = await tx.em.find(
    ThresholdCrossing,
    { $or: [...loans.keys()].map((loanId) => ({ loanId, crossedOn: { $gt: touchedFrom.get(loanId)! } })) },
    { orderBy: { crossedOn: 'asc', id: 'asc' } },
  );
  if (!crossings.length) return;
  const cases = new Map(
    (
      await casesById(
        tx,
        crossings.map(({ caseId }) => caseId),
      )
    ).map((each) => [each.id, each]),
  );
  const known = new Map<string, number>();
  for (const crossing of crossings) {
    const { loanId, crossedOn, days } = crossing;
    const key = `${loanId} ${crossedOn}`;
    if (!known.has(key)) known.set(key, (await asKnownNow(tx, loans.get(loanId)!, crossedOn)).delinquentDays);
    const forNothing = known.get(key)! < days;
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
