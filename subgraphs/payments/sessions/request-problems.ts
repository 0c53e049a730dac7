import { emailAddressOf } from '../../../core/values/index.ts';
import { maxKeyLength } from '../../shared/idempotency-key.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { FieldProblem } from '../../shared/shared-types.ts';
import { allowedReturnAddress } from './return-address.rules.ts';

/** Collects the problems of a request's fields, so that all are reported together. */
export interface RequestProblems {
  add(path: string, code: string, sentence: Sentence): void;
  /** The trimmed text; null if it is empty. */
  text(path: string, value: string | null | undefined, maxLength: number): string | null;
  required(path: string, value: string | null | undefined, maxLength: number): string;
  email(path: string, value: string | null | undefined): string | null;
  returnAddress(value: string): URL | null;
  readonly found: readonly FieldProblem[];
}

const lineBreak = /[\n\r\v\f\u0085\u2028\u2029]/;

export function createRequestProblems({ language, paying }: RequestContext): RequestProblems {
  const found: FieldProblem[] = [];
  const add: RequestProblems['add'] = (path, code, sentence) =>
    void found.push(Object.assign(new FieldProblem(), { path, code, message: sentence[language] }));
  const text: RequestProblems['text'] = (path, value, maxLength) => {
    const trimmed = value?.trim() || null;
    if (trimmed !== null && trimmed.length > maxLength) {
      add(path, 'TOO_LONG', {
        it: `Scrivere al massimo ${maxLength} caratteri.`,
        en: `Write at most ${maxLength} characters.`,
      });
    }
    if (trimmed !== null && lineBreak.test(trimmed)) {
      add(path, 'LINE_BREAK', {
        it: 'Scrivere su una sola riga, senza andare a capo.',
        en: 'Write on one line, without line breaks.',
      });
    } else if (trimmed !== null && (hasControlCharacter(trimmed) || !trimmed.isWellFormed())) {
      add(path, 'NOT_TEXT', {
        it: 'Il testo contiene caratteri che non si possono stampare: riscriverlo a mano.',
        en: 'The text has characters that cannot be printed: type it again.',
      });
    }
    return trimmed;
  };
  return {
    found,
    add,
    text,
    required(path, value, maxLength) {
      const given = text(path, value, maxLength);
      if (given === null) add(path, 'REQUIRED', { it: 'Campo obbligatorio.', en: 'This field is required.' });
      return given ?? '';
    },
    email(path, value) {
      const given = value?.trim() || null;
      const address = given === null ? null : emailAddressOf(given);
      if (given !== null && address === null) {
        add(path, 'EMAIL_INVALID', {
          it: 'Indicare un indirizzo e-mail valido, come nome@esempio.it, senza accenti.',
          en: 'Give an e-mail address such as name@example.org, without accents.',
        });
      }
      return address ?? given;
    },
    returnAddress(value) {
      const address = allowedReturnAddress(value, paying.returnOrigins);
      if (address === null) {
        add('returnUrl', 'RETURN_URL_NOT_ALLOWED', {
          it: 'L’indirizzo di ritorno non è tra quelli ammessi.',
          en: 'The return address is not one of those that are allowed.',
        });
      }
      return address;
    },
  };
}

/** The key, never empty: otherwise all clients that forget it would share one. */
export function checkKey(problems: RequestProblems, key: string): void {
  problems.required('idempotencyKey', key, maxKeyLength);
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
