import { type PlanNode, type QueryPlan, QueryPlanner } from '@graphql-hive/router-query-planner';
import { AppError } from '../../core/errors.ts';
import { interfaceObjectsLast, type NamedSupergraph, withOwnNames } from './graph-order.ts';
import { type WithFixedFields, withArguments, withFixedFields } from './required-arguments.ts';
import { requirementsApart } from './requirements-apart.ts';

export interface Planner {
  /** The API schema as SDL: the clients' view of the supergraph. */
  readonly apiSdl: string;
  /** Errors: OVERLOADED if too many plans are requested at once. */
  plan(document: string, operationName: string | null): Promise<QueryPlan>;
}

/**
 * The Rust planner with limits.
 *
 * It works in libuv's pool of four threads and ignores its abort signal, so only two plans are made at once, and
 * at most `maxWaiting` requests wait. The time for one plan is bounded before: see gateway/limits.
 */
export function createPlanner(supergraphSdl: string, { maxAtOnce = 2, maxWaiting = 100 } = {}): Planner {
  const { supergraphSdl: plannedSdl, fixed } = withFixedFields(supergraphSdl);
  const attempts = attemptsAt(plannedSdl, fixed);
  const [{ planner }] = attempts;
  // Clients do not see the added fields.
  const apiSdl = (fixed.size === 0 ? planner() : new QueryPlanner(supergraphSdl)).consumerSchema;
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
    // A finished plan hands its place over, so `running` stays the same.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };

  return {
    apiSdl,
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

/** One way to plan an operation. Its planner is created on first use. */
interface Attempt {
  readonly planner: () => QueryPlanner;
  /** Turns its plan into one for the original supergraph. */
  readonly restore: (node: PlanNode) => void;
}

/**
 * An operation that the planner cannot plan with the original supergraph can be planned with a transformed one.
 */
function attemptsAt(
  supergraphSdl: string,
  fixed: WithFixedFields['fixed'],
): readonly [Attempt, ...Attempt[]] {
  const whole = interfaceObjectsLast(supergraphSdl);
  const apart = requirementsApart(whole);
  if (apart === null) return [toAttempt(whole, fixed)];
  // The planner joins fetches for two types of an interface object, without the required fields of one of them.
  return whole.names.size > 0
    ? [toAttempt(apart, fixed), toAttempt(whole, fixed)]
    : [toAttempt(whole, fixed), toAttempt(apart, fixed)];
}

function toAttempt({ supergraphSdl, names }: NamedSupergraph, fixed: WithFixedFields['fixed']): Attempt {
  let planner: QueryPlanner | undefined;
  return {
    restore(node) {
      withOwnNames(node, names);
      if (fixed.size > 0) withArguments(node, fixed);
    },
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
    if (plan.node) attempt.restore(plan.node);
    return plan;
  } catch (error) {
    const [next, ...last] = others;
    if (next === undefined) throw error;
    return firstPlan([next, ...last], document, operationName);
  }
}
