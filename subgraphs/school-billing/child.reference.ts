import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import { childId, visibleChildren } from '../shared/family.ts';
import { defineLoader } from '../shared/loader.ts';
import { recordReads } from '../shared/record-reads.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { type BillingChild, toBillingChild } from './child.stub.ts';

/**
 * The child that each id names, if the caller may see it: one statement per request, shared with other readers of the
 * family. Malformed ids, unknown ids and ids of other families give the same null.
 */
export const visibleChildById = defineLoader<string, BillingChild | null>(
  async (context, ids) => {
    const visible = new Map((await visibleChildren(context)).map((child) => [childId(child), child.key]));
    const found = ids.map((id) => {
      const key = visible.get(id);
      return key === undefined ? null : toBillingChild(key);
    });
    recordReads(context, 'Child.read', ids, found);
    return found;
  },
  (id) => id,
);

/** The keys of the requested children that the caller may see. Null (all children) stays null. */
export async function visibleKeys(
  context: RequestContext,
  ids: readonly string[] | null,
): Promise<readonly ChildKey[] | null> {
  if (ids === null) return null;
  const children = await Promise.all([...new Set(ids)].map((id) => visibleChildById(context).load(id)));
  return children.filter((child) => child !== null).map(({ key }) => key);
}
