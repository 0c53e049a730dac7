import sanitizeHtml from 'sanitize-html';

/** Sanitised HTML of a note: words, lists, tables and links; no script, no external content, no positioning. */
export function sanitisedNote(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      ...['p', 'br', 'hr', 'div', 'span', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote'],
      ...['b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'small', 'a'],
      ...['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ],
    allowedAttributes: { a: ['href'], th: ['colspan', 'rowspan', 'scope'], td: ['colspan', 'rowspan'] },
    allowedSchemes: ['https', 'http', 'mailto', 'tel'],
    allowProtocolRelative: false,
    transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer' }) },
  }).trim();
}

/** The plain text of a text that may hold markup. */
export function plainText(html: string): string {
  const withBreaks = html.replace(/<(br|hr|\/p|\/div|\/li|\/h\d|\/tr)\b[^<>]*>/gi, ' $&');
  const escaped = sanitizeHtml(withBreaks, { allowedTags: [], allowedAttributes: {} });
  return escaped
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
