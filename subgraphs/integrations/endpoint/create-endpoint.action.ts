import { fingerprintOf, sha256Of } from '../../shared/fingerprint.ts';
import { isIdempotencyKey } from '../../shared/idempotency-key.ts';
import { idempotencyKeyReused, notAllowed } from '../../shared/problem.ts';
import { recordWrite } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { machineOf } from './caller-machine.ts';
import type { CreateWebhookEndpointInput } from './endpoint.input.ts';
import { type CreateWebhookEndpointResult, WebhookEndpointCreated } from './endpoint.result.ts';
import {
  addSecret,
  countEndpoints,
  type Endpoint,
  findByKey,
  insertEndpoint,
  type NewEndpoint,
  secretsOf,
} from './endpoint.store.ts';
import { endpointId, toEndpoint } from './endpoint.type.ts';
import {
  checkUrl,
  type EndpointProblem,
  endpointInvalid,
  eventTypesProblem,
  mostEndpoints,
} from './endpoint-problems.ts';

type Outcome = typeof CreateWebhookEndpointResult;

/** Creates an endpoint once for each key; a repetition gets the same endpoint and its secret. */
export async function createEndpoint(
  context: RequestContext,
  input: CreateWebhookEndpointInput,
): Promise<Outcome> {
  const machine = machineOf(context);
  if (machine === null) return notAllowed(context);
  const { clientId: client } = machine;
  const eventTypes = [...new Set(input.eventTypes)].sort();
  const key = sha256Of(input.idempotencyKey);
  const content = fingerprintOf(input.url, eventTypes);
  const known = await findByKey(context.database, client, key);
  if (known !== null) return repeated(context, known, content);
  const found: EndpointProblem[] = [];
  const checked = await checkUrl(input.url, context.webhooks);
  if ('code' in checked) found.push({ path: 'url', code: checked.code });
  const typesProblem = eventTypesProblem(eventTypes, machine);
  if (typesProblem !== null) found.push({ path: 'eventTypes', code: typesProblem });
  if (!isIdempotencyKey(input.idempotencyKey)) found.push({ path: 'idempotencyKey', code: 'KEY_INVALID' });
  if (found.length > 0 || 'code' in checked) return endpointInvalid(context, found);
  return create(context, { client, url: checked.url, eventTypes, key, content });
}

async function create(context: RequestContext, endpoint: NewEndpoint): Promise<Outcome> {
  const { client, key, content } = endpoint;
  const created = await context.database.transaction(async (manager) => {
    const count = await countEndpoints(manager, client);
    const added = count < mostEndpoints ? await insertEndpoint(manager, endpoint) : null;
    if (added === null) return count < mostEndpoints ? null : 'tooMany';
    const secret = await addSecret(manager, context.fileKeys, added.id);
    await recordWrite(context, manager, 'Webhook.create', [endpointId(added.id)]);
    return Object.assign(new WebhookEndpointCreated(), { endpoint: toEndpoint(added), secret });
  });
  if (created === 'tooMany') return endpointInvalid(context, [{ path: 'url', code: 'TOO_MANY_ENDPOINTS' }]);
  if (created !== null) return created;
  // A simultaneous call with the same key was first.
  const known = await findByKey(context.database, client, key);
  if (known === null) throw new Error('An endpoint could neither be created nor found.');
  return repeated(context, known, content);
}

async function repeated(context: RequestContext, known: Endpoint, content: string): Promise<Outcome> {
  if (known.requestContent !== content) return idempotencyKeyReused(context);
  const [secret = ''] = await secretsOf(context.database, context.fileKeys, known.id);
  return Object.assign(new WebhookEndpointCreated(), { endpoint: toEndpoint(known), secret });
}
