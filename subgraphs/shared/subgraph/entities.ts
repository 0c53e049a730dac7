import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { AppError } from '../../../core/errors.ts';
import type { RequestContext } from '../request-context.ts';

interface Representation {
  readonly __typename: string;
  readonly id: string;
}

/**
 * Resolves the federation's `_entities`. A type without a reference of its own is the representation itself.
 *
 * It replaces @apollo/subgraph's, which creates a promise per entity: one per instalment of a page of invoices,
 * nearly all of them known at once.
 */
export function answerEntities(
  schema: GraphQLSchema,
  references: Readonly<Record<string, GraphQLFieldResolver<unknown, RequestContext>>>,
): void {
  const field = schema.getQueryType()?.getFields()._entities;
  if (field === undefined) return;
  field.resolve = (
    _source,
    { representations }: { representations: readonly Representation[] },
    context,
    info,
  ) =>
    representations.map((representation) => {
      const { __typename: name } = representation;
      const reference = references[name];
      if (reference === undefined) {
        if (isObjectType(schema.getType(name))) return representation;
        throw new AppError(
          'BAD_USER_INPUT',
          'A representation names a type that this subgraph does not have.',
        );
      }
      const entity = reference(representation, {}, context, info);
      return entity instanceof Promise ? entity.then((found) => named(found, name)) : named(entity, name);
    });
}

/** Distinguishes the members of the union. */
function named(entity: unknown, name: string): unknown {
  if (typeof entity !== 'object' || entity === null) return null;
  const known = entity as { __typename?: string };
  if (known.__typename === name) return entity;
  // The object is shared within the request and already has another type's name: copy it.
  if (known.__typename !== undefined) return { ...entity, __typename: name };
  known.__typename = name;
  return entity;
}
