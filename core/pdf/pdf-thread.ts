// Draws one document in a thread of render-pdf.ts.
export { drawPdf as default } from './draw-pdf.ts';
