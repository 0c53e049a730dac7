import type { BalanceBasis } from '../../../legacy/ports/school-billing.port.ts';
import { defineOnce } from '../loader.ts';
import type { RequestContext } from '../request-context.ts';
import type { Settled } from './settlements.ts';

/** What the caller's debts were settled with: one statement of ours a request, whoever asks. */
export const settledOfCaller = defineOnce(
  async ({ caller, settlements }: RequestContext): Promise<readonly Settled[]> =>
    caller.kind === 'citizen' || caller.kind === 'business' ? settlements.ofDebtor(caller.codiceFiscale) : [],
);

/** What decides today how the caller's instalments stand. */
export async function balanceBasisOf(context: RequestContext): Promise<BalanceBasis> {
  return { today: context.today, settled: await settledOfCaller(context) };
}
