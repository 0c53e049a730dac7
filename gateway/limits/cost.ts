import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { assumedListSize, assumedPageSize } from './limits.ts';

type Variables = Readonly<Record<string, unknown>>;

/** How many objects an operation may return, for given variables. */
export type Cost = (variables: Variables) => number;

/** The names of page size arguments in the schemas. */
const sizeArguments = ['first', 'last', 'limit', 'pageSize'] as const;

/**
 * Bounds the objects that an operation may return by its page sizes: a page within a page multiplies.
 *
 * A list with a size argument, or the lists in the object of a field that has one (`edges`, `nodes`), count for a
 * page of that size; any other list counts `assumedListSize`. These names are the only knowledge of a schema.
 */
export function compileCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  document: DocumentNode,
): Cost {
  const fragments = fragmentsOf(document);
  /**
   * Each fragment once, however often it is spread; a fragment within itself counts as nothing: validation refuses
   * it.
   */
  const known = new Map<string, SetCost>();
  const defaults = defaultsOf(operation);
  const root = whole(
    ofSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined),
    null,
  );
  return (variables) => root.cost({ variables, values: new Map() });

  function ofSet(set: SelectionSetNode, type: GraphQLNamedType | undefined): SetCost {
    const parts = set.selections.map((selection): SetCost => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        return ofSet(selection.selectionSet, condition === undefined ? type : schema.getType(condition));
      }
      const field = fieldOf(type, selection.name.value);
      return field === undefined ? freeSet : ofField(field, selection);
    });
    return { own: total(parts.map(({ own }) => own)), perItem: total(parts.map(({ perItem }) => perItem)) };
  }

  function ofFragment(name: string): SetCost {
    const found = known.get(name);
    if (found !== undefined) return found;
    known.set(name, freeSet);
    const fragment = fragments.get(name);
    if (fragment === undefined) return freeSet;
    const { own, perItem } = ofSet(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
    const cost = { own: shared(own), perItem: shared(perItem) };
    known.set(name, cost);
    return cost;
  }

  function ofField(field: AnyField, node: FieldLike): SetCost {
    const type = getNamedType(field.type);
    if (node.selectionSet === undefined) return freeSet;
    const size = sizeOf(field, node);
    const inside = ofSet(node.selectionSet, type);
    if (!isListType(getNullableType(field.type)))
      return { own: times(one, whole(inside, size)), perItem: free };
    if (size !== null) return { own: times(size, whole(inside, null)), perItem: free };
    return { own: free, perItem: times(one, whole(inside, null)) };
  }

  function sizeOf(field: AnyField, node: FieldLike): Part | null {
    const name = sizeArguments.find((size) => field.args.some((argument) => argument.name === size));
    if (name === undefined) return null;
    const argument = field.args.find((candidate) => candidate.name === name);
    const fallback = toSize(argument?.defaultValue, assumedPageSize);
    const given = node.arguments?.find((candidate) =>
      sizeArguments.some((size) => size === candidate.name.value),
    );
    if (given === undefined) return fixed(fallback);
    return ofValue(given.value, fallback);
  }

  function ofValue(value: ValueNode, fallback: number): Part {
    if (value.kind !== Kind.VARIABLE) return fixed(toSize(valueFromASTUntyped(value), fallback));
    const name = value.name.value;
    const whenAbsent = toSize(defaults.get(name), fallback);
    return {
      isFixed: false,
      cost: ({ variables }) =>
        toSize(Object.hasOwn(variables, name) ? variables[name] : undefined, whenAbsent),
    };
  }
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, unknown> {
  return new Map(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
    ),
  );
}

type AnyField = GraphQLField<unknown, unknown>;
type FieldLike = Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>;

/** The variables of one request, and the results of parts that stand in several places. */
interface Run {
  readonly variables: Variables;
  readonly values: Map<Part, number>;
}

/** A part of the sum, and whether it is the same for all variables. */
interface Part {
  readonly isFixed: boolean;
  readonly cost: (run: Run) => number;
}

/** The objects of a selection set: its own, and those for each item of a page whose size an outer field states. */
interface SetCost {
  readonly own: Part;
  readonly perItem: Part;
}

const fixed = (value: number): Part => ({ isFixed: true, cost: () => value });
const free = fixed(0);
const one = fixed(1);
const freeSet: SetCost = { own: free, perItem: free };

/** With lists of the size `page`; null if no field states one. */
function whole({ own, perItem }: SetCost, page: Part | null): Part {
  const size = page ?? fixed(assumedListSize);
  return combined([own, perItem, size], (mine, each, count) => mine + each * count);
}

function total(parts: readonly Part[]): Part {
  const counted = parts.filter((part) => part !== free);
  return counted.length === 0
    ? free
    : combined(counted, (...costs) => costs.reduce((sum, cost) => sum + cost, 0));
}

/** So many objects, each with its contents. */
function times(size: Part, inside: Part): Part {
  return combined([size, inside], (count, each) => count * (1 + each));
}

function combined<const Parts extends readonly Part[]>(
  parts: Parts,
  combine: (...costs: { [At in keyof Parts]: number }) => number,
): Part {
  const cost = (run: Run) =>
    combine(...(parts.map((part) => part.cost(run)) as { [At in keyof Parts]: number }));
  if (!parts.every(({ isFixed }) => isFixed)) return { isFixed: false, cost };
  const value = cost({ variables: {}, values: new Map() });
  return value === 0 ? free : fixed(value);
}

/** Computed once for each request, in however many places it stands. */
function shared(part: Part): Part {
  if (part.isFixed) return part;
  const once: Part = {
    isFixed: false,
    cost(run) {
      const known = run.values.get(once);
      if (known !== undefined) return known;
      const value = part.cost(run);
      run.values.set(once, value);
      return value;
    },
  };
  return once;
}

/** An invalid size (of a wrong type, or negative) is refused later, by the resolver. */
function toSize(value: unknown, fallback: number): number {
  // JSON's 1e999 reads as Infinity, which is no size: the check of values refuses it, and says so.
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : fallback;
}

function fieldOf(type: GraphQLNamedType | undefined, name: string): AnyField | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
