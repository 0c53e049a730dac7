import type { EntityManager } from 'typeorm';

/** The relation of an actor to a child at the time of the request. BLOCKED: the child is hidden from the actor. */
export type ChildRelation = 'APPLICANT' | 'SHARED' | 'HOUSEHOLD' | 'BLOCKED';

/** An event of the audit trail: the actor, the action and the data concerned. It names persons by opaque ids only. */
export interface AuditEvent {
  /** `EntityAction`: `Child.read`, `Document.download`. */
  readonly action: string;
  readonly outcome: 'allowed' | 'refused';
  readonly actor: {
    readonly kind: string;
    readonly id: string | null;
    /** The person's ids made with former secrets: older events of the trail have them. */
    readonly formerIds?: readonly string[];
  };
  /** The sign-in level, 1 to 3; null for a caller who did not sign in. */
  readonly level: number | null;
  /**
   * Opaque ids of the objects concerned; for a refusal, the texts that the client sent as ids: the stream keeps
   * only those that are ids.
   */
  readonly subjectIds: readonly string[];
  /** By child among those, as far as it is known. */
  readonly relations?: Readonly<Record<string, ChildRelation>>;
  /** The id of the request in the log. A client may choose its beginning. */
  readonly requestId: string;
  /** Generated for each request, so that two requests differ in the trail even if clients give them one id. */
  readonly auditId: string;
}

export interface AuditStream {
  /** Records a read: stored soon, and the request does not wait for it. */
  record(event: AuditEvent): void;
  /** Records a write: stored if and only if the transaction of `manager` commits. */
  recordIn(manager: EntityManager, event: AuditEvent): Promise<void>;
  /** Stores the events that still wait, then stops. */
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
