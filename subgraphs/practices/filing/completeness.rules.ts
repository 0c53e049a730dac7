import type { FieldProblem } from '../../shared/shared-types.ts';
import type {
  FormEntity,
  StoredChoice,
  StoredField,
  StoredRequiredAttachment,
} from '../template/template.entity.ts';
import type { StoredAnswers } from './answers.rules.ts';

type Form = Pick<FormEntity, 'fields' | 'choices' | 'requiredAttachments'>;

/** What still stands between a draft and INVIA, in the form's order: answers, choices, attachments. */
export function missingFrom(
  { fields, choices, requiredAttachments }: Form,
  answers: StoredAnswers,
  attachedCodes: readonly string[],
  language: 'it' | 'en',
): FieldProblem[] {
  return [
    ...missingAnswers(fields, answers, language),
    ...brokenChoices(choices, answers, language),
    ...missingAttachments(requiredAttachments, attachedCodes, language),
  ];
}

/** Whether a field is asked at all: one that hangs on a checkbox is not before that is ticked. */
export function isAsked({ linkedFieldCode }: StoredField, answers: StoredAnswers): boolean {
  return linkedFieldCode === null || isTicked(answers, linkedFieldCode);
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
    .filter((field) => field.required && field.kind !== 'NOTE' && isAsked(field, answers))
    .filter(({ code, kind }) =>
      kind === 'CHECKBOX' ? !isTicked(answers, code) : (answers[code]?.value ?? '') === '',
    )
    .map(({ code, label }) => ({
      path: `answers.${code}`,
      code: 'REQUIRED',
      message: language === 'it' ? `Compilare il campo "${label}".` : `Fill in the field "${label}".`,
    }));
}

function brokenChoices(
  choices: readonly StoredChoice[],
  answers: StoredAnswers,
  language: 'it' | 'en',
): FieldProblem[] {
  return choices.flatMap(({ label, codes, atLeast, atMost }) => {
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
