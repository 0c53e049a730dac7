import { Field, ID, ObjectType } from 'type-graphql';
import { type Instant, instantToRomeLocal, toInstant } from '../../../core/values/index.ts';
import { Problem, type Sentence } from '../../shared/problem.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { DateTimeScalar } from '../../shared/scalars.ts';
import { FieldProblem } from '../../shared/shared-types.ts';
import { PaymentNotice } from '../notice/notice.type.ts';
import { PaymentSession } from './session.type.ts';

/** Reasons why a debt or a notice cannot be paid now. */
export const notPayable = {
  DEBT_PAID: {
    it: 'È già stato pagato: non occorre fare altro.',
    en: 'It has already been paid: there is nothing left to do.',
  },
  PAYMENT_IN_PROGRESS: {
    it: 'Un pagamento è già in corso. Se non va a buon fine, si potrà riprovare più tardi.',
    en: 'A payment is already in progress. If it fails, you can try again later.',
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
    it: 'Al momento non risulta se questo avviso si può pagare: rivolgersi all’ufficio.',
    en: 'Our records do not say whether this notice can be paid: ask the office.',
  },
  REFUSED_BY_PAGOPA: {
    it: 'pagoPA al momento non accetta il pagamento: forse qualcuno lo sta già pagando altrove. Riprovare tra mezz’ora.',
    en: 'pagoPA does not accept the payment at the moment: somebody may be paying it elsewhere. Try again in half an hour.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
export type NotPayableCode = keyof typeof notPayable;

const unknownNotice: Sentence = {
  it: 'Nessun avviso con questo numero per questo ente: controllare le cifre.',
  en: 'There is no notice with this number of this creditor: check the digits.',
};
const unavailable: Sentence = {
  it: 'pagoPA in questo momento non risponde. Non è stato pagato nulla: riprovare tra qualche minuto.',
  en: 'pagoPA does not answer at the moment. Nothing was paid: try again in a few minutes.',
};
const invalid: Sentence = {
  it: 'Alcuni dati non sono corretti: controllare i campi indicati.',
  en: 'Some details are not correct: check the fields listed.',
};

const codes = Object.keys(notPayable).join(', ');

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: `Debts that cannot be paid now. Codes: ${codes}.`,
})
export class NotPayable extends Problem {
  @Field(() => [ID], { description: 'The debts concerned.' })
  debtIds!: readonly string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'With PAYMENT_IN_PROGRESS: the latest moment at which a new attempt becomes possible.',
  })
  lockedUntil!: Instant | null;

  @Field(() => PaymentSession, {
    nullable: true,
    description:
      "With PAYMENT_IN_PROGRESS: the caller's own session that pagoPA is collecting for, to resume. Null if another payer started it.",
  })
  session!: PaymentSession | null;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: `A notice that cannot be paid now. Codes: NOTICE_UNKNOWN, ${codes}.`,
})
export class NoticeNotPayable extends Problem {
  @Field(() => PaymentNotice, { nullable: true, description: 'The notice; null if it does not exist.' })
  notice!: PaymentNotice | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'With PAYMENT_IN_PROGRESS: the latest moment at which a new attempt becomes possible.',
  })
  lockedUntil!: Instant | null;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'The request is not valid; nothing happened. Code: PAYMENT_REQUEST_INVALID. Codes of its fields: REQUIRED, TOO_LONG, LINE_BREAK, NOT_TEXT, NO_DEBTS, TOO_MANY_DEBTS, DUPLICATE_DEBTS, TWO_CREDITORS, EMAIL_INVALID, RETURN_URL_NOT_ALLOWED, NUMERO_AVVISO_INVALID, CREDITOR_INVALID, KIND_UNKNOWN, NOT_IN_FORM, PRIVACY_NOT_ACCEPTED, CODICE_INVALID, SCHOOL_NOT_OFFERED, AMOUNT_TOO_SMALL, AMOUNT_TOO_LARGE, DUPLICATE_INSTALMENTS, INSTALMENT_HAS_NOTICE, INSTALMENT_PAID, INSTALMENT_DEBIT_PENDING, INSTALMENT_OF_OTHER_KIND, INSTALMENTS_DIFFER_FROM_AMOUNT, SIGN_IN_REQUIRED.',
})
export class PaymentRequestInvalid extends Problem {
  @Field(() => [FieldProblem], { description: 'Every problem; `path` is the name of the input field.' })
  problems!: readonly FieldProblem[];
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'pagoPA did not answer. Nothing was paid; repeating with the same key is safe. Code: PAGOPA_UNAVAILABLE.',
})
export class PaymentUnavailable extends Problem {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When to try again. Null if waiting does not help.',
  })
  retryAt!: Instant | null;
}

export function asNotPayable(
  { language }: RequestContext,
  code: NotPayableCode,
  debtIds: readonly string[],
  lockedUntil: Instant | null = null,
  session: PaymentSession | null = null,
): NotPayable {
  const message = sentenceOf(code, lockedUntil)[language];
  return Object.assign(new NotPayable(), { code, message, debtIds, lockedUntil, session });
}

export function asNoticeNotPayable(
  { language }: RequestContext,
  code: NotPayableCode,
  notice: PaymentNotice,
  lockedUntil: Instant | null = null,
): NoticeNotPayable {
  const message = sentenceOf(code, lockedUntil)[language];
  return Object.assign(new NoticeNotPayable(), { code, message, notice, lockedUntil });
}

function sentenceOf(code: NotPayableCode, lockedUntil: Instant | null): Sentence {
  if (code !== 'PAYMENT_IN_PROGRESS' || lockedUntil === null) return notPayable[code];
  const time = romeTime(lockedUntil);
  return {
    it: `Un pagamento è già in corso. Se non va a buon fine, si potrà riprovare dalle ${time}.`,
    en: `A payment is already in progress. If it fails, you can try again from ${time}.`,
  };
}

/** The next full minute, Rome time. Shape: `10:31`. */
export function romeTime(instant: Instant): string {
  const minuteMs = 60_000;
  const minute = new Date(Math.ceil(Date.parse(instant) / minuteMs) * minuteMs);
  return instantToRomeLocal(toInstant(minute)).slice(11, 16);
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
