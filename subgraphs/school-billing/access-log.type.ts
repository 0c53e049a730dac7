import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { type CalendarDate, InvalidValue, isCalendarDate } from '../../core/values/index.ts';
import { Connection, type CursorFormat, PageArgs } from '../shared/connection.ts';
import { describeEnum } from '../shared/describe-enum.ts';
import { DateScalar } from '../shared/scalars.ts';
import type { AccessLogCursor, AccessLogRole, LoggedAccess } from './access-log.store.ts';

export const AccessLogRoleEnum = describeEnum<AccessLogRole>(
  'AccessLogRole',
  'The relation of an actor to the child at the time.',
  {
    YOU: 'The caller.',
    SHARED_WITH: 'A person with whom an applicant shared the child.',
    OTHER_PARENT: 'Another applicant, or a member of the child’s household.',
    OTHER_PERSON: 'Any other person: their requests were refused.',
    INTEGRATOR: 'A program of an integrator.',
    SYSTEM: 'The municipality’s own programs.',
  },
);

@ObjectType({ simpleResolvers: true, description: 'The actor of an entry. Persons appear by role only.' })
export class AccessLogActor {
  @Field(() => AccessLogRoleEnum, { description: 'Its role.' })
  role!: AccessLogRole;

  @Field(() => String, {
    nullable: true,
    description: 'The name of an integrator’s program; null otherwise.',
  })
  name!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What one actor did with the child’s data on one day: counts, and no text of what was read.',
})
export class AccessLogEntry {
  @Field(() => DateScalar, { description: 'A day of Europe/Rome.' })
  day!: CalendarDate;

  @Field(() => AccessLogActor, { description: 'The actor. Two actors of one role have an entry each.' })
  actor!: AccessLogActor;

  @Field(() => String, {
    description:
      'The kind of data and what was done with it. Shape: `Child.invoices`, `Document.download`, `Share.give`.',
  })
  action!: string;

  @Field(() => Int, { description: 'How often it was done.' })
  count!: number;

  @Field(() => Int, { description: 'How often it was refused.' })
  refused!: number;
}

@ObjectType({ simpleResolvers: true, description: 'An entry and its cursor.' })
export class AccessLogEdge {
  @Field(() => String, { description: 'Pass it as `after`.' })
  cursor!: string;

  @Field(() => AccessLogEntry, { description: 'The entry.' })
  node!: AccessLogEntry;
}

@ObjectType({ implements: Connection, simpleResolvers: true, description: 'Entries, newest day first.' })
export class AccessLogConnection extends Connection {
  @Field(() => [AccessLogEdge], { description: 'This page.' })
  edges!: AccessLogEdge[];
}

@ArgsType()
export class AccessLogArgs extends PageArgs {
  @Field(() => DateScalar, { nullable: true, description: 'First day, of Europe/Rome.' })
  from?: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day.' })
  to?: CalendarDate | null;
}

export const accessLogCursor: CursorFormat<AccessLogCursor> = {
  name: 'AccessLogCursor',
  toParts: ({ day, key }) => [day, key],
  toKey: ([day = '', key = '', ...more]) =>
    isCalendarDate(day) && /^[\w.]{1,100}$/.test(key) && more.length === 0 ? { day, key } : null,
};

/** Errors: InvalidValue if the first day is after the last. */
export function toLogRange({ from = null, to = null }: AccessLogArgs): {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
} {
  if (from !== null && to !== null && from > to) throw new InvalidValue('`from` is a day not after `to`.');
  return { from, to };
}

export function toEntry({ day, role, program, action, count, refused }: LoggedAccess): AccessLogEntry {
  return { day, actor: { role, name: program }, action, count, refused };
}
