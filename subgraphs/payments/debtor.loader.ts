import type { CodiceFiscale } from '../../core/values/index.ts';
import type { DebtRecord } from '../../legacy/ports/payments.port.ts';
import { defineOnce } from '../skeleton/loader.ts';
import type { Scope } from '../skeleton/scope.ts';
import { settledOfCaller } from '../skeleton/settlements/standing.ts';
import { withSettled } from './settled.rules.ts';

/** The code by which the caller owes; null for who cannot owe anything. */
export function debtorOf({ caller }: Pick<Scope, 'caller'>): CodiceFiscale | null {
  return caller.kind === 'citizen' || caller.kind === 'business' ? caller.codiceFiscale : null;
}

/** Every debt of the caller, by due date: one statement a request, and one of ours, whoever asks. */
export const ownDebts = defineOnce(async (scope: Scope): Promise<readonly DebtRecord[]> => {
  const debtor = debtorOf(scope);
  if (debtor === null) return [];
  const [[debts = []], settled] = await Promise.all([
    scope.legacy.payments.debtsOf([debtor]),
    settledOfCaller(scope),
  ]);
  return withSettled(debts, settled);
});

/** The same by the instalments that they pay, for a page of two hundred. */
export const ownDebtsByInstalment = defineOnce(
  async (scope: Scope): Promise<ReadonlyMap<string, DebtRecord>> => {
    const debts = new Map<string, DebtRecord>();
    for (const debt of await ownDebts(scope)) {
      if (debt.instalment !== null) debts.set(keyOf(debt.instalment), debt);
    }
    return debts;
  },
);

export function keyOf({ year, number, rata }: { year: number; number: number; rata: number }): string {
  return `${year}/${number}/${rata}`;
}
