import type { JWTPayload } from 'jose';
import { AppError } from '../errors.ts';
import { codiceFiscaleAsHeld } from '../values/index.ts';
import { type Attributes, attributesOf, textClaim } from './attributes.ts';
import type { BusinessCaller, Caller, CitizenCaller, MachineCaller } from './caller.ts';
import { type IdSecrets, personIds } from './person-id.ts';
import { isPasswordSignIn, signInOf } from './sign-in.ts';

/** The lowest sign-in that sees personal data, as RFC 9470 has a client ask for it. Source: SPID, §2.8. */
const wantedAcr = 'https://www.spid.gov.it/SpidL2';

/**
 * Who a verified token stands for.
 *
 * Errors: UNAUTHENTICATED, with `insufficient_user_authentication` when the sign-in level is too low.
 */
export function toCaller(claims: JWTPayload, idSecrets: IdSecrets): Caller {
  const attributes = attributesOf(claims);
  if (attributes.isContradictory)
    throw refused('no_identity', 'The token names two different codes for one person or business.');
  if (isPasswordSignIn(claims)) return toBusiness(attributes, claims, idSecrets);
  if (attributes.codiceFiscale !== null) return toCitizen(attributes, claims, idSecrets);
  // A person whose code cannot be read is never taken for the program that they use.
  const machine = attributes.namesPerson ? null : toMachine(claims);
  if (machine !== null) return machine;
  throw refused('no_identity', 'The token names neither a person with a codice fiscale nor a program.');
}

function toCitizen(attributes: Attributes, claims: JWTPayload, idSecrets: IdSecrets): CitizenCaller {
  const { codiceFiscale, firstName, lastName, birthDate, email, phone } = attributes;
  if (codiceFiscale === null) throw refused('no_identity', 'The token names no codice fiscale.');
  const { method, level } = signInOf(claims);
  if (level < 2) {
    throw new AppError('UNAUTHENTICATED', 'A sign-in with SPID level 2 or higher is needed.', {
      facts: { reason: 'insufficient_user_authentication', acrValues: wantedAcr },
    });
  }
  return {
    kind: 'citizen',
    ...personIds(idSecrets, codiceFiscale),
    codiceFiscale,
    firstName: firstName ?? '',
    lastName: lastName ?? '',
    birthDate,
    email,
    phone,
    signInMethod: method,
    level: level === 3 ? 3 : 2,
    ...clientOf(claims),
  };
}

function toBusiness(
  { partitaIva, companyName }: Attributes,
  claims: JWTPayload,
  idSecrets: IdSecrets,
): BusinessCaller {
  // [PORTAL] D.L. 16 July 2020 n. 76: citizens use a digital identity; passwords are left to partite IVA.
  if (partitaIva === null) {
    throw refused('password_not_allowed', 'A sign-in with a password is accepted for a partita IVA only.');
  }
  return {
    kind: 'business',
    ...personIds(idSecrets, partitaIva),
    partitaIva,
    codiceFiscale: codiceFiscaleAsHeld(partitaIva),
    name: companyName ?? '',
    signInMethod: 'VAT_PASSWORD',
    ...clientOf(claims),
  };
}

/** A client-credentials token: its subject, if any, is the client itself (RFC 9068 §2.2). */
function toMachine(claims: JWTPayload): MachineCaller | null {
  const { clientId } = clientOf(claims);
  const scope = textClaim(claims, 'scope');
  if (clientId === undefined || scope === null) return null;
  if (claims.sub !== undefined && claims.sub !== clientId) return null;
  return { kind: 'machine', clientId, scopes: scope.split(' ').filter((name) => name !== '') };
}

/** The client that the token was issued to (RFC 9068 §2.2; `azp` of OpenID Connect). */
function clientOf(claims: JWTPayload): { readonly clientId?: string } {
  const clientId = textClaim(claims, 'client_id') ?? textClaim(claims, 'azp');
  return clientId === null ? {} : { clientId };
}

function refused(reason: string, message: string): AppError {
  return new AppError('UNAUTHENTICATED', message, { facts: { reason } });
}
