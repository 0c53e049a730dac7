import { type CalendarDate, romeDateOf, romeLocalToInstant } from './values/index.ts';

/** Where "now" and "today" come from, so that tests can stop time. */
export interface Clock {
  now(): Date;
  /** The day in Europe/Rome. */
  today(): CalendarDate;
}

export const systemClock: Clock = {
  now: () => new Date(),
  today: () => romeDateOf(new Date()),
};

/** A clock that stands at a local time of Rome: `frozenClock('2026-10-15T09:00')`. */
export function frozenClock(local: string): Clock {
  const moment = new Date(romeLocalToInstant(local));
  return { now: () => new Date(moment), today: () => romeDateOf(moment) };
}
