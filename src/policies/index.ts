// The policies in force, checked when they are loaded: which rules hold in a jurisdiction on a date.
import type { LocalDate } from '../domain/fact.js';
import { bureauSteps } from '../domain/bureau/steps.js';
import { faultsOfLegal } from '../domain/legal/rules.js';
import { faultsOfCollateral } from '../domain/collateral/rules.js';
import { components } from '../domain/loan/components.js';
import { faultsOfPlacementRules } from '../domain/placement/rules.js';
import type { Policy } from '../domain/policy.js';
import { faultsOfSale } from '../domain/sale/rules.js';
import { anywhere } from './anywhere.js';
import { faultsOfBilling } from './billing.js';
import { china } from './china.js';
import { europe } from './europe.js';
import { indonesia } from './indonesia.js';

const all: readonly Policy[] = [...indonesia, ...china, ...europe, ...anywhere];

/** What is wrong with a policy, in words that name it; empty when it can be used. */
export function faultsOf(policy: Policy): string[] {
  const faults: string[] = [];
  const say = (fault: string) => faults.push(`${policy.version}: ${fault}`);
  for (const order of [policy.allocation, ...Object.values(policy.allocationOf ?? {})])
    if (components.toSorted().join() !== order.toSorted().join()) say(`an order of allocation does not name each component once`);
  policy.buckets.forEach(({ id, min, max }, i) => {
    const next = policy.buckets[i + 1];
    if (max !== null && max < min) say(`bucket ${id} ends before it begins`);
    if (next && max === null) say(`bucket ${id} has no end, and ${next.id} follows`);
    if (next && max !== null && next.min !== max + 1) say(`buckets ${id} and ${next.id} ${next.min <= max ? 'overlap' : 'leave a gap'}`);
  });
  policy.classes.forEach(({ tier, minDays }, i) => {
    const next = policy.classes[i + 1];
    if (next && (next.tier !== tier + 1 || next.minDays <= minDays)) say(`class ${next.tier} does not follow class ${tier}`);
  });
  policy.thresholds.forEach(({ days }, i) => {
    const next = policy.thresholds[i + 1];
    if (days < policy.cases.openFrom) say(`threshold ${days} comes before a case is opened (${policy.cases.openFrom})`);
    if (next && next.days <= days) say(`threshold ${next.days} does not follow ${days}`);
  });
  for (const [purpose, { bases }] of Object.entries(policy.inquiries.purposes))
    if (!bases.length) say(`an inquiry for ${purpose} has no basis`);
  if (policy.inquiries.cacheDays < 0 || policy.inquiries.cost.minor < 0n) say('an inquiry has a cost or a lifetime below zero');
  faultsOfLegal(policy.pursuit).forEach(say);
  faultsOfCollateral(policy.collateral).forEach(say);
  faultsOfPlacementRules(policy.placement).forEach(say);
  faultsOfSale(policy.sale).forEach(say);
  const { flagFrom, updateAt } = bureauSteps(policy);
  if (updateAt.some((days) => flagFrom === null || days <= flagFrom)) say('a flag is updated before it is raised');
  const { defaultLanguage } = policy.reminders;
  for (const [what, templates] of [
    ['template', policy.reminders.templates],
    ['template of the notice', policy.bureau.preNotice?.templates],
  ] as const) {
    if (templates && !templates[defaultLanguage]) say(`no ${what} in its default language ${defaultLanguage}`);
    for (const [language, text] of Object.entries(templates ?? {}))
      for (const wanted of ['{amount}', '{days}', '{payBy}', '{contact}'])
        if (!text.includes(wanted)) say(`${what} ${language} does not state ${wanted}`);
  }
  for (const fault of faultsOfBilling(policy.billing)) say(fault);
  return faults;
}

/** @returns a look-up of the newest version that is in force in a jurisdiction on a date; the default rules where there is none. @throws when a policy has faults */
export function loadPolicies(policies: readonly Policy[] = all): (jurisdiction: string, on: LocalDate) => Policy {
  const faults = policies.flatMap(faultsOf);
  if (faults.length) throw new Error(`Policies cannot be used: ${faults.join('; ')}`);
  const inForce = new Map<string, Policy[]>();
  for (const policy of policies)
    inForce.set(
      policy.jurisdiction,
      [...(inForce.get(policy.jurisdiction) ?? []), policy].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1)),
    );
  return (jurisdiction, on) => {
    // Before its first version a jurisdiction has the default rules: a book may be older than the rules of its country here.
    const found = [...(inForce.get(jurisdiction) ?? []), ...(inForce.get('*') ?? [])].find(({ effectiveFrom }) => effectiveFrom <= on);
    if (!found) throw new Error(`No policy is in force in ${jurisdiction} on ${on}`);
    return found;
  };
}

export const policyFor = loadPolicies();

const jurisdictions = [...new Set(all.map(({ jurisdiction }) => jurisdiction))];

/** The jurisdictions whose rules change on a date; `*` is for those that have none of their own. */
export const changingOn = (on: LocalDate): string[] =>
  all.flatMap(({ jurisdiction, effectiveFrom }) => (effectiveFrom === on ? [jurisdiction] : []));

export const jurisdictionsWithRules = jurisdictions.filter((each) => each !== '*');

/** Where, and from which class on, one loan takes a borrower's other loans with it. */
export const obligorRules = (on: LocalDate): { jurisdiction: string; fromTier: number }[] =>
  jurisdictions.flatMap((jurisdiction) => {
    const rule = policyFor(jurisdiction, on).oneObligor;
    return rule ? [{ jurisdiction, fromTier: rule.fromTier }] : [];
  });
