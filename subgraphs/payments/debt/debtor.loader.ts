import { keepIncomplete } from '../../../core/unreadable.ts';
import type { CodiceFiscale } from '../../../core/values/index.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import { settledOfCaller } from '../../shared/balance-basis.ts';
import {
  billingScopes,
  type Entitlement,
  entitlementOf,
  hiddenChildren,
  isGiven,
} from '../../shared/entitlement.ts';
import { visibleChildren } from '../../shared/family.ts';
import { defineAsked } from '../../shared/loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { ownRecordsOf } from '../records/payment-records.ts';
import { type DebtView, isHiddenSpontaneous, receiptFor, toDebtViews } from './debt-view.ts';

/** The caller's tax code as a debtor; null for callers that cannot owe anything. */
export function debtorOf({ caller }: Pick<RequestContext, 'caller'>): CodiceFiscale | null {
  return caller.kind === 'citizen' || caller.kind === 'business' ? caller.codiceFiscale : null;
}

/**
 * Every debt of the caller, and those that others share with the caller, by due date: in each request one statement
 * to the legacy system and two to our own database, whoever the caller is.
 */
export const ownDebts = defineAsked(async (context: RequestContext): Promise<readonly DebtView[]> => {
  const debtor = debtorOf(context);
  if (debtor === null) return [];
  const entitlement = await entitlementOf(context);
  const shares = entitlement.shares.filter(({ scopes }) => scopes.some((one) => billingScopes.includes(one)));
  const givers = [...new Set(shares.map(({ giver }) => giver))];
  const [[debts = [], ...given], settled, records, children] = await Promise.all([
    context.legacy.payments.debtsOf([debtor, ...givers], await hiddenChildren(context)),
    settledOfCaller(context),
    ownRecordsOf(context.database, debtor, context.clock.now(), givers),
    givers.length === 0 ? [] : visibleChildren(context),
  ]);
  const own = {
    ...records,
    spontaneous: records.spontaneous.filter((one) => !isHiddenSpontaneous(entitlement, one)),
  };
  const isShared = ({ debtor: giver, childKey }: DebtRecord) =>
    childKey !== null &&
    isGiven(entitlement, giver, childKey, billingScopes) &&
    children.some(({ key, sharedBy }) => key === childKey && sharedBy.includes(giver));
  const shared = toDebtViews(given.flat().filter(isShared), settled, { ...own, spontaneous: [] });
  const known = [
    ...toDebtViews(debts, settled, own).map((debt) => asOwed(debt, debtor)),
    ...shared.map((debt) => asShared(debt, entitlement, debtor)),
  ];
  // Debts with the same due date keep the legacy system's order.
  return keepIncomplete(debts, known.length === debts.length ? known : known.toSorted(byDueDate));
});

function asOwed(debt: DebtView, caller: CodiceFiscale): DebtView {
  return debt.receipt === null ? debt : { ...debt, receipt: receiptFor(caller, debt.receipt) };
}

/** A session and a receipt belong to the payer: of another person's receipt only the date is shown. */
function asShared(debt: DebtView, entitlement: Entitlement, caller: CodiceFiscale): DebtView {
  const { childKey, debtor, receipt } = debt;
  return {
    ...debt,
    isShared: true,
    mayPay: childKey !== null && isGiven(entitlement, debtor, childKey, ['PAYING']),
    isReceiptVisible: receipt?.payer === caller,
  };
}

/**
 * Reads the caller's debts by the instalment that they pay. Of several debts of one instalment, one that can still be
 * paid is used.
 */
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
