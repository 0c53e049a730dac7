import { keepIncomplete } from '../../core/unreadable.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type { SchoolRecord } from '../../legacy/ports/school-billing.port.ts';
import { enrolmentId } from '../shared/billing-ids.ts';
import { type Entitlement, entitlementOf } from '../shared/entitlement.ts';
import { childId } from '../shared/family.ts';
import { defineLoader } from '../shared/loader.ts';
import { recordAccess } from '../shared/record-access.ts';
import { sharingScopes } from '../shared/records/sharing-scopes.ts';
import { askAsViewer } from './ask-as-viewer.ts';
import { isShownEnrolment, toShownEnrolment } from './shared-enrolment.rules.ts';

/** The applications for each child and the caller's own enrolments, in one query. */
export const schoolRecordOf = defineLoader<ChildKey, SchoolRecord>(
  async (context, children) => {
    const records = await askAsViewer(
      context,
      sharingScopes,
      (port, viewer) => port.recordsByChild(viewer, children),
      children.map(() => emptyRecord),
    );
    const entitlement = await entitlementOf(context);
    const shown = records.map((record) => withoutUnshared(entitlement, record));
    const enrolments = shown.flatMap((record) => record.enrolments.map(({ key }) => enrolmentId(key)));
    recordAccess(context, 'Child.schoolRecord', 'allowed', [
      ...children.map((key) => childId({ key })),
      ...enrolments,
    ]);
    return shown;
  },
  (key) => key,
);

/** Every share shows that it is there; the enrolments are shown by those with the scope ENROLMENT. */
function withoutUnshared(entitlement: Entitlement, record: SchoolRecord): SchoolRecord {
  const { enrolments } = record;
  if (enrolments.every(({ sharedBy }) => sharedBy === null)) return record;
  const shown = enrolments
    .filter((enrolment) => isShownEnrolment(entitlement, enrolment))
    .map((enrolment) => toShownEnrolment(entitlement, enrolment));
  return { ...record, enrolments: keepIncomplete(enrolments, shown) };
}

const emptyRecord: SchoolRecord = { applications: [], enrolments: [] };
