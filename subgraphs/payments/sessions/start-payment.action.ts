import { idempotencyKeyReused, notAllowed } from '../../shared/problem.ts';
import { type RequestContext, recordAccess } from '../../shared/request-context.ts';
import { creditorName } from '../creditor.ts';
import { debtId, toDebt } from '../debt/debt.type.ts';
import type { DebtView } from '../debt/debt-view.ts';
import { debtorOf, ownDebts } from '../debt/debtor.loader.ts';
import { whyNotPayable } from '../debt/payable.rules.ts';
import { publicDescriptionOf } from '../notice/notice.rules.ts';
import { asInvalid, asNotPayable, asUnavailable, type NotPayable } from '../payment-problems.ts';
import { checkKey, createRequestProblems, type RequestProblems } from '../request-problems.ts';
import { findOpened, type OpenedSession, openSession } from './open-session.action.ts';
import { toRequestKey } from './request-key.ts';
import { showSession } from './session.loader.ts';
import type { NewItem } from './session.store.ts';
import type { StartPaymentInput } from './start-payment.input.ts';
import { PaymentStarted, type StartPaymentResult } from './start-payment.result.ts';

/** As many as a cart of pagoPA takes. */
const maxDebts = 5;

/** Starts to pay some of the caller's own debts. Another's and one that does not exist are refused alike. */
export async function startPayment(
  context: RequestContext,
  input: StartPaymentInput,
): Promise<StartPaymentResult> {
  if (debtorOf(context) === null) return notAllowed(context);
  const problems = createRequestProblems(context);
  checkKey(problems, input.idempotencyKey);
  checkDebtIds(problems, input.debtIds);
  const email = problems.email('email', input.email);
  const returnAddress = problems.returnAddress(input.returnUrl);
  if (problems.found.length > 0 || returnAddress === null) return asInvalid(context, problems.found);

  const own = new Map((await ownDebts(context)).map((debt) => [debtId(debt), debt]));
  const debts = input.debtIds.flatMap((id) => own.get(id) ?? []);
  const isTheirs = debts.length === input.debtIds.length;
  const [first] = debts;
  if (!isTheirs || first === undefined) {
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
  // What an unfinished session of the same key keeps is kept for this.
  const opened =
    (isFinished(before) ? before : null) ??
    (before === null ? refusal(context, debts) : null) ??
    (await openSession(context, {
      request,
      creditor: first.creditor,
      creditorName: await creditorName(context, first.creditor),
      items: debts.map(toNewItem),
      email,
      returnAddress,
      event: { action: 'Payment.start', subjectIds: input.debtIds },
    }));
  return 'code' in opened ? opened : answer(context, debts, opened);
}

export function toNewItem(debt: DebtView): NewItem {
  const { creditor, iuv, numeroAvviso, debtor, amount } = debt;
  return { creditor, iuv, numeroAvviso, debtor, amount, description: publicDescriptionOf(debt) };
}

/** Whether a key came to an end before, or to a payer who was sent away. Otherwise it goes on where it stopped. */
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

function refusal(context: RequestContext, debts: readonly DebtView[]): NotPayable | null {
  const code = debts.map(whyNotPayable).find((why) => why !== null);
  if (code === undefined) return null;
  const refused = debts.filter((debt) => whyNotPayable(debt) === code);
  const until = refused.flatMap(({ lockedUntil }) => lockedUntil ?? []).toSorted();
  return asNotPayable(context, code, refused.map(debtId), until.at(-1) ?? null);
}

async function answer(
  context: RequestContext,
  debts: readonly DebtView[],
  opened: OpenedSession,
): Promise<StartPaymentResult> {
  const idsOf = (iuvs: readonly string[]) => debts.filter(({ iuv }) => iuvs.includes(iuv)).map(debtId);
  switch (opened.outcome) {
    case 'open': {
      ownDebts.forget(context);
      const { session, isNew } = opened;
      const shown = isNew ? debts.map((debt) => inProgress(debt, session.expiresAt)) : debts;
      return Object.assign(new PaymentStarted(), {
        session: await showSession(context, session),
        debts: shown.map(toDebt),
      });
    }
    case 'keyReused':
      return idempotencyKeyReused(context);
    case 'locked':
      return asNotPayable(context, 'PAYMENT_IN_PROGRESS', idsOf(opened.iuvs), opened.until);
    case 'paid':
      return asNotPayable(context, 'DEBT_PAID', idsOf(opened.iuvs));
    case 'notPayable':
      return asNotPayable(context, 'REFUSED_BY_PAGOPA', debts.map(debtId));
    case 'unavailable':
      return asUnavailable(context);
  }
}

function inProgress(debt: DebtView, lockedUntil: DebtView['lockedUntil']): DebtView {
  return { ...debt, status: 'PAYMENT_IN_PROGRESS', lockedUntil };
}
