import { type GraphQLFieldResolver, type GraphQLSchema, getNamedType, isUnionType } from 'graphql';
import { AppError } from '../../../core/errors.ts';
import { notAllowed } from '../problem.ts';
import { recordAccess } from '../record-access.ts';
import type { RequestContext } from '../request-context.ts';
import { ruleOf } from './name-rules.ts';
import { type AccessMap, type AccessRule, type AccessRuleName, accessRules, mayAsk } from './rules.ts';

/**
 * Checks at each entry point of the subgraph's data whether the caller may ask at all: roots here, entities in
 * `enforceReference`. Fields below an entity were admitted with it.
 */
export function enforceRules(schema: GraphQLSchema, access: AccessMap): void {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (field.name.startsWith('_') || field.resolve === undefined || root == null) continue;
      const { resolve } = field;
      const rule = ruleOf(access, root.name, field.name);
      const result = getNamedType(field.type);
      const isOutcome = isUnionType(result) && result.getTypes().some(({ name }) => name === 'NotAllowed');
      const guarded: GraphQLFieldResolver<unknown, RequestContext> = (source, args, context, info) => {
        if (mayAsk(rule, context.caller)) return resolve(source, args, context, info);
        requireScope(rule, context);
        recordRefusal(context, isOutcome ? `Mutation.${field.name}` : `${result.name}.read`, args);
        return isOutcome ? notAllowed(context) : null;
      };
      field.resolve = guarded;
    }
  }
}

/** The answer of a reference that the caller may not ask for: the same as for an unknown entity. */
export function enforceReference<Reference>(
  access: AccessMap,
  type: string,
  resolve: (reference: Reference, context: RequestContext) => unknown,
): (reference: Reference, context: RequestContext) => unknown {
  const rule = ruleOf(access, type, 'id');
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
