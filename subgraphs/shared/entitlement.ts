import { createId } from '../../core/ids.ts';
import { readPrepared } from '../../core/internals/prepared-statements.ts';
import type { CalendarDate, CodiceFiscale } from '../../core/values/index.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type { HiddenFilings, Viewer } from '../../legacy/ports/viewer.ts';
import { childRelations } from './child-relations.ts';
import { defineOnce } from './loader.ts';
import type { RequestContext } from './request-context.ts';

// What shares and blocks make of a caller: the one place that every subgraph asks.

export const sharingScopes = ['ENROLMENT', 'ATTENDANCE', 'BILLING', 'PAYING', 'DIET'] as const;
export type SharingScope = (typeof sharingScopes)[number];

/** A share that works now, as its recipient holds it. */
export interface ReceivedShare {
  readonly id: string;
  readonly giver: CodiceFiscale;
  readonly childKey: ChildKey;
  readonly scopes: readonly SharingScope[];
  readonly createdAt: string;
  readonly endsOn: CalendarDate | null;
}

/** A child that does not exist for the caller. */
interface Block {
  readonly child: CodiceFiscale;
  readonly childKeys: readonly string[];
  /** In milliseconds of the epoch. */
  readonly sinceMs: number;
}

export interface Entitlement {
  readonly shares: readonly ReceivedShare[];
  readonly blocks: readonly Block[];
  /** Protocol entries of the caller's applications for blocked children, filed before the block or after it. */
  readonly entries: readonly { readonly key: number; readonly isHidden: boolean }[];
}

/** Of callers who are no person, and of programs. */
export const nothing: Entitlement = { shares: [], blocks: [], entries: [] };

const isOpen = (alias: string) =>
  `${alias}.lifted_at IS NULL AND (${alias}.until IS NULL OR ${alias}.until >= $2::date)`;

/** A block wins over every share: of the recipient's, and of the giver's, who sees nothing to share any more. */
export const entitlementOfPerson = {
  name: 'entitlement_of_person',
  text: `WITH blocked AS (
      SELECT b.child, min(b.since) AS since, array_agg(DISTINCT k) FILTER (WHERE k IS NOT NULL) AS child_keys
      FROM protection_block b LEFT JOIN LATERAL unnest(b.child_keys) AS k ON true
      WHERE b.person = $1 AND ${isOpen('b')} GROUP BY b.child
    )
    SELECT
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'giver', s.giver, 'childKey', s.child_key,
          'scopes', s.scopes, 'createdAt', s.created_at, 'endsOn', s.ends_on) ORDER BY s.created_at DESC, s.id), '[]')
        FROM school_share s WHERE s.recipient = $1 AND s.revoked_at IS NULL
          AND (s.ends_on IS NULL OR s.ends_on >= $2::date)
          AND s.child_code NOT IN (SELECT child FROM blocked)
          AND NOT EXISTS (SELECT 1 FROM protection_block b
            WHERE b.person = s.giver AND b.child = s.child_code AND ${isOpen('b')})) AS shares,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('child', b.child, 'childKeys', coalesce(b.child_keys, '{}'),
          'sinceMs', floor(extract(epoch FROM b.since) * 1000))), '[]') FROM blocked b) AS blocks,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('key', u.entry_key, 'isHidden', p.created_at < b.since)), '[]')
        FROM blocked b JOIN practice p ON p.applicant = $1 AND p.child->>'codiceFiscale' = b.child
          JOIN practice_submission u ON u.practice_id = p.id AND u.entry_key IS NOT NULL) AS entries`,
};

/** The shares and blocks of the caller: one statement a request, and none for callers who are no person. */
export const entitlementOf = defineOnce(async (context: RequestContext): Promise<Entitlement> => {
  const { caller, database, today } = context;
  if (caller.kind !== 'citizen') return nothing;
  const [row = nothing] = await readPrepared<Entitlement>(database, entitlementOfPerson, [
    caller.codiceFiscale,
    today,
  ]);
  // Refusals of a blocked person are marked: operators see them, and the applicant does not.
  for (const { childKeys } of row.blocks)
    for (const key of childKeys) childRelations(context).set(childId(key), 'BLOCKED');
  return row;
});

