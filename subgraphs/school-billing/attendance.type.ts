import { Field, Int, ObjectType } from 'type-graphql';
import { keepIncomplete } from '../../core/unreadable.ts';
import type { CalendarDate, YearMonth } from '../../core/values/index.ts';
import type { AttendanceRecord } from '../../legacy/ports/school-billing.port.ts';
import { describeEnum } from '../shared/describe-enum.ts';
import { DateScalar, YearMonthScalar } from '../shared/scalars.ts';

export const AttendanceStatusEnum = describeEnum<AttendanceRecord['status']>(
  'AttendanceStatus',
  'Attendance on one day.',
  {
    PRESENT: 'The child used the service.',
    ABSENT: 'The service ran, and the child did not use it.',
    CLOSED: 'The service did not run.',
  },
);

@ObjectType({ simpleResolvers: true, description: 'One day of attendance.' })
export class AttendanceDay {
  @Field(() => DateScalar, { description: 'Shape: `2026-10-15`.' })
  date!: CalendarDate;

  @Field(() => AttendanceStatusEnum, { description: 'Attendance on this day.' })
  status!: AttendanceRecord['status'];
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Presences and absences of a child in one month. A month without data has no days and no counts.',
})
export class AttendanceMonth {
  @Field(() => YearMonthScalar, { description: 'The month asked for. Shape: `2026-10`.' })
  month!: YearMonth;

  @Field(() => Int, { nullable: true, description: 'Unit: days PRESENT. Null for a month without data.' })
  presences!: number | null;

  @Field(() => Int, { nullable: true, description: 'Unit: days ABSENT. Null for a month without data.' })
  absences!: number | null;

  @Field(() => [AttendanceDay], { description: 'The recorded days, in order.' })
  days!: readonly AttendanceDay[];
}

export function toAttendanceMonth(month: YearMonth, days: readonly AttendanceRecord[]): AttendanceMonth {
  if (days.length === 0) return keepIncomplete(days, { month, presences: null, absences: null, days });
  const count = (status: AttendanceRecord['status']) => days.filter((day) => day.status === status).length;
  return keepIncomplete(days, { month, presences: count('PRESENT'), absences: count('ABSENT'), days });
}
