import type { FieldProblem } from '../../shared/shared-types.ts';
import type {
  FormEntity,
  PrefillSource,
  StoredChoice,
  StoredField,
  StoredRequiredAttachment,
} from '../records/template.entity.ts';
import type { StoredAnswers } from './answers.rules.ts';

type Form = Pick<FormEntity, 'fields' | 'choices' | 'requiredAttachments'>;

/** The problems that keep a draft from being filed, in the form's order: answers, choices, attachments. */
export function missingFrom(
  { fields, choices, requiredAttachments }: Form,
  answers: StoredAnswers,
  attachedCodes: readonly string[],
  language: 'it' | 'en',
): FieldProblem[] {
  return [
    ...missingAnswers(fields, answers, language),
    ...brokenChoices(choices, fields, answers, language),
    ...missingAttachments(requiredAttachments, attachedCodes, language),
  ];
}

/**
 * Whether a field applies: a field that depends on a checkbox applies only while that checkbox applies and is
 * ticked.
 */
export function isAsked(field: StoredField, fields: readonly StoredField[], answers: StoredAnswers): boolean {
  const seen = new Set<string>();
  for (let code = field.linkedFieldCode; code !== null; ) {
    // Two checkboxes that depend on each other never apply.
    if (seen.has(code) || !isTicked(answers, code)) return false;
    seen.add(code);
    const linked = fields.find((one) => one.code === code);
    code = linked?.linkedFieldCode ?? null;
  }
  return true;
}

export function missingAttachments(
  wanted: readonly StoredRequiredAttachment[],
  attachedCodes: readonly string[],
  language: 'it' | 'en',
): FieldProblem[] {
  return wanted
    .filter(({ code, required }) => required && !attachedCodes.includes(code))
    .map(({ code, label }) => ({
      path: `attachments.${code}`,
      code: 'REQUIRED',
      message: language === 'it' ? `Allegare "${label}".` : `Attach "${label}".`,
    }));
}

function missingAnswers(
  fields: readonly StoredField[],
  answers: StoredAnswers,
  language: 'it' | 'en',
): FieldProblem[] {
  return fields
    .filter((field) => field.required && field.kind !== 'NOTE' && isAsked(field, fields, answers))
    .filter((field) => !isAnswered(field, fields, answers))
    .map(({ code, label }) => ({
      path: `answers.${code}`,
      code: 'REQUIRED',
      message: language === 'it' ? `Compilare il campo "${label}".` : `Fill in the field "${label}".`,
    }));
}

function isAnswered(
  { code, kind, prefill }: StoredField,
  fields: readonly StoredField[],
  answers: StoredAnswers,
): boolean {
  if (kind === 'CHECKBOX') return isTicked(answers, code);
  const isFilled = (one: StoredField) => (answers[one.code]?.value ?? '') !== '';
  // Of a person with a single name, the other part is blank.
  const other = prefill == null ? undefined : otherName[prefill];
  return fields.some(
    (field) => isFilled(field) && (field.code === code || (other !== undefined && field.prefill === other)),
  );
}

const otherName: Readonly<Partial<Record<PrefillSource, PrefillSource>>> = {
  APPLICANT_FIRST_NAME: 'APPLICANT_LAST_NAME',
  APPLICANT_LAST_NAME: 'APPLICANT_FIRST_NAME',
  CHILD_FIRST_NAME: 'CHILD_LAST_NAME',
  CHILD_LAST_NAME: 'CHILD_FIRST_NAME',
};

function brokenChoices(
  choices: readonly StoredChoice[],
  fields: readonly StoredField[],
  answers: StoredAnswers,
  language: 'it' | 'en',
): FieldProblem[] {
  const asked = new Set(fields.filter((field) => isAsked(field, fields, answers)).map(({ code }) => code));
  return choices.flatMap(({ label, codes: all, atLeast, atMost }) => {
    const codes = all.filter((code) => asked.has(code));
    if (codes.length === 0) return [];
    const ticked = codes.filter((code) => isTicked(answers, code));
    const path = `answers.${ticked.at(-1) ?? codes[0]}`;
    if (ticked.length < atLeast) {
      const [it, en] = [
        `"${label}": sceglierne almeno ${atLeast}.`,
        `"${label}": choose at least ${atLeast}.`,
      ];
      return { path, code: 'CHOOSE_MORE', message: language === 'it' ? it : en };
    }
    if (ticked.length > atMost) {
      const [it, en] = [
        `"${label}": sceglierne al massimo ${atMost}.`,
        `"${label}": choose at most ${atMost}.`,
      ];
      return { path, code: 'CHOOSE_FEWER', message: language === 'it' ? it : en };
    }
    return [];
  });
}

function isTicked(answers: StoredAnswers, code: string): boolean {
  return answers[code]?.value === 'true';
}
