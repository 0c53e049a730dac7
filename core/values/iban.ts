import { isSEPACountry, isValidIBAN } from 'ibantools';
import type { Brand } from './brand.ts';
import { compactCode } from './compact-code.ts';
import { InvalidValue } from './invalid-value.ts';

/** A bank account. Shape: in capitals without blanks: `IT60X0542811101000000123456`. Source: ISO 13616. */
export type Iban = Brand<string, 'Iban'>;

/** Errors: InvalidValue. Blanks of every kind, hyphens and lower case are accepted. */
export function parseIban(text: string): Iban {
  const iban = ibanOf(text);
  if (iban === null) throw new InvalidValue('An IBAN with the right length and check digits was expected.');
  return iban;
}

/** As `parseIban`; null if the text is not an IBAN. */
export function ibanOf(text: string): Iban | null {
  const compact = compactCode(text).replaceAll('-', '');
  const iban = /^[\dA-Z]{15,34}$/.test(compact) ? compact : '';
  return isValidIBAN(iban) ? (iban as Iban) : null;
}

/** Whether SEPA reaches the account: a direct debit (SDD) is possible from there only. */
export function isSepaIban(iban: Iban): boolean {
  const country = iban.slice(0, 2);
  return isSEPACountry(country) || joinedSince2024.has(country);
}

// The library's list ends with the members of 2019. Source: EPC409-09, the list of SEPA scheme countries.
const joinedSince2024 = new Set(['AL', 'ME', 'MD', 'MK', 'RS']);
