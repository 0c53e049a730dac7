import type { FieldProblem } from '../skeleton/shared-types.ts';
import type { StoredAnswer } from './practice.entity.ts';
import type { StoredField } from './template.entity.ts';

/** What still stands between a draft and INVIA: required fields without an answer. */
export function missingAnswers(
  fields: readonly StoredField[],
  answers: Readonly<Record<string, StoredAnswer>>,
  language: 'it' | 'en',
): FieldProblem[] {
  const isTicked = (code: string) => answers[code]?.value === 'true';
  return fields
    .filter((field) => field.required && field.kind !== 'NOTE')
    .filter(({ linkedFieldCode }) => linkedFieldCode === null || isTicked(linkedFieldCode))
    .filter(({ code, kind }) => (kind === 'CHECKBOX' ? !isTicked(code) : (answers[code]?.value ?? '') === ''))
    .map(({ code, label }) => ({
      path: `answers.${code}`,
      code: 'REQUIRED',
      message: language === 'it' ? `Compilare il campo "${label}".` : `Fill in the field "${label}".`,
    }));
}
