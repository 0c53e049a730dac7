import { type Instant, toInstant } from '../../../core/values/index.ts';

/** The instant in the database's JSON notation. */
export function instantOf(text: string): Instant {
  return toInstant(new Date(text));
}
