// Records what an asset was worth on a day, by whom and how it was valued; and pledges a further asset.
import { valuationIdOf, type ValuationMethod } from '../../domain/collateral/asset.js';
import { validUntil } from '../../domain/collateral/rules.js';
import type { Fact } from '../../domain/fact.js';
import { idOf } from '../../domain/ids.js';
import { decimalToMinor } from '../../domain/money.js';
import { touchAsset } from '../../storage/assets.js';
import { casesById } from '../../storage/cases.js';
import { Valuation } from '../../storage/definitions/collateral.js';
import { Collateral, Loan } from '../../storage/definitions/loans.js';
import type { Store } from '../../storage/store.js';
import type { Applier } from '../applier.js';
import { changeCase } from '../change-case.js';
import { judge } from '../guard-case.js';
import { answerOnce, type CaseRequest, type Outcome } from '../request.js';
import { inWords, onAsset, type AssetFact, type AssetRequest, type MoneyGiven } from './asset-step.js';

export interface ValuationInput {
  value: MoneyGiven;
  valuedOn: string;
  method: ValuationMethod;
  appraiser: string;
}

interface Valued extends AssetFact {
  valueMinor: string;
  currency: string;
  valuedOn: string;
  method: ValuationMethod;
  appraiser: string;
  expiresOn: string;
  policyVersion: string;
}

export function recordValuation(store: Store, request: AssetRequest & ValuationInput): Promise<Outcome> {
  const { value, valuedOn, method, appraiser } = request;
  return onAsset(
    store,
    ['recordValuation', 'RECORD_VALUATION', 'CollateralValued'],
    request,
    { value, valuedOn, method, appraiser },
    ({ today, policy, minorOf, invalid }) => {
      const minor = minorOf('value', value);
      if (valuedOn > today) invalid('valuedOn', `The value must be of ${today} or before`);
      if (minor === null) return null;
      const expiresOn = validUntil(policy.collateral, method, valuedOn);
      const { version: policyVersion } = policy;
      return { valueMinor: String(minor), currency: value.currency, valuedOn, method, appraiser, expiresOn, policyVersion };
    },
    applyValuation,
    valuedOn, // so that a look into the past finds it from the day on that it is the value of
  );
}

/** In a world of the past the case may be opened later than the day of the valuation. */
export const applyValuation: Applier = async (tx, fact: Fact<string, Valued>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { collateralId, actor, valueMinor, ...valued } = fact.data;
  const valuationId = valuationIdOf(collateralId, theCase?.ordinal ?? 0, fact.sequence);
  const { currency, valuedOn, method, appraiser, expiresOn, policyVersion } = valued;
  tx.em.create(Valuation, {
    id: valuationId,
    collateralId,
    source: 'CASE',
    method,
    appraiser,
    currency,
    valueMinor: BigInt(valueMinor),
    valuedOn,
    expiresOn,
    recordedAt: fact.recordedAt!,
    recordedBy: actor,
    policyVersion,
  });
  await touchAsset(tx, collateralId);
  const summary = `An asset is valued at ${inWords(BigInt(valueMinor), currency)} on ${valuedOn} (${method})`;
  const data = { collateralId, valuationId };
  if (theCase) changeCase(tx, theCase, fact, [{ type: 'COLLATERAL_VALUED', summary, actor, effectiveOn: fact.effectiveOn, data }]);
  return { caseId: fact.aggregateId, collateralId, valuationId };
};

export interface CollateralInput {
  kind: string;
  description: string;
  collateralRef: string;
  value: MoneyGiven;
  valuedOn: string;
  loanId?: string | null;
}

/** A further asset that is pledged as another way of recovery. Its value counts once it is appraised: until then it is only charged. */
export function addCollateral(store: Store, request: CaseRequest & CollateralInput): Promise<Outcome> {
  const { kind, description, collateralRef, value, valuedOn, loanId = null } = request;
  const input = { kind, description, collateralRef, value, valuedOn, loanId };
  return answerOnce<Record<string, unknown>>(
    store,
    'addCollateral',
    request,
    input,
    async (tx, theCase, today) => {
      const { refused, decided } = await judge(tx, 'ADD_COLLATERAL', theCase, today);
      const invalid = (field: string, message: string) => refused.push({ code: 'INVALID_INPUT', message, path: ['input', field] });
      const minor = decimalToMinor(value.amount, value.currency);
      if (minor === null || minor <= 0n) invalid('value', `The value must be above zero, with the decimals of ${value.currency}`);
      if (valuedOn > today) invalid('valuedOn', `The value must be of ${today} or before`);
      if (loanId && !(await tx.em.findOne(Loan, { id: loanId, borrowerId: theCase.borrowerId })))
        invalid('loanId', 'The borrower has no such loan');
      if (await tx.em.findOne(Collateral, { borrowerId: theCase.borrowerId, collateralRef }))
        invalid('collateralRef', 'The borrower has pledged an asset of this number');
      const { value: _, ...data } = input;
      return decided({
        type: 'CollateralAdded',
        data: { ...data, valueMinor: String(minor ?? 0n), currency: value.currency, actor: request.actor.user },
      });
    },
    applyCollateralAdded,
  );
}

interface Added extends Omit<CollateralInput, 'value'> {
  valueMinor: string;
  currency: string;
  actor: string;
}

export const applyCollateralAdded: Applier = async (tx, fact: Fact<string, Added>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { kind, description, collateralRef, valueMinor, currency, valuedOn, loanId = null, actor } = fact.data;
  const collateralId = idOf('collateral', fact.source, fact.id);
  tx.em.create(Collateral, {
    id: collateralId,
    borrowerId: theCase!.borrowerId,
    loanId,
    collateralRef,
    kind,
    description,
    currency,
    valueMinor: BigInt(valueMinor),
    valuedOn,
    sequence: 0n,
  });
  const summary = `A further asset (${kind}) is pledged`;
  changeCase(tx, theCase!, fact, [{ type: 'COLLATERAL_ADDED', summary, actor, effectiveOn: fact.effectiveOn, data: { collateralId } }]);
  return { caseId: theCase!.id, collateralId };
};
