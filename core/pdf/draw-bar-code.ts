import bwip from 'bwip-js/node';
import type { BarCode } from './content.ts';
import { ensureSpace, type Sheet } from './sheet.ts';

const pointsPerMm = 72 / 25.4;

// White on each side, in modules. Source: ISO 18004 asks for four, ISO 16022 for one; two are easier to scan.
const symbologies = {
  QR: { options: { bcid: 'qrcode', version: 4, eclevel: 'M', fixedeclevel: true }, quiet: 4 },
  DATA_MATRIX: { options: { bcid: 'datamatrix', format: 'square' }, quiet: 2 },
} as const;

/** Draws the code's modules as one path, so that it stays sharp on any printer. */
export function drawBarCode(sheet: Sheet, code: BarCode): void {
  const { symbology, alt, sizeMm } = code;
  const { pdf, root, left } = sheet;
  const size = sizeMm * pointsPerMm;
  ensureSpace(sheet, size);
  const top = pdf.y;
  const { quiet } = symbologies[symbology];
  const modules = modulesOf(code);
  const step = size / (modules.length + 2 * quiet);
  const figure = pdf.struct('Figure', { alt, bbox: [left, top, left + size, top + size] } as object);
  root.add(figure);
  figure.add(() => {
    for (const [row, dark] of modules.entries())
      for (const { start, length } of runsOf(dark))
        pdf.rect(left + (quiet + start) * step, top + (quiet + row) * step, length * step, step);
    pdf.fill('#000000');
  });
  figure.end();
  pdf.y = top + size;
}

type Modules = readonly (readonly boolean[])[];

/** A code in columns is drawn twice, to measure them first: making it costs more than all the rest of a page. */
const made = new WeakMap<BarCode, Modules>();

/** Rows of a square code; true is dark. */
function modulesOf(code: BarCode): Modules {
  const modules = made.get(code) ?? makeModules(code);
  made.set(code, modules);
  return modules;
}

function makeModules({ symbology, data }: BarCode): Modules {
  const options = { ...symbologies[symbology].options, text: data };
  const [code] = bwip.raw(options as never) as readonly {
    readonly pixs: readonly number[];
    readonly pixx: number;
  }[];
  if (code === undefined) throw new Error('The code could not be made.');
  const { pixs, pixx } = code;
  return Array.from({ length: pixs.length / pixx }, (_, row) =>
    pixs.slice(row * pixx, (row + 1) * pixx).map((module) => module === 1),
  );
}

function runsOf(dark: readonly boolean[]): readonly { readonly start: number; readonly length: number }[] {
  const runs: { start: number; length: number }[] = [];
  for (const [column, isDark] of dark.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last !== undefined && last.start + last.length === column) last.length++;
    else runs.push({ start: column, length: 1 });
  }
  return runs;
}
