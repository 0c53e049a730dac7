import {
  type CalendarDate,
  codiceFiscaleAsHeld,
  type EuroCents,
  euroCentsFromDecimal,
  type Instant,
  parseInstant,
  romeLocalToInstant,
} from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';

/** Cut to what a field of pagoPA takes, and without the blanks and controls that it refuses. */
export function cut(text: string, maxLength: number): string {
  const clean = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return [...clean].slice(0, maxLength).join('').trim();
}

/** The last second of a day in Rome: who pays on the day itself is in time. */
export function endOfDay(date: CalendarDate): Instant {
  return romeLocalToInstant(`${date}T23:59:59`);
}

/**
 * Cents of a decimal number as JSON writes it: `101.42`, `7`, and `1.0142E+2`, which Java writes at times.
 *
 * Errors: InvalidValue, for a part of a cent too.
 */
export function centsOfDecimal(text: string): EuroCents {
  const match = /^(-?\d+)(?:\.(\d+))?[eE]\+?(\d{1,2})$/.exec(text);
  if (match === null) return euroCentsFromDecimal(text.replace(/(\.\d\d)0+$/, '$1'));
  const [, whole = '', decimals = '', exponent] = match;
  const shift = Number(exponent);
  const padded = decimals.padEnd(shift, '0');
  const rest = padded.slice(shift).replace(/(?<!0)0+$/, '');
  return euroCentsFromDecimal(`${whole}${padded.slice(0, shift)}${rest === '' ? '' : `.${rest}`}`);
}

/** A moment with its offset, or a local one of Rome, as older payment providers write it; a day is its midnight. */
export function momentOf(text: string): Instant {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return romeLocalToInstant(`${text}T00:00:00`);
  return /(?:[zZ]|[+-]\d{2}:\d{2})$/.test(text) ? parseInstant(text) : romeLocalToInstant(text.slice(0, 19));
}

/** Debtor or payer of a receipt; `ANONIMO` is somebody of whom nothing is known. Source: SANP. */
export function subjectOf(code: string, name: string): PagopaReceipt['payer'] {
  return code === 'ANONIMO' ? null : { codiceFiscale: codiceFiscaleAsHeld(code), name };
}
