import type { GraphQLFormattedError } from 'graphql';
import { redact } from '../../core/log.ts';
import { maxMessageLength } from '../limits/limits.ts';

/** What clients see of errors: each once, briefly, with its request's id, and nothing of what they sent that is personal. */
export function publicErrors(
  errors: readonly GraphQLFormattedError[],
  requestId: string,
): readonly GraphQLFormattedError[] {
  const known = new Map<string, GraphQLFormattedError>();
  for (const error of errors) {
    const message = publicSentence(error.message);
    // Errors of one place, code and sentence are one; where in the document each stood is kept of the first.
    const key = JSON.stringify([error.path, error.extensions?.code, message]);
    if (!known.has(key))
      known.set(key, { ...error, message, extensions: { ...error.extensions, requestId } });
  }
  return [...known.values()];
}

/** A sentence of a parser or a validator repeats what a document says: it is cut before anything looks at it. */
function publicSentence(message: string): string {
  return redact(message.length <= maxMessageLength ? message : `${message.slice(0, maxMessageLength)}…`);
}
