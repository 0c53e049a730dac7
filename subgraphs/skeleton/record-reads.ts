import { recordAccess, type Scope } from './scope.ts';

/** Leaves at most two events for many ids read together: one for what was shown, one for what was refused. */
export function recordReads(
  scope: Scope,
  action: string,
  ids: readonly string[],
  found: readonly unknown[],
): void {
  const shown = ids.filter((_, position) => found[position] !== null);
  const refused = ids.filter((_, position) => found[position] === null);
  if (shown.length > 0) recordAccess(scope, action, 'allowed', shown);
  if (refused.length > 0) recordAccess(scope, action, 'refused', refused);
}
