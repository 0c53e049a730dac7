import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AuditEvent } from '../../core/audit.ts';
import { createLog } from '../../core/log.ts';
import { createAuditKeys } from '../../subgraphs/shared/audit/audit-keys.ts';
import type { Anchor, Link, LinkedEvent } from '../../subgraphs/shared/audit/chain.ts';
import { type AuditTrail, openAuditTrail } from '../../subgraphs/shared/audit/open-audit-trail.ts';
import { verifyAudit } from '../../subgraphs/shared/audit/verify-audit.ts';
import { testClock } from './databases.ts';
import { openMigratedDatabase } from './migrated-database.ts';

export const auditSecret = 'a'.repeat(32);

/** An audit trail in a database of its own, as the role of our programs writes it and as its owner could tamper with it. */
export interface AuditTown {
  readonly service: DataSource;
  readonly owner: DataSource;
  /** What was logged. */
  readonly lines: Record<string, unknown>[];
  open(secrets?: readonly [string, ...string[]], database?: DataSource): AuditTrail;
  verify(
    heads?: readonly Anchor[],
    secrets?: readonly [string, ...string[]] | null,
  ): ReturnType<typeof verifyAudit>;
  /** Links in the order in which they can be read. */
  rows(): Promise<readonly (Link & { readonly chain: string })[]>;
  /** What was done, without what the trail notes itself. */
  events(): Promise<readonly LinkedEvent[]>;
  /** Past the triggers, as somebody who owns the tables can. */
  tamper(statement: string, values?: readonly unknown[]): Promise<void>;
  heads(): readonly Anchor[];
  close(): Promise<void>;
}

export async function openAuditTown(): Promise<AuditTown> {
  const own = await openMigratedDatabase();
  const { owner, service } = own;
  const lines: Record<string, unknown>[] = [];
  const log = createLog((line) => void lines.push(JSON.parse(line)));
  const rows = () =>
    owner.query<(Link & { chain: string })[]>(
      `SELECT chain, sequence::float8 AS sequence, event, hash FROM audit_event ORDER BY chain, sequence`,
    );
  return {
    service,
    owner,
    lines,
    open: (secrets = [auditSecret], database = service) =>
      openAuditTrail({ database, keys: createAuditKeys(secrets), clock: testClock, log }),
    verify: (heads = [], secrets = [auditSecret]) =>
      verifyAudit(service, secrets === null ? null : createAuditKeys(secrets), heads),
    rows,
    events: async () =>
      (await rows()).map(({ event }) => JSON.parse(event)).filter((link) => link.did !== undefined),
    async tamper(statement, values = []) {
      for (const table of ['audit_event', 'audit_child'])
        await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
      await owner.query(statement, [...values]);
      for (const table of ['audit_event', 'audit_child'])
        await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    },
    heads: () => lines.filter(({ event }) => event === 'audit.head') as unknown as Anchor[],
    close: own.giveBack,
  };
}

/** Something that one request read, of a citizen who may. */
export function auditEvent(auditId: string, more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    action: 'Invoice.read',
    outcome: 'allowed',
    actor: { kind: 'citizen', id: 'citizen-1' },
    level: 2,
    subjectIds: [],
    requestId: randomUUID(),
    auditId,
    ...more,
  };
}
