import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { memoryAudit } from '../../../core/audit.ts';
import { createLog } from '../../../core/log.ts';
import { renderPdf } from '../../../core/pdf/render-pdf.ts';
import { periods, usualRetention } from '../../../core/retention-config.ts';
import { keptInUse, retentionRules } from '../../../subgraphs/retention/retention.table.ts';
import { listOverdue, runRetention } from '../../../subgraphs/retention/run-retention.ts';
import { eraseSteps, groundsToKeep } from '../../../subgraphs/retention/subjects/erase-steps.ts';
import { eraseSubject } from '../../../subgraphs/retention/subjects/erase-subject.ts';
import {
  liftRestriction,
  listRestrictions,
  restrictSubject,
} from '../../../subgraphs/retention/subjects/restrict-subject.ts';
import { subjectContent } from '../../../subgraphs/retention/subjects/subject.content.ts';
import { subjectRows, subjectTables } from '../../../subgraphs/retention/subjects/subject-rows.ts';
import { subjectWords } from '../../../subgraphs/retention/subjects/subject-words.ts';
import { createAuditKeys } from '../../../subgraphs/shared/audit/audit-keys.ts';
import { openAuditTrail } from '../../../subgraphs/shared/audit/open-audit-trail.ts';
import { pseudonymOf } from '../../../subgraphs/shared/audit/persons.ts';
import { verifyAudit } from '../../../subgraphs/shared/audit/verify-audit.ts';
import { auditEvent } from '../../support/audit-town.ts';
import { testClock } from '../../support/databases.ts';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.ts';
import { flat, openPdf, structureOf } from '../../support/read-pdf.ts';

let own: MigratedDatabase;
let lines: Record<string, unknown>[];
beforeEach(async () => {
  own = await openMigratedDatabase();
  lines = [];
});
afterEach(() => own.giveBack());

const retention = { config: usualRetention, auditKeys: createAuditKeys(['a'.repeat(32)]) };
const dayMs = 24 * 3_600_000;
const daysAgo = (days: number) => new Date(testClock.now().getTime() - days * dayMs);
const creditor = '00300120169';
const [claudia, marco, luca] = ['RSSCLD84C52A794Q', 'BNCMRC81D05A794G', 'BNCLCU14A41A794V'] as const;
/** Events of the transactions that were begun, kept or not. */
const audit = memoryAudit();
/** Debts that the legacy system shows as open. */
const openDebts = new Set<string>();

function services(database: DataSource = own.service) {
  const debtsByIuv = async (iuvs: readonly string[]) =>
    iuvs.map((iuv) => ({ iuv, status: openDebts.has(iuv) ? 'PAYABLE' : 'PAID' }));
  const log = createLog((line) => void lines.push(JSON.parse(line)));
  // Luca has two records.
  const childKeysOf = async ([code]: readonly string[]) => [code === luca ? ['1001', '1002'] : []];
  const legacy = { payments: { debtsByIuv }, anagrafe: { childKeysOf } };
  return { database, legacy, clock: testClock, log, audit } as never;
}

const put = async (table: string, row: Record<string, unknown>) => {
  const names = Object.keys(row);
  await own.service.query(
    `INSERT INTO ${table} (${names.join()}) VALUES (${names.map((_, n) => `$${n + 1}`).join()})`,
    Object.values(row),
  );
};

/** A practice as it was left that many days ago, with one file. */
async function practice(name: string, days: number, status: string, more: { procedure?: string } = {}) {
  const procedure = more.procedure ?? 'ISCR';
  const [id, fileId] = [randomUUID(), randomUUID()];
  await own.service.query(
    `INSERT INTO practice_template (id, procedure_code, title, concerns_child, revision) VALUES ($1, $1, '', true, '1')
     ON CONFLICT DO NOTHING`,
    [procedure],
  );
  await own.service.query(
    `INSERT INTO practice_form (template_id, revision, fields, required_attachments) VALUES ($1, '1', '[]', '[]')
     ON CONFLICT DO NOTHING`,
    [procedure],
  );
  const at = daysAgo(days);
  const child = JSON.stringify({ codiceFiscale: name });
  await put('practice', {
    id,
    template_id: procedure,
    revision: '1',
    applicant: 'RSSCLD84C52A794Q',
    child,
    title: name,
    status,
    version: 1,
    answers: '{}',
    created_at: at,
    updated_at: at,
    submitted_at: status === 'DRAFT' ? null : daysAgo(days + 1),
  });
  await put('practice_event', { practice_id: id, sequence: 1, at, status });
  await put('practice_start_key', { applicant: 'RSSCLD84C52A794Q', key: id, sha256: '', practice_id: id });
  await file(fileId);
  await put('practice_attachment', {
    id: randomUUID(),
    practice_id: id,
    code: 'CERT',
    file_name: 'c.pdf',
    accepted_types: '[]',
    max_bytes: 1,
    created_at: at,
    expires_at: at,
    file_id: fileId,
    received_at: at,
    attached_at: at,
  });
  return { id, fileId };
}

