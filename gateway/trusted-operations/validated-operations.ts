import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import { knownOrQueued, type ValidationQueue } from '../limits/validation-queue.ts';
import type { TrustedOperations } from './operation-store.ts';
import { createRecent } from './recent-operations.ts';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;
type Document = NonNullable<Awaited<ReturnType<DocumentStore['get']>>>;

/** A document of 1,000 selections has an AST of a megabyte and a plan besides: few texts are kept. */
const maxBytes = 1024 * 1024;

/**
 * Where Apollo Server finds documents that need not be parsed and validated again: registered ones always, others
 * while they are used. Its keys end with the hash of the text.
 */
export function validatedOperations(trusted: TrustedOperations, queue: ValidationQueue): DocumentStore {
  const recent = createRecent<Document>(1_000, maxBytes);
  const hashIn = (key: string) => key.slice(-64);
  return {
    // What is still not known is validated as soon as this answers.
    get: (key) => {
      const hash = hashIn(key);
      return knownOrQueued(queue, hash, () => trusted.documentOf(hash) ?? recent.get(hash));
    },
    set: async (key, document) =>
      recent.set(hashIn(key), document, document.loc?.source.body.length ?? 2_000),
    delete: async () => undefined,
  };
}
