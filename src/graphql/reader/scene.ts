// What a compilation works with.
import type { GraphQLSchema } from 'graphql';
import type { Leaf } from '../../storage/reader/shape.js';
import type { Cursors } from './cursors.js';
import type { MustBeFor } from './rights.js';
import type { Questions } from './questions.js';
import type { Selection } from './selection.js';

export interface Scene {
  schema: GraphQLSchema;
  selection: Selection;
  questions: Questions;
  cursors: Cursors;
  mustBeFor: MustBeFor;
  /** Whether the caller sees a leaf in the clear. */
  sees: (leaf: Leaf) => boolean;
  /** Whether graphql-js goes through the answer, rather than the client. */
  forGraphql: boolean;
}

/** In rows that graphql-js goes through, response keys are set apart from the field names of other objects. */
export const keyed = (key: string | number) => `@${key}`;
