import { Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../core/ids.ts';
import type { EnrolmentRecord, SchoolLevel } from '../../legacy/ports/school-billing.port.ts';
import { SchoolLevelEnum } from '../shared/school-level.ts';

@ObjectType({ simpleResolvers: true, description: 'A school whose services the municipality runs.' })
export class School {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => String, { description: 'Name, as recorded. Shape: `Scuola primaria`.' })
  name!: string;

  @Field(() => SchoolLevelEnum, {
    description: 'UNKNOWN if the recorded code is not known to this API.',
  })
  level!: SchoolLevel;
}

export function toSchool({ code, name, level }: EnrolmentRecord['school']): School {
  return { id: createId('School', code), name, level };
}
