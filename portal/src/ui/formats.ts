const euros = new Intl.NumberFormat('it-IT', { style: 'currency', currency: 'EUR' });
const days = new Intl.DateTimeFormat('it-IT', { dateStyle: 'long', timeZone: 'UTC' });
const shortDays = new Intl.DateTimeFormat('it-IT', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  timeZone: 'UTC',
});
const moments = new Intl.DateTimeFormat('it-IT', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Rome',
});
const months = new Intl.DateTimeFormat('it-IT', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const times = new Intl.DateTimeFormat('it-IT', { timeStyle: 'short', timeZone: 'Europe/Rome' });
const romeDays = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Rome' });

/** Shape: 10142 is `101,42 €`. */
export const euro = (cents: number): string => euros.format(cents / 100);

/** Shape: `2020-12-18` is `18/12/2020`. */
export const shortDay = (date: string): string => shortDays.format(new Date(`${date}T00:00:00Z`));

/** Shape: `2020-12-18` is `18 dicembre 2020`. */
export const longDay = (date: string): string => days.format(new Date(`${date}T00:00:00Z`));

/** Shape: `18 dicembre 2020 alle ore 10:32`, in Europe/Rome. */
export const moment = (instant: string): string => moments.format(new Date(instant));

export const time = (instant: string): string => times.format(new Date(instant));

/** Shape: `2020-09` is `settembre 2020`. */
export const monthName = (month: string): string => months.format(new Date(`${month}-01T00:00:00Z`));

/** Today in Europe/Rome. Shape: `2026-11-27`. */
export const today = (): string => romeDays.format(new Date());

/** The month so many months later, or earlier. */
export function addMonths(month: string, count: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.toISOString().slice(0, 7);
}

/** For the middle of a sentence or a list: the first letter of each word is a capital one. */
export const fullName = (person: { readonly firstName: string; readonly lastName: string }): string =>
  `${person.firstName} ${person.lastName}`.trim();
