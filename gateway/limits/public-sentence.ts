import { redact } from '../../core/log.ts';
import { maxMessageLength } from './limits.ts';

/** What may be told of a parser's or validator's sentence, which repeats what a document says, literals and all. */
export function publicSentence(message: string): string {
  return redact(message.length <= maxMessageLength ? message : `${message.slice(0, maxMessageLength)}…`);
}
