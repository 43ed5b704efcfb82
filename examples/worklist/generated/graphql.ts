/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type CaseStage =
  | 'ARRANGEMENT'
  | 'CLOSED'
  | 'CURRENT'
  | 'DISPOSAL'
  | 'EARLY_WARNING'
  | 'ENFORCEMENT'
  | 'FIELD'
  | 'LITIGATION'
  | 'PLACED'
  | 'PRE_LEGAL'
  | 'REMINDER'
  | 'SOFT'
  | 'TRANSFERRED';

export type Direction =
  | 'INBOUND'
  | 'OUTBOUND';

/** Never reused. Open: keep a default branch. */
export type ErrorCode =
  /** The case is at `currentVersion` now. Read it again and decide anew. */
  | 'CONCURRENCY_CONFLICT'
  /** The partner cannot be reached now; `queued` says whether the hand-over waits. */
  | 'CONNECTOR_UNAVAILABLE'
  /** A rule of the business stands against it; `ruleId` names it, `earliestAllowedAt` says from when it does not. */
  | 'GUARD_REJECTED'
  /** The key was used for another input. Take a new key. */
  | 'IDEMPOTENCY_MISMATCH'
  /** A field of the input, named by `path`, does not fit the case. */
  | 'INVALID_INPUT'
  /** More than the policy lets this caller decide; `limit` says how much it does. */
  | 'MANDATE_EXCEEDED'
  /** There is no such thing, or not for this caller. */
  | 'NOT_FOUND';

export type InteractionChannel =
  | 'CHAT'
  | 'EMAIL'
  | 'LETTER'
  | 'PHONE'
  | 'SMS'
  | 'VISIT';

export type InteractionOutcome =
  | 'CONNECTED'
  | 'MESSAGE_LEFT'
  | 'NO_ANSWER'
  | 'REFUSAL_TO_PAY'
  | 'RIGHT_PARTY'
  | 'WRONG_NUMBER';

export type RecordInteractionInput = {
  /** When it took place. */
  at: string;
  caseId: string | number;
  channel: InteractionChannel;
  /** Returned as given. */
  clientMutationId?: string | null | undefined;
  direction: Direction;
  /** Decide, and change nothing. */
  dryRun?: boolean;
  /** The version that you saw; another one now is a conflict. */
  expectedVersion?: number | null | undefined;
  /** The same key with the same input gets the first answer again, for at least 7 days. */
  idempotencyKey: string;
  note?: string | null | undefined;
  outcome: InteractionOutcome;
};

export type WorklistQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WorklistQuery = { caseFacets: Array<{ values: Array<{ value: string | null, count: number }> }> | null, cases: { nodes: Array<{ id: string, ref: string, stage: CaseStage, version: number, daysPastDue: number, borrower: { name: string }, exposures: Array<{ overdue: { amount: string, currency: string } }>, availableActions: Array<{ name: string, allowed: boolean, earliestAt: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type NoteContactMutationVariables = Exact<{
  input: RecordInteractionInput;
}>;


export type NoteContactMutation = { recordInteraction: { case: { ref: string, version: number } | null, userErrors: Array<
      | { __typename: 'ConcurrencyConflict', currentVersion: number, code: ErrorCode, message: string }
      | { __typename: 'ConnectorUnavailable', code: ErrorCode, message: string }
      | { __typename: 'GuardRejected', code: ErrorCode, message: string }
      | { __typename: 'MandateExceeded', code: ErrorCode, message: string }
      | { __typename: 'PlainError', code: ErrorCode, message: string }
    > } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const WorklistDocument = new TypedDocumentString(`
    query Worklist($after: String) {
  caseFacets(by: [STAGE], filter: {status: {eq: OPEN}}) {
    values {
      value
      count
    }
  }
  cases(
    first: 10
    after: $after
    filter: {status: {eq: OPEN}}
    orderBy: [{field: OVERDUE_SINCE, direction: ASC, nulls: LAST}]
  ) {
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
    `, {"hash":"sha256:50700136afa493597b6cf53b7963da7428f5e9db4ce61038ba5f1dd8b74ea7a2"}) as unknown as TypedDocumentString<WorklistQuery, WorklistQueryVariables>;
export const NoteContactDocument = new TypedDocumentString(`
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
    `, {"hash":"sha256:90165f58953a531a7d87f0f9d549680a86a4beb54b981d6d63a4e2156ac4e23f"}) as unknown as TypedDocumentString<NoteContactMutation, NoteContactMutationVariables>;