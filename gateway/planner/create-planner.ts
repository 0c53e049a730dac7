import { type QueryPlan, QueryPlanner } from '@graphql-hive/router-query-planner';
import { AppError } from '../../core/errors.ts';

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
  const planner = new QueryPlanner(supergraphSdl);
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
    apiSdl: planner.consumerSchema,
    async plan(document, operationName) {
      await enter();
      try {
        return await planner.planAsync(document, operationName, new Set(), 0);
      } finally {
        leave();
      }
    },
  };
}
