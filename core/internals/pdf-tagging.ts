import { escapeXml } from '../xml/write-xml.ts';

interface Internals {
  _fragment(text: string, x: number, y: number, options: object): void;
  endMetadata(): void;
  readonly info: Record<string, unknown>;
}

/**
 * Corrects two faults of pdfkit 0.20: read aloud, the last word of a line and the first of the next run together,
 * and the document's metadata is no XML when its title has `&` or `<`.
 */
export function makeReadable(pdf: PDFKit.PDFDocument): void {
  const internals = pdf as unknown as Internals;
  const { _fragment: draw, endMetadata } = internals;
  // pdfkit measures a line before it is drawn, so that the blank moves nothing.
  internals._fragment = (text, x, y, options) =>
    draw.call(internals, text === '' || text.endsWith(' ') ? text : `${text} `, x, y, options);
  internals.endMetadata = () => {
    // By now the other dictionary of the same entries is written.
    for (const [name, value] of Object.entries(internals.info))
      if (typeof value === 'string') internals.info[name] = escapeXml(value);
    endMetadata.call(internals);
  };
}
