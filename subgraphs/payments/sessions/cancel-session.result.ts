import { createUnionType, Field, ObjectType } from 'type-graphql';
import type { Instant } from '../../../core/values/index.ts';
import { NotAllowed, Problem, type Sentence } from '../../shared/problem.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { DateTimeScalar } from '../../shared/scalars.ts';
import { notPayable, romeTime } from './payment-problems.ts';
import { PaymentSession } from './session.type.ts';

@ObjectType({ simpleResolvers: true, description: 'The session has ended.' })
export class PaymentSessionCancelled {
  @Field(() => PaymentSession, {
    description: 'FAILED with CANCELLED_BY_PAYER, or the earlier end.',
  })
  session!: PaymentSession;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'pagoPA has begun to collect: only its outcome or its time limit ends the session. Codes: PAYMENT_IN_PROGRESS; DEBT_PAID after the payment.',
})
export class PaymentUnderWay extends Problem {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The latest moment at which pagoPA gives up. Null after the payment.',
  })
  lockedUntil!: Instant | null;
}

export type CancelPaymentSessionResult = PaymentSessionCancelled | PaymentUnderWay | NotAllowed;
export const CancelPaymentSessionResultUnion = createUnionType({
  name: 'CancelPaymentSessionResult',
  description: 'The outcome of `cancelPaymentSession`.',
  types: () => [PaymentSessionCancelled, PaymentUnderWay, NotAllowed] as const,
});

/** `until` null: the session was paid. */
export function toUnderWay({ language }: RequestContext, until: Instant | null): PaymentUnderWay {
  const code = until === null ? 'DEBT_PAID' : 'PAYMENT_IN_PROGRESS';
  const sentence = until === null ? notPayable.DEBT_PAID : underWay(romeTime(until));
  return Object.assign(new PaymentUnderWay(), { code, message: sentence[language], lockedUntil: until });
}

const underWay = (time: string): Sentence => ({
  it: `Il pagamento è già in corso e non si può più annullare. Se non va a buon fine, si potrà riprovare dalle ${time}.`,
  en: `The payment is in progress and can no longer be cancelled. If it fails, you can try again from ${time}.`,
});
