import type { RequestHandler } from 'express';
import { withinBudget } from '../../core/resilience/budget.ts';

/** From here on all that the request waits for has one time limit together. */
export function requestBudget(budgetMs: number): RequestHandler {
  return (_request, _response, next) => withinBudget(budgetMs, () => next());
}
