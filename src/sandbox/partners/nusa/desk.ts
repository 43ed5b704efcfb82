// Nusa Credit Bureau at its desk: it judges by its rules and books, shows its ledger in pages, answers inquiries, and numbers the disputes that it sends.
import { plusDays } from '../../../domain/day.js';
import type { Desk } from '../desk.js';
import type { Effect, Ledger } from '../ledger.js';
import { openBooks, type Account } from './books.js';
import { keptInquiry, reportOn } from './inquiries.js';
import { judgeOrder } from './rules.js';

const pageSize = 200;
const dueInDays = 30;
const numberOf = (n: number) => `NBD-${String(n).padStart(6, '0')}`;

const entryOf = ({ accountRef, version, newest }: Account) => {
  const overdue = newest.state === 'OVERDUE';
  return {
    accountRef,
    reportKey: newest.key,
    version,
    state: newest.state,
    asOf: newest.asOf,
    overdueSince: overdue ? newest.overdueSince : null,
    daysPastDue: overdue ? newest.daysPastDue : null,
    overdue: overdue ? newest.overdue : null,
    qualityClass: overdue ? newest.qualityClass : null,
    disputed: newest.disputed,
  };
};

export function openNusaDesk(ledger: Ledger): Desk {
  const books = openBooks();
  /** By number: the delivery that it was sent about, and whether it waits for its answer. */
  const disputes = new Map<string, { deliveryId: string; open: boolean }>();
  const isOpen = () => new Map([...disputes].map(([ref, { open }]) => [ref, open]));

  const desk: Desk = {
    judge: (operation, body, key) => judgeOrder(books, isOpen(), operation, body, key),
    kept: (operation, body) => (operation === 'requestInquiry' ? keptInquiry(body) : body),
    take({ operation, kept }) {
      books.take(operation, kept);
      const answered = operation === 'respondDispute' ? disputes.get((kept as { disputeRef: string }).disputeRef) : undefined;
      if (answered) answered.open = false;
    },
    show(url) {
      if (url.pathname !== '/v2/ledger') return null;
      const after = url.searchParams.get('after');
      const sorted = books.accounts().sort((a, b) => (a.accountRef < b.accountRef ? -1 : 1));
      const rest = after === null ? sorted : sorted.filter(({ accountRef }) => accountRef > after);
      const page = rest.slice(0, pageSize);
      return { entries: page.map(entryOf), next: rest.length > page.length ? page.at(-1)!.accountRef : null };
    },
    says: ({ operation, kept }) => (operation === 'requestInquiry' ? reportOn(kept as never, books.accounts()) : null),
    suits: (type, { operation }) => type.startsWith('inquiry.') === (operation === 'requestInquiry'),
    dataOf(type, effect) {
      switch (type) {
        case 'dispute.opened': {
          const disputeRef = numberOf(disputes.size + 1);
          return { disputeRef, code: '112', words: 'The consumer says that this account is reported wrongly', dueOn: dueOn() };
        }
        case 'dispute.closed': {
          const [ref] = [...disputes].findLast(([, { deliveryId }]) => deliveryId === effect.deliveryId) ?? [];
          return { disputeRef: ref ?? numberOf(disputes.size) };
        }
        case 'inquiry.completed':
          return { report: { tradelines: [] }, ...reportOn(effect.kept as never, books.accounts()).data };
        case 'inquiry.refused':
          return { code: 'NO_PERMISSIBLE_PURPOSE', reason: 'The purpose is not permitted for this borrower' };
        default:
          return {};
      }
    },
  };
  /** From the newest date that it was told of: the pretend world has a calendar of its own. */
  const dueOn = () => plusDays(books.today() ?? new Date().toISOString().slice(0, 10), dueInDays);

  // In their order, since a dispute is sent before it is answered.
  ledger.follow({
    took: (effect: Effect) => void (effect.ref && desk.take(effect)),
    told(deliveryId, type, data) {
      const ref = data['disputeRef'];
      if (type === 'dispute.opened' && typeof ref === 'string' && !disputes.has(ref)) disputes.set(ref, { deliveryId, open: true });
      const closed = type === 'dispute.closed' && typeof ref === 'string' ? disputes.get(ref) : undefined;
      if (closed) closed.open = false;
    },
  });
  return desk;
}
