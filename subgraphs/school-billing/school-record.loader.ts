import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type { SchoolRecord } from '../../legacy/ports/school-billing.port.ts';
import { enrolmentId } from '../shared/billing-ids.ts';
import { childId } from '../shared/family.ts';
import { defineLoader } from '../shared/loader.ts';
import { recordAccess } from '../shared/record-access.ts';
import { askAsApplicant } from './ask-as-applicant.ts';

/** The applications for each child and the caller's own enrolments, in one query. */
export const schoolRecordOf = defineLoader<ChildKey, SchoolRecord>(
  async (context, children) => {
    const records = await askAsApplicant(
      context,
      (port, { codiceFiscale }) => port.recordsByChild(codiceFiscale, children),
      children.map(() => nothing),
    );
    const enrolments = records.flatMap((record) => record.enrolments.map(({ key }) => enrolmentId(key)));
    recordAccess(context, 'Child.schoolRecord', 'allowed', [
      ...children.map((key) => childId({ key })),
      ...enrolments,
    ]);
    return records;
  },
  (key) => key,
);

const nothing: SchoolRecord = { applications: [], enrolments: [] };
