import { createHash } from 'node:crypto';
import type { DemoBusiness, DemoPerson } from '../town/people.ts';

export type Method = 'spid' | 'cie' | 'cns' | 'password';
export type Level = 1 | 2 | 3;

/** One sign-in at the demo's identity provider. */
export interface SignIn {
  /** Opaque: never the codice fiscale. The same for a person in every way of signing in. */
  readonly accountId: string;
  readonly person: DemoPerson | DemoBusiness;
  readonly method: Method;
  readonly level: Level;
}

export type FindPerson = (code: string) => Promise<DemoPerson | DemoBusiness | null>;

/** The one password of the demo. */
export const demoPassword = 'demo';

/** The page shows it in Italian, and `npm run token` in English. */
export class SignInProblem extends Error {
  readonly italian: string;
  constructor(english: string, italian: string) {
    super(english);
    this.italian = italian;
  }
}

/** The input of the sign-in page. */
export interface SignInForm {
  readonly code: string;
  readonly method: string;
  readonly level: string;
  readonly password: string;
}

/** `atLeast` is the level that the client requires. Errors: SignInProblem. */
export async function signIn(form: SignInForm, findPerson: FindPerson, atLeast: Level): Promise<SignIn> {
  const code = form.code.trim().toUpperCase();
  const method = methods.find((known) => known === form.method);
  const level = levels.find((known) => String(known) === form.level);
  if (method === undefined) refuse(`The method is one of ${methods.join(', ')}.`, 'Scegliere come accedere.');
  if (level === undefined) refuse('The level is 1, 2 or 3.', 'Il livello è 1, 2 o 3.');
  const person = await findPerson(code);
  if (person === null)
    refuse(
      'Nobody of that code can sign in to the demo town.',
      'Nessuno con questo codice può accedere al Comune dimostrativo.',
    );
  const isBusiness = 'partitaIva' in person;
  if (isBusiness && method !== 'password')
    refuse('A partita IVA signs in with a password.', 'Una partita IVA accede con login e password.');
  if (!isBusiness && method === 'password')
    refuse(
      'A password sign-in is for a partita IVA only: citizens use SPID, CIE or CNS.',
      'L’accesso con password è consentito alle sole partite IVA: i cittadini usano SPID, CIE o CNS.',
    );
  if (isBusiness && form.password !== demoPassword)
    refuse(
      `The password is not right (the demo's is "${demoPassword}").`,
      `La password non è corretta (quella dimostrativa è «${demoPassword}»).`,
    );
  // A password has no level: the API decides what it opens.
  if (!isBusiness && level < atLeast)
    refuse(
      `Level ${atLeast} or higher is asked for, and the sign-in is of level ${level}.`,
      `Il servizio chiede un accesso di livello ${atLeast}: scegliere il livello ${atLeast} o superiore.`,
    );
  return { accountId: accountIdOf(code), person, method, level };
}

function accountIdOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url').slice(0, 24);
}

/** The provider's record of a sign-in in a session, a code or a refresh token. */
export interface Authentication {
  readonly acr?: string;
  readonly amr: string[];
}

export function authenticationOf({ method, level }: SignIn): Authentication {
  return method === 'password' ? { amr: ['pwd'] } : { acr: acrOf(level), amr: [method] };
}

/** The token's claims, named as SPID and CIE name them. Source: facts of SPID and CIE, §2.8. */
export function claimsOf(
  person: DemoPerson | DemoBusiness,
  { acr, amr = [] }: Partial<Authentication>,
): Record<string, unknown> {
  if ('partitaIva' in person) {
    return {
      [`${eid}vat_number`]: `VATIT-${person.partitaIva}`,
      [`${eid}company_name`]: person.name,
      email: person.email,
      amr: ['pwd'],
      sign_in_method: 'VAT_PASSWORD',
    };
  }
  return {
    [`${eid}fiscal_number`]: `TINIT-${person.codiceFiscale}`,
    given_name: person.firstName,
    family_name: person.lastName,
    birthdate: person.birthDate,
    ...(person.email === null ? {} : { email: person.email }),
    ...(person.phone === null ? {} : { phone_number: `+39${person.phone}` }),
    acr,
    sign_in_method: amr.join().toUpperCase(),
  };
}

/** The lowest level that satisfies a client: it lists those it accepts. 1 if it lists none. */
export function levelAsked(acrValues: unknown): Level {
  const asked = String(acrValues ?? '')
    .split(' ')
    .map(levelOf)
    .filter((level) => level !== null);
  return asked.toSorted()[0] ?? 1;
}

/** Null for any other text. SPID's levels, which CIE uses too. */
export function levelOf(acr: string | undefined): Level | null {
  return levels.find((level) => acr === acrOf(level)) ?? null;
}

export const levels = [1, 2, 3] as const;
export const acrValues = levels.map(acrOf);
export const eid = 'https://attributes.eid.gov.it/';

function acrOf(level: Level): string {
  return `https://www.spid.gov.it/SpidL${level}`;
}

function refuse(english: string, italian: string): never {
  throw new SignInProblem(english, italian);
}

const methods: readonly Method[] = ['spid', 'cie', 'cns', 'password'];
