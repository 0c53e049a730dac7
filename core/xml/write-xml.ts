/** An element as text: its content is a text, which is escaped, or elements; null elements are left out. */
export type XmlText = string & { readonly isXml: never };

export function xml(name: string, content: string | readonly (XmlText | null)[]): XmlText {
  const inside =
    typeof content === 'string' ? escapeXml(content) : content.filter((part) => part !== null).join('');
  return `<${name}>${inside}</${name.split(' ')[0]}>` as XmlText;
}

/** Escapes characters with a meaning in XML, and drops those that XML cannot contain. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
