import { addDays, type CalendarDate, type YearMonth } from '../../core/values/index.ts';

/** The first day of the earliest month and the last day of the latest. At least one month. */
export function monthSpan(months: readonly YearMonth[]): {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
} {
  const sorted = [...months].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  return { from: `${first}-01` as CalendarDate, to: lastDayOf(last as YearMonth) };
}

export function monthOf(date: string): string {
  return date.slice(0, 7);
}

function lastDayOf(month: YearMonth): CalendarDate {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const following = number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
  return addDays(following as CalendarDate, -1);
}
