import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { createId, parseUuidId } from '../../../core/ids.ts';
import { type Instant, toInstant } from '../../../core/values/index.ts';
import { DateTimeScalar, UrlScalar } from '../../shared/scalars.ts';
import { type WebhookEventType, WebhookEventTypeEnum } from '../delivery/event-types.type.ts';
import type { Endpoint } from './endpoint.store.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    "An integrator's endpoint that receives events, signed as the Standard Webhooks specification says.",
})
export class WebhookEndpoint {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => UrlScalar, { description: 'Address that receives the events.' })
  url!: string;

  @Field(() => [WebhookEventTypeEnum], { description: 'The events it receives.' })
  eventTypes!: readonly WebhookEventType[];

  @Field(() => Boolean, { description: 'Whether it receives events.' })
  isEnabled!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was switched off: OWNER, by its owner; GONE, it answered 410; FAILING, each attempt of five days failed. Null while enabled.',
  })
  disabledReason!: string | null;

  @Field(() => DateTimeScalar, { description: 'Time of creation.' })
  createdAt!: Instant;
}

export function toEndpoint({ id, url, eventTypes, disabledReason, createdAt }: Endpoint): WebhookEndpoint {
  return Object.assign(new WebhookEndpoint(), {
    id: endpointId(id),
    url,
    eventTypes,
    isEnabled: disabledReason === null,
    disabledReason,
    createdAt: toInstant(createdAt),
  });
}

export function endpointId(uuid: string): string {
  return createId('WebhookEndpoint', uuid);
}

/** The key of our table; null for an id of another type. */
export function endpointUuid(id: string): string | null {
  return parseUuidId('WebhookEndpoint', id);
}
