import { type Change, ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import { type GraphQLSchema, isInterfaceType, isObjectType, parse, validate } from 'graphql';
import { usedCoordinates } from './used-coordinates.ts';

/** An operation that a client sends. */
export interface ClientOperation {
  /** Empty for operations that came with the server. */
  readonly client: string;
  readonly name: string | null;
  readonly body: string;
}

export interface SchemaChange {
  readonly message: string;
  /** `Type.field` and the like; empty for a change of the schema itself. */
  readonly path: string;
  /** The operations that it breaks. */
  readonly breaks: readonly ClientOperation[];
}

export interface SchemaComparison {
  /** Changes that existing clients do not survive. */
  readonly breaking: readonly SchemaChange[];
  /** Removals that were announced for long enough. */
  readonly removals: readonly SchemaChange[];
  /** Changes that a client survives if it treats unknown values and members as its default case. */
  readonly dangerous: readonly SchemaChange[];
  readonly safe: readonly SchemaChange[];
}

/** How long a member is deprecated before it may be removed. */
const monthsOfNotice = 12;

/**
 * The changes between a released schema and today's, with the operations that each breaks.
 *
 * A removal is accepted when the released schema has deprecated the member, with a date in its reason
 * (`Since 2026-11-27: use …`) that is at least twelve months before `today`.
 */
export async function compareSchemas(
  released: GraphQLSchema,
  current: GraphQLSchema,
  operations: readonly ClientOperation[],
  today: Date,
): Promise<SchemaComparison> {
  const users = operations.map((operation) => usesOf(operation, released, current));
  const sorted: Record<keyof SchemaComparison, SchemaChange[]> = {
    breaking: [],
    removals: [],
    dangerous: [],
    safe: [],
  };
  for (const change of await diff(released, current)) {
    const { message, path = '' } = change;
    const kind = kindOf(change, released, today);
    const isHarmful = kind === 'breaking' || kind === 'removals';
    const breaks = isHarmful ? users.flatMap((uses) => (uses.isBroken(change) ? [uses.operation] : [])) : [];
    sorted[kind].push({ message, path, breaks });
  }
  return sorted;
}

/** Deprecations without the date from which the months of notice count. */
export function undatedDeprecations(schema: GraphQLSchema): readonly string[] {
  return deprecatedMembers(schema).flatMap(([path, reason]) => (dateIn(reason) === null ? [path] : []));
}

function kindOf(change: Change, released: GraphQLSchema, today: Date): keyof SchemaComparison {
  const { level } = change.criticality;
  if (level === CriticalityLevel.Breaking) {
    const reason = new Map(deprecatedMembers(released)).get(change.path ?? '');
    const since = removals.has(change.type) ? dateIn(reason ?? '') : null;
    return since !== null && since <= monthsBefore(today) ? 'removals' : 'breaking';
  }
  return level === CriticalityLevel.Dangerous ? 'dangerous' : 'safe';
}

const removals: ReadonlySet<string> = new Set([
  ChangeType.FieldRemoved,
  ChangeType.FieldArgumentRemoved,
  ChangeType.EnumValueRemoved,
  ChangeType.InputFieldRemoved,
]);

function monthsBefore(today: Date): Date {
  const date = new Date(today);
  date.setUTCMonth(date.getUTCMonth() - monthsOfNotice);
  return date;
}

function dateIn(reason: string): Date | null {
  const [day] = /\b\d{4}-\d\d-\d\d\b/.exec(reason) ?? [];
  const date = new Date(day ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

type Deprecated = readonly [path: string, reason: string];

function deprecatedMembers(schema: GraphQLSchema): readonly Deprecated[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if ('getValues' in type) return deprecatedIn(type.name, type.getValues());
    if (!('getFields' in type)) return [];
    const fields = Object.values(type.getFields());
    const ofArguments =
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).flatMap(({ name, args }) =>
            deprecatedIn(`${type.name}.${name}`, args),
          )
        : [];
    return [...deprecatedIn(type.name, fields), ...ofArguments];
  });
}

interface Member {
  readonly name: string;
  readonly deprecationReason?: string | null | undefined;
}

function deprecatedIn(parent: string, members: readonly Member[]): readonly Deprecated[] {
  return members.flatMap(({ name, deprecationReason: reason }) =>
    typeof reason === 'string' ? [[`${parent}.${name}`, reason] as const] : [],
  );
}

interface Uses {
  readonly operation: ClientOperation;
  isBroken(change: Change): boolean;
}

/** An operation that was not valid before is broken by nothing. */
function usesOf(operation: ClientOperation, released: GraphQLSchema, current: GraphQLSchema): Uses {
  const document = parse(operation.body);
  if (validate(released, document).length > 0) return { operation, isBroken: () => false };
  const used = usedCoordinates(released, document);
  const isInvalidNow = validate(current, document).length > 0;
  return {
    operation,
    isBroken({ type, path }) {
      // The root types of a schema: whatever is invalid now.
      if (path === undefined) return isInvalidNow;
      if (used.has(path)) return true;
      return ofParent.has(type) && used.has(path.slice(0, path.lastIndexOf('.')));
    },
  };
}

/** Changes at a path that no earlier operation can use: they break those that use its parent. */
const ofParent: ReadonlySet<string> = new Set([
  ChangeType.FieldArgumentAdded,
  ChangeType.InputFieldAdded,
  ChangeType.EnumValueRemoved,
  ChangeType.UnionMemberRemoved,
  ChangeType.ObjectTypeInterfaceRemoved,
]);
