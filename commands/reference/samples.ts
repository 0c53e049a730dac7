import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Example, Outcome } from './read-examples.ts';

/** A value that an example sent or was answered. */
export interface Sample {
  readonly example: string;
  readonly value: unknown;
}

/** Samples by place: `Type.field`, `Type.field(argument:)`, `Input.field`; and the examples that answered a type, by its name. */
export interface Samples {
  readonly ofPlace: ReadonlyMap<string, Sample>;
  readonly ofType: ReadonlyMap<string, ReadonlySet<string>>;
}

type Values = Readonly<Record<string, unknown>>;

/** Walks each example's document beside its answer. A value that is not null is the better sample. */
export function collectSamples(
  schema: GraphQLSchema,
  examples: readonly Example[],
  outcomes: Readonly<Record<string, Outcome>>,
): Samples {
  const ofPlace = new Map<string, Sample>();
  const ofType = new Map<string, Set<string>>();
  for (const { name, document } of examples) {
    const outcome = outcomes[name];
    if (outcome === undefined) continue;
    const { definitions } = parse(document);
    const walk = new Walk(schema, outcome.variables, {
      place(place, value) {
        const known = ofPlace.get(place);
        if (known === undefined || (isEmpty(known.value) && !isEmpty(value)))
          ofPlace.set(place, { example: name, value });
      },
      type: (type) => void ofType.set(type, (ofType.get(type) ?? new Set()).add(name)),
    });
    for (const one of definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION) walk.fragments.set(one.name.value, one);
    for (const one of definitions) {
      if (one.kind !== Kind.OPERATION_DEFINITION) continue;
      const root = schema.getRootType(one.operation);
      if (root) walk.object(root, one.selectionSet, (outcome.body.data ?? null) as Values | null);
    }
  }
  return { ofPlace, ofType };
}

/** Fields, arguments and input fields of the schema that no example shows. */
export function placesWithoutSample(schema: GraphQLSchema, { ofPlace }: Samples): readonly string[] {
  const places = Object.values(schema.getTypeMap()).flatMap((type: GraphQLNamedType) => {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInputObjectType(type))) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const place = `${type.name}.${field.name}`;
      return 'args' in field
        ? [place, ...field.args.map(({ name }: GraphQLArgument) => `${place}(${name}:)`)]
        : [place];
    });
  });
  return places.filter((place) => !ofPlace.has(place));
}

interface Found {
  place(place: string, value: unknown): void;
  type(name: string): void;
}

/** One document beside its answer. */
class Walk {
  readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly schema: GraphQLSchema;
  private readonly variables: Values;
  private readonly found: Found;

  constructor(schema: GraphQLSchema, variables: Values, found: Found) {
    this.schema = schema;
    this.variables = variables;
    this.found = found;
  }

  /** A null object was asked for all the same: its arguments count. */
  object(type: GraphQLObjectType, set: SelectionSetNode, value: Values | null): void {
    if (value !== null) this.found.type(type.name);
    for (const node of this.fieldsOf(type, set)) this.field(type, node, value);
  }

  private fieldsOf(type: GraphQLObjectType, { selections }: SelectionSetNode): readonly FieldNode[] {
    return selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value) : node;
      if (fragment === undefined) return [];
      const on = fragment.typeCondition?.name.value ?? type.name;
      const applies = on === type.name || type.getInterfaces().some(({ name }) => name === on);
      return applies ? this.fieldsOf(type, fragment.selectionSet) : [];
    });
  }

  private field(parent: GraphQLObjectType, node: FieldNode, value: Values | null): void {
    const field = parent.getFields()[node.name.value];
    if (field === undefined) return;
    const place = `${parent.name}.${field.name}`;
    for (const argument of node.arguments ?? []) {
      const type = field.args.find(({ name }) => name === argument.name.value)?.type;
      const given = valueFromASTUntyped(argument.value, this.variables);
      if (type !== undefined && given !== undefined)
        this.input(`${place}(${argument.name.value}:)`, type, given);
    }
    if (value === null) return;
    const answer = value[node.alias?.value ?? field.name];
    if (answer === undefined) return;
    this.found.place(place, answer);
    const type = getNamedType(field.type);
    if (node.selectionSet === undefined) return;
    const answers = Array.isArray(answer) ? answer : [answer];
    for (const one of answers) {
      const actual = isAbstractType(type) ? this.schema.getType(one?.__typename) : type;
      if (isObjectType(actual)) this.object(actual, node.selectionSet, one);
    }
  }

  private input(place: string, type: GraphQLInputType, value: unknown): void {
    this.found.place(place, value);
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return;
    for (const one of Array.isArray(value) ? value : [value])
      for (const [name, field] of Object.entries(named.getFields()))
        if (one !== null && typeof one === 'object' && name in one)
          this.input(`${named.name}.${name}`, field.type, one[name]);
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
