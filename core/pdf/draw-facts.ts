import type { Fact, Facts } from './content.ts';
import {
  add,
  colors,
  drawRule,
  ensureSpace,
  heightOf,
  type Sheet,
  type Structure,
  setFont,
} from './sheet.ts';

const labelShare = 0.36;
const gap = 14;
const padding = 4;

/** Labels and values as a list that is read aloud in pairs. */
export function drawFacts(sheet: Sheet, { facts, isStacked = false }: Facts): void {
  const { pdf, root } = sheet;
  add(sheet, root, 'L', (list) => {
    for (const fact of facts)
      add(sheet, list, 'LI', (item) =>
        isStacked ? drawStacked(sheet, item, fact) : drawFact(sheet, item, fact),
      );
  });
  pdf.moveDown(0.6);
}

/** Side by side where that fits on a page, else one under the other. */
function drawFact(sheet: Sheet, item: Structure, fact: Fact): void {
  const { pdf, left, width } = sheet;
  const { label, value, look } = fact;
  const labelWidth = width * labelShare - gap;
  const valueWidth = width * (1 - labelShare);
  const asLabel = () => setFont(pdf, '400Regular', 9.5, colors.faint);
  const asValue = () => setFont(pdf, '400Regular', look === 'small' ? 8 : 10.5);
  const height = Math.max(
    asLabel().heightOfString(label, { width: labelWidth }),
    asValue().heightOfString(value, { width: valueWidth }),
  );
  if (height > heightOf(sheet) / 2) {
    drawStacked(sheet, item, fact);
  } else {
    ensureSpace(sheet, height + 2 * padding);
    const top = pdf.y + padding;
    // Small text is lowered, so that it stands on the line of the label.
    const drop = look === 'small' ? 2 : 0;
    add(sheet, item, 'Lbl', { draw: () => asLabel().text(label, left, top + 1, { width: labelWidth }) });
    add(sheet, item, 'LBody', {
      draw: () => asValue().text(value, left + width * labelShare, top + drop, { width: valueWidth }),
    });
    pdf.y = top + height + padding;
  }
  drawRule(sheet, pdf.y);
}

function drawStacked(sheet: Sheet, item: Structure, { label, value, look }: Fact): void {
  const { pdf, left, width } = sheet;
  const options = { width, lineGap: -2 };
  ensureSpace(sheet, 40);
  add(sheet, item, 'Lbl', {
    draw: () => setFont(pdf, '400Regular', 8.5, colors.faint).text(label, left, pdf.y + padding, options),
  });
  add(sheet, item, 'LBody', {
    draw: () => setFont(pdf, '400Regular', look === 'small' ? 8 : 10.5).text(value, left, pdf.y, options),
  });
}
