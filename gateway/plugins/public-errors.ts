import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { ApolloContext } from '../apollo.ts';
import { publicSentence } from '../limits/public-sentence.ts';

/** What clients see of errors: each once, with its request's id, and nothing of what they sent that is personal. */
export function publicErrors({
  hidesSchema,
}: {
  readonly hidesSchema: boolean;
}): ApolloServerPlugin<ApolloContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (singleResult.errors === undefined) return;
          const { requestId } = contextValue.identity;
          singleResult.errors = collapsed(singleResult.errors).map((error) => ({
            ...error,
            message: toSentence(error.message, hidesSchema),
            extensions: { ...error.extensions, requestId },
          }));
          // An operation that was refused before it ran is the client's mistake, and its status says so.
          if (singleResult.data !== undefined) return;
          const code = singleResult.errors[0]?.extensions?.code;
          if (code === 'BAD_USER_INPUT') response.http.status = 400;
          if (code === 'OVERLOADED') response.http.status = 503;
        },
      };
    },
  };
}

/** Errors of one place, code and sentence are one; where in the document each stood is kept of the first. */
function collapsed(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  if (errors.length === 1) return errors;
  const known = new Map<string, GraphQLFormattedError>();
  for (const error of errors) {
    const key = JSON.stringify([error.path, error.extensions?.code, error.message]);
    if (!known.has(key)) known.set(key, error);
  }
  return [...known.values()];
}

/** In production suggestions, which are names of the schema, are left out. */
function toSentence(message: string, hidesSchema: boolean): string {
  return publicSentence(hidesSchema ? message.replace(/ Did you mean [^?]*\?$/, '') : message);
}
