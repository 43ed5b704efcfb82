// Puts on record who an agency is and what it may get: its licence, the attestation that its people were checked, where it works, and how much it may hold.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { decimalToMinor } from '../domain/money.js';
import type { AgencyTerms } from '../domain/placement/eligibility.js';
import { audit } from '../storage/audit.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { BusinessDay } from '../storage/definitions/log.js';
import { AgencyProfile } from '../storage/definitions/placements.js';
import { logFacts } from '../storage/facts.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { notAConnector } from './guard-case.js';
import { askedBefore, refuse, type CaseRequest, type Outcome, type Refusal } from './request.js';

export interface AgencyProfileInput extends Omit<AgencyTerms, 'mostAmount' | 'jurisdictions' | 'segments'> {
  agencyId: string;
  jurisdictions: string[];
  segments: string[];
  mostAmount: { amount: string; currency: string } | null;
}
type Kept = Omit<AgencyProfileInput, 'mostAmount'> & { mostAmountMinor: string | null; currency: string | null; actor: string };

export async function setAgencyProfile(
  store: Store,
  request: Pick<CaseRequest, 'actor' | 'idempotencyKey' | 'dryRun'> & AgencyProfileInput,
): Promise<Outcome> {
  const { actor, idempotencyKey, dryRun, ...input } = request;
  const { mostAmount, ...rest } = input;
  return store.transaction(async (tx) => {
    const { before, keep } = await askedBefore(tx, request, ['setAgencyProfile', input]);
    if (before) return before;
    const [day] = await tx.em.find(BusinessDay, {}, { orderBy: { tenant: 'asc' }, limit: 1 });
    if (!day) return refuse({ code: 'INVALID_INPUT', message: 'No business date was opened yet' });
    const minor = mostAmount ? decimalToMinor(mostAmount.amount, mostAmount.currency) : null;
    const refused: Refusal[] = [];
    if (!(await tx.em.findOne(Connector, { connectorId: input.agencyId, kind: 'AGENCY' })))
      refused.push({ ...notAConnector(input.agencyId, 'AGENCY'), path: ['input', 'agencyId'] } as Refusal);
    if (mostAmount && (minor === null || minor < 0n)) {
      const message = `The amount must have the decimals of ${mostAmount.currency}`;
      refused.push({ code: 'INVALID_INPUT', message, path: ['input', 'mostAmount'] });
    }
    if (refused.length) return { refused };
    const agencyProfileId = idOf('aprofile', input.agencyId);
    if (dryRun) return { done: { agencyProfileId }, dryRun };
    const data: Kept = {
      ...rest,
      mostAmountMinor: minor === null ? null : String(minor),
      currency: mostAmount?.currency ?? null,
      actor: actor.user,
    };
    const fact: Fact<string, Kept> = {
      source: `casegraph/${actor.user}`,
      id: `setAgencyProfile/${idempotencyKey}`,
      type: 'AgencyProfileSet',
      tenant: day.tenant,
      aggregateId: input.agencyId,
      sequence: 0n,
      effectiveOn: day.businessDate,
      businessOn: day.businessDate,
      occurredAt: new Date(),
      data,
    };
    await logFacts(tx, [fact]);
    const done = await applyAgencyProfile(tx, fact);
    keep(done);
    await audit(tx, [{ actor, action: 'setAgencyProfile', subject: input.agencyId, detail: data as never }]);
    return { done };
  });
}

export const applyAgencyProfile: Applier = async (tx, fact: Fact<string, Kept>) => {
  const { actor, mostAmountMinor, ...terms } = fact.data;
  const id = idOf('aprofile', terms.agencyId);
  const known = await tx.em.findOne(AgencyProfile, { id });
  const row = {
    ...terms,
    mostAmountMinor: mostAmountMinor === null ? null : BigInt(mostAmountMinor),
    setBy: actor,
    setOn: fact.businessOn,
    version: (known?.version ?? 0) + 1,
  };
  if (known) Object.assign(known, row);
  else tx.em.create(AgencyProfile, { id, ...row });
  return { agencyProfileId: id };
};
