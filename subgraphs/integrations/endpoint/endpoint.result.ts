import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { IdempotencyKeyReused, NotAllowed, Problem } from '../../shared/problem.ts';
import { FieldProblem } from '../../shared/shared-types.ts';
import { WebhookEndpoint } from './endpoint.type.ts';

const secretDescription =
  'Verifies signatures; shown only once. Shape: `whsec_` and base64, as the Standard Webhooks libraries take it.';

@ObjectType({ simpleResolvers: true, description: 'The endpoint receives events from now on.' })
export class WebhookEndpointCreated {
  @Field(() => WebhookEndpoint, { description: 'The new endpoint.' })
  endpoint!: WebhookEndpoint;

  @Field(() => String, { description: secretDescription })
  secret!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The endpoint was changed.' })
export class WebhookEndpointUpdated {
  @Field(() => WebhookEndpoint, { description: 'The endpoint as it is now.' })
  endpoint!: WebhookEndpoint;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Deliveries are signed with the new secret, and for one day with the earlier one too.',
})
export class WebhookSecretRotated {
  @Field(() => WebhookEndpoint, { description: 'The endpoint.' })
  endpoint!: WebhookEndpoint;

  @Field(() => String, { description: secretDescription })
  secret!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The endpoint and its deliveries are gone.' })
export class WebhookEndpointDeleted {
  @Field(() => ID, { description: 'The id that it had.' })
  endpointId!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A `ping` was sent.' })
export class TestWebhookSent {
  @Field(() => Int, {
    nullable: true,
    description:
      "The HTTP status of the endpoint's response. Null if it could not be reached within 5 seconds.",
  })
  status!: number | null;

  @Field(() => Int, { description: 'Time until the response.' })
  milliseconds!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The events are delivered again, each with the id that it had.',
})
export class WebhooksReplayed {
  @Field(() => Int, {
    description: 'Number of events; those that still wait for their delivery are not counted.',
  })
  count!: number;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'Nothing was changed. Code: WEBHOOK_ENDPOINT_INVALID. Problem codes: URL_INVALID, HTTPS_REQUIRED, URL_NOT_PUBLIC, URL_UNKNOWN_HOST, EVENT_TYPES_EMPTY, SCOPE_MISSING, KEY_INVALID, TOO_MANY_ENDPOINTS, IN_FUTURE, TOO_OLD, BEFORE_SINCE, ENDPOINT_DISABLED.',
})
export class WebhookEndpointInvalid extends Problem {
  @Field(() => [FieldProblem], { description: 'All problems.' })
  problems!: readonly FieldProblem[];
}

export const CreateWebhookEndpointResult = createUnionType({
  name: 'CreateWebhookEndpointResult',
  description: 'Result of creating an endpoint.',
  types: () => [WebhookEndpointCreated, WebhookEndpointInvalid, IdempotencyKeyReused, NotAllowed] as const,
});

export const UpdateWebhookEndpointResult = createUnionType({
  name: 'UpdateWebhookEndpointResult',
  description: 'Result of changing an endpoint.',
  types: () => [WebhookEndpointUpdated, WebhookEndpointInvalid, NotAllowed] as const,
});

export const RotateWebhookSecretResult = createUnionType({
  name: 'RotateWebhookSecretResult',
  description: 'Result of rotating a secret.',
  types: () => [WebhookSecretRotated, NotAllowed] as const,
});

export const DeleteWebhookEndpointResult = createUnionType({
  name: 'DeleteWebhookEndpointResult',
  description: 'Result of deleting an endpoint.',
  types: () => [WebhookEndpointDeleted, NotAllowed] as const,
});

export const SendTestWebhookResult = createUnionType({
  name: 'SendTestWebhookResult',
  description: 'Result of a test.',
  types: () => [TestWebhookSent, NotAllowed] as const,
});

export const ReplayWebhooksResult = createUnionType({
  name: 'ReplayWebhooksResult',
  description: 'Result of a replay.',
  types: () => [WebhooksReplayed, WebhookEndpointInvalid, NotAllowed] as const,
});
