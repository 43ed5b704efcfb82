// Asks whether an agency may get a case, as a refusal of each rule that stands against it.
import { againstAgency } from '../domain/placement/eligibility.js';
import type { LocalDate } from '../domain/fact.js';
import { candidatesOf, knownAgencies } from '../storage/placements.js';
import type { Tx } from '../storage/store.js';
import type { Refusal } from './request.js';

export async function refusalsOfAgency(tx: Tx, agencyId: string, caseId: string, today: LocalDate): Promise<Refusal[]> {
  const [candidate] = await candidatesOf(tx, [caseId], today);
  const [known] = await knownAgencies(tx, [agencyId]);
  const against = againstAgency(agencyId, known?.terms ?? null, candidate!, known?.load ?? { cases: 0, minor: 0n }, today);
  return against.map((each) => ({ code: 'GUARD_REJECTED', ...each, path: ['input', 'agencyId'] }));
}
