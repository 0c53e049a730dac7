import { Parser } from 'htmlparser2';
import type { Block } from './content.ts';

const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const paragraphs = new Set(['p', 'div', 'section', 'blockquote', 'tr', 'table', ...headings]);
const silent = new Set(['script', 'style', 'template', 'head']);

/** A text with mark-up as paragraphs and lists; addresses of links stand behind their text. */
export function blocksOfHtml(html: string): readonly Block[] {
  const blocks: Block[] = [];
  const lists: { readonly items: string[]; readonly isNumbered: boolean }[] = [];
  const links: string[] = [];
  let text = '';
  let muted = 0;
  const take = (): string => {
    const taken = text
      .replace(/(?<![ \t])[ \t]*\n[ \t]*/g, '\n')
      .replace(/ {2,}/g, ' ')
      .trim();
    text = '';
    return taken;
  };
  const flush = (look: 'plain' | 'strong' = 'plain') => {
    const taken = take();
    if (taken === '') return;
    const list = lists.at(-1);
    if (list === undefined) blocks.push({ kind: 'text', text: taken, look });
    else list.items.push(taken);
  };
  const parser = new Parser({
    onopentag(name, { href = '' }) {
      if (silent.has(name)) muted++;
      if (name === 'br') text += '\n';
      if (name === 'a') links.push(href);
      if (paragraphs.has(name) || name === 'li') flush();
      if (name === 'ul' || name === 'ol') {
        flush();
        lists.push({ items: [], isNumbered: name === 'ol' });
      }
    },
    ontext(piece) {
      if (muted === 0) text += piece.replace(/\s+/g, ' ');
    },
    onclosetag(name) {
      if (silent.has(name)) muted--;
      if (name === 'a') text += addressBehind(text, links.pop() ?? '');
      if (name === 'td' || name === 'th') text += ' ';
      if (headings.has(name)) flush('strong');
      else if (paragraphs.has(name) || name === 'li') flush();
      if (name === 'ul' || name === 'ol') {
        flush();
        const list = lists.pop();
        if (list === undefined || list.items.length === 0) return;
        const outer = lists.at(-1);
        if (outer === undefined) blocks.push({ kind: 'list', ...list });
        else outer.items.push(...list.items);
      }
    },
  });
  parser.end(html);
  flush();
  return blocks;
}

function addressBehind(text: string, href: string): string {
  const address = href.replace(/^mailto:/, '');
  return /^(https?:|mailto:)/.test(href) && !text.trimEnd().endsWith(address) ? ` (${address})` : '';
}
