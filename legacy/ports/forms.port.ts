/** A field of a form as the vendor's operators keep it. */
export interface DefinedField {
  /** Unique within the form. */
  readonly code: string;
  readonly kind: 'TEXT' | 'CHECKBOX' | 'DATE' | 'NOTE';
  /** As it was written, markup included; of a NOTE, HTML that nobody has looked at. */
  readonly label: string;
  readonly group: string | null;
  readonly required: boolean;
  /** TEXT: the text. DATE: YYYY-MM-DD. CHECKBOX: `true` or `false`. */
  readonly defaultValue: string | null;
  /** The code of a CHECKBOX. */
  readonly linkedFieldCode: string | null;
}

/** Where a definition is not what it should be, for the operator who wrote it. */
export interface DefinitionProblem {
  readonly sheet: string | null;
  /** As the program that shows it counts: the head is row 1. */
  readonly row: number | null;
  readonly column: string | null;
  /** What was expected. Shape: `-1 or 0`. */
  readonly expected: string;
}

/** Form definitions, as the vendor's own program writes them. */
export interface FormsPort {
  /** The fields in their order, or every problem of the file at once. Reads nothing but the bytes. */
  readDefinition(bytes: Buffer): Promise<{
    readonly fields: readonly DefinedField[];
    readonly problems: readonly DefinitionProblem[];
  }>;
}
