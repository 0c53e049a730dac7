import { type GraphQLFieldResolver, type GraphQLSchema, getNamedType, isUnionType } from 'graphql';
import { AppError } from '../../../core/errors.ts';
import { notAllowed } from '../problem.ts';
import { recordAccess, type Scope } from '../scope.ts';
import { ruleOf } from './name-rules.ts';
import { type AccessMap, type AccessRule, type AccessRuleName, accessRules, mayAsk } from './rules.ts';

/**
 * Asks each way into the subgraph's data whether the caller may ask at all: the roots here, entities in
 * `enforceReference`. What hangs on an entity was asked for with it.
 */
export function enforceRules(schema: GraphQLSchema, access: AccessMap): void {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (field.name.startsWith('_') || field.resolve === undefined || root == null) continue;
      const { resolve } = field;
      const rule = ruleOf(access, root.name, field.name);
      const result = getNamedType(field.type);
      const isOutcome = isUnionType(result) && result.getTypes().some(({ name }) => name === 'NotAllowed');
      const guarded: GraphQLFieldResolver<unknown, Scope> = (source, args, scope, info) => {
        if (mayAsk(rule, scope.caller)) return resolve(source, args, scope, info);
        requireScope(rule, scope);
        recordRefusal(scope, isOutcome ? `Mutation.${field.name}` : `${result.name}.read`, args);
        return isOutcome ? notAllowed(scope) : null;
      };
      field.resolve = guarded;
    }
  }
}

/** What an entity's reference answers to who may not ask for it: what does not exist. */
export function enforceReference<Reference>(
  access: AccessMap,
  type: string,
  resolve: (reference: Reference, scope: Scope) => unknown,
): (reference: Reference, scope: Scope) => unknown {
  const rule = ruleOf(access, type, 'id');
  return (reference, scope) => (mayAsk(rule, scope.caller) ? resolve(reference, scope) : null);
}

/** A program that lacks a scope is told so: its makers must learn what to ask for. */
function requireScope(name: AccessRuleName, { caller }: Scope): void {
  const { scope }: AccessRule = accessRules[name];
  if (scope === undefined) return;
  if (caller.kind === 'anonymous')
    throw new AppError('UNAUTHENTICATED', `A token of a machine with the scope ${scope} is needed.`);
  throw new AppError('FORBIDDEN', `Only a machine with the scope ${scope} may ask this.`);
}

/** Somebody who names a thing and may not ask for it leaves an event; who merely looks whether they are signed in does not. */
function recordRefusal(scope: Scope, action: string, args: Readonly<Record<string, unknown>>): void {
  const ids = typeof args.id === 'string' ? [args.id] : [];
  if (ids.length > 0 || action.startsWith('Mutation.')) recordAccess(scope, action, 'refused', ids);
}
