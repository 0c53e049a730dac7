import type { JWTPayload } from 'jose';
import { textClaim } from './attributes.ts';
import type { SignInMethod } from './caller.ts';

export interface SignIn {
  readonly method: SignInMethod;
  /** 0 when the token does not say, or says it in words that are not known. */
  readonly level: 0 | 1 | 2 | 3;
}

/**
 * How a person signed in. The level is taken from `acr` alone: no other claim can raise it.
 *
 * Shape of `acr`: `https://www.spid.gov.it/SpidL2`, which CIE uses too; `http://eidas.europa.eu/LoA/high`.
 * Source: facts of SPID and CIE, §2.8.
 */
export function signInOf(claims: JWTPayload): SignIn {
  const stated = statedMethod(claims);
  const acr = textClaim(claims, 'acr') ?? '';
  const known = acrForms.find(({ shape }) => shape.test(acr));
  if (known === undefined) return { method: stated ?? 'OTHER', level: 0 };
  return { method: stated ?? known.method, level: levelOf(known.shape.exec(acr)?.[1]) };
}

/** Whether the caller signed in with a password only. */
export function isPasswordSignIn(claims: JWTPayload): boolean {
  const { amr } = claims;
  // RFC 8176 has a list; some providers write one method as a text.
  const methodsUsed: readonly unknown[] = Array.isArray(amr) ? amr : [amr];
  const isPassword = methodsUsed.length > 0 && methodsUsed.every((method) => method === 'pwd');
  return statedMethod(claims) === 'VAT_PASSWORD' || isPassword;
}

const acrForms: readonly { readonly shape: RegExp; readonly method: SignInMethod }[] = [
  { shape: /^(?:https:\/\/www\.spid\.gov\.it\/)?SpidL([123])$/i, method: 'SPID' },
  // [INFER] Brokers that tell CIE from SPID use CIE's own names of levels.
  { shape: /^(?:https:\/\/[\w.-]+\.interno\.gov\.it\/)?CieL([123])$/i, method: 'CIE' },
  // [INFER] The classes of SAML 2.0 for a smart card with a certificate: what a CNS is.
  { shape: /^urn:oasis:names:tc:SAML:2\.0:ac:classes:(SmartcardPKI|TLSClient)$/, method: 'CNS' },
  { shape: /^https?:\/\/eidas\.europa\.eu\/LoA\/(low|substantial|high)$/i, method: 'EIDAS' },
];

const levels: Readonly<Record<string, SignIn['level']>> = {
  '1': 1,
  low: 1,
  '2': 2,
  substantial: 2,
  '3': 3,
  high: 3,
  smartcardpki: 3,
  tlsclient: 3,
};

function levelOf(text: string | undefined): SignIn['level'] {
  return levels[(text ?? '').toLowerCase()] ?? 0;
}

const methods: readonly SignInMethod[] = ['SPID', 'CIE', 'CNS', 'EIDAS', 'VAT_PASSWORD'];

/** A broker for several identities says which it was in a claim of its own. */
function statedMethod(claims: JWTPayload): SignInMethod | undefined {
  const stated = (textClaim(claims, 'sign_in_method') ?? textClaim(claims, 'idp_type'))?.toUpperCase();
  if (stated === undefined) return undefined;
  return methods.find((method) => method === stated) ?? 'OTHER';
}
