import { Field, ID, Int, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import { type Instant, toInstant } from '../../../core/values/index.ts';
import type { CursorFormat } from '../../shared/connection.ts';
import { Connection } from '../../shared/connection.ts';
import { DateTimeScalar } from '../../shared/scalars.ts';
import { type WebhookEventType, wireTypeOf } from './event-types.type.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'One event for one endpoint, with all attempts to deliver it.',
})
export class WebhookDelivery {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => ID, {
    description: 'The `webhook-id` of each attempt, the same for a repetition and a replay. Shape: `evt_…`.',
  })
  eventId!: string;

  @Field(() => String, { description: 'The `type` of the payload. Shape: `debt.settled`.' })
  eventType!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the event, or of its replay.' })
  createdAt!: Instant;

  @Field(() => Int, { description: 'Attempts so far.' })
  attempts!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time of the answer with 2xx. Null before.' })
  deliveredAt!: Instant | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'HTTP status of the last attempt. Null before the first, and if the endpoint could not be reached.',
  })
  lastStatus!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'The earliest time of the next attempt. Null after the delivery, or once it is given up after five days.',
  })
  nextAttemptAt!: Instant | null;
}

@ObjectType({ simpleResolvers: true, description: 'A delivery in its list.' })
export class WebhookDeliveryEdge {
  @Field(() => String, { description: 'Place in the list.' })
  cursor!: string;

  @Field(() => WebhookDelivery, { description: 'The delivery.' })
  node!: WebhookDelivery;
}

@ObjectType({
  implements: Connection,
  simpleResolvers: true,
  description: 'A page of deliveries, newest first.',
})
export class WebhookDeliveryConnection extends Connection {
  @Field(() => [WebhookDeliveryEdge], { description: 'The deliveries of this page.' })
  edges!: readonly WebhookDeliveryEdge[];
}

export interface DeliveryRow {
  readonly id: string;
  readonly event_id: string;
  readonly type: WebhookEventType;
  readonly created_at: Date;
  readonly attempts: number;
  readonly delivered_at: Date | null;
  readonly last_status: number | null;
  readonly next_attempt_at: Date | null;
}

export const deliveryCursor: CursorFormat<string> = {
  name: 'WebhookDeliveries',
  toParts: (id) => [id],
  toKey: ([id = '', ...more]) => (more.length === 0 && /^\d{1,18}$/.test(id) ? id : null),
};

export function toDelivery(row: DeliveryRow): WebhookDelivery {
  const instant = (moment: Date | null) => (moment === null ? null : toInstant(moment));
  return Object.assign(new WebhookDelivery(), {
    id: createId('WebhookDelivery', row.id),
    eventId: row.event_id,
    eventType: wireTypeOf(row.type),
    createdAt: toInstant(row.created_at),
    attempts: row.attempts,
    deliveredAt: instant(row.delivered_at),
    lastStatus: row.last_status,
    nextAttemptAt: instant(row.next_attempt_at),
  });
}
