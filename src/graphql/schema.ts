// The whole schema, built from the nouns and the resolvers.
import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type BuildSchemaOptions } from 'type-graphql';
import './borrower/borrower.js';
import { CaseGraph } from './case/case-graph.js';
import './case/course.js';
import './case/recovery-case.js';
import './loan/loan.js';
import './partner/dealings.js';
import './platform/platform.js';

/** @param resolvers beside the reader's own: mutations and subscriptions */
export const createSchema = (resolvers: readonly (new () => object)[], container?: BuildSchemaOptions['container']): GraphQLSchema =>
  buildSchemaSync({ resolvers: [CaseGraph, ...resolvers] as never, validate: { forbidUnknownValues: false }, container });
