import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  parse,
  validate,
} from 'graphql';
import pg from 'pg';
import { createId, parseId } from '../../../core/ids.ts';
import { projectFile } from '../../../core/project-root.ts';
import { amina, claudia, giulia, luca, marco, paolo, people, trattoria } from '../../../demo/town/people.ts';
import { keys } from '../../../demo/town/subjects.ts';
import { createAllSubgraphs } from '../../../subgraphs/registry.ts';
import { type AccessRuleName, accessRules } from '../../../subgraphs/shared/access/rules.ts';
import type { Subgraph } from '../../../subgraphs/shared/subgraph/create-subgraph.ts';
import { legacyTownCopy, ownTownCopy, testClock } from '../../support/databases.ts';
import { townWithUndecidedApplications } from '../../support/undecided-applications.ts';
import { type Answer, openTestTown, type TestTown } from '../open-test-town.ts';
import { meet, placesOf, untrue, widerRules } from './claims.ts';
import { ownedTypes, relationsOf, type Visible, visibleTo } from './oracle.ts';
import { entitiesOf, inputOf, leavesOf, objectType, rootsOf, waysFrom } from './walk.ts';

const citizens = { claudia, marco, paolo, giulia, amina };
const callers = [...Object.keys(citizens), 'business', 'machine', 'anonymous'] as const;
/** Whom a token is not enough for: each is answered the same, whatever it asks for. */
const refusals = {
  'an expired token': 'The token has expired. Sign in again.',
  'a sign-in of level 1': 'A sign-in with SPID level 2 or higher is needed.',
} as const;
/** Whose rules test/e2e/access/sharing.test.ts proves. */
const aboutShares = ['Mutation.shareSchoolData', 'Child.shares', 'Child.accessLog'];
const sampled = 4;
/** Whose thing a field of an input names. */
const ownerOf: Readonly<Record<string, string>> = {
  practiceId: 'Practice',
  childId: 'Child',
  debtIds: 'Debt',
};

/** An id that nobody has, of the same kind as another: an id's own form is no secret. */
function unknownLike(typeName: string, id: string): string {
  const parts = parseId(typeName, id) ?? [];
  return createId(
    typeName,
    ...parts.map((part) => (/^[\da-f-]{36}$/.test(part) ? randomUUID() : /^[A-Z]$/.test(part) ? part : 1)),
  );
}

let legacyUrl: string;
let town: TestTown;
let subgraphs: readonly Subgraph[];
let schema: GraphQLSchema;
const tokens: Record<string, string | undefined> = {};
const visible: Record<string, Visible> = {};
/** Some ids of each type that belong to somebody. */
const universe: Record<string, readonly string[]> = {};

beforeAll(async () => {
  legacyUrl = await townWithUndecidedApplications();
  const ownUrl = await ownTownCopy();
  town = await openTestTown('http', { legacyUrl, ownUrl });
  subgraphs = await createAllSubgraphs();
  schema = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));
  const urls = { legacyUrl, ownUrl };
  const codes: Record<string, string | null> = {
    ...Object.fromEntries(Object.entries(citizens).map(([name, { codiceFiscale }]) => [name, codiceFiscale])),
    business: trattoria.partitaIva,
    machine: null,
    anonymous: null,
  };
  for (const [name, code] of Object.entries(codes))
    visible[name] = await visibleTo(urls, code, testClock.today());
  for (const [name, { codiceFiscale }] of Object.entries(citizens))
    tokens[name] = await town.tokenOf(codiceFiscale);
  tokens.business = await town.tokenOf(trattoria.partitaIva, 'password');
  tokens.machine = await town.machineToken('payment:status');
  tokens['an expired token'] = await town.expired(tokens.claudia ?? '');
  tokens['a sign-in of level 1'] = await town.tokenOf(claudia.codiceFiscale, 'spid', 1);
  for (const type of ownedTypes)
    universe[type] = Object.values(visible).flatMap((sets) => [...(sets[type] ?? [])].slice(0, sampled));
});
afterAll(() => town.close());

