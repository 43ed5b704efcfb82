// Moves loans of a sale along their table, and what that makes of their cases: some may be sold while others are kept.
import { groupedBy } from '../domain/grouped-by.js';
import type { Fact } from '../domain/fact.js';
import { caseOwnershipOf, itemSteps, loanOwnershipOf, type ItemState, type ItemStepName } from '../domain/sale/item.js';
import { casesById } from '../storage/cases.js';
import { ownershipsOf, type SaleLoanRow } from '../storage/sales.js';
import type { Tx } from '../storage/store.js';
import { changeCase, type Happening } from './change-case.js';

/** @returns false when its table has no such step from where it is */
export function moveItem(item: SaleLoanRow, step: ItemStepName): boolean {
  const next = itemSteps[item.state as ItemState][step];
  if (!next) return false;
  item.state = next;
  item.ownership = loanOwnershipOf(next);
  return true;
}

/** Each case is told once, with what the sale makes of it as a whole. */
export async function tellSoldCases(
  tx: Tx,
  fact: Fact,
  items: readonly Pick<SaleLoanRow, 'caseId' | 'loanId'>[],
  happening: Omit<Happening, 'effectiveOn'>,
): Promise<void> {
  const loansOf = groupedBy(items, ({ caseId }) => caseId);
  const ids = [...loansOf.keys()];
  const cases = await casesById(tx, ids);
  const ownerships = await ownershipsOf(tx, ids);
  for (const theCase of cases) {
    theCase.ownership = caseOwnershipOf(ownerships.get(theCase.id) ?? []);
    const loanIds = loansOf.get(theCase.id)!.map(({ loanId }) => loanId);
    changeCase(tx, theCase, fact, [{ ...happening, effectiveOn: fact.effectiveOn, data: { ...happening.data, loanIds } }]);
  }
}
