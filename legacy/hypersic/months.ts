import { type CalendarDate, firstDayOf, lastDayOf, type YearMonth } from '../../core/values/index.ts';

/** The first day of the earliest month and the last day of the latest. At least one month. */
export function monthSpan(months: readonly YearMonth[]): {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
} {
  const sorted = [...months].sort();
  return { from: firstDayOf(sorted[0] as YearMonth), to: lastDayOf(sorted.at(-1) as YearMonth) };
}

export function monthOf(date: string): string {
  return date.slice(0, 7);
}