/**
 * Ids of children for an event of the audit trail, with what the caller is to them. `asApplicant`: whether what was read is
 * shown to applicants and recipients only.
 */
export async function namedChildren(
  context: RequestContext,
  childKeys: readonly (string | null)[],
  asApplicant: boolean,
): Promise<readonly string[]> {
  const { shares } = await entitlementOf(context);
  const relations = childRelations(context);
  const keys = [...new Set(childKeys.filter((key) => key !== null))];
  return keys.map((key) => {
    const id = childId(key);
    const relation = shares.some((share) => share.childKey === key)
      ? 'SHARED'
      : asApplicant
        ? 'APPLICANT'
        : null;
    if (relation !== null && !relations.has(id)) relations.set(id, relation);
    return id;
  });
}

const childId = (key: string) => createId('Child', key);

/** The caller as reader of school data: their own, and what is shared with them under one of these scopes. */
export async function viewerOf(
  context: RequestContext,
  scopes: readonly SharingScope[],
): Promise<Viewer | null> {
  const { caller } = context;
  if (caller.kind !== 'citizen') return null;
  const { shares, blocks } = await entitlementOf(context);
  return {
    applicant: caller.codiceFiscale,
    shares: shares.filter((share) => share.scopes.some((scope) => scopes.includes(scope))),
    hidden: blocks.map(({ child }) => child),
  };
}

/** BILLING is part of PAYING. */
export const billingScopes: readonly SharingScope[] = ['BILLING', 'PAYING'];

/** Codes of the children that do not exist for the caller. */
export function hiddenIn({ blocks }: Entitlement): readonly CodiceFiscale[] {
  return blocks.map(({ child }) => child);
}

export async function hiddenChildren(context: RequestContext): Promise<readonly CodiceFiscale[]> {
  return hiddenIn(await entitlementOf(context));
}

export async function hiddenFilings(context: RequestContext): Promise<HiddenFilings> {
  const { blocks, entries } = await entitlementOf(context);
  const keysOf = (isHidden: boolean) =>
    entries.filter((entry) => entry.isHidden === isHidden).map(({ key }) => key);
  return {
    children: blocks.map(({ child }) => child),
    entries: keysOf(true),
    shownEntries: keysOf(false),
  };
}

/**
 * Whether an application is hidden from its own applicant: filed for a blocked child before the block. What is filed
 * after it holds only what its applicant typed, and is shown as any application for an unknown child.
 */
export function isHiddenPractice(
  { blocks }: Entitlement,
  {
    child,
    createdAt,
  }: { readonly child: { readonly codiceFiscale: string } | null; readonly createdAt: Date },
): boolean {
  return blocks.some((block) => block.child === child?.codiceFiscale && createdAt.getTime() < block.sinceMs);
}

/** Since when a child does not exist for the caller; null if it does. */
export function hiddenSinceOf(
  { blocks }: Entitlement,
  child: { readonly codiceFiscale: string } | null,
): Date | null {
  const block = blocks.find((one) => one.child === child?.codiceFiscale);
  return block === undefined ? null : new Date(block.sinceMs);
}

/** Whether a row of our tables concerns a blocked child, which it names by the legacy system's key. */
export function isHiddenKey({ blocks }: Entitlement, childKey: string | null): boolean {
  return childKey !== null && blocks.some(({ childKeys }) => childKeys.includes(childKey));
}

/** Whether one of these people gives the scope for a child. */
export function isGiven(
  { shares }: Entitlement,
  giver: CodiceFiscale,
  childKey: string,
  scopes: readonly SharingScope[],
): boolean {
  return shares.some(
    (share) =>
      share.giver === giver &&
      share.childKey === childKey &&
      share.scopes.some((scope) => scopes.includes(scope)),
  );
}
