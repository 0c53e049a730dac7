import { addDays, type CalendarDate, romeDateOf } from '../../../core/values/index.ts';
import type { PracticeStatus } from '../practice/practice-status.type.ts';

/** What the latest day for an outcome follows from. */
export interface Term {
  readonly status: PracticeStatus;
  /** Null before the first entry. */
  readonly registeredAt: Date | null;
  /** Null when no term is set. Unit: days. */
  readonly decidedWithinDays: number | null;
  /** In order. */
  readonly milestones: readonly { readonly at: Date; readonly status: PracticeStatus }[];
}

const decided: ReadonlySet<PracticeStatus> = new Set(['ACCEPTED', 'REJECTED', 'WITHDRAWN']);

/**
 * The latest day for the outcome: the day of registration plus the term, and the days on which the office waited for
 * an integration.
 *
 * Null before registration, after the outcome or a withdrawal, and without a term.
 */
export function expectedBy(term: Term, today: CalendarDate): CalendarDate | null {
  const { status, registeredAt, decidedWithinDays, milestones } = term;
  if (registeredAt === null || decidedWithinDays === null || decided.has(status)) return null;
  return addDays(romeDateOf(registeredAt), decidedWithinDays + daysAwaited(milestones, today));
}

/** From each request to what followed it, which is the applicant's answer as a rule; to today while it is open. */
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
