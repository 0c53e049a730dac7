import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * The parts of a schema that an operation depends on: `Type`, `Type.field`, `Type.field.argument`, `Input.field`,
 * `Enum.VALUE`.
 *
 * The fields in a variable's value are unknown here, so an operation with a variable of an input type depends on all
 * of that type.
 */
export function usedCoordinates(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const used = new Set<string>();
  const types = new TypeInfo(schema);
  const addType = (type: GraphQLNamedType) => {
    used.add(type.name);
    if (isAbstractType(type)) for (const { name } of schema.getPossibleTypes(type)) used.add(name);
  };
  const enter = {
    Field() {
      const [parent, field] = [types.getParentType(), types.getFieldDef()];
      if (!parent || !field) return;
      used.add(`${parent.name}.${field.name}`);
      addType(parent);
      addType(getNamedType(field.type));
    },
    Argument() {
      const [parent, field, argument] = [types.getParentType(), types.getFieldDef(), types.getArgument()];
      if (parent && field && argument) used.add(`${parent.name}.${field.name}.${argument.name}`);
    },
    ObjectField({ name }: { readonly name: { readonly value: string } }) {
      const parent = getNamedType(types.getParentInputType());
      if (parent) used.add(`${parent.name}.${name.value}`);
    },
    EnumValue({ value }: { readonly value: string }) {
      const type = getNamedType(types.getInputType());
      if (type) used.add(`${type.name}.${value}`);
    },
    NamedType({ name }: { readonly name: { readonly value: string } }) {
      const type = schema.getType(name.value);
      if (type) addType(type);
    },
    VariableDefinition() {
      addInputs(types.getInputType(), used);
    },
  };
  visit(document, visitWithTypeInfo(types, enter));
  return used;
}

function addInputs(given: GraphQLInputType | null | undefined, used: Set<string>): void {
  const type = given ? getNamedType(given) : undefined;
  if (type === undefined || used.has(`${type.name}.*`)) return;
  used.add(type.name).add(`${type.name}.*`);
  if (!isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    used.add(`${type.name}.${field.name}`);
    addInputs(field.type, used);
  }
}
