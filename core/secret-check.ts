import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a secret that was given, in a header say, is one of those that are wanted.
 *
 * Compared by hash and with all of them, so that neither length nor content shows in the time it takes.
 */
export function createSecretCheck(wanted: readonly string[]): (given: unknown) => boolean {
  const hashes = wanted.map(hashOf);
  return (given) => {
    const hash = hashOf(typeof given === 'string' ? given : '');
    return hashes.map((one) => timingSafeEqual(hash, one)).includes(true) && typeof given === 'string';
  };
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
