import {
  buildASTSchema,
  type DefinitionNode,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedDirective,
  Kind,
  parse,
  specifiedDirectives,
  specifiedScalarTypes,
  valueFromASTUntyped,
} from 'graphql';
import { scalarInputs } from '../../core/scalars.ts';

/**
 * The API schema from the planner's text of it, which also spells out what every schema has of itself:
 * introspection types and fields, built-in scalars and directives.
 */
export function buildApiSchema(apiSdl: string): GraphQLSchema {
  const document = parse(apiSdl, { noLocation: true });
  const definitions = document.definitions
    .filter((definition) => !isBuiltIn(definition))
    .map(withoutIntrospection);
  const schema = buildASTSchema({ ...document, definitions }, { assumeValidSDL: true });
  readScalars(schema);
  return schema;
}

/** Our own scalars parse their values here, so that a bad value is refused before anything is planned. */
function readScalars(schema: GraphQLSchema): void {
  for (const [name, read] of Object.entries(scalarInputs)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    type.parseValue = read;
    type.parseLiteral = (node) => read(valueFromASTUntyped(node));
  }
}

const builtInNames: ReadonlySet<string> = new Set([
  ...specifiedScalarTypes.map((type) => type.name),
  ...specifiedDirectives.filter(isSpecifiedDirective).map((directive) => `@${directive.name}`),
]);

function isBuiltIn(definition: DefinitionNode): boolean {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return builtInNames.has(`@${definition.name.value}`);
  if (!('name' in definition) || definition.name === undefined) return false;
  return definition.name.value.startsWith('__') || builtInNames.has(definition.name.value);
}

function withoutIntrospection(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  return {
    ...definition,
    fields: (definition.fields ?? []).filter((field) => !field.name.value.startsWith('__')),
  };
}
