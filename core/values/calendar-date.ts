import type { Brand } from './brand.ts';
import { InvalidValue } from './invalid-value.ts';
import type { YearMonth } from './year-month.ts';

/** A day of the calendar, without time or zone. Shape: `2021-01-15`. Compares as text. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

/** Errors: InvalidValue, also for days that no month has. */
export function parseCalendarDate(text: string): CalendarDate {
  if (!isCalendarDate(text)) throw new InvalidValue('A date of the form YYYY-MM-DD was expected.');
  return text;
}

/** By arithmetic: rows of the legacy system hold hundreds of dates, and a Date for each takes seven times as long. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  // No calendar has a year 0, and Postgres refuses it.
  return year > 0 && month > 0 && month <= 12 && day > 0 && day <= daysIn(year, month);
}

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeapYear ? 29 : (daysOfMonths[month - 1] ?? 0);
}

export const firstDay = '0001-01-01' as CalendarDate;
export const lastDay = '9999-12-31' as CalendarDate;

/** Some days later, or earlier for a negative number; at most to the ends of the calendar. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  const text = Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10);
  return isCalendarDate(text) ? text : days < 0 ? firstDay : lastDay;
}

/** Null for the last day that a date can have: a range that ends there has no upper limit. */
export function nextDay(date: CalendarDate): CalendarDate | null {
  return date === lastDay ? null : addDays(date, 1);
}

export function firstDayOf(month: YearMonth): CalendarDate {
  return `${month}-01` as CalendarDate;
}

export function lastDayOf(month: YearMonth): CalendarDate {
  return `${month}-${daysIn(Number(month.slice(0, 4)), Number(month.slice(5)))}` as CalendarDate;
}

/** Whole years from a birth date to a day: a child of 2008-10-16 is 17 on 2026-10-15. */
export function yearsBetween(birth: CalendarDate, on: CalendarDate): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** As Italians write it: `15/01/2021`. */
export function formatItalianDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
