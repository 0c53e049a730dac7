import type { PlanNode, RequiresSelection } from '@graphql-hive/router-query-planner';
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  type TypeNode,
  visit,
} from 'graphql';

/** A field with the arguments that a `@requires` names, under a name of its own. */
interface FixedField {
  readonly field: string;
  readonly args: readonly ArgumentNode[];
}

export interface WithFixedFields {
  readonly supergraphSdl: string;
  /** The original fields by their names in the transformed supergraph. */
  readonly fixed: ReadonlyMap<string, FixedField>;
}

type Owner = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * The same supergraph with a field of its own for each field that a `@requires` names with arguments.
 *
 * The planner (0.0.38) fetches one field with several arguments under names that it chooses request by request, and then
 * reads a required one under the name of another. It keeps fields of different names apart.
 */
export function withFixedFields(supergraphSdl: string): WithFixedFields {
  const fixed = new Map<string, FixedField>();
  if (!/requires: "[^"]*\(/.test(supergraphSdl)) return { supergraphSdl, fixed };
  const document = parse(supergraphSdl, { noLocation: true });
  const owners = new Map(ownersOf(document).map((owner) => [owner.name.value, owner]));
  const added = new Map<string, Map<string, FieldDefinitionNode>>();
  const prefix = freePrefix(supergraphSdl);
  const names = new Map<string, string>();

  const nameOf = (typeName: string, { name, arguments: args = [] }: FieldNode): string => {
    const identity = `${typeName}.${name.value}(${args.map(print).join()})`;
    let fixedName = names.get(identity);
    if (fixedName === undefined) {
      fixedName = `${prefix}${names.size}_${name.value}`;
      names.set(identity, fixedName);
      fixed.set(fixedName, { field: name.value, args });
      for (const owner of owners.values()) {
        const isOne = owner.interfaces?.some((one) => one.name.value === typeName);
        const field = owner.fields?.find((one) => one.name.value === name.value);
        if ((owner.name.value !== typeName && !isOne) || field === undefined) continue;
        const fields = added.get(owner.name.value) ?? new Map<string, FieldDefinitionNode>();
        fields.set(fixedName, { ...field, name: { ...field.name, value: fixedName }, arguments: [] });
        added.set(owner.name.value, fields);
      }
    }
    return fixedName;
  };

  const fix = (typeName: string, selectionSet: SelectionSetNode): SelectionSetNode => ({
    ...selectionSet,
    selections: selectionSet.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inside = fix(selection.typeCondition?.name.value ?? typeName, selection.selectionSet);
        return { ...selection, selectionSet: inside };
      }
      const field = owners.get(typeName)?.fields?.find((one) => one.name.value === selection.name.value);
      const inside =
        selection.selectionSet && field
          ? { selectionSet: fix(namedType(field.type), selection.selectionSet) }
          : {};
      if (!selection.arguments?.length) return { ...selection, ...inside };
      const name = { ...selection.name, value: nameOf(typeName, selection) };
      return { ...selection, ...inside, name, arguments: [] };
    }),
  });

  const fixRequires = (owner: Owner): Owner =>
    visit(owner, {
      Argument(argument) {
        if (argument.name.value !== 'requires' || argument.value.kind !== Kind.STRING) return undefined;
        const [operation] = parse(`{${argument.value.value}}`, { noLocation: true }).definitions;
        const selectionSet = fix(owner.name.value, (operation as OperationDefinitionNode).selectionSet);
        const value = print(selectionSet).slice(1, -1).replace(/\s+/g, ' ').trim();
        return { ...argument, value: { ...argument.value, value } };
      },
    });

  // Names are assigned while requirements are read; the fields are added when all names are known.
  const definitions = document.definitions
    .map((definition) => (isOwner(definition) ? fixRequires(definition) : definition))
    .map((definition) => {
      const fields = isOwner(definition) ? added.get(definition.name.value) : undefined;
      if (fields === undefined || !isOwner(definition)) return definition;
      return { ...definition, fields: [...(definition.fields ?? []), ...fields.values()] };
    });
  return { supergraphSdl: print({ ...document, definitions }), fixed };
}

/** Restores the original fields and arguments in a plan. Errors: see requireOwnNames. */
export function withArguments(node: PlanNode, fixed: WithFixedFields['fixed']): void {
  if ('nodes' in node) for (const child of node.nodes) withArguments(child, fixed);
  if (node.kind === 'Flatten') withArguments(node.node, fixed);
  if (node.kind !== 'Fetch' && node.kind !== 'BatchFetch') return;
  node.operation = operationWithArguments(node.operation, fixed);
  if (node.kind === 'Fetch') requireOwnNames(node.requires ?? [], fixed);
  else for (const { requires } of node.entityBatch.aliases) requireOwnNames(requires, fixed);
}

function operationWithArguments(operation: string, fixed: WithFixedFields['fixed']): string {
  const document = parse(operation, { noLocation: true });
  const whole: DocumentNode = visit(document, {
    Field(node) {
      const field = fixed.get(node.name.value);
      if (field === undefined) return undefined;
      const alias = node.alias ?? node.name;
      return { ...node, alias, name: { ...node.name, value: field.field }, arguments: field.args };
    },
  });
  return print(whole);
}

/**
 * The subgraph expects a required field under its own name, wherever its value is found. Errors: one representation
 * cannot have a field with two sets of arguments.
 */
function requireOwnNames(
  selections: readonly RequiresSelection[],
  fixed: WithFixedFields['fixed'],
  found = new Map<string, string>(),
): void {
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') requireOwnNames(selection.selections, fixed, found);
    if (selection.kind !== 'Field') continue;
    const wanted = selection.alias ?? selection.name;
    const field = fixed.get(wanted)?.field ?? wanted;
    if (field !== wanted) selection.alias = field;
    if ((found.get(field) ?? wanted) !== wanted) throw new Error(`Several fetches as one: ${field} twice.`);
    found.set(field, wanted);
    requireOwnNames(selection.selections ?? [], fixed);
  }
}

function ownersOf({ definitions }: DocumentNode): Owner[] {
  return definitions.filter(isOwner);
}

function isOwner(definition: { readonly kind: string }): definition is Owner {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function freePrefix(supergraphSdl: string): string {
  let prefix = 'r';
  while (new RegExp(`\\b${prefix}\\d`).test(supergraphSdl)) prefix += '_';
  return prefix;
}
