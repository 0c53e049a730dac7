import { type GraphQLObjectType, getNamedType } from 'graphql';
import type { CitizenCaller } from '../../core/identity/caller.ts';
import { createId, parseId } from '../../core/ids.ts';
import { isNumeroAvviso } from '../../core/values/index.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph/create-subgraph.ts';
import { entitiesOf, leavesOf, waysFrom } from '../e2e/access/walk.ts';
import { type Rules, visibleTypes } from './sharing-model.ts';
import { mutationDifferences } from './sharing-mutations.ts';
import { children, type Fact, type SharingTown } from './sharing-town.ts';

// Every door of the subgraphs, generated from their schemas: roots by id, entities, every edge, mutations, notices, files.

const childIds = Object.fromEntries(
  Object.entries(children).map(([code, key]) => [code, createId('Child', key)]),
);
const nowhere = (type: string) => createId(type, 'nowhere');

/** Differences between what a person meets and what the rules say; nothing else is fine. */
export async function differences(
  town: SharingTown,
  caller: CitizenCaller,
  rules: Rules,
  facts: readonly Fact[],
  addresses: Set<string> = new Set(),
): Promise<readonly string[]> {
  const { codiceFiscale: person } = caller;
  const visible = Object.fromEntries(visibleTypes.map((type) => [type, rules.visible(person, type)]));
  const wrong: string[] = [];
  const met = new Map<string, Set<string>>(visibleTypes.map((type) => [type, new Set()]));
  const universe = sampled(facts);
  for (const subgraph of town.subgraphs) {
    if (subgraph.name === 'integrations') continue;
    const { source, variables, asked } = doorsOf(subgraph, caller, universe);
    const { data, errors = [] } = await town.query(subgraph.name, source, caller, variables);
    if (errors.length > 0) throw new Error(`${subgraph.name}: ${JSON.stringify(errors).slice(0, 500)}`);
    for (const { door, type, id, at, none } of asked) {
      const text = textOf(at(data), id);
      const isSeen = text !== textOf(none(data), nowhere(type));
      const isAllowed = visible[type]?.has(id) ?? false;
      // What only points to a thing says its id back, whoever asks.
      if (isSeen && !isAllowed) wrong.push(`${door}: ${type} ${parseId(type, id)} is seen`);
      if (!isSeen && isAllowed && !pointers.has(`${subgraph.name} ${type}`))
        wrong.push(`${door}: ${type} ${parseId(type, id)} is missing`);
    }
    const { _entities, ...roots } = data as { _entities: readonly unknown[] } & Record<string, unknown>;
    const own = _entities.slice(0, 1 + Object.keys(children).length);
    for (const { __typename, id } of entitiesOf([own, roots])) met.get(__typename)?.add(id);
    for (const [address] of JSON.stringify(data).matchAll(/http:\/\/town\.test[^"]+/g))
      addresses.add(address);
    wrong.push(...fieldDifferences(rules, person, own as readonly (SeenChild | null)[]));
  }
  // The payments' lists of a child are the caller's debts; a child's list of another subgraph begins with its own ids.
  for (const type of visibleTypes) {
    const [seen, allowed] = [met.get(type) ?? new Set<string>(), visible[type] ?? new Set<string>()];
    for (const id of seen) if (!allowed.has(id)) wrong.push(`met: ${type} ${parseId(type, id)}`);
    for (const id of allowed) if (!seen.has(id)) wrong.push(`not met: ${type} ${parseId(type, id)}`);
  }
  wrong.push(...(await mutationDifferences(town, caller, visible, universe)));
  wrong.push(...(await noticeDifferences(town, caller, rules, universe)));
  wrong.push(...(await addressDifferences(town, caller, visible, rules, addresses)));
  return wrong.map((difference) => `${caller.firstName}: ${difference}`);
}

const textOf = (value: unknown, id: string) => (JSON.stringify(value) ?? '').replaceAll(id, '…');

/** References that hold nothing but the key: they answer with it, whoever asks. */
const pointers: ReadonlySet<string> = new Set([
  'payments Instalment',
  'school-billing Practice',
  'payments Child',
]);

/** A few facts of each person, child and type. */
function sampled(facts: readonly Fact[]): readonly Fact[] {
  const groups = Map.groupBy(facts, ({ type, person, child }) => `${type} ${person} ${child}`);
  return [...groups.values()].flatMap((group) =>
    group.length < 3 ? group : [group[0], group.at(-1)],
  ) as Fact[];
}

interface Asked {
  readonly door: string;
  readonly type: string;
  readonly id: string;
  at(data: Record<string, unknown>): unknown;
  /** The answer of the same door for an id that nobody has. */
  none(data: Record<string, unknown>): unknown;
}

/** One operation with every door of a subgraph that takes an id, and every edge of the caller and of the children. */
function doorsOf({ name, schema }: Subgraph, caller: CitizenCaller, universe: readonly Fact[]) {
  const ids = Map.groupBy(universe, ({ type }) => type);
  const idsOf = (type: string) => [...new Set((ids.get(type) ?? []).map(({ id }) => id))];
  const objects = (
    schema.getType('_Entity') as unknown as { getTypes(): readonly GraphQLObjectType[] }
  ).getTypes();
  const asked: Asked[] = [];
  const selections: string[] = [];
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const type = getNamedType(field.type);
    if (field.name === 'me') selections.push(`me { ${edgesOf(type as GraphQLObjectType)} }`);
    if (field.args.length !== 1 || field.args[0]?.name !== 'id' || !ids.has(type.name)) continue;
    const select = `{ __typename ${leavesOf(type as GraphQLObjectType)} }`;
    selections.push(`${field.name}0: ${field.name}(id: "${nowhere(type.name)}") ${select}`);
    for (const [n, id] of idsOf(type.name).entries()) {
      selections.push(`${field.name}${n + 1}: ${field.name}(id: "${id}") ${select}`);
      const from = (number: number) => (data: Record<string, unknown>) => data[`${field.name}${number}`];
      asked.push({ door: `${name} ${field.name}`, type: type.name, id, at: from(n + 1), none: from(0) });
    }
  }
  const of: { readonly __typename: string; readonly id: string }[] = [
    { __typename: 'Citizen', id: caller.id },
    ...Object.values(childIds).map((id) => ({ __typename: 'Child', id })),
  ];
  for (const { name: type } of objects) {
    if (!ids.has(type)) continue;
    const nothingAt = of.push({ __typename: type, id: nowhere(type) }) - 1;
    for (const id of idsOf(type)) {
      const position = of.push({ __typename: type, id }) - 1;
      const from = (index: number) => (data: Record<string, unknown>) => (data._entities as unknown[])[index];
      asked.push({ door: `${name} entity`, type, id, at: from(position), none: from(nothingAt) });
    }
  }
  const parts = objects
    .filter(({ name: type }) => ['Citizen', 'Child'].includes(type) || ids.has(type))
    .map(
      (type) =>
        `... on ${type.name} { ${['Citizen', 'Child'].includes(type.name) ? edgesOf(type) : `__typename ${leavesOf(type)}`} }`,
    );
  selections.push(`_entities(representations: $of) { ${parts.join(' ')} }`);
  return { source: `query ($of: [_Any!]!) { ${selections.join(' ')} }`, variables: { of }, asked };
}

const known = new Map<string, string>();

/** Everything within two steps of an object. */
function edgesOf(type: GraphQLObjectType): string {
  const key = Object.keys(type.getFields()).join();
  const ways =
    known.get(key) ??
    waysFrom(type, 2).join(' ').replaceAll('attendance(month: "2026-10")', 'attendance(month: "2026-02")');
  known.set(key, ways);
  return `__typename ${leavesOf(type)} ${ways}`;
}

interface SeenChild {
  readonly __typename: string;
  readonly id: string;
  readonly schoolAccess?: string;
  readonly shares?: unknown;
  readonly accessLog?: unknown;
  readonly invoiceListPdf?: unknown;
  readonly attendance?: { readonly days: readonly unknown[] };
  readonly enrolments?: readonly { readonly diet: unknown; readonly id: string }[];
}

/** Fields of a child that a scope opens, and those that none does. */
function fieldDifferences(
  rules: Rules,
  person: string,
  seen: readonly (SeenChild | null)[],
): readonly string[] {
  const wrong: string[] = [];
  for (const child of seen) {
    if (child?.__typename !== 'Child' || child.schoolAccess === undefined) continue;
    const code = Object.entries(childIds).find(([, id]) => id === child.id)?.[0] ?? '';
    const says = (field: string, isShown: boolean, isAllowed: boolean) => {
      if (isShown !== isAllowed)
        wrong.push(`Child.${field} of ${code}: ${isShown ? 'is shown' : 'is missing'}`);
    };
    const isApplicant = rules.opened(person, code, []);
    says('shares', child.shares !== null, isApplicant);
    says('accessLog', child.accessLog !== null, isApplicant);
    says('invoiceListPdf', child.invoiceListPdf !== null, rules.opened(person, code, ['BILLING', 'PAYING']));
    const mayAttend = rules.opened(person, code, ['ATTENDANCE']);
    if (child.attendance?.days.length && !mayAttend) wrong.push(`Child.attendance of ${code} is shown`);
    const expected = rules.filed(person, code)
      ? 'APPLICANT'
      : rules.opened(person, code, allScopes)
        ? 'SHARED'
        : 'OTHER_PARENT';
    if (child.schoolAccess !== expected) wrong.push(`schoolAccess of ${code} is ${child.schoolAccess}`);
    const mayKnowDiet = rules.opened(person, code, ['DIET']);
    if (child.enrolments?.some(({ diet }) => diet !== null) && !mayKnowDiet)
      wrong.push(`Enrolment.diet of ${code} is shown`);
  }
  return wrong;
}

const allScopes = ['ENROLMENT', 'ATTENDANCE', 'BILLING', 'PAYING', 'DIET'] as const;

/** A notice is found by its number, but by a person for whom its child is blocked. */
async function noticeDifferences(
  town: SharingTown,
  caller: CitizenCaller,
  rules: Rules,
  universe: readonly Fact[],
): Promise<readonly string[]> {
  const debts = universe
    .filter(({ notice }) => notice !== null && isNumeroAvviso(notice.number))
    .slice(0, 20);
  const fields = debts.map(
    (
      { notice, person },
      n,
    ) => `n${n}: paymentNotice(numeroAvviso: "${notice?.number}", creditor: "${notice?.creditor}") { amount }
      a${n}: paymentArchive(numeroAvviso: "${notice?.number}", creditor: "${notice?.creditor}", debtor: "${person}") { amount }`,
  );
  const { data } = await town.query('payments', `{ ${fields.join(' ')} }`, caller);
  return debts.flatMap(({ child, id }, n) => {
    const isHidden = rules.blockOf(caller.codiceFiscale, child) !== undefined;
    const isSeen = data[`n${n}`] !== null || data[`a${n}`] !== null;
    return isSeen === isHidden
      ? [`notice of debt ${parseId('Debt', id)} is ${isSeen ? 'seen' : 'missing'}`]
      : [];
  });
}

/** Addresses that this person was handed out at any time work as long as the person sees the thing. */
async function addressDifferences(
  town: SharingTown,
  caller: CitizenCaller,
  visible: Readonly<Record<string, ReadonlySet<string>>>,
  rules: Rules,
  addresses: ReadonlySet<string>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const looked = new Map<string, number>();
  for (const address of addresses) {
    const [, , subgraph = '', sealed = ''] = new URL(address).pathname.split('/');
    const grant = town.services.documents.read(subgraph, sealed);
    if (grant === null || grant === 'expired' || grant.caller.kind !== 'citizen') continue;
    if (grant.caller.id !== caller.id) continue;
    const isAllowed = isServedBy[grant.kind]?.(grant.parts.map(String), visible, rules, caller.codiceFiscale);
    if (isAllowed === undefined) continue;
    const key = `${grant.kind} ${isAllowed}`;
    looked.set(key, (looked.get(key) ?? 0) + 1);
    if ((looked.get(key) ?? 0) > 3) continue;
    if ((await town.isServed(address)) !== isAllowed)
      wrong.push(`${grant.kind} ${grant.parts} is ${isAllowed ? 'missing' : 'served'}`);
  }
  return wrong;
}

type IsServed = (
  parts: readonly string[],
  visible: Readonly<Record<string, ReadonlySet<string>>>,
  rules: Rules,
  person: string,
) => boolean;

const isServedBy: Readonly<Record<string, IsServed>> = {
  InvoiceAttachment: ([year = '', number = ''], { Invoice }) =>
    Invoice?.has(createId('Invoice', year, number)) ?? false,
  InvoiceList: ([id = ''], _, rules, person) => {
    const code = Object.entries(childIds).find(([, one]) => one === id)?.[0] ?? '';
    return rules.opened(person, code, ['BILLING', 'PAYING']);
  },
};
