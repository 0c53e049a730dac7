import {
  type CodiceFiscale,
  isCodiceFiscale,
  isNumeroAvviso,
  type NumeroAvviso,
} from '../../../core/values/index.ts';
import { idempotencyKeyReused } from '../../skeleton/problem.ts';
import { recordAccess, type Scope } from '../../skeleton/scope.ts';
import { findByNotice, type NoticeKey } from '../known-debt.loader.ts';
import type { KnownDebt } from '../known-debt.ts';
import { type PaymentNotice, toNotice } from '../notice.type.ts';
import { whyNotPayable } from '../payable.rules.ts';
import { asInvalid, asNoticeNotPayable, asNoticeUnknown, asUnavailable } from '../payment-problems.ts';
import { checkKey, createRequestProblems, type RequestProblems } from '../request-problems.ts';
import { findOpened, type OpenedSession, openSession } from './open-session.action.ts';
import { toRequestKey } from './request-key.ts';
import { showSession } from './session.loader.ts';
import { isFinished, toNewItem } from './start-payment.action.ts';
import type { PayNoticeInput } from './start-payment.input.ts';
import { NoticePaymentStarted, type PayNoticeResult } from './start-payment.result.ts';

/** Starts to pay a notice for whoever holds it. Names nobody; an unknown notice and another body's are refused alike. */
export async function payNotice(scope: Scope, input: PayNoticeInput): Promise<PayNoticeResult> {
  const problems = createRequestProblems(scope);
  checkKey(problems, input.idempotencyKey);
  const notice = readNotice(problems, input);
  const email = problems.email('email', input.email);
  const returnAddress = problems.returnAddress(input.returnUrl);
  if (problems.found.length > 0 || notice === null || returnAddress === null)
    return asInvalid(scope, problems.found);

  const request = toRequestKey(scope, 'PAY_NOTICE', input.idempotencyKey, {
    ...notice,
    email,
    returnUrl: returnAddress.href,
  });
  const [before, debt] = await Promise.all([findOpened(scope, request), findByNotice(scope, notice)]);
  if (debt === null) {
    recordAccess(scope, 'Notice.pay', 'refused', []);
    return asNoticeUnknown(scope);
  }
  const shown = await toNotice(scope, debt);
  const why = whyNotPayable(debt);
  if (before === null && why !== null) return asNoticeNotPayable(scope, why, shown, debt.lockedUntil);
  const { creditor } = debt;
  const opened =
    (isFinished(before) ? before : null) ??
    (await openSession(scope, {
      request,
      creditor,
      creditorName: shown.creditorName,
      items: [toNewItem(debt)],
      email,
      returnAddress,
      event: { action: 'Notice.pay', subjectIds: [] },
    }));
  return answer(scope, debt, shown, opened);
}

function readNotice(
  problems: RequestProblems,
  { numeroAvviso, creditor }: Pick<PayNoticeInput, 'numeroAvviso' | 'creditor'>,
): NoticeKey | null {
  const number = numeroAvviso.replace(/\s/g, '');
  const code = creditor.replace(/\s/g, '').toUpperCase();
  if (!isNumeroAvviso(number)) {
    problems.add('numeroAvviso', 'NUMERO_AVVISO_INVALID', {
      it: 'Il codice avviso ha 18 cifre: controllare quelle digitate, una non torna.',
      en: 'A notice number has 18 digits: check those that were typed, they do not add up.',
    });
  }
  if (!isCodiceFiscale(code)) {
    problems.add('creditor', 'CREDITOR_INVALID', {
      it: 'Il codice fiscale dell’ente ha 11 cifre: controllare quelle digitate.',
      en: 'The codice fiscale of the creditor has 11 digits: check those that were typed.',
    });
  }
  return isNumeroAvviso(number) && isCodiceFiscale(code) ? keyOf(number, code) : null;
}

const keyOf = (numeroAvviso: NumeroAvviso, creditor: CodiceFiscale): NoticeKey => ({
  numeroAvviso,
  creditor,
});

async function answer(
  scope: Scope,
  debt: KnownDebt,
  notice: PaymentNotice,
  opened: OpenedSession,
): Promise<PayNoticeResult> {
  switch (opened.outcome) {
    case 'open':
      return Object.assign(new NoticePaymentStarted(), {
        session: await showSession(scope, opened.session),
      });
    case 'keyReused':
      return idempotencyKeyReused(scope);
    case 'locked':
      return asNoticeNotPayable(scope, 'PAYMENT_IN_PROGRESS', notice, opened.until);
    case 'paid':
      return asNoticeNotPayable(scope, 'DEBT_PAID', { ...notice, status: 'PAID' });
    case 'notPayable':
      return asNoticeNotPayable(scope, 'REFUSED_BY_PAGOPA', notice, debt.lockedUntil);
    case 'unavailable':
      return asUnavailable(scope);
  }
}
