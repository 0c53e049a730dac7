import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCanvas } from '@napi-rs/canvas';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } });

/** What a scanner reads from a page, as it would be printed: at 200 dots an inch. */
export async function scanPage(pdf: PDFDocumentProxy, number = 1) {
  const image = await rasterOf(pdf, number, 200 / 72);
  const found = await readBarcodes(image as never, { formats: ['QRCode', 'DataMatrix'] });
  return found.map(({ format, text, ecLevel, version }) => ({
    format: String(format),
    text,
    ecLevel,
    version,
  }));
}

async function rasterOf(pdf: PDFDocumentProxy, number: number, scale: number) {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  const context = canvas.getContext('2d');
  await page.render({ canvas: null, canvasContext: context as never, viewport }).promise;
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
