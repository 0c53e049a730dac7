import type { PdfContent } from '../../core/pdf/content.ts';
import { drawPdf } from '../../core/pdf/draw-pdf.ts';
import { bodyName } from './people.ts';

/** A document issued by the town, under its name. */
export function townPdf(title: string, date: string, blocks: PdfContent['blocks']): Promise<Buffer> {
  const letterhead = {
    kind: 'letterhead',
    name: 'Comune di Calvenzano',
    lines: ['Servizio Istruzione'],
  } as const;
  return drawPdf({ author: bodyName, title, date, blocks: [letterhead, ...blocks] });
}
