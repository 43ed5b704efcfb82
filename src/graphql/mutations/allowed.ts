// Who may change what: each mutation and subscription names its roles, and one that names none is for nobody.
import { createMethodMiddlewareDecorator, Extensions } from 'type-graphql';
import { weights } from '../reader/weights.js';
import { problem } from '../reader/problem.js';
import type { GraphContext } from '../reader/context.js';

export function Allowed(...roles: string[]): MethodDecorator {
  const check = createMethodMiddlewareDecorator<GraphContext>(async ({ context, info }, next) => {
    mustBeAllowed(roles, context, info.fieldName);
    if (info.parentType === info.schema.getMutationType()) context.cost?.spend(weights.mutation);
    return next();
  });
  return (target, key, descriptor) => {
    Extensions({ roles })(target, key as string, descriptor as never);
    check(target, key as string, descriptor as never);
  };
}

/** @throws FORBIDDEN */
export function mustBeAllowed(roles: readonly string[], { caller }: GraphContext, field: string): void {
  if (!roles.some((role) => caller.roles.includes(role))) throw problem('FORBIDDEN', `${field} is for ${roles.join(', ')}`);
}
