import type { BalanceBasis } from '../../legacy/ports/school-billing.port.ts';
import { billingScopes, viewerOf } from './entitlement.ts';
import { defineOnce } from './loader.ts';
import type { RequestContext } from './request-context.ts';
import type { Settled } from './settlements/settlement.store.ts';

/** The settlements of the debts of the caller and of those who share theirs: one statement per request. */
export const settledOfCaller = defineOnce(async (context: RequestContext): Promise<readonly Settled[]> => {
  const { caller, settlements } = context;
  if (caller.kind !== 'citizen' && caller.kind !== 'business') return [];
  const viewer = await viewerOf(context, billingScopes);
  const givers = viewer?.shares.map(({ giver }) => giver) ?? [];
  return settlements.ofDebtors([...new Set([caller.codiceFiscale, ...givers])]);
});

/** The basis of the caller's balances today. */
export async function balanceBasisOf(context: RequestContext): Promise<BalanceBasis> {
  return { today: context.today, settled: await settledOfCaller(context) };
}
