/**
 * Ids as clients see them: opaque, the same for the same thing for ever, without a codice fiscale.
 *
 * Shape: base64url of `Invoice:2020/684`. Whether the caller may see what an id names is asked where it is read.
 */
export function createId(type: string, ...parts: readonly (string | number)[]): string {
  // An answer holds hundreds of ids: putting the text together by hand takes a fifth of what `join` does.
  let text = `${type}:${parts[0] ?? ''}`;
  for (let i = 1; i < parts.length; i++) text += `/${parts[i]}`;
  return encode(text);
}

/** The parts of an id; null when it is malformed or names another type. Only the one canonical spelling is accepted. */
export function parseId(type: string, id: string): readonly string[] | null {
  const text = decode(id);
  if (!text.startsWith(`${type}:`) || encode(text) !== id) return null;
  return text.slice(type.length + 1).split('/');
}

/** The type and parts of an id of whatever type; null when it is none, or not spelled canonically. */
export function splitId(id: string): { readonly type: string; readonly parts: readonly string[] } | null {
  const text = decode(id);
  const colon = text.indexOf(':');
  if (colon < 1 || encode(text) !== id) return null;
  return { type: text.slice(0, colon), parts: text.slice(colon + 1).split('/') };
}

/** Whether a part is a key of our own tables, as `randomUUID` writes it. */
export function isUuid(part: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(part);
}

/** The key of our own table that an id has as its one part; null for any other id. */
export function parseUuidId(type: string, id: string): string | null {
  const [uuid = '', ...more] = parseId(type, id) ?? [];
  return more.length === 0 && isUuid(uuid) ? uuid : null;
}

/** Letters whose base64 has neither `+` nor `/`, and is the same in any encoding: nearly every id. */
const isPlain = /^[\w:/ .-]*$/;

/** Base64url. `btoa` makes no buffer, which is most of what an id costs. */
function encode(text: string): string {
  if (!isPlain.test(text)) return Buffer.from(text).toString('base64url');
  const padded = btoa(text);
  return text.length % 3 === 0 ? padded : padded.slice(0, padded.indexOf('='));
}

function decode(id: string): string {
  const isSimple = /^[A-Za-z0-9]+$/.test(id) && id.length % 4 !== 1;
  const text = isSimple ? atob(id) : '';
  return isPlain.test(text) && text !== '' ? text : Buffer.from(id, 'base64url').toString();
}
