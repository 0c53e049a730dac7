import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import type { CalendarDate, SchoolYear } from '../../../core/values/index.ts';
import { DateScalar, SchoolYearScalar } from '../../shared/scalars.ts';
import { Office } from '../../shared/shared-types.ts';
import {
  type FormFieldKind,
  FormFieldKindEnum,
  type FormFieldRule,
  FormFieldRuleEnum,
} from '../records/form-enums.type.ts';
import type { AnswerRule, FormEntity, StoredChoice, TemplateEntity } from '../records/template.entity.ts';

@ObjectType({
  simpleResolvers: true,
  description:
    'Checkboxes of which some must be ticked, for example one way of paying out of two. Checkboxes that do not apply do not count, and a group in which none applies requires nothing.',
})
export class ChoiceGroup {
  @Field(() => ID, { description: 'Unique within the form.' })
  id!: string;

  @Field(() => String, { description: 'In Italian.' })
  label!: string;

  @Field(() => [ID], { description: 'The codes of its checkboxes.' })
  fieldCodes!: readonly string[];

  @Field(() => Int, { description: 'How many must be ticked at least. 0 if none need be.' })
  min!: number;

  @Field(() => Int, { description: 'How many may be ticked at most. 1 makes them radio buttons.' })
  max!: number;
}

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

  @Field(() => String, {
    nullable: true,
    description: "The heading of the field's group. Null if there is none.",
  })
  group!: string | null;

  @Field(() => Boolean, {
    description:
      'Whether INVIA needs an answer, if the field applies; a CHECKBOX must be ticked. A draft may be saved without it.',
  })
  required!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'Unit: characters. Null if the field has no limit of its own: then a TEXT has at most 4,000.',
  })
  maxLength!: number | null;

  @Field(() => String, { nullable: true, description: 'The first answer of a draft. Null if there is none.' })
  defaultValue!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The checkbox that this field depends on: the field applies, and `required` holds, only while the checkbox applies and is ticked. Answers of fields that do not apply are kept in the draft and not filed. Null if the field always applies.',
  })
  linkedFieldCode!: string | null;

  @Field(() => FormFieldRuleEnum, {
    description: 'The format of a TEXT answer. NONE for other kinds, and for a field with `options`.',
  })
  rule!: FormFieldRule;

  @Field(() => [String], {
    description: 'The allowed answers, in order and exact spelling. Empty if any text is allowed.',
  })
  options!: readonly string[];

  @Field(() => ChoiceGroup, { nullable: true, description: 'CHECKBOX only. Null outside a group.' })
  choiceGroup!: ChoiceGroup | null;
}

@ObjectType({ simpleResolvers: true, description: 'The fields of one form revision, which never changes.' })
export class PracticeForm {
  @Field(() => String, { description: 'Opaque: equal for equal forms of one template.' })
  revision!: string;

  @Field(() => [FormField], { description: 'In order.' })
  fields!: readonly FormField[];

  @Field(() => [ChoiceGroup], { description: 'Groups of checkboxes.' })
  choiceGroups!: readonly ChoiceGroup[];
}

@ObjectType({ simpleResolvers: true, description: 'A file that an applicant attaches.' })
export class RequiredAttachment {
  @Field(() => ID, { description: 'Unique within the template.' })
  code!: string;

  @Field(() => String, { description: 'In Italian.' })
  label!: string;

  @Field(() => [String], { description: 'Accepted media types. Shape: `application/pdf`.' })
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
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => String, { description: 'In Italian. Shape: `Modello Iscrizione Mensa A.S. 2024/2025`.' })
  title!: string;

  @Field(() => SchoolYearScalar, {
    nullable: true,
    description: 'The school year. Null if the template is for none.',
  })
  schoolYear!: SchoolYear | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day. Null if there is no first day.' })
  opensOn!: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day. Null if there is no last day.' })
  closesOn!: CalendarDate | null;

  @Field(() => Boolean, { description: 'Whether a practice can be started today.' })
  isOpen!: boolean;

  @Field(() => Office, { nullable: true, description: "The office's contact. Null if none is named." })
  contact!: Office | null;

  @Field(() => Boolean, { description: 'Whether practices of this template concern a child.' })
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

export function toForm({ revision, fields, choices }: FormEntity): PracticeForm {
  const choiceGroups = choices.map(toChoiceGroup);
  return {
    revision,
    fields: fields.map(({ rule = null, ...field }) => ({
      ...field,
      rule: toRule(rule),
      options: rule?.kind === 'ONE_OF' ? rule.options : [],
      choiceGroup: choiceGroups.find(({ fieldCodes }) => fieldCodes.includes(field.code)) ?? null,
    })),
    choiceGroups,
  };
}

function toChoiceGroup({ label, codes, atLeast, atMost }: StoredChoice, index: number): ChoiceGroup {
  return { id: `choice-${index + 1}`, label, fieldCodes: codes, min: atLeast, max: atMost };
}

function toRule(rule: AnswerRule | null): FormFieldRule {
  return rule === null || rule.kind === 'ONE_OF' ? 'NONE' : rule.kind;
}
