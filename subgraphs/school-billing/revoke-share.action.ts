import { parseUuidId } from '../../core/ids.ts';
import { entitlementOf, hiddenIn } from '../shared/entitlement.ts';
import { childId } from '../shared/family.ts';
import { notAllowed, Problem } from '../shared/problem.ts';
import { recordAccess, recordWrite } from '../shared/record-access.ts';
import { endShare, lockShare } from '../shared/records/share.store.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { ownShares } from './share.loader.ts';
import { type RevokeShareResult, ShareRevoked, shareRefused } from './share.result.ts';
import { shareId, toShare } from './share.type.ts';

/** Ends a share from the next request on. Repeating it changes nothing. */
export async function revokeShare(context: RequestContext, id: string): Promise<RevokeShareResult> {
  const outcome = await revoke(context, id);
  if (outcome instanceof Problem) recordAccess(context, 'Share.revoke', 'refused', []);
  ownShares.forget(context);
  return outcome;
}

async function revoke(context: RequestContext, id: string): Promise<RevokeShareResult> {
  const { caller } = context;
  if (caller.kind !== 'citizen') return notAllowed(context);
  const uuid = parseUuidId('SchoolDataShare', id);
  // The legacy system is not asked: a share can be revoked while it is down.
  const entitlement = await entitlementOf(context);
  if (entitlement.shares.some((share) => share.id === uuid)) return shareRefused(context, 'NOT_GIVER');
  const ended = await context.database.transaction(async (manager) => {
    const share = uuid === null ? null : await lockShare(manager, caller.codiceFiscale, uuid);
    // Of a child that does not exist for the giver there is no share either.
    if (share === null || hiddenIn(entitlement).includes(share.childCode)) return null;
    if (share.revokedAt !== null) return share;
    const now = context.clock.now();
    await endShare(manager, share.id, now);
    await recordWrite(context, manager, 'Share.revoke', [
      shareId(share.id),
      childId({ key: share.childKey }),
    ]);
    return { ...share, revokedAt: now };
  });
  if (ended === null) return notAllowed(context);
  return Object.assign(new ShareRevoked(), { share: toShare(ended) });
}
