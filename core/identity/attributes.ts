import type { JWTPayload } from 'jose';
import {
  type CalendarDate,
  type CodiceFiscale,
  isCalendarDate,
  isCodiceFiscale,
  isPartitaIva,
  type PartitaIva,
} from '../values/index.ts';

/**
 * What a token says of a person or business, under any of the names in use.
 *
 * Shape: `https://attributes.eid.gov.it/fiscal_number`, `fiscalNumber`, `fiscal_number`, in any case, and
 * `TINIT-RSSCLD84C52A794Q` or the bare code. Source: facts of SPID and CIE, §2.8.
 */
export interface Attributes {
  /** Of a person: 16 characters. */
  readonly codiceFiscale: CodiceFiscale | null;
  readonly partitaIva: PartitaIva | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly companyName: string | null;
  readonly birthDate: CalendarDate | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export function attributesOf(claims: JWTPayload): Attributes {
  const birthDate = textClaim(claims, ['birthdate', 'date_of_birth', 'dateOfBirth']);
  return {
    codiceFiscale: codeClaim(claims, ['fiscal_number', 'fiscalNumber', 'codice_fiscale'], isPersonCode),
    partitaIva: codeClaim(claims, ['vat_number', 'ivaCode', 'partita_iva'], isPartitaIva),
    // SPID's `name` is the first name; OpenID Connect's, which is the whole, comes with a given_name.
    firstName: textClaim(claims, ['given_name', 'name', 'firstName']),
    lastName: textClaim(claims, ['family_name', 'familyName', 'lastName']),
    companyName: textClaim(claims, ['company_name', 'companyName', 'name']),
    birthDate: birthDate !== null && isCalendarDate(birthDate) ? birthDate : null,
    email: textClaim(claims, ['email']),
    phone: textClaim(claims, ['phone_number', 'mobilePhone']),
  };
}

/** The text under the first of those names that has one, whatever prefix and case the token gives the name. */
export function textClaim(claims: JWTPayload, names: readonly string[]): string | null {
  const known = new Map<string, string>();
  for (const [name, value] of Object.entries(claims)) {
    const text = textOf(value);
    if (text !== '') known.set(plainName(name), text);
  }
  for (const name of names) {
    const text = known.get(plainName(name));
    if (text !== undefined) return text;
  }
  return null;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/^https:\/\/attributes\.(eid|spid)\.gov\.it\//, '');
}

/** Proxies in front of SAML pass every attribute on as a list. */
function textOf(value: unknown): string {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof single === 'string' ? single.trim() : '';
}

function codeClaim<Code extends string>(
  claims: JWTPayload,
  names: readonly string[],
  isValid: (code: string) => code is Code,
): Code | null {
  const code = textClaim(claims, names)
    ?.toUpperCase()
    .replace(/^(TINIT|VATIT)-/, '')
    .trim();
  return code !== undefined && isValid(code) ? code : null;
}

function isPersonCode(code: string): code is CodiceFiscale {
  return code.length === 16 && isCodiceFiscale(code);
}
