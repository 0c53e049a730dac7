import PDFDocument from 'pdfkit';
import { makeReadable } from '../internals/pdf-tagging.ts';
import type { PdfContent } from './content.ts';
import { fontOf, type Weight } from './fonts.ts';

export type Structure = PDFKit.PDFStructureElement;

/** The document being drawn, and the element of its structure that the next block belongs to. */
export interface Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly root: Structure;
  /** The column that blocks stand in. Unit: points. */
  readonly left: number;
  readonly width: number;
  /** Those that were drawn, in order. */
  readonly headings: DrawnHeading[];
}

export interface DrawnHeading {
  readonly level: 1 | 2 | 3;
  readonly text: string;
  /** From 0. */
  readonly page: number;
  /** From the top. Unit: points. */
  readonly y: number;
}

export const colors = { text: '#17324d', faint: '#5c6f82', line: '#c5c7c9', accent: '#0055aa' } as const;

export function openSheet({ title, author, date, layout = 'portrait', blocks }: PdfContent): Sheet {
  const moment = new Date(`${date}T08:00:00Z`);
  return sheetOf({
    size: 'A4',
    layout,
    lang: 'it-IT',
    pdfVersion: '1.7',
    displayTitle: true,
    // [SPEC] ISO 14289-1. Not for forms: what is typed there is shown in a font of the reader's.
    ...(blocks.some(({ kind }) => kind === 'input') ? {} : { subset: 'PDF/UA' as never }),
    info: { Title: title, Author: author, CreationDate: moment, ModDate: moment },
  });
}

/** The height that blocks take in a column of this width, drawn where nobody sees it. */
export function measure({ pdf, width }: Sheet, draw: (sheet: Sheet) => void): number {
  const scratch = scratches.get(pdf) ?? sheetOf({ size: [2_000, 20_000] });
  scratches.set(pdf, scratch);
  const top = scratch.pdf.page.margins.top;
  scratch.pdf.y = top;
  draw({ ...scratch, width });
  return scratch.pdf.y - top;
}

const scratches = new WeakMap<PDFKit.PDFDocument, Sheet>();

function sheetOf(options: PDFKit.PDFDocumentOptions): Sheet {
  const pdf = new PDFDocument({
    margins: { top: 48, bottom: 60, left: 56, right: 56 },
    tagged: true,
    bufferPages: true,
    // Null: none is opened before ours.
    font: null as never,
    ...options,
  });
  makeReadable(pdf);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  setFont(pdf, '400Regular', 10.5);
  const { left, right } = pdf.page.margins;
  return { pdf, root, left, width: pdf.page.width - left - right, headings: [] };
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

/** Decoration, which is not read aloud: lines, backgrounds, page numbers. */
export function decorate({ pdf }: Sheet, draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
  pdf.markContent('Artifact', { type });
  draw();
  pdf.endMarkedContent();
}

export function heightOf({ pdf }: Sheet): number {
  return pdf.page.height - pdf.page.margins.top - pdf.page.margins.bottom;
}

/** Starts a new page if less than `height` is left on this one; returns whether it did. */
export function ensureSpace({ pdf }: Sheet, height: number): boolean {
  if (pdf.y + height <= pdf.page.height - pdf.page.margins.bottom) return false;
  pdf.addPage();
  return true;
}

/** A line over the whole column. */
export function drawRule(sheet: Sheet, y: number, thickness = 0.5, color: string = colors.line): void {
  const { pdf, left, width } = sheet;
  pdf.lineWidth(thickness).strokeColor(color);
  decorate(sheet, () =>
    pdf
      .moveTo(left, y)
      .lineTo(left + width, y)
      .stroke(),
  );
}
