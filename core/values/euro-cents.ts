import type { Brand } from './brand.ts';
import { InvalidValue } from './invalid-value.ts';

/** Money. Unit: integer euro cents; 101,42 EUR is 10142. Never a float of euros. */
export type EuroCents = Brand<number, 'EuroCents'>;

/** Errors: InvalidValue for a fraction or for more than can be counted exactly. */
export function parseEuroCents(value: number): EuroCents {
  if (!Number.isSafeInteger(value)) throw new InvalidValue('A whole number of euro cents was expected.');
  return value as EuroCents;
}

/** From euros written with a point: `101.42`, `-3.5`, `7`. Errors: InvalidValue for anything else, more than two decimals included. */
export function euroCentsFromDecimal(text: string): EuroCents {
  // As a database writes it: no match to take apart for the hundreds of amounts of a list.
  if (/^\d{1,13}\.\d{2}$/.test(text))
    return (Number(text.slice(0, -3)) * 100 + Number(text.slice(-2))) as EuroCents;
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (match === null) throw new InvalidValue('Euros with a point and at most two decimals were expected.');
  const [, sign, euros, decimals = ''] = match;
  const cents = Number(euros) * 100 + Number(decimals.padEnd(2, '0'));
  return (sign === '-' && cents !== 0 ? -cents : cents) as EuroCents;
}

const grouped = new Intl.NumberFormat('it-IT', { useGrouping: 'always' });

/** As the portal writes it: `101,42`, `1.234,50`. */
export function formatEuro(cents: EuroCents): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const euros = grouped.format(Number(digits.slice(0, -2)));
  return `${cents < 0 ? '-' : ''}${euros},${digits.slice(-2)}`;
}

export function addCents(...amounts: readonly EuroCents[]): EuroCents {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum as EuroCents;
}

export function subtractCents(from: EuroCents, amount: EuroCents): EuroCents {
  return (from - amount) as EuroCents;
}
