// The three screens that every contender answers, and who asks for them: collectors, each with a token of their own.
import { caseId, casesOfCollector, collector } from './book.js';

export const queries = {
  /** One case with its whole graph. */
  wholeCase: `query WholeCase($id: ID!) {
  case(id: $id) {
    id ref status stage openedOn overdueSince daysPastDue qualityClass legalEligible assignee version sequence
    borrower { id borrowerNo name nationalId language contactPoints { channel value preferred consent } }
    exposures { currency loans overdue { amount currency } outstanding { amount currency } }
    loans(first: 10) {
      nodes {
        id accountNo status currency daysPastDue bucket qualityClass nextDueOn
        principal { amount currency } overdue { amount currency } outstanding { amount currency }
        instalments { number dueOn due { amount currency } outstanding { amount currency } }
      }
    }
    timeline(last: 20) { nodes { sequence type summary actor effectiveOn recordedAt } }
    interactions(first: 10) { nodes { channel direction outcome note at actor } }
    promises { dueOn state amount { amount currency } paid { amount currency } }
    handoffs(first: 10) { nodes { id connectorId operation state createdAt } }
    placements { agencyId state placedOn expiresOn commissionRate }
    bureauFlags { bureauId state version raisedOn daysPastDue overdue { amount currency } }
  }
}`,
  /** A page of fifty of a collector's open cases, the longest overdue first. */
  worklist: `query Worklist($me: String!) {
  cases(first: 50, filter: { status: { eq: OPEN }, assignee: { eq: $me } }, orderBy: [{ field: OVERDUE_SINCE, direction: ASC, nulls: LAST }]) {
    nodes {
      id ref stage daysPastDue qualityClass
      borrower { id name jurisdiction }
      exposures { currency overdue { amount currency } }
      interactionCount
      lastInteraction { at channel outcome }
    }
  }
}`,
  /** The same fifty, each with its loans and each loan's schedule. */
  schedules: `query Schedules($me: String!) {
  cases(first: 50, filter: { status: { eq: OPEN }, assignee: { eq: $me } }, orderBy: [{ field: OVERDUE_SINCE, direction: ASC, nulls: LAST }]) {
    nodes {
      id ref
      loans(first: 10) {
        nodes {
          id accountNo daysPastDue outstanding { amount currency }
          instalments { number dueOn due { amount currency } outstanding { amount currency } }
        }
      }
    }
  }
}`,
} as const;

export type QueryName = keyof typeof queries;
export const queryNames = Object.keys(queries) as QueryName[];

export interface Asked {
  user: string;
  variables: Record<string, string>;
}

/** @returns requests that are spread evenly over the book */
export function askedOf(query: QueryName, cases: number): Asked[] {
  const collectors = Math.max(1, Math.floor(cases / casesOfCollector));
  const count = query === 'wholeCase' ? 500 : Math.min(100, collectors);
  return Array.from({ length: count }, (_, i): Asked => {
    const number = Math.floor((i * collectors) / count);
    const user = collector(number);
    if (query !== 'wholeCase') return { user, variables: { me: user } };
    return { user, variables: { id: caseId(number * casesOfCollector + ((i * 37) % casesOfCollector)) } };
  });
}
