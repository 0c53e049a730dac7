import { createHash } from 'node:crypto';
import type { AuditEvent } from '../../../core/audit.ts';

/** What one request did, or was refused, as one link. */
export interface ChainedEvent {
  readonly at: string;
  readonly requestId: string;
  readonly actor: AuditEvent['actor'];
  readonly level: number | null;
  readonly outcome: AuditEvent['outcome'];
  readonly did: readonly { readonly action: string; readonly subjectIds: readonly string[] }[];
}

export interface Link {
  readonly sequence: number;
  readonly at: string;
  readonly actorId: string | null;
  /** Its JSON, as it was hashed. */
  readonly event: string;
  readonly hash: string;
}

/** Where a chain ends. */
export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** What a chain's first link hangs on: its own name, so that no chain can stand for another. */
export function startOf(chain: string): Head {
  return { sequence: 0, hash: hashOf('', chain) };
}

export function hashOf(previous: string, event: string): string {
  return createHash('sha256').update(previous).update('\n').update(event).digest('hex');
}

/** The links that follow a head. */
export function linksAfter(head: Head, events: readonly ChainedEvent[]): readonly Link[] {
  let { sequence, hash } = head;
  return events.map((one) => {
    const event = JSON.stringify(one);
    sequence += 1;
    hash = hashOf(hash, event);
    return { sequence, at: one.at, actorId: one.actor.id, event, hash };
  });
}

/** The events of one request and outcome together, in the order of their first. */
export function gather(events: readonly (AuditEvent & { readonly at: string })[]): readonly ChainedEvent[] {
  const gathered = new Map<string, ChainedEvent & { readonly did: ChainedEvent['did'][number][] }>();
  for (const { action, subjectIds, at, requestId, actor, level, outcome } of events) {
    const key = `${outcome} ${requestId} ${actor.id}`;
    const known = gathered.get(key);
    if (known !== undefined) known.did.push({ action, subjectIds });
    else gathered.set(key, { at, requestId, actor, level, outcome, did: [{ action, subjectIds }] });
  }
  return [...gathered.values()];
}
