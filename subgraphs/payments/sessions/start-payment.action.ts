import type { Instant } from '../../../core/values/index.ts';
import { namedChildren } from '../../shared/entitlement.ts';
import { idempotencyKeyReused, notAllowed } from '../../shared/problem.ts';
import { recordAccess } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { creditorName } from '../debt/creditor.ts';
import { debtId, toDebt } from '../debt/debt.type.ts';
import { childKeyOfDebt, type DebtView } from '../debt/debt-view.ts';
import { ownDebts } from '../debt/debtor.loader.ts';
import { publicDescriptionOf } from '../notice/notice.rules.ts';
import { toRequestKey } from '../records/request-key.ts';
import type { NewItem } from '../records/session.store.ts';
import { type DebtLock, findOpened, type OpenedSession, openSession } from './open-session.action.ts';
import { whyNotPayable } from './payable.rules.ts';
import { asInvalid, asNotPayable, asUnavailable, type NotPayable } from './payment-problems.ts';
import { checkKey, createRequestProblems, type RequestProblems } from './request-problems.ts';
import { ownOpenSessions, ownSessionOfCart, showSession } from './session.loader.ts';
import type { StartPaymentInput } from './start-payment.input.ts';
import { PaymentStarted, type StartPaymentResult } from './start-payment.result.ts';

/** The largest number of notices in a pagoPA cart. */
const maxDebts = 5;

/**
 * Starts to pay some debts of the caller, or debts that another person shares with PAYING. A debt of others
 * and one that does not exist get the same refusal.
 */
export async function startPayment(
  context: RequestContext,
  input: StartPaymentInput,
): Promise<StartPaymentResult> {
  const problems = createRequestProblems(context);
  checkKey(problems, input.idempotencyKey);
  checkDebtIds(problems, input.debtIds);
  const email = problems.email('email', input.email);
  const returnAddress = problems.returnAddress(input.returnUrl);
  if (problems.found.length > 0 || returnAddress === null) return asInvalid(context, problems.found);

  const payable = (await ownDebts(context)).filter(({ mayPay }) => mayPay);
  const own = new Map(payable.map((debt) => [debtId(debt), debt]));
  const debts = input.debtIds.flatMap((id) => own.get(id) ?? []);
  const areAllPayable = debts.length === input.debtIds.length;
  const [first] = debts;
  if (!areAllPayable || first === undefined) {
    recordAccess(context, 'Payment.start', 'refused', input.debtIds);
    return notAllowed(context);
  }
  if (debts.some(({ creditor }) => creditor !== first.creditor)) {
    problems.add('debtIds', 'TWO_CREDITORS', {
      it: 'Gli avvisi di enti diversi si pagano separatamente.',
      en: 'Debts to different creditors are paid one creditor at a time.',
    });
    return asInvalid(context, problems.found);
  }

  const request = toRequestKey(context, 'START_PAYMENT', input.idempotencyKey, {
    debtIds: input.debtIds.toSorted(),
    email,
    returnUrl: returnAddress.href,
  });
  const before = await findOpened(context, request);
  const opened =
    (isFinished(before) ? before : null) ??
    (before === null ? await refusal(context, debts) : null) ??
    (await openSession(context, {
      request,
      creditor: first.creditor,
      creditorName: await creditorName(context, first.creditor),
      items: debts.map(toNewItem),
      email,
      returnAddress,
      event: {
        action: 'Payment.start',
        subjectIds: [...input.debtIds, ...(await namedChildren(context, debts.map(childKeyOfDebt), false))],
      },
    }));
  return 'code' in opened ? opened : answer(context, debts, opened);
}

export function toNewItem(debt: DebtView): NewItem {
  const { creditor, iuv, numeroAvviso, debtor, amount } = debt;
  const childKey = childKeyOfDebt(debt);
  return { creditor, iuv, numeroAvviso, debtor, amount, description: publicDescriptionOf(debt), childKey };
}

/**
 * Whether a key's session ended, or its payer was redirected. Otherwise the session continues where it stopped.
 */
export function isFinished(before: OpenedSession | null): boolean {
  if (before?.outcome !== 'open') return before !== null;
  return before.session.state !== 'STARTED' || before.session.checkoutUrl !== null;
}

function checkDebtIds(problems: RequestProblems, debtIds: readonly string[]): void {
  if (debtIds.length === 0) {
    problems.add('debtIds', 'NO_DEBTS', {
      it: 'Scegliere almeno un debito da pagare.',
      en: 'Choose at least one debt to pay.',
    });
  }
  if (debtIds.length > maxDebts) {
    problems.add('debtIds', 'TOO_MANY_DEBTS', {
      it: `Si possono pagare al massimo ${maxDebts} debiti alla volta.`,
      en: `At most ${maxDebts} debts can be paid at once.`,
    });
  }
  if (new Set(debtIds).size < debtIds.length) {
    problems.add('debtIds', 'DUPLICATE_DEBTS', {
      it: 'Lo stesso debito è indicato più volte.',
      en: 'The same debt is given more than once.',
    });
  }
}

async function refusal(context: RequestContext, debts: readonly DebtView[]): Promise<NotPayable | null> {
  const code = debts.map(whyNotPayable).find((why) => why !== null);
  if (code === undefined) return null;
  const refused = debts.filter((debt) => whyNotPayable(debt) === code);
  const locks = refused.flatMap(({ iuv, lockedUntil, cartId }) =>
    lockedUntil === null ? [] : [{ iuv, until: lockedUntil, cartId }],
  );
  if (locks.length > 0) return asLocked(context, debts, locks);
  return asNotPayable(context, code, refused.map(debtId));
}

async function asLocked(
  context: RequestContext,
  debts: readonly DebtView[],
  locks: readonly DebtLock[],
): Promise<NotPayable> {
  const ids = debts.filter(({ iuv }) => locks.some((lock) => lock.iuv === iuv)).map(debtId);
  const session = await ownSessionOfCart(
    context,
    locks.flatMap(({ cartId }) => cartId ?? []),
  );
  return asNotPayable(context, 'PAYMENT_IN_PROGRESS', ids, lastOf(locks), session);
}

/** The time at which the last of them ends. */
export function lastOf(locks: readonly DebtLock[]): Instant | null {
  return (
    locks
      .map(({ until }) => until)
      .toSorted()
      .at(-1) ?? null
  );
}

async function answer(
  context: RequestContext,
  debts: readonly DebtView[],
  opened: OpenedSession,
): Promise<StartPaymentResult> {
  switch (opened.outcome) {
    case 'open':
      ownDebts.forget(context);
      ownOpenSessions.forget(context);
      return Object.assign(new PaymentStarted(), {
        session: await showSession(context, opened.session),
        debts: debts.map(toDebt),
      });
    case 'keyReused':
      return idempotencyKeyReused(context);
    case 'locked':
      return asLocked(context, debts, opened.locks);
    case 'paid': {
      const paid = debts.filter(({ iuv }) => opened.iuvs.includes(iuv));
      return asNotPayable(context, 'DEBT_PAID', paid.map(debtId));
    }
    case 'notPayable':
      return asNotPayable(context, 'REFUSED_BY_PAGOPA', debts.map(debtId));
    case 'unavailable':
      return asUnavailable(context);
  }
}
