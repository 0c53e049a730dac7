import { createId, parseId } from '../../core/ids.ts';
import { type CalendarDate, yearsBetween } from '../../core/values/index.ts';
import type { ChildKey, Family, RegisteredChild } from '../../legacy/ports/anagrafe.port.ts';
import { defineOnce } from './loader.ts';
import { recordAccess, type Scope } from './scope.ts';

/** What the register knows around the caller: one statement a request. Without a citizen nobody is asked. */
export const familyOf = defineOnce(async (scope: Scope): Promise<Family> => {
  const { caller, legacy } = scope;
  if (caller.kind !== 'citizen') return nobody;
  const [family] = await legacy.anagrafe.familiesOf([caller.codiceFiscale]);
  return family ?? nobody;
});

/** The children the caller may see, eldest first. */
export async function visibleChildren(scope: Scope): Promise<readonly RegisteredChild[]> {
  const { children } = await familyOf(scope);
  return children.filter((child) => isVisibleChild(child, scope.today));
}

/**
 * The child an id names, if the caller may see it.
 *
 * Malformed, unknown and somebody else's are the same null after the same statement, and leave the same event.
 */
export async function visibleChild(scope: Scope, id: string): Promise<RegisteredChild | null> {
  const children = await visibleChildren(scope);
  const child = children.find((candidate) => childId(candidate) === id) ?? null;
  recordAccess(scope, 'Child.read', child === null ? 'refused' : 'allowed', [id]);
  return child;
}

/** An entity reference to a child: itself, if the caller may see it. All of a request are one statement. */
export async function ifVisibleChild(scope: Scope, id: string): Promise<{ readonly id: string } | null> {
  const children = await visibleChildren(scope);
  return children.some((child) => childId(child) === id) ? { id } : null;
}

/** The register's key of a child's id; null when it is none. */
export function childKeyOf(id: string): ChildKey | null {
  const [key, ...more] = parseId('Child', id) ?? [];
  return more.length > 0 ? null : ((key ?? null) as ChildKey | null);
}

/** A minor of the caller's household, or whoever the caller filed an application for. */
export function isVisibleChild(child: RegisteredChild, today: CalendarDate): boolean {
  const isMinor = child.birthDate !== null && yearsBetween(child.birthDate, today) < 18;
  return child.hasApplication || (child.isInHousehold && isMinor);
}

export function childId(child: Pick<RegisteredChild, 'key'>): string {
  return createId('Child', child.key);
}

const nobody: Family = { citizen: null, household: [], children: [] };
