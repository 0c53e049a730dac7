type Structure = PDFKit.PDFStructureElement;

interface Field {
  /** Unique within the document. */
  readonly name: string;
  /** Read aloud by screen readers. */
  readonly label: string;
  readonly isRequired: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

// pdfkit's own form methods write fields that a screen reader can neither name nor find in the structure, so these
// are written as annotations. Source: ISO 32000-1 §12.7, §14.7.4.3.
interface Form {
  readonly Fields: unknown[];
  readonly DR: { readonly Font: Record<string, unknown> };
  DA: unknown;
}

const flags = { print: 4, required: 1 << 1, multiline: 1 << 12 } as const;

/** A text field. `maxLength`: unit characters. */
export function addTextField(
  pdf: PDFKit.PDFDocument,
  element: Structure,
  field: Field,
  { maxLength, isMultiline }: { readonly maxLength: number | null; readonly isMultiline: boolean },
): void {
  addField(pdf, element, field, {
    FT: 'Tx',
    Ff: (field.isRequired ? flags.required : 0) | (isMultiline ? flags.multiline : 0),
    ...(maxLength === null ? {} : { MaxLen: maxLength }),
    DA: new String('/Helv 10 Tf 0.09 0.2 0.3 rg'),
  });
}

/** A checkbox: empty or crossed. */
export function addCheckbox(pdf: PDFKit.PDFDocument, element: Structure, field: Field): void {
  const { width: size } = field;
  const cross = `q 1.2 w 2 2 m ${size - 2} ${size - 2} l S 2 ${size - 2} m ${size - 2} 2 l S Q`;
  addField(pdf, element, field, {
    FT: 'Btn',
    Ff: field.isRequired ? flags.required : 0,
    V: 'Off',
    AS: 'Off',
    AP: { N: { Yes: picture(pdf, size, cross), Off: picture(pdf, size, '') } },
  });
}

function addField(pdf: PDFKit.PDFDocument, element: Structure, field: Field, more: object): void {
  const { name, label, x, y, width, height } = field;
  const { Fields } = formOf(pdf);
  pdf.annotate(x, y, width, height, {
    Subtype: 'Widget',
    F: flags.print,
    T: new String(name),
    TU: new String(label),
    structParent: element,
    ...more,
  } as never);
  Fields.push((pdf.page as unknown as { readonly annotations: readonly unknown[] }).annotations.at(-1));
}

/** The document's form, with a font for typing: the embedded font only has the printed letters. */
function formOf(pdf: PDFKit.PDFDocument): Form {
  const catalog = (pdf as unknown as { readonly _root: { data: { AcroForm?: { readonly data: Form } } } })
    ._root;
  if (catalog.data.AcroForm === undefined) {
    (pdf as unknown as { initForm(): void }).initForm();
    const font = pdf.ref({
      Type: 'Font',
      Subtype: 'Type1',
      BaseFont: 'Helvetica',
      Encoding: 'WinAnsiEncoding',
    });
    font.end(undefined as never);
    const form = catalog.data.AcroForm as unknown as { readonly data: Form };
    form.data.DR.Font.Helv = font;
    form.data.DA = new String('/Helv 10 Tf 0 g');
    return form.data;
  }
  return catalog.data.AcroForm.data;
}

function picture(pdf: PDFKit.PDFDocument, size: number, content: string): PDFKit.PDFKitReference {
  const form = pdf.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, size, size] });
  form.end(Buffer.from(content) as never);
  return form;
}
