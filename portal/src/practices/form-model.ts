import type {
  PortalDraftPartsFragment,
  PortalDraftQuery,
  PortalFormFieldFragment,
} from '../api/operations.generated.ts';

export type Practice = NonNullable<PortalDraftQuery['practice']>;
export type Form = NonNullable<Practice['form']>;
export type FormField = PortalFormFieldFragment;
export type ChoiceGroup = Form['choiceGroups'][number];
export type Answer = PortalDraftPartsFragment['answers'][number];
export type RequiredAttachment = NonNullable<Practice['template']>['requiredAttachments'][number];
export type Values = ReadonlyMap<string, string>;

/** One page of the form. Its fields are those of one heading, in the form's order. */
export type FormStep =
  | { readonly kind: 'fields'; readonly title: string; readonly fields: readonly FormField[] }
  | { readonly kind: 'attachments'; readonly title: string };

/** A form's headings as steps, and one more for files where any are asked for. Nothing of any form is known here. */
export function stepsOf(
  fields: readonly FormField[],
  attachments: readonly RequiredAttachment[],
): readonly FormStep[] {
  const steps: { kind: 'fields'; title: string; fields: FormField[] }[] = [];
  for (const field of fields) {
    const title = field.group ?? steps.at(-1)?.title ?? 'Dati della domanda';
    const known = steps.find((step) => step.title === title);
    if (known === undefined) steps.push({ kind: 'fields', title, fields: [field] });
    else known.fields.push(field);
  }
  return attachments.length === 0 ? steps : [...steps, { kind: 'attachments', title: 'Allegati' }];
}

/** Whether a field is asked: one that depends on a checkbox is not before that applies itself and is ticked. */
export function applies(field: FormField, fields: readonly FormField[], values: Values): boolean {
  const seen = new Set<string>();
  let code = field.linkedFieldCode;
  while (code !== null) {
    if (seen.has(code) || values.get(code) !== 'true') return false;
    seen.add(code);
    const linked = fields.find((one) => one.code === code);
    code = linked?.linkedFieldCode ?? null;
  }
  return true;
}

/** What stands in the form: what was typed here, or else what the server holds. */
export function valuesOf(answers: readonly Answer[], typed: Values): Values {
  return new Map([...answers.map(({ code, value }) => [code, value] as const), ...typed]);
}

/** The id of the control of a path such as `answers.IBAN` or `attachments.CERT_MEDICO`. */
export function controlId(path: string): string {
  return path.replace('.', '-');
}

/** As problems of their answers, those that a form's controls have. */
export function answerProblems(
  fields: readonly FormField[],
  entries: readonly { readonly fieldId: string; readonly text: string }[],
): { path: string; code: string; message: string }[] {
  return entries.flatMap(({ fieldId, text }) => {
    const path = fields.map(({ code }) => `answers.${code}`).find((one) => controlId(one) === fieldId);
    return path === undefined ? [] : [{ path, code: 'UNREADABLE', message: text }];
  });
}

/** Which step a problem belongs to; -1 for none. */
export function stepOfPath(steps: readonly FormStep[], path: string): number {
  const [kind, code] = path.split('.');
  return steps.findIndex((step) =>
    step.kind === 'attachments' ? kind === 'attachments' : step.fields.some((field) => field.code === code),
  );
}

/** How an answer is shown. */
export function answerText(field: FormField, value: string | undefined): string {
  if (field.kind === 'CHECKBOX') return value === 'true' ? 'Sì' : 'No';
  if (value === undefined || value === '') return '–';
  if (field.kind !== 'DATE') return value;
  const [year, month, day] = value.split('-');
  return `${day}/${month}/${year}`;
}