function authorized(caller: string): Record<string, string> {
  const token = tokens[caller];
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** The answer as it came, and which statements the legacy system was sent for it. */
async function ask(url: string, query: string, caller: string, variables: Record<string, unknown> = {}) {
  town.statements.length = 0;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-subgraph-secret': 's'.repeat(32),
      ...authorized(caller),
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    statements: [...town.statements].sort(),
    data: JSON.parse(text).data as Record<string, unknown>,
  };
}

describe('the subgraphs', () => {
  // An operation is compiled at its second use, and compiled code takes no promise for a type.
  it('decide the type of a union or an interface without waiting', () => {
    const waiting = subgraphs.flatMap(({ schema }) =>
      Object.values(schema.getTypeMap())
        .filter(isAbstractType)
        .filter(({ resolveType }) => resolveType?.constructor.name === 'AsyncFunction')
        .map(({ name }) => name),
    );
    expect(waiting).toEqual([]);
  });
});

describe('the access matrix', () => {
  it('knows the rule of every root field, and asks nobody whom the rule leaves out', async () => {
    const rules = Object.assign({}, ...subgraphs.map(({ access }) => access)) as Record<
      string,
      AccessRuleName
    >;
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {}))
      expect([field.name, accessRules[rules[`Query.${field.name}`] as AccessRuleName]]).toEqual([
        field.name,
        expect.objectContaining({ sentence: expect.any(String) }),
      ]);
  });

  describe.each(callers)('%s', (caller) => {
    it('gets by id their own objects, and for all others the answer for an unknown id, byte for byte', async () => {
      const queries = schema.getQueryType()?.getFields() ?? {};
      const byId = Object.values(queries).filter(
        ({ type, args }) => args.length === 1 && args[0]?.name === 'id' && universe[getNamedType(type).name],
      );
      expect(byId.map(({ name }) => name).sort()).toEqual([
        'child',
        'debt',
        'invoice',
        'practice',
        'protocollo',
      ]);
      for (const { name, type } of byId) {
        const typeName = getNamedType(type).name;
        const query = `query ($id: ID!) { ${name}(id: $id) { __typename ${leavesOf(objectType(schema, typeName))} } }`;
        const absent = await ask(town.graphqlUrl, query, caller, { id: createId(typeName, 'nowhere') });
        expect(absent.data).toEqual({ [name]: null });
        for (const id of universe[typeName] ?? []) {
          const answer = await ask(town.graphqlUrl, query, caller, { id });
          if (visible[caller]?.[typeName]?.has(id)) expect(answer.data[name]).toMatchObject({ id });
          else expect([name, answer.text, answer.statements]).toEqual([name, absent.text, absent.statements]);
        }
      }
    });

    it('gets of each subgraph the same entities, asked as a gateway asks', async () => {
      let asked = 0;
      for (const { name, schema: own } of subgraphs) {
        for (const typeName of ownedTypes) {
          const type = own.getType(typeName);
          if (type === undefined || !own.getQueryType()?.getFields()._entities) continue;
          const members = own.getType('_Entity') as unknown as { getTypes(): readonly { name: string }[] };
          if (!members.getTypes().some((member) => member.name === typeName)) continue;
          const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${typeName} { __typename ${leavesOf(objectType(own, typeName))} } } }`;
          const of = (id: string) => ({ of: [{ __typename: typeName, id }] });
          const url = town.subgraphUrls[name] ?? '';
          const unknown = createId(typeName, 'nowhere');
          const absent = await ask(url, query, caller, of(unknown));
          for (const id of universe[typeName] ?? []) {
            const answer = await ask(url, query, caller, of(id));
            asked++;
            if (visible[caller]?.[typeName]?.has(id)) expect(answer.text).toContain(id);
            // What only points to a thing says its id back, whoever asks, and no more.
            else
              expect([name, typeName, answer.text.replaceAll(id, '…'), answer.statements]).toEqual([
                name,
                typeName,
                absent.text.replaceAll(unknown, '…'),
                absent.statements,
              ]);
          }
        }
      }
      expect(asked).toBeGreaterThan(100);
    });

    it('changes only their own objects: for others the refusal is that for an unknown id', async () => {
      const template = createId('PracticeTemplate', 'ISCR-2026');
      const names: string[] = [];
      for (const { name, type, args } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
        const input = getNamedType(args[0]?.type) as GraphQLInputObjectType;
        const field = Object.keys(input.getFields()).find((one) => ownerOf[one] !== undefined);
        if (field === undefined) continue;
        const typeName = ownerOf[field] ?? '';
        names.push(name);
        const query = `mutation ($input: ${input.name}!) { ${name}(input: $input) { __typename ... on Problem { code message } } }`;
        const askWith = (id: string) => {
          const known = { returnUrl: town.graphqlUrl, idempotencyKey: randomUUID(), templateId: template };
          return ask(town.graphqlUrl, query, caller, { input: inputOf(input, { ...known, [field]: id }) });
        };
        const absent = await askWith(createId(typeName, 'nowhere'));
        expect([name, absent.data]).toEqual([
          name,
          { [name]: expect.objectContaining({ code: 'NOT_ALLOWED' }) },
        ]);
        expect(getNamedType(type).name).toMatch(/Result$/);
        for (const id of universe[typeName] ?? []) {
          if (visible[caller]?.[typeName]?.has(id)) continue;
          const foreign = await askWith(id);
          const unknown = await askWith(unknownLike(typeName, id));
          expect([name, foreign.text, foreign.statements]).toEqual([name, absent.text, unknown.statements]);
        }
      }
      expect(names).toEqual(
        expect.arrayContaining(['startPractice', 'savePractice', 'submitPractice', 'createUpload']),
      );
    });

    it('finds only their own objects on every path through the graph, and all of them in the lists', async () => {
      const met: Record<string, Set<string>> = {};
      for (const root of ['me', 'myBusiness'] as const) {
        const type = objectType(schema, root === 'me' ? 'Citizen' : 'Business');
        for (const way of waysFrom(type, 3)) {
          const { text, data } = await ask(town.graphqlUrl, `{ ${root} { ${way} } }`, caller);
          if (data?.[root] === undefined) throw new Error(`${way}: ${text}`);
          for (const { __typename, id } of entitiesOf(data)) {
            met[__typename] ??= new Set();
            met[__typename]?.add(id);
          }
        }
      }
      for (const type of ownedTypes) {
        const theirs = [...(visible[caller]?.[type] ?? [])].sort();
        expect([type, [...(met[type] ?? [])].sort()]).toEqual([type, theirs]);
      }
    });
  });

  describe.each(Object.entries(refusals))('%s', (caller, message) => {
    /** Every answer without what is the request's own, and the statements that were sent for it. */
    const answersTo = async (
      url: string,
      asked: readonly { readonly query: string; readonly variables?: Record<string, unknown> }[],
    ) => {
      const answers = new Set<string>();
      for (const { query, variables } of asked) {
        const { status, text, statements } = await ask(url, query, caller, variables);
        answers.add(
          JSON.stringify([
            status,
            JSON.parse(text.replace(/"requestId":"[^"]+"/, '"requestId":""')),
            statements,
          ]),
        );
      }
      return [...answers].map((answer) => JSON.parse(answer));
    };
    const refusal = [
      401,
      { errors: [{ message, extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }] },
      [],
    ];

    it('gets the same refusal at every root and on every path, without a statement', async () => {
      const own = (type: string) => [...(visible.claudia?.[type] ?? [])][0] ?? '';
      const ids = {
        ...Object.fromEntries(ownedTypes.map((type) => [type, own(type)])),
        ...Object.fromEntries(Object.entries(ownerOf).map(([field, type]) => [field, own(type)])),
      };
      const ways = (['me', 'myBusiness'] as const).flatMap((root) =>
        waysFrom(objectType(schema, root === 'me' ? 'Citizen' : 'Business'), 3).map((way) => ({
          query: `{ ${root} { ${way} } }`,
        })),
      );
      const asked = [...rootsOf(schema, ids), ...ways];
      expect(asked.flatMap(({ query }) => validate(schema, parse(query)))).toEqual([]);
      expect(asked.length).toBeGreaterThan(100);
      const before = town.events.length;
      expect(await answersTo(town.graphqlUrl, asked)).toEqual([refusal]);
      expect(town.events.length).toBe(before);
    });

    it('gets of each subgraph one answer for every entity', async () => {
      for (const { name, schema: own } of subgraphs) {
        const endpoint = { WebhookEndpoint: [createId('WebhookEndpoint', randomUUID())] };
        const asked = Object.entries({ ...universe, ...endpoint })
          .filter(([type]) => own.getType(type) !== undefined)
          .flatMap(([type, ids]) =>
            ids.map((id) => ({
              query: `query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }`,
              variables: { of: [{ __typename: type, id }] },
            })),
          );
        expect(asked.length).toBeGreaterThan(0);
        expect([name, await answersTo(town.subgraphUrls[name] ?? '', asked)]).toEqual([name, [refusal]]);
      }
    });
  });

  it("shows a program its own endpoints, and nothing of any other caller's", async () => {
    const create =
      'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { ... on WebhookEndpointCreated { endpoint { id } } } }';
    tokens.hooks = await town.machineToken('webhooks:manage');
    const input = {
      url: 'http://127.0.0.1:1/',
      eventTypes: ['PAYMENT_SESSION_ENDED'],
      idempotencyKey: randomUUID(),
    };
    const made = (await ask(town.graphqlUrl, create, 'hooks', { input })).data as {
      createWebhookEndpoint: { endpoint: { id: string } };
    };
    const { id } = made.createWebhookEndpoint.endpoint;
    const list = '{ webhookEndpoints { id deliveries { totalCount } } }';
    expect((await ask(town.graphqlUrl, list, 'hooks')).data).toEqual({
      webhookEndpoints: [{ id, deliveries: { totalCount: 0 } }],
    });
    const entity =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on WebhookEndpoint { url } } }';
    for (const caller of callers) {
      const { data, text } = await ask(town.graphqlUrl, list, caller);
      expect([caller, data, text]).toEqual([
        caller,
        { webhookEndpoints: null },
        expect.stringContaining('webhooks:manage'),
      ]);
      const of = (one: string) => ({ of: [{ __typename: 'WebhookEndpoint', id: one }] });
      const url = town.subgraphUrls.integrations ?? '';
      const [own, none] = [
        await ask(url, entity, caller, of(id)),
        await ask(url, entity, caller, of('none')),
      ];
      expect([caller, own.text]).toEqual([caller, none.text]);
    }
  });

  it('meets by each relation exactly what the rule of the place says: a wider rule is untrue', async () => {
    const met: Record<string, Set<string>> = {};
    // Paolo is of another household, and has filed nothing for Luca.
    const share = `mutation ($input: ShareSchoolDataInput!) {
      shareSchoolData(input: $input) { __typename ... on SchoolDataShared { share { id } } } }`;
    const input = {
      childId: createId('Child', keys.luca),
      recipientCodiceFiscale: paolo.codiceFiscale,
      scopes: ['ENROLMENT', 'ATTENDANCE', 'BILLING', 'PAYING', 'DIET'],
      idempotencyKey: randomUUID(),
    };
    const { shareSchoolData } = (await ask(town.graphqlUrl, share, 'claudia', { input })).data as {
      shareSchoolData: { __typename: string; share: { id: string } };
    };
    expect(shareSchoolData.__typename).toBe('SchoolDataShared');
    const shared = {
      giver: claudia.codiceFiscale,
      recipient: paolo.codiceFiscale,
      child: luca.codiceFiscale,
    };
    const codes = Object.entries(citizens).map(([name, { codiceFiscale }]) => [name, codiceFiscale] as const);
    for (const [name, code] of [...codes, ['business', trattoria.partitaIva] as const]) {
      const relations = await relationsOf(legacyUrl, code, shared);
      const asking = (url: string) => async (query: string, variables?: Record<string, unknown>) => {
        const { data, text } = await ask(url, query, name, variables);
        if (data == null) throw new Error(text);
        return data;
      };
      const start = (id: string) => ({
        debtIds: [id],
        returnUrl: town.graphqlUrl,
        idempotencyKey: randomUUID(),
      });
      await meet(asking(town.graphqlUrl), (of) => asking(town.subgraphUrls[of] ?? ''), relations, met, start);
    }
    const all = subgraphs.flatMap(({ name, access }) => placesOf(name, access));
    const places = all.filter(({ place, rule }) => {
      // The payments' instalment has nothing but its key; sharing.test.ts is about shares and the access log.
      if (['payments Instalment', ...aboutShares].includes(place)) return false;
      return met[place] !== undefined || widerRules(rule).length > 0;
    });
    expect(places.length).toBeGreaterThan(20);
    expect(untrue(places, met)).toEqual([]);
    for (const widened of places)
      for (const rule of widerRules(widened.rule)) {
        const wider = places.map((one) => (one === widened ? { ...one, rule } : one));
        expect([rule, untrue(wider, met)]).toEqual([rule, [widened.place]]);
      }
    const revoke = 'mutation ($id: ID!) { revokeShare(input: { shareId: $id }) { __typename } }';
    const revoked = await ask(town.graphqlUrl, revoke, 'claudia', { id: shareSchoolData.share.id });
    expect(revoked.data).toEqual({ revokeShare: { __typename: 'ShareRevoked' } });
  });

  it('refuses a sign-in of level 1, and says which one is wanted', async () => {
    const response = await town.post(
      { query: '{ municipality { name } }' },
      authorized('a sign-in of level 1'),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/insufficient_user_authentication.*SpidL2/);
  });

  it('leaves an event for every root that shows somebody something of theirs, and for what was refused', async () => {
    const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
    for (const { name, type, args } of roots) {
      const typeName = getNamedType(type).name;
      const own = args.length === 0 ? null : ([...(visible.claudia?.[typeName] ?? [])][0] ?? undefined);
      if (own === undefined || !['me', ...ownedTypes].some((one) => one === typeName || one === name))
        continue;
      const query = own === null ? `{ ${name} { id } }` : `{ ${name}(id: "${own}") { id } }`;
      const before = town.events.length;
      await ask(town.graphqlUrl, query, 'claudia');
      await ask(town.graphqlUrl, query, 'paolo');
      const fresh = town.events.slice(before).map(({ outcome, level }) => [outcome, level]);
      expect([name, fresh]).toEqual([name, expect.arrayContaining([['allowed', 2]])]);
      if (own !== null) expect([name, fresh]).toEqual([name, expect.arrayContaining([['refused', 2]])]);
    }
  });

  it('shows where a child lives to its household only', async () => {
    const query = '{ me { children { firstName residence { street } } } }';
    const legacyUrl = await legacyTownCopy();
    const moved = await openTestTown('in-process', { legacyUrl });
    const streets = async (person: { readonly codiceFiscale: string }) => {
      const authorization = `Bearer ${await moved.tokenOf(person.codiceFiscale)}`;
      const { data } = (await (await moved.post({ query }, { authorization })).json()) as Answer<{
        me: { children: readonly { firstName: string; residence: { street: string } | null }[] };
      }>;
      const children = data?.me.children ?? [];
      return Object.fromEntries(children.map((child) => [child.firstName, child.residence?.street ?? null]));
    };
    expect(await streets(claudia)).toEqual({ Luca: 'Via Roma', Sofia: 'Via Roma' });
    expect(await streets(paolo)).toEqual({});
    const legacyDatabase = new pg.Client(legacyUrl);
    await legacyDatabase.connect();
    // He goes to live with Paolo; Claudia still is who enrolled him.
    await legacyDatabase.query(
      `UPDATE "AN_SOGG" s SET "COD_FAM" = p."COD_FAM" FROM "AN_SOGG" p WHERE s."COD_FISC" = $1 AND p."COD_FISC" = $2`,
      [luca.codiceFiscale, paolo.codiceFiscale],
    );
    await legacyDatabase.end();
    expect(await streets(claudia)).toEqual({ Luca: null, Sofia: 'Via Roma' });
    expect(await streets(paolo)).toEqual({ Luca: 'Via Roma' });
    await moved.close();
  });

  it('leaves no name, code, address or token in the log', () => {
    const written = town.logLines.join('\n');
    const secrets = [
      ...people.flatMap((person) => [
        person.codiceFiscale,
        person.lastName,
        person.email ?? person.codiceFiscale,
      ]),
      trattoria.partitaIva,
      trattoria.name,
      'Via Roma',
      ...Object.values(tokens).flatMap((token) => (token === undefined ? [] : [token.slice(-40)])),
    ];
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
    expect(JSON.stringify(town.events)).not.toMatch(
      new RegExp(people.map((one) => one.codiceFiscale).join('|')),
    );
  });
});
