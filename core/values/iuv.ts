import type { Brand } from './brand.ts';
import { compactCode } from './compact-code.ts';
import { InvalidValue } from './invalid-value.ts';

/** Identificativo univoco di versamento: what identifies a payment at pagoPA. Shape: 15 or 17 digits. */
export type Iuv = Brand<string, 'Iuv'>;

/** Errors: InvalidValue. Blanks of every kind are accepted. */
export function parseIuv(text: string): Iuv {
  const digits = compactCode(text);
  if (!isIuv(digits)) throw new InvalidValue('An IUV of 15 or 17 digits was expected.');
  return digits;
}

export function isIuv(text: string): text is Iuv {
  return /^(\d{15}|\d{17})$/.test(text);
}

/** Passes what the legacy system holds, valid or not. */
export function iuvAsHeld(text: string): Iuv {
  return text.trim() as Iuv;
}
