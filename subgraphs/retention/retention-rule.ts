/** How long one kind of data is kept, and how it is removed afterwards. */
export interface RetentionRule {
  /** Shape: `draft-files`. */
  readonly id: string;
  readonly what: string;
  /** Tables of which rows go. */
  readonly tables: readonly string[];
  /** Null: the period cannot be changed. */
  readonly variable: string | null;
  readonly days: number;
  /** A shorter period is refused: by the configuration, and by the database where it keeps rows from being removed. */
  readonly leastDays: number;
  readonly ground: string;
  /** `FROM … WHERE …` of the rows whose time is over; `$1` is the moment before which it is. Null: counted otherwise. */
  readonly due: string | null;
  /** The time from which the period counts, for the report. */
  readonly since: string;
  /** One statement that removes `$2` of them at most, locked rows left out, and returns their number as `count`. */
  readonly remove: string | null;
}
