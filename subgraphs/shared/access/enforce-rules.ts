import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { AppError } from '../../../core/errors.ts';
import { notAllowed } from '../problem.ts';
import { recordAccess } from '../record-access.ts';
import type { RequestContext } from '../request-context.ts';
import { checkRulePlaces, entityTypesOf, isRoot } from './check-rule-places.ts';
import { ruleOf } from './name-rules.ts';
import { type AccessMap, type AccessRule, type AccessRuleName, accessRules, mayAsk } from './rules.ts';

/** Answers an entity that another subgraph points to; null if the caller may not see it. */
export type ResolveReference = (reference: { readonly id: string }, context: RequestContext) => unknown;

/**
 * The one guard of a subgraph: it decides whether a kind of caller may ask at all, at root fields, at entities and at
 * fields with a rule of their own. Whose rows a caller gets is decided by loaders, which take the person from the
 * verified token.
 *
 * Guards the schema's fields in place. Returns the guarded references: one for each entity type.
 */
export function enforceRules(
  schema: GraphQLSchema,
  access: AccessMap,
  references: Readonly<Record<string, ResolveReference>>,
): Readonly<Record<string, ResolveReference>> {
  checkRulePlaces(schema, access);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      if (isRoot(type)) field.resolve = guardRoot(field, ruleOf(access, type.name, field.name));
      else if (access[`${type.name}.${field.name}`] !== undefined)
        field.resolve = guardField(field, ruleOf(access, type.name, field.name));
    }
  }
  return Object.fromEntries(
    entityTypesOf(schema).map((type) => [
      type,
      guardReference(ruleOf(access, type, 'id'), references[type] ?? ((reference) => reference)),
    ]),
  );
}

type Resolver = GraphQLFieldResolver<unknown, RequestContext>;
type Field = GraphQLField<unknown, RequestContext>;

function guardRoot(field: Field, rule: AccessRuleName): Resolver {
  const { resolve = defaultFieldResolver } = field;
  const result = getNamedType(field.type);
  const isOutcome = isUnionType(result) && result.getTypes().some(({ name }) => name === 'NotAllowed');
  return (source, args, context, info) => {
    if (mayAsk(rule, context.caller)) return resolve(source, args, context, info);
    requireScope(rule, context);
    recordRefusal(context, isOutcome ? `Mutation.${field.name}` : `${result.name}.read`, args);
    return isOutcome ? notAllowed(context) : null;
  };
}

function guardField({ resolve = defaultFieldResolver }: Field, rule: AccessRuleName): Resolver {
  return (source, args, context, info) =>
    mayAsk(rule, context.caller) ? resolve(source, args, context, info) : null;
}

/** A caller who may not ask for an entity gets the answer of an unknown entity. */
function guardReference(rule: AccessRuleName, resolve: ResolveReference): ResolveReference {
  return (reference, context) => (mayAsk(rule, context.caller) ? resolve(reference, context) : null);
}

/** A program without the scope gets an error that names it, so that its developers know which one to request. */
function requireScope(name: AccessRuleName, { caller }: RequestContext): void {
  const { scope }: AccessRule = accessRules[name];
  if (scope === undefined) return;
  if (caller.kind === 'anonymous')
    throw new AppError('UNAUTHENTICATED', `A token of a machine with the scope ${scope} is needed.`);
  throw new AppError('FORBIDDEN', `Only a machine with the scope ${scope} may ask this.`);
}

/** A caller who names an object and may not ask for it leaves an audit event; a mere look at `me` does not. */
function recordRefusal(
  context: RequestContext,
  action: string,
  args: Readonly<Record<string, unknown>>,
): void {
  const ids = typeof args.id === 'string' ? [args.id] : [];
  if (ids.length > 0 || action.startsWith('Mutation.')) recordAccess(context, action, 'refused', ids);
}
