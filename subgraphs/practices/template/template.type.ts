import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import type { CalendarDate, SchoolYear } from '../../../core/values/index.ts';
import { DateScalar, SchoolYearScalar } from '../../shared/scalars.ts';
import { Office } from '../../shared/shared-types.ts';
import { type FormFieldKind, FormFieldKindEnum } from '../practice/practice-status.type.ts';
import type { FormEntity, StoredField, TemplateEntity } from './template.entity.ts';

@ObjectType({ simpleResolvers: true, description: 'A field of a form, in order.' })
export class FormField {
  @Field(() => ID, { description: 'Unique within the form.' })
  code!: string;

  @Field(() => FormFieldKindEnum, { description: 'How it is filled in.' })
  kind!: FormFieldKind;

  @Field(() => String, { description: 'In Italian. Always plain text.' })
  label!: string;

  @Field(() => String, { nullable: true, description: 'NOTE only: sanitised HTML. Null for any other.' })
  noteHtml!: string | null;

  @Field(() => String, { nullable: true, description: 'The heading it stands under. Null for none.' })
  group!: string | null;

  @Field(() => Boolean, { description: 'Whether INVIA needs an answer.' })
  required!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Unit: characters. Null when there is no limit of its own.',
  })
  maxLength!: number | null;

  @Field(() => String, { nullable: true, description: 'What it starts with. Null for nothing.' })
  defaultValue!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The checkbox on which it depends. Null when it always applies.',
  })
  linkedFieldCode!: string | null;

  @Field(() => [String], { description: 'What may be answered, in order. Empty when it is free.' })
  options!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: 'What is asked, in one revision that never changes.' })
export class PracticeForm {
  @Field(() => String, { description: 'Opaque: equal for equal forms of one template.' })
  revision!: string;

  @Field(() => [FormField], { description: 'In order.' })
  fields!: readonly FormField[];
}

@ObjectType({ simpleResolvers: true, description: 'A file that is asked for.' })
export class RequiredAttachment {
  @Field(() => ID, { description: 'Unique within the template.' })
  code!: string;

  @Field(() => String, { description: 'In Italian.' })
  label!: string;

  @Field(() => [String], { description: 'Accepted. Shape: `application/pdf`.' })
  mediaTypes!: readonly string[];

  @Field(() => Int, { description: 'Unit: bytes.' })
  maxBytes!: number;

  @Field(() => Boolean, { description: 'Whether INVIA needs it.' })
  required!: boolean;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A *modello*: the form of a procedure for one school year. Public.',
})
export class PracticeTemplate {
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;

  @Field(() => String, { description: 'In Italian. Shape: `Modello Iscrizione Mensa A.S. 2024/2025`.' })
  title!: string;

  @Field(() => SchoolYearScalar, { nullable: true, description: 'Null when it is for none.' })
  schoolYear!: SchoolYear | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day. Null without a beginning.' })
  opensOn!: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day. Null without an end.' })
  closesOn!: CalendarDate | null;

  @Field(() => Boolean, { description: 'Whether a practice can be started today.' })
  isOpen!: boolean;

  @Field(() => Office, { nullable: true, description: 'Whom to ask. Null when none is named.' })
  contact!: Office | null;

  @Field(() => Boolean, { description: 'Whether it is about a child.' })
  concernsChild!: boolean;

  readonly entity!: TemplateEntity;
}

export function toTemplate(entity: TemplateEntity, today: CalendarDate): PracticeTemplate {
  const { id, title, schoolYear, opensOn, closesOn, contact, concernsChild } = entity;
  return {
    id: createId('PracticeTemplate', id),
    title,
    schoolYear: schoolYear as SchoolYear | null,
    opensOn: opensOn as CalendarDate | null,
    closesOn: closesOn as CalendarDate | null,
    isOpen: isOpenOn(entity, today),
    contact,
    concernsChild,
    entity,
  };
}

/** Both days included. */
export function isOpenOn({ opensOn, closesOn }: TemplateEntity, day: CalendarDate): boolean {
  return (opensOn ?? day) <= day && day <= (closesOn ?? day);
}

export function toForm({ revision, fields }: FormEntity): PracticeForm {
  const options = ({ rule }: StoredField) => (rule?.kind === 'ONE_OF' ? rule.options : []);
  return { revision, fields: fields.map((field) => ({ ...field, options: options(field) })) };
}
