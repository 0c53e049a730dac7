import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { ChildRelation } from '../../../../core/audit.ts';
import { createId } from '../../../../core/ids.ts';
import { type CalendarDate, parseCalendarDate } from '../../../../core/values/index.ts';
import {
  type AccessLogCursor,
  accessLogPage,
} from '../../../../subgraphs/school-billing/access-log.store.ts';
import type { RequestContext } from '../../../../subgraphs/shared/request-context.ts';
import { attemptsOf } from '../../../../subgraphs/shared/sharing/blocked-attempts.ts';
import { listBlocks } from '../../../../subgraphs/shared/sharing/protection.ts';
import { type AuditTown, auditEvent as event, openAuditTown } from '../../../support/audit-town.ts';
import { asReader, testClock } from '../../../support/databases.ts';

const invoice = (number: number) => createId('Invoice', 2020, number);
const [luca, sofia] = [createId('Child', 1001), createId('Child', 1002)];

let town: AuditTown;
beforeEach(async () => {
  town = await openAuditTown();
});
afterEach(() => town.close());

const ids = async () => (await town.events()).map(({ id }) => id);

describe('the audit trail', () => {
  it('keeps what one request did as one link, and another request as another', async () => {
    const trail = town.open();
    trail.record(event('r1', { subjectIds: [invoice(1), invoice(2)] }));
    trail.record(event('r1', { action: 'Debt.list' }));
    trail.record(event('r2'));
    trail.record(event('r2', { outcome: 'refused' }));
    await trail.close();
    expect(await town.events()).toMatchObject([
      {
        v: 2,
        id: 'r1',
        level: 2,
        outcome: 'allowed',
        did: [{ action: 'Invoice.read', ids: [invoice(1), invoice(2)] }, { action: 'Debt.list' }],
      },
      { id: 'r2', outcome: 'allowed' },
      { id: 'r2', outcome: 'refused' },
    ]);
    expect(await town.verify()).toEqual({ chains: 1, events: 3, pending: 0, faults: [], remarks: [] });
  });

  it('keeps two requests apart to which clients gave one id', async () => {
    const trail = town.open();
    const requestId = randomUUID();
    for (const id of ['r1', 'r2']) trail.record(event(id, { requestId }));
    for (const id of ['r3', 'r4']) await trail.recordIn(town.service.manager, event(id, { requestId }));
    await trail.close();
    expect((await town.events()).map(({ id, requestId: kept }) => [id, kept])).toEqual(
      ['r1', 'r2', 'r3', 'r4'].map((id) => [id, requestId]),
    );
  });

  it('keeps the event of a write if and only if the write is kept', async () => {
    const trail = town.open();
    await town.service.transaction((manager) => trail.recordIn(manager, event('kept')));
    await town.service
      .transaction(async (manager) => {
        await trail.recordIn(manager, event('lost'));
        throw new Error('on purpose');
      })
      .catch(() => undefined);
    await trail.close();
    expect(await ids()).toEqual(['kept']);
  });

  it('holds the ends of other chains every hour, also while nothing happens', async () => {
    const [busy, idle] = [town.open(), town.open()];
    await busy.flush();
    await idle.flush();
    busy.record(event('later'));
    await busy.flush();
    const end = town.heads().at(-1);
    const { now } = performance;
    try {
      await idle.flush();
      performance.now = () => now.call(performance) + 3_600_000;
      await idle.flush();
    } finally {
      performance.now = now;
    }
    await Promise.all([busy.close(), idle.close()]);
    const anchors = (await town.rows()).map(({ event: text }) => JSON.parse(text).anchors ?? []);
    expect(anchors.flat().filter(({ chain }) => chain === end?.chain)).toEqual([
      { chain: end?.chain, sequence: 1, hash: expect.any(String) },
      { chain: end?.chain, sequence: 2, hash: end?.hash },
    ]);
  });

  it('links events that a process left behind which died before it could', async () => {
    const dead = town.open();
    await dead.recordIn(town.service.manager, event('left behind'));
    expect(await town.verify()).toMatchObject({ events: 0, pending: 1 });
    const alive = town.open();
    await alive.close();
    await dead.close();
    expect(await town.verify()).toMatchObject({ events: 1, pending: 0, faults: [] });
  });

  it('keeps events of several processes at once, each in its own chain and none twice', async () => {
    const trails = [town.open(), town.open(), town.open()];
    for (let index = 0; index < 300; index++) {
      trails[index % 3]?.record(event(`read ${index}`, { subjectIds: [luca, sofia] }));
      if (index % 10 === 0) await trails[index % 3]?.recordIn(town.service.manager, event(`write ${index}`));
      if (index % 50 === 0) await Promise.all(trails.map((trail) => trail.flush()));
    }
    await Promise.all(trails.map((trail) => trail.close()));
    const kept = await ids();
    expect(kept).toHaveLength(330);
    expect(new Set(kept).size).toBe(330);
    expect(await town.verify()).toMatchObject({ chains: 3, events: 330, pending: 0, faults: [] });
    // Made by whoever was first, and the same for all.
    const children = (await town.events()).flatMap(({ did }) =>
      did.flatMap((one) => Object.keys(one.children ?? {})),
    );
    expect(new Set(children).size).toBe(2);
  });

  it.each(['before', 'after'])(
    'keeps each event once when the database fails %s the commit',
    async (when) => {
      let failures = 2;
      const failing = new Proxy(town.service, {
        get(target, name) {
          if (name !== 'transaction') return Reflect.get(target, name);
          return async (work: Parameters<DataSource['transaction']>[0]) => {
            const fails = failures-- > 0;
            if (fails && when === 'before') throw new Error('connection lost');
            const answer = await (target.transaction as (work: unknown) => Promise<unknown>)(work);
            if (fails) throw new Error('connection lost');
            return answer;
          };
        },
      });
      const trail = town.open(undefined, failing);
      trail.record(event('r1'));
      await trail.flush();
      trail.record(event('r2'));
      // The second failure is that of the end, which tries once more.
      await trail.close();
      expect(await ids()).toEqual(['r1', 'r2']);
      expect(await town.verify()).toMatchObject({ faults: [] });
    },
  );

  it('stays small whatever is refused, and readable', async () => {
    const trail = town.open();
    const actor = { kind: 'anonymous', id: null };
    const texts = [
      '\u0000',
      '\ud800',
      'RSSCLD84C52A794Q',
      'x'.repeat(200_000),
      createId('Child', 'RSSCLD84C52A794Q'),
    ];
    for (let n = 0; n < 500; n++) {
      trail.record(event(`r${n}`, { actor, outcome: 'refused', subjectIds: texts }));
      trail.record(event(`r${n}`, { actor, outcome: 'refused', action: 'Practice.read', subjectIds: texts }));
    }
    await trail.close();
    const [{ bytes, readable }] = await town.owner.query<[{ bytes: number; readable: number }]>(
      `SELECT sum(octet_length(event))::float8 AS bytes, count(event::jsonb)::float8 AS readable FROM audit_event`,
    );
    expect(readable).toBe(2);
    expect(bytes).toBeLessThan(2_000);
    const [{ whole }] = await town.owner.query<[{ whole: string }]>(
      `SELECT string_agg(event, '') AS whole FROM audit_event`,
    );
    expect(whole).not.toMatch(/RSSCLD|xxxx|\\u0000|\\ud800|Q2hpbGQ6/);
    expect(await town.events()).toMatchObject([
      {
        did: [
          { action: 'Invoice.read', times: 500, others: { count: 2_001 } },
          { action: 'Practice.read', times: 500, others: { count: 2_001 } },
        ],
      },
    ]);
    expect(await town.verify()).toMatchObject({ faults: [], remarks: [] });
    // Nobody is given a pseudonym for having been made up.
    expect(await town.owner.query('SELECT person FROM audit_person')).toEqual([]);
  });

  it('notes its end when it begins and each time that it has grown', async () => {
    const trail = town.open();
    await trail.flush();
    trail.record(event('r1'));
    await trail.flush();
    await trail.flush();
    trail.record(event('r2'));
    await trail.close();
    expect(town.heads().map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(await town.verify(town.heads())).toMatchObject({ faults: [] });
  });

  it('takes in what a process of before had left behind', async () => {
    await town.owner.query(`INSERT INTO audit_pending (at, event) VALUES (now(), $1)`, [
      JSON.stringify({ ...event('x', { subjectIds: [luca, 'RSSCLD84C52A794Q'] }), auditId: undefined }),
    ]);
    await town.open().close();
    expect(await town.events()).toMatchObject([
      { did: [{ action: 'Invoice.read', children: expect.anything() }] },
    ]);
    expect(await town.verify()).toMatchObject({ pending: 0, faults: [] });
  });
});

describe('what a write leaves in the audit trail', () => {
  it('is an event for a process of the version before, too, which links it by these names', async () => {
    const trail = town.open();
    const ofWrite = event('x', { action: 'Practice.submit', subjectIds: ['citizen-1', luca, invoice(1)] });
    await trail.recordIn(town.service.manager, ofWrite);
    const [left] = await town.owner.query('SELECT event FROM audit_pending');
    expect(left.event).toMatchObject({
      action: 'Practice.submit',
      outcome: 'allowed',
      actor: { kind: 'citizen', id: 'citizen-1' },
      level: 2,
      subjectIds: ['citizen-1', invoice(1), luca],
    });
    await trail.close();
    const [linked] = await town.events();
    expect(Object.keys(linked ?? {})).toEqual([
      ...['v', 'id', 'requestId', 'at', 'actor', 'level', 'outcome', 'did'],
    ]);
    expect(linked?.did).toMatchObject([{ action: 'Practice.submit', ids: [invoice(1)] }]);
  });
});

describe('persons in the audit trail', () => {
  it('stand there by pseudonyms, which nobody can trace once a row is deleted', async () => {
    const before = town.open();
    before.record(event('r1', { subjectIds: [luca, 'citizen-1'], relations: { [luca]: 'APPLICANT' } }));
    before.record(event('r2', { actor: { kind: 'machine', id: 'integrator' }, level: null }));
    await before.close();
    const [first, second] = await town.events();
    const child = Object.keys(first?.did[0]?.children ?? {})[0];
    expect(first).toMatchObject({
      actor: { kind: 'citizen', id: expect.stringMatching(/^[\w-]{22}$/) },
      did: [{ children: { [child ?? '']: 'APPLICANT' }, persons: [first?.actor.id] }],
    });
    expect(second?.actor).toEqual({ kind: 'machine', id: 'integrator' });
    const whole = JSON.stringify(await town.rows());
    expect(whole).not.toContain('citizen-1');
    expect(whole).not.toContain(luca);

    await town.owner.query('DELETE FROM audit_person WHERE person = $1', [luca]);
    const after = town.open();
    after.record(event('r3', { subjectIds: [luca, 'citizen-1'] }));
    await after.close();
    const third = (await town.events()).find(({ id }) => id === 'r3');
    expect(third?.actor).toEqual(first?.actor);
    expect(Object.keys(third?.did[0]?.children ?? {})).not.toEqual([child]);
    expect(await town.verify()).toMatchObject({ faults: [] });
  });

  it('keep their pseudonym when their id changes with its secret, for as long as the old one is known', async () => {
    const trail = town.open();
    trail.record(event('r1', { actor: { kind: 'citizen', id: 'old-id' }, subjectIds: [luca] }));
    await trail.flush();
    const rotated = { kind: 'citizen', id: 'new-id', formerIds: ['old-id', 'never-seen'] };
    trail.record(event('r2', { actor: rotated, subjectIds: [luca] }));
    await trail.flush();
    trail.record(
      event('r3', { actor: { ...rotated, id: 'third-id', formerIds: ['new-id'] }, subjectIds: [] }),
    );
    trail.record(event('r4', { actor: { kind: 'citizen', id: 'stranger', formerIds: ['other'] } }));
    await trail.close();
    const actors = (await town.events()).map(({ actor }) => actor);
    expect(actors[0]?.id).toMatch(/^[\w-]{22}$/);
    expect(actors.slice(1, 3)).toEqual([actors[0], actors[0]]);
    expect(actors[3]?.id).not.toBe(actors[0]?.id);
    expect(await town.verify()).toMatchObject({ faults: [] });
    for (const caller of [
      { kind: 'citizen', id: 'third-id' },
      { kind: 'citizen', id: 'fourth-id', formerIds: ['third-id'] },
    ]) {
      const context = { database: town.service, caller } as unknown as RequestContext;
      const page = await accessLogPage(context, luca, { from: null, to: null }, { first: 5, after: null });
      expect(page.rows.map(({ role, count }) => [role, count])).toEqual([['YOU', 2]]);
    }
  });

  it('are named in what was refused only if they are known already', async () => {
    const trail = town.open();
    const refused = { outcome: 'refused' as const, subjectIds: [luca] };
    trail.record(event('r1', { ...refused, actor: { kind: 'citizen', id: 'citizen-2' } }));
    await trail.flush();
    trail.record(event('r2', { subjectIds: [luca] }));
    await trail.flush();
    trail.record(event('r3', { ...refused, actor: { kind: 'citizen', id: 'citizen-3' } }));
    await trail.close();
    const [unknown, shown, known] = await town.events();
    expect(unknown?.did[0]).toMatchObject({ others: { count: 1, marks: [expect.any(String)] } });
    expect(unknown?.did[0]?.children).toBeUndefined();
    expect(Object.keys(known?.did[0]?.children ?? {})).toEqual(Object.keys(shown?.did[0]?.children ?? {}));
  });

  it('who are children have a log: who looked, at what, by day, how often, refused or not', async () => {
    const trail = town.open();
    const relations = { [luca]: 'APPLICANT', [sofia]: 'HOUSEHOLD' } as const;
    trail.record(event('r1', { action: 'Child.invoices', subjectIds: [luca, sofia, invoice(1)], relations }));
    trail.record(event('r1', { action: 'Child.attendance', subjectIds: [luca], relations }));
    await trail.flush();
    for (const auditId of ['r2', 'r3', 'r4'])
      trail.record(
        event(auditId, {
          action: 'Child.read',
          outcome: 'refused',
          actor: { kind: 'citizen', id: 'citizen-2' },
          subjectIds: [luca],
        }),
      );
    await trail.close();
    const log = await town.service.query(
      `SELECT child, day::text AS day, actor_kind, relation, is_refused, actions, times FROM audit_child
       ORDER BY is_refused, sequence, array_length(actions, 1) DESC`,
    );
    expect(log).toMatchObject([
      {
        day: '2026-10-15',
        relation: 'APPLICANT',
        is_refused: false,
        actions: ['Child.invoices', 'Child.attendance'],
        times: [1, 1],
      },
      {
        day: '2026-10-15',
        relation: 'HOUSEHOLD',
        is_refused: false,
        actions: ['Child.invoices'],
        times: [1],
      },
      { day: '2026-10-15', relation: 'NONE', is_refused: true, actions: ['Child.read'], times: [1] },
      { day: '2026-10-15', relation: 'NONE', is_refused: true, actions: ['Child.read'], times: [2] },
    ]);
  });
});

describe('the role of our programs', () => {
  it('adds to the audit trail and can do nothing else to it', async () => {
    const trail = town.open();
    trail.record(event('r1', { subjectIds: [luca] }));
    await trail.close();
    for (const statement of [
      `UPDATE audit_event SET event = '{}'`,
      'DELETE FROM audit_event',
      'TRUNCATE audit_event',
      'DELETE FROM audit_child',
      `UPDATE audit_child SET relation = 'NONE'`,
      'DELETE FROM audit_child_entry',
      `UPDATE audit_child_entry SET relation = 'NONE'`,
      'DELETE FROM audit_person',
      `UPDATE audit_person SET person = 'x'`,
      'ALTER TABLE audit_event DISABLE TRIGGER ALL',
      'DROP TABLE audit_event',
      'DROP TRIGGER audit_event_append_only ON audit_event',
      'CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
      `SET session_replication_role = 'replica'`,
      'DELETE FROM settlement',
      'UPDATE payment_receipt SET amount = 1',
      'DELETE FROM migrations',
    ])
      await expect(town.service.query(statement)).rejects.toThrow(
        /permission denied|must be owner|not allowed/i,
      );
    expect(await town.verify()).toMatchObject({ events: 1, faults: [] });
  });

  it('owns nothing, and readers see neither keys nor files and write nothing', async () => {
    const url = (town.owner.options as { url: string }).url;
    const owned = `SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class
      WHERE relnamespace IN ('public'::regnamespace, 'pgboss'::regnamespace)
      UNION SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE pronamespace IN ('public'::regnamespace, 'pgboss'::regnamespace)`;
    expect(await town.owner.query(owned)).toEqual([{ owner: 'school_migrate' }]);
    const reader = new pg.Client(asReader(url));
    await reader.connect();
    try {
      for (const table of ['audit_event', 'audit_readable', 'practice', 'settlement', 'payment_receipt'])
        expect((await reader.query(`SELECT count(*) FROM ${table}`)).rows).toHaveLength(1);
      for (const statement of [
        'SELECT key FROM audit_person',
        'SELECT secret FROM webhook_secret',
        'SELECT * FROM stored_file_chunk',
        'DELETE FROM practice',
        `INSERT INTO audit_event DEFAULT VALUES`,
        'CREATE TABLE theirs (n int)',
      ])
        await expect(reader.query(statement)).rejects.toThrow(/permission denied/);
    } finally {
      await reader.end();
    }
  });

  it('is refused by migrate when it could undo that, or is not there', async () => {
    const { migrate } = await import('../../../../subgraphs/migrate.ts');
    const { options } = town.owner;
    const url = (options as { url: string }).url;
    const owner = new URL(url).username;
    await expect(migrate(url, owner)).rejects.toThrow(/superuser or owns/);
    await expect(migrate(url, 'nobody"; DROP TABLE audit_event; --')).rejects.toThrow(/There is no role/);
  });

  it('is kept from changes by the tables themselves where it is not used', async () => {
    const trail = town.open(undefined, town.owner);
    trail.record(event('r1', { subjectIds: [luca] }));
    await trail.close();
    for (const table of ['audit_event', 'audit_child'])
      for (const statement of [
        `UPDATE ${table} SET sequence = 1`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ])
        await expect(town.owner.query(statement)).rejects.toThrow('never changed or removed');
  });
});

describe("a child's access log", () => {
  const as = (id: string, kind = 'citizen') => ({ actor: { kind, id } });
  const of = (relation: ChildRelation) => ({ subjectIds: [luca], relations: { [luca]: relation } });
  const log = (first: number, after: AccessLogCursor | null = null, from: CalendarDate | null = null) => {
    const context = { database: town.service, caller: { kind: 'citizen', id: 'claudia' } };
    return accessLogPage(context as unknown as RequestContext, luca, { from, to: null }, { first, after });
  };

  it('counts by day, actor and kind, names programs only, and hides what a blocked person tried', async () => {
    const trail = town.open();
    trail.record(event('1', { ...as('claudia'), ...of('APPLICANT'), action: 'Child.invoices' }));
    trail.record(event('2', { ...as('claudia'), ...of('APPLICANT'), action: 'Child.invoices' }));
    trail.record(event('3', { ...as('marco'), ...of('SHARED'), action: 'Child.invoices' }));
    trail.record(event('4', { ...as('marco'), ...of('SHARED'), action: 'Payment.start' }));
    trail.record(event('5', { ...as('grandmother'), ...of('HOUSEHOLD'), action: 'Child.read' }));
    await trail.flush();
    const refused = { action: 'Child.read', outcome: 'refused', subjectIds: [luca] } as const;
    trail.record(event('6', { ...as('stranger'), ...refused }));
    trail.record(event('7', { ...as('blocked'), ...refused, ...of('BLOCKED') }));
    trail.record(event('8', { ...as('an-integrator', 'machine'), subjectIds: [luca], action: 'Debt.read' }));
    trail.record(
      event('9', { actor: { kind: 'operator', id: null }, subjectIds: [luca], action: 'Protection.block' }),
    );
    trail.record(event('10', { ...as('claudia'), subjectIds: [sofia], action: 'Child.read' }));
    await trail.close();
    const { rows, totalCount } = await log(100);
    const shown = rows.map(({ day, role, program, action, count, refused: not }) => [
      day,
      role,
      program,
      action,
      count,
      not,
    ]);
    expect([totalCount, shown]).toEqual([
      6,
      [
        ['2026-10-15', 'INTEGRATOR', 'an-integrator', 'Debt.read', 1, 0],
        ['2026-10-15', 'OTHER_PARENT', null, 'Child.read', 1, 0],
        ['2026-10-15', 'OTHER_PERSON', null, 'Child.read', 0, 1],
        ['2026-10-15', 'SHARED_WITH', null, 'Child.invoices', 1, 0],
        ['2026-10-15', 'SHARED_WITH', null, 'Payment.start', 1, 0],
        ['2026-10-15', 'YOU', null, 'Child.invoices', 2, 0],
      ],
    ]);
    const pages = [await log(4), await log(4, rows[3] ?? null)];
    expect(pages.flatMap((page) => page.rows)).toEqual(rows);
    expect(pages.map((page) => [page.totalCount, page.hasPreviousPage, page.hasNextPage])).toEqual([
      [6, false, true],
      [6, true, false],
    ]);
    expect((await log(4, null, parseCalendarDate('2026-10-16'))).rows).toEqual([]);
    expect(await town.verify()).toMatchObject({ faults: [] });
  });

  it('has the same rows in the same order by pages of any size, over days with and without rows that are shown', async () => {
    const trail = town.open();
    trail.record(event('1', { ...as('claudia'), ...of('APPLICANT'), action: 'Child.read' }));
    await trail.close();
    await town.owner.query(`
      INSERT INTO audit_child SELECT chain, 1000 + n, child, date '2026-10-14' - n / 9, CASE n % 5 WHEN 0 THEN 'machine' ELSE 'citizen' END,
        'a' || n % 3, CASE WHEN n / 9 = 4 OR n % 8 = 0 THEN 'BLOCKED' ELSE 'NONE' END, n % 4 = 0, ARRAY['A.read', 'B.read'], ARRAY[1, n]
      FROM audit_child, generate_series(0, 99) AS n`);
    const stored = await town.owner.query<
      { day: string; actor_kind: string; actor_id: string; is_refused: boolean; times: number[] }[]
    >(
      `SELECT day::text AS day, actor_kind, actor_id, is_refused, times FROM audit_child WHERE relation <> 'BLOCKED' AND sequence >= 1000`,
    );
    const expected = new Map<string, { count: number; refused: number }>();
    for (const { day, actor_kind, actor_id, is_refused, times } of stored)
      for (const [n, action] of ['A.read', 'B.read'].entries()) {
        const key = `${day} ${actor_kind === 'machine' ? actor_id : 'person'} ${actor_kind} ${actor_id} ${action}`;
        const one = expected.get(key) ?? { count: 0, refused: 0 };
        one[is_refused ? 'refused' : 'count'] += times[n] ?? 0;
        expected.set(key, one);
      }
    const whole = await log(100);
    expect(whole.totalCount).toBe(expected.size + 1);
    for (const size of [1, 7, 20]) {
      const rows = [];
      for (let page = await log(size); ; page = await log(size, rows.at(-1) ?? null)) {
        expect(page.totalCount).toBe(whole.totalCount);
        expect(page.hasPreviousPage).toBe(rows.length > 0);
        rows.push(...page.rows);
        if (!page.hasNextPage) break;
      }
      expect(rows).toHaveLength(whole.totalCount);
      expect(rows.slice(0, 100)).toEqual(whole.rows);
      expect(rows.map(({ day }) => day)).toEqual(
        rows
          .map(({ day }) => day)
          .sort()
          .reverse(),
      );
      const sums = (of: Iterable<{ count: number; refused: number }>) =>
        [...of].map(({ count, refused }) => `${count} ${refused}`).sort();
      expect(sums(rows.slice(1))).toEqual(sums(expected.values()));
    }
  });

  it('is counted by entries that several processes add at once, and that go with the last of their rows', async () => {
    const trails = [town.open(), town.open()];
    for (const [position, trail] of trails.entries())
      for (const [action, actor] of [
        ['Child.read', as('claudia')],
        ['Debt.list', { actor: { kind: 'anonymous', id: null } }],
      ] as const)
        trail.record(event(`${position} ${action}`, { ...actor, ...of('APPLICANT'), action }));
    await Promise.all(trails.map((trail) => trail.close()));
    const entries = async () =>
      (await town.service.query('SELECT action FROM audit_child_entry ORDER BY 1')).map(
        ({ action }: { action: string }) => action,
      );
    expect(await entries()).toEqual(['Child.read', 'Debt.list']);
    // The row has the same actor and another relation.
    await town.owner.query(`INSERT INTO audit_child SELECT chain, 99, child, day, actor_kind, actor_id, 'NONE', true, actions, times
      FROM audit_child WHERE actions = '{Child.read}' LIMIT 1`);
    expect(await entries()).toEqual(['Child.read', 'Child.read', 'Debt.list']);
    const { rows, totalCount } = await log(20);
    expect([rows.map(({ role, action }) => [role, action]), totalCount]).toEqual([
      [
        ['SYSTEM', 'Debt.list'],
        ['YOU', 'Child.read'],
      ],
      2,
    ]);
    const remove = (where: string) =>
      town.owner.transaction(async (manager) => {
        await manager.query(`SET LOCAL ROLE school_migrate; SET LOCAL school.retention = 'on'`);
        await manager.query(`DELETE FROM audit_child WHERE sequence < 99 AND ${where}`);
      });
    await remove('chain = (SELECT min(chain::text)::uuid FROM audit_child)');
    expect(await entries()).toEqual(['Child.read', 'Child.read', 'Debt.list']);
    await remove(`actions = '{Debt.list}'`);
    expect(await entries()).toEqual(['Child.read', 'Child.read']);
    await remove('true');
    expect(await entries()).toEqual(['Child.read']);
  });

  it('is empty for a child of whom nothing was recorded', async () => {
    expect(await log(20)).toEqual({ rows: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false });
  });
});

describe('what a blocked person tried', () => {
  it('is counted for operators since the block, by child and action', async () => {
    const trail = town.open();
    const refused = (
      auditId: string,
      actor: string,
      action: string,
      subjectIds: readonly string[],
      relations = {},
    ) =>
      trail.record(
        event(auditId, {
          actor: { kind: 'citizen', id: actor },
          outcome: 'refused',
          action,
          subjectIds,
          relations,
        }),
      );
    trail.record(event('0', { subjectIds: [luca, sofia] }));
    await trail.flush();
    const blocked = { [luca]: 'BLOCKED' };
    for (const auditId of ['1', '2', '3']) refused(auditId, 'paolo', 'Child.read', [luca], blocked);
    refused('4', 'paolo', 'Practice.start', [luca, 'x'], blocked);
    refused('5', 'paolo', 'Invoice.read', [invoice(1)]);
    refused('6', 'paolo', 'Practice.read', [sofia]);
    refused('7', 'marco', 'Child.read', [luca]);
    trail.record(event('8', { actor: { kind: 'citizen', id: 'paolo' }, action: 'Citizen.read' }));
    await trail.close();
    await town.owner.query(
      `INSERT INTO protection_block (child, person, child_keys, since, reference)
       SELECT 'the child', person, '{1001,1003}', at::timestamptz, 'act' FROM (VALUES
         ('paolo', '2026-10-15T06:00Z'), ('giulia', '2026-10-15T05:00Z'), ('marco', '2026-10-16T05:00Z')) AS v (person, at)`,
    );
    const blocks = await listBlocks({ database: town.service });
    const attempts = await attemptsOf(town.service, blocks, (code) => [code]);
    expect(blocks.map(({ person }, position) => [person, attempts[position]])).toEqual([
      ['marco', { ofChild: {}, others: 0, lastAt: null }],
      ['paolo', { ofChild: { 'Child.read': 3, 'Practice.start': 1 }, others: 2, lastAt: testClock.now() }],
      ['giulia', { ofChild: {}, others: 0, lastAt: null }],
    ]);
    expect(await attemptsOf(town.service, [], (code) => [code])).toEqual([]);
  });
});
