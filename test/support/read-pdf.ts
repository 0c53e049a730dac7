import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, OPS, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** Opens a PDF with somebody else's reader. */
export function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({
    data: new Uint8Array(bytes),
    standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
    cMapUrl: `${join(folder, 'cmaps')}/`,
    verbosity: 0,
  }).promise;
}

/** An element of a document's structure, with the text that is read aloud in its place. */
export interface Element {
  readonly role: string;
  readonly alt: string | null;
  readonly text: string;
  /** How many fields or links it holds. */
  readonly annotations: number;
  readonly children: readonly Element[];
}

/** What a screen reader meets on all pages, in its order. */
export async function structureOf(pdf: PDFDocumentProxy): Promise<readonly Element[]> {
  const elements: Element[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const tree = await page.getStructTree();
    if (tree !== null) elements.push(...childrenOf(tree, await textByMark(page)));
  }
  return elements;
}

/** All of the elements, whatever they stand in. */
export function flat(elements: readonly Element[]): readonly Element[] {
  return elements.flatMap((element) => [element, ...flat(element.children)]);
}

type Tree = Awaited<ReturnType<PDFPageProxy['getStructTree']>>;

function childrenOf(tree: NonNullable<Tree>, texts: ReadonlyMap<string, string>): readonly Element[] {
  return tree.children.flatMap((child) => {
    if (!('role' in child)) return [];
    const own = child.children.map((part) => ('id' in part ? (texts.get(part.id) ?? '') : '')).join('');
    const annotations = child.children.filter((part) => 'id' in part && part.type === 'annotation').length;
    const children = childrenOf(child, texts);
    // Of an element on several pages each page tells the whole, without what is on the others.
    if (children.length === 0 && !child.children.some((part) => 'id' in part)) return [];
    const { role, alt = null } = child as { role: string; alt?: string };
    return [{ role, alt, text: own.replace(/\s+/g, ' ').trim(), annotations, children }];
  });
}

async function textByMark(page: PDFPageProxy): Promise<ReadonlyMap<string, string>> {
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const texts = new Map<string, string>();
  const open: (string | null)[] = [];
  for (const item of items) {
    if ('str' in item) {
      const mark = open.findLast((id) => id !== null);
      const text = item.str + (item.hasEOL ? ' ' : '');
      if (mark != null) texts.set(mark, (texts.get(mark) ?? '') + text);
    } else if (item.type === 'endMarkedContent') open.pop();
    else open.push(item.id ?? null);
  }
  return texts;
}

/** All that is read aloud, blanks between one piece and the next. */
export function textOf(elements: readonly Element[]): string {
  return flat(elements)
    .map(({ text }) => text)
    .filter(Boolean)
    .join(' ');
}

/** The letters as they are written, without the blanks that a reader adds where it sees a new line. */
export async function writtenText(pdf: PDFDocumentProxy): Promise<string> {
  let text = '';
  for (let number = 1; number <= pdf.numPages; number++) {
    const { fnArray, argsArray } = await (await pdf.getPage(number)).getOperatorList();
    for (const [index, operation] of fnArray.entries()) {
      if (operation !== OPS.showText) continue;
      for (const glyph of argsArray[index]?.[0] ?? []) text += (glyph as { unicode?: string }).unicode ?? '';
    }
  }
  return text;
}

/** Text that stands neither in the structure nor among what is for the eye alone. */
export async function layoutOf(pdf: PDFDocumentProxy) {
  const textOutside: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent({ includeMarkedContent: true });
    const open: boolean[] = [];
    for (const item of items) {
      if ('str' in item) {
        if (item.str.trim() !== '' && !open.some(Boolean)) textOutside.push(item.str);
      } else if (item.type === 'endMarkedContent') open.pop();
      else open.push(item.id != null || (item as { tag?: string }).tag === 'Artifact');
    }
  }
  return { textOutside, pages: pdf.numPages };
}
