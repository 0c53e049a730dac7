import { type RequestContext, recordAccess } from './request-context.ts';

/** Leaves at most two events for many ids read together: one for what was shown, one for what was refused. */
export function recordReads(
  context: RequestContext,
  action: string,
  ids: readonly string[],
  found: readonly unknown[],
): void {
  const shown = ids.filter((_, position) => found[position] !== null);
  const refused = ids.filter((_, position) => found[position] === null);
  if (shown.length > 0) recordAccess(context, action, 'allowed', shown);
  if (refused.length > 0) recordAccess(context, action, 'refused', refused);
}
