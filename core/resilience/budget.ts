import { AsyncLocalStorage } from 'node:async_hooks';

/** The time that one request has, for everything it waits for. */
export interface Budget {
  /** By `performance.now()`. */
  readonly endsAt: number;
  /** Fires when the time is up. */
  readonly signal: AbortSignal;
}

const budgets = new AsyncLocalStorage<Budget>();

/** Runs work, and all that it starts, within one budget. Inside another budget the earlier end counts. */
export function withinBudget<T>(budgetMs: number, work: (budget: Budget) => T): T {
  const lengthMs = Math.max(1, Math.min(budgetMs, remainingMs()));
  const budget = { endsAt: performance.now() + lengthMs, signal: AbortSignal.timeout(Math.ceil(lengthMs)) };
  return budgets.run(budget, work, budget);
}

/** The budget that the caller runs in, if in any: a worker has none. */
export function currentBudget(): Budget | undefined {
  return budgets.getStore();
}

/** How long the request may still wait. Unit: milliseconds; Infinity outside any request. */
export function remainingMs(): number {
  const budget = budgets.getStore();
  return budget === undefined ? Number.POSITIVE_INFINITY : budget.endsAt - performance.now();
}

/** Runs work that outlives the request which started it. */
export function withoutBudget<T>(work: () => T): T {
  return budgets.exit(work);
}