async function file(id: string) {
  await put('stored_file', {
    id,
    file_name: 'c.pdf',
    media_type: 'application/pdf',
    size_bytes: 1,
    sha256: '0'.repeat(64),
  });
  await put('stored_file_chunk', { file_id: id, sequence: 0, bytes: Buffer.from('a') });
}

async function filed(
  name: string,
  days: number,
  more: { procedure?: string; isRegistered?: boolean; isFollowed?: boolean } = {},
) {
  const { isRegistered = true, isFollowed = false } = more;
  const { id, fileId } = await practice(name, days, 'ACCEPTED', more);
  const [submission, summary] = [randomUUID(), randomUUID()];
  await file(summary);
  await put('practice_submission', {
    id: submission,
    practice_id: id,
    kind: 'FILING',
    reference: submission,
    as_filed: '{}',
    sha256: '0'.repeat(64),
    filed_at: daysAgo(days),
    summary_file_id: summary,
    completed_at: isRegistered ? daysAgo(days) : null,
  });
  for (const [sequence, one] of [summary, fileId].entries())
    await put('practice_submission_file', {
      submission_id: submission,
      sequence,
      file_id: one,
      register_name: String(sequence),
    });
  if (isFollowed)
    await put('practice_follow', { practice_id: id, changed_at: daysAgo(days), next_at: daysAgo(0) });
}

async function session(name: string, days: number, state: string, receiptId: string | null = null) {
  const id = name.padEnd(32, '-');
  await put('payment_session', {
    id,
    state,
    failure: state === 'FAILED' ? 'OTHER' : null,
    creditor,
    amount: 1,
    request_key: Buffer.from(name),
    request_content: Buffer.from(''),
    created_at: daysAgo(days + 1),
    expires_at: daysAgo(days),
    ended_at: state === 'STARTED' ? null : daysAgo(days),
  });
  await put('payment_session_item', {
    session_id: id,
    position: 1,
    creditor,
    iuv: `iuv-${name}`,
    numero_avviso: name,
    debtor: 'RSSCLD84C52A794Q',
    amount: 1,
    description: '',
    receipt_id: receiptId,
  });
}

async function receipt(name: string, days: number, debtor: string | null = null) {
  const iuv = `iuv-${name}`;
  await put('payment_receipt', {
    creditor,
    iuv,
    receipt_id: `r-${name}`,
    debtor,
    numero_avviso: name,
    amount: 1,
    paid_at: daysAgo(days),
    description: '',
    psp_name: '',
    source: 'POLL',
    received_at: daysAgo(days),
    settles: true,
    remarks: [],
  });
  await put('settlement', {
    creditor,
    iuv,
    debtor,
    amount: 1,
    source: 'RECEIPT',
    evidence: name,
    recorded_at: daysAgo(days),
    record: '{}',
  });
}

async function spontaneous(id: number, days: number, state: string, isOpen = false) {
  await put('spontaneous_payment', {
    id,
    request_key: Buffer.from(String(id)),
    request_content: Buffer.from(''),
    state,
    creditor,
    creditor_name: '',
    numero_avviso: `s${id}`,
    iuv: `iuv-s${id}`,
    kind_code: '',
    kind_name: '',
    description: '',
    payer: 'RSSCLD84C52A794Q',
    payer_name: '',
    email: '',
    amount: 1,
    due_on: '2020-01-01',
    created_at: daysAgo(days),
  });
  await put('spontaneous_instalment', {
    payment_id: id,
    year: 2020,
    number: id,
    rata: 1,
    amount: 1,
    is_open: isOpen,
  });
}

/** What is over beside what is in use, or is over a day later. */
async function fill(): Promise<void> {
  await practice('draft over', 366, 'DRAFT');
  await practice('draft kept', 364, 'DRAFT');
  const edited = await practice('draft in use', 400, 'DRAFT');
  // A file was announced today: it is being filled in, whenever it was saved last.
  await own.service.query('UPDATE practice_attachment SET created_at = $2 WHERE practice_id = $1', [
    edited.id,
    daysAgo(0),
  ]);
  await practice('young draft', 89, 'DRAFT');
  await filed('filed over', 1_827);
  await filed('filed kept', 1_825);
  await filed('filed in use', 3_000, { isRegistered: false });
  await filed('young filed', 59);
  await filed('followed', 100, { isFollowed: true });
  await filed('diet over', 366, { procedure: 'DIETA' });
  await filed('diet kept', 364, { procedure: 'DIETA' });
  await filed('diet in use', 366, { procedure: 'DIETA', isFollowed: true });
  await session('session over', 366, 'FAILED');
  await session('session kept', 364, 'EXPIRED');
  await session('session in use', 400, 'STARTED');
  await session('paid kept', 3_652, 'SETTLED', 'r-paid kept');
  await receipt('paid kept', 3_652);
  await session('paid over', 3_654, 'SETTLED', 'r-paid over');
  await receipt('paid over', 3_654);
  await session('paid in use', 3_654, 'SETTLED', 'r-paid in use');
  await receipt('paid in use', 3_654);
  openDebts.add('iuv-paid in use');
  await spontaneous(1, 366, 'WITHDRAWN');
  await spontaneous(2, 364, 'WITHDRAWN');
  await spontaneous(3, 400, 'CREATED', true);
  await spontaneous(4, 4_000, 'CREATED', true);
  await put('school_share', {
    id: randomUUID(),
    giver: 'share over',
    child_key: '1',
    child_code: '',
    recipient: 'x',
    scopes: ['DIET'],
    created_at: daysAgo(500),
    revoked_at: daysAgo(366),
  });
  await put('school_share', {
    id: randomUUID(),
    giver: 'share in use',
    child_key: '1',
    child_code: '',
    recipient: 'x',
    scopes: ['DIET'],
    created_at: daysAgo(5_000),
  });
  await put('protection_block', {
    child: 'block over',
    person: '',
    child_keys: [],
    since: daysAgo(3_000),
    reference: '',
    lifted_at: daysAgo(1_827),
  });
  await put('protection_block', {
    child: 'block in use',
    person: '',
    child_keys: [],
    since: daysAgo(5_000),
    reference: '',
  });
  await file(randomUUID());
  await own.service.query(
    'DELETE FROM stored_file WHERE id NOT IN (SELECT file_id FROM practice_attachment UNION SELECT file_id FROM practice_submission_file)',
  );
}

