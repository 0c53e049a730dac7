import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
} from 'graphql';
import { type Data, type Execution, type FoundError, internalLoss } from './execution.ts';
import type { Resolved } from './operation.ts';
import { isOfAnyType } from './plannable.ts';
import type { Types } from './types.ts';

/**
 * Builds the response from the merged results: only the requested fields, in request order, with nulls propagated.
 */
export type Project = (execution: Execution) => Data | null;

/** A position of the response: its value, or `bubbled` if it must be null and is non-null. */
type Complete = (value: unknown, walk: Walk) => unknown;

interface Walk {
  readonly execution: Execution;
  /** The current path. One array serves the whole walk: it is copied only for errors. */
  readonly path: (string | number)[];
}

interface FieldPlan {
  /** The client's response key. */
  readonly key: string;
  /** The private name under which the merged result has it. */
  readonly from: string;
  readonly complete: Complete;
  /** Completes a leaf; null for objects and lists. */
  readonly leaf: Leaf | null;
  /** Whether every object inherits a property of this name, such as `constructor`. */
  readonly isInherited: boolean;
}

interface Leaf {
  readonly isNullable: boolean;
  /** The allowed values of an enum. */
  readonly names: ReadonlySet<unknown> | null;
}

/** What every part of an operation is compiled with. */
interface Tools {
  readonly types: Types;
  readonly publicKeys: Resolved['publicKeys'];
}
type Fielded = GraphQLObjectType | GraphQLInterfaceType;
type Selections = readonly (readonly SelectionNode[])[];

const bubbled = Symbol('null that its position does not allow');

/**
 * Compiles an operation without conditions.
 *
 * Follows the specification's CompleteValue: https://spec.graphql.org/October2021/#sec-Value-Completion
 */
export function compileProjection(
  types: Types,
  rootType: GraphQLObjectType,
  { root, publicKeys }: Resolved,
): Project {
  const complete = compileObject(rootType, [root.selectionSet.selections], { types, publicKeys });
  return (execution) => {
    const result = complete(execution.data, { execution, path: [] });
    return result === null || result === bubbled ? null : (result as Data);
  };
}

function compileType(type: GraphQLOutputType, selections: Selections, tools: Tools): Complete {
  if (isNonNullType(type)) return nonNull(compileType(type.ofType, selections, tools));
  if (isListType(type)) return orNull(compileList(compileType(type.ofType, selections, tools)));
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map((value) => value.name));
    return orNull((value, walk) => (names.has(value as string) ? value : missing(walk)));
  }
  if (isLeafType(type)) return orNull((value) => value);
  return orNull(
    isObjectType(type) ? compileObject(type, selections, tools) : compileAbstract(type, selections, tools),
  );
}

/**
 * Selects by the object's `__typename`; for an interface object, which has no other, by the interface's name.
 */
function compileAbstract(type: GraphQLAbstractType, selections: Selections, tools: Tools): Complete {
  const { schema, interfaceObjects } = tools.types;
  const isAsInterface =
    isInterfaceType(type) && interfaceObjects.has(type.name) && selections.flat().every(isOfAnyType);
  const asInterface = isAsInterface ? compileObject(type, selections, tools) : null;
  const compiled = new Map<string, Complete>();
  return (value, walk) => {
    const name = (value as Data).__typename;
    let complete = compiled.get(name as string);
    if (complete !== undefined) return complete(value, walk);
    const objectType = typeof name === 'string' ? schema.getType(name) : undefined;
    if (!isObjectType(objectType) || !schema.isSubType(type, objectType))
      return asInterface === null ? withoutType(value as Data, walk) : asInterface(value, walk);
    complete = compileObject(objectType, selections, tools);
    compiled.set(objectType.name, complete);
    return complete(value, walk);
  };
}

function compileObject(type: Fielded, selections: Selections, tools: Tools): Complete {
  let fields: readonly FieldPlan[] | undefined;
  let hasProto = false;
  return (value, walk) => {
    // Compiled on first use: most members of a union never occur.
    if (fields === undefined) {
      fields = compileFields(type, selections, tools);
      hasProto = fields.some(({ key }) => key === '__proto__');
    }
    if (typeof value !== 'object') return missing(walk);
    const source = value as Data;
    // In an object without prototype, `__proto__` is a property like any other.
    const result: Data = hasProto ? Object.create(null) : {};
    for (const { key, from, complete, isInherited, leaf } of fields) {
      const given = isInherited && !Object.hasOwn(source, from) ? undefined : source[from];
      // Nine values in ten are correct leaves, whose path no error needs.
      if (leaf !== null && isRight(given, leaf)) {
        result[key] = given;
        continue;
      }
      walk.path.push(from);
      if (given === undefined && walk.execution.losses !== undefined) reportLoss(source, from, walk);
      const completed = complete(given, walk);
      walk.path.pop();
      if (completed === bubbled) return null;
      result[key] = completed;
    }
    return result;
  };
}

