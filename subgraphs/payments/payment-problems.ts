import { Field, ID, ObjectType } from 'type-graphql';
import { type Instant, toInstant } from '../../core/values/index.ts';
import { Problem, type Sentence } from '../shared/problem.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { DateTimeScalar } from '../shared/scalars.ts';
import { FieldProblem } from '../shared/shared-types.ts';
import { PaymentNotice } from './notice/notice.type.ts';

/** Why a debt or a notice cannot be paid now. */
export const notPayable = {
  DEBT_PAID: {
    it: 'È già stato pagato: non occorre fare altro.',
    en: 'It was paid already: nothing is left to do.',
  },
  PAYMENT_IN_PROGRESS: {
    it: 'Un pagamento è già in corso. Se non va a buon fine, si potrà riprovare all’ora indicata.',
    en: 'It is being paid. If that comes to nothing, it can be paid again at the time given.',
  },
  DEBT_EXPIRED: {
    it: 'Questo avviso è scaduto e non può più essere pagato: rivolgersi all’ufficio.',
    en: 'This notice has expired and can no longer be paid: ask the office.',
  },
  DEBT_CANCELLED: {
    it: 'L’ente ha annullato questo avviso: non va pagato.',
    en: 'The creditor withdrew this notice: it is not to be paid.',
  },
  DEBT_STATUS_UNKNOWN: {
    it: 'Non è possibile sapere se si può pagare: rivolgersi all’ufficio.',
    en: 'Whether it can be paid is not known: ask the office.',
  },
  REFUSED_BY_PAGOPA: {
    it: 'pagoPA al momento non accetta il pagamento: forse qualcuno lo sta già pagando altrove. Riprovare tra mezz’ora.',
    en: 'pagoPA takes no payment for it at the moment: somebody may be paying it elsewhere. Try again in half an hour.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
export type NotPayableCode = keyof typeof notPayable;

const unknownNotice: Sentence = {
  it: 'Nessun avviso con questo numero per questo ente: controllare le cifre.',
  en: 'There is no notice with this number of this creditor: check the digits.',
};
const unavailable: Sentence = {
  it: 'pagoPA non risponde. Nulla è stato pagato: riprovare tra poco con la stessa richiesta.',
  en: 'pagoPA does not answer. Nothing was paid: repeat the same request in a while.',
};
const invalid: Sentence = {
  it: 'La richiesta di pagamento non è valida: vedere i singoli campi.',
  en: 'The request for a payment is not valid: see the fields.',
};

const codes = Object.keys(notPayable).join(', ');

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: `Debts that cannot be paid now. Codes: ${codes}.`,
})
export class NotPayable extends Problem {
  @Field(() => [ID], { description: 'The debts of which this is true.' })
  debtIds!: readonly string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'With PAYMENT_IN_PROGRESS: when it can be tried again at the latest.',
  })
  lockedUntil!: Instant | null;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: `A notice that cannot be paid now. Codes: NOTICE_UNKNOWN, ${codes}.`,
})
export class NoticeNotPayable extends Problem {
  @Field(() => PaymentNotice, { nullable: true, description: 'The notice; null when there is none.' })
  notice!: PaymentNotice | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'With PAYMENT_IN_PROGRESS: when it can be tried again at the latest.',
  })
  lockedUntil!: Instant | null;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'What was asked for could never be paid; nothing happened. Code: PAYMENT_REQUEST_INVALID. Those of the fields: REQUIRED, TOO_LONG, NO_DEBTS, TOO_MANY_DEBTS, DUPLICATE_DEBTS, TWO_CREDITORS, EMAIL_INVALID, RETURN_URL_NOT_ALLOWED, NUMERO_AVVISO_INVALID, CREDITOR_INVALID, KIND_UNKNOWN, NOT_IN_FORM, PRIVACY_NOT_ACCEPTED, CODICE_INVALID, SCHOOL_NOT_OFFERED, AMOUNT_TOO_SMALL, AMOUNT_TOO_LARGE, DUPLICATE_INSTALMENTS, INSTALMENT_HAS_NOTICE, INSTALMENT_PAID, INSTALMENT_DEBIT_PENDING, INSTALMENT_OF_OTHER_KIND, INSTALMENTS_DIFFER_FROM_AMOUNT, SIGN_IN_REQUIRED.',
})
export class PaymentRequestInvalid extends Problem {
  @Field(() => [FieldProblem], { description: 'All of them; `path` is the name of the input field.' })
  problems!: readonly FieldProblem[];
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'pagoPA did not answer. Nothing is in doubt and nothing was paid: repeating with the same key is safe. Code: PAGOPA_UNAVAILABLE.',
})
export class PaymentUnavailable extends Problem {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When to try again. Null when waiting does not help.',
  })
  retryAt!: Instant | null;
}

export function asNotPayable(
  { language }: RequestContext,
  code: NotPayableCode,
  debtIds: readonly string[],
  lockedUntil: Instant | null = null,
): NotPayable {
  const message = notPayable[code][language];
  return Object.assign(new NotPayable(), { code, message, debtIds, lockedUntil });
}

export function asNoticeNotPayable(
  { language }: RequestContext,
  code: NotPayableCode,
  notice: PaymentNotice,
  lockedUntil: Instant | null = null,
): NoticeNotPayable {
  const message = notPayable[code][language];
  return Object.assign(new NoticeNotPayable(), { code, message, notice, lockedUntil });
}

export function asNoticeUnknown({ language }: RequestContext): NoticeNotPayable {
  const message = unknownNotice[language];
  const problem = { code: 'NOTICE_UNKNOWN', message, notice: null, lockedUntil: null };
  return Object.assign(new NoticeNotPayable(), problem);
}

export function asInvalid(
  { language }: RequestContext,
  problems: readonly FieldProblem[],
): PaymentRequestInvalid {
  const code = 'PAYMENT_REQUEST_INVALID';
  return Object.assign(new PaymentRequestInvalid(), { code, message: invalid[language], problems });
}

const retryAfterMs = 60_000;

export function asUnavailable({ language, clock }: RequestContext): PaymentUnavailable {
  const retryAt = toInstant(new Date(clock.now().getTime() + retryAfterMs));
  const problem = { code: 'PAGOPA_UNAVAILABLE', message: unavailable[language], retryAt };
  return Object.assign(new PaymentUnavailable(), problem);
}
