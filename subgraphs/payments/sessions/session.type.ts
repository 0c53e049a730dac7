import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { EuroCents, Instant } from '../../../core/values/index.ts';
import { DateTimeScalar, EuroCentsScalar, UrlScalar } from '../../shared/scalars.ts';
import { PaymentItem } from '../notice/notice.type.ts';
import type { Session, SessionFailure, SessionState } from './session.store.ts';

export const PaymentSessionStatusEnum = {
  STARTED: 'STARTED',
  SETTLED: 'SETTLED',
  FAILED: 'FAILED',
  EXPIRED: 'EXPIRED',
} as const satisfies Record<SessionState, SessionState>;

registerEnumType(PaymentSessionStatusEnum, {
  name: 'PaymentSessionStatus',
  description:
    'Where an attempt to pay stands. Coming back on the return address proves nothing: only a receipt makes SETTLED. A receipt that comes late makes FAILED and EXPIRED into SETTLED; nothing leads away from SETTLED.',
  valuesConfig: {
    STARTED: { description: 'The payer can pay. It locks nothing: others may pay the same debts first.' },
    SETTLED: { description: 'Everything in it was paid.' },
    FAILED: { description: 'The attempt failed: see `failure`.' },
    EXPIRED: { description: 'Nobody paid in time.' },
  },
});

export const PaymentFailureEnum = {
  CANCELLED_BY_PAYER: 'CANCELLED_BY_PAYER',
  REFUSED: 'REFUSED',
  AMOUNT_CHANGED: 'AMOUNT_CHANGED',
  OTHER: 'OTHER',
} as const satisfies Record<SessionFailure, SessionFailure>;

registerEnumType(PaymentFailureEnum, {
  name: 'PaymentFailure',
  description: 'Why an attempt to pay failed.',
  valuesConfig: {
    CANCELLED_BY_PAYER: { description: 'The payer cancelled it.' },
    REFUSED: { description: 'The payment was refused.' },
    AMOUNT_CHANGED: { description: 'The debt is another amount by now.' },
    OTHER: { description: 'pagoPA did not take it.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'One attempt to pay one cart. Names no debtor: its id, which nobody can guess, is all that is needed to see it.',
})
export class PaymentSession {
  @Field(() => ID, { description: 'Comes back as `session` on the return address. Whoever has it may look.' })
  id!: string;

  @Field(() => PaymentSessionStatusEnum, { description: 'Where it stands.' })
  status!: SessionState;

  @Field(() => UrlScalar, {
    nullable: true,
    description: "Where to send the payer's browser. Null once the session has ended.",
  })
  checkoutUrl!: string | null;

  @Field(() => EuroCentsScalar, { description: 'The sum of its items, without fees. Unit: euro cents.' })
  amount!: EuroCents;

  @Field(() => [PaymentItem], {
    description: 'The notices in it. Each says whether it was paid, or until when pagoPA collects it.',
  })
  items!: readonly PaymentItem[];

  @Field(() => DateTimeScalar, { description: 'When it was started.' })
  createdAt!: Instant;

  @Field(() => DateTimeScalar, {
    description: 'When it ends at the latest. Later if pagoPA begins to collect shortly before.',
  })
  expiresAt!: Instant;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended. Null while it has not.' })
  endedAt!: Instant | null;

  @Field(() => PaymentFailureEnum, { nullable: true, description: 'Why it failed. Null unless FAILED.' })
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
