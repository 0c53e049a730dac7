import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PageArgs, toConnection, toPageRequest } from '../../shared/connection.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { deliveryPages } from '../delivery/delivery.loader.ts';
import { deliveryCursor, toDelivery, WebhookDeliveryConnection } from '../delivery/delivery.type.ts';
import { machineOf } from './caller-machine.ts';
import { changeEndpoint, ownEndpoint, removeEndpoint, rotateSecret } from './change-endpoint.action.ts';
import { createEndpoint } from './create-endpoint.action.ts';
import {
  CreateWebhookEndpointInput,
  ReplayWebhooksInput,
  UpdateWebhookEndpointInput,
  WebhookEndpointRefInput,
} from './endpoint.input.ts';
import {
  CreateWebhookEndpointResult,
  DeleteWebhookEndpointResult,
  ReplayWebhooksResult,
  RotateWebhookSecretResult,
  SendTestWebhookResult,
  UpdateWebhookEndpointResult,
} from './endpoint.result.ts';
import { endpointsOf } from './endpoint.store.ts';
import { endpointUuid, toEndpoint, WebhookEndpoint } from './endpoint.type.ts';
import { replay, sendTest } from './try-endpoint.action.ts';

const ref = { description: 'The endpoint.' };

/** Endpoints of the calling program. */
@Resolver(() => WebhookEndpoint)
export class EndpointResolver {
  @Query(() => [WebhookEndpoint], {
    nullable: true,
    description:
      'For machines with the scope webhooks:manage: their own endpoints, oldest first. Errors: FORBIDDEN, UNAUTHENTICATED without it.',
  })
  async webhookEndpoints(@Ctx() context: RequestContext): Promise<readonly WebhookEndpoint[] | null> {
    const machine = machineOf(context);
    return machine === null ? null : (await endpointsOf(context.database, machine.clientId)).map(toEndpoint);
  }

  @FieldResolver(() => WebhookDeliveryConnection, {
    nullable: true,
    description: 'What was sent to it and what waits, newest first; the last 30 days.',
  })
  async deliveries(
    @Root() { id }: WebhookEndpoint,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: RequestContext,
  ) {
    const request = toPageRequest(args, deliveryCursor);
    const page = await deliveryPages(context).load({ ...request, endpointId: endpointUuid(id) ?? '' });
    return toConnection(page, deliveryCursor, (row) => row.id, toDelivery);
  }

  @Mutation(() => CreateWebhookEndpointResult, { nullable: true, description: 'Adds a receiver of events.' })
  createWebhookEndpoint(
    @Arg('input', () => CreateWebhookEndpointInput, { description: 'The endpoint.' })
    input: CreateWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof CreateWebhookEndpointResult> {
    return createEndpoint(context, input);
  }

  @Mutation(() => UpdateWebhookEndpointResult, {
    nullable: true,
    description: 'Changes an endpoint, or switches it off or on.',
  })
  updateWebhookEndpoint(
    @Arg('input', () => UpdateWebhookEndpointInput, { description: 'The changes.' })
    input: UpdateWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof UpdateWebhookEndpointResult> {
    return changeEndpoint(context, input);
  }

  @Mutation(() => RotateWebhookSecretResult, {
    nullable: true,
    description:
      'Makes a new secret. For one day each delivery carries both signatures, so that receivers can switch without loss.',
  })
  rotateWebhookSecret(
    @Arg('input', () => WebhookEndpointRefInput, ref) { endpointId }: WebhookEndpointRefInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RotateWebhookSecretResult> {
    return rotateSecret(context, endpointId);
  }

  @Mutation(() => DeleteWebhookEndpointResult, {
    nullable: true,
    description: 'Removes an endpoint and its deliveries.',
  })
  deleteWebhookEndpoint(
    @Arg('input', () => WebhookEndpointRefInput, ref) { endpointId }: WebhookEndpointRefInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof DeleteWebhookEndpointResult> {
    return removeEndpoint(context, endpointId);
  }

  @Mutation(() => SendTestWebhookResult, {
    nullable: true,
    description: 'Sends `ping` now, also to one that is switched off.',
  })
  sendTestWebhook(
    @Arg('input', () => WebhookEndpointRefInput, ref) { endpointId }: WebhookEndpointRefInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SendTestWebhookResult> {
    return sendTest(context, endpointId);
  }

  @Mutation(() => ReplayWebhooksResult, {
    nullable: true,
    description: 'Redelivers the events of a period, at most 30 days back, each with the id that it had.',
  })
  replayWebhooks(
    @Arg('input', () => ReplayWebhooksInput, { description: 'Endpoint and period.' })
    input: ReplayWebhooksInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ReplayWebhooksResult> {
    return replay(context, input);
  }
}

/** An endpoint that another subgraph points to. */
export async function findOwnEndpoint(context: RequestContext, id: string): Promise<WebhookEndpoint | null> {
  const endpoint = await ownEndpoint(context, id);
  return endpoint === null ? null : toEndpoint(endpoint);
}
