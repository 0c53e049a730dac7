import { type GraphQLSchema, isAbstractType, Kind, parse } from 'graphql';

/** The executor's view of the supergraph's types. */
export interface Types {
  readonly schema: GraphQLSchema;
  /**
   * Interfaces that some subgraph knows as one object type (`@interfaceObject`). Such a subgraph gives the interface's
   * name as the type of its objects.
   */
  readonly interfaceObjects: ReadonlySet<string>;
  /** The types that meet a type condition, itself included. */
  within(condition: string): ReadonlySet<unknown>;
}

export function typesOf(schema: GraphQLSchema, supergraphSdl: string): Types {
  const known = new Map<string, ReadonlySet<string>>();
  return {
    schema,
    interfaceObjects: interfaceObjectsOf(supergraphSdl),
    within(condition) {
      let names = known.get(condition);
      if (names === undefined) {
        const type = schema.getType(condition);
        const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
        names = new Set([condition, ...possible.map(({ name }) => name)]);
        known.set(condition, names);
      }
      return names;
    },
  };
}

function interfaceObjectsOf(supergraphSdl: string): Set<string> {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  return new Set(
    definitions.flatMap((definition) =>
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION &&
      definition.directives?.some((directive) =>
        directive.arguments?.some(
          ({ name, value }) =>
            name.value === 'isInterfaceObject' && value.kind === Kind.BOOLEAN && value.value,
        ),
      )
        ? [definition.name.value]
        : [],
    ),
  );
}
