import { createUnionType, Field, ObjectType } from 'type-graphql';
import { IdempotencyKeyReused, NotAllowed } from '../../shared/problem.ts';
import { Debt } from '../debt/debt.type.ts';
import {
  NoticeNotPayable,
  NotPayable,
  PaymentRequestInvalid,
  PaymentUnavailable,
} from './payment-problems.ts';
import { PaymentSession } from './session.type.ts';

@ObjectType({ simpleResolvers: true, description: 'The payment is ready at pagoPA.' })
export class PaymentStarted {
  @Field(() => PaymentSession, { description: 'The session; send the payer to its `checkoutUrl`.' })
  session!: PaymentSession;

  @Field(() => [Debt], { description: 'The debts in it, with their current status.' })
  debts!: readonly Debt[];
}

@ObjectType({ simpleResolvers: true, description: 'The payment of the notice is ready at pagoPA.' })
export class NoticePaymentStarted {
  @Field(() => PaymentSession, { description: 'The session; send the payer to its `checkoutUrl`.' })
  session!: PaymentSession;
}

export type StartPaymentResult =
  | PaymentStarted
  | NotPayable
  | PaymentRequestInvalid
  | PaymentUnavailable
  | IdempotencyKeyReused
  | NotAllowed;
export const StartPaymentResultUnion = createUnionType({
  name: 'StartPaymentResult',
  description: 'The outcome of `startPayment`.',
  types: () =>
    [
      PaymentStarted,
      NotPayable,
      PaymentRequestInvalid,
      PaymentUnavailable,
      IdempotencyKeyReused,
      NotAllowed,
    ] as const,
});

export type PayNoticeResult =
  | NoticePaymentStarted
  | NoticeNotPayable
  | PaymentRequestInvalid
  | PaymentUnavailable
  | IdempotencyKeyReused;
export const PayNoticeResultUnion = createUnionType({
  name: 'PayNoticeResult',
  description: 'The outcome of `payNotice`.',
  types: () =>
    [
      NoticePaymentStarted,
      NoticeNotPayable,
      PaymentRequestInvalid,
      PaymentUnavailable,
      IdempotencyKeyReused,
    ] as const,
});
