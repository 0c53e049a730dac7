import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ApolloContext } from '../apollo.ts';
import { publicLookups } from '../rate-limits/public-lookups.ts';
import type { RateLimit } from '../rate-limits/rate-limit.ts';

/** Counts public look-ups by field and not by request, before any of them is made. */
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

function lookupsOf({ selections }: SelectionSetNode, document: DocumentNode): number {
  let count = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) count += publicLookups.has(selection.name.value) ? 1 : 0;
    else if (selection.kind === Kind.INLINE_FRAGMENT) count += lookupsOf(selection.selectionSet, document);
    else {
      const { value } = selection.name;
      const fragment = document.definitions.find(
        (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === value,
      );
      if (fragment?.kind === Kind.FRAGMENT_DEFINITION) count += lookupsOf(fragment.selectionSet, document);
    }
  }
  return count;
}

function tooMany(seconds: number): GraphQLError {
  return new GraphQLError(`Too many look-ups. Try again in ${seconds} seconds.`, {
    extensions: {
      code: 'TOO_MANY_REQUESTS',
      http: { status: 429, headers: new HeaderMap([['retry-after', String(seconds)]]) },
    },
  });
}
