import { addCheckbox, addTextField } from '../internals/pdf-form-fields.ts';
import type { BlockOf, Input } from './content.ts';
import { add, colors, decorate, ensureSpace, type Sheet, setFont } from './sheet.ts';

const lineHeight = 20;
const boxSize = 11;
const dateWidth = 110;
const indent = 18;

/** A label and what is written in: its name is read aloud with it. */
export function drawInput(sheet: Sheet, input: Input): void {
  const column = input.isDependent
    ? { ...sheet, left: sheet.left + indent, width: sheet.width - indent }
    : sheet;
  add(sheet, sheet.root, 'Sect', (section) =>
    drawers[input.answer.kind]({ ...column, root: section }, input),
  );
  sheet.pdf.x = sheet.left;
  sheet.pdf.y += 7;
}

const drawers = {
  text: drawText,
  date: drawDate,
  check: (sheet: Sheet, input: Input) => drawCheck(sheet, input, labelOf(input)),
  choice: drawChoice,
  signature: drawSignature,
} as const;

function drawText(sheet: Sheet, input: Input): void {
  const { letters } = input.answer as Extract<Input['answer'], { kind: 'text' }>;
  const lines = linesFor(letters);
  const isShort = letters !== null && letters <= 34;
  drawLabel(sheet, input, lines * lineHeight);
  const width = isShort ? sheet.width * 0.55 : sheet.width;
  drawBox(sheet, input, width, lines, { maxLength: letters, isMultiline: lines > 1 });
}

/** A limit is more than people write: a surname may have 60 letters. */
function linesFor(letters: number | null): number {
  if (letters === null || (letters > 120 && letters <= 300)) return 2;
  return letters <= 120 ? 1 : Math.min(8, 2 + Math.ceil(letters / 200));
}

function drawDate(sheet: Sheet, input: Input): void {
  drawLabel(sheet, { ...input, hint: input.hint ?? 'gg/mm/aaaa' }, lineHeight);
  drawBox(sheet, input, dateWidth, 1, { maxLength: 10, isMultiline: false });
}

function drawSignature(sheet: Sheet, input: Input): void {
  const { pdf, left } = sheet;
  const height = 2.5 * lineHeight;
  drawLabel(sheet, input, height);
  const y = pdf.y + 2;
  decorate(sheet, () => drawOutline(sheet, { x: left, y, width: sheet.width * 0.55, height }));
  pdf.y = y + height;
}

function drawChoice(sheet: Sheet, input: Input): void {
  const { options } = input.answer as Extract<Input['answer'], { kind: 'choice' }>;
  drawLabel(sheet, { ...input, hint: input.hint ?? 'Barrare una sola casella.' }, lineHeight);
  for (const [n, option] of options.entries())
    drawCheck(sheet, { ...input, name: `${input.name}-${n + 1}` }, option, `${input.label}: ${option}`);
}

/** The label, together with the room that is needed under it. */
function drawLabel(sheet: Sheet, input: Input, room: number): void {
  const { pdf, root, left, width } = sheet;
  const label = labelOf(input);
  const height = setFont(pdf, '400Regular', 9.5).heightOfString(label, { width });
  ensureSpace(sheet, height + (input.hint === undefined ? 0 : 14) + room);
  add(sheet, root, 'P', { draw: () => setFont(pdf, '400Regular', 9.5).text(label, left, pdf.y, { width }) });
  if (input.hint === undefined) return;
  const { hint } = input;
  add(sheet, root, 'P', {
    draw: () => setFont(pdf, '400Regular', 8, colors.faint).text(hint, left, pdf.y, { width }),
  });
}

function drawBox(
  sheet: Sheet,
  input: Input,
  width: number,
  lines: number,
  options: { readonly maxLength: number | null; readonly isMultiline: boolean },
): void {
  const { pdf, root, left } = sheet;
  const y = pdf.y + 2;
  const height = lines * lineHeight;
  decorate(sheet, () => {
    drawOutline(sheet, { x: left, y, width, height });
    pdf.lineWidth(0.4).strokeColor(colors.line);
    for (let line = 1; line < lines; line++) {
      const at = y + line * lineHeight;
      pdf
        .moveTo(left + 4, at)
        .lineTo(left + width - 4, at)
        .stroke();
    }
  });
  add(sheet, root, 'Form', (element) =>
    addTextField(pdf, element, { ...fieldOf(input), x: left, y, width, height }, options),
  );
  pdf.y = y + height;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawOutline({ pdf }: Sheet, { x, y, width, height }: Box): void {
  pdf.lineWidth(0.7).strokeColor(colors.faint).rect(x, y, width, height).stroke();
}

function drawCheck(sheet: Sheet, input: Input, label: string, spoken = label): void {
  const { pdf, root, left, width } = sheet;
  const options = { width: width - 20 };
  const height = setFont(pdf, '400Regular', 10.5).heightOfString(label, options);
  ensureSpace(sheet, height + 4);
  const top = pdf.y + 2;
  decorate(sheet, () => {
    pdf.lineWidth(0.9).strokeColor(colors.text);
    pdf.rect(left, top + 2, boxSize, boxSize).stroke();
  });
  add(sheet, root, 'Form', (element) =>
    addCheckbox(pdf, element, {
      ...{ name: input.name, label: spoken, isRequired: false },
      ...{ x: left, y: top + 2, width: boxSize, height: boxSize },
    }),
  );
  add(sheet, root, 'P', {
    draw: () => setFont(pdf, '400Regular', 10.5).text(label, left + 20, top, options),
  });
  if (input.answer.kind === 'check' && input.hint !== undefined) {
    const { hint } = input;
    const small = () => setFont(pdf, '400Regular', 8, colors.faint);
    add(sheet, root, 'P', { draw: () => small().text(hint, left + 20, pdf.y, options) });
  }
}

function fieldOf(input: Input) {
  return { name: input.name, label: labelOf(input), isRequired: input.isRequired === true };
}

function labelOf({ label, isRequired }: BlockOf<'input'>): string {
  return isRequired ? `${label} *` : label;
}
