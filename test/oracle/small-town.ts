import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, type GraphQLResolveInfo, type GraphQLSchema, parse } from 'graphql';

/** A town of four subgraphs, small enough that the same answers can be had from one plain schema. */
export interface SmallTown {
  readonly supergraphSdl: string;
  readonly subgraphs: Readonly<Record<string, GraphQLSchema>>;
  /** The whole graph as one schema without federation: the oracle. */
  readonly merged: GraphQLSchema;
}

interface Row {
  readonly __typename: string;
  readonly id: string;
}

const children = [
  {
    __typename: 'Child',
    id: 'c1',
    name: 'Luca',
    weight: 31,
    grade: 'PRIMARIA',
    nick: null,
    invoiceIds: ['i1', 'i2'],
  },
  {
    __typename: 'Child',
    id: 'c2',
    name: 'Sofia',
    weight: null,
    grade: 'INFANZIA',
    nick: 'Sofi',
    invoiceIds: [],
  },
  // No name, where a name must be: what holds this child becomes null.
  {
    __typename: 'Child',
    id: 'c3',
    name: null,
    weight: 12,
    grade: 'PRIMARIA',
    nick: 'Tom',
    invoiceIds: ['i3', 'i1'],
  },
];
const invoices = [
  { __typename: 'Invoice', id: 'i1', amount: 10142, label: 'Set. 2020', childId: 'c1', debtIds: ['d1'] },
  { __typename: 'Invoice', id: 'i2', amount: 500, label: null, childId: 'c1', debtIds: ['d2', 'd1'] },
  { __typename: 'Invoice', id: 'i3', amount: null, label: 'Ott. 2020', childId: 'c3', debtIds: [] },
];
const debts = [
  { __typename: 'Debt', id: 'd1', iuv: '111', open: true, invoiceId: 'i1' },
  { __typename: 'Debt', id: 'd2', iuv: '222', open: false, invoiceId: 'i2' },
];
const citizens = [
  {
    __typename: 'Citizen',
    id: 'p1',
    name: 'Claudia',
    childIds: ['c1', 'c2'],
    tags: ['a', null, 'b'],
    favouriteIds: ['c1', 'd1', 'i2'],
  },
  { __typename: 'Citizen', id: 'p2', name: 'Giulia', childIds: ['c3'], tags: [], favouriteIds: ['p1', 'c3'] },
];

const all = new Map<string, Row>(
  [...children, ...invoices, ...debts, ...citizens].map((row) => [row.id, row]),
);
const row = (id: string) => all.get(id) ?? null;
const rows = (ids: readonly string[]) => ids.map(row);
const childInvoices = (child: Row, { first }: { first?: number | null }) =>
  rows(children.find((c) => c.id === child.id)?.invoiceIds ?? []).slice(0, first ?? 99);
const costOf = (weight: number | null | undefined) => (weight == null ? null : weight * 3);

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires"])\n';

const typeDefs = {
  anagrafe: `
    type Query { me: Citizen citizens: [Citizen!]! citizen(id: ID!): Citizen node(id: ID!): Node favourites: [Thing] }
    interface Node { id: ID! }
    union Thing = Citizen | Child | Invoice | Debt
    enum Grade { INFANZIA PRIMARIA }
    type Citizen implements Node @key(fields: "id") { id: ID! name: String! children(grade: Grade): [Child!] tags: [String] oldest: Child }
    type Child implements Node @key(fields: "id") { id: ID! name: String! nick: String grade: Grade! weight: Int @shareable }
    type Invoice @key(fields: "id", resolvable: false) { id: ID! }
    type Debt @key(fields: "id", resolvable: false) { id: ID! }`,
  billing: `
    type Query { invoice(id: ID!): Invoice invoices: [Invoice!] }
    type Child @key(fields: "id") { id: ID! weight: Int @external invoices(first: Int = 2): [Invoice!]! cost: Int @requires(fields: "weight") }
    type Invoice @key(fields: "id") { id: ID! amount: Int! label: String child: Child }`,
  payments: `
    type Query { debt(id: ID!): Debt }
    type Invoice @key(fields: "id") { id: ID! debts: [Debt!]! }
    type Citizen @key(fields: "id") { id: ID! debts(open: Boolean): [Debt] }
    type Debt @key(fields: "id") { id: ID! iuv: String! open: Boolean! invoice: Invoice }`,
  practices: `
    type Query { practice: Practice practices: [Practice!]! }
    interface Titled { title: String! }
    type Practice implements Titled @key(fields: "id") { id: ID! title: String! child: Child applicant: Citizen }
    type Notice implements Titled { title: String! about: [Titled] }
    type Citizen @key(fields: "id") { id: ID! practices: [Practice!]! notices: [Titled!] }
    type Child @key(fields: "id", resolvable: false) { id: ID! }`,
};

const practices = [
  { __typename: 'Practice', id: 'r1', title: 'Mensa', childId: 'c1', applicantId: 'p1' },
  { __typename: 'Practice', id: 'r2', title: 'Dieta', childId: 'c3', applicantId: 'p2' },
];
const practicesOf = (citizen: Row) => practices.filter((practice) => practice.applicantId === citizen.id);
const noticesOf = (citizen: Row) => [
  { __typename: 'Notice', title: 'Avviso', about: [practices[0], null] },
  ...practicesOf(citizen),
];

type Resolver = (source: never, args: never, context: unknown, info: GraphQLResolveInfo) => unknown;
type Resolvers = Record<string, Record<string, Resolver>>;

