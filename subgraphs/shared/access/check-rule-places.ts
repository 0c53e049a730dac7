import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { ruleOf } from './name-rules.ts';
import { type AccessMap, type AccessRuleName, isForEverybody } from './rules.ts';

/**
 * Checks that every rule stands where `enforceRules` enforces it: at a root field, an entity, or a nullable field.
 * Any other type is reached only through these. Its rule is PART, or PUBLIC if every way to it is PUBLIC.
 *
 * Errors: Error that names the first rule in the wrong place.
 */
export function checkRulePlaces(schema: GraphQLSchema, access: AccessMap): void {
  const entities = new Set(entityTypesOf(schema));
  const ways = waysInto(schema, access);
  for (const type of objectTypesOf(schema)) {
    if (isRoot(type) || entities.has(type.name)) checkEntry(type, access);
    else checkPart(type, access, ways);
    for (const field of Object.values(type.getFields()))
      if (isNonNullType(field.type)) checkNonNull(type.name, field.name, access);
  }
}

/** The types that a gateway can ask for by their key. */
export function entityTypesOf(schema: GraphQLSchema): readonly string[] {
  const union = schema.getType('_Entity');
  return isUnionType(union) ? union.getTypes().map(({ name }) => name) : [];
}

export function isRoot({ name }: GraphQLNamedType): boolean {
  return name === 'Query' || name === 'Mutation';
}

function checkEntry(type: GraphQLObjectType, access: AccessMap): void {
  const entries = isRoot(type) ? fieldNamesOf(type) : ['id'];
  for (const field of entries)
    if (ruleOf(access, type.name, field) === 'PART')
      throw new Error(
        `${isRoot(type) ? `${type.name}.${field}` : type.name} is PART of nothing: it needs a rule.`,
      );
}

function checkPart({ name }: GraphQLObjectType, access: AccessMap, allWays: Ways): void {
  const ways = allWays.get(name) ?? [];
  // The result of a mutation is about the person who called it.
  const isPublic = ways.length > 0 && ways.every(({ isRead, rule }) => isRead && rule === 'PUBLIC');
  const expected = isPublic ? 'PUBLIC' : 'PART';
  if (access[name] !== expected)
    throw new Error(
      `${name} is ${access[name]} and must be ${expected}: only root fields, entities and fields can have another rule.`,
    );
}

/** A refused field is null. */
function checkNonNull(type: string, field: string, access: AccessMap): void {
  const own = access[`${type}.${field}`];
  if (own !== undefined && !isForEverybody(own))
    throw new Error(`${type}.${field} must be nullable: ${own} leaves some callers out.`);
}

type Ways = ReadonlyMap<string, readonly { readonly isRead: boolean; readonly rule: AccessRuleName }[]>;

/** The rule of every field that returns a type, by type. */
function waysInto(schema: GraphQLSchema, access: AccessMap): Ways {
  const ways = new Map<string, { isRead: boolean; rule: AccessRuleName }[]>();
  for (const type of objectTypesOf(schema))
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      const way = { isRead: type.name !== 'Mutation', rule: ruleOf(access, type.name, field.name) };
      const result = getNamedType(field.type);
      const results = isAbstractType(result) ? schema.getPossibleTypes(result) : [result];
      for (const { name } of results) ways.set(name, [...(ways.get(name) ?? []), way]);
    }
  return ways;
}

function objectTypesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_'));
}

function fieldNamesOf(type: GraphQLObjectType): readonly string[] {
  return Object.keys(type.getFields()).filter((name) => !name.startsWith('_'));
}
