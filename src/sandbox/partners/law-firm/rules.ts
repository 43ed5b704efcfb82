// What a simulated law firm refuses, each with a code of its own, and where a matter stands by what was taken and told.
import { createHash } from 'node:crypto';
import { decimalToMinor } from '../../../domain/money.js';
import type { Refusal } from '../desk.js';
import type { FirmOrder, Paper } from './order.js';

export interface Matter {
  caseRef: string;
  jurisdiction: string | null;
  claimed: FirmOrder['totals'][number] | null;
  papers: Set<string>;
  payments: Set<string>;
  /** Plain types of what was told of it, the newest last. */
  told: string[];
}

const no = (code: string, reason: string): Refusal => ({ code, reason });
const sum = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

function faultOfPapers(papers: readonly Paper[], known: ReadonlySet<string>): Refusal | null {
  const names = new Set(known);
  for (const { name, sha256, content } of papers) {
    if (typeof content !== 'string' || sum(Buffer.from(content, 'base64')) !== sha256)
      return no('WRONG_CHECKSUM', `The bytes of ${name} are not those of its sha256`);
    if (names.has(name)) return no('DUPLICATE_DOCUMENT', `There is a document ${name} already`);
    names.add(name);
  }
  return null;
}

/** By its own reading of what is published: the documents in order of name, without blanks. */
const manifestOf = (papers: readonly Paper[]): string =>
  `[${papers
    .map(({ name, mediaType, sha256 }) => `{"mediaType":${JSON.stringify(mediaType)},"name":${JSON.stringify(name)},"sha256":"${sha256}"}`)
    .sort((a, b) => (/"name":("[^"]*")/.exec(a)![1]! < /"name":("[^"]*")/.exec(b)![1]! ? -1 : 1))
    .join(',')}]`;

function faultOfClaim({ totals, papers, manifest }: FirmOrder): Refusal | null {
  if (!totals.length) return no('NO_CLAIM', 'Nothing is claimed');
  if (totals.some(({ amount, currency }) => (decimalToMinor(amount, currency) ?? -1n) < 0n))
    return no('BAD_AMOUNT', 'An amount is no decimal of its currency');
  const wrong = faultOfPapers(papers, new Set());
  if (wrong) return wrong;
  return manifest !== null && manifest !== sum(manifestOf(papers)) ? no('MANIFEST_MISMATCH', 'manifestSha256 is of other documents') : null;
}

const last = (told: readonly string[], ...types: string[]) => told.findLast((type) => types.includes(type));
const inForce = (told: readonly string[]): boolean => {
  const newest = last(
    told,
    'matter.preservationGranted',
    'matter.preservationServed',
    'matter.preservationRenewed',
    'matter.preservationLifted',
    'matter.preservationExpired',
  );
  return newest !== undefined && !newest.endsWith('Lifted') && !newest.endsWith('Expired');
};
const suit = [
  'matter.filed',
  'matter.served',
  'matter.hearingScheduled',
  'matter.judgmentGiven',
  'matter.appealed',
  'matter.becameFinal',
  'matter.settlementConfirmed',
  'matter.enforcementApplied',
  'matter.enforcementStarted',
  'matter.suspended',
];

/** Where the matter has to stand for each instruction. */
const fits: Record<string, (told: readonly string[]) => boolean> = {
  DEMAND: (told) => !last(told, ...suit),
  LAWYER_LETTER: (told) => !last(told, ...suit),
  FILING: (told) => !last(told, ...suit),
  PRESERVATION: () => true,
  PRESERVATION_RENEWAL: inForce,
  SETTLEMENT: () => true,
  APPEAL: (told) => last(told, ...suit) === 'matter.judgmentGiven',
  ENFORCEMENT: (told) => ['matter.becameFinal', 'matter.settlementConfirmed'].includes(last(told, ...suit) ?? ''),
  RESUMPTION: (told) => last(told, ...suit) === 'matter.suspended',
};

const isOver = (told: readonly string[]) => last(told, 'matter.closed', 'matter.refused', 'matter.satisfied');

/** @param matter the one that the order names, where it names one that is known */
export function judgeFirmOrder(operation: string, order: FirmOrder, matter: Matter | undefined): Refusal | null {
  if (operation === 'placeClaim') return faultOfClaim(order);
  if (!matter) return no('UNKNOWN_MATTER', 'There is no matter of this delivery');
  if (order.caseRef !== matter.caseRef) return no('CASE_MISMATCH', `The matter is of ${matter.caseRef}`);
  // What was paid is told to the last, and a second withdrawal changes nothing.
  if (operation !== 'reportDirectPayment' && isOver(matter.told)) return no('MATTER_ENDED', 'The matter has ended');
  switch (operation) {
    case 'addEvidence':
      return faultOfPapers(order.papers, matter.papers);
    case 'instruct': {
      const fit = fits[order.approve ?? ''];
      if (!fit) return no('UNKNOWN_INSTRUCTION', 'There is no such instruction');
      if (!matter.told.includes('matter.accepted')) return no('NOT_ACCEPTED', 'The matter has not been taken on');
      return fit(matter.told) ? null : no('DOES_NOT_FIT', 'Where the matter stands this cannot be done');
    }
    case 'reportDirectPayment': {
      const { ref, kind } = order.payment!;
      if (!order.amount || (decimalToMinor(order.amount.amount, order.amount.currency) ?? 0n) <= 0n)
        return no('BAD_AMOUNT', 'What was paid must be above zero');
      return kind === 'REVERSAL' && !matter.payments.has(ref) ? no('UNKNOWN_PAYMENT', 'There was no payment of this reference') : null;
    }
    default:
      return null;
  }
}
