import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import { projectFile } from './project-root.ts';

/** What a document is made of, from top to bottom. */
export interface PageWriter {
  heading(text: string): void;
  text(text: string): void;
  /** The first row is the head. Amounts and numbers stand on the right. */
  table(head: readonly string[], rows: readonly (readonly string[])[], rightAligned: readonly number[]): void;
}

export interface PdfHead {
  readonly title: string;
  /** The body whose document it is. */
  readonly author: string;
  /** A day, which makes the same input give the same bytes. */
  readonly date: string;
  readonly layout?: 'portrait' | 'landscape';
}

const font = (weight: '400Regular' | '700Bold') =>
  projectFile('node_modules', '@expo-google-fonts', 'titillium-web', weight, `TitilliumWeb_${weight}.ttf`);

/** A tagged A4 document in Italian with an embedded open font. */
export async function createPdf(head: PdfHead, write: (page: PageWriter) => void): Promise<Buffer> {
  const moment = new Date(`${head.date}T08:00:00Z`);
  const pdf = new PDFDocument({
    size: 'A4',
    layout: head.layout ?? 'portrait',
    margin: 56,
    lang: 'it-IT',
    tagged: true,
    pdfVersion: '1.7',
    displayTitle: true,
    font: font('400Regular'),
    info: { Title: head.title, Author: head.author, CreationDate: moment, ModDate: moment },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(pdf, 'end');
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  write(writerOf(pdf, root));
  root.end();
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function writerOf(pdf: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement): PageWriter {
  const add = (kind: 'H1' | 'P', weight: '400Regular' | '700Bold', size: number, text: string) => {
    root.add(
      pdf.struct(kind, {}, () => {
        pdf.font(font(weight)).fontSize(size).text(text);
      }),
    );
    pdf.moveDown(0.4);
  };
  return {
    heading: (text) => add('H1', '700Bold', 14, text),
    text: (text) => add('P', '400Regular', 10.5, text),
    table(head, rows, rightAligned) {
      const structure = pdf.struct('Table');
      root.add(structure);
      pdf.font(font('400Regular')).fontSize(9);
      const aligned = (text: string, column: number) => ({
        text,
        align: {
          x: rightAligned.includes(column) ? ('right' as const) : ('left' as const),
          y: 'center' as const,
        },
      });
      pdf.table({
        structParent: structure,
        defaultStyle: { padding: 4, border: 0.5, borderColor: '#5c6f82' },
        data: [
          head.map((text, column) => ({
            ...aligned(text, column),
            type: 'TH' as const,
            font: { src: font('700Bold'), size: 9 },
          })),
          ...rows.map((row) => row.map(aligned)),
        ],
      } as PDFKit.Mixins.TableOptionsWithData);
      structure.end();
    },
  };
}
