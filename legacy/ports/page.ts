/** A request for one page, forwards. `after` is the key of the last row that the caller has. */
export interface PageRequest<Key> {
  /** How many rows, 1 to 100. */
  readonly first: number;
  readonly after: Key | null;
}

/** One page of rows in their fixed order; without those that cannot be read, which it then says (core/unreadable.ts). */
export interface Page<Row, Cursor = unknown> {
  readonly rows: readonly Row[];
  /** Where the page ends when that is not its last row: further than any row that can be read. */
  readonly end?: Cursor;
  /** Number of rows on all pages. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  /** Whether `after` was given and skipped something. */
  readonly hasPreviousPage: boolean;
}
