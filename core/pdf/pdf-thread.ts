// What a thread of render-pdf.ts does with one document.
export { drawPdf as default } from './draw-pdf.ts';
