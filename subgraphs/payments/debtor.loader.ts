import type { CodiceFiscale } from '../../core/values/index.ts';
import { defineAsked } from '../skeleton/loader.ts';
import type { Scope } from '../skeleton/scope.ts';
import { settledOfCaller } from '../skeleton/settlements/standing.ts';
import { type KnownDebt, toKnownDebts } from './known-debt.ts';
import { ownRecordsOf } from './own-records.ts';

/** The code by which the caller owes; null for who cannot owe anything. */
export function debtorOf({ caller }: Pick<Scope, 'caller'>): CodiceFiscale | null {
  return caller.kind === 'citizen' || caller.kind === 'business' ? caller.codiceFiscale : null;
}

/** Every debt of the caller, by due date: one statement a request, and two of ours, whoever asks. */
export const ownDebts = defineAsked(async (scope: Scope): Promise<readonly KnownDebt[]> => {
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

/** Reads the same by the instalments that they pay. One that can still be paid comes first. */
export function useDebtsByInstalment<Result>(
  scope: Scope,
  read: (debts: ReadonlyMap<string, KnownDebt>) => Result,
): Result | Promise<Result> {
  return ownDebts.use(scope, (debts) => read(byInstalment(debts)));
}

const indexes = new WeakMap<readonly KnownDebt[], ReadonlyMap<string, KnownDebt>>();

/** Made once a list, for a page of two hundred instalments. */
function byInstalment(debts: readonly KnownDebt[]): ReadonlyMap<string, KnownDebt> {
  const made = indexes.get(debts);
  if (made !== undefined) return made;
  const index = new Map<string, KnownDebt>();
  for (const debt of debts) {
    for (const instalment of debt.instalments) {
      const known = index.get(keyOf(instalment));
      if (known === undefined || isOver(known)) index.set(keyOf(instalment), debt);
    }
  }
  indexes.set(debts, index);
  return index;
}

export function keyOf({ year, number, rata }: { year: number; number: number; rata: number }): string {
  return `${year}/${number}/${rata}`;
}

const isOver = ({ status }: KnownDebt) => status === 'EXPIRED' || status === 'CANCELLED';

function byDueDate(a: KnownDebt, b: KnownDebt): number {
  const [left, right] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  return left === right ? 0 : left < right ? -1 : 1;
}
