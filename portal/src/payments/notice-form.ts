import { told } from '../language.ts';

const digitsOf = (text: string) => text.replace(/[\s.-]/g, '');

export const invalidNumber = told(
  'Il numero dell’avviso non è corretto: controlla le 18 cifre.',
  'The notice number is not valid: check its 18 digits.',
);

/** What can be said of a notice's number and creditor before the server is asked. */
export function noticeProblems(numeroAvviso: string, creditor: string) {
  return [
    ...(/^\d{18}$/.test(digitsOf(numeroAvviso))
      ? []
      : [
          {
            path: 'numeroAvviso',
            message: told('Il numero dell’avviso ha 18 cifre.', 'The notice number has 18 digits.'),
          },
        ]),
    ...(/^\d{11}$/.test(digitsOf(creditor))
      ? []
      : [
          {
            path: 'creditor',
            message: told(
              'Il codice fiscale dell’Ente creditore ha 11 cifre.',
              'The codice fiscale of the creditor has 11 digits.',
            ),
          },
        ]),
  ];
}
