/** Text of an XML document, already escaped; only `element` creates it. */
export interface Xml {
  readonly xml: string;
}

type Attributes = Readonly<Record<string, string | number | null>>;
/** Null elements are left out. */
type Content = string | readonly (Xml | null)[];

/** An element; null attributes are left out, texts are escaped. */
export function element(name: string, content: Content): Xml;
export function element(name: string, attributes: Attributes, content?: Content): Xml;
export function element(name: string, first: Content | Attributes, second: Content = ''): Xml {
  const isContent = typeof first === 'string' || Array.isArray(first);
  const [attributes, content] = isContent ? [{}, first as Content] : [first as Attributes, second];
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('');
  const inner =
    typeof content === 'string' ? escapeXml(content) : content.map((part) => part?.xml ?? '').join('');
  return { xml: inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>` };
}

export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.xml}`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as the content of an XML element, or as an attribute's value in double quotes. */
export function escapeXml(text: string): string {
  return withoutForbidden(text).replace(/[&<>"]/g, (character) => entities[character] ?? '');
}

/** XML 1.0 cannot contain these, not even escaped: one of them would make the whole document unreadable. */
function withoutForbidden(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
