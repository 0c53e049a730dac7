import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { DataSource } from 'typeorm';
import type { Caller } from '../../../core/identity/caller.ts';
import { parseId } from '../../../core/ids.ts';
import { silentLog } from '../../../core/log.ts';
import { type Deliveries, runDeliveries } from '../../../subgraphs/integrations/delivery/run-deliveries.ts';
import type { WebhookSender } from '../../../subgraphs/integrations/delivery/send-webhook.ts';
import { secretsOf } from '../../../subgraphs/integrations/endpoint/endpoint.store.ts';
import { createIntegrationsSubgraph } from '../../../subgraphs/integrations/index.ts';
import { rotateFiles } from '../../../subgraphs/rotate-files.ts';
import type { Subgraph } from '../../../subgraphs/shared/subgraph/create-subgraph.ts';
import { askSubgraph } from '../../support/ask-subgraph.ts';
import { testFileKeys } from '../../support/file-keys.ts';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { openReceiver, type Receiver } from '../../support/webhook-receiver.ts';

const machine = (clientId: string, scopes = ['webhooks:manage', 'payment:events']): Caller => ({
  kind: 'machine',
  clientId,
  scopes,
});
const [shop, other] = [machine('shop'), machine('other')];

let own: MigratedDatabase;
let database: DataSource;
let integrations: Subgraph;
let receiver: Receiver;
beforeAll(async () => {
  [integrations, receiver] = await Promise.all([createIntegrationsSubgraph(), openReceiver()]);
});
afterAll(() => receiver.close());
beforeEach(async () => {
  await own?.giveBack();
  own = await openMigratedDatabase();
  database = own.service;
  receiver.received.splice(0);
  receiver.answers((response) => response.writeHead(204).end());
});

const ask = (source: string, input: unknown = null, as = shop) =>
  askSubgraph(integrations.schema, source, as, {}, { input }, database);

