import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { Caller } from '../../../../core/identity/caller.ts';
import { silentLog } from '../../../../core/log.ts';
import { definitions } from '../../../../subgraphs/registry.ts';
import { enforceRules } from '../../../../subgraphs/shared/access/enforce-rules.ts';
import {
  type AccessMap,
  type AccessRule,
  type AccessRuleName,
  accessRules,
} from '../../../../subgraphs/shared/access/rules.ts';
import {
  createSubgraph,
  type SubgraphDefinition,
} from '../../../../subgraphs/shared/subgraph/create-subgraph.ts';
import { claudia } from '../../../support/people.ts';
import { type CallerKind, callerKinds, claims } from '../../../support/rule-claims.ts';

// Every resolver and reference of the real subgraphs answers every caller here. Only the guard refuses anybody.

const callers: Readonly<Record<CallerKind, Caller>> = {
  anonymous: { kind: 'anonymous' },
  citizen: claudia,
  business: {
    kind: 'business',
    id: 'business-1',
    partitaIva: '03123450169' as never,
    codiceFiscale: '03123450169' as never,
    name: 'Trattoria',
    signInMethod: 'VAT_PASSWORD',
  },
  program: { kind: 'machine', clientId: 'integrator', scopes: ['payment:statuses', 'other'] },
  'program with payment:status': { kind: 'machine', clientId: 'integrator', scopes: ['payment:status'] },
  'program with webhooks:manage': { kind: 'machine', clientId: 'integrator', scopes: ['webhooks:manage'] },
};

const everybody = [...callerKinds];
const persons = ['citizen', 'business'];
const citizens = ['citizen'];

/** The callers that each entry point admits: root fields, entities by their type, fields with a rule of their own. */
const promised: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  anagrafe: {
    'Query.municipality': everybody,
    'Query.me': persons,
    'Query.myBusiness': persons,
    'Query.child': citizens,
    Citizen: persons,
    Business: persons,
    Child: citizens,
    'Child.residence': citizens,
  },
  practices: {
    'Query.serviceAreas': everybody,
    'Query.practiceCategories': everybody,
    'Query.practiceTemplate': everybody,
    'Query.practice': persons,
    'Query.protocollo': persons,
    'Mutation.startPractice': persons,
    'Mutation.savePractice': persons,
    'Mutation.submitPractice': persons,
    'Mutation.integratePractice': persons,
    'Mutation.withdrawPractice': persons,
    'Mutation.createUpload': persons,
    'Mutation.rateService': everybody,
    Citizen: persons,
    'Citizen.practices': persons,
    'Citizen.protocolli': persons,
    Business: persons,
    'Business.practices': persons,
    'Business.protocolli': persons,
    Child: citizens,
    'Child.practices': persons,
    PracticeTemplate: everybody,
    Practice: persons,
    Protocollo: persons,
  },
  'school-billing': {
    'Query.invoice': citizens,
    'Mutation.shareSchoolData': citizens,
    'Mutation.revokeShare': citizens,
    Citizen: persons,
    'Citizen.receivedShares': citizens,
    'Citizen.invoices': citizens,
    'Citizen.instalments': citizens,
    Child: citizens,
    'Child.enrolments': citizens,
    'Child.invoices': citizens,
    'Child.invoiceListPdf': citizens,
    'Child.attendance': citizens,
    'Child.shares': citizens,
    'Child.accessLog': citizens,
    SchoolDataShare: citizens,
    Enrolment: citizens,
    Practice: persons,
    Invoice: citizens,
    Instalment: citizens,
  },
  payments: {
    'Query.debt': persons,
    'Query.paymentKinds': everybody,
    'Query.paymentNotice': everybody,
    'Query.paymentArchive': everybody,
    'Query.paymentStatusByIuv': ['program with payment:status'],
    'Query.paymentSession': everybody,
    'Mutation.startPayment': persons,
    'Mutation.payNotice': everybody,
    'Mutation.createSpontaneousPayment': everybody,
    'Mutation.cancelPaymentSession': everybody,
    Citizen: persons,
    'Citizen.debts': persons,
    'Citizen.payments': persons,
    'Citizen.paymentStatementPdf': persons,
    Business: persons,
    'Business.debts': persons,
    'Business.payments': persons,
    Child: citizens,
    'Child.debts': persons,
    Instalment: citizens,
    'Instalment.debt': persons,
    Debt: persons,
    'Receipt.payerName': persons,
    PaymentSession: everybody,
    PaymentKind: everybody,
  },
  integrations: {
    'Query.webhookEndpoints': ['program with webhooks:manage'],
    'Mutation.createWebhookEndpoint': ['program with webhooks:manage'],
    'Mutation.updateWebhookEndpoint': ['program with webhooks:manage'],
    'Mutation.rotateWebhookSecret': ['program with webhooks:manage'],
    'Mutation.deleteWebhookEndpoint': ['program with webhooks:manage'],
    'Mutation.sendTestWebhook': ['program with webhooks:manage'],
    'Mutation.replayWebhooks': ['program with webhooks:manage'],
    WebhookEndpoint: ['program with webhooks:manage'],
  },
};

