// What one operation spends: let in for the most that it may cost, and settled when its answer is there.
import type { GraphQLError } from 'graphql';
import type { Spending } from '../reader/context.js';
import { problem } from '../reader/problem.js';
import type { Budget } from './budget.js';

/** @throws COST_LIMIT, RATE_LIMITED */
export function spend(requested: number, maximum: number, budget: Budget | null, user: string): Spending {
  const tell = (actual: number, back: number) => ({
    requested,
    actual,
    maximum,
    ...(budget ? { bucket: budget.settle(user, back) } : {}),
  });
  const refused = (fault: GraphQLError): GraphQLError => {
    fault.extensions['cost'] = tell(0, 0);
    return fault;
  };
  if (requested > maximum)
    throw refused(problem('COST_LIMIT', `The operation costs ${requested}, and ${maximum} is the most: ask for smaller pages`));
  try {
    budget?.spend(user, requested);
  } catch (fault) {
    throw refused(fault as GraphQLError);
  }
  let spent = 0;
  return {
    requested,
    spend: (units) => void (spent += units),
    // How far it got is not known of what failed as a whole.
    told: (failed) => {
      const actual = failed ? requested : spent;
      return tell(actual, requested - actual);
    },
  };
}
