import type { BalanceBasis } from '../../legacy/ports/school-billing.port.ts';
import { defineOnce } from './loader.ts';
import type { RequestContext } from './request-context.ts';
import type { Settled } from './settlements/settlements.ts';

/** The settlements of the caller's debts: one statement per request. */
export const settledOfCaller = defineOnce(
  async ({ caller, settlements }: RequestContext): Promise<readonly Settled[]> =>
    caller.kind === 'citizen' || caller.kind === 'business' ? settlements.ofDebtor(caller.codiceFiscale) : [],
);

/** The basis of the caller's balances today. */
export async function balanceBasisOf(context: RequestContext): Promise<BalanceBasis> {
  return { today: context.today, settled: await settledOfCaller(context) };
}