const something = 'something';
const answer = () => something;

type Resolve = GraphQLFieldResolver<unknown, unknown>;
interface Probed {
  readonly access: AccessMap;
  readonly schema: GraphQLSchema;
}
const subgraphs = new Map<string, Probed>();

/** The definition with its real schema and rules, and with references that answer every caller. */
function answering(definition: SubgraphDefinition): SubgraphDefinition {
  const names = Object.keys(definition.references);
  const references = Object.fromEntries(names.map((name) => [name, ({ id }: { id: string }) => ({ id })]));
  return { ...definition, references };
}

const originals: (readonly [prototype: object, name: string, method: PropertyDescriptor])[] = [];

beforeAll(async () => {
  for (const definition of definitions) {
    for (const resolver of definition.resolvers) replaceMethods(resolver.prototype);
    subgraphs.set(definition.name, await createSubgraph(answering(definition)));
  }
});
afterAll(() => {
  for (const [prototype, name, method] of originals) Object.defineProperty(prototype, name, method);
});

/** Those of its base classes too. */
function replaceMethods(prototype: object): void {
  if (prototype === Object.prototype) return;
  for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === 'constructor' || method.value === answer) continue;
    originals.push([prototype, name, method]);
    Object.defineProperty(prototype, name, { value: answer });
  }
  replaceMethods(Object.getPrototypeOf(prototype));
}

function fieldsOf(schema: GraphQLSchema) {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ place: `${type.name}.${field.name}`, field })),
    );
}

/** The places that have a rule of their own and can be asked for by themselves. */
function entryPointsOf({ schema, access }: Probed): readonly string[] {
  const roots = fieldsOf(schema)
    .map(({ place }) => place)
    .filter((place) => /^(Query|Mutation)\.[^_]/.test(place));
  const nested = Object.keys(access).filter((place) => place.includes('.') && !roots.includes(place));
  return [...roots, ...nested, ...entitiesOf(schema)].toSorted();
}

function entitiesOf(schema: GraphQLSchema): readonly string[] {
  const union = schema.getType('_Entity') as unknown as { getTypes(): readonly { name: string }[] };
  return union.getTypes().map(({ name }) => name);
}

type Ask = (context: unknown) => unknown;
type Way = (place: string) => Ask;

/** A call at an entry point of a subgraph as it is served. */
function served({ schema }: Probed): Way {
  const fields = new Map(fieldsOf(schema).map(({ place, field }) => [place, field]));
  return (place) => {
    const [type, name = ''] = place.split('.');
    const isEntity = !place.includes('.');
    const args = isEntity ? { representations: [{ __typename: type, id: 'x' }] } : { id: 'x', input: {} };
    const info = { fieldName: name, path: { prev: undefined, key: 'x', typename: undefined } } as never;
    const resolve = fields.get(isEntity ? 'Query._entities' : place)?.resolve;
    return (context) => resolve?.({ [name]: something }, args as never, context, info);
  };
}

/** The same over resolvers without a guard, with other rules and without the guard of one place. */
function guarded({ schema }: Probed, access: AccessMap, unguarded?: string): Way {
  const fields = fieldsOf(schema);
  const saved = fields.map(({ field }) => field.resolve);
  for (const { field } of fields) field.resolve = answer;
  try {
    const references = enforceRules(schema, access, {});
    const guards = new Map(fields.map(({ place, field }) => [place, field.resolve as Resolve]));
    return (place) => {
      if (place === unguarded) return answer;
      if (!place.includes('.')) return (context) => references[place]?.({ id: 'x' }, context as never);
      return (context) => guards.get(place)?.({}, { id: 'x' }, context, {} as never);
    };
  } finally {
    for (const [n, { field }] of fields.entries()) Object.assign(field, { resolve: saved[n] });
  }
}

