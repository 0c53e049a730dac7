/** Who did what to whose data. Persons appear by their opaque ids only. */
export interface AuditEvent {
  /** `EntityAction`: `Child.read`, `Document.download`. */
  readonly action: string;
  readonly outcome: 'allowed' | 'refused';
  readonly actor: { readonly kind: string; readonly id: string | null };
  /** The sign-in level, 1 to 3; null for who did not sign in. */
  readonly level: number | null;
  /** Opaque ids of what was touched; those asked for when refused. */
  readonly subjectIds: readonly string[];
  readonly requestId: string;
}

export interface AuditStream {
  record(event: AuditEvent): void;
}

/** JSON lines of their own, apart from the log. */
export function createAuditStream(
  write: (line: string) => void,
  now: () => Date = () => new Date(),
): AuditStream {
  return { record: (event) => write(JSON.stringify({ at: now().toISOString(), ...event })) };
}

/** Keeps events for a test to look at. */
export function memoryAudit(): AuditStream & { readonly events: readonly AuditEvent[] } {
  const events: AuditEvent[] = [];
  return { events, record: (event) => void events.push(event) };
}
