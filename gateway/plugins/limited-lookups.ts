import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { publicLookups } from '../rate-limits/public-lookups.ts';
import type { RateLimit } from '../rate-limits/rate-limit.ts';
import type { ApolloContext } from './apollo-context.ts';

/** Counts public look-ups by field instead of by request, before any of them runs. */
export function limitedLookups(limit: RateLimit): ApolloServerPlugin<ApolloContext> {
  const counts = new WeakMap<OperationDefinitionNode, number>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, contextValue }) {
          if (operation === undefined) return;
          const count = counts.get(operation) ?? lookupsOf(operation.selectionSet, document);
          counts.set(operation, count);
          if (count === 0) return;
          const seconds = await limit.take(contextValue.limitedAs, count);
          if (seconds !== null) throw tooMany(seconds);
        },
      };
    },
  };
}

/**
 * Root fields that are look-ups, those in fragments included; each fragment is counted once and added where it is
 * spread.
 */
export function lookupsOf(root: SelectionSetNode, document: DocumentNode): number {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  const counted = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    // A fragment within itself counts as nothing here: validation refuses it.
    counted.set(name, 0);
    const set = fragments.get(name);
    const count = set === undefined ? 0 : ofSet(set);
    counted.set(name, count);
    return count;
  };
  const ofSet = ({ selections }: SelectionSetNode): number => {
    let count = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) count += publicLookups.has(selection.name.value) ? 1 : 0;
      else if (selection.kind === Kind.INLINE_FRAGMENT) count += ofSet(selection.selectionSet);
      else count += ofFragment(selection.name.value);
    }
    return count;
  };
  return ofSet(root);
}

function tooMany(seconds: number): GraphQLError {
  return new GraphQLError(`Too many look-ups. Try again in ${seconds} seconds.`, {
    extensions: {
      code: 'TOO_MANY_REQUESTS',
      http: { status: 429, headers: new HeaderMap([['retry-after', String(seconds)]]) },
    },
  });
}