async function isAdmitted(ask: Ask, caller: Caller): Promise<boolean> {
  const context = { caller, language: 'en', log: silentLog, audit: { record: () => undefined } };
  try {
    const value = await ask(context);
    const answered = Array.isArray(value) ? value[0] : value;
    return answered != null && answered.code !== 'NOT_ALLOWED';
  } catch (error) {
    expect(error).toMatchObject({ message: expect.stringMatching(/scope (payment:status|webhooks:manage)/) });
    return false;
  }
}

async function matrix(
  places: readonly string[],
  way: Way,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const admitted: Record<string, readonly string[]> = {};
  for (const place of places) {
    const ask = way(place);
    const through: string[] = [];
    for (const kind of callerKinds) if (await isAdmitted(ask, callers[kind])) through.push(kind);
    admitted[place] = through;
  }
  return admitted;
}

const names = Object.keys(promised);
const probed = (name: string) => subgraphs.get(name) as Probed;
const rules = Object.keys(accessRules) as AccessRuleName[];

it('every subgraph is here', () => {
  expect(definitions.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
});

describe.each(names)('the rules of %s', (name) => {
  const expected = promised[name] ?? {};

  it('admit these callers and no others, at every entry point', async () => {
    const places = entryPointsOf(probed(name));
    expect(await matrix(places, served(probed(name)))).toEqual(expected);
    expect(await matrix(places, guarded(probed(name), probed(name).access))).toEqual(expected);
  });

  it('are enforced at every entry point: one guard less changes the matrix', async () => {
    const closed = Object.keys(expected).filter((place) => expected[place]?.length !== callerKinds.length);
    expect(closed.length).toBeGreaterThan(5);
    for (const place of closed) {
      const seen = await matrix([place], guarded(probed(name), probed(name).access, place));
      expect(seen).not.toEqual({ [place]: expected[place] });
    }
  });

  it('are seen to be wider, whichever is widened to whichever', async () => {
    const { access } = probed(name);
    const missed: string[] = [];
    for (const [place, rule] of Object.entries(access))
      for (const wider of rules) {
        if (!isWider(place, rule, wider)) continue;
        const seen = await isSeen(probed(name), { ...access, [place]: wider }, place, expected[place]);
        if (!seen) missed.push(`${place}: ${rule} as ${wider}`);
      }
    expect(missed).toEqual([]);
  });
});

/** Whether a rule admits more kinds of callers in this place. Rules that admit the same kinds are the matrix's: test/e2e/access. */
function isWider(place: string, rule: AccessRuleName, other: AccessRuleName): boolean {
  if (rule === other) return false;
  const isPart = !place.includes('.') && (rule === 'PART' || rule === 'PUBLIC');
  return isPart || claims[other].admits.some((kind) => !claims[rule].admits.includes(kind));
}

/** Whether wider rules are refused when the subgraph is built, or change the matrix. */
async function isSeen(
  subgraph: Probed,
  access: AccessMap,
  place: string,
  expected: readonly string[] | undefined,
): Promise<boolean> {
  let way: Way;
  try {
    way = guarded(subgraph, access);
  } catch {
    return true;
  }
  if (expected === undefined) return false;
  const { [place]: admitted } = await matrix([place], way);
  return JSON.stringify(admitted) !== JSON.stringify(expected);
}

describe('a rule that admits one more kind of caller', () => {
  const audiences = {
    anonymous: 'anonymous',
    citizen: 'applicant',
    business: 'business',
    program: 'machine',
  } as const;
  const closed = rules.filter((rule) => claims[rule].admits.length < callerKinds.length);

  it.each(closed)('is seen: %s', async (name) => {
    const rule = accessRules[name] as { sees: AccessRule['sees']; scope?: string };
    const { sees, scope } = rule;
    const whole = () =>
      Promise.all(names.map((one) => matrix(Object.keys(promised[one] ?? {}), served(probed(one)))));
    const all = names.map((one) => promised[one]);
    const wider = Object.values(audiences).filter((audience) => sees[audience] === 'none');
    for (const audience of wider) {
      rule.sees = { ...sees, [audience]: 'theirs' };
      // A rule with a scope admits programs only, whatever else it names.
      if (scope === undefined) expect([audience, await whole()]).not.toEqual([audience, all]);
      else expect([audience, await whole()]).toEqual([audience, all]);
      rule.sees = sees;
    }
    if (scope !== undefined) {
      delete rule.scope;
      expect(await whole()).not.toEqual(all);
      rule.scope = scope;
    }
    expect(await whole()).toEqual(all);
  });
});
