import { addDays, type CalendarDate, romeDateOf } from '../../../core/values/index.ts';
import type { PracticeStatus } from '../records/practice-status.type.ts';

/** The facts that decide the latest day for an outcome. */
export interface Term {
  readonly status: PracticeStatus;
  /** Null before the first entry. */
  readonly registeredAt: Date | null;
  /** The procedure's term. Null if there is none. Unit: days. */
  readonly decidedWithinDays: number | null;
  /** The practice's milestones, in order. */
  readonly milestones: readonly { readonly at: Date; readonly status: PracticeStatus }[];
}

const decided: ReadonlySet<PracticeStatus> = new Set(['ACCEPTED', 'REJECTED', 'WITHDRAWN']);

/**
 * The latest day for the outcome: the day of registration plus the term, plus the days on which the office waited
 * for an integration.
 *
 * Null before registration, after the outcome or a withdrawal, and without a term.
 */
export function expectedBy(term: Term, today: CalendarDate): CalendarDate | null {
  const { status, registeredAt, decidedWithinDays, milestones } = term;
  if (registeredAt === null || decidedWithinDays === null || decided.has(status)) return null;
  return addDays(romeDateOf(registeredAt), decidedWithinDays + daysAwaited(milestones, today));
}

/**
 * Days from each request to the next milestone, usually the applicant's answer; to today while a request is open.
 */
function daysAwaited(milestones: Term['milestones'], today: CalendarDate): number {
  let days = 0;
  for (const [index, { at, status }] of milestones.entries()) {
    if (status !== 'INTEGRATION_REQUESTED') continue;
    const next = milestones[index + 1];
    days += Math.max(0, daysBetween(romeDateOf(at), next === undefined ? today : romeDateOf(next.at)));
  }
  return days;
}

function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

const dayMs = 86_400_000;
