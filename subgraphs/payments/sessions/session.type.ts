import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { EuroCents, Instant } from '../../../core/values/index.ts';
import { describeEnum } from '../../shared/describe-enum.ts';
import { DateTimeScalar, EuroCentsScalar, UrlScalar } from '../../shared/scalars.ts';
import { PaymentItem } from '../notice/notice.type.ts';
import type { Session, SessionFailure, SessionState } from '../records/session.store.ts';

export const PaymentSessionStatusEnum = describeEnum<SessionState>(
  'PaymentSessionStatus',
  'Status of a payment attempt. A return to the return address proves nothing: only a receipt leads to SETTLED. A late receipt turns FAILED and EXPIRED into SETTLED; SETTLED is final.',
  {
    STARTED: 'The payer can pay. It locks nothing: others may pay the same debts first.',
    SETTLED: 'All its items are paid.',
    FAILED: 'The attempt failed: see `failure`.',
    EXPIRED: 'It was not paid in time.',
  },
);

export const PaymentFailureEnum = describeEnum<SessionFailure>(
  'PaymentFailure',
  'Why an attempt to pay failed.',
  {
    CANCELLED_BY_PAYER: 'The payer cancelled it.',
    REFUSED: 'The payment was refused.',
    AMOUNT_CHANGED: 'The amount of the debt has changed.',
    OTHER: 'pagoPA did not accept it.',
  },
);

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'One attempt to pay one cart. Names no debtor. Its id cannot be guessed, and anyone who has it may read the session.',
})
export class PaymentSession {
  @Field(() => ID, {
    description: 'Passed back as `session` on the return address. Anyone holding it may read the session.',
  })
  id!: string;

  @Field(() => PaymentSessionStatusEnum, { description: 'Status.' })
  status!: SessionState;

  @Field(() => UrlScalar, {
    nullable: true,
    description: "The address for the payer's browser. Null after the session has ended.",
  })
  checkoutUrl!: string | null;

  @Field(() => EuroCentsScalar, { description: 'Sum of the items, without fees. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => [PaymentItem], {
    description: 'The notices of the cart, each with its own status.',
  })
  items!: readonly PaymentItem[];

  @Field(() => DateTimeScalar, { description: 'Start of the session.' })
  createdAt!: Instant;

  @Field(() => DateTimeScalar, {
    description: 'The latest end. Later if pagoPA begins to collect shortly before.',
  })
  expiresAt!: Instant;

  @Field(() => DateTimeScalar, { nullable: true, description: 'End of the session. Null while it is open.' })
  endedAt!: Instant | null;

  @Field(() => PaymentFailureEnum, {
    nullable: true,
    description: 'Reason of the failure. Null unless FAILED.',
  })
  failure!: SessionFailure | null;
}

export function toPaymentSession(session: Session, items: readonly PaymentItem[]): PaymentSession {
  const { id, state, checkoutUrl, amount, createdAt, expiresAt, endedAt, failure } = session;
  return {
    id,
    status: state,
    checkoutUrl: state === 'STARTED' ? checkoutUrl : null,
    amount,
    items,
    createdAt,
    expiresAt,
    endedAt,
    failure,
  };
}
