import { Marked, type Tokens } from 'marked';
import { escapeHtml } from '../../core/http/escape-html.ts';

/** The id that GitHub gives a heading, so that links between documents work in both places. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/**
 * Markdown as HTML. HTML within it is shown as text.
 *
 * `addressOf` is the address within the site of a link to another file of the project; null shows its text alone.
 */
export function createMarkdown(addressOf: (href: string) => string | null) {
  const marked = new Marked({
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${headingId(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        const address = /^https?:/.test(href) ? href : addressOf(href);
        return address === null ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
      },
      image: ({ text }: Tokens.Image) => escapeHtml(text),
      table(token: Tokens.Table) {
        const cell = (one: Tokens.TableCell, name: string) =>
          `<${name}>${this.parser.parseInline(one.tokens)}</${name}>`;
        const row = (cells: readonly Tokens.TableCell[], name: string) =>
          `<tr>${cells.map((one) => cell(one, name)).join('')}</tr>`;
        const rows = token.rows.map((cells) => row(cells, 'td')).join('');
        return `<div class="wide" tabindex="0"><table><thead>${row(token.header, 'th scope="col"').replaceAll('</th scope="col">', '</th>')}</thead><tbody>${rows}</tbody></table></div>\n`;
      },
    },
  });
  return {
    block: (text: string) => marked.parse(text, { async: false }),
    inline: (text: string) => marked.parseInline(text, { async: false }),
  };
}
