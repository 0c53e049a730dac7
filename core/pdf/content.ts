/**
 * A document as data: what stands on it from top to bottom.
 *
 * Plain values only, so that it can be handed to the thread that draws it.
 */
export interface PdfContent {
  readonly title: string;
  /** The body whose document it is. */
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
  /** For what must stay on one line, as a hash does. */
  readonly look?: 'small';
}

export type Block =
  /** Whose document it is, at the top of the first page: a name and the lines under it. */
  | { readonly kind: 'letterhead'; readonly name: string; readonly lines: readonly string[] }
  /** Level 1 once a document; no level is left out on the way down. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly look?: TextLook }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Labels with what was said to them, one under the other. */
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | Table;

export type TextLook = 'plain' | 'strong' | 'small';

export interface Table {
  readonly kind: 'table';
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of amounts and numbers, which stand on the right. */
  readonly rightAligned: readonly number[];
}
