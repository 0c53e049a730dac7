import type { EntityManager } from 'typeorm';

/** What an actor was to a child when they asked for it. BLOCKED: the child does not exist for them. */
export type ChildRelation = 'APPLICANT' | 'SHARED' | 'HOUSEHOLD' | 'BLOCKED';

/** Who did what to whose data. Persons appear by their opaque ids only. */
export interface AuditEvent {
  /** `EntityAction`: `Child.read`, `Document.download`. */
  readonly action: string;
  readonly outcome: 'allowed' | 'refused';
  readonly actor: {
    readonly kind: string;
    readonly id: string | null;
    /** Ids of former secrets, under which the trail may know the person. */
    readonly formerIds?: readonly string[];
  };
  /** The sign-in level, 1 to 3; null for a caller who did not sign in. */
  readonly level: number | null;
  /**
   * Opaque ids of what was touched. Of what was refused, what the client sent in place of them: the stream keeps
   * only what is an id.
   */
  readonly subjectIds: readonly string[];
  /** By child among those, as far as it is known. */
  readonly relations?: Readonly<Record<string, ChildRelation>>;
  /** As the log has it. A client may choose it. */
  readonly requestId: string;
  /** One for each request, made by us: whatever clients call their requests, two are never one in the trail. */
  readonly auditId: string;
}

export interface AuditStream {
  /** Records a read: stored soon, and the request does not wait for it. */
  record(event: AuditEvent): void;
  /** Records a write: stored if and only if the transaction of `manager` commits. */
  recordIn(manager: EntityManager, event: AuditEvent): Promise<void>;
  /** Keeps what is waiting and ends. */
  close(): Promise<void>;
}

/** Keeps events for a test to look at. */
export function memoryAudit(): AuditStream & { readonly events: readonly AuditEvent[] } {
  const events: AuditEvent[] = [];
  return {
    events,
    record: (event) => void events.push(event),
    recordIn: async (_, event) => void events.push(event),
    close: async () => undefined,
  };
}
