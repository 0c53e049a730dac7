import type { Block, BlockOf, Columns } from './content.ts';
import { drawBarCode } from './draw-bar-code.ts';
import { drawFacts } from './draw-facts.ts';
import { drawInput } from './draw-input.ts';
import { drawTable } from './draw-table.ts';
import { drawHeading, drawLetterhead, drawList, drawText } from './draw-text.ts';
import { ensureSpace, measure, type Sheet } from './sheet.ts';

export function drawBlocks(sheet: Sheet, blocks: readonly Block[]): void {
  for (const [n, block] of blocks.entries()) {
    const next = blocks[n + 1];
    // A heading moves to the next page together with the columns below it.
    if (block.kind === 'heading' && next?.kind === 'columns')
      ensureSpace(sheet, headingHeight + heightOfColumns(sheet, next));
    drawers[block.kind](sheet, block as never);
  }
}

const headingHeight = 34;

const drawers: { readonly [Kind in Block['kind']]: (sheet: Sheet, block: BlockOf<Kind>) => void } = {
  letterhead: drawLetterhead,
  heading: drawHeading,
  text: drawText,
  list: drawList,
  facts: drawFacts,
  table: drawTable,
  columns: drawColumns,
  barCode: drawBarCode,
  input: drawInput,
};

const gutter = 18;

function drawColumns(sheet: Sheet, columns: Columns): void {
  const { pdf } = sheet;
  ensureSpace(sheet, heightOfColumns(sheet, columns));
  const top = pdf.y;
  let { left } = sheet;
  let bottom = top;
  for (const { width, blocks } of widthsOf(sheet, columns)) {
    pdf.y = top;
    drawBlocks({ ...sheet, left, width }, blocks);
    left += width + gutter;
    bottom = Math.max(bottom, pdf.y);
  }
  pdf.x = sheet.left;
  pdf.y = bottom;
}

const measured = new WeakMap<Columns, number>();

function heightOfColumns(sheet: Sheet, columns: Columns): number {
  const known = measured.get(columns);
  if (known !== undefined) return known;
  const heights = widthsOf(sheet, columns).map(({ width, blocks }) =>
    measure({ ...sheet, width }, (scratch) => drawBlocks(scratch, blocks)),
  );
  const height = Math.max(...heights);
  measured.set(columns, height);
  return height;
}

function widthsOf(sheet: Sheet, { columns }: Columns) {
  const available = sheet.width - gutter * (columns.length - 1);
  return columns.map(({ share, blocks }) => ({ width: available * share, blocks }));
}
