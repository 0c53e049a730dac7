import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
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

/** How many objects an operation may bring, for given variables. */
export type Cost = (variables: Variables) => number;

/** What pages are sized by, in the schemas that there are. */
const sizeArguments = ['first', 'last', 'limit', 'pageSize'] as const;

/**
 * Bounds what an operation may bring by its page sizes: a page within a page multiplies.
 *
 * A list with a size argument, or the lists in the object of a field that has one (`edges`, `nodes`), count for a
 * page of that size; another list for `assumedListSize`. Nothing of a schema is known but these names.
 */
export function compileCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  document: DocumentNode,
): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const defaults = new Map(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
    ),
  );
  const root = ofSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, null);
  return root.isFixed ? always(root.cost({})) : root.cost;

  function ofSet(set: SelectionSetNode, type: GraphQLNamedType | undefined, page: Part | null): Part {
    return total(
      set.selections.map((selection) => {
        if (selection.kind === Kind.FIELD) {
          const field = fieldOf(type, selection.name.value);
          return field === undefined ? free : ofField(field, selection, page);
        }
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const condition = inner?.typeCondition?.name.value;
        return inner === undefined
          ? free
          : ofSet(inner.selectionSet, condition === undefined ? type : schema.getType(condition), page);
      }),
    );
  }

  /** `page`: the size of the lists in this object, where a size argument of its field says so. */
  function ofField(field: AnyField, node: FieldLike, page: Part | null): Part {
    const type = getNamedType(field.type);
    if (isLeafType(type) || node.selectionSet === undefined) return free;
    const size = sizeOf(field, node);
    if (!isListType(getNullableType(field.type))) return times(one, ofSet(node.selectionSet, type, size));
    return times(size ?? page ?? fixed(assumedListSize), ofSet(node.selectionSet, type, null));
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
    return { isFixed: false, cost: (variables) => toSize(variables[name], whenAbsent) };
  }
}

type AnyField = GraphQLField<unknown, unknown>;
type FieldLike = Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>;

/** A part of the sum, and whether it is the same whatever the variables. */
interface Part {
  readonly isFixed: boolean;
  readonly cost: Cost;
}

const always = (value: number) => () => value;
const fixed = (value: number): Part => ({ isFixed: true, cost: always(value) });
const free = fixed(0);
const one = fixed(1);

function total(parts: readonly Part[]): Part {
  const counted = parts.filter((part) => part !== free);
  if (counted.length === 0) return free;
  return fixedIf(
    counted.every(({ isFixed }) => isFixed),
    (variables) => counted.reduce((sum, { cost }) => sum + cost(variables), 0),
  );
}

/** So many objects, each with what is inside. */
function times(size: Part, inside: Part): Part {
  return fixedIf(
    size.isFixed && inside.isFixed,
    (variables) => size.cost(variables) * (1 + inside.cost(variables)),
  );
}

function fixedIf(isFixed: boolean, cost: Cost): Part {
  return { isFixed, cost: isFixed ? always(cost({})) : cost };
}

/** A size that is none (a wrong type, less than nothing) is refused later, by who reads it. */
function toSize(value: unknown, fallback: number): number {
  return typeof value === 'number' && value >= 0 ? value : fallback;
}

function fieldOf(type: GraphQLNamedType | undefined, name: string): AnyField | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
