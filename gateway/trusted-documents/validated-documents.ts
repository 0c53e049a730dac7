import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import { knownOrTurn, type Lane } from '../limits/new-documents.ts';
import type { TrustedDocuments } from './document-store.ts';
import { createRecent } from './recent-documents.ts';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;
type Document = NonNullable<Awaited<ReturnType<DocumentStore['get']>>>;

/** A document of 1,000 selections has an AST of a megabyte and a plan besides: few texts are kept. */
const maxBytes = 1024 * 1024;

/**
 * Where Apollo Server finds documents that need not be parsed and validated again: registered ones always, others
 * while they are used. Its keys end with the hash of the text.
 */
export function validatedDocuments(trusted: TrustedDocuments, lane: Lane): DocumentStore {
  const recent = createRecent<Document>(1_000, maxBytes);
  const hashIn = (key: string) => key.slice(-64);
  return {
    // What is still not known is validated as soon as this answers.
    get: (key) => {
      const hash = hashIn(key);
      return knownOrTurn(lane, hash, () => trusted.documentOf(hash) ?? recent.get(hash));
    },
    set: async (key, document) =>
      recent.set(hashIn(key), document, document.loc?.source.body.length ?? 2_000),
    delete: async () => undefined,
  };
}
