import {
  type CalendarDate,
  codiceFiscaleAsHeld,
  cutText,
  type EuroCents,
  euroCentsFromDecimal,
  type Instant,
  InvalidValue,
  parseInstant,
  romeLocalToInstant,
  toInstant,
} from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';

/** Cut to the length of a pagoPA field, without the blanks and control characters that it refuses. */
export function cut(text: string, maxLength: number): string {
  const clean = text.toWellFormed().replace(/[\s\p{Cc}]+/gu, ' ');
  return cutText(clean.trim(), maxLength).trim();
}

/** The last second of a day in Rome: a payment on the day itself is in time. */
export function endOfDay(date: CalendarDate): Instant {
  return romeLocalToInstant(`${date}T23:59:59`);
}

/**
 * Cents of a decimal number in JSON: `101.42`, `7`, and `1.0142E+2`, which Java writes at times.
 *
 * Errors: InvalidValue, for a fraction of a cent too.
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

/**
 * The first readable instant of a list, or a default: a receipt is stored whatever its dates.
 *
 * Nothing was paid before pagoPA existed: some systems write `0001-01-01` for a missing date.
 */
export function firstMoment(texts: readonly (string | null | undefined)[], otherwise: Date): Instant {
  for (const text of texts) {
    const moment = text == null ? null : readable(text);
    if (moment !== null && moment >= '2000' && moment < '9999') return moment;
  }
  return toInstant(otherwise);
}

function readable(text: string): Instant | null {
  try {
    return momentOf(text);
  } catch (error) {
    if (error instanceof InvalidValue) return null;
    throw error;
  }
}

/**
 * An instant with an offset, or a local time of Rome, as older payment providers write it; a day means its
 * midnight.
 */
export function momentOf(text: string): Instant {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return romeLocalToInstant(`${text}T00:00:00`);
  return /(?:[zZ]|[+-]\d{2}:\d{2})$/.test(text) ? parseInstant(text) : romeLocalToInstant(text.slice(0, 19));
}

/** Debtor or payer of a receipt; `ANONIMO` is an unknown person. Source: SANP. */
export function subjectOf(code: string, name: string): PagopaReceipt['payer'] {
  return code === 'ANONIMO' ? null : { codiceFiscale: codiceFiscaleAsHeld(code), name };
}
