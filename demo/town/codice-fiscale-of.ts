import { type CodiceFiscale, checkLetterOf } from '../../core/values/index.ts';

/** The codice fiscale that an invented person born in Bergamo would have. Source: D.M. 23 December 1976, n. 13813. */
export function codiceFiscaleOf(person: {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly sex: 'F' | 'M';
}): CodiceFiscale {
  const [year, month, day] = person.birthDate.split('-').map(Number) as [number, number, number];
  const dayPart = String(person.sex === 'F' ? day + 40 : day).padStart(2, '0');
  const first15 = `${lettersOf(person.lastName, false)}${lettersOf(person.firstName, true)}${String(year).slice(2)}${'ABCDEHLMPRST'[month - 1]}${dayPart}A794`;
  return (first15 + checkLetterOf(first15)) as CodiceFiscale;
}

function lettersOf(name: string, isFirstName: boolean): string {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, '');
  const consonants = letters.replace(/[AEIOU]/g, '');
  const vowels = letters.replace(/[^AEIOU]/g, '');
  const chosen = isFirstName && consonants.length > 3 ? consonants.replace(/^(.)./, '$1') : consonants;
  return `${chosen}${vowels}XXX`.slice(0, 3);
}
