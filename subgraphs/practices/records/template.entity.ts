import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Audience } from '../../../legacy/ports/practices.port.ts';

/** A form's field as stored: from the workbook and its settings. */
export interface StoredField {
  readonly code: string;
  readonly kind: 'TEXT' | 'CHECKBOX' | 'DATE' | 'NOTE';
  readonly label: string;
  readonly noteHtml: string | null;
  readonly group: string | null;
  readonly required: boolean;
  readonly maxLength: number | null;
  readonly defaultValue: string | null;
  readonly linkedFieldCode: string | null;
  /** The format of an answer, in addition to its kind; absent or null for any. */
  readonly rule?: AnswerRule | null;
  /** The source of a known answer; absent or null if the applicant fills the field in. */
  readonly prefill?: PrefillSource | null;
  /** Whether the applicant may change a certified answer. */
  readonly isEditable?: boolean;
}

/** A group of checkboxes of which some must be ticked: the way to pay, the days. */
export interface StoredChoice {
  readonly label: string;
  readonly codes: readonly string[];
  readonly atLeast: number;
  readonly atMost: number;
}

/** The format of an answer: `IBAN` and the like, a list of options, or a description for people. */
export type AnswerRule =
  | { readonly kind: 'IBAN' | 'CODICE_FISCALE' | 'EMAIL' | 'PHONE' | 'POSTAL_CODE' | 'YEAR' }
  | { readonly kind: 'ONE_OF'; readonly options: readonly string[] };

export const prefillSources = [
  'APPLICANT_CODICE_FISCALE',
  'APPLICANT_FIRST_NAME',
  'APPLICANT_LAST_NAME',
  'APPLICANT_BIRTH_DATE',
  'APPLICANT_EMAIL',
  'APPLICANT_PHONE',
  'APPLICANT_STREET',
  'APPLICANT_HOUSE_NUMBER',
  'APPLICANT_POSTAL_CODE',
  'APPLICANT_TOWN',
  'CHILD_CODICE_FISCALE',
  'CHILD_FIRST_NAME',
  'CHILD_LAST_NAME',
  'CHILD_BIRTH_DATE',
] as const;
export type PrefillSource = (typeof prefillSources)[number];

export interface StoredRequiredAttachment {
  readonly code: string;
  readonly label: string;
  readonly mediaTypes: readonly string[];
  readonly maxBytes: number;
  readonly required: boolean;
}

export interface StoredOffice {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

/** A template of a procedure, with the form revision that new practices get. */
@Entity('practice_template')
export class TemplateEntity {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'procedure_code', type: 'text' })
  procedureCode!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ name: 'school_year', type: 'text', nullable: true })
  schoolYear!: string | null;

  @Column({ name: 'opens_on', type: 'date', nullable: true })
  opensOn!: string | null;

  @Column({ name: 'closes_on', type: 'date', nullable: true })
  closesOn!: string | null;

  @Column({ name: 'concerns_child', type: 'boolean' })
  concernsChild!: boolean;

  /** Whether an accepted application prevents another one for the same child. */
  @Column({ name: 'once_per_child', type: 'boolean' })
  oncePerChild!: boolean;

  @Column({ type: 'jsonb' })
  audiences!: readonly Audience[];

  @Column({ type: 'jsonb', nullable: true })
  contact!: StoredOffice | null;

  @Column({ name: 'information_sheet_id', type: 'uuid', nullable: true })
  informationSheetId!: string | null;

  @Column({ type: 'text' })
  revision!: string;
}

/** One revision of a template's form. Never changed: answers refer to it. */
@Entity('practice_form')
export class FormEntity {
  @PrimaryColumn({ name: 'template_id', type: 'text' })
  templateId!: string;

  @PrimaryColumn({ type: 'text' })
  revision!: string;

  @Column({ type: 'jsonb' })
  fields!: readonly StoredField[];

  @Column({ name: 'required_attachments', type: 'jsonb' })
  requiredAttachments!: readonly StoredRequiredAttachment[];

  @Column({ type: 'jsonb' })
  choices!: readonly StoredChoice[];

  /** Term from the day of registration; null if there is none. Unit: days. */
  @Column({ name: 'decided_within_days', type: 'integer', nullable: true })
  decidedWithinDays!: number | null;
}
