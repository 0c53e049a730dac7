import { mergeEvents } from './merge-events.ts';
import type { Mark, NotedEvent } from './noted-event.ts';

/** How long what one caller repeats is gathered before it is kept as one event. */
export const repeatedForMs = 10_000;
/** As many callers are gathered for at once; for the others the oldest is kept early. */
const mostCallers = 10_000;
/** Files that one caller fetches again and again: ranges, and pages that are reloaded. */
const transfers: ReadonlySet<string> = new Set(['Document.download', 'Document.upload']);

interface Gathering {
  readonly sinceMs: number;
  /** What came after the first; null while there is nothing. */
  rest: NotedEvent | null;
}

/**
 * Keeps callers from filling the trail with refused requests and file downloads, which cost them nothing.
 *
 * The first event of a caller is kept at once. Repetitions by the same caller within ten seconds are collected and stored as
 * one, with how often it came; a process that is killed loses that.
 */
export class RepeatedEvents {
  private readonly gatherings = new Map<string, Gathering>();

  constructor(private readonly mark: Mark) {}

  /** Answers what is to be kept now. */
  add(event: NotedEvent, nowMs: number): readonly NotedEvent[] {
    const key = repetitionKey(event);
    if (key === null) return [event];
    const known = this.gatherings.get(key);
    if (known === undefined) {
      const early = this.gatherings.size >= mostCallers ? this.takeOldest() : [];
      this.gatherings.set(key, { sinceMs: nowMs, rest: null });
      return [...early, event];
    }
    const merged = mergeEvents(known.rest === null ? [event] : [known.rest, event], this.mark);
    if (merged !== null) {
      known.rest = { ...merged, until: event.at };
      return [];
    }
    const full = known.rest;
    known.rest = event;
    return full === null ? [] : [full];
  }

  isDue(nowMs: number): boolean {
    const [oldest] = this.gatherings.values();
    return oldest !== undefined && nowMs - oldest.sinceMs >= repeatedForMs;
  }

  /** What has been gathered for long enough. */
  takeDue(nowMs: number): readonly NotedEvent[] {
    const due: NotedEvent[] = [];
    for (const [key, { sinceMs, rest }] of this.gatherings) {
      // In the order of their beginning.
      if (nowMs - sinceMs < repeatedForMs) break;
      this.gatherings.delete(key);
      if (rest === null) continue;
      due.push(rest);
      this.gatherings.set(key, { sinceMs: nowMs, rest: null });
    }
    return due;
  }

  takeAll(): readonly NotedEvent[] {
    const all = [...this.gatherings.values()].flatMap(({ rest }) => rest ?? []);
    this.gatherings.clear();
    return all;
  }

  private takeOldest(): readonly NotedEvent[] {
    const [oldest] = this.gatherings;
    if (oldest === undefined) return [];
    this.gatherings.delete(oldest[0]);
    return oldest[1].rest === null ? [] : [oldest[1].rest];
  }
}

/** Null for what is kept as it comes. */
function repetitionKey({ outcome, actor, did }: NotedEvent): string | null {
  const isTransfer = did.every(({ action }) => transfers.has(action));
  if (outcome !== 'refused' && !isTransfer) return null;
  return JSON.stringify([outcome, actor.kind, actor.id]);
}
