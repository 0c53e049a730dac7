import type { EntryProgress } from '../../../legacy/ports/practices.port.ts';
import type { PracticeStatus } from '../practice/practice-status.type.ts';

/** What an entry's standing makes of a practice; null when it says nothing new. */
export interface Change {
  readonly status: PracticeStatus;
  readonly note: string | null;
  /** False for an outcome of a practice that was withdrawn: it stays withdrawn. */
  readonly becomesStatus: boolean;
}

/** The last that is known of a practice here. */
export interface Known {
  readonly status: PracticeStatus;
  /** Everything that it has been, outcomes after a withdrawal included. */
  readonly milestones: readonly PracticeStatus[];
  /** The numbers of the requests that were seen. */
  readonly requests: readonly number[];
}

export function changeOf(known: Known, progress: EntryProgress): Change | null {
  const { status: next, outcome } = progress;
  // What is on its way into the register comes first.
  if (known.status === 'DRAFT' || known.status === 'SUBMITTED') return null;
  if (next === 'INTEGRATION_REQUESTED') {
    const asked = newRequestOf(known, progress);
    const isOver = known.status === 'WITHDRAWN' || asked === null;
    return isOver ? null : { status: next, note: asked.message, becomesStatus: true };
  }
  if (known.status === 'WITHDRAWN') {
    const isNew = isFinal(next) && !known.milestones.includes(next);
    return isNew ? { status: next, note: outcome, becomesStatus: false } : null;
  }
  return next === known.status ? null : { status: next, note: outcome, becomesStatus: true };
}

/** The newest request that was not seen before: one that was answered stays in the register until it is looked at. */
export function newRequestOf({ requests }: Known, { integrationRequests }: EntryProgress) {
  return integrationRequests.filter(({ sequence }) => !requests.includes(sequence)).at(-1) ?? null;
}

/** Whether nothing more is to be expected of a practice. */
export function isFinal(status: PracticeStatus): boolean {
  return status === 'ACCEPTED' || status === 'REJECTED';
}

/**
 * When to ask again: after a second at first, then ever more rarely, a tenth of the time that nothing happened.
 * A practice with an outcome is still asked for now and then, for a month: offices correct themselves.
 */
export function nextLook(now: Date, changedAt: Date, status: PracticeStatus): Date | null {
  const quietMs = now.getTime() - changedAt.getTime();
  if ((isFinal(status) || status === 'WITHDRAWN') && quietMs > 30 * dayMs) return null;
  const leastMs = isFinal(status) ? 15 * minuteMs : 1_000;
  return new Date(now.getTime() + Math.min(Math.max(quietMs / 10, leastMs), 60 * minuteMs));
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
