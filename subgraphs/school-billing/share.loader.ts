import { parseId } from '../../core/ids.ts';
import { entitlementOf, hiddenChildren } from '../shared/entitlement.ts';
import { visibleChildren } from '../shared/family.ts';
import { defineOnce } from '../shared/loader.ts';
import { recordAccess } from '../shared/record-access.ts';
import { type OwnShare, sharesOf } from '../shared/records/share.store.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { type SchoolDataShare, toReceivedShare, toShare } from './share.type.ts';

/** The shares that the caller gave, but of children that do not exist for the caller: one statement a request. */
export const ownShares = defineOnce(async (context: RequestContext): Promise<readonly OwnShare[]> => {
  const { caller, database } = context;
  if (caller.kind !== 'citizen') return [];
  const [given, hidden] = await Promise.all([
    sharesOf(database, caller.codiceFiscale),
    hiddenChildren(context),
  ]);
  return given.filter(({ childCode }) => !hidden.includes(childCode));
});

/** The shares that work now, as their recipient sees them: of children that are still shown. */
export async function receivedShares(context: RequestContext): Promise<readonly SchoolDataShare[]> {
  const { caller } = context;
  if (caller.kind !== 'citizen') return [];
  const [{ shares }, children] = await Promise.all([entitlementOf(context), visibleChildren(context)]);
  return shares
    .filter(({ giver, childKey }) =>
      children.some(({ key, sharedBy }) => key === childKey && sharedBy.includes(giver)),
    )
    .map((share) => toReceivedShare(share, caller.codiceFiscale));
}

/** A share by its id, for its giver, and for its recipient while it works. */
export async function findShare(context: RequestContext, id: string): Promise<SchoolDataShare | null> {
  const isId = parseId('SchoolDataShare', id) !== null;
  const [given, received] = await Promise.all([ownShares(context), receivedShares(context)]);
  const found = isId ? ([...given.map(toShare), ...received].find((share) => share.id === id) ?? null) : null;
  recordAccess(context, 'Share.read', found === null ? 'refused' : 'allowed', []);
  return found;
}
