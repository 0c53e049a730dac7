import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
} from 'graphql';
import type { CitizenCaller } from '../../core/identity/caller.ts';
import { createId, parseId } from '../../core/ids.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph/create-subgraph.ts';
import type { Fact, SharingTown } from './sharing-town.ts';

// Every mutation of the subgraphs that names a thing: for whoever does not see it, it is one that does not exist.

/** What an id of an input names. */
const namedBy: Readonly<Record<string, string>> = {
  childId: 'Child',
  debtId: 'Debt',
  debtIds: 'Debt',
  instalmentIds: 'Instalment',
  practiceId: 'Practice',
  shareId: 'SchoolDataShare',
};
/** Ids of other things: forms are everybody's, uploads belong to a draft, a session's id is the right to see it. */
const ofNobody = new Set([
  'templateId',
  'kindId',
  'service',
  'attachmentCode',
  'uploadIds',
  'removeAttachmentIds',
  'sessionId',
]);

interface Door {
  readonly subgraph: string;
  readonly mutation: string;
  readonly input: GraphQLInputObjectType;
  readonly field: string;
  readonly type: string;
  readonly selection: string;
}

/** Errors: a mutation whose input has an id that nothing here knows. */
export function mutationDoors(subgraphs: readonly Subgraph[]): readonly Door[] {
  return subgraphs
    .filter(({ name }) => name !== 'integrations')
    .flatMap(({ name, schema }) =>
      Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((mutation) => {
        const input = getNamedType(mutation.args[0]?.type);
        if (!isInputObjectType(input)) return [];
        const result = getNamedType(mutation.type);
        const refusals = isUnionType(result)
          ? result.getTypes().filter((type) => type.name === 'NotAllowed')
          : [];
        const selection = `{ __typename ${refusals.map(() => '... on NotAllowed { code message }').join('')} }`;
        return Object.values(input.getFields()).flatMap((field): Door[] => {
          if (getNamedType(field.type).name !== 'ID' || ofNobody.has(field.name)) return [];
          const type = namedBy[field.name];
          if (type === undefined) throw new Error(`What does ${mutation.name} name by ${field.name}?`);
          return [{ subgraph: name, mutation: mutation.name, input, field: field.name, type, selection }];
        });
      }),
    );
}

/** Values that are valid, so that nothing else is wrong with the request. */
const knownValues: Readonly<Record<string, () => string>> = {
  idempotencyKey: () => crypto.randomUUID(),
  templateId: () => createId('PracticeTemplate', 'ISCR-2026'),
  returnUrl: () => 'https://portal.test/',
  recipientCodiceFiscale: () => 'VRDGLI80A41A794A',
};

/** A value that no validation of types refuses, and that changes nothing by itself. */
function givenTo(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return undefined;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (isInputObjectType(inner)) return inputOf(inner);
  return (
    ({ Int: 0, EuroCents: 1, Boolean: false, Date: '2026-10-15' } as Record<string, unknown>)[
      String(inner)
    ] ?? 'x'
  );
}

function inputOf(type: GraphQLInputObjectType, field = '', id = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(type.getFields()).map((one) => {
      if (one.name !== field) return [one.name, knownValues[one.name]?.() ?? givenTo(one.type)];
      const inner = isNonNullType(one.type) ? one.type.ofType : one.type;
      return [one.name, isListType(inner) ? [id] : id];
    }),
  );
}

/** The next ones are asked the next time: all of them over many checks. */
let turn = 0;
const idsAtOnce = 2;

/** Differences between the answers for things that a person does not see and for things that there are not. */
export async function mutationDifferences(
  town: SharingTown,
  caller: CitizenCaller,
  visible: Readonly<Record<string, ReadonlySet<string>>>,
  universe: readonly Fact[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const shares = await town.owner.query<{ id: string }[]>(
    'SELECT id FROM school_share WHERE $1 NOT IN (giver, recipient)',
    [caller.codiceFiscale],
  );
  for (const [subgraph, doors] of Map.groupBy(mutationDoors(town.subgraphs), (door) => door.subgraph)) {
    const variables: Record<string, unknown> = {};
    const parts: string[] = [];
    const heads: string[] = [];
    const add = ({ mutation, input, field, selection }: Door, id: string) => {
      const n = parts.length;
      variables[`i${n}`] = inputOf(input, field, id);
      heads.push(`$i${n}: ${input.name}!`);
      parts.push(`m${n}: ${mutation}(input: $i${n}) ${selection}`);
      return `m${n}`;
    };
    const asked = doors.flatMap((door) => {
      const ids =
        door.type === 'SchoolDataShare'
          ? shares.map(({ id }) => createId('SchoolDataShare', id))
          : universe.filter(({ type }) => type === door.type).map(({ id }) => id);
      const hidden = [...new Set(ids)].filter((id) => !visible[door.type]?.has(id));
      const none = createId(door.type, 'nowhere');
      const some = Array.from(
        { length: Math.min(idsAtOnce, hidden.length) },
        () => hidden[turn++ % hidden.length] ?? none,
      );
      return some.length === 0
        ? []
        : [{ door, none: add(door, none), of: some.map((id) => ({ id, at: add(door, id) })) }];
    });
    if (parts.length === 0) continue;
    const { data, errors } = await town.query(
      subgraph,
      `mutation (${heads.join()}) { ${parts.join(' ')} }`,
      caller,
      variables,
    );
    if (errors !== undefined) throw new Error(`${subgraph}: ${JSON.stringify(errors).slice(0, 500)}`);
    for (const { door, none, of } of asked)
      for (const { id, at } of of)
        if (
          JSON.stringify(data[at]).replaceAll(id, '…') !==
          JSON.stringify(data[none]).replaceAll(createId(door.type, 'nowhere'), '…')
        )
          wrong.push(
            `${door.mutation} of ${door.type} ${parseId(door.type, id)}: ${JSON.stringify(data[at])}`,
          );
  }
  return wrong;
}
