import type { DataSource, EntityManager } from 'typeorm';
import type { CalendarDate, CodiceFiscale } from '../../../core/values/index.ts';
import { practicesSince } from './filing.store.ts';

/** A block, as operators see it. */
export interface ProtectionBlock {
  readonly id: number;
  readonly child: CodiceFiscale;
  /** The legacy system's keys of the child. */
  readonly childKeys: readonly string[];
  readonly person: CodiceFiscale;
  readonly since: Date;
  readonly until: CalendarDate | null;
  readonly reference: string;
  readonly liftedAt: Date | null;
  /** How many applications for the child the person started since. */
  readonly applications: number;
}

const isOpen = (alias: string, today: string) =>
  `${alias}.lifted_at IS NULL AND (${alias}.until IS NULL OR ${alias}.until >= ${today}::date)`;

/** SQL: the children that are blocked for a person, as rows of `child`, `since` and `child_keys`. */
export const blocksOf = (person: string, today: string) =>
  `SELECT b.child, min(b.since) AS since, array_agg(DISTINCT k) FILTER (WHERE k IS NOT NULL) AS child_keys
   FROM protection_block b LEFT JOIN LATERAL unnest(b.child_keys) AS k ON true
   WHERE b.person = ${person} AND ${isOpen('b', today)} GROUP BY b.child`;

/** SQL: rows of `blocksOf` as a JSON list. */
export const openBlocks = (blocks: string) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object('child', b.child, 'childKeys', coalesce(b.child_keys, '{}'),
      'sinceMs', floor(extract(epoch FROM b.since) * 1000))), '[]') FROM ${blocks} b)`;

/** SQL: whether a child is blocked for a person. */
export const isBlocked = (person: string, child: string, today: string) =>
  `EXISTS (SELECT 1 FROM protection_block b WHERE b.person = ${person} AND b.child = ${child} AND ${isOpen('b', today)})`;

/** Whether an open block names somebody, as the child or as the person for whom it does not exist. */
export async function isNamedByBlock(
  manager: EntityManager,
  code: CodiceFiscale,
  today: CalendarDate,
): Promise<boolean> {
  const [row] = await manager.query<{ named: boolean }[]>(
    `SELECT EXISTS (SELECT FROM protection_block b WHERE $1 IN (b.person, b.child) AND ${isOpen('b', '$2')}) AS named`,
    [code, today],
  );
  return row?.named ?? false;
}

interface Pair {
  readonly person: CodiceFiscale;
  readonly child: CodiceFiscale;
}

/** Ends a block whose last day has passed: it makes room for another one. */
export async function endPassed(
  manager: EntityManager,
  { person, child }: Pair,
  now: Date,
  today: CalendarDate,
): Promise<void> {
  await manager.query(
    `UPDATE protection_block SET lifted_at = $3, lifted_reference = 'ended'
     WHERE person = $1 AND child = $2 AND lifted_at IS NULL AND until < $4::date`,
    [person, child, now, today],
  );
}

/** Returns the block's number; null if the child is blocked for the person already. */
export async function insertBlock(
  manager: EntityManager,
  block: Pair & {
    readonly keys: readonly string[];
    readonly until: CalendarDate | null;
    readonly reference: string;
  },
  now: Date,
): Promise<number | null> {
  const [row] = await manager.query<{ id: number }[]>(
    `WITH made AS (
       INSERT INTO protection_block (child, person, child_keys, since, until, reference)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person, child) WHERE lifted_at IS NULL DO NOTHING RETURNING id
     ) SELECT id::float8 AS id FROM made`,
    [block.child, block.person, block.keys, now, block.until, block.reference],
  );
  return row?.id ?? null;
}

/** Null if there is no such block. */
export async function endBlock(
  manager: EntityManager,
  { person, child }: Pair,
  now: Date,
  reference: string,
): Promise<{ readonly id: number; readonly childKeys: readonly string[] } | null> {
  const [row] = await manager.query<{ id: number; childKeys: readonly string[] }[]>(
    `WITH lifted AS (
       UPDATE protection_block SET lifted_at = $3, lifted_reference = $4
       WHERE person = $1 AND child = $2 AND lifted_at IS NULL RETURNING id, child_keys
     ) SELECT id::float8 AS id, child_keys AS "childKeys" FROM lifted`,
    [person, child, now, reference],
  );
  return row ?? null;
}

const columns = `b.id::float8 AS id, b.child, b.child_keys AS "childKeys", b.person, b.since, b.until::text AS until, b.reference, b.lifted_at AS "liftedAt",
  ${practicesSince('b.person', 'b.child', 'b.since')} AS applications`;

export function listWhere(
  manager: EntityManager,
  where: string,
  values: readonly unknown[],
): Promise<readonly ProtectionBlock[]> {
  return manager.query(
    `SELECT ${columns} FROM protection_block b WHERE ${where} ORDER BY b.since DESC, b.id DESC`,
    [...values],
  );
}

export async function blockedChildren(database: DataSource): Promise<readonly CodiceFiscale[]> {
  const blocks = await database.query<{ child: CodiceFiscale }[]>(
    'SELECT DISTINCT child FROM protection_block WHERE lifted_at IS NULL',
  );
  return blocks.map(({ child }) => child);
}

/** Keys are added and never removed: our rows may still hold an old one. */
export async function addKeys(
  database: DataSource,
  found: readonly { readonly child: CodiceFiscale; readonly keys: readonly string[] }[],
): Promise<void> {
  await database.query(
    `UPDATE protection_block b SET child_keys = ARRAY(SELECT DISTINCT k FROM unnest(b.child_keys || n.keys) AS k ORDER BY k)
     FROM (SELECT child, ARRAY(SELECT jsonb_array_elements_text(keys)) AS keys
       FROM jsonb_to_recordset($1::jsonb) AS r (child text, keys jsonb)) n
     WHERE n.child = b.child AND b.lifted_at IS NULL AND NOT n.keys <@ b.child_keys`,
    [JSON.stringify(found)],
  );
}
