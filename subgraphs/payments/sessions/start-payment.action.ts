import { idempotencyKeyReused, notAllowed } from '../../skeleton/problem.ts';
import { recordAccess, type Scope } from '../../skeleton/scope.ts';
import { creditorName } from '../creditor.ts';
import { debtId, toDebt } from '../debt.type.ts';
import { debtorOf, ownDebts } from '../debtor.loader.ts';
import type { KnownDebt } from '../known-debt.ts';
import { publicDescriptionOf } from '../notice.rules.ts';
import { whyNotPayable } from '../payable.rules.ts';
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
export async function startPayment(scope: Scope, input: StartPaymentInput): Promise<StartPaymentResult> {
  if (debtorOf(scope) === null) return notAllowed(scope);
  const problems = createRequestProblems(scope);
  checkKey(problems, input.idempotencyKey);
  checkDebtIds(problems, input.debtIds);
  const email = problems.email('email', input.email);
  const returnAddress = problems.returnAddress(input.returnUrl);
  if (problems.found.length > 0 || returnAddress === null) return asInvalid(scope, problems.found);

  const own = new Map((await ownDebts(scope)).map((debt) => [debtId(debt), debt]));
  const debts = input.debtIds.flatMap((id) => own.get(id) ?? []);
  const isTheirs = debts.length === input.debtIds.length;
  const [first] = debts;
  if (!isTheirs || first === undefined) {
    recordAccess(scope, 'Payment.start', 'refused', input.debtIds);
    return notAllowed(scope);
  }
  if (debts.some(({ creditor }) => creditor !== first.creditor)) {
    problems.add('debtIds', 'TWO_CREDITORS', {
      it: 'Gli avvisi di enti diversi si pagano separatamente.',
      en: 'Debts to different creditors are paid one creditor at a time.',
    });
    return asInvalid(scope, problems.found);
  }

  const request = toRequestKey(scope, 'START_PAYMENT', input.idempotencyKey, {
    debtIds: input.debtIds.toSorted(),
    email,
    returnUrl: returnAddress.href,
  });
  const before = await findOpened(scope, request);
  // What an unfinished session of the same key keeps is kept for this.
  const opened =
    (isFinished(before) ? before : null) ??
    (before === null ? refusal(scope, debts) : null) ??
    (await openSession(scope, {
      request,
      creditor: first.creditor,
      creditorName: await creditorName(scope, first.creditor),
      items: debts.map(toNewItem),
      email,
      returnAddress,
      event: { action: 'Payment.start', subjectIds: input.debtIds },
    }));
  return 'code' in opened ? opened : answer(scope, debts, opened);
}

export function toNewItem(debt: KnownDebt): NewItem {
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

function refusal(scope: Scope, debts: readonly KnownDebt[]): NotPayable | null {
  const code = debts.map(whyNotPayable).find((why) => why !== null);
  if (code === undefined) return null;
  const refused = debts.filter((debt) => whyNotPayable(debt) === code);
  const until = refused.flatMap(({ lockedUntil }) => lockedUntil ?? []).toSorted();
  return asNotPayable(scope, code, refused.map(debtId), until.at(-1) ?? null);
}

async function answer(
  scope: Scope,
  debts: readonly KnownDebt[],
  opened: OpenedSession,
): Promise<StartPaymentResult> {
  const idsOf = (iuvs: readonly string[]) => debts.filter(({ iuv }) => iuvs.includes(iuv)).map(debtId);
  switch (opened.outcome) {
    case 'open': {
      ownDebts.forget(scope);
      const { session, isNew } = opened;
      const shown = isNew ? debts.map((debt) => inProgress(debt, session.expiresAt)) : debts;
      return Object.assign(new PaymentStarted(), {
        session: await showSession(scope, session),
        debts: shown.map(toDebt),
      });
    }
    case 'keyReused':
      return idempotencyKeyReused(scope);
    case 'locked':
      return asNotPayable(scope, 'PAYMENT_IN_PROGRESS', idsOf(opened.iuvs), opened.until);
    case 'paid':
      return asNotPayable(scope, 'DEBT_PAID', idsOf(opened.iuvs));
    case 'notPayable':
      return asNotPayable(scope, 'REFUSED_BY_PAGOPA', debts.map(debtId));
    case 'unavailable':
      return asUnavailable(scope);
  }
}

function inProgress(debt: KnownDebt, lockedUntil: KnownDebt['lockedUntil']): KnownDebt {
  return { ...debt, status: 'PAYMENT_IN_PROGRESS', lockedUntil };
}
