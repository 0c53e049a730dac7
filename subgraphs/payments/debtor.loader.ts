import type { CodiceFiscale } from '../../core/values/index.ts';
import { defineOnce } from '../skeleton/loader.ts';
import type { Scope } from '../skeleton/scope.ts';
import { settledOfCaller } from '../skeleton/settlements/standing.ts';
import { type KnownDebt, toKnownDebts } from './known-debt.ts';
import { ownRecordsOf } from './own-records.ts';

/** The code by which the caller owes; null for who cannot owe anything. */
export function debtorOf({ caller }: Pick<Scope, 'caller'>): CodiceFiscale | null {
  return caller.kind === 'citizen' || caller.kind === 'business' ? caller.codiceFiscale : null;
}

/** Every debt of the caller, by due date: one statement a request, and two of ours, whoever asks. */
export const ownDebts = defineOnce(async (scope: Scope): Promise<readonly KnownDebt[]> => {
  const debtor = debtorOf(scope);
  if (debtor === null) return [];
  const [[debts = []], settled, own] = await Promise.all([
    scope.legacy.payments.debtsOf([debtor]),
    settledOfCaller(scope),
    ownRecordsOf(scope.database, debtor, scope.clock.now()),
  ]);
  const known = toKnownDebts(debts, settled, own);
  // The register's own order is kept among equals.
  return own.spontaneous.length === 0 ? known : known.toSorted(byDueDate);
});

/** The same by the instalments that they pay, for a page of two hundred. One that can still be paid comes first. */
export const ownDebtsByInstalment = defineOnce(
  async (scope: Scope): Promise<ReadonlyMap<string, KnownDebt>> => {
    const debts = new Map<string, KnownDebt>();
    for (const debt of await ownDebts(scope)) {
      for (const instalment of debt.instalments) {
        const known = debts.get(keyOf(instalment));
        if (known === undefined || isOver(known)) debts.set(keyOf(instalment), debt);
      }
    }
    return debts;
  },
);

/** For a request that wrote what it may read again. */
export function forgetDebts(scope: Scope): void {
  ownDebts.forget(scope);
  ownDebtsByInstalment.forget(scope);
}

export function keyOf({ year, number, rata }: { year: number; number: number; rata: number }): string {
  return `${year}/${number}/${rata}`;
}

const isOver = ({ status }: KnownDebt) => status === 'EXPIRED' || status === 'CANCELLED';

function byDueDate(a: KnownDebt, b: KnownDebt): number {
  const [left, right] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  return left === right ? 0 : left < right ? -1 : 1;
}
