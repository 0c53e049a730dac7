import type { Standing } from '../../../legacy/ports/school-billing.port.ts';
import { defineOnce } from '../loader.ts';
import type { Scope } from '../scope.ts';
import type { Settled } from './settlements.ts';

/** What the caller's debts were settled with: one statement of ours a request, whoever asks. */
export const settledOfCaller = defineOnce(
  async ({ caller, settlements }: Scope): Promise<readonly Settled[]> =>
    caller.kind === 'citizen' || caller.kind === 'business' ? settlements.ofDebtor(caller.codiceFiscale) : [],
);

/** What decides today how the caller's instalments stand. */
export async function standingOf(scope: Scope): Promise<Standing> {
  return { today: scope.today, settled: await settledOfCaller(scope) };
}
