// The whole schema, built from the nouns and the resolvers.
import 'reflect-metadata';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import './agency/batch.js';
import './agency/placement.js';
import './borrower/borrower.js';
import './bureau/files.js';
import { CaseGraph } from './case/case-graph.js';
import './case/course.js';
import './case/external-ref.js';
import './case/recovery-case.js';
import './collateral/disposal.js';
import './exports/bulk-export.js';
import { ExportMutations } from './exports/export-mutations.js';
import './legal/beside.js';
import './legal/invoice.js';
import './legal/matter.js';
import './loan/loan.js';
import { mutationResolvers } from './mutations/mutations.js';
import { ConcurrencyConflict, ConnectorUnavailable, GuardRejected, MandateExceeded, PlainError } from './mutations/user-errors.js';
import './bureau/inquiry.js';
import './bureau/flags.js';
import './partner/handoff.js';
import './partner/remittance.js';
import './platform/platform.js';
import './sale/sale.js';
import { LiveChanges } from './subscriptions/live-changes.js';
import { WebhookMutations } from './webhooks/webhook-mutations.js';
import './webhooks/webhook.js';

/** The builder asks for one wherever there are subscriptions; ours read the timeline and never publish. */
const noPubSub = {
  publish() {},
  subscribe: (): never => {
    throw new Error('Subscriptions read the timeline');
  },
};

/** @param made the resolvers of mutations and subscriptions, with what they work on; none when only the schema is wanted */
export const createSchema = (made: readonly object[] = []): GraphQLSchema =>
  buildSchemaSync({
    resolvers: [CaseGraph, ...mutationResolvers, WebhookMutations, ExportMutations, LiveChanges] as never,
    orphanedTypes: [GuardRejected, ConcurrencyConflict, ConnectorUnavailable, MandateExceeded, PlainError],
    validate: { forbidUnknownValues: false },
    pubSub: noPubSub,
    container: { get: (type: new () => object) => made.find((each) => each instanceof type) ?? new CaseGraph() },
  });

/** As it is published in schema/case-graph.graphql. */
export const sdlOf = (schema: GraphQLSchema): string =>
  `# The case graph. Written by \`npm run schema\`; never edited.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
