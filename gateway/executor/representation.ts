import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import { type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';
import type { Data } from './execution.ts';

/** Builds what a subgraph must know of an object to add to it; null when a required field is missing. */
export type BuildRepresentation = (object: Data) => Data | null;

/** Compiles a plan's `requires`: one builder for each type that it names. */
export function compileRepresentation(
  requires: readonly RequiresSelection[],
  apiSchema: GraphQLSchema,
): BuildRepresentation {
  const builders = new Map<string, BuildRepresentation | null>();
  const builderOf = (typeName: string): BuildRepresentation | null => {
    const selections = requires.flatMap((selection) =>
      selection.kind === 'InlineFragment' && isOfType(apiSchema, typeName, selection.typeCondition)
        ? selection.selections
        : [],
    );
    return selections.length === 0 ? null : compileSelections(selections, apiSchema);
  };
  return (object) => {
    const typeName = object.__typename;
    if (typeof typeName !== 'string') return null;
    let build = builders.get(typeName);
    if (build === undefined) {
      build = builderOf(typeName);
      builders.set(typeName, build);
    }
    return build === null ? null : build(object);
  };
}

function compileSelections(
  selections: readonly RequiresSelection[],
  apiSchema: GraphQLSchema,
): BuildRepresentation {
  const fields = selections.flatMap((selection) =>
    selection.kind === 'Field'
      ? [
          {
            name: selection.name,
            from: selection.alias ?? selection.name,
            build: selection.selections?.length ? compileSelections(selection.selections, apiSchema) : null,
          },
        ]
      : [],
  );
  const fragments = selections.filter((selection) => selection.kind === 'InlineFragment');
  const ofFragment = fragments.length === 0 ? null : compileRepresentation(fragments, apiSchema);
  return (object) => {
    const representation: Data = {};
    for (const { name, from, build } of fields) {
      const value = object[from];
      if (value === undefined) return null;
      representation[name] = build === null ? value : buildNested(value, build);
    }
    if (ofFragment !== null) Object.assign(representation, ofFragment(object));
    return representation;
  };
}

function buildNested(value: unknown, build: BuildRepresentation): unknown {
  if (Array.isArray(value)) return value.map((item) => buildNested(item, build));
  return typeof value === 'object' && value !== null ? build(value as Data) : value;
}

function isOfType(schema: GraphQLSchema, typeName: string, condition: string): boolean {
  if (typeName === condition) return true;
  const abstract = schema.getType(condition);
  const type = schema.getType(typeName);
  return isAbstractType(abstract) && isObjectType(type) && schema.isSubType(abstract, type);
}
