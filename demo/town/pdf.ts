import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import { projectFile } from '../../core/project-root.ts';

/** What a page of the town's letters is made of, from top to bottom. */
export interface PageWriter {
  heading(text: string): void;
  text(text: string): void;
}

const font = (weight: '400Regular' | '700Bold') =>
  projectFile('node_modules', '@expo-google-fonts', 'titillium-web', weight, `TitilliumWeb_${weight}.ttf`);

/** A tagged A4 letter in Italian with an embedded font; the same input gives the same bytes. */
export async function createPdf(
  head: { readonly title: string; readonly date: string },
  write: (page: PageWriter) => void,
): Promise<Buffer> {
  const moment = new Date(`${head.date}T08:00:00Z`);
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 56,
    lang: 'it-IT',
    tagged: true,
    pdfVersion: '1.7',
    displayTitle: true,
    font: font('400Regular'),
    info: { Title: head.title, Author: 'Comune di Calvenzano', CreationDate: moment, ModDate: moment },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(pdf, 'end');
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const add = (kind: 'H1' | 'P', weight: '400Regular' | '700Bold', size: number, text: string) => {
    root.add(
      pdf.struct(kind, {}, () => {
        pdf.font(font(weight)).fontSize(size).text(text);
      }),
    );
    pdf.moveDown(0.4);
  };
  write({
    heading: (text) => add('H1', '700Bold', 14, text),
    text: (text) => add('P', '400Regular', 10.5, text),
  });
  root.end();
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}
