import type { DefinedField } from '../../../legacy/ports/forms.port.ts';
import { fingerprintOf } from '../../shared/fingerprint.ts';
import type { FormEntity, StoredField, TemplateEntity } from '../records/template.entity.ts';
import type { FormSettings, SettingsProblem } from './form-settings.ts';
import { plainText, sanitisedNote } from './plain-text.ts';

export interface DefinedTemplate {
  readonly template: Omit<TemplateEntity, 'informationSheetId'>;
  readonly form: FormEntity;
}

/** Builds a template and its form revision from a workbook and its settings, or reports their contradictions. */
export function toTemplate(
  fields: readonly DefinedField[],
  settings: FormSettings,
): { readonly template: DefinedTemplate; readonly problems: readonly SettingsProblem[] } {
  const content = {
    fields: fields.map((field) => toStoredField(field, settings.fields[field.code])),
    requiredAttachments: settings.attachments.map(({ maxMegabytes, ...attachment }) => ({
      ...attachment,
      maxBytes: Math.floor(maxMegabytes * 1024 * 1024),
    })),
    choices: settings.choices,
  };
  const { decidedWithinDays } = settings;
  // Equal content gives the same revision, however often it is imported. A form without a term hashes as before
  // terms existed.
  const revision = fingerprintOf(
    decidedWithinDays === null ? content : { ...content, decidedWithinDays },
  ).slice(0, 12);
  const { id, procedure, title, schoolYear, opensOn, closesOn, concernsChild, contact } = settings;
  const { oncePerChild, audiences } = settings;
  return {
    template: {
      template: {
        id,
        procedureCode: procedure,
        title,
        schoolYear,
        opensOn,
        closesOn,
        concernsChild,
        oncePerChild,
        audiences,
        contact,
        revision,
      },
      form: { templateId: id, revision, ...content, decidedWithinDays },
    },
    problems: misfits(fields, settings),
  };
}

function toStoredField(
  { code, kind, label, group, required, defaultValue, linkedFieldCode }: DefinedField,
  more: FormSettings['fields'][string] | undefined,
): StoredField {
  const rule =
    more?.oneOf !== undefined
      ? ({ kind: 'ONE_OF', options: more.oneOf } as const)
      : more?.rule === undefined
        ? null
        : { kind: more.rule };
  return {
    code,
    kind,
    label: plainText(label),
    noteHtml: kind === 'NOTE' ? sanitisedNote(label) : null,
    group: group === null ? null : plainText(group),
    required,
    maxLength: kind === 'TEXT' ? (more?.maxLength ?? null) : null,
    defaultValue,
    linkedFieldCode,
    rule,
    prefill: more?.prefill ?? null,
    isEditable: more?.editable ?? false,
  };
}

/** Settings of fields that the workbook does not have, or has with another kind. */
function misfits(fields: readonly DefinedField[], settings: FormSettings): SettingsProblem[] {
  const kinds = new Map(fields.map(({ code, kind }) => [code, kind]));
  const problems: SettingsProblem[] = [];
  const expect = (isGood: boolean, path: string, expected: string) => {
    if (!isGood) problems.push({ path, expected });
  };
  for (const [code, more] of Object.entries(settings.fields)) {
    const kind = kinds.get(code);
    expect(kind !== undefined && kind !== 'NOTE', `fields.${code}`, 'the code of a field of the workbook');
    const isTextOnly = more.rule !== undefined || more.oneOf !== undefined || more.maxLength !== undefined;
    if (kind !== undefined && isTextOnly)
      expect(kind === 'TEXT', `fields.${code}`, 'a TE field for rule, oneOf or maxLength');
    expect(more.rule === undefined || more.oneOf === undefined, `fields.${code}`, 'either rule or oneOf');
  }
  for (const [index, { codes, atLeast, atMost }] of settings.choices.entries()) {
    for (const code of codes)
      expect(
        kinds.get(code) === 'CHECKBOX',
        `choices.${index}.codes`,
        `a CS field of the workbook in place of ${code}`,
      );
    expect(
      atLeast <= atMost && atMost <= codes.length,
      `choices.${index}`,
      'atLeast ≤ atMost ≤ how many there are',
    );
  }
  const chosen = settings.choices.flatMap(({ codes }) => codes);
  expect(new Set(chosen).size === chosen.length, 'choices', 'each code in one choice, once');
  const attachmentCodes = settings.attachments.map(({ code }) => code);
  expect(new Set(attachmentCodes).size === attachmentCodes.length, 'attachments', 'each code once');
  return problems;
}
