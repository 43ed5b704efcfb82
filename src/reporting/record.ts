// One account as a bureau's file tells it, made of nothing but the facts of the loan, its borrower and its collateral, and the tenant's settings.
import type { FileAccount, FileCollateral, FileParty, FileRecord } from '../../connectors/bureau-file.js';
import type { BorrowerFact, CollateralFact } from '../domain/borrower.js';
import type { AccountSnapshot, Guarantor, LoanFact } from '../domain/loan/loan-facts.js';
import { newest } from '../domain/loan/position.js';
import { minorToDecimal } from '../domain/money.js';
import type { Policy } from '../domain/policy.js';
import { courseOf, isClosed, type Stretch } from './course.js';
import type { BureauSettings } from './settings.js';
import { standingOf, type Period } from './standing.js';

/** What is known of one loan; facts in the order in which they arrived. */
export interface KnownLoan {
  aggregateId: string;
  facts: readonly LoanFact[];
  borrower: readonly BorrowerFact[];
  collaterals: readonly CollateralFact[];
}

/** A record but for what depends on other records: what is done with it at the bureau, and the class of its borrower's other loans. */
export interface Draft {
  aggregateId: string;
  record: Omit<FileRecord, 'key' | 'action'>;
  /** The account is over: it is told once more, and then no longer. */
  ended: boolean;
  policyVersion: string;
  /** The facts it was made of, all kinds together. */
  facts: number;
  /** From which class on it takes the borrower's other loans with it, by its policy. */
  spreadsFrom: number | null;
}

type PolicyFor = (jurisdiction: string, on: string) => Policy;

/** @returns null for a loan that these files do not tell of: not opened yet, or of another jurisdiction or currency */
export function draftOf(known: KnownLoan, period: Period, settings: BureauSettings, policyFor: PolicyFor): Draft | null {
  const facts = known.facts.filter(({ effectiveOn }) => effectiveOn <= period.to);
  const course = courseOf(facts, period.to, policyFor);
  const stretch = course.at(-1);
  if (!stretch) return null;
  const { account } = stretch.position;
  if (account.disbursedOn > period.to || !settings.jurisdictions.includes(account.jurisdiction)) return null;
  if (settings.currencies && !settings.currencies.includes(account.currency)) return null;
  const ofBorrower = known.borrower.filter(({ effectiveOn }) => effectiveOn <= period.to);
  const ofCollateral = known.collaterals.filter(({ effectiveOn }) => effectiveOn <= period.to);
  const borrower = newest(ofBorrower);
  // Not the position's account: that has nothing in it that only bureaus ask for.
  const told = newest(facts.filter((fact) => fact.type === 'LoanAccountSnapshotted'))!.data;
  const how = told.details?.codes?.['caraRestrukturisasi'] ?? settings.codes?.account?.['caraRestrukturisasi'];
  const standing = standingOf(facts, course, period, { buyers: settings.buyers, how });
  const lossFrom = standing.qualityClass >= 5 ? standing.qualityClassSince : undefined;
  return {
    aggregateId: known.aggregateId,
    record: {
      account: accountOf(stretch, told, borrower?.data.branch, settings),
      borrower: borrowerOf(account.borrowerId, borrower, settings),
      associates: told.guarantors.map((guarantor) => guarantorOf(guarantor, settings)),
      collaterals: collateralsOf(known.aggregateId, ofCollateral, settings),
      standing: { ...standing, ...(lossFrom === undefined ? {} : { lossSince: lossFrom }) },
    },
    ended: isClosed(account.status),
    policyVersion: stretch.policy.version,
    facts: facts.length + ofBorrower.length + ofCollateral.length,
    spreadsFrom: stretch.policy.oneObligor?.fromTier ?? null,
  };
}

/** The worst class among a borrower's live loans is that of all of them, from a class on. */
export function withObligorClass(drafts: readonly Draft[]): readonly Draft[] {
  const live = drafts.filter(({ ended }) => !ended);
  const worst = live.reduce<Draft | null>(
    (found, each) => (!found || each.record.standing.qualityClass > found.record.standing.qualityClass ? each : found),
    null,
  );
  if (!worst?.spreadsFrom || worst.record.standing.qualityClass < worst.spreadsFrom) return drafts;
  const { qualityClass, qualityClassSince } = worst.record.standing;
  return drafts.map((draft) => {
    const { standing } = draft.record;
    if (draft.ended || standing.qualityClass >= qualityClass) return draft;
    const spread = { qualityClass, qualityClassSince, ...(qualityClass >= 5 ? { lossSince: qualityClassSince } : {}) };
    return { ...draft, record: { ...draft.record, standing: { ...standing, ...spread } } };
  });
}

