import anyAscii from 'any-ascii';
import { toPrintableText } from '../../../core/pdf/printable.ts';
import type { CodiceFiscale, EuroCents, NumeroAvviso } from '../../../core/values/index.ts';

// The machine-readable codes of a notice. Source: SACI and the published layout of the notice, facts of pagoPA
// §2.2.

export interface NoticeCode {
  readonly numeroAvviso: NumeroAvviso;
  /** Codice fiscale of the creditor: 11 digits. */
  readonly creditor: CodiceFiscale;
  readonly amount: EuroCents;
}

/** Both codes hold at most ten digits of cents. */
export const mostCents = 9_999_999_999;

/** The content of the QR code. Shape: `PAGOPA|002|301000000000004285|00300120169|10142`; 9 cents are `09`. */
export function qrTextOf({ numeroAvviso, creditor, amount }: NoticeCode): string {
  return ['PAGOPA', '002', numeroAvviso, creditor, String(amount).padStart(2, '0')].join('|');
}

export interface PostalCode extends NoticeCode {
  /** 12 digits. */
  readonly account: string;
  readonly debtor: CodiceFiscale;
  readonly debtorName: string;
  readonly subject: string;
}

/**
 * The content of a bollettino postale's Data Matrix: always 256 characters.
 *
 * Names and subjects may be longer and hold any letter: they are written in ASCII as printed, one byte a letter,
 * and cut to their fields.
 */
export function dataMatrixTextOf(code: PostalCode): string {
  const { numeroAvviso, creditor, amount, account, debtor, debtorName, subject } = code;
  return [
    'codfase=NBPA;',
    `18${numeroAvviso}`,
    `12${account}`,
    `10${String(amount).padStart(10, '0')}`,
    '3896',
    '1P1',
    field(creditor, 11),
    field(debtor, 16),
    field(debtorName, 40),
    field(subject, 110),
    field('', 12),
    'A',
  ].join('');
}

function field(text: string, length: number): string {
  const ascii = anyAscii(toPrintableText(text)).replace(/[^\x20-\x7e]+/g, ' ');
  return ascii.slice(0, length).padEnd(length);
}
