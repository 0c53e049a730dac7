import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { frozenClock } from '../../core/clock.ts';
import { appRole, createRoles } from '../../demo/postgres/create-roles.ts';
import { seedLegacy } from '../../demo/town/seed.ts';
import { seedOwnTown } from '../../demo/town/seed-own-town.ts';
import { migrate } from '../../subgraphs/migrate.ts';
import { rolePasswords } from './share-cluster.ts';

/** The moment at which tests take place. */
export const testClock = frozenClock('2026-10-15T09:00');

/** The demo town's hyperSIC database, shared and only read. */
export function legacyTown(): Promise<string> {
  return sharedCopyOf('town_legacy_template', seedLegacyTown);
}

/** A copy of the demo town's hyperSIC database, for a test that changes it. */
export async function legacyTownCopy(): Promise<string> {
  await once('town_legacy_template', seedLegacyTown);
  return copyOf('town_legacy_template');
}

/** Our own database with the town's templates and drafts; shared and only read. */
export function ownTown(): Promise<string> {
  return sharedCopyOf('town_own_template', seedOwn);
}

/** A copy of it, for a test that changes it. */
export async function ownTownCopy(): Promise<string> {
  await once('town_own_template', seedOwn);
  return copyOf('town_own_template');
}

const seedLegacyTown = (url: string) => seedLegacy(url, testClock);
const seedOwn = async (url: string) => {
  await migrateWithRoles(url);
  await seedOwnTown(asService(url), testClock);
};

/** Makes the tables as in production: owned by school_migrate, used by school_app. `url` is a superuser's. */
export async function migrateWithRoles(url: string): Promise<void> {
  await createRoles(url, rolePasswords);
  await migrate(asRole(url, process.env.TEST_OWNER_URL), appRole);
  // Readers see what is there now.
  await createRoles(url, rolePasswords);
}

/** One copy for all: what others are connected to cannot be copied, so that nobody connects to the template itself. */
function sharedCopyOf(template: string, fill: (url: string) => Promise<void>): Promise<string> {
  const make = async () => {
    await once(template, fill);
    await once(`${template}_shared`, async () => undefined, template);
    return urlFor(`${template}_shared`);
  };
  const made = shared.get(template) ?? make();
  shared.set(template, made);
  return made;
}
const shared = new Map<string, Promise<string>>();

export async function emptyDatabase(): Promise<string> {
  return copyOf('template1');
}

/** Makes a database once for all test files, whoever comes first; one that a failure left half made is made anew. */
export async function once(
  name: string,
  fill: (url: string) => Promise<void>,
  template = 'template1',
): Promise<void> {
  await asAdmin(async (admin) => {
    await admin.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== 0) return;
    await admin.query(`DROP DATABASE IF EXISTS "${name}_new" WITH (FORCE)`);
    await admin.query(`SELECT pg_advisory_lock(hashtext('copy'))`);
    await admin.query(`CREATE DATABASE "${name}_new" TEMPLATE "${template}" STRATEGY FILE_COPY`);
    await admin.query(`SELECT pg_advisory_unlock(hashtext('copy'))`);
    await fill(urlFor(`${name}_new`));
    await admin.query(`ALTER DATABASE "${name}_new" RENAME TO "${name}"`);
  });
}

/** A copy of a database that nobody else is given. */
export async function copyOf(template: string): Promise<string> {
  const name = `copy_${randomBytes(6).toString('hex')}`;
  await asAdmin(async (admin) => {
    // A template must have no other session: copies are made one at a time, of databases nobody writes to.
    await admin.query(`SELECT pg_advisory_lock(hashtext('copy'))`);
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY FILE_COPY`);
  });
  return urlFor(name);
}

export function urlFor(database: string): string {
  const url = process.env.TEST_CLUSTER_URL ?? '';
  return url.replace('/postgres?', `/${database}?`);
}

/** The same database as our programs see it. */
export function asService(url: string): string {
  return asRole(url, process.env.TEST_SERVICE_URL);
}

/** As those who only look. */
export function asReader(url: string): string {
  return asRole(url, process.env.TEST_READER_URL);
}

function asRole(url: string, roleUrl = ''): string {
  const database = new URL(url).pathname;
  return roleUrl.replace('/postgres?', `${database}?`);
}

async function asAdmin(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client(process.env.TEST_CLUSTER_URL);
  await admin.connect();
  await work(admin).finally(() => admin.end());
}
