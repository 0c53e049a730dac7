import type { DataSource, EntityManager } from 'typeorm';
import type { CalendarDate, CodiceFiscale } from '../../../core/values/index.ts';
import type { ChildKey } from '../../../legacy/ports/anagrafe.port.ts';
import type { SharingScope } from './sharing-scopes.ts';

/** A share as its giver sees it. */
export interface OwnShare {
  readonly id: string;
  readonly childKey: ChildKey;
  readonly childCode: CodiceFiscale;
  readonly recipient: CodiceFiscale;
  readonly scopes: readonly SharingScope[];
  readonly createdAt: string | Date;
  readonly endsOn: CalendarDate | null;
  readonly revokedAt: string | Date | null;
}

export interface NewShare {
  readonly giver: CodiceFiscale;
  readonly childKey: ChildKey;
  readonly childCode: CodiceFiscale;
  readonly recipient: CodiceFiscale;
  readonly scopes: readonly SharingScope[];
  readonly endsOn: CalendarDate | null;
}

type On = DataSource | EntityManager;

const columns = `id, child_key AS "childKey", child_code AS "childCode", recipient, scopes, created_at AS "createdAt", ends_on::text AS "endsOn",
  revoked_at AS "revokedAt"`;

/** Every share that somebody gave, the newest first. */
export function sharesOf(on: On, giver: CodiceFiscale): Promise<readonly OwnShare[]> {
  return on.query(`SELECT ${columns} FROM school_share WHERE giver = $1 ORDER BY created_at DESC, id`, [
    giver,
  ]);
}

/** The share that was given with a key before; null if the key is new. */
export async function findByKey(
  manager: EntityManager,
  giver: CodiceFiscale,
  key: string,
): Promise<{ readonly content: string; readonly share: OwnShare } | null> {
  const [row] = await manager.query<(OwnShare & { readonly content: string })[]>(
    `SELECT k.content, s.* FROM school_share_key k JOIN (SELECT ${columns} FROM school_share) s ON s.id = k.share_id
     WHERE k.giver = $1 AND k.key = $2`,
    [giver, key],
  );
  if (row === undefined) return null;
  const { content, ...share } = row;
  return { content, share };
}

export async function keepKey(
  manager: EntityManager,
  request: { readonly giver: CodiceFiscale; readonly key: string; readonly content: string },
  shareId: string,
): Promise<void> {
  await manager.query(
    'INSERT INTO school_share_key (giver, key, content, share_id) VALUES ($1, $2, $3, $4)',
    [request.giver, request.key, request.content, shareId],
  );
}

/** How many others hold a share of the child from this giver. */
export async function countOthers(
  manager: EntityManager,
  { giver, childKey, recipient }: NewShare,
): Promise<number> {
  const [row] = await manager.query<{ others: number }[]>(
    `SELECT count(*)::int AS others FROM school_share
     WHERE giver = $1 AND child_key = $2 AND recipient <> $3 AND revoked_at IS NULL`,
    [giver, childKey, recipient],
  );
  return row?.others ?? 0;
}

/** Gives a share, or replaces scopes and end of the one that the recipient holds. */
export async function writeShare(
  manager: EntityManager,
  { giver, childKey, childCode, recipient, scopes, endsOn }: NewShare,
  now: Date,
): Promise<OwnShare> {
  const [row] = await manager.query<OwnShare[]>(
    `WITH written AS (
       INSERT INTO school_share (id, giver, child_key, child_code, recipient, scopes, created_at, ends_on)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (giver, child_key, recipient) WHERE revoked_at IS NULL
         DO UPDATE SET scopes = excluded.scopes, ends_on = excluded.ends_on, child_code = excluded.child_code
       RETURNING *
     ) SELECT ${columns} FROM written`,
    [giver, childKey, childCode, recipient, scopes, now, endsOn],
  );
  if (row === undefined) throw new Error('A share that was just written was expected.');
  return row;
}

/** A giver's own share, locked until the transaction ends. */
export async function lockShare(
  manager: EntityManager,
  giver: CodiceFiscale,
  id: string,
): Promise<OwnShare | null> {
  const [row] = await manager.query<OwnShare[]>(
    `SELECT ${columns} FROM school_share WHERE id = $1 AND giver = $2 FOR UPDATE`,
    [id, giver],
  );
  return row ?? null;
}

export async function endShare(manager: EntityManager, id: string, now: Date): Promise<void> {
  await manager.query('UPDATE school_share SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [
    id,
    now,
  ]);
}

/**
 * SQL: the shares that a recipient has today, as a JSON list. Left out: children that are blocked for the recipient, or
 * for the giver, and shares that pause while the data of one of the three is restricted.
 */
export const receivedShares = (
  recipient: string,
  today: string,
  blockedChildren: string,
  isBlocked: (person: string, child: string) => string,
) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'giver', s.giver, 'childKey', s.child_key,
      'scopes', s.scopes, 'createdAt', s.created_at, 'endsOn', s.ends_on) ORDER BY s.created_at DESC, s.id), '[]')
    FROM school_share s WHERE s.recipient = ${recipient} AND s.revoked_at IS NULL
      AND (s.ends_on IS NULL OR s.ends_on >= ${today}::date)
      AND s.child_code NOT IN (SELECT child FROM ${blockedChildren}) AND NOT ${isBlocked('s.giver', 's.child_code')}
      AND NOT is_restricted(ARRAY[s.giver, s.recipient, s.child_code]))`;
