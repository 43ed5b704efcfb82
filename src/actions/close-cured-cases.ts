// Closes the cases that have been without arrears for as long as the policy asks. A live matter or placement keeps its case open: cure does not end litigation.
import { daysBetween } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { policyFor } from '../policies/index.js';
import { cancelClocks, curedCasesOf } from '../storage/cases.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';

export async function closeCuredCases(tx: Tx, fact: Fact): Promise<void> {
  const today = fact.businessOn;
  const cured = await curedCasesOf(tx, fact.tenant);
  const closed: string[] = [];
  for (const each of cured) {
    const { cureDays } = policyFor(each.jurisdiction, today).cases;
    const days = daysBetween(each.curedSince!, today);
    if (days < cureDays) continue;
    if (each.legalEligible) each.legalEligible = false;
    if (each.legal === 'PRE_LEGAL') each.legal = 'NONE';
    // Dates follow one another, so this is said once a cure: a person decides, for costs may remain.
    if (each.legal !== 'NONE' && days === cureDays)
      changeCase(tx, each, fact, [
        {
          type: 'MATTER_WITHDRAWAL_TO_DECIDE',
          summary: 'The arrears are paid and a law firm has the case: whether to withdraw has to be decided',
          actor: fact.source,
          effectiveOn: today,
        },
      ]);
    if (each.legal !== 'NONE' || each.placement !== 'NONE' || each.ownership !== 'OWNED') continue;
    closed.push(each.id);
    Object.assign(each, { status: 'CLOSED', closedOn: today, closeReason: 'CURED', treatment: 'NONE', highestThreshold: 0 });
    changeCase(tx, each, fact, [
      { type: 'CASE_CLOSED', summary: 'Closed: cured', actor: fact.source, effectiveOn: today, data: { reason: 'CURED' } },
    ]);
  }
  if (closed.length) await cancelClocks(tx, closed);
}
