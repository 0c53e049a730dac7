import { Field, ID, InputType } from 'type-graphql';
import { describeKey } from '../../shared/idempotency-key.ts';
import { DateTimeScalar } from '../../shared/scalars.ts';
import { type WebhookEventType, WebhookEventTypeEnum } from '../delivery/event-types.type.ts';

@InputType({ description: 'A new endpoint.' })
export class CreateWebhookEndpointInput {
  @Field(() => String, {
    description: 'Address of the receiver: https, without user and password, at most 2,000 characters.',
  })
  url!: string;

  @Field(() => [WebhookEventTypeEnum], { description: 'The events to receive, at least one.' })
  eventTypes!: readonly WebhookEventType[];

  @Field(() => String, {
    description: describeKey('endpoint', 'a repeated call answers the same'),
  })
  idempotencyKey!: string;
}

@InputType({ description: 'Changes of an endpoint; what is left out stays.' })
export class UpdateWebhookEndpointInput {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string;

  @Field(() => String, { nullable: true, description: 'Another address.' })
  url?: string | null;

  @Field(() => [WebhookEventTypeEnum], { nullable: true, description: 'All events to receive.' })
  eventTypes?: readonly WebhookEventType[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Switches it off, or on again: what waits is then delivered; replayWebhooks sends what it missed.',
  })
  isEnabled?: boolean | null;
}

@InputType({ description: 'An endpoint of the caller.' })
export class WebhookEndpointRefInput {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string;
}

@InputType({ description: 'The events to deliver again.' })
export class ReplayWebhooksInput {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the first event, at most 30 days ago.' })
  since!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time of the last event; null for now.' })
  until?: string | null;
}