async function names(): Promise<readonly string[]> {
  const rows = await own.service.query(`
    SELECT title AS name FROM practice
    UNION ALL SELECT 'file of ' || p.title FROM practice_attachment a JOIN practice p ON p.id = a.practice_id
      JOIN stored_file f ON f.id = a.file_id JOIN stored_file_chunk c ON c.file_id = f.id
    UNION ALL SELECT trim(trailing '-' FROM id) FROM payment_session
    UNION ALL SELECT 'money of ' || r.numero_avviso FROM payment_receipt r JOIN settlement s ON s.iuv = r.iuv
    UNION ALL SELECT 'spontaneous ' || id FROM spontaneous_payment
    UNION ALL SELECT giver FROM school_share UNION ALL SELECT child FROM protection_block`);
  return rows.map(({ name }: { name: string }) => name).sort();
}

const kept = [
  'block in use',
  'diet in use',
  'diet kept',
  'draft in use',
  'draft kept',
  'file of diet in use',
  'file of draft in use',
  'file of filed in use',
  'file of followed',
  'file of young draft',
  'file of young filed',
  'filed in use',
  'filed kept',
  'followed',
  'money of paid in use',
  'money of paid kept',
  'paid in use',
  'paid kept',
  'session in use',
  'session kept',
  'share in use',
  'spontaneous 2',
  'spontaneous 3',
  'spontaneous 4',
  'young draft',
  'young filed',
];

/** Fails each transaction from the given one on, after its statements: as if the process was killed before the commit. */
function killedAfter(transactions: number): DataSource {
  let left = transactions;
  return new Proxy(own.service, {
    get: (target, name) => {
      if (name !== 'transaction')
        return Reflect.get(target, name).bind?.(target) ?? Reflect.get(target, name);
      return (work: (manager: unknown) => Promise<unknown>) =>
        target.transaction(async (manager) => {
          const done = await work(manager);
          if (left-- <= 0) throw new Error('The process ends here.');
          return done;
        });
    },
  });
}

describe('retention', () => {
  it('removes what is over and nothing that is in use, wherever its process dies', async () => {
    await fill();
    const before = await names();
    const overdue = await listOverdue(services(), retention);
    expect(await names()).toEqual(before);
    expect(
      Object.fromEntries(overdue.flatMap(({ rule, count }) => (count === 0 ? [] : [[rule.id, count]]))),
    ).toEqual({
      'draft-files': 2,
      drafts: 1,
      'filed-files': 4,
      'filed-health': 1,
      filed: 1,
      'start-keys': 8,
      'lost-chunks': 1,
      sessions: 1,
      spontaneous: 1,
      money: 2,
      shares: 1,
      blocks: 1,
    });
    for (let transactions = 0; transactions < 30; transactions += 3) {
      await runRetention(services(killedAfter(transactions)), retention);
      expect(await names()).toEqual(expect.arrayContaining(kept));
    }
    lines.splice(0);
    await runRetention(services(), retention);
    expect(lines).toEqual([]);
    expect(await names()).toEqual(kept);
    const [left] = await own.service.query(`SELECT count(*)::int AS count FROM stored_file_chunk c
      WHERE NOT EXISTS (SELECT FROM practice_attachment a WHERE a.file_id = c.file_id)
        AND NOT EXISTS (SELECT FROM practice_submission_file f WHERE f.file_id = c.file_id)`);
    expect(left.count).toBe(0);
    expect((await runRetention(services(), retention)).size).toBe(0);
  });

  it('cannot be used by our programs to remove what is young', async () => {
    const { service } = own;
    await filed('young', 1);
    await session('young', 1, 'FAILED');
    await receipt('young', 100);
    const [{ id }] = await service.query('SELECT id FROM practice');
    for (const [statement, values] of [
      ['SELECT remove_filed($1)', [[id]]],
      ['SELECT remove_sessions($1)', [['young'.padEnd(32, '-')]]],
      ['SELECT remove_money($1, $2)', [creditor, ['iuv-young']]],
    ] as const)
      await expect(service.query(statement, [...values])).rejects.toThrow(/kept/);
    for (const statement of [
      'DELETE FROM practice_submission',
      'DELETE FROM payment_session_item',
      'DELETE FROM payment_receipt',
      'DELETE FROM settlement',
      'DELETE FROM audit_event',
    ])
      await expect(
        service.transaction(async (manager) => {
          await manager.query(`SELECT set_config('school.retention', 'on', true)`);
          await manager.query(statement);
        }),
      ).rejects.toThrow(/kept|permission denied/);
  });

  it('has a rule or a reason for every table, and each period in one place', async () => {
    const tables = await own.service.query<{ name: string }[]>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    const ruled = new Set([...retentionRules.flatMap((rule) => rule.tables), ...Object.keys(keptInUse)]);
    expect(tables.map(({ name }) => name).filter((name) => !ruled.has(name))).toEqual([]);
    expect(new Set(retentionRules.flatMap(({ variable }) => variable ?? []))).toEqual(
      new Set(Object.keys(periods)),
    );
    expect(retentionRules.filter(({ days, leastDays }) => days < leastDays)).toEqual([]);
  });
});

