import { keepIncomplete } from '../../../core/unreadable.ts';
import type { CodiceFiscale } from '../../../core/values/index.ts';
import { settledOfCaller } from '../../shared/balance-basis.ts';
import { defineAsked } from '../../shared/loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { type DebtView, toDebtViews } from './debt-view.ts';
import { ownRecordsOf } from './payment-records.ts';

/** The caller's tax code as a debtor; null for callers that cannot owe anything. */
export function debtorOf({ caller }: Pick<RequestContext, 'caller'>): CodiceFiscale | null {
  return caller.kind === 'citizen' || caller.kind === 'business' ? caller.codiceFiscale : null;
}

/**
 * All debts of the caller, by due date: one statement to the legacy system and two to our database in a request.
 */
export const ownDebts = defineAsked(async (context: RequestContext): Promise<readonly DebtView[]> => {
  const debtor = debtorOf(context);
  if (debtor === null) return [];
  const [[debts = []], settled, own] = await Promise.all([
    context.legacy.payments.debtsOf([debtor]),
    settledOfCaller(context),
    ownRecordsOf(context.database, debtor, context.clock.now()),
  ]);
  const known = toDebtViews(debts, settled, own);
  // Debts of the same day keep the legacy system's order.
  return keepIncomplete(debts, own.spontaneous.length === 0 ? known : known.toSorted(byDueDate));
});

/** The same debts by the instalments that they pay. A debt that can still be paid comes first. */
export function useDebtsByInstalment<Result>(
  context: RequestContext,
  read: (debts: ReadonlyMap<string, DebtView>) => Result,
): Result | Promise<Result> {
  return ownDebts.use(context, (debts) => read(byInstalment(debts)));
}

const indexes = new WeakMap<readonly DebtView[], ReadonlyMap<string, DebtView>>();

/** Built once for each list: a page has up to two hundred instalments. */
function byInstalment(debts: readonly DebtView[]): ReadonlyMap<string, DebtView> {
  const made = indexes.get(debts);
  if (made !== undefined) return made;
  const index = new Map<string, DebtView>();
  for (const debt of debts) {
    for (const instalment of debt.instalments) {
      const known = index.get(instalmentKeyOf(instalment));
      if (known === undefined || isOver(known)) index.set(instalmentKeyOf(instalment), debt);
    }
  }
  indexes.set(debts, index);
  return keepIncomplete(debts, index);
}

export function instalmentKeyOf({
  year,
  number,
  rata,
}: {
  year: number;
  number: number;
  rata: number;
}): string {
  return `${year}/${number}/${rata}`;
}

const isOver = ({ status }: DebtView) => status === 'EXPIRED' || status === 'CANCELLED';

function byDueDate(a: DebtView, b: DebtView): number {
  const [left, right] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  return left === right ? 0 : left < right ? -1 : 1;
}
