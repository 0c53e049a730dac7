import type { Brand } from './brand.ts';
import { compactCode } from './compact-code.ts';
import { InvalidValue } from './invalid-value.ts';
import { type Iuv, parseIuv } from './iuv.ts';

/**
 * The number of a payment notice.
 *
 * Shape: 18 digits, the first the aux digit: `301000000000004285`. With aux digit 0, 2 and 3 the last two are
 * the first sixteen modulo 93; with 1 there are no check digits. Source: SACI, facts of pagoPA.
 */
export type NumeroAvviso = Brand<string, 'NumeroAvviso'>;

/** Errors: InvalidValue. Blanks of every kind, as notices print them in groups of four, are accepted. */
export function parseNumeroAvviso(text: string): NumeroAvviso {
  const digits = numeroAvvisoOf(text);
  if (digits === null) {
    throw new InvalidValue('A notice number of 18 digits with valid check digits was expected.');
  }
  return digits;
}

/** As `parseNumeroAvviso`; null if the text is not a notice number. */
export function numeroAvvisoOf(text: string): NumeroAvviso | null {
  const digits = compactCode(text);
  return isNumeroAvviso(digits) ? digits : null;
}

export function isNumeroAvviso(text: string): text is NumeroAvviso {
  if (!/^[0-3]\d{17}$/.test(text)) return false;
  return text[0] === '1' || text.slice(16) === checkDigitsOf(text.slice(0, 16));
}

/** As notices print it: `3010 0000 0000 0042 85`. */
export function formatNumeroAvviso(numeroAvviso: NumeroAvviso): string {
  return numeroAvviso.replace(/(.{4})(?=.)/g, '$1 ');
}

/** Passes what the legacy system holds, valid or not. */
export function numeroAvvisoAsHeld(text: string): NumeroAvviso {
  return text.trim() as NumeroAvviso;
}

/** A new number with aux digit 3. `segregationCode`: 0 to 49 for bodies; `base`: up to 13 digits. Errors: InvalidValue. */
export function createNumeroAvviso(parts: {
  readonly segregationCode: number;
  readonly base: bigint | number;
}): NumeroAvviso {
  const { segregationCode, base } = parts;
  const digits = base.toString();
  if (
    !Number.isInteger(segregationCode) ||
    segregationCode < 0 ||
    segregationCode > 49 ||
    !/^\d{1,13}$/.test(digits)
  ) {
    throw new InvalidValue('A segregation code of 0 to 49 and a base of at most 13 digits were expected.');
  }
  const first16 = `3${String(segregationCode).padStart(2, '0')}${digits.padStart(13, '0')}`;
  return (first16 + checkDigitsOf(first16)) as NumeroAvviso;
}

/** The IUV inside a notice number: without the first three digits for aux digit 0, without the first otherwise. */
export function iuvOf(numeroAvviso: NumeroAvviso): Iuv {
  return parseIuv(numeroAvviso.slice(numeroAvviso[0] === '0' ? 3 : 1));
}

function checkDigitsOf(first16: string): string {
  return String(BigInt(first16) % 93n).padStart(2, '0');
}
