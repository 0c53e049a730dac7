import { nothingIn } from '../../core/unreadable.ts';
import type { SchoolYear } from '../../core/values/index.ts';
import type { SchoolRecord } from '../../legacy/ports/school-billing.port.ts';
import type { SchoolAccess } from './school-access.type.ts';

/**
 * School data belongs to the parent who filed for that year. Without a year, an application of any year makes the caller an
 * applicant. Errors: LEGACY_CONTRACT_BROKEN if an application that cannot be read may say otherwise.
 */
export function schoolAccessOf(
  { applications }: Pick<SchoolRecord, 'applications'>,
  schoolYear: SchoolYear | null,
): SchoolAccess {
  const considered =
    schoolYear === null
      ? applications
      : applications.filter((application) => application.schoolYear === schoolYear);
  if (considered.some(({ isApplicant }) => isApplicant)) return 'APPLICANT';
  if (considered.some(({ isShared }) => isShared)) return 'SHARED';
  nothingIn(applications);
  return considered.length > 0 ? 'OTHER_PARENT' : 'NO_APPLICATION';
}
