import { createHash } from 'node:crypto';
import type { DemoBusiness, DemoPerson } from '../town/people.ts';

export type Method = 'spid' | 'cie' | 'cns' | 'password';
export type Level = 1 | 2 | 3;

/** One sign-in at the demo's identity provider. */
export interface SignIn {
  /** Opaque: never the codice fiscale. */
  readonly accountId: string;
  readonly who: DemoPerson | DemoBusiness;
  readonly method: Method;
  readonly level: Level;
}

export type FindPerson = (code: string) => Promise<DemoPerson | DemoBusiness | null>;

/** The one password of the demo. */
export const demoPassword = 'demo';

/** Errors: one sentence for who types something that is not possible. */
export async function signIn(
  form: { readonly code: string; readonly method: string; readonly level: string; readonly password: string },
  findPerson: FindPerson,
): Promise<SignIn> {
  const code = form.code.trim().toUpperCase();
  const method = methods.find((known) => known === form.method);
  const level = ([1, 2, 3] as const).find((known) => String(known) === form.level);
  if (method === undefined) throw new Error(`The method is one of ${methods.join(', ')}.`);
  if (level === undefined) throw new Error('The level is 1, 2 or 3.');
  const who = await findPerson(code);
  if (who === null) throw new Error('Nobody of that code can sign in to the demo town.');
  const isBusiness = 'partitaIva' in who;
  if (isBusiness && method !== 'password') throw new Error('A partita IVA signs in with a password.');
  if (!isBusiness && method === 'password')
    throw new Error('A password sign-in is for a partita IVA only: citizens use SPID, CIE or CNS.');
  if (isBusiness && form.password !== demoPassword)
    throw new Error(`The password is not right (the demo's is "${demoPassword}").`);
  const accountId = createHash('sha256')
    .update(`${code} ${method} ${level}`)
    .digest('base64url')
    .slice(0, 24);
  return { accountId, who, method, level };
}

/** What the token says, named as SPID and CIE name it. Source: facts of SPID and CIE, §2.8. */
export function claimsOf({ who, method, level }: SignIn): Record<string, unknown> {
  if ('partitaIva' in who) {
    return {
      [`${eid}vat_number`]: `VATIT-${who.partitaIva}`,
      [`${eid}company_name`]: who.name,
      email: who.email,
      amr: ['pwd'],
      sign_in_method: 'VAT_PASSWORD',
    };
  }
  return {
    [`${eid}fiscal_number`]: `TINIT-${who.codiceFiscale}`,
    given_name: who.firstName,
    family_name: who.lastName,
    birthdate: who.birthDate,
    ...(who.email === null ? {} : { email: who.email }),
    ...(who.phone === null ? {} : { phone_number: `+39${who.phone}` }),
    acr: `https://www.spid.gov.it/SpidL${level}`,
    sign_in_method: method.toUpperCase(),
  };
}

const eid = 'https://attributes.eid.gov.it/';
const methods: readonly Method[] = ['spid', 'cie', 'cns', 'password'];
