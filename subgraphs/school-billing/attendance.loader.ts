import type { YearMonth } from '../../core/values/index.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type { AttendanceRecord } from '../../legacy/ports/school-billing.port.ts';
import { childId } from '../shared/family.ts';
import { defineLoader } from '../shared/loader.ts';
import { recordAccess } from '../shared/record-access.ts';
import { askAsViewer } from './ask-as-viewer.ts';

export interface AttendanceKey {
  readonly childKey: ChildKey;
  readonly month: YearMonth;
}

/** The recorded days of a child's month. */
export const attendanceOf = defineLoader<AttendanceKey, readonly AttendanceRecord[]>(
  async (context, keys) => {
    const days = await askAsViewer<readonly (readonly AttendanceRecord[])[]>(
      context,
      ['ATTENDANCE'],
      (port, viewer) => port.attendance(viewer, keys),
      keys.map(() => []),
    );
    const children = new Set(keys.map(({ childKey }) => childId({ key: childKey })));
    recordAccess(context, 'Child.attendance', 'allowed', [...children]);
    return days;
  },
  ({ childKey, month }) => `${childKey} ${month}`,
);
