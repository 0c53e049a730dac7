import type { Sentence } from './problem.ts';

/** Unit: UTF-16 code units. */
export const maxKeyLength = 255;

/** Whether a client's key can be taken. An empty one would be shared by all clients that forget it. */
export function isIdempotencyKey(key: string): boolean {
  return key.length >= 1 && key.length <= maxKeyLength;
}

export const keyInvalid = {
  it: `La chiave ha da 1 a ${maxKeyLength} caratteri.`,
  en: `A key has 1 to ${maxKeyLength} characters.`,
} as const satisfies Sentence;

/** The description of a key: `one` says for what each is made, `repeated` what a second call with it does. */
export const describeKey = (one: string, repeated: string) =>
  `Chosen by the client, unguessable, one for each ${one}: ${repeated}. 1 to ${maxKeyLength} characters.`;
