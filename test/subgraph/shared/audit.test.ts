import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { AuditEvent } from '../../../core/audit.ts';
import { openDatabase } from '../../../core/database.ts';
import { createLog } from '../../../core/log.ts';
import type { Head } from '../../../subgraphs/shared/audit/chain.ts';
import { CreateAudit1764000000000 } from '../../../subgraphs/shared/audit/migrations/create-audit-1764000000000.ts';
import { openAuditTrail } from '../../../subgraphs/shared/audit/open-audit-trail.ts';
import { verifyAudit } from '../../../subgraphs/shared/audit/verify-audit.ts';
import { emptyDatabase, testClock } from '../../support/databases.ts';

const event = (requestId: string, action = 'Child.read', subjectIds = ['child-1']): AuditEvent => ({
  action,
  outcome: 'allowed',
  actor: { kind: 'citizen', id: 'citizen-1' },
  level: 2,
  subjectIds,
  requestId,
});

let database: DataSource;
const lines: Record<string, unknown>[] = [];
const log = createLog((line) => void lines.push(JSON.parse(line)));
const trailOf = (through: DataSource = database) =>
  openAuditTrail({ database: through, clock: testClock, log });
const rows = () =>
  database.query<{ chain: string; sequence: string; event: string; hash: string }[]>(
    'SELECT * FROM audit_event ORDER BY chain, sequence',
  );

beforeAll(async () => {
  database = await openDatabase({
    url: await emptyDatabase(),
    entities: [],
    migrations: [CreateAudit1764000000000],
  });
  await database.runMigrations();
});
afterAll(() => database.destroy());
beforeEach(async () => {
  lines.length = 0;
  await withoutTrigger('DELETE FROM audit_event');
});

async function withoutTrigger(statement: string): Promise<void> {
  await database.query('ALTER TABLE audit_event DISABLE TRIGGER ALL');
  await database.query(statement);
  await database.query('ALTER TABLE audit_event ENABLE TRIGGER ALL');
}

describe('the audit trail', () => {
  it('keeps what one request read as one link, and another request as another', async () => {
    const trail = trailOf();
    trail.record(event('r1'));
    trail.record(event('r1', 'Invoice.read', ['i1', 'i2']));
    trail.record(event('r2'));
    trail.record({ ...event('r2'), outcome: 'refused' });
    await trail.close();
    const kept = (await rows()).map((row) => JSON.parse(row.event));
    expect(kept).toMatchObject([
      {
        requestId: 'r1',
        level: 2,
        actor: { id: 'citizen-1' },
        did: [
          { action: 'Child.read', subjectIds: ['child-1'] },
          { action: 'Invoice.read', subjectIds: ['i1', 'i2'] },
        ],
      },
      { requestId: 'r2', outcome: 'allowed' },
      { requestId: 'r2', outcome: 'refused' },
    ]);
    expect(await verifyAudit(database)).toEqual({ chains: 1, events: 3, pending: 0, faults: [] });
  });

  it('keeps the event of a write if and only if the write is kept', async () => {
    const trail = trailOf();
    await database.transaction((manager) => trail.recordIn(manager, event('kept', 'Practice.submit')));
    await database
      .transaction(async (manager) => {
        await trail.recordIn(manager, event('lost', 'Practice.submit'));
        throw new Error('on purpose');
      })
      .catch(() => undefined);
    await trail.close();
    expect((await rows()).map((row) => JSON.parse(row.event).requestId)).toEqual(['kept']);
  });

  it('links events that a process left behind which died before it could', async () => {
    const dead = trailOf();
    await dead.recordIn(database.manager, event('left behind'));
    expect(await verifyAudit(database)).toMatchObject({ events: 0, pending: 1 });
    const alive = trailOf();
    await alive.close();
    await dead.close();
    expect(await verifyAudit(database)).toMatchObject({ events: 1, pending: 0, faults: [] });
  });

  it('keeps events of several processes at once, each in its own chain and none twice', async () => {
    const trails = [trailOf(), trailOf(), trailOf()];
    for (let index = 0; index < 300; index++) {
      trails[index % 3]?.record(event(`read ${index}`));
      if (index % 10 === 0) await trails[index % 3]?.recordIn(database.manager, event(`write ${index}`));
      if (index % 50 === 0) await Promise.all(trails.map((trail) => trail.flush()));
    }
    await Promise.all(trails.map((trail) => trail.close()));
    const ids = (await rows()).map((row) => JSON.parse(row.event).requestId);
    expect(ids).toHaveLength(330);
    expect(new Set(ids).size).toBe(330);
    expect(await verifyAudit(database)).toMatchObject({ events: 330, pending: 0, faults: [] });
  });

  it.each(['before', 'after'])(
    'keeps each event once when the database fails %s the commit',
    async (when) => {
      let isFailing = true;
      const failing = new Proxy(database, {
        get(target, name) {
          if (name !== 'transaction') return Reflect.get(target, name);
          return async (work: Parameters<DataSource['transaction']>[0]) => {
            if (isFailing && when === 'before') throw new Error('connection lost');
            const answer = await (target.transaction as (work: unknown) => Promise<unknown>)(work);
            if (isFailing) throw new Error('connection lost');
            return answer;
          };
        },
      });
      const trail = trailOf(failing);
      trail.record(event('r1'));
      await trail.flush();
      trail.record(event('r2'));
      isFailing = false;
      await trail.close();
      expect((await rows()).map((row) => JSON.parse(row.event).requestId)).toEqual(['r1', 'r2']);
      expect(await verifyAudit(database)).toMatchObject({ faults: [] });
    },
  );

  it('cannot be changed, and what is changed all the same is found', async () => {
    const trail = trailOf();
    for (const id of ['r1', 'r2', 'r3']) trail.record(event(id));
    await trail.close();
    for (const statement of [
      `UPDATE audit_event SET event = '{}'`,
      'DELETE FROM audit_event',
      'TRUNCATE audit_event',
    ])
      await expect(database.query(statement)).rejects.toThrow('never changed or removed');

    const head = lines.find(({ event: name }) => name === 'audit.head') as unknown as Head & {
      chain: string;
    };
    await withoutTrigger(
      `UPDATE audit_event SET event = replace(event, 'child-1', 'child-2') WHERE sequence = 2`,
    );
    expect((await verifyAudit(database)).faults).toMatchObject([
      { sequence: 2, what: 'the link was changed' },
    ]);
    await withoutTrigger(`UPDATE audit_event SET actor_id = 'citizen-2' WHERE sequence = 1`);
    expect((await verifyAudit(database)).faults).toHaveLength(2);
    await withoutTrigger(`UPDATE audit_event SET actor_id = 'citizen-1' WHERE sequence = 1`);
    await withoutTrigger('DELETE FROM audit_event WHERE sequence = 2');
    expect((await verifyAudit(database)).faults).toMatchObject([{ sequence: 3, what: 'link 2 is missing' }]);
    await withoutTrigger('DELETE FROM audit_event WHERE sequence = 3');
    expect((await verifyAudit(database)).faults).toEqual([]);
    expect((await verifyAudit(database, [head])).faults).toMatchObject([
      { sequence: 3, what: 'the log noted a link that is not there' },
    ]);
  });
});
