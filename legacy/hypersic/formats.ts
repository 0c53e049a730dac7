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
import { contractBroken } from './errors.ts';

// hyperSIC's notation of dates, money, flags and missing values. Each function is given the column it reads, so
// that a register that breaks its contract is told by name of the column and never by a value.

/** [INFER] §8: a missing text is '' and not null; code columns come padded with blanks. */
export function text(value: string | null): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

export function requiredText(value: string | null, column: string): string {
  return text(value) ?? contractBroken(column, 'a text');
}

/** [CLIENT] §2: -1 is true and 0 false, as in Visual Basic. */
export function flag(value: number, column: string): boolean {
  if (value === -1) return true;
  return value === 0 ? false : contractBroken(column, '-1 or 0');
}

/** numeric(12,2) as the driver gives it: `101.42`. */
export function euroCents(value: string | null, column: string): EuroCents {
  try {
    return euroCentsFromDecimal(value ?? '');
  } catch {
    return contractBroken(column, 'an amount with two decimals');
  }
}

/** An amount as numeric(12,2) takes it: `101.42`. */
export function decimalOf(amount: EuroCents): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A `date` read as text: a Date object would become the day before under Europe/Rome. */
export function calendarDate(value: string | null, column: string): CalendarDate | null {
  if (value === null) return null;
  return isCalendarDate(value) ? value : contractBroken(column, 'a date');
}

export function requiredDate(value: string | null, column: string): CalendarDate {
  return calendarDate(value, column) ?? contractBroken(column, 'a date');
}

/** A `timestamp` without zone: local time of Rome, `2024-03-05 10:15:00`. */
export function localInstant(value: string | null, column: string): Instant {
  try {
    return romeLocalToInstant((value ?? '').slice(0, 19));
  } catch {
    return contractBroken(column, 'a local time');
  }
}

/** AAAAMM: `202009` is 2020-09. */
export function yearMonth(value: string | null, column: string): YearMonth {
  const month = `${value?.slice(0, 4)}-${value?.slice(4, 6)}`;
  return isYearMonth(month) ? month : contractBroken(column, 'a month as AAAAMM');
}

export function schoolYear(value: string | null, column: string): SchoolYear {
  const year = value?.trim() ?? '';
  return isSchoolYear(year) ? year : contractBroken(column, 'a school year as 2020/2021');
}

/** Whatever the register holds, valid or not; null when it is blank. */
export function codiceFiscale(value: string | null): CodiceFiscale | null {
  const held = text(value);
  return held === null ? null : codiceFiscaleAsHeld(held);
}
