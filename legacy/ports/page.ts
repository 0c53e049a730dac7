/** A request for one page, forwards. `after` is the key of the last row that the caller has. */
export interface PageRequest<Key> {
  /** How many rows, 1 to 100. */
  readonly first: number;
  readonly after: Key | null;
}

/** One page of rows in their fixed order. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Number of rows on all pages. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  /** Whether `after` was given and skipped something. */
  readonly hasPreviousPage: boolean;
}
