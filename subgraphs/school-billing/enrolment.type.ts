import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { shown } from '../../core/unreadable.ts';
import type { CalendarDate, SchoolYear } from '../../core/values/index.ts';
import type { EntryKey, PracticeKey } from '../../legacy/ports/keys.ts';
import type {
  EnrolmentRecord,
  EnrolmentStatus,
  PaymentMethod,
} from '../../legacy/ports/school-billing.port.ts';
import { enrolmentId } from '../shared/billing-ids.ts';
import { DateScalar, SchoolYearScalar } from '../shared/scalars.ts';
import { EnrolmentStatusEnum, PaymentMethodEnum } from './enrolment-enums.type.ts';
import { School, toSchool } from './school.type.ts';
import { SchoolService } from './school-service.type.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'One child, one service, one school year (*iscrizione*). Only the parent who filed for it sees it.',
})
export class Enrolment {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => SchoolYearScalar, { description: 'Shape: `2026/2027`.' })
  schoolYear!: SchoolYear;

  @Field(() => SchoolService, { description: 'The service.' })
  service!: SchoolService;

  @Field(() => School, { description: 'The school.' })
  school!: School;

  @Field(() => String, {
    nullable: true,
    description: 'Class and section. Shape: `3B`. Null if not recorded.',
  })
  classroom!: string | null;

  @Field(() => EnrolmentStatusEnum, { description: 'Enrolment status.' })
  status!: EnrolmentStatus;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the service. Null if not set.' })
  startsOn!: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the service. Null if not set.' })
  endsOn!: CalendarDate | null;

  @Field(() => PaymentMethodEnum, { description: 'Payment method of its invoices.' })
  paymentMethod!: PaymentMethod;

  @Field(() => String, {
    nullable: true,
    description: 'Special diet, as recorded. Null if there is none.',
  })
  diet!: string | null;

  readonly practiceKey!: PracticeKey | null;
  readonly entryKey!: EntryKey | null;
}

export function toEnrolment(record: EnrolmentRecord): Enrolment {
  const { schoolYear, service, classroom, status, paymentMethod, diet } = record;
  const { practiceKey, entryKey } = record;
  return {
    id: enrolmentId(record.key),
    schoolYear,
    service,
    school: toSchool(record.school),
    classroom,
    status,
    startsOn: shown(record, 'startsOn'),
    endsOn: shown(record, 'endsOn'),
    paymentMethod,
    diet,
    practiceKey,
    entryKey,
  };
}
