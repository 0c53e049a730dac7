/**
 * Made when it is first used. The first formatter of a page reads the browser's data of all languages, a tenth of a
 * second of a telephone: what needs no time zone is put together without one.
 */
function onceNeeded(options: Intl.DateTimeFormatOptions, locale = 'it-IT'): () => Intl.DateTimeFormat {
  let made: Intl.DateTimeFormat | undefined;
  return () => {
    made ??= new Intl.DateTimeFormat(locale, { ...options, timeZone: 'Europe/Rome' });
    return made;
  };
}

const moments = onceNeeded({ dateStyle: 'long', timeStyle: 'short' });
const times = onceNeeded({ timeStyle: 'short' });
const romeDays = onceNeeded({ dateStyle: 'short' }, 'sv-SE');
const monthNames =
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(' ');
const nameOf = (month: string | undefined) => monthNames[Number(month) - 1];

/** Shape: 9527 is `95,27`; 1234567 is `12.345,67`, and 123456 is `1234,56`, as Italian has it. */
export function amount(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const whole = digits.slice(0, -2);
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '.') : whole;
  return `${cents < 0 ? '-' : ''}${grouped},${digits.slice(-2)}`;
}

/** Shape: 10142 is `101,42 €`. */
export const euro = (cents: number): string => `${amount(cents)}\u00a0€`;

/** Shape: `2020-12-18` is `18/12/2020`. */
export const shortDay = (date: string): string => date.split('-').reverse().join('/');

/** Shape: `2020-12-18` is `18 dicembre 2020`. */
export function longDay(date: string): string {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${nameOf(month)} ${year}`;
}

/** Shape: `18 dicembre 2020 alle ore 10:32`, in Europe/Rome. */
export const moment = (instant: string): string => moments().format(new Date(instant));

export const time = (instant: string): string => times().format(new Date(instant));

/** Shape: `2020-09` is `settembre 2020`. */
export function monthName(month: string): string {
  const [year, number] = month.split('-');
  return `${nameOf(number)} ${year}`;
}

/** Today in Europe/Rome. Shape: `2026-11-27`. */
export const today = (): string => romeDays().format(new Date());

/** The month so many months later, or earlier. */
export function addMonths(month: string, count: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.toISOString().slice(0, 7);
}

/** For the middle of a sentence or a list: the first letter of each word is a capital one. */
export const fullName = (person: { readonly firstName: string; readonly lastName: string }): string =>
  `${person.firstName} ${person.lastName}`.trim();