function compileFields(type: Fielded, selections: Selections, tools: Tools): FieldPlan[] {
  const grouped = new Map<string, FieldNode[]>();
  for (const selection of selections) collectFields(type, selection, grouped, tools);
  return [...grouped].map(([from, nodes]) => ({
    key: tools.publicKeys.get(from) ?? from,
    from,
    complete: compileField(type, nodes, tools),
    leaf: leafOf(type.getFields()[nodes[0]?.name.value ?? '']?.type),
    isInherited: from in Object.prototype,
  }));
}

function compileField(type: Fielded, nodes: readonly FieldNode[], tools: Tools): Complete {
  const name = nodes[0]?.name.value ?? '';
  if (name === '__typename') return () => type.name;
  const field = type.getFields()[name];
  // graphql-js answered the introspection fields: they are complete.
  if (field === undefined) return (value) => value;
  return compileType(
    field.type,
    nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet.selections] : [])),
    tools,
  );
}

function collectFields(
  type: Fielded,
  selections: readonly SelectionNode[],
  grouped: Map<string, FieldNode[]>,
  tools: Tools,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const from = selection.alias?.value ?? selection.name.value;
      const nodes = grouped.get(from);
      if (nodes === undefined) grouped.set(from, [selection]);
      else nodes.push(selection);
      continue;
    }
    // No named fragments are left.
    if (selection.kind !== Kind.INLINE_FRAGMENT) continue;
    const condition = selection.typeCondition?.name.value;
    if (condition !== undefined && !isOfType(type, condition, tools)) continue;
    collectFields(type, selection.selectionSet.selections, grouped, tools);
  }
}

function isOfType(type: Fielded, condition: string, { types: { schema } }: Tools): boolean {
  if (type.name === condition) return true;
  const abstract = schema.getType(condition);
  return isAbstractType(abstract) && schema.isSubType(abstract, type);
}

function leafOf(type: GraphQLOutputType | undefined): Leaf | null {
  if (type === undefined) return null;
  const named = isNonNullType(type) ? type.ofType : type;
  if (!isLeafType(named)) return null;
  const names = isEnumType(named) ? new Set(named.getValues().map(({ name }) => name)) : null;
  return { isNullable: named === type, names };
}

function isRight(given: unknown, { isNullable, names }: Leaf): boolean {
  if (given === null) return isNullable;
  return given !== undefined && (names === null || names.has(given));
}

/** The only completer that returns `bubbled`: the parent position becomes null. */
function nonNull(complete: Complete): Complete {
  return (value, walk) => {
    const result = complete(value, walk);
    if (result !== null) return result;
    if (!hasErrorAtOrBelow(walk)) missing(walk);
    return bubbled;
  };
}

function orNull(complete: Complete): Complete {
  return (value, walk) => (value === null || value === undefined ? null : complete(value, walk));
}

function compileList(completeItem: Complete): Complete {
  return (value, walk) => {
    if (!Array.isArray(value)) return missing(walk);
    const result = new Array<unknown>(value.length);
    for (let i = 0; i < value.length; i++) {
      walk.path.push(i);
      const item = completeItem(value[i], walk);
      walk.path.pop();
      if (item === bubbled) return null;
      result[i] = item;
    }
    return result;
  };
}

/** A field that no subgraph returned: an error if its fetch failed, else a plain null. */
function reportLoss(source: Data, from: string, { execution, path }: Walk): boolean {
  const lost = execution.losses?.get(source);
  const loss = lost?.get(from) ?? lost?.get('*');
  if (loss !== undefined) execution.errors.push({ ...loss, path: [...path] });
  return loss !== undefined;
}

/** An object whose type cannot be determined. */
function withoutType(source: Data, walk: Walk): null {
  return reportLoss(source, '__typename', walk) ? null : missing(walk);
}

/** A value that its type does not allow: a subgraph broke its schema. */
function missing({ execution, path }: Walk): null {
  execution.errors.push({ ...internalLoss, path: [...path] });
  return null;
}

function hasErrorAtOrBelow({ execution, path }: Walk): boolean {
  const isBelow = (error: FoundError) => path.every((key, i) => error.path[i] === key);
  return execution.errors.some(isBelow);
}
