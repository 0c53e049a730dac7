import type { ChildRelation } from '../../core/audit.ts';
import { createId, parseId } from '../../core/ids.ts';
import { markIncomplete, shown } from '../../core/unreadable.ts';
import { type CalendarDate, yearsBetween } from '../../core/values/index.ts';
import type { ChildKey, ChildRecord, Family } from '../../legacy/ports/anagrafe.port.ts';
import { childRelations } from './child-relations.ts';
import { viewerOf } from './entitlement.ts';
import { defineOnce } from './loader.ts';
import { recordAccess } from './record-access.ts';
import { sharingScopes } from './records/sharing-scopes.ts';
import type { RequestContext } from './request-context.ts';

/** The people around the caller: one statement a request. None if the caller is not a citizen. */
export const familyOf = defineOnce(async (context: RequestContext): Promise<Family> => {
  const viewer = await viewerOf(context, sharingScopes);
  if (viewer === null) return nobody;
  const [family = nobody] = await context.legacy.anagrafe.familiesOf([viewer.applicant], viewer);
  const relations = childRelations(context);
  for (const child of family.children) relations.set(childId(child), relationOf(child));
  return family;
});

function relationOf({ hasApplication, sharedBy }: ChildRecord): ChildRelation {
  if (hasApplication) return 'APPLICANT';
  return sharedBy.length > 0 ? 'SHARED' : 'HOUSEHOLD';
}

/** The children the caller may see, eldest first. */
export async function visibleChildren(context: RequestContext): Promise<readonly ChildRecord[]> {
  const { children } = await familyOf(context);
  const visible = children.filter((child) => isVisibleChild(child, context.today));
  // A member of the household whose day of birth cannot be read may be a minor.
  const isWhole = children.every((child) => isOpened(child) || shown(child, 'birthDate') === child.birthDate);
  return isWhole ? visible : markIncomplete(visible);
}

/**
 * The child an id names, if the caller may see it.
 *
 * Malformed, unknown and somebody else's are the same null after the same statement, and leave the same event.
 */
export async function visibleChild(context: RequestContext, id: string): Promise<ChildRecord | null> {
  const children = await visibleChildren(context);
  const child = children.find((candidate) => childId(candidate) === id) ?? null;
  recordAccess(context, 'Child.read', child === null ? 'refused' : 'allowed', [id]);
  return child;
}

/** An entity reference to a child: itself, if the caller may see it. All of a request are one statement. */
export async function ifVisibleChild(
  context: RequestContext,
  id: string,
): Promise<{ readonly id: string } | null> {
  const children = await visibleChildren(context);
  return children.some((child) => childId(child) === id) ? { id } : null;
}

/** The legacy system's key in a child's id; null for any other id. */
export function childKeyOf(id: string): ChildKey | null {
  const [key, ...more] = parseId('Child', id) ?? [];
  return more.length > 0 ? null : ((key ?? null) as ChildKey | null);
}

/** Whether the child is seen whatever its age: by an accepted application, the caller's or of somebody who shares it. */
function isOpened({ hasApplication, sharedBy }: ChildRecord): boolean {
  return hasApplication || sharedBy.length > 0;
}

/** A minor of the caller's household, a child for whom an application of the caller was accepted, or a shared child. */
export function isVisibleChild(child: ChildRecord, today: CalendarDate): boolean {
  const isMinor = child.birthDate !== null && yearsBetween(child.birthDate, today) < 18;
  return isOpened(child) || (child.isInHousehold && isMinor);
}

export function childId(child: Pick<ChildRecord, 'key'>): string {
  return createId('Child', child.key);
}

const nobody: Family = { citizen: null, household: [], children: [] };
