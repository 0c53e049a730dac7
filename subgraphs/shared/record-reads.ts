import { recordAccess } from './record-access.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Records at most two audit events for ids that were read together: one for those shown, one for those refused.
 */
export function recordReads(
  context: RequestContext,
  action: string,
  ids: readonly string[],
  found: readonly unknown[],
  /** Those whose data was shown. */
  children: readonly string[] = [],
): void {
  const shown = ids.filter((_, position) => found[position] !== null);
  const refused = ids.filter((_, position) => found[position] === null);
  if (shown.length > 0) recordAccess(context, action, 'allowed', [...shown, ...children]);
  if (refused.length > 0) recordAccess(context, action, 'refused', refused);
}