const create = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  __typename ... on WebhookEndpointCreated { secret endpoint { id url eventTypes isEnabled disabledReason } }
  ... on WebhookEndpointInvalid { code problems { path code message } } } }`;
const update = `mutation ($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) {
  __typename ... on WebhookEndpointUpdated { endpoint { url eventTypes isEnabled disabledReason } }
  ... on WebhookEndpointInvalid { problems { path code } } } }`;
const replay = `mutation ($input: ReplayWebhooksInput!) { replayWebhooks(input: $input) {
  __typename ... on WebhooksReplayed { count } ... on WebhookEndpointInvalid { problems { path code } } } }`;
const ref = (name: string, fields = '') =>
  `mutation ($input: WebhookEndpointRefInput!) { ${name}(input: $input) { __typename ${fields} } }`;
const list = `{ webhookEndpoints { id url isEnabled disabledReason deliveries(first: 2) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { node { eventId eventType attempts lastStatus deliveredAt nextAttemptAt } } } } }`;

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
const dataOf = async (answer: ReturnType<typeof ask>): Promise<any> => {
  const { data, errors } = await answer;
  expect(errors).toBeUndefined();
  return data;
};

async function endpoint(eventTypes = ['DEBT_SETTLED'], as = shop, url = receiver.url) {
  const input = { url, eventTypes, idempotencyKey: crypto.randomUUID() };
  const { createWebhookEndpoint: made } = await dataOf(ask(create, input, as));
  return { id: made.endpoint.id as string, secret: made.secret as string };
}

let iuvs = 0;
const settle = (
  on: Pick<DataSource, 'query'> = database,
  iuv = String(++iuvs).padStart(15, '0'),
  source = 'RECEIPT',
) =>
  on.query(
    `INSERT INTO settlement (creditor, iuv, amount, source, evidence, recorded_at, record)
     VALUES ('03123450169', $1, 100, $2, $1, now(), '{}')`,
    [iuv, source],
  );
const session = async (client: string | null, id = `${crypto.randomUUID()}${crypto.randomUUID()}`) => {
  await database.query(
    `INSERT INTO payment_session (id, creditor, amount, request_key, request_content, created_at, expires_at, client)
     VALUES ($1, '03123450169', 100, convert_to($1, 'UTF8'), '', now(), now() + interval '1 hour', $2)`,
    [id, client],
  );
  return id;
};
const endSession = (id: string, state: string) =>
  database.query(
    `UPDATE payment_session SET state = $2, ended_at = now(), failure = CASE WHEN $2 = 'FAILED' THEN 'OTHER' END WHERE id = $1`,
    [id, state],
  );

async function delivering<T>(work: () => Promise<T>): Promise<T> {
  const deliveries: Deliveries = runDeliveries(
    {
      database,
      fileKeys: testFileKeys,
      log: silentLog,
      webhooks: { needsHttps: false, allowsLoopback: true },
    },
    { pollMs: 10 },
  );
  try {
    return await work();
  } finally {
    await deliveries.close();
  }
}

/** Waits for a state of the database. */
async function until(sql: string): Promise<void> {
  for (const end = Date.now() + 20_000; ; await new Promise((done) => setTimeout(done, 10))) {
    const [row] = await database.query<{ is: boolean }[]>(`SELECT (${sql}) AS is`);
    if (row?.is) return;
    if (Date.now() > end) throw new Error(`It was not to be: ${sql}`);
  }
}
const allOver = `NOT EXISTS (SELECT FROM webhook_delivery WHERE next_attempt_at IS NOT NULL)`;
const comeForward = () =>
  database.query(
    `WITH e AS (UPDATE webhook_endpoint SET paused_until = NULL) UPDATE webhook_delivery SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`,
  );

describe('an endpoint', () => {
  it('is created once for each key, and belongs to its client alone', async () => {
    const input = { url: receiver.url, eventTypes: ['DEBT_SETTLED'], idempotencyKey: 'k1' };
    const { createWebhookEndpoint: first } = await dataOf(ask(create, input));
    expect(first).toMatchObject({
      __typename: 'WebhookEndpointCreated',
      secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
      endpoint: { url: receiver.url, eventTypes: ['DEBT_SETTLED'], isEnabled: true, disabledReason: null },
    });
    const [again, twice] = await Promise.all([dataOf(ask(create, input)), dataOf(ask(create, input))]);
    expect([again.createWebhookEndpoint, twice.createWebhookEndpoint]).toEqual([first, first]);
    const reused = await dataOf(ask(create, { ...input, url: `${receiver.url}/b` }));
    expect(reused.createWebhookEndpoint.__typename).toBe('IdempotencyKeyReused');
    expect((await dataOf(ask(list))).webhookEndpoints).toHaveLength(1);
    // The same key of another client is another endpoint.
    expect((await dataOf(ask(list, null, other))).webhookEndpoints).toEqual([]);
    expect((await dataOf(ask(create, input, other))).createWebhookEndpoint.endpoint.id).not.toBe(
      first.endpoint.id,
    );
  });

  it('is refused with a code for each field, and tells which scope is missing', async () => {
    const bad = { url: 'http://10.0.0.1/', eventTypes: [], idempotencyKey: '' };
    const { createWebhookEndpoint: refused } = await dataOf(ask(create, bad));
    expect(refused.problems.map(({ path, code }: Record<string, string>) => [path, code])).toEqual([
      ['url', 'URL_NOT_PUBLIC'],
      ['eventTypes', 'EVENT_TYPES_EMPTY'],
      ['idempotencyKey', 'KEY_INVALID'],
    ]);
    const debts = { url: receiver.url, eventTypes: ['DEBT_SETTLED'], idempotencyKey: 'k' };
    const { createWebhookEndpoint: unscoped } = await dataOf(
      ask(create, debts, machine('shop', ['webhooks:manage'])),
    );
    expect(unscoped.problems[0].message).toContain('payment:events');
    const { errors } = await ask(list, null, machine('shop', ['payment:status']));
    expect(errors?.[0]).toMatchObject({
      message: 'Only a machine with the scope webhooks:manage may ask this.',
    });
    expect((await ask(list, null, { kind: 'anonymous' })).errors?.[0]).toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('is one of twenty at most', async () => {
    await database.query(
      `INSERT INTO webhook_endpoint (id, client, url, event_types, request_key, request_content)
       SELECT gen_random_uuid(), 'shop', 'http://127.0.0.1/', '{DEBT_SETTLED}', n::text, '' FROM generate_series(1, 19) AS n`,
    );
    const input = (idempotencyKey: string) => ({
      url: receiver.url,
      eventTypes: ['DEBT_SETTLED'],
      idempotencyKey,
    });
    const both = await Promise.all(['a', 'b'].map((key) => dataOf(ask(create, input(key)))));
    expect(both.map((data) => data.createWebhookEndpoint.__typename).sort()).toEqual([
      'WebhookEndpointCreated',
      'WebhookEndpointInvalid',
    ]);
  });

  it('of another client is no endpoint: nothing reads, changes, tests, replays or deletes it', async () => {
    const { id } = await endpoint();
    await settle();
    const since = new Date('2026-10-14').toISOString();
    for (const [source, more] of [
      [update, { url: 'http://127.0.0.1:1/' }],
      [ref('rotateWebhookSecret'), {}],
      [ref('deleteWebhookEndpoint'), {}],
      [ref('sendTestWebhook'), {}],
      [replay, { since }],
    ] as const)
      for (const endpointId of [id, 'bm90aGluZw', '']) {
        const data = await dataOf(ask(source, { endpointId, ...more }, endpointId === id ? other : shop));
        expect(Object.values(data)).toMatchObject([{ __typename: 'NotAllowed' }]);
      }
    const entity = `{ _entities(representations: [{ __typename: "WebhookEndpoint", id: "${id}" }]) { ... on WebhookEndpoint { url } } }`;
    expect((await dataOf(ask(entity)))._entities).toEqual([{ url: receiver.url }]);
    expect((await dataOf(ask(entity, null, other)))._entities).toEqual([null]);
    expect(receiver.received).toEqual([]);
    expect((await dataOf(ask(list))).webhookEndpoints[0].isEnabled).toBe(true);
  });

  it('is changed, switched off and on, and deleted, with an audit event each', async () => {
    const { id: endpointId } = await endpoint();
    const changed = await ask(update, {
      endpointId,
      url: `${receiver.url}2`,
      eventTypes: ['PRACTICE_STATUS_CHANGED'],
      isEnabled: false,
    });
    expect(changed.data).toEqual({
      updateWebhookEndpoint: {
        __typename: 'WebhookEndpointUpdated',
        endpoint: {
          url: `${receiver.url}2`,
          eventTypes: ['PRACTICE_STATUS_CHANGED'],
          isEnabled: false,
          disabledReason: 'OWNER',
        },
      },
    });
    expect(changed.events).toMatchObject([
      { action: 'Webhook.update', outcome: 'allowed', subjectIds: [endpointId] },
    ]);
    const on = await dataOf(ask(update, { endpointId, isEnabled: true }));
    expect(on.updateWebhookEndpoint.endpoint).toMatchObject({ isEnabled: true, disabledReason: null });
    const bad = await dataOf(ask(update, { endpointId, url: 'https://u:p@x.example/', eventTypes: [] }));
    expect(bad.updateWebhookEndpoint.problems).toEqual([
      { path: 'url', code: 'URL_INVALID' },
      { path: 'eventTypes', code: 'EVENT_TYPES_EMPTY' },
    ]);
    await dataOf(ask(ref('deleteWebhookEndpoint'), { endpointId }));
    expect((await dataOf(ask(list))).webhookEndpoints).toEqual([]);
  });

  it('gets a ping at once, signed with its secret, and its status is answered', async () => {
    const { id: endpointId, secret } = await endpoint();
    const test = ref('sendTestWebhook', '... on TestWebhookSent { status milliseconds }');
    expect((await dataOf(ask(test, { endpointId }))).sendTestWebhook).toMatchObject({ status: 204 });
    const [{ body, headers, event } = { body: '', headers: {}, event: null }] = receiver.received;
    expect(event).toMatchObject({ type: 'ping', data: { endpointId } });
    expect(new Webhook(secret).verify(body, headers as never)).toEqual(event);
    receiver.answers((response) => response.destroy());
    expect((await dataOf(ask(test, { endpointId }))).sendTestWebhook.status).toBeNull();
  });
});

describe('an event', () => {
  it('is there if and only if its change is committed, once for a debt', async () => {
    await endpoint();
    const count = async () =>
      (await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM webhook_delivery'))[0]?.n;
    await database
      .transaction(async (manager) => {
        await settle(manager);
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    expect(await count()).toBe(0);
    const iuv = '000000000009999';
    await Promise.all([settle(database, iuv), settle(database, iuv, 'RECONCILIATION')]);
    expect(await count()).toBe(1);
  });

  it('of a session or practice goes to the client that started it, that of a debt to all with the scope', async () => {
    const types = ['PAYMENT_SESSION_ENDED', 'PRACTICE_STATUS_CHANGED'];
    await endpoint(types);
    await endpoint([...types, 'DEBT_SETTLED'], other, `${receiver.url}/other`);
    const [ours, theirs, nobodys] = [await session('shop'), await session('other'), await session(null)];
    for (const id of [ours, theirs, nobodys]) await endSession(id, 'FAILED');
    await endSession(ours, 'SETTLED');
    await settle(database, '000000000007777');
    await database.query(`
      INSERT INTO practice_template (id, procedure_code, title, concerns_child, revision, audiences, once_per_child)
        VALUES ('t', 'P', 'T', false, '1', '["CITIZENS"]', false);
      INSERT INTO practice_form (template_id, revision, fields, required_attachments, choices) VALUES ('t', '1', '[]', '[]', '[]');
      INSERT INTO practice (id, template_id, revision, applicant, title, status, version, answers, created_at, updated_at, client)
        VALUES ('11111111-2222-4333-8444-555555555555', 't', '1', 'RSSCLD84C52A794Q', 'T', 'DRAFT', 1, '{}', now(), now(), 'shop');
      UPDATE practice SET status = 'SUBMITTED';
      UPDATE practice SET version = 2`);
    const events = await database.query(
      `SELECT e.type, e.data, w.client FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id
       JOIN webhook_endpoint w ON w.id = d.endpoint_id ORDER BY d.id`,
    );
    expect(events).toEqual([
      { type: 'PAYMENT_SESSION_ENDED', client: 'shop', data: { paymentSessionId: ours } },
      { type: 'PAYMENT_SESSION_ENDED', client: 'other', data: { paymentSessionId: theirs } },
      { type: 'PAYMENT_SESSION_ENDED', client: 'shop', data: { paymentSessionId: ours } },
      { type: 'DEBT_SETTLED', client: 'other', data: { creditor: '03123450169', iuv: '000000000007777' } },
      {
        type: 'PRACTICE_STATUS_CHANGED',
        client: 'shop',
        data: {
          practiceId: Buffer.from('Practice:O/11111111-2222-4333-8444-555555555555').toString('base64url'),
        },
      },
    ]);
  });
});

describe('a delivery', () => {
  it('arrives in order, verified by the secret, and is listed newest first by pages', async () => {
    const { secret } = await endpoint();
    for (let n = 0; n < 3; n++) await settle();
    await delivering(() => until(allOver));
    expect(receiver.received.map(({ event }) => Number(event.data.iuv))).toEqual([iuvs - 2, iuvs - 1, iuvs]);
    for (const { body, headers, event } of receiver.received) {
      expect(new Webhook(secret).verify(body, headers as never)).toEqual(event);
      expect(headers['webhook-id']).toBe(event.id);
    }
    const { webhookEndpoints } = await dataOf(ask(list));
    const { totalCount, pageInfo, edges } = webhookEndpoints[0].deliveries;
    expect([totalCount, pageInfo.hasNextPage, edges.length]).toEqual([3, true, 2]);
    expect(edges[0].node).toMatchObject({
      eventType: 'debt.settled',
      attempts: 1,
      lastStatus: 204,
      nextAttemptAt: null,
    });
    expect(edges[0].node.eventId).toBe(receiver.received[2]?.event.id);
    const next = `{ webhookEndpoints { deliveries(after: "${pageInfo.endCursor}") { edges { node { eventId } } pageInfo { hasNextPage } } } }`;
    expect((await dataOf(ask(next))).webhookEndpoints[0].deliveries).toEqual({
      edges: [{ node: { eventId: receiver.received[0]?.event.id } }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('waits while the data of a person whom it is about is restricted, and comes in order afterwards', async () => {
    const held = 'RSSCLD84C52A794Q';
    await endpoint(['PAYMENT_SESSION_ENDED', 'DEBT_SETTLED']);
    const [ofPayer, ofDebtor, ofOthers] = [
      await session('shop'),
      await session('shop'),
      await session('shop'),
    ];
    await database.query('UPDATE payment_session SET owner = $1 WHERE id = $2', [held, ofPayer]);
    for (const [id, debtor] of [
      [ofPayer, 'BNCMRC81D05A794G'],
      [ofDebtor, held],
      [ofOthers, 'BNCMRC81D05A794G'],
    ] as const)
      await database.query(
        `INSERT INTO payment_session_item (session_id, position, creditor, iuv, numero_avviso, debtor, amount, description)
         VALUES ($1, 1, '', '', '', $2, 1, '')`,
        [id, debtor],
      );
    for (const id of [ofPayer, ofDebtor, ofOthers]) await endSession(id, 'FAILED');
    await database.query(
      `INSERT INTO settlement (creditor, iuv, debtor, amount, source, evidence, recorded_at, record)
       VALUES ('03123450169', '000000000005555', $1, 100, 'RECEIPT', '', now(), '{}')`,
      [held],
    );
    await database.query(
      `INSERT INTO subject_restriction (person, person_ids, since, reference) VALUES ($1, '{}', now(), '')`,
      [held],
    );
    await endSession(ofPayer, 'SETTLED');
    const ids = () => receiver.received.map(({ event }) => event.data.paymentSessionId ?? event.data.iuv);
    await delivering(async () => {
      await until(`(SELECT count(*) FROM webhook_delivery WHERE next_attempt_at IS NULL) = 1`);
      await until(`NOT EXISTS (SELECT FROM webhook_endpoint WHERE claimed_by IS NOT NULL)`);
      expect(ids()).toEqual([ofOthers]);
      await database.query('UPDATE subject_restriction SET lifted_at = now()');
      await until(allOver);
    });
    expect(ids()).toEqual([ofOthers, ofPayer, ofDebtor, '000000000005555', ofPayer]);
    await database.query(`UPDATE subject_restriction SET lifted_at = NULL`);
    await database.query(`
      INSERT INTO practice_template (id, procedure_code, title, concerns_child, revision) VALUES ('t', 'P', 'T', true, '1');
      INSERT INTO practice_form (template_id, revision, fields, required_attachments) VALUES ('t', '1', '[]', '[]');
      INSERT INTO practice (id, template_id, revision, applicant, child, title, status, version, answers, created_at, updated_at)
        VALUES ('11111111-2222-4333-8444-555555555555', 't', '1', 'BNCMRC81D05A794G', '{"codiceFiscale":"${held}"}', 'T', 'DRAFT', 1, '{}', now(), now())`);
    const [row] = await database.query(
      `SELECT is_restricted_object('practice/11111111-2222-4333-8444-555555555555') AS is, is_restricted_object('ping/1') AS ping`,
    );
    expect(row).toEqual({ is: true, ping: false });
  });

  it('is tried again with the same id, later ones of the same object after it, others before', async () => {
    await endpoint(['PAYMENT_SESSION_ENDED', 'DEBT_SETTLED']);
    const id = await session('shop');
    await endSession(id, 'FAILED');
    await endSession(id, 'SETTLED');
    await settle();
    let refused = 0;
    receiver.answers((response, { event }) => {
      const isRefused = event.type === 'payment_session.ended' && refused++ === 0;
      response.writeHead(isRefused ? 500 : 204).end();
    });
    await delivering(async () => {
      await until(`(SELECT count(*) FROM webhook_delivery WHERE delivered_at IS NOT NULL) = 1`);
      const [first, second] = receiver.received;
      expect([first?.event.type, second?.event.type]).toEqual(['payment_session.ended', 'debt.settled']);
      await comeForward();
      await until(allOver);
    });
    const types = receiver.received.map(({ event }) => event.type);
    expect(types).toEqual([
      'payment_session.ended',
      'debt.settled',
      'payment_session.ended',
      'payment_session.ended',
    ]);
    const [first, , again, last] = receiver.received.map(({ event }) => event.id);
    expect(again).toBe(first);
    expect(last).not.toBe(first);
  });

  it('that answers 410 switches the endpoint off; switched on again it gets what waits', async () => {
    const { id: endpointId } = await endpoint();
    receiver.answers((response) => response.writeHead(410).end());
    await settle();
    await delivering(() => until(`(SELECT disabled_reason FROM webhook_endpoint) = 'GONE'`));
    expect((await dataOf(ask(list))).webhookEndpoints[0]).toMatchObject({
      isEnabled: false,
      disabledReason: 'GONE',
    });
    // Meanwhile nothing is kept for it; a replay brings it.
    await settle();
    receiver.answers((response) => response.writeHead(204).end());
    await dataOf(ask(update, { endpointId, isEnabled: true }));
    await delivering(() => until(allOver));
    expect(receiver.received.map(({ event }) => Number(event.data.iuv))).toEqual([iuvs - 1, iuvs - 1]);
  });

  it('that answers 429 is not tried before its Retry-After', async () => {
    await endpoint();
    receiver.answers((response) => response.writeHead(429, { 'retry-after': '1800' }).end());
    await settle();
    await settle();
    await delivering(() => until(`(SELECT failures FROM webhook_endpoint) = 1`));
    const [{ seconds } = { seconds: 0 }] = await database.query<{ seconds: number }[]>(
      'SELECT extract(epoch FROM paused_until - now())::float8 AS seconds FROM webhook_endpoint',
    );
    expect(Math.round(seconds / 60)).toBe(30);
    expect(receiver.received).toHaveLength(1);
  });

  it('is given up after five days, and an endpoint that failed as long is switched off', async () => {
    await endpoint();
    receiver.answers((response) => response.writeHead(500).end());
    await settle();
    await database.query(`UPDATE webhook_delivery SET created_at = now() - interval '5 days 1 minute'`);
    await delivering(() => until(allOver));
    expect((await dataOf(ask(list))).webhookEndpoints[0]).toMatchObject({
      isEnabled: true,
      deliveries: {
        edges: [{ node: { attempts: 1, deliveredAt: null, nextAttemptAt: null, lastStatus: 500 } }],
      },
    });
    await settle();
    await database.query(`UPDATE webhook_endpoint SET failing_since = now() - interval '5 days 1 minute'`);
    await delivering(() => until(`(SELECT disabled_reason FROM webhook_endpoint) = 'FAILING'`));
  });

  it('to an endpoint that was down goes on at once when it is back', async () => {
    await endpoint();
    receiver.answers((response) => response.writeHead(500).end());
    for (let n = 0; n < 8; n++) await settle();
    await delivering(async () => {
      await until('(SELECT failures FROM webhook_endpoint) = 5');
      // The endpoint is paused as a whole: five attempts, and not eight.
      expect(receiver.received).toHaveLength(5);
      receiver.answers((response) => response.writeHead(204).end());
      await database.query('UPDATE webhook_endpoint SET paused_until = NULL');
      await until(allOver);
    });
    expect(receiver.received).toHaveLength(13);
    expect((await database.query('SELECT failures, failing_since FROM webhook_endpoint'))[0]).toEqual({
      failures: 0,
      failing_since: null,
    });
  });

  it('does not wait for ten thousand of a dead endpoint', async () => {
    await endpoint(['DEBT_SETTLED'], other, 'http://127.0.0.1:1/');
    await endpoint();
    await database.query(
      `INSERT INTO webhook_event (type, object, data) SELECT 'DEBT_SETTLED', 'old/' || n, '{}' FROM generate_series(1, 10000) AS n;
       INSERT INTO webhook_delivery (endpoint_id, event_id, object)
       SELECT w.id, e.id, e.object FROM webhook_event e, webhook_endpoint w WHERE w.client = 'other'`,
    );
    await delivering(async () => {
      for (let n = 1; n <= 20; n++) {
        await settle();
        await receiver.got(n);
      }
    });
    expect(receiver.received).toHaveLength(20);
  });
});

describe('a secret', () => {
  it('that is rotated signs beside the new one for a day, however often it is rotated', async () => {
    const { id: endpointId, secret } = await endpoint();
    const rotate = ref('rotateWebhookSecret', '... on WebhookSecretRotated { secret }');
    const second = (await dataOf(ask(rotate, { endpointId }))).rotateWebhookSecret.secret;
    const third = (await dataOf(ask(rotate, { endpointId }))).rotateWebhookSecret.secret;
    await settle();
    await delivering(() => until(allOver));
    const [{ body, headers } = { body: '', headers: {} }] = receiver.received;
    for (const one of [secret, second, third])
      expect(new Webhook(one).verify(body, headers as never)).toBeTruthy();
    await database.query(
      `UPDATE webhook_secret SET expires_at = now() - interval '1 second' WHERE expires_at IS NOT NULL`,
    );
    await settle();
    await delivering(() => until(allOver));
    const { body: later = '', headers: signed = {} } = receiver.received[1] ?? {};
    expect(() => new Webhook(secret).verify(later, signed as never)).toThrow('No matching signature');
    expect(new Webhook(third).verify(later, signed as never)).toBeTruthy();
  });
});

describe('a secret at rest', () => {
  it('is encrypted, and one of before signs until and after it is encrypted with a key', async () => {
    const { id, secret } = await endpoint();
    const [uuid = ''] = parseId('WebhookEndpoint', id) ?? [];
    const stored = async () =>
      (await database.query('SELECT * FROM webhook_secret WHERE endpoint_id = $1', [uuid]))[0];
    const encrypted = await stored();
    expect(encrypted).toMatchObject({ key_id: 'demo', secret: null });
    expect(encrypted.sealed.includes(secret)).toBe(false);
    await database.query(
      'UPDATE webhook_secret SET secret = $2, key_id = NULL, sealed = NULL WHERE endpoint_id = $1',
      [uuid, secret],
    );
    expect(await secretsOf(database, testFileKeys, uuid)).toEqual([secret]);
    expect(await rotateFiles(database, testFileKeys)).toEqual({ chunks: 0, secrets: 1, faults: [] });
    expect(await stored()).toMatchObject({ key_id: 'demo', secret: null });
    expect(await secretsOf(database, testFileKeys, uuid)).toEqual([secret]);
    // In the row of another secret it opens nothing.
    const other = await endpoint(['DEBT_SETTLED'], shop, `${receiver.url}/other`);
    const [otherUuid = ''] = parseId('WebhookEndpoint', other.id) ?? [];
    await database.query(
      'UPDATE webhook_secret SET sealed = (SELECT sealed FROM webhook_secret WHERE endpoint_id = $1) WHERE endpoint_id = $2',
      [uuid, otherUuid],
    );
    await expect(secretsOf(database, testFileKeys, otherUuid)).rejects.toThrow('belong to another row');
  });
});

describe('a replay', () => {
  // The clock of the request stands at this moment; events have the database's time.
  const now = new Date('2026-10-15T09:00:00+02:00').getTime();
  const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();

  it('sends the events of a period again, each with its id, and none twice while it waits', async () => {
    const { id: endpointId } = await endpoint();
    await settle();
    await delivering(() => until(allOver));
    await endpoint(['DEBT_SETTLED'], other, 'http://127.0.0.1:1/');
    await session('other').then((id) => endSession(id, 'FAILED'));
    await database.query(`UPDATE webhook_event SET occurred_at = '${daysAgo(3)}'`);
    const since = daysAgo(5);
    expect((await dataOf(ask(replay, { endpointId, since }))).replayWebhooks.count).toBe(1);
    expect((await dataOf(ask(replay, { endpointId, since }))).replayWebhooks.count).toBe(0);
    expect((await dataOf(ask(replay, { endpointId, since, until: daysAgo(4) }))).replayWebhooks.count).toBe(
      0,
    );
    // At the database's time they are older than what is kept.
    await database.query('UPDATE webhook_event SET occurred_at = now()');
    await delivering(() => until(allOver));
    const [first, again] = receiver.received.map(({ event }) => event.id);
    expect([receiver.received.length, again]).toEqual([2, first]);
  });

  it.each([
    ['in the future', { since: daysAgo(-1) }, ['since', 'IN_FUTURE']],
    ['of more than 30 days ago', { since: daysAgo(30.01) }, ['since', 'TOO_OLD']],
    ['that ends before it begins', { since: daysAgo(2), until: daysAgo(3) }, ['until', 'BEFORE_SINCE']],
  ])('%s is refused', async (_, period, [path, code]) => {
    const { id: endpointId } = await endpoint();
    const { replayWebhooks } = await dataOf(ask(replay, { endpointId, ...period }));
    expect(replayWebhooks.problems[0]).toEqual({ path, code });
  });

  it('to an endpoint that is switched off is refused', async () => {
    const { id: endpointId } = await endpoint();
    await dataOf(ask(update, { endpointId, isEnabled: false }));
    const { replayWebhooks } = await dataOf(ask(replay, { endpointId, since: daysAgo(1) }));
    expect(replayWebhooks.problems).toEqual([{ path: 'endpointId', code: 'ENDPOINT_DISABLED' }]);
  });

  it('has nothing from before 31 days: such events are removed', async () => {
    await endpoint();
    await settle();
    await settle();
    await database.query(
      `UPDATE webhook_event SET occurred_at = now() - interval '32 days' WHERE number = 1`,
    );
    await delivering(() => until('(SELECT count(*) FROM webhook_event) = 1'));
  });
});

describe('a worker that dies anywhere', () => {
  // `npm run soak` does more.
  const kills = Number(process.env.WEBHOOK_KILLS ?? 60);

  it(`loses no event and keeps the retry rule, over ${kills} kills and faults`, async () => {
    const random = seededRandom(Number(process.env.SEED ?? 19));
    await endpoint(['PAYMENT_SESSION_ENDED', 'DEBT_SETTLED']);
    await endpoint(['PAYMENT_SESSION_ENDED', 'DEBT_SETTLED'], shop, `${receiver.url}/2`);
    const accepted = new Map<string, number>();
    const sent: { readonly url: string; readonly id: string }[] = [];
    let isCalm = false;
    const sender: WebhookSender = {
      async send(url, _secrets, { id }) {
        sent.push({ url, id });
        const isGood = isCalm || random() < 0.4;
        if (isGood) accepted.set(`${url} ${id}`, (accepted.get(`${url} ${id}`) ?? 0) + 1);
        return { status: isGood ? 204 : random() < 0.5 ? 500 : null, milliseconds: 1, retryAfterMs: null };
      },
      close: async () => undefined,
    };
    let died = 0;
    /** A database whose connection breaks before or after any statement. */
    const failing = new Proxy(database, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (name !== 'query' && name !== 'transaction')
          return typeof value === 'function' ? value.bind(target) : value;
        return async (...args: unknown[]) => {
          const [before, after] = [!isCalm && random() < 0.15, !isCalm && random() < 0.15];
          if (before || after) died++;
          if (before) throw new Error('The process died before it wrote.');
          const answer = await value.apply(target, args);
          if (after) throw new Error('The process died after it wrote.');
          return answer;
        };
      },
    });
    const services = {
      database: failing,
      fileKeys: testFileKeys,
      log: silentLog,
      webhooks: { needsHttps: false, allowsLoopback: true },
    };
    while (died < kills) {
      const id = await session('shop');
      await endSession(id, 'FAILED');
      await endSession(id, 'SETTLED');
      await settle();
      const deliveries = [1, 2].map(() => runDeliveries(services, { sender, pollMs: 1 }));
      await new Promise((done) => setTimeout(done, 30));
      await Promise.all(deliveries.map((one) => one.close()));
      // The claim of a dead worker and the pauses are over.
      await database.query('UPDATE webhook_endpoint SET claimed_until = now()');
      await comeForward();
    }
    isCalm = true;
    await database.query('UPDATE webhook_endpoint SET claimed_until = now(), paused_until = NULL');
    await comeForward();
    const last = runDeliveries(services, { sender, pollMs: 1 });
    await until(allOver);
    await last.close();
    const rows = await database.query<{ event: string; url: string; delivered: boolean; attempts: number }[]>(
      `SELECT d.event_id AS event, w.url, d.delivered_at IS NOT NULL AS delivered, d.attempts
       FROM webhook_delivery d JOIN webhook_endpoint w ON w.id = d.endpoint_id`,
    );
    const events = await database.query<{ id: string }[]>('SELECT id FROM webhook_event');
    expect(rows).toHaveLength(events.length * 2);
    for (const { event, url, delivered, attempts } of rows) {
      expect([delivered, (accepted.get(`${url} ${event}`) ?? 0) > 0]).toEqual([true, true]);
      // No attempt is recorded that was not made.
      expect(attempts).toBeLessThanOrEqual(sent.filter((one) => one.url === url && one.id === event).length);
    }
    const known = new Set(events.map(({ id }) => id));
    expect(sent.every(({ id }) => known.has(id))).toBe(true);
    if (process.env.SHOW_TIMES)
      console.log(`${died} kills, ${events.length} events, ${sent.length} attempts`);
  });
});
