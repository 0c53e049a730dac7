import type { JWTPayload } from 'jose';
import { AppError } from '../errors.ts';
import {
  type CalendarDate,
  type CodiceFiscale,
  isCalendarDate,
  isCodiceFiscale,
  isPartitaIva,
  type PartitaIva,
} from '../values/index.ts';
import type { Caller, SignInMethod } from './caller.ts';
import { createPersonId } from './person-id.ts';

/** The lowest level that sees personal data. Source: facts of SPID, §2.8. */
const wantedAcr = 'https://www.spid.gov.it/SpidL2';

/**
 * Who a verified token stands for.
 *
 * SPID, CIE and the federations before them name the same attribute differently, with and without the prefix
 * of the country: every known spelling is accepted. Errors: UNAUTHENTICATED, with what RFC 9470 wants when
 * the sign-in level is too low.
 */
export function toCaller(claims: JWTPayload, idSecret: string): Caller {
  const partitaIva = codeOf(claims, vatNames, isPartitaIva) as PartitaIva | null;
  const codiceFiscale = codeOf(claims, personNames, isCodiceFiscale) as CodiceFiscale | null;
  if (isPassword(claims)) return toBusiness(claims, partitaIva, idSecret);
  if (codiceFiscale !== null && codiceFiscale.length === 16)
    return toCitizen(claims, codiceFiscale, idSecret);
  const clientId = textOf(claims, ['client_id', 'azp']);
  // A client-credentials token has no subject of its own: RFC 9068 §2.2.
  if (clientId !== null && (claims.sub === undefined || claims.sub === clientId)) {
    return {
      kind: 'machine',
      clientId,
      scopes: (textOf(claims, ['scope']) ?? '').split(' ').filter(Boolean),
    };
  }
  throw refused('no_identity', 'The token names neither a codice fiscale nor a partita IVA.');
}

function toCitizen(claims: JWTPayload, codiceFiscale: CodiceFiscale, idSecret: string): Caller {
  const { method, level } = signInOf(claims);
  if (level < 2) {
    throw new AppError('UNAUTHENTICATED', 'A sign-in with SPID level 2 or higher is needed.', {
      facts: { reason: 'insufficient_user_authentication', acrValues: wantedAcr },
    });
  }
  const birthDate = textOf(claims, ['birthdate', 'dateOfBirth', 'date_of_birth']);
  return {
    kind: 'citizen',
    id: createPersonId(idSecret, codiceFiscale),
    codiceFiscale,
    firstName: textOf(claims, ['given_name', 'name', 'firstName']) ?? '',
    lastName: textOf(claims, ['family_name', 'familyName', 'lastName']) ?? '',
    birthDate: birthDate !== null && isCalendarDate(birthDate) ? (birthDate as CalendarDate) : null,
    email: textOf(claims, ['email']),
    phone: textOf(claims, ['phone_number', 'mobilePhone']),
    signInMethod: method,
    level: level as 2 | 3,
  };
}

function toBusiness(claims: JWTPayload, partitaIva: PartitaIva | null, idSecret: string): Caller {
  // [PORTAL] D.L. 16 July 2020 n. 76: login and password are for partite IVA only.
  if (partitaIva === null) {
    throw refused('password_not_allowed', 'A password sign-in is accepted for a partita IVA only.');
  }
  return {
    kind: 'business',
    id: createPersonId(idSecret, partitaIva),
    partitaIva,
    codiceFiscale: String(partitaIva) as CodiceFiscale,
    name: textOf(claims, ['company_name', `${eid}company_name`, 'companyName', 'name']) ?? '',
    signInMethod: 'VAT_PASSWORD',
  };
}

function signInOf(claims: JWTPayload): { readonly method: SignInMethod; readonly level: number } {
  const acr = textOf(claims, ['acr']) ?? '';
  const level = Number(
    /(?:SpidL|CieL|eIDAS?L?|L)([123])$/i.exec(acr)?.[1] ?? eidasLevels[acr.split('/').at(-1) ?? ''] ?? 0,
  );
  const stated = (textOf(claims, ['sign_in_method', 'idp_type']) ?? '').toUpperCase();
  const method = methods.find((known) => known === stated) ?? (/spid\.gov\.it/.test(acr) ? 'SPID' : 'OTHER');
  return { method, level };
}

function isPassword(claims: JWTPayload): boolean {
  const methodsUsed = claims.amr;
  const isPwd = Array.isArray(methodsUsed) && methodsUsed.length === 1 && methodsUsed[0] === 'pwd';
  return isPwd || textOf(claims, ['sign_in_method'])?.toUpperCase() === 'VAT_PASSWORD';
}

const eid = 'https://attributes.eid.gov.it/';
const spid = 'https://attributes.spid.gov.it/';
const personNames = [
  `${eid}fiscal_number`,
  `${spid}fiscal_number`,
  `${spid}fiscalNumber`,
  'fiscal_number',
  'fiscalNumber',
  'codice_fiscale',
];
const vatNames = [
  `${eid}vat_number`,
  `${spid}vat_number`,
  `${spid}ivaCode`,
  'vat_number',
  'ivaCode',
  'partita_iva',
];
const methods: readonly SignInMethod[] = ['SPID', 'CIE', 'CNS', 'EIDAS'];
const eidasLevels: Readonly<Record<string, number>> = { low: 1, substantial: 2, high: 3 };

function codeOf(
  claims: JWTPayload,
  names: readonly string[],
  isValid: (code: string) => boolean,
): string | null {
  const held = textOf(claims, names);
  if (held === null) return null;
  const code = held
    .trim()
    .toUpperCase()
    .replace(/^(TINIT|VATIT)-/, '');
  return isValid(code) ? code : null;
}

/** The first claim that is there, whatever its case. */
function textOf(claims: JWTPayload, names: readonly string[]): string | null {
  const wanted = names.map((name) => name.toLowerCase());
  for (const [name, value] of Object.entries(claims)) {
    if (wanted.includes(name.toLowerCase()) && typeof value === 'string' && value.trim() !== '')
      return value.trim();
  }
  return null;
}

function refused(reason: string, message: string): AppError {
  return new AppError('UNAUTHENTICATED', message, { facts: { reason } });
}
