import type { EntryProgress } from '../../../legacy/ports/practices.port.ts';
import type { PracticeStatus } from '../records/practice-status.type.ts';

/** The change that an entry's state means for a practice; null if it brings nothing new. */
export interface Change {
  readonly status: PracticeStatus;
  readonly note: string | null;
  /** False for an outcome of a withdrawn practice: it stays withdrawn. */
  readonly becomesStatus: boolean;
}

/** The practice's latest known status. */
export interface Known {
  readonly status: PracticeStatus;
  /** All statuses so far, outcomes after a withdrawal included. */
  readonly milestones: readonly PracticeStatus[];
  /** The numbers of the requests already seen. */
  readonly requests: readonly number[];
}

export function changeOf(known: Known, progress: EntryProgress): Change | null {
  const { status: next, outcome } = progress;
  // A submission that is being registered goes first.
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

/**
 * The newest request not seen before: an answered request stays in the protocol register until the office reads
 * the answer.
 */
export function newRequestOf({ requests }: Known, { integrationRequests }: EntryProgress) {
  return integrationRequests.filter(({ sequence }) => !requests.includes(sequence)).at(-1) ?? null;
}

/** Whether no change of a practice is expected any more. */
export function isFinal(status: PracticeStatus): boolean {
  return status === 'ACCEPTED' || status === 'REJECTED';
}

/**
 * The next time to ask: after a second at first, then after a tenth of the time without changes.
 *
 * A practice with an outcome is asked for a month more: offices correct themselves.
 */
export function nextLook(now: Date, changedAt: Date, status: PracticeStatus): Date | null {
  const quietMs = now.getTime() - changedAt.getTime();
  if ((isFinal(status) || status === 'WITHDRAWN') && quietMs > 30 * dayMs) return null;
  const leastMs = isFinal(status) ? 15 * minuteMs : 1_000;
  return new Date(now.getTime() + Math.min(Math.max(quietMs / 10, leastMs), 60 * minuteMs));
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
