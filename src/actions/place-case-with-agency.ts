// Places a case with a collection agency: one contact owner at a time, the commission pinned with the policy's version.
import { daysBetween, plusDays } from '../domain/day.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { commissionRuleOf, rateAt } from '../domain/placement/rules.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { oweHandoffs } from '../storage/handoffs.js';
import type { Store } from '../storage/store.js';
import { refusalsOfAgency } from './agency-standing.js';
import type { Applier } from './applier.js';
import type { CaseRow } from './change-case.js';
import { judge, notAConnector } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome } from './request.js';
import { startPlacement, type PlacementTerms } from './start-placement.js';

export function placeCaseWithAgency(
  store: Store,
  request: CaseRequest & { agencyId: string; expiresOn?: string | null },
): Promise<Outcome> {
  const { agencyId, expiresOn = null } = request;
  return answerOnce(
    store,
    'placeCaseWithAgency',
    request,
    { agencyId, expiresOn },
    async (tx, theCase, today) => {
      const { refused, decided } = await judge(tx, 'PLACE_WITH_AGENCY', theCase, today);
      const agency = await tx.em.findOne(Connector, { connectorId: agencyId, kind: 'AGENCY' });
      if (!agency) refused.push({ ...notAConnector(agencyId, 'AGENCY'), path: ['input', 'agencyId'] } as never);
      else refused.push(...(await refusalsOfAgency(tx, agencyId, theCase.id, today)));
      const last = plusDays(today, policyFor(theCase.jurisdiction, today).agency.termDays);
      if (expiresOn && expiresOn > last)
        refused.push({ code: 'MANDATE_EXCEEDED', message: `A placement may last until ${last} at most`, limit: last });
      if (expiresOn && expiresOn <= today)
        refused.push({ code: 'INVALID_INPUT', message: `The placement must end after ${today}`, path: ['input', 'expiresOn'] });
      return decided({ type: 'CasePlaced', data: { ...termsOf(theCase, agencyId, today, expiresOn), actor: request.actor.user } });
    },
    applyCasePlaced,
  );
}

/** What a placement of today is bound to until it ends. */
export function termsOf(theCase: CaseRow, agencyId: string, today: LocalDate, expiresOn: LocalDate | null): Required<PlacementTerms> {
  const { agency, placement, version } = policyFor(theCase.jurisdiction, today);
  const commissionRule = commissionRuleOf(agency.commissionRate, placement);
  return {
    agencyId,
    expiresOn: expiresOn ?? plusDays(today, agency.termDays),
    commissionRate: rateAt(commissionRule, theCase.overdueSince ? daysBetween(theCase.overdueSince, today) : 0),
    commissionRule,
    policyVersion: version,
  };
}

export const applyCasePlaced: Applier = async (tx, fact: Fact<string, PlacementTerms & { actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const deliveryKey = `placement/${theCase!.id}/${fact.source}/${fact.id}`;
  const { placementId, handoffId, owed } = await startPlacement(tx, fact, theCase!, fact.data, { deliveryKey, actor: fact.data.actor });
  await oweHandoffs(tx, [owed]);
  return { caseId: theCase!.id, placementId, handoffId };
};
