// What each step of a pledged asset has in common: which asset, in which state, by which rules, and how the case learns of it.
import type { CaseActionName } from '../../domain/case/guards.js';
import { assetSteps, type AssetState, type AssetStep } from '../../domain/collateral/asset.js';
import type { Fact } from '../../domain/fact.js';
import { idOf } from '../../domain/ids.js';
import { decimalToMinor, minorToDecimal } from '../../domain/money.js';
import type { Policy } from '../../domain/policy.js';
import { policyFor } from '../../policies/index.js';
import { assetOf, disposalRunsIn, touchAsset, type Asset, type DisposalRow } from '../../storage/assets.js';
import { casesById } from '../../storage/cases.js';
import { Disposal } from '../../storage/definitions/collateral.js';
import { Collateral } from '../../storage/definitions/loans.js';
import type { Store, Tx } from '../../storage/store.js';
import type { Applier } from '../applier.js';
import { changeCase, type CaseRow } from '../change-case.js';
import { judge } from '../guard-case.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from '../request.js';

export type AssetRequest = CaseRequest & { collateralId: string };
export interface MoneyGiven {
  amount: string;
  currency: string;
}
/** What each fact of an asset carries. */
export interface AssetFact {
  collateralId: string;
  actor: string;
}

/** While a request is decided. */
export interface Deciding extends Asset {
  tx: Tx;
  theCase: CaseRow;
  today: string;
  policy: Policy;
  /** Told with the decision. */
  figures: Record<string, string>;
  refuse(refusal: Refusal): void;
  invalid(field: string, message: string): void;
  rule(ruleId: string, message: string, citation?: string): void;
  /** In minor units, above zero and in the asset's currency; null when it was refused. */
  minorOf(field: string, money: MoneyGiven, least?: bigint): bigint | null;
}

/**
 * Decides one step of one asset by the guards of the case and its own.
 * @param check says what stands against it, and gives the fact's data; null where that cannot be told
 */
export function onAsset<Data extends object>(
  store: Store,
  [name, action, type]: readonly [name: string, action: CaseActionName, fact: string],
  request: AssetRequest,
  input: Record<string, unknown>,
  check: (at: Deciding) => Promise<Data | null> | Data | null,
  apply: Applier,
  effectiveOn?: string,
): Promise<Outcome> {
  const { collateralId, actor } = request;
  return answerOnce<Record<string, unknown>>(
    store,
    name,
    request,
    { collateralId, ...input },
    async (tx, theCase, today) => {
      const policy = policyFor(theCase.jurisdiction, today);
      const asset = await assetOf(tx, theCase, collateralId, today, policy.collateral);
      if (!asset)
        return { refused: [{ code: 'NOT_FOUND', message: 'The borrower has pledged no such asset', path: ['input', 'collateralId'] }] };
      const figures: Record<string, string> = {};
      const { refused, decided } = await judge(tx, action, theCase, today, undefined, { assetStates: [asset.state], figures });
      if (asset.disposal && asset.disposal.caseId !== theCase.id)
        refused.push({ code: 'GUARD_REJECTED', ruleId: 'one-disposal', message: 'Another case of the borrower disposes of the asset' });
      if (refused.length) return decided<never>();
      const at = decidingOn({ ...asset, tx, theCase, today, policy, figures }, refused);
      const data = await check(at);
      if (!data) return decided<never>();
      return decided({ type, data: { collateralId, ...data, actor: actor.user }, ...(effectiveOn ? { effectiveOn } : {}) });
    },
    apply,
  );
}

function decidingOn(at: Omit<Deciding, 'refuse' | 'invalid' | 'rule' | 'minorOf'>, refused: Refusal[]): Deciding {
  const refuse = (refusal: Refusal) => void refused.push(refusal);
  const invalid = (field: string, message: string) => refuse({ code: 'INVALID_INPUT', message, path: ['input', field] });
  return {
    ...at,
    refuse,
    invalid,
    rule: (ruleId, message, citation) => refuse({ code: 'GUARD_REJECTED', ruleId, message, ...(citation ? { citation } : {}) }),
    minorOf(field, { amount, currency }, least = 1n) {
      const minor = decimalToMinor(amount, currency);
      if (currency !== at.collateral.currency) invalid(field, `Amounts of this asset are in ${at.collateral.currency}`);
      else if (minor === null || minor < least)
        invalid(field, `The amount must be ${least ? 'above' : 'at least'} zero, with the decimals of ${currency}`);
      else return minor;
      return null;
    },
  };
}

export const inWords = (minor: bigint, currency: string): string => `${minorToDecimal(minor, currency)} ${currency}`;

/**
 * Applies a recorded step: the disposal is begun where there is none, moves by the table, and the case is told.
 * @param change sets what the step brings, and says it in one sentence without personal data
 * @returns the ids of what was changed
 */
export async function applyStep(
  tx: Tx,
  fact: Fact<string, AssetFact>,
  step: AssetStep,
  happening: string,
  change: (disposal: DisposalRow, theCase: CaseRow) => Promise<string> | string,
): Promise<Record<string, string>> {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { collateralId, actor } = fact.data;
  const disposal = (await liveDisposal(tx, collateralId)) ?? (await begin(tx, fact, theCase!));
  const summary = await change(disposal, theCase!);
  // A disposal that has just begun stands at the row of VALUED, where those steps are that begin one.
  disposal.state = assetSteps[disposal.state as AssetState][step] ?? disposal.state;
  disposal.policyVersion = policyFor(theCase!.jurisdiction, fact.businessOn).version;
  disposal.version++;
  await touchAsset(tx, collateralId);
  theCase!.disposal = (await disposalRunsIn(tx, theCase!.id)) ? 'RUNNING' : null;
  const data = { collateralId, disposalId: disposal.id, state: disposal.state };
  changeCase(tx, theCase!, fact, [{ type: happening, summary, actor, effectiveOn: fact.effectiveOn, data }]);
  return { caseId: theCase!.id, collateralId, disposalId: disposal.id };
}

export const liveDisposal = (tx: Tx, collateralId: string): Promise<DisposalRow | null> =>
  tx.em.findOne(Disposal, { collateralId, state: { $ne: 'RELEASED' } });

async function begin(tx: Tx, fact: Fact<string, AssetFact>, theCase: CaseRow): Promise<DisposalRow> {
  const { collateralId } = fact.data;
  const { currency } = await tx.em.findOneOrFail(Collateral, { id: collateralId });
  return tx.em.create(Disposal, {
    id: idOf('disposal', fact.source, fact.id),
    collateralId,
    caseId: theCase.id,
    state: 'VALUED',
    currency,
    begunOn: fact.businessOn,
    round: 0,
    policyVersion: '',
    version: 0,
  }) as DisposalRow;
}