const fields: Resolvers = {
  Query: {
    me: () => row('p1'),
    citizens: () => rows(['p1', 'p2']),
    citizen: (_: never, { id }: { id: string }) => citizens.find((c) => c.id === id) ?? null,
    node: (_: never, { id }: { id: string }) => [...citizens, ...children].find((c) => c.id === id) ?? null,
    favourites: () => [row('c1'), row('d1'), null, row('i2'), row('p2'), row('c3')],
    invoice: (_: never, { id }: { id: string }) => invoices.find((i) => i.id === id) ?? null,
    invoices: () => rows(['i1', 'i2']),
    debt: (_: never, { id }: { id: string }) => debts.find((d) => d.id === id) ?? null,
    practice: () => practices[1],
    practices: () => practices,
  } as unknown as Record<string, Resolver>,
  Citizen: {
    children: ({ childIds }: (typeof citizens)[0], { grade }: { grade?: string | null }) =>
      rows(childIds).filter((c) => grade == null || (c as unknown as { grade: string }).grade === grade),
    oldest: ({ childIds }: (typeof citizens)[0]) => row(childIds[0] ?? ''),
    debts: (citizen: Row, { open }: { open?: boolean | null }) =>
      citizen.id === 'p1' ? debts.map((debt) => (open == null || debt.open === open ? debt : null)) : [],
    practices: practicesOf,
    notices: noticesOf,
  } as unknown as Record<string, Resolver>,
  Child: {
    invoices: childInvoices,
    cost: ({ weight }: { weight?: number | null }) => costOf(weight),
  } as unknown as Record<string, Resolver>,
  Invoice: {
    child: ({ childId }: (typeof invoices)[0]) => row(childId),
    debts: ({ id }: Row) => rows(invoices.find((i) => i.id === id)?.debtIds ?? []),
  } as unknown as Record<string, Resolver>,
  Debt: { invoice: ({ invoiceId }: (typeof debts)[0]) => row(invoiceId) } as unknown as Record<
    string,
    Resolver
  >,
  Practice: {
    child: ({ childId }: (typeof practices)[0]) => row(childId),
    applicant: ({ applicantId }: (typeof practices)[0]) => row(applicantId),
  } as unknown as Record<string, Resolver>,
};

const mergedSdl = `
  type Query {
    me: Citizen citizens: [Citizen!]! citizen(id: ID!): Citizen node(id: ID!): Node favourites: [Thing]
    invoice(id: ID!): Invoice invoices: [Invoice!] debt(id: ID!): Debt practice: Practice practices: [Practice!]!
  }
  interface Node { id: ID! }
  interface Titled { title: String! }
  union Thing = Citizen | Child | Invoice | Debt
  enum Grade { INFANZIA PRIMARIA }
  type Citizen implements Node {
    id: ID! name: String! children(grade: Grade): [Child!] tags: [String] oldest: Child
    debts(open: Boolean): [Debt] practices: [Practice!]! notices: [Titled!]
  }
  type Child implements Node { id: ID! name: String! nick: String grade: Grade! weight: Int invoices(first: Int = 2): [Invoice!]! cost: Int }
  type Invoice { id: ID! amount: Int! label: String child: Child debts: [Debt!]! }
  type Debt { id: ID! iuv: String! open: Boolean! invoice: Invoice }
  type Practice implements Titled { id: ID! title: String! child: Child applicant: Citizen }
  type Notice implements Titled { title: String! about: [Titled] }`;

export function createSmallTown(): SmallTown {
  const documents = Object.entries(typeDefs).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(link + sdl),
  }));
  const composed = composeServices(documents);
  if (composed.supergraphSdl === undefined)
    throw new Error(composed.errors?.map((error) => error.message).join('\n'));
  const subgraphs = Object.fromEntries(
    documents.map(({ name, typeDefs: document }) => [
      name,
      buildSubgraphSchema({ typeDefs: document, resolvers: resolversFor(document) as never }),
    ]),
  );
  return { supergraphSdl: composed.supergraphSdl, subgraphs, merged: mergedSchema() };
}

/** The resolvers of what a subgraph declares. An entity that comes from elsewhere keeps what its representation says. */
function resolversFor(document: ReturnType<typeof parse>): Record<string, object> {
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const definition of document.definitions) {
    if (definition.kind !== 'ObjectTypeDefinition') continue;
    const own: Record<string, unknown> = {};
    for (const field of definition.fields ?? []) {
      const resolver = fields[definition.name.value]?.[field.name.value];
      if (resolver !== undefined) own[field.name.value] = resolver;
    }
    if (definition.directives?.some((directive) => directive.name.value === 'key')) {
      own.__resolveReference = (reference: Row) => ({
        ...(row(reference.id) ?? practices.find((p) => p.id === reference.id)),
        ...reference,
      });
    }
    resolvers[definition.name.value] = own;
  }
  return resolvers;
}

function mergedSchema(): GraphQLSchema {
  const schema = buildSchema(mergedSdl);
  for (const [typeName, resolvers] of Object.entries(fields)) {
    const type = schema.getType(typeName);
    if (type === undefined || !('getFields' in type)) continue;
    for (const [name, resolve] of Object.entries(resolvers)) {
      const field = type.getFields()[name];
      if (field !== undefined && 'resolve' in field) field.resolve = resolve as never;
    }
  }
  return schema;
}
