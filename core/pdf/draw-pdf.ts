import { once } from 'node:events';
import type { Block, PdfContent, TextLook } from './content.ts';
import { drawFacts } from './draw-facts.ts';
import { drawTable } from './draw-table.ts';
import type { Weight } from './fonts.ts';
import { toPrintable } from './printable.ts';
import { add, colors, decorate, ensureSpace, openSheet, type Sheet, setFont, widthOf } from './sheet.ts';

/** A tagged A4 document in Italian with an embedded open font; the same content gives the same bytes. */
export async function drawPdf(content: PdfContent): Promise<Buffer> {
  const printable = toPrintable(content);
  const sheet = openSheet(printable);
  const { pdf, root } = sheet;
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(pdf, 'end');
  for (const block of printable.blocks) drawers[block.kind](sheet, block as never);
  root.end();
  numberPages(sheet, printable.footer ?? printable.title);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

type Drawers = { readonly [Kind in Block['kind']]: (sheet: Sheet, block: Of<Kind>) => void };

const drawers: Drawers = {
  letterhead: drawLetterhead,
  heading: drawHeading,
  text: drawText,
  list: drawList,
  facts: drawFacts,
  table: drawTable,
};

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

function drawLetterhead(sheet: Sheet, { name, lines }: Of<'letterhead'>): void {
  const { pdf, root } = sheet;
  add(sheet, root, 'P', {
    draw: () => {
      setFont(pdf, '700Bold', 12, colors.accent).text(name);
      if (lines.length > 0) setFont(pdf, '400Regular', 9, colors.faint).text(lines.join('\n'));
    },
  });
  const { left } = pdf.page.margins;
  const y = pdf.y + 5;
  decorate(sheet, () =>
    pdf
      .lineWidth(1.2)
      .strokeColor(colors.accent)
      .moveTo(left, y)
      .lineTo(left + widthOf(sheet), y)
      .stroke(),
  );
  pdf.y = y + 12;
}

const headings = {
  1: { size: 17, space: 70 },
  2: { size: 12.5, space: 60 },
  3: { size: 11, space: 50 },
} as const;

function drawHeading(sheet: Sheet, { level, text }: Of<'heading'>): void {
  const { pdf, root } = sheet;
  const { size, space } = headings[level];
  setFont(pdf, '700Bold', size);
  // A heading stays with what follows it.
  ensureSpace(sheet, pdf.heightOfString(text, { width: widthOf(sheet) }) + space);
  if (level > 1) pdf.moveDown(0.3);
  add(sheet, root, `H${level}`, {
    draw: () => setFont(pdf, '700Bold', size, level === 2 ? colors.accent : colors.text).text(text),
  });
  pdf.moveDown(0.25);
}

const looks: Readonly<Record<TextLook, readonly [Weight, number, string]>> = {
  plain: ['400Regular', 10.5, colors.text],
  strong: ['700Bold', 10.5, colors.text],
  small: ['400Regular', 8.5, colors.faint],
};

function drawText(sheet: Sheet, { text, look = 'plain' }: Of<'text'>): void {
  const { pdf, root } = sheet;
  add(sheet, root, 'P', { draw: () => setFont(pdf, ...looks[look]).text(text) });
  pdf.moveDown(0.5);
}

function drawList(sheet: Sheet, { items }: Of<'list'>): void {
  const { pdf, root } = sheet;
  const { left } = pdf.page.margins;
  const indent = 12;
  add(sheet, root, 'L', (list) => {
    for (const text of items) {
      ensureSpace(sheet, 16);
      const top = pdf.y;
      add(sheet, list, 'LI', (item) => {
        add(sheet, item, 'Lbl', { draw: () => setFont(pdf, '400Regular', 10.5).text('•', left, top) });
        add(sheet, item, 'LBody', {
          draw: () => pdf.text(text, left + indent, top, { width: widthOf(sheet) - indent }),
        });
      });
    }
  });
  pdf.x = left;
  pdf.moveDown(0.5);
}

function numberPages(sheet: Sheet, footer: string): void {
  const { pdf } = sheet;
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    const { left, bottom } = pdf.page.margins;
    const width = widthOf(sheet);
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
