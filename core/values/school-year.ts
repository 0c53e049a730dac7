import type { Brand } from './brand.ts';
import type { CalendarDate } from './calendar-date.ts';
import { InvalidValue } from './invalid-value.ts';

/** From 1 September to 31 August. Shape: `2026/2027`. Compares as text. */
export type SchoolYear = Brand<string, 'SchoolYear'>;

/** Errors: InvalidValue, also when the second year does not follow the first. */
export function parseSchoolYear(text: string): SchoolYear {
  if (!isSchoolYear(text)) throw new InvalidValue('A school year of the form 2026/2027 was expected.');
  return text;
}

export function isSchoolYear(text: string): text is SchoolYear {
  return /^(?!0000)\d{4}\/\d{4}$/.test(text) && Number(text.slice(5)) === Number(text.slice(0, 4)) + 1;
}

export function schoolYearOf(date: CalendarDate): SchoolYear {
  const year = Number(date.slice(0, 4));
  return schoolYearFrom(date.slice(5) >= '09-01' ? year : year - 1);
}

/** `schoolYearFrom(2026)` is `2026/2027`, `schoolYearFrom(998)` is `0998/0999`. */
export function schoolYearFrom(firstYear: number): SchoolYear {
  const [first, second] = [firstYear, firstYear + 1].map((year) => String(year).padStart(4, '0'));
  return `${first}/${second}` as SchoolYear;
}
