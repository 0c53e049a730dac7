import { createId } from '../../core/ids.ts';
import { readPrepared } from '../../core/internals/prepared-statements.ts';
import type { CodiceFiscale } from '../../core/values/index.ts';
import type { HiddenFilings, Viewer } from '../../legacy/ports/viewer.ts';
import { childRelations } from './child-relations.ts';
import { defineOnce } from './loader.ts';
import type { Entitlement, ReceivedShare } from './records/entitlement.store.ts';
import { entitlementOfPerson } from './records/entitlement.store.ts';
import type { SharingScope } from './records/sharing-scopes.ts';
import type { RequestContext } from './request-context.ts';

// The effect of shares and blocks on a caller; every subgraph asks here.

export type { Entitlement, ReceivedShare, SharingScope };

/** The entitlement of callers who are not citizens. */
export const noEntitlement: Entitlement = { shares: [], blocks: [], entries: [] };

/** The shares and blocks of the caller: one statement a request, and none for callers who are no person. */
export const entitlementOf = defineOnce(async (context: RequestContext): Promise<Entitlement> => {
  const { caller, database, today } = context;
  if (caller.kind !== 'citizen') return noEntitlement;
  const [row = noEntitlement] = await readPrepared<Entitlement>(database, entitlementOfPerson, [
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
