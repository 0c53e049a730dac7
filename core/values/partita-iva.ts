import type { Brand } from './brand.ts';
import { compactCode } from './compact-code.ts';
import { InvalidValue } from './invalid-value.ts';

/** A VAT number. Shape: 11 digits, the last a check digit: `03123450169`. */
export type PartitaIva = Brand<string, 'PartitaIva'>;

/** Errors: InvalidValue. Blanks of every kind are accepted. */
export function parsePartitaIva(text: string): PartitaIva {
  const code = compactCode(text);
  if (!isPartitaIva(code))
    throw new InvalidValue('A partita IVA of 11 digits with a valid check digit was expected.');
  return code;
}

export function isPartitaIva(text: string): text is PartitaIva {
  return isElevenDigitCode(text);
}

/** Whether 11 digits end with the check digit that the first ten ask for (Luhn's sum). */
export function isElevenDigitCode(text: string): boolean {
  if (!/^\d{11}$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < 11; i++) {
    const digit = text.charCodeAt(i) - 48;
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