describe('the audit trail', () => {
  const open = (days: number) =>
    openAuditTrail({
      database: own.service,
      keys: retention.auditKeys,
      clock: { ...testClock, now: () => daysAgo(days) },
      log: createLog((line) => void lines.push(JSON.parse(line))),
    });
  const verify = (keys = retention.auditKeys) => verifyAudit(own.service, keys, heads());
  const heads = () => lines.filter(({ event }) => event === 'audit.head') as never;
  const whats = async () => (await verify()).faults.map(({ what }) => what);

  it('is whole after its old part was removed, and a part that was removed otherwise is missed', async () => {
    for (const days of [1_000, 900]) {
      const trail = open(days);
      for (const id of ['1', '2', '3'])
        trail.record(auditEvent(`${days}-${id}`, { subjectIds: ['Q2hpbGQ6MTAwMQ'] }));
      await trail.close();
    }
    // One chain of which the beginning is old: as a process that ran for long.
    let days = 800;
    const long = openAuditTrail({
      database: own.service,
      keys: retention.auditKeys,
      clock: { ...testClock, now: () => daysAgo(days) },
      log: createLog((line) => void lines.push(JSON.parse(line))),
    });
    for (const [position, at] of [800, 790, 100, 50].entries()) {
      days = at;
      long.record(auditEvent(`long-${position}`, { subjectIds: ['Q2hpbGQ6MTAwMQ'] }));
      await long.flush();
    }
    const whole = await verify();
    expect([whole.faults, whole.chains]).toEqual([[], 3]);
    const listed = async () => (await own.service.query('SELECT FROM audit_child_entry')).length;
    expect(await listed()).toBe(6);
    await runRetention(services(killedAfter(20)), retention);
    expect((await verify()).faults).toEqual([]);
    expect((await runRetention(services(), retention)).get('audit')).toBeGreaterThan(0);
    const after = await verify();
    expect([after.faults, after.chains, after.events]).toEqual([[], 1, 2]);
    expect(await listed()).toBe(2);
    expect((await runRetention(services(), retention)).size).toBe(0);
    // The chain goes on.
    days = 0;
    long.record(auditEvent('later'));
    await long.close();
    expect((await verify()).events).toBe(3);
    expect(await whats()).toEqual([]);

    const tamper = async (statement: string) => {
      await own.owner.query(
        `ALTER TABLE audit_event DISABLE TRIGGER ALL; ALTER TABLE audit_child DISABLE TRIGGER ALL`,
      );
      await own.owner.query(statement);
      await own.owner.query(
        `ALTER TABLE audit_event ENABLE TRIGGER ALL; ALTER TABLE audit_child ENABLE TRIGGER ALL`,
      );
    };
    const [{ first, sequence }] = await own.owner.query(
      'SELECT min(e.sequence)::int AS first, min(c.sequence)::int AS sequence FROM audit_event e JOIN audit_closing c USING (chain)',
    );
    expect(first).toBe(sequence + 1);
    // A later link is removed, and the end is said to be there.
    await tamper(
      `DELETE FROM audit_child WHERE sequence = ${first}; DELETE FROM audit_event WHERE sequence = ${first}`,
    );
    expect(await whats()).toContain(`link ${first} is missing`);
    await own.owner.query(
      `UPDATE audit_closing SET sequence = ${first} WHERE chain IN (SELECT chain FROM audit_event)`,
    );
    expect(await whats()).toContain('the end of the removed part is not signed with a key that was given');
    await own.owner.query('DELETE FROM audit_closing');
    expect(await whats()).toContain('link 1 is missing');
  });

  it('loses the keys of persons with their last event, and no other key', async () => {
    const events: readonly (readonly [number, string, string])[] = [
      [1_000, 'gone', 'Q2hpbGQ6MTAwMQ'],
      [1_000, 'stays', 'Q2hpbGQ6MTAwMg'],
      [10, 'stays', 'Q2hpbGQ6MTAwMw'],
      [10, 'other', 'Q2hpbGQ6MTAwMg'],
    ];
    for (const [days, id, child] of events) {
      const trail = open(days);
      const actor = { kind: 'citizen', id, ...(days === 10 ? { formerIds: [`${id}-before`] } : {}) };
      trail.record(auditEvent(`${days}-${id}`, { actor, subjectIds: [child] }));
      await trail.close();
    }
    const persons = async () =>
      (await own.service.query('SELECT person FROM audit_person ORDER BY 1')).map(
        ({ person }: { person: string }) => person,
      );
    expect(await persons()).toHaveLength(6);
    await runRetention(services(), retention);
    expect(await persons()).toEqual(['Q2hpbGQ6MTAwMg', 'Q2hpbGQ6MTAwMw', 'other', 'stays']);
    const rows = await own.service.query('SELECT person, key, hashed_id, pseudonym FROM audit_person');
    for (const { person, key, hashed_id, pseudonym } of rows)
      expect(pseudonym).toBe(pseudonymOf(hashed_id ?? person, key));
    expect(await whats()).toEqual([]);
  });

  it('is removed up to a signed end and not within its last year, by whoever asks', async () => {
    const trail = open(400);
    trail.record(auditEvent('1'));
    await trail.close();
    const young = open(10);
    young.record(auditEvent('2'));
    await young.close();
    const chains = await own.service.query(
      'SELECT chain, max(sequence)::int AS last FROM audit_event GROUP BY chain ORDER BY max(at)',
    );
    const remove = ({ chain, last }: { chain: string; last: number }) =>
      own.service.query('SELECT remove_audit($1, $2)', [chain, last]);
    await expect(remove(chains[0])).rejects.toThrow('up to a signed end only');
    await expect(remove(chains[1])).rejects.toThrow('kept for a year');
  });
});

