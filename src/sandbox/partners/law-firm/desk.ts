// A simulated law firm at its desk: it keeps its matters, judges what it is told by where each stands, and does what it was told to.
import { minorToDecimal, decimalToMinor } from '../../../domain/money.js';
import type { Desk, OpenDesk, Told } from '../desk.js';
import type { Effect, Ledger } from '../ledger.js';
import { billOf, judgeDecision, type FirmSpeech } from './billing.js';
import type { FirmOrder, FirmWords } from './order.js';
import { plausible } from './plausible.js';
import { judgeFirmOrder, type Matter } from './rules.js';

/** What it does when it was told to. */
const done: Readonly<Record<string, string>> = {
  DEMAND: 'matter.demandSent',
  LAWYER_LETTER: 'matter.letterSent',
  PRESERVATION: 'matter.preservationApplied',
  PRESERVATION_RENEWAL: 'matter.preservationRenewed',
  FILING: 'matter.filed',
  SETTLEMENT: 'matter.settlementProposed',
  APPEAL: 'matter.appealed',
  ENFORCEMENT: 'matter.enforcementApplied',
  RESUMPTION: 'matter.resumed',
};

/** The sum of a claim, where it is of one currency. */
function sumOf(totals: FirmOrder['totals']): FirmOrder['amount'] {
  const [currency, other] = new Set(totals.map((each) => each.currency));
  if (!currency || other) return null;
  const minor = totals.reduce((sum, { amount }) => sum + (decimalToMinor(amount, currency) ?? 0n), 0n);
  return { amount: minorToDecimal(minor, currency), currency };
}

/** What the ledger keeps of an order: no documents, whose names are enough. */
type Kept = Omit<FirmOrder, 'papers'> & { papers: string[] };

export const openLawFirmDesk =
  (words: FirmWords, billing: FirmSpeech): OpenDesk =>
  (ledger: Ledger): Desk => {
    const matters = new Map<string, Matter & { n: number }>();
    const own = new Map(Object.entries(words.types).map(([plain, theirs]) => [theirs, plain]));
    let today = '';
    const now = () => today || new Date().toISOString().slice(0, 10);
    const said = (plain: string, data: Record<string, unknown>): Told => ({ type: words.types[plain]!, data: words.write(data) });

    const desk: Desk = {
      judge: (operation, body, key) => {
        if (operation === 'decideInvoice') return judgeDecision(billing, body);
        const about = key ?? (body as { pengiriman?: string }).pengiriman ?? '';
        return judgeFirmOrder(operation, words.read(operation, body), matters.get(about));
      },
      kept(operation, body): Kept | null {
        if (operation === 'decideInvoice') return null;
        const { papers, ...order } = words.read(operation, body);
        return { ...order, papers: papers.map(({ name }) => name) };
      },
      take({ operation, deliveryId, about, kept }) {
        if (operation === 'decideInvoice') return;
        const order = kept as Kept;
        if (order.asOf && order.asOf > today) today = order.asOf;
        if (operation === 'placeClaim')
          return void matters.set(deliveryId, {
            n: matters.size + 1,
            caseRef: order.caseRef,
            jurisdiction: order.jurisdiction,
            claimed: sumOf(order.totals),
            papers: new Set(order.papers),
            payments: new Set(),
            told: [],
          });
        const matter = matters.get(about ?? '');
        order.papers.forEach((name) => matter?.papers.add(name));
        if (order.payment?.kind === 'PAYMENT') matter?.payments.add(order.payment.ref);
      },
      show: () => null,
      says({ operation, about, kept, deliveryId }) {
        if (operation === 'decideInvoice') return null;
        if (operation === 'placeClaim') {
          const { manifest } = kept as Kept;
          return said('matter.accepted', manifest ? { manifestSha256: manifest } : {});
        }
        const { approve, amount } = kept as Kept;
        const matter = matters.get(about ?? deliveryId);
        const type = operation === 'instruct' ? done[approve ?? ''] : undefined;
        if (!type || !matter) return null;
        return said(type, { ...plausible(type, matter, matter.n, now()), ...(approve === 'SETTLEMENT' && amount ? { amount } : {}) });
      },
      suits: (_type, { operation }) => operation === 'placeClaim',
      dataOf(type, { deliveryId, ref }) {
        const [plain, matter] = [own.get(type), matters.get(deliveryId)];
        if (type === billing.news && matter) {
          const number = `${ref}-${ledger.effects().length}`;
          return billOf(billing, {
            number,
            matterRef: ref,
            caseRef: matter.caseRef,
            currency: matter.claimed?.currency ?? 'IDR',
            on: now(),
          });
        }
        return plain && matter ? words.write(plausible(plain, matter, matter.n, now())) : {};
      },
    };
    ledger.follow({
      took: (effect: Effect) => void (effect.ref && desk.take(effect)),
      told(deliveryId, type) {
        const plain = own.get(type);
        if (plain) matters.get(deliveryId)?.told.push(plain);
      },
    });
    return desk;
  };
