// What the worklist asks for. Each document is typed by the schema, and registered under the SHA-256 of its text.
import { graphql } from './generated/gql.js';

export const worklist = graphql(`
  query Worklist($after: String) {
    caseFacets(by: [STAGE], filter: { status: { eq: OPEN } }) {
      values {
        value
        count
      }
    }
    cases(first: 10, after: $after, filter: { status: { eq: OPEN } }, orderBy: [{ field: OVERDUE_SINCE, direction: ASC, nulls: LAST }]) {
      nodes {
        id
        ref
        stage
        version
        daysPastDue
        borrower {
          name
        }
        exposures {
          overdue {
            amount
            currency
          }
        }
        availableActions {
          name
          allowed
          earliestAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const noteContact = graphql(`
  mutation NoteContact($input: RecordInteractionInput!) {
    recordInteraction(input: $input) {
      case {
        ref
        version
      }
      userErrors {
        __typename
        code
        message
        ... on ConcurrencyConflict {
          currentVersion
        }
      }
    }
  }
`);
