import type { Fact } from './content.ts';
import {
  add,
  colors,
  decorate,
  ensureSpace,
  heightOf,
  type Sheet,
  type Structure,
  setFont,
  widthOf,
} from './sheet.ts';

const labelShare = 0.36;
const gap = 14;
const padding = 4;

/** Labels and values as a list that is read aloud in pairs; side by side where that fits, else one under the other. */
export function drawFacts(sheet: Sheet, { facts }: { readonly facts: readonly Fact[] }): void {
  const { pdf, root } = sheet;
  add(sheet, root, 'L', (list) => {
    for (const fact of facts) add(sheet, list, 'LI', (item) => drawFact(sheet, item, fact));
  });
  pdf.moveDown(0.6);
}

function drawFact(sheet: Sheet, item: Structure, { label, value, look }: Fact): void {
  const { pdf } = sheet;
  const { left } = pdf.page.margins;
  const width = widthOf(sheet);
  const labelWidth = width * labelShare - gap;
  const valueWidth = width * (1 - labelShare);
  const asLabel = () => setFont(pdf, '400Regular', 9.5, colors.faint);
  const asValue = () => setFont(pdf, '400Regular', look === 'small' ? 8 : 10.5);
  const labelHeight = asLabel().heightOfString(label, { width: labelWidth });
  const height = Math.max(labelHeight, asValue().heightOfString(value, { width: valueWidth }));
  const isBeside = height + 2 * padding <= heightOf(sheet) / 2;
  ensureSpace(sheet, isBeside ? height + 2 * padding : Math.min(labelHeight, heightOf(sheet) / 2) + 60);
  const top = pdf.y + padding;
  add(sheet, item, 'Lbl', {
    draw: () =>
      asLabel().text(label, left, top + (isBeside ? 1 : 0), { width: isBeside ? labelWidth : width }),
  });
  // Small text stands on the line of its label.
  const valueTop = (isBeside ? top : pdf.y) + (look === 'small' ? 2 : 0);
  add(sheet, item, 'LBody', {
    draw: () =>
      asValue().text(value, isBeside ? left + width * labelShare : left, valueTop, {
        width: isBeside ? valueWidth : width,
      }),
  });
  pdf.x = left;
  pdf.y = (isBeside ? top + height : pdf.y) + padding;
  const bottom = pdf.y;
  decorate(sheet, () =>
    pdf
      .lineWidth(0.5)
      .strokeColor(colors.line)
      .moveTo(left, bottom)
      .lineTo(left + width, bottom)
      .stroke(),
  );
}
