import { codiceFiscaleOf, numeroAvvisoOf } from '../../../core/values/index.ts';
import { idempotencyKeyReused } from '../../shared/problem.ts';
import { recordAccess } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { findByNotice, type NoticeKey } from '../debt/debt-view.loader.ts';
import type { DebtView } from '../debt/debt-view.ts';
import { type PaymentNotice, toNotice } from '../notice/notice.type.ts';
import { toRequestKey } from '../records/request-key.ts';
import { findOpened, type OpenedSession, openSession } from './open-session.action.ts';
import { whyNotPayable } from './payable.rules.ts';
import { asInvalid, asNoticeNotPayable, asNoticeUnknown, asUnavailable } from './payment-problems.ts';
import { checkKey, createRequestProblems, type RequestProblems } from './request-problems.ts';
import { showSession } from './session.loader.ts';
import { isFinished, lastOf, toNewItem } from './start-payment.action.ts';
import type { PayNoticeInput } from './start-payment.input.ts';
import { NoticePaymentStarted, type PayNoticeResult } from './start-payment.result.ts';

/**
 * Starts the payment of a notice for anyone holding its number. Contains no personal data; an unknown notice and
 * one of another creditor get the same refusal.
 */
export async function payNotice(context: RequestContext, input: PayNoticeInput): Promise<PayNoticeResult> {
  const problems = createRequestProblems(context);
  checkKey(problems, input.idempotencyKey);
  const notice = readNotice(problems, input);
  const email = problems.email('email', input.email);
  const returnAddress = problems.returnAddress(input.returnUrl);
  if (problems.found.length > 0 || notice === null || returnAddress === null)
    return asInvalid(context, problems.found);

  const request = toRequestKey(context, 'PAY_NOTICE', input.idempotencyKey, {
    ...notice,
    email,
    returnUrl: returnAddress.href,
  });
  const [before, debt] = await Promise.all([findOpened(context, request), findByNotice(context, notice)]);
  if (debt === null) {
    recordAccess(context, 'Notice.pay', 'refused', []);
    return asNoticeUnknown(context);
  }
  const shown = await toNotice(context, debt);
  const why = whyNotPayable(debt);
  if (before === null && why !== null) return asNoticeNotPayable(context, why, shown, debt.lockedUntil);
  const { creditor } = debt;
  const opened =
    (isFinished(before) ? before : null) ??
    (await openSession(context, {
      request,
      creditor,
      creditorName: shown.creditorName,
      items: [toNewItem(debt)],
      email,
      returnAddress,
      event: { action: 'Notice.pay', subjectIds: [] },
    }));
  return answer(context, debt, shown, opened);
}

function readNotice(
  problems: RequestProblems,
  { numeroAvviso, creditor }: Pick<PayNoticeInput, 'numeroAvviso' | 'creditor'>,
): NoticeKey | null {
  const [number, code] = [numeroAvvisoOf(numeroAvviso), codiceFiscaleOf(creditor)];
  if (number === null) {
    problems.add('numeroAvviso', 'NUMERO_AVVISO_INVALID', {
      it: 'Il codice avviso ha 18 cifre, e quelle digitate non sono corrette: controllarle.',
      en: 'A notice number has 18 digits: check those that were typed, they do not add up.',
    });
  }
  if (code === null) {
    problems.add('creditor', 'CREDITOR_INVALID', {
      it: 'Il codice fiscale dell’ente ha 11 cifre: controllare quelle digitate.',
      en: 'The codice fiscale of the creditor has 11 digits: check those that were typed.',
    });
  }
  return number === null || code === null ? null : { numeroAvviso: number, creditor: code };
}

async function answer(
  context: RequestContext,
  debt: DebtView,
  notice: PaymentNotice,
  opened: OpenedSession,
): Promise<PayNoticeResult> {
  switch (opened.outcome) {
    case 'open':
      return Object.assign(new NoticePaymentStarted(), {
        session: await showSession(context, opened.session),
      });
    case 'keyReused':
      return idempotencyKeyReused(context);
    case 'locked':
      return asNoticeNotPayable(context, 'PAYMENT_IN_PROGRESS', notice, lastOf(opened.locks));
    case 'paid':
      return asNoticeNotPayable(context, 'DEBT_PAID', { ...notice, status: 'PAID' });
    case 'notPayable':
      return asNoticeNotPayable(context, 'REFUSED_BY_PAGOPA', notice, debt.lockedUntil);
    case 'unavailable':
      return asUnavailable(context);
  }
}
