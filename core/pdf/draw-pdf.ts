import { once } from 'node:events';
import type { PdfContent } from './content.ts';
import { drawBlocks } from './draw-blocks.ts';
import { toPrintable } from './printable.ts';
import { colors, decorate, openSheet, type Sheet, setFont } from './sheet.ts';

/** A tagged A4 document in Italian with an embedded open font; the same content gives the same bytes. */
export async function drawPdf(content: PdfContent): Promise<Buffer> {
  const printable = toPrintable(content);
  const sheet = openSheet(printable);
  const { pdf, root } = sheet;
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(pdf, 'end');
  drawBlocks(sheet, printable.blocks);
  root.end();
  addBookmarks(sheet);
  numberPages(sheet, printable.footer ?? printable.title);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** From how many pages on a document has bookmarks. */
const pagesWithBookmarks = 3;

/** Each heading under the last one of a level above. */
function addBookmarks({ pdf, headings }: Sheet): void {
  if (pdf.bufferedPageRange().count < pagesWithBookmarks) return;
  const open: { readonly level: number; readonly item: PDFKit.PDFOutline }[] = [];
  for (const { level, text, page, y } of headings) {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const parent = open.at(-1)?.item ?? pdf.outline;
    // pdfkit takes `left` from the right edge.
    const place = { pageNumber: page, top: y, left: pdf.page.width, expanded: true };
    open.push({ level, item: parent.addItem(text, place as never) });
  }
}

function numberPages(sheet: Sheet, footer: string): void {
  const { pdf, left, width } = sheet;
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    const { bottom } = pdf.page.margins;
    const y = pdf.page.height - 40;
    // The foot lies in the margin, where text would open a page otherwise.
    pdf.page.margins.bottom = 0;
    decorate(
      sheet,
      () => {
        const small = { lineBreak: false, height: 12, ellipsis: true } as const;
        setFont(pdf, '400Regular', 8, colors.faint);
        pdf.text(footer, left, y, { ...small, width: width - 90 });
        pdf.text(`Pagina ${page - start + 1} di ${count}`, left + width - 90, y, {
          ...small,
          width: 90,
          align: 'right',
        });
      },
      'Pagination',
    );
    pdf.page.margins.bottom = bottom;
  }
}
