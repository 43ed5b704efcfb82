// Gathers what a file tells: every loan of the tenant as it was known, sorted as the bureaus' files are, a borrower at a time.
import { borrowerRefOf, type BorrowerFact, type CollateralFact } from '../domain/borrower.js';
import { toJson } from '../domain/loan/kept-position.js';
import { newest } from '../domain/loan/position.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import type { Policy } from '../domain/policy.js';
import { doubledAccount, factsThrough, loansToTell, openSorter, sortDrafts, sortedDrafts } from '../storage/bureau-records.js';
import type { Tx } from '../storage/store.js';
import { draftOf, withObligorClass, type Draft } from './record.js';
import type { BureauSettings } from './settings.js';
import type { Period } from './standing.js';

export interface Known {
  settings: BureauSettings;
  period: Period;
  /** Facts that came later are not known. */
  through: bigint;
  policyFor: (jurisdiction: string, on: string) => Policy;
  /** Only these loans, with the others of their borrowers; null: all. */
  only: readonly string[] | null;
}

export type LoanDraft = Draft & { loanId: string };

const loansAtOnce = 500;
const borrowersAtOnce = 300;

/**
 * @param onProgress how many loans were looked at
 * @throws Error when two accounts have the same number in the file
 */
export async function* gather(tx: Tx, known: Known, onProgress: (loans: number) => void): AsyncGenerator<LoanDraft[]> {
  const { settings, period, through, policyFor, only } = known;
  await openSorter(tx);
  let seen = 0;
  for (let last = ''; ;) {
    const loans = await loansToTell(tx, settings.tenant, last, loansAtOnce, only);
    if (!loans.length) break;
    last = loans.at(-1)!.aggregateId;
    const own = await factsThrough(
      tx,
      loans.map(({ aggregateId }) => aggregateId),
      through,
      period.to,
    );
    const borrowerRefs = new Map(
      loans.map(({ aggregateId }) => [aggregateId, borrowerRefIn(aggregateId, own.get(aggregateId) as LoanFact[])]),
    );
    const others = await factsThrough(
      tx,
      [...new Set([...borrowerRefs.values()].flat()), ...new Set(loans.flatMap(({ collateralRefs }) => collateralRefs))],
      through,
      period.to,
    );
    const drafts = loans.flatMap(({ aggregateId, loanId, collateralRefs }) => {
      const facts = own.get(aggregateId) as LoanFact[] | undefined;
      if (!facts) return [];
      const borrower = borrowerRefs.get(aggregateId)!.flatMap((ref) => (others.get(ref) ?? []) as BorrowerFact[]);
      const collaterals = collateralRefs.flatMap((ref) => (others.get(ref) ?? []) as CollateralFact[]);
      const draft = draftOf({ aggregateId, facts, borrower, collaterals }, period, settings, policyFor);
      return draft ? [{ ...draft, loanId }] : [];
    });
    await sortDrafts(
      tx,
      drafts.map((draft) => ({
        borrowerRef: draft.record.borrower.ref,
        accountRef: draft.record.account.accountRef,
        text: toJson(draft),
      })),
    );
    onProgress((seen += loans.length));
  }
  const doubled = await doubledAccount(tx);
  if (doubled) throw new Error(`Two accounts have the number ${doubled} in the file: their numbers differ in what identifiers leaves out`);
  for await (const page of sortedDrafts(tx, borrowersAtOnce)) {
    const drafts = page.map((text) => JSON.parse(text) as LoanDraft);
    const borrowers = [...new Set(drafts.map(({ record }) => record.borrower.ref))];
    yield borrowers.flatMap((ref) => withObligorClass(drafts.filter(({ record }) => record.borrower.ref === ref)) as LoanDraft[]);
  }
}

/** Whose loan it is by its newest snapshot. */
function borrowerRefIn(aggregateId: string, facts: readonly LoanFact[] = []): string[] {
  const told = newest(facts.filter((fact) => fact.type === 'LoanAccountSnapshotted'));
  return told ? [borrowerRefOf(aggregateId, told.data.borrowerId)] : [];
}
