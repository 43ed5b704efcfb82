// Closes the cases that have been without arrears for as long as the policy asks. A live matter or placement keeps its case open: cure does not end litigation.
import { daysBetween } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { policyFor } from '../policies/index.js';
import { curedCasesOf } from '../storage/cases.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';

export async function closeCuredCases(tx: Tx, fact: Fact): Promise<void> {
  const today = fact.businessOn;
  const cured = await curedCasesOf(tx, fact.tenant);
  for (const each of cured) {
    if (daysBetween(each.curedSince!, today) < policyFor(each.jurisdiction, today).cases.cureDays) continue;
    if (each.legalEligible) each.legalEligible = false;
    if (each.legal === 'PRE_LEGAL') each.legal = 'NONE';
    if (each.legal !== 'NONE' || each.placement !== 'NONE' || each.ownership !== 'OWNED') continue;
    Object.assign(each, { status: 'CLOSED', closedOn: today, closeReason: 'CURED', treatment: 'NONE', highestThreshold: 0 });
    changeCase(tx, each, fact, [
      { type: 'CASE_CLOSED', summary: 'Closed: cured', actor: fact.source, effectiveOn: today, data: { reason: 'CURED' } },
    ]);
  }
}
