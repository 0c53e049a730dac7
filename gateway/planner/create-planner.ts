import { type QueryPlan, QueryPlanner } from '@graphql-hive/router-query-planner';
import { AppError } from '../../core/errors.ts';
import { interfaceObjectsLast, type NamedSupergraph, withOwnNames } from './graph-order.ts';
import { requirementsApart } from './requirements-apart.ts';

export interface Planner {
  /** The API schema as SDL: what clients see of the supergraph. */
  readonly apiSdl: string;
  /** Errors: OVERLOADED when too many plans are wanted at once. */
  plan(document: string, operationName: string | null): Promise<QueryPlan>;
}

/**
 * The Rust planner, kept safe.
 *
 * It works in libuv's pool of four threads and does not heed its abort signal, so only two plans are made at
 * once, and no more than `maxWaiting` wait. How long a plan can take is bounded before: see gateway/limits.
 */
export function createPlanner(supergraphSdl: string, { maxAtOnce = 2, maxWaiting = 100 } = {}): Planner {
  const attempts = attemptsAt(supergraphSdl);
  const waiting: (() => void)[] = [];
  let running = 0;

  const enter = async () => {
    if (running < maxAtOnce) {
      running++;
      return;
    }
    if (waiting.length >= maxWaiting) {
      throw new AppError('OVERLOADED', 'Too many new operations at once. Try again in a moment.');
    }
    // The place is handed over by who leaves, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };

  return {
    apiSdl: attempts[0].planner().consumerSchema,
    async plan(document, operationName) {
      await enter();
      try {
        return await firstPlan(attempts, document, operationName);
      } finally {
        leave();
      }
    },
  };
}

/** One way to have an operation planned. Its planner is made when it is first needed. */
interface Attempt {
  readonly planner: () => QueryPlanner;
  readonly names: NamedSupergraph['names'];
}

/** What the planner cannot do with the supergraph as it is, it can do with the same one cut differently. */
function attemptsAt(supergraphSdl: string): readonly [Attempt, ...Attempt[]] {
  const whole = interfaceObjectsLast(supergraphSdl);
  const apart = requirementsApart(whole);
  if (apart === null) return [toAttempt(whole)];
  // Fetches for two types of an interface object are joined without what one of them requires.
  return whole.names.size > 0 ? [toAttempt(apart), toAttempt(whole)] : [toAttempt(whole), toAttempt(apart)];
}

function toAttempt({ supergraphSdl, names }: NamedSupergraph): Attempt {
  let planner: QueryPlanner | undefined;
  return {
    names,
    planner() {
      planner ??= new QueryPlanner(supergraphSdl);
      return planner;
    },
  };
}

async function firstPlan(
  [attempt, ...others]: readonly [Attempt, ...Attempt[]],
  document: string,
  operationName: string | null,
): Promise<QueryPlan> {
  try {
    const plan = await attempt.planner().planAsync(document, operationName, new Set(), 0);
    if (plan.node) withOwnNames(plan.node, attempt.names);
    return plan;
  } catch (error) {
    const [next, ...last] = others;
    if (next === undefined) throw error;
    return firstPlan([next, ...last], document, operationName);
  }
}
