import { iuvAsHeld, numeroAvvisoAsHeld, parseCodiceFiscale } from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import { centsOfDecimal, momentOf, subjectOf } from './formats.ts';
import { parseExactJson } from './wire/exact-json.ts';

interface Subject {
  readonly entityUniqueIdentifierValue: string;
  readonly fullName: string;
}

/** The fields that we read, as biz_events.json has them; numbers are texts, see exact-json.ts. */
interface ReceiptBody {
  readonly receiptId: string;
  readonly noticeNumber: string;
  readonly fiscalCode: string;
  readonly outcome: string;
  readonly creditorReferenceId: string;
  readonly paymentAmount: string;
  readonly description: string;
  readonly debtor?: Subject | null;
  readonly payer?: Subject | null;
  readonly pspCompanyName: string;
  readonly paymentMethod?: string | null;
  readonly paymentDateTime?: string | null;
  readonly paymentDateTimeFormatted?: string | null;
  readonly applicationDate?: string | null;
  readonly transferDate?: string | null;
  readonly metadata?: readonly { readonly key?: string; readonly value?: string }[] | null;
}

/**
 * One receipt of the API by IUR; null when it tells of a payment that failed.
 *
 * Unit: euros with decimals on the wire, cents here. Errors: InvalidValue or SyntaxError for what cannot be read.
 * Source: biz_events.json; facts of pagoPA §2.6.
 */
export function toReceipt(text: string): PagopaReceipt | null {
  const body = parseExactJson(text) as ReceiptBody;
  if (body.outcome !== 'OK') return null;
  return {
    receiptId: body.receiptId,
    creditor: parseCodiceFiscale(body.fiscalCode),
    numeroAvviso: numeroAvvisoAsHeld(body.noticeNumber),
    iuv: iuvAsHeld(body.creditorReferenceId),
    amount: centsOfDecimal(body.paymentAmount),
    paidAt: momentOf(paidAtOf(body)),
    description: body.description,
    pspName: body.pspCompanyName,
    paymentMethod: body.paymentMethod ?? null,
    debtor: toSubject(body.debtor),
    payer: toSubject(body.payer),
    // paymentNote, which carries the cart's id, is in paSendRTV2 only.
    cartId: null,
  };
}

/** The optional moments from the most exact to the least. Errors: SyntaxError when there is none. */
function paidAtOf(body: ReceiptBody): string {
  const found =
    body.paymentDateTimeFormatted ?? body.paymentDateTime ?? body.applicationDate ?? body.transferDate;
  if (found == null) throw new SyntaxError('A receipt with a moment of payment was expected.');
  return found;
}

function toSubject(subject: Subject | null | undefined): PagopaReceipt['payer'] {
  return subject == null ? null : subjectOf(subject.entityUniqueIdentifierValue, subject.fullName);
}
