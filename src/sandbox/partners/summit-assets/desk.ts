// Summit Assets at its desk: it bids by its own rule for tapes that add up, takes what it won, books what is passed on to it, and puts loans back.
import type { Desk } from '../desk.js';
import type { Effect, Ledger } from '../ledger.js';
import { openBooks, type Money, type Portfolio, type Tape } from './books.js';
import { bidOn, judgeOrder } from './rules.js';

const numbered = (prefix: string, n: number) => `${prefix}-${String(n).padStart(6, '0')}`;

interface Kept {
  key: string | null;
  body: any;
}

export function openSummitDesk(ledger: Ledger): Desk {
  const books = openBooks();
  const bids = new Map<string, { ref: string; price: Money }>();
  const putBacks = new Set<string>();
  /** What the path names is not in the order that is kept. */
  let about: string | null = null;

  const portfolioOf = ({ kept }: Effect) => (kept as Kept).body as Portfolio;
  const bidFor = (tape: Tape) => ({ bidRef: `SBID-${tape.portfolio}`, price: bidOn(tape) });

  const desk: Desk = {
    judge(operation, body, key) {
      about = key;
      return judgeOrder(books, bids, putBacks, operation, body, key);
    },
    kept: (_operation, body): Kept => ({ key: about, body }),
    take({ operation, kept }) {
      const { key, body } = kept as Kept;
      books.take(operation, key, body);
    },
    show: () => null,
    says(effect) {
      if (effect.operation === 'publishTape') return { type: 'bid.submitted', data: bidFor((effect.kept as Kept).body) };
      return effect.operation === 'assignPortfolio' ? { type: 'assignment.accepted', data: {} } : null;
    },
    suits: (type, { operation }) => (type === 'bid.submitted' ? operation === 'publishTape' : operation === 'assignPortfolio'),
    dataOf(type, effect) {
      if (type === 'bid.submitted') return bidFor((effect.kept as Kept).body);
      if (type !== 'putBack.requested') return {};
      const accounts = books.portfolios.get(portfolioOf(effect).portfolio)!.accounts;
      const accountRef = [...accounts].find(([, { returned }]) => !returned)?.[0] ?? portfolioOf(effect).loans[0]!.accountRef;
      return {
        putBackRef: numbered('SPB', putBacks.size + 1),
        accountRef,
        reason: 'BANKRUPT',
        words: 'The debtor was declared bankrupt before the cut-off',
      };
    },
  };
  ledger.follow({
    took: (effect) => void (effect.ref && desk.take(effect)),
    told(deliveryId, type, data) {
      if (type === 'putBack.requested' && typeof data['putBackRef'] === 'string') putBacks.add(data['putBackRef']);
      const tape = type === 'bid.submitted' ? (ledger.of(deliveryId)?.kept as Kept | undefined)?.body : undefined;
      if (tape) bids.set(tape.portfolio, { ref: String(data['bidRef']), price: data['price'] as Money });
    },
  });
  return desk;
}