const identifier = (told: string, { identifiers }: BureauSettings): string =>
  identifiers === 'letters-and-digits' ? told.replace(/[^0-9A-Za-z]/g, '') : told;

function accountOf(
  { position: { account }, lines }: Stretch,
  { details = {} }: AccountSnapshot,
  ofBorrower: string | null | undefined,
  settings: BureauSettings,
): FileAccount {
  const branch = details.branch ?? ofBorrower;
  const product = settings.products?.[account.productId] ?? settings.products?.[account.productClass];
  return {
    accountRef: identifier(account.accountNo, settings),
    ...(branch ? { branch: identifier(branch, settings) } : {}),
    kind: details.kind ?? product?.kind ?? 'INSTALMENT',
    codes: { ...settings.codes?.account, ...product?.codes, ...details.codes },
    currency: account.currency,
    originalPrincipal: minorToDecimal(account.principal, account.currency),
    ...(details.creditLimit === undefined ? {} : { creditLimit: minorToDecimal(details.creditLimit, account.currency) }),
    openedOn: account.disbursedOn,
    maturesOn: lines.at(-1)!.dueOn,
    instalments: lines.length,
    everyMonths: monthsBetween(lines.at(-2)?.dueOn, lines.at(-1)!.dueOn),
    ...(details.interestRate === undefined ? {} : { interestRate: details.interestRate }),
    ...(details.interestFixed === undefined ? {} : { interestFixed: details.interestFixed }),
    ...(details.originalCreditor ? { originalCreditor: details.originalCreditor } : {}),
  };
}

/** Whole months, rounded; 0 where there is one due date only. */
const monthsBetween = (from: string | undefined, to: string): number =>
  from === undefined ? 0 : Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / (86_400_000 * 30.4375)));

function borrowerOf(borrowerNo: string, told: BorrowerFact | undefined, settings: BureauSettings): FileParty {
  const codes = settings.codes?.borrower ?? {};
  if (!told) return { ref: borrowerNo, kind: 'PERSON', name: { full: '' }, phones: [], codes };
  const { name, nationalId, address, contactPoints, details = {} } = told.data;
  const { familyName, givenName, postal, codes: own, kind = 'PERSON', idKind, ...rest } = details;
  const of = (channel: string) => contactPoints.filter((point) => point.channel === channel).map(({ value }) => value);
  const email = of('EMAIL')[0];
  const at = postal ?? (address ? { lines: [address] } : undefined);
  return {
    ref: borrowerNo,
    kind,
    name: {
      full: name,
      ...(familyName === undefined ? {} : { family: familyName }),
      ...(givenName === undefined ? {} : { given: givenName }),
    },
    ...(nationalId ? { idKind: idKind ?? (kind === 'PERSON' ? 'NATIONAL' : 'COMPANY'), idNumber: nationalId } : {}),
    ...rest,
    ...(at ? { address: at } : {}),
    phones: of('PHONE'),
    ...(email === undefined ? {} : { email }),
    codes: { ...codes, ...own },
  };
}

function guarantorOf(
  { guarantorId, name, phone, idNumber, percent, address }: Guarantor,
  settings: BureauSettings,
): FileRecord['associates'][number] {
  return {
    role: 'GUARANTOR',
    ref: guarantorId,
    kind: 'PERSON',
    name: { full: name },
    ...(idNumber === undefined ? {} : { idKind: 'NATIONAL', idNumber }),
    ...(percent === undefined ? {} : { percent }),
    ...(address === undefined ? {} : { address: { lines: [address] } }),
    phones: phone === undefined ? [] : [phone],
    codes: settings.codes?.guarantor ?? {},
  };
}

function collateralsOf(loanRef: string, told: readonly CollateralFact[], settings: BureauSettings): FileCollateral[] {
  const refs = [...new Set(told.map(({ aggregateId }) => aggregateId))];
  return refs
    .map((ref) => newest(told.filter(({ aggregateId }) => aggregateId === ref))!.data)
    .filter((data) => data.loanRef === loanRef)
    .sort((a, b) => (a.collateralId < b.collateralId ? -1 : 1))
    .map(({ collateralId, kind, description, currency, value, valuedOn, details = {} }) => {
      const { codes, ...rest } = details;
      return {
        ref: identifier(collateralId, settings),
        type: kind,
        description,
        value: { amount: minorToDecimal(value, currency), currency },
        valuedOn,
        ...rest,
        codes: { ...settings.codes?.collateral, ...codes },
      };
    });
}
