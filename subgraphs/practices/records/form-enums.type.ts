import { describeEnum } from '../../shared/describe-enum.ts';
import type { AnswerRule } from './template.entity.ts';

export const FormFieldKindEnum = describeEnum('FormFieldKind', 'How a field is filled in.', {
  TEXT: 'A text.',
  CHECKBOX: '`true` or `false`.',
  DATE: 'A day, YYYY-MM-DD.',
  NOTE: 'A note: a text to read, without an answer.',
});
export type FormFieldKind = keyof typeof FormFieldKindEnum;

export type FormFieldRule = Exclude<AnswerRule['kind'], 'ONE_OF'> | 'NONE';

export const FormFieldRuleEnum = describeEnum<FormFieldRule>(
  'FormFieldRule',
  'The format of a TEXT answer. `savePractice` checks it.',
  {
    NONE: 'Any text within `maxLength`.',
    IBAN: 'An IBAN with its check digits, with or without blanks.',
    CODICE_FISCALE: 'A codice fiscale with its check character, in any case.',
    EMAIL: 'An e-mail address. Shape: `name@example.it`.',
    PHONE: 'A telephone number of 6 to 15 digits, `+`, blanks, `.`, `/`, `-` and brackets allowed.',
    POSTAL_CODE: 'CAP: 5 digits.',
    YEAR: '4 digits, 1900 to 2099.',
  },
);
