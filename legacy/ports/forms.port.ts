/** A field of a form, as the vendor's operators define it. */
export interface DefinedField {
  /** Unique within the form. */
  readonly code: string;
  readonly kind: 'TEXT' | 'CHECKBOX' | 'DATE' | 'NOTE';
  /** As written, markup included. For a NOTE: HTML that is not sanitised yet. */
  readonly label: string;
  readonly group: string | null;
  readonly required: boolean;
  /** TEXT: the text. DATE: YYYY-MM-DD. CHECKBOX: `true` or `false`. */
  readonly defaultValue: string | null;
  /** The code of the CHECKBOX field that decides. */
  readonly linkedFieldCode: string | null;
}

/** Where a definition is wrong, for the operator who wrote it. */
export interface DefinitionProblem {
  readonly sheet: string | null;
  /** Row number as the spreadsheet program shows it: the head is row 1. */
  readonly row: number | null;
  readonly column: string | null;
  /** The expected value. Shape: `-1 or 0`. */
  readonly expected: string;
}

/** Form definitions, as the vendor's program writes them. */
export interface FormsPort {
  /** The fields in order, or every problem of the file at once. Reads only the given bytes. */
  readDefinition(bytes: Buffer): Promise<{
    readonly fields: readonly DefinedField[];
    readonly problems: readonly DefinitionProblem[];
  }>;
}
