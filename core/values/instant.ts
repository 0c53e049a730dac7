import type { Brand } from './brand.ts';
import { type CalendarDate, formatItalianDate } from './calendar-date.ts';
import { InvalidValue } from './invalid-value.ts';

/** A moment. Shape: RFC 3339 in UTC with milliseconds: `2026-10-15T07:00:00.000Z`. Compares as text. */
export type Instant = Brand<string, 'Instant'>;

/** Errors: InvalidValue; an offset is required, and a year of the calendar. */
export function parseInstant(text: string): Instant {
  const isShaped = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(text);
  const moment = new Date(isShaped ? text : Number.NaN);
  // In the years 1 to 9999, here and in Rome: no database and no list has others.
  if (
    Number.isNaN(moment.getTime()) ||
    !hasFourDigits(moment.toISOString()) ||
    !hasFourDigits(romeWallClock(moment))
  )
    throw new InvalidValue('A moment as in RFC 3339 with an offset was expected.');
  return toInstant(moment);
}

const hasFourDigits = (text: string) => /^(?!0000)\d{4}-/.test(text);

export function toInstant(moment: Date): Instant {
  return moment.toISOString() as Instant;
}

/** The day in Rome at a moment. */
export function romeDateOf(moment: Date): CalendarDate {
  return romeWallClock(moment).slice(0, 10) as CalendarDate;
}

/**
 * The moment of a local time in Rome: `2026-10-15T09:00:00` is 07:00 UTC.
 *
 * In the hour that comes twice in October the first is meant; a time that the clock skips in March is read
 * with the offset before the change. Errors: InvalidValue.
 */
export function romeLocalToInstant(local: string): Instant {
  const asUtc = new Date(`${local.replace(' ', 'T')}Z`);
  if (Number.isNaN(asUtc.getTime()))
    throw new InvalidValue('A local time of the form YYYY-MM-DDTHH:MM:SS was expected.');
  const before = offsetMsAt(new Date(asUtc.getTime() - dayMs));
  const early = new Date(asUtc.getTime() - before);
  if (offsetMsAt(early) === before) return toInstant(early);
  const late = new Date(asUtc.getTime() - offsetMsAt(early));
  return toInstant(offsetMsAt(late) === offsetMsAt(early) ? late : early);
}

/** The local time of Rome at a moment. Shape: `2026-10-15 09:00:00`. */
export function instantToRomeLocal(instant: Instant): string {
  return romeWallClock(new Date(instant));
}

/** As Italians write it, by the clocks of Rome: `15/10/2026 alle 09:00`. */
export function formatItalianMoment(instant: Instant): string {
  const [date = '', time = ''] = instantToRomeLocal(instant).split(' ');
  return `${formatItalianDate(date as CalendarDate)} alle ${time.slice(0, 5)}`;
}

const dayMs = 86_400_000;

const romeFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function romeWallClock(moment: Date): string {
  const wall = new Date(moment.getTime() + offsetMsAt(moment));
  return wall.toISOString().slice(0, 19).replace('T', ' ');
}

const hourMs = 3_600_000;
const maxRemembered = 20_000;
const offsets = new Map<number, number>();

/** Before the zone of Central Europe each town had the time of its sun. Source: IANA, Europe/Rome. */
const firstZoneAt = Date.UTC(1893, 9, 31, 23);
const localMeanTimeMs = (49 * 60 + 56) * 1_000;

function formattedOffset(start: number): number {
  const [year = 0, month = 1, ...rest] = romeFormat.format(start).split(/\D/).map(Number);
  return Date.UTC(year, month - 1, ...rest) - start;
}

/** The offset of Rome from UTC. It changes on the hour only, so it is computed once for each hour. */
function offsetMsAt(moment: Date): number {
  const hour = Math.floor(moment.getTime() / hourMs);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const offset = hour * hourMs < firstZoneAt ? localMeanTimeMs : formattedOffset(hour * hourMs);
  if (offsets.size >= maxRemembered) offsets.clear();
  offsets.set(hour, offset);
  return offset;
}
