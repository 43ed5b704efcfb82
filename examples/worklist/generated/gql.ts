/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Worklist($after: String) {\n    caseFacets(by: [STAGE], filter: { status: { eq: OPEN } }) {\n      values {\n        value\n        count\n      }\n    }\n    cases(first: 10, after: $after, filter: { status: { eq: OPEN } }, orderBy: [{ field: OVERDUE_SINCE, direction: ASC, nulls: LAST }]) {\n      nodes {\n        id\n        ref\n        stage\n        version\n        daysPastDue\n        borrower {\n          name\n        }\n        exposures {\n          overdue {\n            amount\n            currency\n          }\n        }\n        availableActions {\n          name\n          allowed\n          earliestAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.WorklistDocument,
    "\n  mutation NoteContact($input: RecordInteractionInput!) {\n    recordInteraction(input: $input) {\n      case {\n        ref\n        version\n      }\n      userErrors {\n        __typename\n        code\n        message\n        ... on ConcurrencyConflict {\n          currentVersion\n        }\n      }\n    }\n  }\n": typeof types.NoteContactDocument,
};
const documents: Documents = {
    "\n  query Worklist($after: String) {\n    caseFacets(by: [STAGE], filter: { status: { eq: OPEN } }) {\n      values {\n        value\n        count\n      }\n    }\n    cases(first: 10, after: $after, filter: { status: { eq: OPEN } }, orderBy: [{ field: OVERDUE_SINCE, direction: ASC, nulls: LAST }]) {\n      nodes {\n        id\n        ref\n        stage\n        version\n        daysPastDue\n        borrower {\n          name\n        }\n        exposures {\n          overdue {\n            amount\n            currency\n          }\n        }\n        availableActions {\n          name\n          allowed\n          earliestAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.WorklistDocument,
    "\n  mutation NoteContact($input: RecordInteractionInput!) {\n    recordInteraction(input: $input) {\n      case {\n        ref\n        version\n      }\n      userErrors {\n        __typename\n        code\n        message\n        ... on ConcurrencyConflict {\n          currentVersion\n        }\n      }\n    }\n  }\n": types.NoteContactDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Worklist($after: String) {\n    caseFacets(by: [STAGE], filter: { status: { eq: OPEN } }) {\n      values {\n        value\n        count\n      }\n    }\n    cases(first: 10, after: $after, filter: { status: { eq: OPEN } }, orderBy: [{ field: OVERDUE_SINCE, direction: ASC, nulls: LAST }]) {\n      nodes {\n        id\n        ref\n        stage\n        version\n        daysPastDue\n        borrower {\n          name\n        }\n        exposures {\n          overdue {\n            amount\n            currency\n          }\n        }\n        availableActions {\n          name\n          allowed\n          earliestAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').WorklistDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NoteContact($input: RecordInteractionInput!) {\n    recordInteraction(input: $input) {\n      case {\n        ref\n        version\n      }\n      userErrors {\n        __typename\n        code\n        message\n        ... on ConcurrencyConflict {\n          currentVersion\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').NoteContactDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
