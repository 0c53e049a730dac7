import { addDays, type CalendarDate, cutText, listedName, romeDateOf } from '../../../core/values/index.ts';
import type { FiledApplication } from '../records/filed-application.ts';

/** The entry's subject. Its reference is how the entry is found again; it names no person. */
export function subjectOf(
  { kind, title, reference }: Pick<FiledApplication, 'kind' | 'title' | 'reference'>,
  previous: { readonly number: number; readonly year: number } | null,
): string {
  const short = title.length > titleLength ? `${cutText(title, titleLength - 1)}…` : title;
  const cited = previous === null ? '' : ` (prot. n. ${previous.number}/${previous.year})`;
  return `${kind === 'WITHDRAWAL' ? `Ritiro: ${short}${cited}` : short} - Rif. ${reference}`;
}

// Subjects are compared whole: they stay well below the length that protocol registers store.
const titleLength = 200;

export function senderNameOf({
  lastName,
  firstName,
  name,
  codiceFiscale,
}: FiledApplication['applicant']): string {
  const whole = name ?? listedName({ firstName, lastName });
  return whole === '' ? codiceFiscale : whole;
}

/**
 * The days on which a submission's entry can have been registered, with a day more on each side for clock
 * differences.
 */
export function daysOfEntry(
  filedAt: Date,
  now: Date,
): { readonly from: CalendarDate; readonly to: CalendarDate } {
  return { from: addDays(romeDateOf(filedAt), -1), to: addDays(romeDateOf(now), 1) };
}

/**
 * The next attempt after so many failures in a row: an outage of an hour costs a few more minutes. A refusal waits for
 * the office, five minutes at least, whatever failed before it.
 */
export function retryAt(now: Date, failures: number, kind: 'unavailable' | 'rejected'): Date {
  const [leastMs, mostMs] = kind === 'unavailable' ? [2_000, 5 * minuteMs] : [5 * minuteMs, 60 * minuteMs];
  const doubledMs = 2_000 * 2 ** Math.min(failures - 1, 20);
  return new Date(now.getTime() + Math.min(Math.max(doubledMs, leastMs), mostMs));
}

const minuteMs = 60_000;
