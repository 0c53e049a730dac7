import type { Table } from './content.ts';
import {
  add,
  colors,
  decorate,
  ensureSpace,
  heightOf,
  type Sheet,
  type Structure,
  setFont,
} from './sheet.ts';

const padding = 4;
/** On each side of a cell, so that an amount does not touch the next column. */
const side = 7;
const size = 9;

/** A table whose head is printed again on each page; a screen reader reads the head with each cell. */
export function drawTable(sheet: Sheet, table: Table): void {
  const { pdf, root } = sheet;
  const widths = columnWidths(sheet, table);
  const layOut = (cells: readonly string[], weight: '400Regular' | '700Bold') =>
    layOutRow(sheet, widths, cells, weight, table.rightAligned);
  const head = layOut(table.head, '700Bold');
  add(sheet, root, 'Table', (element) => {
    ensureSpace(sheet, head.height * 2);
    addRow(sheet, element, () => 'Column', head);
    for (const cells of table.rows) {
      const row = layOut(cells, '400Regular');
      if (ensureSpace(sheet, row.height)) decorate(sheet, () => drawRow(sheet, head), 'Pagination');
      addRow(sheet, element, (column) => (column === (table.rowHeader ?? 0) ? 'Row' : null), row);
    }
  });
  pdf.x = sheet.left;
  pdf.moveDown(0.8);
}

interface Row {
  readonly height: number;
  readonly cells: readonly { draw(): void }[];
  services(): void;
}

/** `scopeOf`: whether a column's cell is the head of its column or row; null if it is an ordinary cell. */
function addRow(
  sheet: Sheet,
  table: Structure,
  scopeOf: (column: number) => 'Column' | 'Row' | null,
  row: Row,
): void {
  const top = sheet.pdf.y;
  decorate(sheet, row.services);
  add(sheet, table, 'TR', (element) => {
    for (const [column, cell] of row.cells.entries()) {
      const scope = scopeOf(column);
      const structure = scope === null ? sheet.pdf.struct('TD') : sheet.pdf.struct('TH', { scope } as object);
      element.add(structure);
      structure.add(() => {
        sheet.pdf.y = top;
        cell.draw();
      });
      structure.end();
    }
  });
  sheet.pdf.y = top + row.height;
}

function drawRow({ pdf }: Sheet, row: Row): void {
  const top = pdf.y;
  row.services();
  for (const cell of row.cells) {
    pdf.y = top;
    cell.draw();
  }
  pdf.y = top + row.height;
}

function layOutRow(
  sheet: Sheet,
  widths: readonly number[],
  texts: readonly string[],
  weight: '400Regular' | '700Bold',
  rightAligned: readonly number[],
): Row {
  const { pdf, left } = sheet;
  setFont(pdf, weight, size);
  const most = heightOf(sheet) / 2;
  const inner = texts.map((text, column) =>
    Math.min(most, pdf.heightOfString(text, { width: (widths[column] ?? 0) - 2 * side })),
  );
  const height = Math.max(...inner) + 2 * padding;
  let x = left;
  const cells = texts.map((text, column) => {
    const at = x + side;
    const width = (widths[column] ?? 0) - 2 * side;
    x += widths[column] ?? 0;
    return {
      draw: () => {
        setFont(pdf, weight, size);
        const align = rightAligned.includes(column) ? 'right' : 'left';
        pdf.text(text, at, pdf.y + padding, { width, align, height: most, ellipsis: true });
      },
    };
  });
  const services = () => {
    const top = pdf.y;
    if (weight === '700Bold') pdf.rect(left, top, sheet.width, height).fill('#eef2f6');
    pdf.lineWidth(0.5).strokeColor(colors.line);
    pdf
      .moveTo(left, top + height)
      .lineTo(left + sheet.width, top + height)
      .stroke();
  };
  return { height, cells, services };
}

/**
 * Column widths by the longest texts; if they do not fit, columns wider than an equal share get an equal part of the
 * rest.
 */
function columnWidths(sheet: Sheet, { head, rows }: Table): readonly number[] {
  const { pdf } = sheet;
  const wished = head.map((title, column) => {
    let longest = '';
    for (const row of rows) if ((row[column]?.length ?? 0) > longest.length) longest = row[column] ?? '';
    const body = setFont(pdf, '400Regular', size).widthOfString(longest);
    const top = setFont(pdf, '700Bold', size).widthOfString(title);
    return Math.max(body, top) + 2 * side + 2;
  });
  return shareOut(wished, sheet.width);
}

export function shareOut(wished: readonly number[], available: number): readonly number[] {
  const total = wished.reduce((sum, width) => sum + width, 0);
  if (total <= available) return wished.map((width) => (width * available) / total);
  const granted = new Map<number, number>();
  let left = available;
  for (;;) {
    const fair = left / (wished.length - granted.size);
    const modest = wished.findIndex((width, column) => !granted.has(column) && width <= fair);
    if (modest < 0) return wished.map((_, column) => granted.get(column) ?? fair);
    granted.set(modest, wished[modest] ?? 0);
    left -= wished[modest] ?? 0;
  }
}