describe('the export of a person', () => {
  /** Columns that hold no person, of tables that the export does not read. */
  const impersonal = new Set([
    'audit_child', // found by child through Child.accessLog; pseudonyms only
    'audit_child_entry', // as audit_child
    'audit_closing',
    'audit_event', // read by the person's pseudonym
    'audit_pending', // some seconds
    'audit_person',
    'migrations',
    'practice_follow',
    'protection_block', // for operators only: protection:list
    'practice_form',
    'practice_submission_file', // names of files made from a reference and a code
    'practice_template',
    'rate_limit', // some minutes
    'register_double', // entries of submissions
    'service_rating', // holds no identity
    'spontaneous_instalment', // numbers of instalments
    'stored_file', // their names are those of attachments
    'stored_file_chunk',
    'trusted_document',
    'webhook_delivery',
    'webhook_endpoint',
    'webhook_event',
    'webhook_secret',
  ]);

  it('knows every table of the database', async () => {
    const tables = await own.service.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const known = new Set([...subjectTables.map(({ table }) => table), ...impersonal]);
    expect(tables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it('holds the rows of this person and of nobody else, and not that a child is blocked for them', async () => {
    await practice('BNCLCU14A41A794V', 10, 'DRAFT');
    await session('mine', 10, 'FAILED');
    await receipt('mine', 10);
    await put('protection_block', {
      child: 'BNCLCU14A41A794V',
      person: 'RSSCLD84C52A794Q',
      child_keys: [],
      since: daysAgo(1),
      reference: 'act',
    });
    const applicantRows = await subjectRows(own.service, 'RSSCLD84C52A794Q', []);
    expect(Object.keys(applicantRows).sort()).toEqual([
      'payment_session_item',
      'practice',
      'practice_attachment',
      'practice_event',
      'practice_start_key',
    ]);
    expect(applicantRows.practice?.[0]).toHaveProperty('answers');
    // The id of a session is the right to see it, and another person started this one.
    expect(applicantRows.payment_session_item?.[0]).not.toHaveProperty('session_id');
    const ofChild = await subjectRows(own.service, 'BNCLCU14A41A794V', []);
    expect(Object.keys(ofChild)).toEqual(['practice']);
    expect(JSON.stringify(ofChild)).not.toContain('RSSCLD84C52A794Q');
    expect(ofChild.practice?.[0]).not.toHaveProperty('answers');
    expect(await subjectRows(own.service, 'VRDPLA80A01A794K', [])).toEqual({});
  });
});

describe('the export to be read', () => {
  /** In the JSON only. */
  const codes = new Set(
    `id template_id revision child_key version last_write client is_set_aside practice_id sequence max_bytes announced_sha256
    file_id receiving_since submission_id accepted_types sha256 summary_file_id sender_key entry_attempted_at entry_key failures
    next_attempt_at key content share_id person person_ids number request_key request_content asked_at cart_id checkout_url session_id
    position is_live receipt_id iuv settles remarks evidence record settlement_id kind_code creditor child_code source expires_at`.split(
      /\s+/,
    ),
  );

  it('has words for every table of the export and every column that a person can read', async () => {
    expect(Object.keys(subjectWords).sort()).toEqual(subjectTables.map(({ table }) => table).sort());
    const columns = await own.service.query<{ table: string; name: string }[]>(
      `SELECT table_name AS table, column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
    );
    const of = (table: string) => columns.filter((one) => one.table === table).map(({ name }) => name);
    for (const [table, { columns: worded }] of Object.entries(subjectWords)) {
      expect(of(table)).toEqual(expect.arrayContaining(Object.keys(worded)));
      expect(of(table).filter((name) => !(name in worded) && !codes.has(name))).toEqual([]);
    }
  });

  const read = async (code: string, tables: Awaited<ReturnType<typeof subjectRows>>) => {
    const content = subjectContent({ subject: code, madeAt: testClock.now(), tables, municipality: null });
    const pdf = await openPdf(await renderPdf(content));
    const elements = flat(await structureOf(pdf));
    return { text: elements.map(({ text }) => text).join('\n'), elements };
  };

  it('is a tagged document with what a person can read of every table, in Italian', async () => {
    await fill();
    await put('school_share', {
      id: randomUUID(),
      giver: claudia,
      child_key: '1',
      child_code: luca,
      recipient: marco,
      scopes: ['DIET', 'BILLING'],
      created_at: daysAgo(3),
      ends_on: '2026-12-31',
    });
    await own.service.query(
      `UPDATE practice SET answers = '{"allergie":["latte","李"],"consenso":true,"nato":"2014-05-09","__proto__":"x"}' WHERE title = 'draft kept'`,
    );
    const trail = openAuditTrail({
      database: own.service,
      keys: retention.auditKeys,
      clock: testClock,
      log: createLog(() => undefined),
    });
    for (const name of ['1', '2'])
      trail.record(auditEvent(name, { actor: { kind: 'citizen', id: 'claudia' }, subjectIds: [] }));
    await trail.close();
    const { text, elements } = await read(claudia, await subjectRows(own.service, claudia, ['claudia']));
    for (const part of [
      'Dati personali conservati',
      claudia,
      '15/10/2026 alle 09:00',
      'Istanze',
      'draft kept',
      'in compilazione',
      'latte, Li',
      'consenso: sì',
      'nato: 09/05/2014',
      'dieta, documenti contabili',
      '31/12/2026',
      'Avvisi nei pagamenti avviati',
      '0,01 euro',
      'Pagamenti spontanei',
      'Invoice.read',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/undefined|null|\[object|sha256|request_key/);
    const levels = elements.flatMap(({ role }) => (/^H[1-6]$/.test(role) ? [Number(role[1])] : []));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, n) => n === 0 || level <= (levels[n - 1] ?? 0) + 1)).toBe(true);
  });

  it('says so where nothing is held, and where the JSON has more', async () => {
    expect((await read(claudia, {})).text).toContain('Su questa persona non è conservato alcun dato.');
    const many = Array.from({ length: 301 }, (_, n) => ({
      applicant: `A${n}`,
      attempted_at: 'soon',
      amount: 5,
    }));
    const long = { answers: { testo: 'è'.repeat(5_000) }, title: '<b>', status: 'constructor' };
    const { text } = await read(claudia, {
      register_sender: many,
      practice: [long],
      audit_event: [{ at: '2026-10-15T09:00:00+00:00', event: 'not JSON' }],
    });
    expect(text).toContain('Un’altra voce è nel file JSON.');
    expect(text).toContain('continua nel file JSON');
    expect(text).toContain('constructor');
  });
});

describe('the erasure of a person', () => {
  const erase = (code: string, ids: readonly string[], isDryRun = false, database = own.service) =>
    eraseSubject(services(database), code as never, ids, { isDryRun });
  const share = (giver: string, recipient: string, child: string) =>
    put('school_share', {
      id: randomUUID(),
      giver,
      child_key: recipient,
      child_code: child,
      recipient,
      scopes: ['DIET'],
      created_at: daysAgo(5),
    });
  const counts = (report: Awaited<ReturnType<typeof erase>>) => [
    Object.fromEntries(report.erased.map(({ what, count }) => [what, count])),
    Object.fromEntries(report.kept.map(({ table, count }) => [table, count])),
  ];

  async function fillForErasure() {
    await practice('mine', 1, 'DRAFT');
    await filed('closed', 10);
    await filed('undecided', 10, { isFollowed: true });
    await practice('of another', 1, 'DRAFT');
    await filed('for a child', 10);
    await own.service.query(
      `UPDATE practice SET applicant = $1 WHERE title IN ('of another', 'for a child')`,
      [marco],
    );
    await own.service.query(
      `UPDATE practice_start_key k SET applicant = p.applicant FROM practice p WHERE p.id = k.practice_id`,
    );
    await session('old', 92, 'FAILED');
    await session('young', 90, 'EXPIRED');
    await session('open', 0, 'STARTED');
    await session('paid', 92, 'SETTLED', 'r-paid');
    await receipt('paid', 92, claudia);
    await session('of Marco', 92, 'FAILED');
    await own.service.query('UPDATE payment_session SET owner = $1 WHERE id LIKE $2', [marco, 'of Marco%']);
    await spontaneous(1, 31, 'WITHDRAWN');
    await spontaneous(2, 29, 'WITHDRAWN');
    await spontaneous(3, 400, 'CREATED', true);
    await put('register_sender', { applicant: claudia, attempted_at: daysAgo(2) });
    await put('payment_activation', {
      creditor,
      iuv: 'iuv-1',
      debtor: claudia,
      activated_at: daysAgo(3),
      locked_until: daysAgo(2),
    });
    await share(claudia, marco, luca);
    await share(marco, claudia, luca);
    await share(marco, 'VRDPLA80A01A794K', 'another child');
  }
  const allOf = {
    'drafts with their files': 1,
    'filed applications of which the files are erased: the protocol register has them': 1,
    'idempotency keys of applications': 2,
    'when the person was entered among the protocol register’s senders': 1,
    'shares of school data, given, received or of this child': 2,
    'payment sessions that ended without a payment': 1,
    'spontaneous payments that were never paid': 1,
    'when pagoPA last asked for a debt': 1,
  };
  const left = {
    practice: 2,
    practice_event: 2,
    practice_attachment: 1,
    practice_submission: 2,
    payment_session_item: 4,
    payment_receipt: 1,
    settlement: 1,
    spontaneous_payment: 2,
  };
  const stays = ['closed', 'for a child', 'of another', 'undecided', 'young', 'open', 'paid', 'of Marco'];

  it('leaves what must be kept and what is of others, wherever its process dies, and says all of it', async () => {
    await fillForErasure();
    const before = await names();
    expect(counts(await erase(claudia, [], true))).toEqual([allOf, left]);
    expect(await names()).toEqual(before);
    for (let transactions = 0; transactions < eraseSteps.length; transactions++)
      await expect(erase(claudia, [], false, killedAfter(transactions))).rejects.toThrow(
        'The process ends here.',
      );
    expect(counts(await erase(claudia, []))[1]).toEqual(left);
    expect(await names()).toEqual(
      expect.arrayContaining([...stays, 'file of undecided', 'file of of another']),
    );
    expect(await names()).not.toEqual(expect.arrayContaining(['mine']));
    expect(await names()).not.toEqual(expect.arrayContaining(['old']));
    expect(await names()).not.toEqual(expect.arrayContaining(['file of closed']));
    expect(counts(await erase(claudia, []))).toEqual([{}, left]);
    expect(await own.service.query('SELECT giver FROM school_share')).toEqual([{ giver: marco }]);
    // What is left of the person is what the export finds, and each table of it has a ground.
    expect(Object.keys(await subjectRows(own.service, claudia, []))).toEqual(Object.keys(left));
    expect(Object.keys(groundsToKeep)).toEqual(expect.arrayContaining(Object.keys(left)));
    expect(audit.events.at(-1)).toMatchObject({
      action: 'Subject.erase',
      actor: { kind: 'operator' },
      subjectIds: [],
    });
  });

  it('makes the person a stranger in a trail that stays whole, under every id, also as a child', async () => {
    const trail = openAuditTrail({
      database: own.service,
      keys: retention.auditKeys,
      clock: testClock,
      log: createLog((line) => void lines.push(JSON.parse(line))),
    });
    const event = (name: string, id: string, formerIds: readonly string[] = []) =>
      trail.record(
        auditEvent(name, { actor: { kind: 'citizen', id, formerIds }, subjectIds: ['Q2hpbGQ6MTAwMg'] }),
      );
    event('1', 'former');
    await trail.flush();
    event('2', 'present', ['former']);
    event('3', 'other');
    await trail.flush();
    const persons = async () =>
      (await own.service.query('SELECT person FROM audit_person ORDER BY 1')).map(
        ({ person }: { person: string }) => person,
      );
    expect(await persons()).toEqual(['Q2hpbGQ6MTAwMg', 'former', 'other', 'present']);
    expect((await erase(claudia, ['present'], true)).kept).toMatchObject([
      { table: 'audit_event', count: 2 },
    ]);
    expect(await persons()).toHaveLength(4);
    // The id of a secret that is not configured any more goes, too.
    expect(await erase(claudia, ['present'])).toMatchObject({ trail: 'STRANGER' });
    expect(await persons()).toEqual(['Q2hpbGQ6MTAwMg', 'other']);
    await erase(luca, []);
    expect(await persons()).toEqual(['other']);
    await trail.close();
    expect((await verifyAudit(own.service, retention.auditKeys, [])).faults).toEqual([]);
    await expect(own.service.query('SELECT forget_persons($1)', [Array(101).fill('a')])).rejects.toThrow(
      'at most 100',
    );
  });

  it('keeps the key of a person or child whom an open block names, and reports the same to the person', async () => {
    const trail = openAuditTrail({
      database: own.service,
      keys: retention.auditKeys,
      clock: testClock,
      log: createLog(() => undefined),
    });
    trail.record(
      auditEvent('1', { actor: { kind: 'citizen', id: 'paolo' }, subjectIds: ['Q2hpbGQ6MTAwMQ'] }),
    );
    await trail.close();
    const block = { child: luca, person: marco, child_keys: ['1001'], since: daysAgo(2), reference: '' };
    await put('protection_block', { ...block, until: daysAgo(1) });
    await own.service.query('UPDATE protection_block SET lifted_at = since');
    await put('protection_block', block);
    for (const [code, ids] of [
      [marco, ['paolo']],
      [luca, []],
    ] as const) {
      const { trail: key, ...forThePerson } = await erase(code, ids);
      expect(key).toBe('NAMED_FOR_A_BLOCK');
      expect(JSON.stringify(forThePerson)).not.toMatch(/block|protect/i);
    }
    expect(await own.service.query('SELECT FROM audit_person')).toHaveLength(2);
    await own.service.query('UPDATE protection_block SET lifted_at = now()');
    expect(await erase(marco, ['paolo'])).toMatchObject({ trail: 'STRANGER' });
    expect(await own.service.query('SELECT person FROM audit_person')).toEqual([
      { person: 'Q2hpbGQ6MTAwMQ' },
    ]);
  });
});

describe('the restriction of processing', () => {
  const restrict = (code: string, ids: readonly string[] = []) =>
    restrictSubject(services(), code as never, ids, 'request 7');
  const lift = (code: string) => liftRestriction(services(), code as never);

  it('keeps what retention would remove until it is lifted, whatever the table, and refuses an erasure', async () => {
    await fill();
    const all = await names();
    // Everything here is Claudia's or says so by a column of its own.
    for (const code of [claudia, 'share over', 'block over']) await restrict(code);
    await own.owner.query(`SET session_replication_role = 'replica';
      UPDATE settlement SET debtor = '${claudia}'; SET session_replication_role = 'origin'`);
    await put('register_sender', { applicant: claudia, attempted_at: daysAgo(400) });
    await put('payment_activation', {
      creditor,
      iuv: 'iuv-1',
      debtor: claudia,
      activated_at: daysAgo(401),
      locked_until: daysAgo(400),
    });
    const overdue = await listOverdue(services(), retention);
    expect(overdue.flatMap(({ rule, count }) => (count === 0 ? [] : [rule.id]))).toEqual(['lost-chunks']);
    await runRetention(services(), retention);
    expect(lines).toEqual([]);
    expect(await names()).toEqual(all);
    expect(await own.service.query('SELECT FROM register_sender, payment_activation')).toHaveLength(1);
    await expect(eraseSubject(services(), claudia as never, [], { isDryRun: true })).rejects.toThrow(
      'restricted',
    );
    expect(await names()).toEqual(all);
    for (const code of [claudia, 'share over', 'block over']) await lift(code);
    await runRetention(services(), retention);
    expect(await names()).toEqual(kept);
    expect(await own.service.query('SELECT FROM register_sender')).toEqual([]);
  });

  it('can be repeated and lifted by the operator, who sees it', async () => {
    expect(await restrict(claudia, ['a'])).toMatchObject({ isNew: true, restriction: { person: claudia } });
    expect(await restrict(claudia, ['b'])).toMatchObject({ isNew: false });
    expect(await listRestrictions(services())).toEqual([
      { person: claudia, since: testClock.now(), reference: 'request 7' },
    ]);
    expect((await subjectRows(own.service, claudia, [])).subject_restriction).toMatchObject([
      { reference: 'request 7' },
    ]);
    expect([await lift(marco), await lift(claudia), await lift(claudia)]).toEqual([false, true, false]);
    expect(await listRestrictions(services())).toEqual([]);
    expect(await restrict(claudia)).toMatchObject({ isNew: true });
    await expect(restrictSubject(services(), claudia as never, [], 'x'.repeat(201))).rejects.toThrow(
      '200 characters',
    );
  });

  it('keeps the part of the audit trail that is about the person, as actor and as child', async () => {
    const record = async (name: string, id: string, child: string) => {
      const trail = openAuditTrail({
        database: own.service,
        keys: retention.auditKeys,
        clock: { ...testClock, now: () => daysAgo(1_000) },
        log: createLog((line) => void lines.push(JSON.parse(line))),
      });
      trail.record(auditEvent(`${name} before`, { actor: { kind: 'citizen', id: 'x' }, subjectIds: [] }));
      await trail.flush();
      trail.record(auditEvent(name, { actor: { kind: 'citizen', id }, subjectIds: [child] }));
      await trail.close();
    };
    await record('of an actor', 'claudia', 'Q2hpbGQ6MTAwOQ');
    await record('of a child', 'x', 'Q2hpbGQ6MTAwMg');
    await record('of neither', 'x', 'Q2hpbGQ6MTAwOA');
    await restrict(claudia, ['former', 'claudia']);
    await restrict(luca);
    const events = async () =>
      (
        await own.service.query(
          `SELECT event::jsonb->>'id' AS id FROM audit_event WHERE event::jsonb ? 'did'`,
        )
      )
        .map(({ id }: { id: string }) => id)
        .sort();
    await runRetention(services(), retention);
    expect(lines.filter(({ event }) => event === 'retention.failed')).toEqual([]);
    expect(await events()).toEqual(['of a child', 'of an actor']);
    expect((await verifyAudit(own.service, retention.auditKeys, [])).faults).toEqual([]);
    await lift(claudia);
    await lift(luca);
    await runRetention(services(), retention);
    expect(await events()).toEqual([]);
    expect(await own.service.query('SELECT FROM audit_person')).toEqual([]);
  });
});
