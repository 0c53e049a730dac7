import {
  InvalidValue,
  iuvAsHeld,
  numeroAvvisoAsHeld,
  parseCodiceFiscale,
} from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import { centsOfDecimal, cut, firstMoment, subjectOf } from './formats.ts';
import { parseExactJson } from './wire/exact-json.ts';

/** The fields that we read, named as in biz_events.json; numbers are texts, see exact-json.ts. */
interface ReceiptBody {
  readonly receiptId?: unknown;
  readonly noticeNumber?: unknown;
  readonly fiscalCode?: unknown;
  readonly outcome?: unknown;
  readonly creditorReferenceId?: unknown;
  readonly paymentAmount?: unknown;
  readonly description?: unknown;
  readonly debtor?: Subject | null;
  readonly payer?: Subject | null;
  readonly pspCompanyName?: unknown;
  readonly paymentMethod?: string | null;
  readonly paymentDateTime?: string | null;
  readonly paymentDateTimeFormatted?: string | null;
  readonly applicationDate?: string | null;
  readonly transferDate?: string | null;
}

interface Subject {
  readonly entityUniqueIdentifierValue?: unknown;
  readonly fullName?: unknown;
}

/**
 * One receipt of the API by IUR; null if it reports a failed payment.
 *
 * Unit: euros with decimals on the wire, cents here. All its instants are optional: `now` replaces missing ones.
 *
 * Errors: InvalidValue or SyntaxError if it cannot be read. Source: biz_events.json; facts of pagoPA §2.6.
 */
export function toReceipt(text: string, now: Date): PagopaReceipt | null {
  const body = parseExactJson(text) as ReceiptBody | null;
  if (body === null || typeof body !== 'object') throw new InvalidValue('A receipt was expected.');
  if (body.outcome !== 'OK') return null;
  const amount = centsOfDecimal(textOf(body, 'paymentAmount'));
  if (amount <= 0) throw new InvalidValue('paymentAmount of more than zero was expected.');
  return {
    receiptId: textOf(body, 'receiptId'),
    creditor: parseCodiceFiscale(textOf(body, 'fiscalCode')),
    numeroAvviso: numeroAvvisoAsHeld(textOf(body, 'noticeNumber')),
    iuv: iuvAsHeld(textOf(body, 'creditorReferenceId')),
    amount,
    // From the most exact instant to the least.
    paidAt: firstMoment(
      [body.paymentDateTimeFormatted, body.paymentDateTime, body.applicationDate, body.transferDate],
      now,
    ),
    description: textOf(body, 'description'),
    pspName: textOf(body, 'pspCompanyName'),
    paymentMethod: body.paymentMethod == null ? null : cut(String(body.paymentMethod), mostCharacters),
    debtor: toSubject(body.debtor),
    payer: toSubject(body.payer),
    // paymentNote, which holds the cart's id, is in paSendRTV2 only.
    cartId: null,
  };
}

/** Longer than any field of a receipt. */
const mostCharacters = 255;

/** Without the control characters that JSON may hold and no database stores. */
function textOf(body: ReceiptBody, name: keyof ReceiptBody): string {
  const value = body[name];
  const text = typeof value === 'string' ? cut(value, mostCharacters) : '';
  if (text === '') throw new InvalidValue(`${name} was expected.`);
  return text;
}

function toSubject(subject: Subject | null | undefined): PagopaReceipt['payer'] {
  const { entityUniqueIdentifierValue: code, fullName: name } = subject ?? {};
  if (typeof code !== 'string' || cut(code, mostCharacters) === '') return null;
  return subjectOf(cut(code, mostCharacters), typeof name === 'string' ? cut(name, mostCharacters) : '');
}
