import type { FieldRequiresNode, RequiresSelection } from '@graphql-hive/router-query-planner';
import type { Data } from './execution.ts';
import type { Types } from './types.ts';
import { unsupported } from './unsupported.ts';

/**
 * Builds what a subgraph must know of an object to add to it: null when nothing is asked of objects of its type,
 * undefined when a required value is missing.
 */
export type BuildRepresentation = (object: Data) => Data | null | undefined;

/**
 * Compiles a plan's `requires`.
 *
 * `asInterface` is an interface whose name the representations carry in place of their objects' types: what the
 * subgraph answers is the same for all types of it. The planner (0.0.38) joins such fetches and then names the types of
 * only one of them; so whatever is asked of one type of the interface is asked of all.
 */
export function compileRepresentation(
  requires: readonly RequiresSelection[],
  asInterface: string | null,
  types: Types,
): BuildRepresentation {
  refuseUnsupported(requires);
  const build = compileSelections(requires, types);
  const builders = new Map<string, BuildRepresentation | null>();
  const builderFor = (typeName: string): BuildRepresentation | null => {
    if (fieldsFor(typeName, requires, types).length > 0) return build;
    const isOther =
      asInterface !== null && typeName !== asInterface && types.within(asInterface).has(typeName);
    const [first] = requires;
    return isOther && first?.kind === 'InlineFragment'
      ? compileSelections([typename, ...first.selections], types)
      : null;
  };
  return (object) => {
    const { __typename: typeName } = object;
    if (typeof typeName !== 'string') return null;
    let builder = builders.get(typeName);
    if (builder === undefined) {
      builder = builderFor(typeName);
      builders.set(typeName, builder);
    }
    return builder === null ? null : builder(object);
  };
}

/**
 * Compiles the selections of one object; with type conditions, once for each type. Then `__typename` is sent
 * too, so that the subgraph sees the same type.
 */
function compileSelections(selections: readonly RequiresSelection[], types: Types): BuildRepresentation {
  const isTyped = selections.some(({ kind }) => kind === 'InlineFragment');
  const compiled = new Map<unknown, readonly FieldBuilder[]>();
  return (object) => {
    const typeName = isTyped ? object.__typename : undefined;
    if (isTyped && typeof typeName !== 'string') return undefined;
    let fields = compiled.get(typeName);
    if (fields === undefined) {
      const own = fieldsFor(typeName as string | undefined, selections, types);
      fields = compileFields(isTyped ? [typename, ...own] : own, types);
      compiled.set(typeName, fields);
    }
    const representation: Data = {};
    for (const { name, from, build } of fields) {
      const value = build === null ? object[from] : buildNested(object[from], build);
      if (value === undefined) return undefined;
      representation[name] = value;
    }
    return representation;
  };
}

const typename: FieldRequiresNode = { kind: 'Field', name: '__typename' };

interface FieldBuilder {
  readonly name: string;
  readonly from: string;
  readonly build: BuildRepresentation | null;
}

/**
 * A field with an alias was fetched under its `name`, because another field stands under the right one, and is
 * expected by the subgraph under its `alias`.
 */
function compileFields(fields: readonly FieldRequiresNode[], types: Types): FieldBuilder[] {
  const grouped = new Map<string, { readonly from: string; readonly selections: RequiresSelection[] }>();
  for (const { name, alias = name, selections = [] } of fields) {
    const there = grouped.get(alias);
    if (there === undefined) grouped.set(alias, { from: name, selections: [...selections] });
    else there.selections.push(...selections);
  }
  return [...grouped].map(([name, { from, selections }]) => ({
    name,
    from,
    build: selections.length === 0 ? null : compileSelections(selections, types),
  }));
}

function fieldsFor(
  typeName: string | undefined,
  selections: readonly RequiresSelection[],
  types: Types,
): FieldRequiresNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [selection];
    return selection.kind === 'InlineFragment' && types.within(selection.typeCondition).has(typeName)
      ? fieldsFor(typeName, selection.selections, types)
      : [];
  });
}

function buildNested(value: unknown, build: BuildRepresentation): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => buildNested(item, build));
    return items.includes(undefined) ? undefined : items;
  }
  return typeof value === 'object' && value !== null ? build(value as Data) : value;
}

function refuseUnsupported(selections: readonly RequiresSelection[]): void {
  for (const selection of selections) {
    if (selection.kind !== 'Field' && selection.kind !== 'InlineFragment')
      throw unsupported('a requirement', selection);
    if (selection.kind === 'InlineFragment' && (selection.skipIf || selection.includeIf))
      throw unsupported('a condition', selection);
    refuseUnsupported(selection.selections ?? []);
  }
}
