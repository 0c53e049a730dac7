import type { BlockOf, TextLook } from './content.ts';
import type { Weight } from './fonts.ts';
import { add, colors, drawRule, ensureSpace, type Sheet, setFont } from './sheet.ts';

export function drawLetterhead(sheet: Sheet, { name, lines }: BlockOf<'letterhead'>): void {
  const { pdf, root, left, width } = sheet;
  add(sheet, root, 'P', {
    draw: () => {
      setFont(pdf, '700Bold', 12, colors.accent).text(name, left, pdf.y, { width });
      if (lines.length > 0) setFont(pdf, '400Regular', 9, colors.faint).text(lines.join('\n'));
    },
  });
  const y = pdf.y + 5;
  drawRule(sheet, y, 1.2, colors.accent);
  pdf.y = y + 12;
}

const headings = {
  1: { size: 17, space: 70 },
  2: { size: 12.5, space: 60 },
  3: { size: 11, space: 50 },
} as const;

export function drawHeading(sheet: Sheet, { level, text }: BlockOf<'heading'>): void {
  const { pdf, root, left, width } = sheet;
  const { size, space } = headings[level];
  setFont(pdf, '700Bold', size);
  // A heading stays with what follows it.
  ensureSpace(sheet, pdf.heightOfString(text, { width }) + space);
  if (level > 1) pdf.moveDown(0.3);
  const { start, count } = pdf.bufferedPageRange();
  sheet.headings.push({ level, text, page: start + count - 1, y: pdf.y });
  add(sheet, root, `H${level}`, {
    draw: () =>
      setFont(pdf, '700Bold', size, level === 2 ? colors.accent : colors.text).text(text, left, pdf.y, {
        width,
      }),
  });
  pdf.moveDown(0.25);
}

const looks: Readonly<Record<TextLook, readonly [Weight, number, string]>> = {
  plain: ['400Regular', 10.5, colors.text],
  strong: ['700Bold', 10.5, colors.text],
  small: ['400Regular', 8.5, colors.faint],
  large: ['700Bold', 20, colors.text],
};

export function drawText(sheet: Sheet, { text, look = 'plain' }: BlockOf<'text'>): void {
  const { pdf, root, left, width } = sheet;
  add(sheet, root, 'P', { draw: () => setFont(pdf, ...looks[look]).text(text, left, pdf.y, { width }) });
  pdf.y += 6;
}

export function drawList(sheet: Sheet, { items, isNumbered = false }: BlockOf<'list'>): void {
  const { pdf, root, left, width } = sheet;
  const indent = isNumbered ? 18 : 12;
  add(sheet, root, 'L', (list) => {
    for (const [n, text] of items.entries()) {
      ensureSpace(sheet, 16);
      const top = pdf.y;
      add(sheet, list, 'LI', (item) => {
        add(sheet, item, 'Lbl', {
          draw: () => setFont(pdf, '400Regular', 10.5).text(isNumbered ? `${n + 1}.` : '•', left, top),
        });
        add(sheet, item, 'LBody', {
          draw: () => pdf.text(text, left + indent, top, { width: width - indent }),
        });
      });
    }
  });
  pdf.x = left;
  pdf.moveDown(0.5);
}
