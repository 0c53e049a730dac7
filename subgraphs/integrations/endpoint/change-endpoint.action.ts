import type { EntityManager } from 'typeorm';
import { type NotAllowed, notAllowed } from '../../shared/problem.ts';
import { recordAccess, recordWrite } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { machineOf } from './caller-machine.ts';
import type { UpdateWebhookEndpointInput } from './endpoint.input.ts';
import {
  type DeleteWebhookEndpointResult,
  type RotateWebhookSecretResult,
  type UpdateWebhookEndpointResult,
  WebhookEndpointDeleted,
  WebhookEndpointUpdated,
  WebhookSecretRotated,
} from './endpoint.result.ts';
import { addSecret, deleteEndpoint, type Endpoint, findEndpoint, updateEndpoint } from './endpoint.store.ts';
import { endpointUuid, toEndpoint } from './endpoint.type.ts';
import { checkUrl, type EndpointProblem, endpointInvalid, eventTypesProblem } from './endpoint-problems.ts';

/** The caller's endpoint with this id; null for that of another client and for none. */
export function ownEndpoint(context: RequestContext, id: string): Promise<Endpoint | null> {
  const [machine, uuid] = [machineOf(context), endpointUuid(id)];
  if (machine === null || uuid === null) return Promise.resolve(null);
  return findEndpoint(context.database, machine.clientId, uuid);
}

/** Changes what is given; a repetition changes nothing more. */
export async function changeEndpoint(
  context: RequestContext,
  { endpointId, url, eventTypes, isEnabled }: UpdateWebhookEndpointInput,
): Promise<typeof UpdateWebhookEndpointResult> {
  const [machine, endpoint] = [machineOf(context), await ownEndpoint(context, endpointId)];
  if (machine === null || endpoint === null) return refuse(context, 'Webhook.update');
  const found: EndpointProblem[] = [];
  const checked = url == null ? { url: endpoint.url } : await checkUrl(url, context.webhooks);
  if ('code' in checked) found.push({ path: 'url', code: checked.code });
  const types = [...new Set(eventTypes ?? endpoint.eventTypes)].sort();
  const typesProblem = eventTypes == null ? null : eventTypesProblem(types, machine);
  if (typesProblem !== null) found.push({ path: 'eventTypes', code: typesProblem });
  if (found.length > 0 || 'code' in checked) return endpointInvalid(context, found);
  const changed = await writing(context, 'Webhook.update', endpointId, async (manager) => {
    const changes = { url: checked.url, eventTypes: types, isEnabled: isEnabled ?? null };
    await updateEndpoint(manager, endpoint.id, changes);
    return findEndpoint(manager, machine.clientId, endpoint.id);
  });
  if (changed === null) return notAllowed(context);
  return Object.assign(new WebhookEndpointUpdated(), { endpoint: toEndpoint(changed) });
}

/** A repetition makes a further secret: all of them sign for a day. */
export async function rotateSecret(
  context: RequestContext,
  id: string,
): Promise<typeof RotateWebhookSecretResult> {
  const endpoint = await ownEndpoint(context, id);
  if (endpoint === null) return refuse(context, 'Webhook.rotate');
  const secret = await writing(context, 'Webhook.rotate', id, (manager) =>
    addSecret(manager, context.fileKeys, endpoint.id),
  );
  return Object.assign(new WebhookSecretRotated(), { endpoint: toEndpoint(endpoint), secret });
}

export async function removeEndpoint(
  context: RequestContext,
  id: string,
): Promise<typeof DeleteWebhookEndpointResult> {
  const endpoint = await ownEndpoint(context, id);
  if (endpoint === null) return refuse(context, 'Webhook.delete');
  await writing(context, 'Webhook.delete', id, (manager) => deleteEndpoint(manager, endpoint.id));
  return Object.assign(new WebhookEndpointDeleted(), { endpointId: id });
}

/** Writes, and its audit event, or neither. */
export function writing<T>(
  context: RequestContext,
  action: string,
  id: string,
  write: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return context.database.transaction(async (manager) => {
    const written = await write(manager);
    await recordWrite(context, manager, action, [id]);
    return written;
  });
}

export function refuse(context: RequestContext, action: string): NotAllowed {
  recordAccess(context, action, 'refused', []);
  return notAllowed(context);
}
