import { parseId } from '../../core/ids.ts';
import { visibleChildren } from '../skeleton/family.ts';
import { defineLoader } from '../skeleton/loader.ts';
import { type BillingChild, toBillingChild } from './child.stub.ts';
import { recordReads } from './record-reads.ts';

/**
 * The child each id names, if the caller may see it: one statement a request, shared with whoever asks for the
 * family. Malformed, unknown and somebody else's are the same null.
 */
export const visibleChildById = defineLoader<string, BillingChild | null>(
  async (scope, ids) => {
    const visible = new Map((await visibleChildren(scope)).map(({ key }) => [String(key), key]));
    const found = ids.map((id) => {
      const [text = ''] = parseId('Child', id) ?? [];
      const key = visible.get(text);
      return key === undefined ? null : toBillingChild(key);
    });
    recordReads(scope, 'Child.read', ids, found);
    return found;
  },
  (id) => id,
);
