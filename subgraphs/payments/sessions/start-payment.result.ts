import { createUnionType, Field, ObjectType } from 'type-graphql';
import { IdempotencyKeyReused, NotAllowed } from '../../shared/problem.ts';
import { Debt } from '../debt/debt.type.ts';
import {
  NoticeNotPayable,
  NotPayable,
  PaymentRequestInvalid,
  PaymentUnavailable,
} from '../payment-problems.ts';
import { PaymentSession } from './session.type.ts';

@ObjectType({ simpleResolvers: true, description: 'The payer can be sent to pagoPA.' })
export class PaymentStarted {
  @Field(() => PaymentSession, { description: 'The attempt; its `checkoutUrl` is where to go.' })
  session!: PaymentSession;

  @Field(() => [Debt], { description: 'What is paid with it, as it stands now.' })
  debts!: readonly Debt[];
}

@ObjectType({ simpleResolvers: true, description: 'Whoever holds the notice can be sent to pagoPA.' })
export class NoticePaymentStarted {
  @Field(() => PaymentSession, { description: 'The attempt; its `checkoutUrl` is where to go.' })
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
  description: 'What came of `startPayment`.',
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
  description: 'What came of `payNotice`.',
  types: () =>
    [
      NoticePaymentStarted,
      NoticeNotPayable,
      PaymentRequestInvalid,
      PaymentUnavailable,
      IdempotencyKeyReused,
    ] as const,
});
