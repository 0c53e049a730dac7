import type { JWTPayload } from 'jose';
import {
  type CalendarDate,
  type CodiceFiscale,
  compactCode,
  isCalendarDate,
  isCodiceFiscale,
  isPartitaIva,
  type PartitaIva,
} from '../values/index.ts';

/**
 * The claims of a token about a person or business, under the names in use and no others.
 *
 * Shape: `https://attributes.eid.gov.it/fiscal_number`, `fiscalNumber` or `fiscal_number`, and
 * `TINIT-RSSCLD84C52A794Q` or the bare code in any case. Source: facts of SPID and CIE, §2.8.
 */
export interface Attributes {
  /** Of a person: 16 characters. */
  readonly codiceFiscale: CodiceFiscale | null;
  /** Whether the token is about a person, also when their code cannot be read. */
  readonly namesPerson: boolean;
  readonly partitaIva: PartitaIva | null;
  /** Whether the token holds two different codes for one person or business; then neither is used. */
  readonly isContradictory: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly companyName: string | null;
  readonly birthDate: CalendarDate | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export function attributesOf(claims: JWTPayload): Attributes {
  const birthDate = attribute(claims, ['birthdate', 'date_of_birth', 'dateOfBirth']);
  const personCodes = codesOf(claims, ['fiscal_number', 'fiscalNumber', 'codice_fiscale']);
  const businessCodes = codesOf(claims, ['vat_number', 'ivaCode', 'partita_iva']);
  return {
    codiceFiscale: onlyValid(personCodes, isPersonCode),
    namesPerson: personCodes.length > 0,
    partitaIva: onlyValid(businessCodes, isPartitaIva),
    isContradictory: personCodes.length > 1 || businessCodes.length > 1,
    // SPID's `name` is the first name; OpenID Connect's, which is the whole, comes with a given_name.
    firstName: attribute(claims, ['given_name', 'name', 'firstName']),
    lastName: attribute(claims, ['family_name', 'familyName', 'lastName']),
    companyName: attribute(claims, ['company_name', 'companyName', 'name']),
    birthDate: birthDate !== null && isCalendarDate(birthDate) ? birthDate : null,
    email: attribute(claims, ['email']),
    phone: attribute(claims, ['phone_number', 'mobilePhone']),
  };
}

/** The text of a claim of exactly that name; null when it is empty or no text. */
export function textClaim(claims: JWTPayload, name: string): string | null {
  const text = Object.hasOwn(claims, name) ? textOf(claims[name]) : '';
  return text === '' ? null : text;
}

const prefixes = ['https://attributes.eid.gov.it/', 'https://attributes.spid.gov.it/', ''] as const;

/** The first of those attributes that has a text, with a prefix of the national schemes or without. */
function attribute(claims: JWTPayload, names: readonly string[]): string | null {
  return textsOf(claims, names)[0] ?? null;
}

function textsOf(claims: JWTPayload, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => prefixes.flatMap((prefix) => textClaim(claims, `${prefix}${name}`) ?? []));
}

/** Proxies in front of SAML pass every attribute on as a list. */
function textOf(value: unknown): string {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof single === 'string' ? single.trim() : '';
}

/** The different codes under those names: a token is about one person, so more than one is a contradiction. */
function codesOf(claims: JWTPayload, names: readonly string[]): readonly string[] {
  return [...new Set(textsOf(claims, names).map(toCode))];
}

function toCode(text: string): string {
  return compactCode(text).replace(/^(TINIT|VATIT)-/, '');
}

function onlyValid<Code extends string>(
  [code, ...others]: readonly string[],
  isValid: (code: string) => code is Code,
): Code | null {
  return code !== undefined && others.length === 0 && isValid(code) ? code : null;
}

function isPersonCode(code: string): code is CodiceFiscale {
  return code.length === 16 && isCodiceFiscale(code);
}
