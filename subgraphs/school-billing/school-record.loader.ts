import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type { SchoolRecord } from '../../legacy/ports/school-billing.port.ts';
import { enrolmentId } from '../skeleton/billing-ids.ts';
import { childId } from '../skeleton/family.ts';
import { defineLoader } from '../skeleton/loader.ts';
import { recordAccess } from '../skeleton/scope.ts';
import { askAsApplicant } from './ask-as-applicant.ts';

/** What was filed for each child, and the caller's own enrolments: one question for both. */
export const schoolRecordOf = defineLoader<ChildKey, SchoolRecord>(
  async (scope, children) => {
    const records = await askAsApplicant(
      scope,
      (port, { codiceFiscale }) => port.recordsByChild(codiceFiscale, children),
      children.map(() => nothing),
    );
    const enrolments = records.flatMap((record) => record.enrolments.map(({ key }) => enrolmentId(key)));
    recordAccess(scope, 'Child.schoolRecord', 'allowed', [
      ...children.map((key) => childId({ key })),
      ...enrolments,
    ]);
    return records;
  },
  (key) => key,
);

const nothing: SchoolRecord = { applications: [], enrolments: [] };
