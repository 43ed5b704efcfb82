// The three screens as PostGraphile's schema has them, and how its answers are laid into the shape of the others before they are compared.
import { businessDate } from './book.js';
import type { QueryName } from './queries.js';

/**
 * What it asks the same database is the same; what it leaves to its caller is laid here: an amount is minor units and a currency,
 * days past due a subtraction, loans are reached by the borrower, the last interaction is a list of one.
 */
const instalments = 'instalments(orderBy: [NUMBER_ASC]) { number dueOn currency dueMinor outstandingMinor }';
const page = `allRecoveryCasesList(first: 50, condition: { status: "OPEN", assignee: $me }, orderBy: [OVERDUE_SINCE_ASC, ROW_ID_ASC])`;

export const postgraphileQueries: Record<QueryName, string> = {
  wholeCase: `query WholeCase($id: String!) {
  case: recoveryCaseByRowId(rowId: $id) {
    id: rowId ref status stage openedOn overdueSince qualityClass legalEligible assignee version sequence
    borrower {
      id: rowId borrowerNo name nationalId language contactPoints(orderBy: [ORDINAL_ASC]) { channel value preferred consent }
      loans(first: 10, orderBy: [ROW_ID_ASC]) {
        id: rowId accountNo status currency overdueSince bucket qualityClass nextDueOn principalMinor overdueMinor outstandingMinor
        ${instalments}
      }
    }
    exposures(orderBy: [CURRENCY_ASC]) { currency loans overdueMinor outstandingMinor }
    timeline(first: 20, orderBy: [SEQUENCE_DESC]) { sequence type summary actor effectiveOn recordedAt }
    interactions(first: 10, orderBy: [AT_ASC]) { channel direction outcome note at actor }
    promises(orderBy: [DUE_ON_ASC]) { dueOn state currency amountMinor paidMinor }
    handoffs(first: 10, orderBy: [CREATED_AT_ASC]) { id: rowId connectorId operation state createdAt }
    placements(orderBy: [PLACED_ON_ASC]) { agencyId state placedOn expiresOn commissionRate }
    bureauFlags(orderBy: [RAISED_ON_ASC]) { bureauId state version raisedOn daysPastDue currency overdueMinor }
  }
}`,
  worklist: `query Worklist($me: String!) {
  cases: ${page} {
    id: rowId ref stage overdueSince qualityClass
    borrower { id: rowId name jurisdiction }
    exposures(orderBy: [CURRENCY_ASC]) { currency overdueMinor }
    interactionCount: interactionsPage { totalCount }
    lastInteraction: interactions(first: 1, orderBy: [AT_DESC]) { at channel outcome }
  }
}`,
  schedules: `query Schedules($me: String!) {
  cases: ${page} {
    id: rowId ref
    borrower {
      loans(first: 10, orderBy: [ROW_ID_ASC]) { id: rowId accountNo overdueSince currency outstandingMinor ${instalments} }
    }
  }
}`,
};

type Row = Record<string, any>;

function amountOf(minor: string, currency: string): string {
  if (currency === 'VND') return minor;
  const digits = minor.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const pastDue = (since: string): number => (Date.parse(businessDate) - Date.parse(since)) / 86_400_000;

/** `…Minor` members become amounts. `currency` stays where the screen asks for it. */
function amounts(row: Row, currency: 'stays' | 'goes' = 'goes'): Row {
  const laid = Object.fromEntries(
    Object.entries(row).map(([key, value]) =>
      key.endsWith('Minor') ? [key.slice(0, -5), { amount: amountOf(value, row.currency), currency: row.currency }] : [key, value],
    ),
  );
  if (currency === 'goes') delete laid.currency;
  return laid;
}

function loanOf({ overdueSince, instalments, ...rest }: Row, currency: 'stays' | 'goes'): Row {
  return { ...amounts(rest, currency), daysPastDue: pastDue(overdueSince), instalments: instalments.map((each: Row) => amounts(each)) };
}

export const laid: Record<QueryName, (data: Row) => Row> = {
  wholeCase: ({ case: found }) => {
    const { loans, ...borrower } = found.borrower;
    return {
      case: {
        ...found,
        daysPastDue: pastDue(found.overdueSince),
        borrower,
        exposures: found.exposures.map((each: Row) => amounts(each, 'stays')),
        loans: { nodes: loans.map((each: Row) => loanOf(each, 'stays')) },
        timeline: { nodes: found.timeline.toReversed() },
        interactions: { nodes: found.interactions },
        promises: found.promises.map((each: Row) => amounts(each)),
        handoffs: { nodes: found.handoffs },
        bureauFlags: found.bureauFlags.map((each: Row) => amounts(each)),
      },
    };
  },
  worklist: ({ cases }) => ({
    cases: {
      nodes: cases.map(({ overdueSince, ...each }: Row) => ({
        ...each,
        daysPastDue: pastDue(overdueSince),
        exposures: each.exposures.map((exposure: Row) => amounts(exposure, 'stays')),
        interactionCount: each.interactionCount.totalCount,
        lastInteraction: each.lastInteraction[0] ?? null,
      })),
    },
  }),
  schedules: ({ cases }) => ({
    cases: {
      nodes: cases.map(({ borrower, ...each }: Row) => ({
        ...each,
        loans: { nodes: borrower.loans.map((loan: Row) => loanOf(loan, 'goes')) },
      })),
    },
  }),
};
