import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { openDatabase } from '../../../core/database.ts';
import { createRoles } from '../../../demo/postgres/create-roles.ts';
import { migrations } from '../../../subgraphs/registry.ts';
import { emptyDatabase } from '../../support/databases.ts';
import { openMigratedDatabase } from '../../support/migrated-database.ts';
import { rolePasswords } from '../../support/share-cluster.ts';

// Of the version before, which runs on the new tables until its last process is replaced. Add to it with each release.
const released = new Set([
  '1760000000000',
  '1762000000000',
  '1763000000000',
  '1763500000000',
  '1764000000000',
  '1764100000000',
  '1765000000000',
  '1766000000000',
]);

/** What the version before does in spite of it, and why that is right. */
const accepted: Readonly<Record<string, string>> = {
  'practice_submission.entry_key is text': 'it writes a number as a parameter, which either type takes',
  'register_double.entry_key is text': 'the same',
};

interface Column {
  readonly name: string;
  readonly type: string;
  readonly must_be_given: boolean;
}

const columns = `
  SELECT c.relname || '.' || a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS must_be_given
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped`;

/** What a program that knows only the tables of before would fail on. */
function narrowed(before: readonly Column[], after: readonly Column[]): readonly string[] {
  const found = new Map(after.map((column) => [column.name, column]));
  const known = new Set(before.map(({ name }) => name));
  const tables = new Set(before.map(({ name }) => name.split('.')[0]));
  return [
    ...before.flatMap(({ name, type, must_be_given }) => {
      const now = found.get(name);
      if (now === undefined) return [`${name} is gone`];
      if (now.type !== type) return [`${name} is ${now.type}`];
      return now.must_be_given && !must_be_given ? [`${name} must be given`] : [];
    }),
    ...after
      .filter(
        ({ name, must_be_given }) => must_be_given && !known.has(name) && tables.has(name.split('.')[0]),
      )
      .map(({ name }) => `${name} must be given`),
  ].sort();
}

async function tablesBefore(): Promise<readonly Column[]> {
  const ran = migrations.filter(({ name }) => released.has(/\d{13}$/.exec(name)?.[0] ?? ''));
  expect(ran.length).toBeGreaterThanOrEqual(released.size);
  const database = await openDatabase({ url: await emptyDatabase(), entities: [], migrations: ran });
  try {
    await database.runMigrations();
    return await database.query<Column[]>(columns);
  } finally {
    await database.destroy();
  }
}

/** The tables as they would be after a change, which is undone. */
async function after(owner: DataSource, change: string): Promise<readonly Column[]> {
  const runner: QueryRunner = owner.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(change);
    return (await runner.query(columns)) as Column[];
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

it('leave the version before all that it reads and writes', async () => {
  const before = await tablesBefore();
  expect(before.length).toBeGreaterThan(100);
  const town = await openMigratedDatabase();
  try {
    const accept = Object.keys(accepted).sort();
    expect(narrowed(before, await after(town.owner, 'SELECT 1'))).toEqual(accept);
    for (const [change, finding] of [
      ['ALTER TABLE payment_session_item DROP is_live', 'payment_session_item.is_live is gone'],
      ['ALTER TABLE practice RENAME answers TO given', 'practice.answers is gone'],
      ['ALTER TABLE settlement RENAME TO settled', 'settlement.iuv is gone'],
      ['ALTER TABLE practice ADD since date NOT NULL', 'practice.since must be given'],
      [
        'ALTER TABLE practice_attachment ALTER accepted_types SET NOT NULL',
        'practice_attachment.accepted_types must be given',
      ],
      [
        'ALTER TABLE practice_attachment ALTER file_name TYPE varchar(500)',
        'practice_attachment.file_name is character varying(500)',
      ],
    ] as const)
      expect(narrowed(before, await after(town.owner, change))).toContain(finding);
    const harmless = 'ALTER TABLE practice ADD since date NOT NULL DEFAULT now(), ADD more text';
    expect(narrowed(before, await after(town.owner, harmless))).toEqual(accept);
  } finally {
    await town.giveBack();
  }
});

it('by another role become those of school_migrate, partitions too, and that role goes on with them', async () => {
  const role = `before_${randomBytes(6).toString('hex')}`;
  const url = await emptyDatabase();
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(`
      CREATE ROLE ${role};
      CREATE SCHEMA pgboss AUTHORIZATION ${role};
      GRANT CREATE ON SCHEMA public TO ${role};
      SET ROLE ${role};
      CREATE TABLE pgboss.job (name text, PRIMARY KEY (name)) PARTITION BY LIST (name);
      CREATE TABLE pgboss.job_common PARTITION OF pgboss.job DEFAULT;
      CREATE TABLE numbered (id bigint GENERATED ALWAYS AS IDENTITY, old serial);
      CREATE SEQUENCE notices;
      RESET ROLE`);
    await createRoles(url, rolePasswords);
    const { rows } = await client.query(`
      SELECT relname FROM pg_class WHERE relowner = 'school_migrate'::regrole AND relkind IN ('r', 'p', 'S')
      ORDER BY relname`);
    expect(rows.map(({ relname }) => relname)).toEqual([
      ...['job', 'job_common', 'notices', 'numbered', 'numbered_id_seq', 'numbered_old_seq'],
    ]);
    await client.query(
      `SET ROLE ${role}; INSERT INTO pgboss.job VALUES ('a'); INSERT INTO numbered DEFAULT VALUES`,
    );
    await client.query(`RESET ROLE; REVOKE school_migrate FROM ${role}`);
  } finally {
    await client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`).catch(() => undefined);
    await client.end();
  }
});

it('grants roles from several databases of a server at once', async () => {
  const urls = await Promise.all(Array.from({ length: 4 }, () => emptyDatabase()));
  const fiveTimes = async (url: string) => {
    for (let time = 0; time < 5; time++) await createRoles(url, rolePasswords);
  };
  await expect(Promise.all(urls.map(fiveTimes))).resolves.toHaveLength(4);
});
