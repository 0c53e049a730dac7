import { createHash } from 'node:crypto';

/** The algorithms by which tools name documents: Relay by MD5, older graphql-codegen by SHA-1, others by SHA-256. */
export const hashAlgorithms = ['sha256', 'sha1', 'md5'] as const;
export type HashAlgorithm = (typeof hashAlgorithms)[number];

/** The key of a document. Shape: 64 hexadecimal digits, the SHA-256 of its text; 40 of SHA-1, 32 of MD5. */
export function hashOf(source: string, algorithm: HashAlgorithm = 'sha256'): string {
  return createHash(algorithm).update(source).digest('hex');
}

/** Whether a hash is that of a text, by any of the algorithms. */
export function isHashOf(hash: string, source: string): boolean {
  return hashAlgorithms.some((algorithm) => hash === hashOf(source, algorithm));
}
