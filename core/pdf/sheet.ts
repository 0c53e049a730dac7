import PDFDocument from 'pdfkit';
import type { PdfContent } from './content.ts';
import { fontOf, type Weight } from './fonts.ts';

export type Structure = PDFKit.PDFStructureElement;

/** The document being drawn, and the element of its structure that the next block belongs to. */
export interface Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly root: Structure;
}

export const colors = { text: '#17324d', faint: '#5c6f82', line: '#c5c7c9', accent: '#0055aa' } as const;

export function openSheet({ title, author, date, layout = 'portrait' }: PdfContent): Sheet {
  const moment = new Date(`${date}T08:00:00Z`);
  const pdf = new PDFDocument({
    size: 'A4',
    layout,
    margins: { top: 48, bottom: 60, left: 56, right: 56 },
    lang: 'it-IT',
    tagged: true,
    pdfVersion: '1.7',
    displayTitle: true,
    bufferPages: true,
    // Null: none is opened before ours.
    font: null as never,
    info: { Title: title, Author: author, CreationDate: moment, ModDate: moment },
  });
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  setFont(pdf, '400Regular', 10.5);
  return { pdf, root };
}

export function setFont(pdf: PDFKit.PDFDocument, weight: Weight, size: number, color: string = colors.text) {
  return pdf
    .font(fontOf(weight) as never, weight)
    .fontSize(size)
    .fillColor(color);
}

/** An element of the structure under another one, closed once it is filled. */
export function add(
  { pdf }: Sheet,
  parent: Structure,
  kind: string,
  content: ((element: Structure) => void) | { draw(): void },
): void {
  const element = pdf.struct(kind);
  parent.add(element);
  if (typeof content === 'function') content(element);
  else element.add(() => content.draw());
  element.end();
}

/** What is drawn for the eye alone: lines, grounds, page numbers. */
export function decorate({ pdf }: Sheet, draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
  pdf.markContent('Artifact', { type });
  draw();
  pdf.endMarkedContent();
}

export function widthOf({ pdf }: Sheet): number {
  return pdf.page.width - pdf.page.margins.left - pdf.page.margins.right;
}

export function heightOf({ pdf }: Sheet): number {
  return pdf.page.height - pdf.page.margins.top - pdf.page.margins.bottom;
}

/** Goes on over the page when less than this is left of it. */
export function ensureSpace({ pdf }: Sheet, height: number): boolean {
  if (pdf.y + height <= pdf.page.height - pdf.page.margins.bottom) return false;
  pdf.addPage();
  return true;
}
