import { type CalendarDate, parseCalendarDate, schoolYearOf } from '../../core/values/index.ts';
import { amina, claudia, type DemoPerson, giulia, luca, sofia, tommaso, yasmine } from './people.ts';
import { keys } from './subjects.ts';

/** A pupil of the town, with the parent who files the applications. */
export interface Pupil {
  /** 1 to 9: part of every key of the pupil. */
  readonly index: number;
  readonly key: string;
  readonly child: DemoPerson;
  readonly applicantKey: string;
  readonly applicant: DemoPerson;
  readonly pays: 'P' | 'D';
  readonly diet: string;
  /** The first school year that has an application, by its first year. */
  readonly since: number;
  /** Whether this year's application is still missing. */
  readonly isLate: boolean;
}

export const pupils: readonly Pupil[] = [
  {
    index: 1,
    key: keys.luca,
    child: luca,
    applicantKey: keys.claudia,
    applicant: claudia,
    pays: 'P',
    diet: '',
    since: 2020,
    isLate: false,
  },
  {
    index: 2,
    key: keys.sofia,
    child: sofia,
    applicantKey: keys.claudia,
    applicant: claudia,
    pays: 'P',
    diet: 'Priva di lattosio',
    since: 2024,
    isLate: false,
  },
  {
    index: 3,
    key: keys.tommaso,
    child: tommaso,
    applicantKey: keys.giulia,
    applicant: giulia,
    pays: 'D',
    diet: '',
    since: 2022,
    isLate: false,
  },
  {
    index: 4,
    key: keys.yasmine,
    child: yasmine,
    applicantKey: keys.amina,
    applicant: amina,
    pays: 'P',
    diet: 'Priva di carne di maiale',
    since: 2023,
    isLate: true,
  },
];

/** One school year of a pupil. */
export interface Attendance {
  readonly pupil: Pupil;
  /** 2020 is the school year 2020/2021. */
  readonly year: number;
  readonly schoolCode: string;
  readonly classroom: string;
}

/** All school years for which a pupil has an application, up to today's: the school follows from the age. */
export function schoolYearsOf(pupil: Pupil, today: CalendarDate): readonly Attendance[] {
  const last = Number(schoolYearOf(today).slice(0, 4)) - (pupil.isLate ? 1 : 0);
  const years: Attendance[] = [];
  for (let year = pupil.since; year <= last; year++) {
    const school = schoolAt(year - Number(pupil.child.birthDate.slice(0, 4)));
    if (school !== null) years.push({ pupil, year, ...school });
  }
  return years;
}

export function dayIn(year: number, monthAndDay: string): CalendarDate {
  return parseCalendarDate(`${year}-${monthAndDay}`);
}

function schoolAt(age: number): { readonly schoolCode: string; readonly classroom: string } | null {
  if (age >= 3 && age <= 5)
    return { schoolCode: 'INF1', classroom: ['Coccinelle', 'Farfalle', 'Api'][age - 3] ?? '' };
  if (age >= 6 && age <= 10) return { schoolCode: 'PRI1', classroom: `${age - 5}A` };
  if (age >= 11 && age <= 13) return { schoolCode: 'SEC1', classroom: `${age - 10}B` };
  return null;
}
