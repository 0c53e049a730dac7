import {
  type CalendarDate,
  type CodiceFiscale,
  codiceFiscaleAsHeld,
  type EuroCents,
  euroCentsFromDecimal,
  type Instant,
  isCalendarDate,
  isSchoolYear,
  isYearMonth,
  romeLocalToInstant,
  type SchoolYear,
  type YearMonth,
} from '../../core/values/index.ts';
import { contractBroken } from './wire/errors.ts';
import { unlessBroken } from './wire/read-rows.ts';

// hyperSIC's notation of dates, money, flags and missing values. Each function gets the column's name, so that an
// error names the column and never holds a value.

/** [INFER] §8: a missing text is '' instead of null; code columns are padded with blanks. */
export function text(value: string | null): string | null {
  const held = trimmed(value);
  return held === '' ? null : held;
}

/** A code, or a text that every row has, such as a name: a blank one, or null in a view, is ''. */
export function trimmed(value: string | null): string {
  return value?.trim() ?? '';
}

/** [CLIENT] §2: -1 is true and 0 false, as in Visual Basic. */
export function flag(value: number, column: string): boolean {
  if (value === -1) return true;
  return value === 0 ? false : contractBroken(column, '-1 or 0');
}

/** numeric(12,2) as the driver returns it: `101.42`. */
export function euroCents(value: string | null, column: string): EuroCents {
  try {
    return euroCentsFromDecimal(value ?? '');
  } catch {
    return contractBroken(column, 'an amount with two decimals');
  }
}

/** An amount as numeric(12,2) accepts it: `101.42`. */
export function decimalOf(amount: EuroCents): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * A `date` read as text: a Date object would become the day before under Europe/Rome. In a nullable field, an
 * unreadable value becomes null and is recorded.
 */
export function optionalDate(field: string, value: string | null, column: string): CalendarDate | null {
  if (value === null) return null;
  return isCalendarDate(value) ? value : unlessBroken(field, () => contractBroken(column, 'a date'));
}

export function requiredDate(value: string | null, column: string): CalendarDate {
  return value !== null && isCalendarDate(value) ? value : contractBroken(column, 'a date');
}

/** A `timestamp` without zone: local time of Rome, `2024-03-05 10:15:00`. */
export function localInstant(value: string | null, column: string): Instant {
  return romeLocalToInstant(localTime(value, column));
}

/** The local time as text: converting it to an instant costs more, and receipts seldom need it. */
export function localTime(value: string | null, column: string): string {
  const local = clockTime.exec(value ?? '')?.[1] ?? '';
  return isCalendarDate(local.slice(0, 10)) && !isOfYearZero(local)
    ? local
    : contractBroken(column, 'a local time');
}

const clockTime = /^(\d{4}-\d{2}-\d{2}[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(\.\d+)?$/;

/** .NET's smallest moment is in Rome, 49 minutes and 56 seconds ahead, a moment of the year 0 of UTC: no calendar has it. */
function isOfYearZero(local: string): boolean {
  return local.startsWith('0001-01-01') && local.slice(11) < '00:49:56';
}

/** AAAAMM: `202009` is 2020-09. */
export function yearMonth(value: string | null, column: string): YearMonth {
  const month = `${value?.slice(0, 4)}-${value?.slice(4, 6)}`;
  return isYearMonth(month) ? month : contractBroken(column, 'a month as AAAAMM');
}

export function schoolYear(value: string | null, column: string): SchoolYear {
  const year = trimmed(value);
  return isSchoolYear(year) ? year : contractBroken(column, 'a school year as 2020/2021');
}

/** The column's text, valid or not; null if it is blank. */
export function codiceFiscale(value: string | null): CodiceFiscale | null {
  const held = text(value);
  return held === null ? null : codiceFiscaleAsHeld(held);
}

/** The service's notation of dates and times: .NET's, such as `dd/MM/yyyy` and `H.mm.ss`. */
export interface Culture {
  readonly date: string;
  readonly time: string;
}

// [CLIENT] §2: the text depends on the culture of the service's machine, so integrators made it configurable.
// Usual: `02/01/2014 0.00.00`, dots in the time and no leading zero on the hour.
export const usualCulture: Culture = { date: 'dd/MM/yyyy', time: 'H.mm.ss' };

/** A day as a parameter of the service. */
export function soapDate(day: CalendarDate, { date }: Culture): string {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const parts: Readonly<Record<string, string>> = {
    yyyy: year,
    MM: month,
    M: String(Number(month)),
    dd: dayOfMonth,
    d: String(Number(dayOfMonth)),
  };
  return date.replace(/yyyy|MM?|dd?/g, (token) => parts[token] ?? token);
}

/** `data` of a read holds date and time; `data_protocollo` and `ora_protocollo` of an insert are joined. */
export function soapInstant(value: string | undefined, { date, time }: Culture, column: string): Instant {
  const tokens: string[] = [];
  const shape = `${date} ${time}`
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/yyyy|MM?|dd?|HH?|hh?|mm?|ss?|tt/g, (token) => {
      tokens.push(token[0] ?? '');
      return token === 'yyyy' ? '(\\d{4})' : token === 'tt' ? '([AP]M)' : '(\\d{1,2})';
    });
  const found = new RegExp(`^${shape}$`).exec(value?.trim() ?? '');
  if (found === null) return contractBroken(column, `a moment as ${date} ${time}`);
  const part = (token: string) =>
    (tokens.includes(token) ? found[tokens.indexOf(token) + 1] : undefined) ?? '0';
  // [CLIENT] §2: the usual setting is `h.mm.ss`, which without AM and PM can only mean hours from 0 to 23.
  const hourOfDay = tokens.includes('H') ? part('H') : part('h');
  const hour = tokens.includes('t') ? (Number(part('h')) % 12) + (part('t') === 'PM' ? 12 : 0) : hourOfDay;
  const two = (number: string | number) => String(number).padStart(2, '0');
  const day = `${part('y')}-${two(part('M'))}-${two(part('d'))}`;
  if (!isCalendarDate(day)) return contractBroken(column, `a moment as ${date} ${time}`);
  return localInstant(`${day} ${two(hour)}:${two(part('m'))}:${two(part('s'))}`, column);
}

/** A key or number of the service, which has text only [SPEC §2]. */
export function wholeNumber(value: string | undefined, column: string): number {
  const digits = value?.trim() ?? '';
  return /^\d{1,9}$/.test(digits) ? Number(digits) : contractBroken(column, 'a whole number');
}
