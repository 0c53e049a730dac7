/**
 * A document as data: its blocks from top to bottom.
 *
 * Plain values only, so that it can be handed to the thread that draws it.
 */
export interface PdfContent {
  readonly title: string;
  /** The municipality that issues the document. */
  readonly author: string;
  /** A day, which makes the same content give the same bytes. Shape: `2026-10-15`. */
  readonly date: string;
  readonly layout?: 'portrait' | 'landscape';
  /** Stands at the foot of each page, before its number. */
  readonly footer?: string;
  readonly blocks: readonly Block[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** `small`: for values that must stay on one line, such as a hash. */
  readonly look?: 'small';
}

export type Block =
  /** The letterhead at the top of the first page: a name and the lines under it. */
  | { readonly kind: 'letterhead'; readonly name: string; readonly lines: readonly string[] }
  /** Level 1 occurs once in a document; no level is skipped: 3 never follows 1 directly. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly look?: TextLook }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly isNumbered?: boolean }
  | Facts
  | Table
  | Columns
  | BarCode
  | Input;

/** The blocks of one kind. */
export type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

export type TextLook = 'plain' | 'strong' | 'small' | 'large';

/** Labels with their values, one under the other. */
export interface Facts {
  readonly kind: 'facts';
  readonly facts: readonly Fact[];
  /** Each label above its value, for narrow columns. */
  readonly isStacked?: boolean;
}

export interface Table {
  readonly kind: 'table';
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The column that says what a row is about, read aloud with each of its cells; the first by default. */
  readonly rowHeader?: number;
  /** Columns of amounts and numbers, which stand on the right. */
  readonly rightAligned: readonly number[];
}

/** Blocks side by side, read one column after the other. They stay on one page. */
export interface Columns {
  readonly kind: 'columns';
  readonly columns: readonly {
    /** Share of the width. The shares of all are 1. */
    readonly share: number;
    readonly blocks: readonly Block[];
  }[];
}

/** A code for machines, drawn as lines and not as a picture. */
export interface BarCode {
  readonly kind: 'barCode';
  /** QR: ISO 18004, version 4, error correction M. Data Matrix: ECC 200. */
  readonly symbology: 'QR' | 'DATA_MATRIX';
  readonly data: string;
  /** The text that is read aloud instead. */
  readonly alt: string;
  /** Of the square with the white around the code. Unit: millimetres. */
  readonly sizeMm: number;
}

/** A place to write in: ruled for the pen, with a form field for screens. */
export interface Input {
  readonly kind: 'input';
  /** Unique within the document. */
  readonly name: string;
  readonly label: string;
  readonly isRequired?: boolean;
  /** A hint under the label: what may be written. */
  readonly hint?: string;
  /** Whether it depends on the input before it, below which it is indented. */
  readonly isDependent?: boolean;
  readonly answer: /** `letters`: how many there is room for; null for a line or two. */
    | { readonly kind: 'text'; readonly letters: number | null }
    | { readonly kind: 'date' }
    | { readonly kind: 'check' }
    /** For the pen only. */
    | { readonly kind: 'signature' }
    | { readonly kind: 'choice'; readonly options: readonly string[] };
}
