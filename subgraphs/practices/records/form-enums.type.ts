import { registerEnumType } from 'type-graphql';
import type { AnswerRule } from './template.entity.ts';

export const FormFieldKindEnum = { TEXT: 'TEXT', CHECKBOX: 'CHECKBOX', DATE: 'DATE', NOTE: 'NOTE' } as const;
export type FormFieldKind = keyof typeof FormFieldKindEnum;

registerEnumType(FormFieldKindEnum, {
  name: 'FormFieldKind',
  description: 'How a field is filled in.',
  valuesConfig: {
    TEXT: { description: 'A text.' },
    CHECKBOX: { description: '`true` or `false`.' },
    DATE: { description: 'A day, YYYY-MM-DD.' },
    NOTE: { description: 'A note: a text to read, without an answer.' },
  },
});

export type FormFieldRule = Exclude<AnswerRule['kind'], 'ONE_OF'> | 'NONE';

export const FormFieldRuleEnum = {
  NONE: 'NONE',
  IBAN: 'IBAN',
  CODICE_FISCALE: 'CODICE_FISCALE',
  EMAIL: 'EMAIL',
  PHONE: 'PHONE',
  POSTAL_CODE: 'POSTAL_CODE',
  YEAR: 'YEAR',
} as const satisfies { readonly [Rule in FormFieldRule]: Rule };

registerEnumType(FormFieldRuleEnum, {
  name: 'FormFieldRule',
  description: 'The format of a TEXT answer. `savePractice` checks it.',
  valuesConfig: {
    NONE: { description: 'Any text within `maxLength`.' },
    IBAN: { description: 'An IBAN with its check digits, with or without blanks.' },
    CODICE_FISCALE: { description: 'A codice fiscale with its check character, in any case.' },
    EMAIL: { description: 'An e-mail address. Shape: `name@example.it`.' },
    PHONE: {
      description: 'A telephone number of 6 to 15 digits, `+`, blanks, `.`, `/`, `-` and brackets allowed.',
    },
    POSTAL_CODE: { description: 'CAP: 5 digits.' },
    YEAR: { description: '4 digits, 1900 to 2099.' },
  },
});
