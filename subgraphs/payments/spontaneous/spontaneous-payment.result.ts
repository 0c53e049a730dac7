import { createUnionType, Field, ObjectType } from 'type-graphql';
import type { NumeroAvviso } from '../../../core/values/index.ts';
import { Document } from '../../shared/documents/document.type.ts';
import { IdempotencyKeyReused, NotAllowed } from '../../shared/problem.ts';
import { NumeroAvvisoScalar } from '../../shared/scalars.ts';
import { PaymentRequestInvalid, PaymentUnavailable } from '../sessions/payment-problems.ts';
import { PaymentSession } from '../sessions/session.type.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'The debt was made, and the payer can be sent to pagoPA, or pay its notice later.',
})
export class SpontaneousPaymentStarted {
  @Field(() => PaymentSession, { description: 'The session; send the payer to its `checkoutUrl`.' })
  session!: PaymentSession;

  @Field(() => NumeroAvvisoScalar, { description: 'The number of the new notice.' })
  numeroAvviso!: NumeroAvviso;

  @Field(() => Document, {
    nullable: true,
    description:
      'Avviso di pagamento: the notice to print and pay at a counter instead, as a PDF made when it is fetched.',
  })
  notice!: Document | null;
}

export type SpontaneousPaymentResult =
  | SpontaneousPaymentStarted
  | PaymentRequestInvalid
  | PaymentUnavailable
  | IdempotencyKeyReused
  | NotAllowed;
export const SpontaneousPaymentResultUnion = createUnionType({
  name: 'SpontaneousPaymentResult',
  description: 'What came of `createSpontaneousPayment`.',
  types: () =>
    [
      SpontaneousPaymentStarted,
      PaymentRequestInvalid,
      PaymentUnavailable,
      IdempotencyKeyReused,
      NotAllowed,
    ] as const,
});
