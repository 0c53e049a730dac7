/**
 * Ids as clients see them: opaque, the same for the same thing for ever, without a codice fiscale.
 *
 * Shape: base64url of `Invoice:2020/684`. Whether the caller may see what an id names is asked where it is read.
 */
export function createId(type: string, ...parts: readonly (string | number)[]): string {
  return Buffer.from(`${type}:${parts.join('/')}`).toString('base64url');
}

/** The parts of an id; null when it is malformed or names another type. Only the one canonical spelling is accepted. */
export function parseId(type: string, id: string): readonly string[] | null {
  const text = Buffer.from(id, 'base64url').toString();
  if (!text.startsWith(`${type}:`) || Buffer.from(text).toString('base64url') !== id) return null;
  return text.slice(type.length + 1).split('/');
}
