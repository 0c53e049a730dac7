import type { GraphQLFormattedError } from 'graphql';
import { redact } from '../../core/log.ts';
import { maxMessageLength } from '../limits/limits.ts';

/**
 * The errors that clients see: each once, short, with the request id, and without personal data from the request.
 */
export function publicErrors(
  errors: readonly GraphQLFormattedError[],
  requestId: string,
): readonly GraphQLFormattedError[] {
  const known = new Map<string, GraphQLFormattedError>();
  for (const error of errors) {
    const message = publicSentence(error.message);
    // Errors of one path, code and sentence are merged; the first one's location is kept.
    const key = JSON.stringify([error.path, error.extensions?.code, message]);
    if (!known.has(key))
      known.set(key, { ...error, message, extensions: { ...error.extensions, requestId } });
  }
  return [...known.values()];
}

/** A parser's or validator's sentence repeats the document: it is cut before anything else reads it. */
function publicSentence(message: string): string {
  return redact(message.length <= maxMessageLength ? message : `${message.slice(0, maxMessageLength)}…`);
}
