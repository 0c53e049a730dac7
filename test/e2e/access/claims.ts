import type { AccessMap, AccessRuleName } from '../../../subgraphs/shared/access/rules.ts';
import { claims } from '../../support/rule-claims.ts';
import type { Relations } from './oracle.ts';

/** The relations by which callers met something, by place: a field, or an entity of a subgraph. */
export type Met = Readonly<Record<string, ReadonlySet<string>>>;

// biome-ignore-start lint/suspicious/noExplicitAny: answers are read by the shapes of the queries beside them
type Ask = (query: string, variables?: Record<string, unknown>) => Promise<any>;

const page = '(first: 100)';
const nodes = (fields: string) => `${page} { edges { node { ${fields} } } }`;
const instalment = 'id debt { id }';

/** Every field that only some relation opens. */
const everything = `{ me {
  debts { id } paid: debts(status: [PAID]) { id }
  payments${nodes('id receipt { payerName }')}
  invoices${nodes(`id instalments { ${instalment} }`)}
  instalments${nodes(instalment)}
  children { id residence { street } debts { id } invoiceListPdf { fileName }
    invoices${nodes('id')}
    enrolments2025: enrolments(schoolYear: "2025/2026") { id } enrolments2026: enrolments(schoolYear: "2026/2027") { id }
    attendance1: attendance(month: "2026-02") { days { date } } attendance2: attendance(month: "2025-10") { days { date } } }
} myBusiness { debts { id } payments${nodes('id receipt { payerName }')} } }`;

/** Asks as one citizen or business for everything of theirs, and by id for one thing of each relation. */
export async function meet(
  ask: Ask,
  askSubgraph: (name: string) => Ask,
  relations: Relations,
  met: Record<string, Set<string>>,
  startPaymentInput: (debtId: string) => Record<string, unknown>,
): Promise<void> {
  const note = (place: string, relation: string) => {
    met[place] ??= new Set();
    met[place]?.add(relation);
  };
  const noteAll = (place: string, type: string, things: readonly any[] | null | undefined) => {
    for (const { id } of things ?? []) note(place, relations[type]?.get(id) ?? 'none');
  };
  const { me, myBusiness } = await ask(everything);
  for (const [type, person] of Object.entries<any>({ Citizen: me, Business: myBusiness })) {
    noteAll(`${type}.debts`, 'Debt', person?.debts);
    noteAll(`${type}.payments`, 'Payment', listOf(person?.payments));
    for (const { id, receipt } of listOf(person?.payments))
      if (receipt?.payerName) note('Receipt.payerName', relations.Payment?.get(id) ?? 'none');
  }
  noteAll('Citizen.invoices', 'Invoice', listOf(me?.invoices));
  noteAll('Citizen.instalments', 'Instalment', listOf(me?.instalments));
  for (const one of [
    ...listOf(me?.instalments),
    ...listOf(me?.invoices).flatMap(({ instalments }) => instalments),
  ]) {
    noteAll('Instalment.debt', 'Debt', one.debt === null ? [] : [one.debt]);
  }
  for (const child of me?.children ?? []) {
    const relation = relations.Child?.get(child.id) ?? 'none';
    if (child.residence) note('Child.residence', relation);
    if (child.attendance1?.days.length || child.attendance2?.days.length) note('Child.attendance', relation);
    if (child.invoiceListPdf) note('Child.invoiceListPdf', relation);
    noteAll('Child.debts', 'Debt', child.debts);
    noteAll('Child.invoices', 'Invoice', listOf(child.invoices));
    noteAll('Child.enrolments', 'Enrolment', [
      ...(child.enrolments2025 ?? []),
      ...(child.enrolments2026 ?? []),
    ]);
  }
  await meetById(ask, askSubgraph, relations, note);
  const mutation = 'mutation ($input: StartPaymentInput!) { startPayment(input: $input) { __typename } }';
  // Of the caller's own debts a paid one: it is not refused as another's, and starts nothing.
  const debts = [
    ...oneOfEach(relations.Debt).values(),
    ...(me?.paid ?? []).slice(0, 1).map(({ id }: any) => id),
  ];
  for (const id of debts) {
    const relation = relations.Debt?.get(id) ?? 'none';
    if (relation === 'debtor' && id !== me?.paid[0]?.id) continue;
    const { startPayment } = await ask(mutation, { input: startPaymentInput(id) });
    if (startPayment.__typename !== 'NotAllowed') note('Mutation.startPayment', relation);
  }
}

/** Root fields and entities by the type that they return. */
const byId = {
  Debt: { root: 'debt', subgraph: 'payments', field: 'iuv' },
  Invoice: { root: 'invoice', subgraph: 'school-billing', field: 'number' },
  Enrolment: { root: null, subgraph: 'school-billing', field: 'schoolYear' },
  Instalment: { root: null, subgraph: 'school-billing', field: 'number' },
} as const;

async function meetById(
  ask: Ask,
  askSubgraph: (name: string) => Ask,
  relations: Relations,
  note: (place: string, relation: string) => void,
): Promise<void> {
  for (const [type, { root, subgraph, field }] of Object.entries(byId)) {
    for (const [relation, id] of oneOfEach(relations[type])) {
      if (root !== null && (await ask(`query ($id: ID!) { ${root}(id: $id) { ${field} } }`, { id }))[root])
        note(`Query.${root}`, relation);
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${field} } } }`;
      const { _entities } = await askSubgraph(subgraph)(query, { of: [{ __typename: type, id }] });
      if (_entities[0] !== null) note(`${subgraph} ${type}`, relation);
    }
  }
}

function listOf(connection: any): readonly any[] {
  return (connection?.edges ?? []).map(({ node }: any) => node);
}
// biome-ignore-end lint/suspicious/noExplicitAny: answers are read by the shapes of the queries beside them

/** The first id of each relation. */
function oneOfEach(relations: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const [id, relation] of relations) if (!first.has(relation)) first.set(relation, id);
  return first;
}

/** A rule in its place: a field, or an entity of a subgraph. */
export interface Place {
  readonly place: string;
  readonly rule: AccessRuleName;
}

export function placesOf(name: string, access: AccessMap): readonly Place[] {
  return Object.entries(access).map(([place, rule]) => ({
    place: place.includes('.') ? place : `${name} ${place}`,
    rule,
  }));
}

/** Rules that admit the same kinds of callers by more relations. */
export function widerRules(rule: AccessRuleName): readonly AccessRuleName[] {
  const { admits, meets } = claims[rule];
  return (Object.keys(claims) as AccessRuleName[]).filter(
    (other) =>
      claims[other].admits.join() === admits.join() &&
      claims[other].meets.length > meets.length &&
      meets.every((relation) => claims[other].meets.includes(relation)),
  );
}

/** The places whose rule does not say what callers met there. */
export function untrue(places: readonly Place[], met: Met): readonly string[] {
  return places
    .filter(({ place, rule }) => {
      // Nobody shares with a business.
      const isOpen = (relation: string) => relation !== 'recipient' || !place.startsWith('Business.');
      return [...(met[place] ?? [])].sort().join() !== claims[rule].meets.filter(isOpen).sort().join();
    })
    .map(({ place }) => place);
}
