import anyAscii from 'any-ascii';
import { toPrintableText } from '../../../core/pdf/printable.ts';
import type { CodiceFiscale, EuroCents, NumeroAvviso } from '../../../core/values/index.ts';

// What machines read from a notice. Source: SACI and the published layout of the notice, facts of pagoPA §2.2.

export interface NoticeCode {
  readonly numeroAvviso: NumeroAvviso;
  /** Codice fiscale of the body: 11 digits. */
  readonly creditor: CodiceFiscale;
  readonly amount: EuroCents;
}

/** Ten digits of cents are the most that both codes hold. */
export const mostCents = 9_999_999_999;

/** Of the QR code. Shape: `PAGOPA|002|301000000000004285|00300120169|10142`; 9 cents are `09`. */
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
 * Of the Data Matrix of a bollettino postale: always 256 characters.
 *
 * Names and subjects are longer at times and hold any letter: they are written as they are printed, in ASCII, one byte
 * a letter, and cut to their fields.
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
