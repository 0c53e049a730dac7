import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { CalendarDate, SchoolYear } from '../../core/values/index.ts';
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
    'One child, one service, one school year (*iscrizione*). Shown to the parent who filed for it, and to nobody else.',
})
export class Enrolment {
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;

  @Field(() => SchoolYearScalar, { description: 'Shape: `2026/2027`.' })
  schoolYear!: SchoolYear;

  @Field(() => SchoolService, { description: 'What the child is enrolled for.' })
  service!: SchoolService;

  @Field(() => School, { description: 'Where.' })
  school!: School;

  @Field(() => String, {
    nullable: true,
    description: 'Class and section. Shape: `3B`. Null when none is known.',
  })
  classroom!: string | null;

  @Field(() => EnrolmentStatusEnum, { description: 'How it stands.' })
  status!: EnrolmentStatus;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the service. Null when not set.' })
  startsOn!: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the service. Null when not set.' })
  endsOn!: CalendarDate | null;

  @Field(() => PaymentMethodEnum, { description: 'How its invoices are paid.' })
  paymentMethod!: PaymentMethod;

  @Field(() => String, {
    nullable: true,
    description: 'Special diet, in the words of the register. Null when there is none.',
  })
  diet!: string | null;

  readonly practiceKey!: number | null;
  readonly entryKey!: number | null;
}

export function toEnrolment(record: EnrolmentRecord): Enrolment {
  const { schoolYear, service, classroom, status, startsOn, endsOn, paymentMethod, diet } = record;
  const { practiceKey, entryKey } = record;
  return {
    id: enrolmentId(record.key),
    schoolYear,
    service,
    school: toSchool(record.school),
    classroom,
    status,
    startsOn,
    endsOn,
    paymentMethod,
    diet,
    practiceKey,
    entryKey,
  };
}
