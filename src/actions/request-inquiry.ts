// Asks a credit bureau what it knows of a borrower, for a purpose and on a legal basis that the rules allow; a report that is fresh answers without another inquiry.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { againstInquiry, type InquiryRequest } from '../domain/inquiry/inquiry.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { Borrower } from '../storage/definitions/borrowers.js';
import { BureauInquiry } from '../storage/definitions/bureau-inquiries.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import { inquiryToReuse } from '../storage/inquiries.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge, notAConnector } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';

interface Asked extends InquiryRequest {
  bureauId: string;
  actor: string;
}
/** What the policy said when it was asked stays with it. */
interface Pinned extends Asked {
  cost: { minor: string; currency: string };
  cacheDays: number;
  policyVersion: string;
}
interface Reused extends Asked {
  inquiryId: string;
  handoffId: string;
}

/** The answer holds `inquiryId`, `handoffId`, and `cached`: `yes` where an earlier inquiry answers this one. */
export function requestInquiry(store: Store, request: CaseRequest & InquiryRequest & { bureauId?: string | null }): Promise<Outcome> {
  const { purpose, legalBasis, consentRef, bureauId: wanted = null } = request;
  const said = { purpose, legalBasis, consentRef };
  return answerOnce<Record<string, unknown>>(
    store,
    'requestBureauInquiry',
    request,
    { ...said, bureauId: wanted },
    async (tx, theCase, today) => {
      const { inquiries, bureau, version } = policyFor(theCase.jurisdiction, today);
      const bureauId = wanted ?? bureau.connectorId;
      const { refused, decided } = await judge(tx, 'REQUEST_BUREAU_INQUIRY', theCase, today);
      refused.push(
        ...againstInquiry(inquiries, said).map(({ field, ...rule }): Refusal => ({
          code: 'GUARD_REJECTED',
          ...rule,
          path: ['input', field],
        })),
      );
      const { nationalId } = await tx.em.findOneOrFail(Borrower, { id: theCase.borrowerId });
      const message = 'Without the national id of the borrower no bureau can be asked';
      if (!nationalId) refused.push({ code: 'GUARD_REJECTED', ruleId: 'national-id-known', message });
      const known = await tx.em.findOne(Connector, { connectorId: bureauId, kind: 'CREDIT_BUREAU' });
      if (!known) refused.push({ ...notAConnector(bureauId, 'CREDIT_BUREAU'), path: ['input', 'bureauId'] } as Refusal);
      if (refused.length) return decided();
      const asked: Asked = { ...said, bureauId, actor: request.actor.user };
      const earlier = await inquiryToReuse(tx, { borrowerId: theCase.borrowerId, bureauId, purpose, on: today });
      if (earlier) return decided({ type: 'InquiryReused', data: { ...asked, inquiryId: earlier.id, handoffId: earlier.handoffId } });
      const cost = { minor: String(inquiries.cost.minor), currency: inquiries.cost.currency };
      return decided({ type: 'InquiryRequested', data: { ...asked, cost, cacheDays: inquiries.cacheDays, policyVersion: version } });
    },
    (tx, fact) => (fact.type === 'InquiryReused' ? applyInquiryReused(tx, fact) : applyInquiryRequested(tx, fact)),
  );
}

export const applyInquiryRequested: Applier = async (tx, fact: Fact<string, Pinned>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { bureauId, purpose, legalBasis, consentRef, actor, cost, cacheDays, policyVersion } = fact.data;
  const borrower = await tx.em.findOneOrFail(Borrower, { id: theCase!.borrowerId });
  const deliveryKey = `inquiry/${theCase!.id}/${fact.source}/${fact.id}`;
  const handoffId = handoffIdOf(deliveryKey);
  const inquiryId = idOf('inquiry', deliveryKey);
  tx.em.create(BureauInquiry, {
    id: inquiryId,
    caseId: theCase!.id,
    borrowerId: borrower.id,
    bureauId,
    handoffId,
    state: 'REQUESTED',
    purpose,
    legalBasis,
    consentRef,
    currency: cost.currency,
    costMinor: BigInt(cost.minor),
    requestedOn: fact.businessOn,
    requestedBy: actor,
    cacheDays,
    policyVersion,
  });
  changeCase(tx, theCase!, fact, [
    {
      type: 'BUREAU_INQUIRY_REQUESTED',
      summary: `${bureauId} is asked for a report: ${purpose}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { inquiryId, handoffId, purpose, legalBasis },
    },
  ]);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: theCase!.id,
      connectorId: bureauId,
      operation: 'requestInquiry',
      lane: `inquiry/${inquiryId}`,
      laneSequence: 1n,
      payload: {
        inquiryRef: inquiryId,
        borrowerRef: borrower.borrowerNo,
        name: borrower.name,
        nationalId: borrower.nationalId,
        purpose,
        legalBasis,
        ...(consentRef ? { consentRef } : {}),
        asOf: fact.businessOn,
      },
    },
  ]);
  return { caseId: theCase!.id, inquiryId, handoffId, cached: 'no' };
};

/** Nothing is asked, and that somebody looked is on record all the same. */
export const applyInquiryReused: Applier = async (tx, fact: Fact<string, Reused>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { inquiryId, handoffId, purpose, legalBasis, bureauId, actor } = fact.data;
  changeCase(tx, theCase!, fact, [
    {
      type: 'BUREAU_INQUIRY_REUSED',
      summary: `An earlier inquiry at ${bureauId} answers this one: ${purpose}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { inquiryId, purpose, legalBasis },
    },
  ]);
  return { caseId: theCase!.id, inquiryId, handoffId, cached: 'yes' };
};
