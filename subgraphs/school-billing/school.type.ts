import { Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../core/ids.ts';
import type { EnrolmentRecord, SchoolLevel } from '../../legacy/ports/school-billing.port.ts';
import { SchoolLevelEnum } from '../shared/school-level.ts';

@ObjectType({ simpleResolvers: true, description: 'A school whose services the municipality runs.' })
export class School {
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;

  @Field(() => String, { description: 'As the register names it. Shape: `Scuola primaria`.' })
  name!: string;

  @Field(() => SchoolLevelEnum, {
    description: 'UNKNOWN when the register has a code that is not known here.',
  })
  level!: SchoolLevel;
}

export function toSchool({ code, name, level }: EnrolmentRecord['school']): School {
  return { id: createId('School', code), name, level };
}
