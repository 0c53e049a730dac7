import { domainToASCII } from 'node:url';
import type { Brand } from './brand.ts';
import { InvalidValue } from './invalid-value.ts';

/**
 * An e-mail address in the form that every counterpart accepts: ASCII, an unquoted local part, a domain with a
 * top-level domain.
 *
 * Shape: `nome@esempio.it`, at most 254 characters. Source: RFC 5321 §4.5.3.1, RFC 5322 §3.2.3 (dot-atom); Checkout's
 * `emailNotice` has the format `email`, which is ASCII only.
 */
export type EmailAddress = Brand<string, 'EmailAddress'>;

/** Errors: InvalidValue. Blanks around it are removed; a domain with accents becomes its ASCII form (`xn--…`). */
export function parseEmailAddress(text: string): EmailAddress {
  const address = emailAddressOf(text);
  if (address === null) throw new InvalidValue('An e-mail address such as nome@esempio.it was expected.');
  return address;
}

/** As `parseEmailAddress`; null if the text is not an address. */
export function emailAddressOf(text: string): EmailAddress | null {
  const trimmed = text.trim();
  if (trimmed.length > mostCharacters) return null;
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(at, 0));
  const domain = asciiDomain(trimmed.slice(at + 1));
  const address = `${local}@${domain}`;
  return isLocalPart(local) && isDomain(domain) && address.length <= mostCharacters
    ? (address as EmailAddress)
    : null;
}

const mostCharacters = 254;

function isLocalPart(local: string): boolean {
  return local.length <= 64 && local.split('.').every((atom) => /^[\w!#$%&'*+/=?^`{|}~-]+$/.test(atom));
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return (
    labels.length > 1 &&
    labels.every((label) => /^[a-z\d-]{1,63}$/i.test(label) && !/^-|-$/.test(label)) &&
    /^(?:[a-z]{2,}|xn--.+)$/i.test(labels.at(-1) ?? '')
  );
}

/** Only letters outside ASCII are converted: the conversion would also accept `%6D.it` or a number for an address. */
function asciiDomain(domain: string): string {
  return /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) && /\P{ASCII}/u.test(domain) ? domainToASCII(domain) : domain;
}
