import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../../shared/request-context.ts';
import { createWebhookSender } from '../delivery/send-webhook.ts';
import { machineOf } from './caller-machine.ts';
import { ownEndpoint, refuse, writing } from './change-endpoint.action.ts';
import type { ReplayWebhooksInput } from './endpoint.input.ts';
import {
  type ReplayWebhooksResult,
  type SendTestWebhookResult,
  TestWebhookSent,
  WebhooksReplayed,
} from './endpoint.result.ts';
import { replayEvents, secretsOf } from './endpoint.store.ts';
import { type EndpointProblem, endpointInvalid } from './endpoint-problems.ts';

/** Below the time that a whole request may take. */
const testTimeoutMs = 4_000;

/** Sends `ping` once and waits for the answer; it is not among the deliveries. */
export async function sendTest(context: RequestContext, id: string): Promise<typeof SendTestWebhookResult> {
  const endpoint = await ownEndpoint(context, id);
  if (endpoint === null) return refuse(context, 'Webhook.test');
  const secrets = await secretsOf(context.database, context.fileKeys, endpoint.id);
  const sender = createWebhookSender(context.webhooks, { timeoutMs: testTimeoutMs });
  const message = {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    type: 'ping',
    occurredAt: new Date(),
    data: { endpointId: id },
  };
  const { status, milliseconds } = await sender
    .send(endpoint.url, secrets, message)
    .finally(() => sender.close());
  return Object.assign(new TestWebhookSent(), { status, milliseconds });
}

const replayDaysMs = 30 * 24 * 3_600_000;

/** Delivers the events of a period again; those that still wait are not doubled by a repetition. */
export async function replay(
  context: RequestContext,
  { endpointId, since, until }: ReplayWebhooksInput,
): Promise<typeof ReplayWebhooksResult> {
  const [machine, endpoint] = [machineOf(context), await ownEndpoint(context, endpointId)];
  if (machine === null || endpoint === null) return refuse(context, 'Webhook.replay');
  const now = context.clock.now();
  const [from, to] = [new Date(since), until == null ? now : new Date(until)];
  const found: EndpointProblem[] = [];
  if (from > now) found.push({ path: 'since', code: 'IN_FUTURE' });
  if (from.getTime() < now.getTime() - replayDaysMs) found.push({ path: 'since', code: 'TOO_OLD' });
  if (to < from) found.push({ path: 'until', code: 'BEFORE_SINCE' });
  if (endpoint.disabledReason !== null) found.push({ path: 'endpointId', code: 'ENDPOINT_DISABLED' });
  if (found.length > 0) return endpointInvalid(context, found);
  const count = await writing(context, 'Webhook.replay', endpointId, (manager) =>
    replayEvents(manager, machine.clientId, endpoint, from, to),
  );
  return Object.assign(new WebhooksReplayed(), { count });
}
