import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Iuv,
  NumeroAvviso,
} from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';

/**
 * The questions and reports of pagoPA's node about debts that our station holds, with our own value types. The
 * listener speaks SOAP, authenticates callers, and adds configured values: names, IBAN, taxonomy code.
 *
 * Errors: a thrown error (LEGACY_UNAVAILABLE) becomes PAA_SYSTEM_ERROR, and the node asks again.
 */
export interface ListenerHandlers {
  /** paVerifyPaymentNotice: whether a notice can be paid, and its amount. Changes nothing. */
  verifyNotice(notice: AskedNotice): Promise<NodeAnswer>;
  /**
   * paGetPaymentV2: pagoPA begins to collect. The debt is locked from now on, at the latest until pagoPA gives up;
   * not if the signal reports first that the caller has given up.
   */
  getPayment(notice: AskedNotice & PaymentRequest, signal?: AbortSignal): Promise<NodeAnswer>;
  /**
   * paSendRTV2. `new` and `known` both mean that the receipt is stored durably; a second receipt of a debt is
   * stored too.
   *
   * Throws if it could not be stored: only then does the node get a failure.
   */
  receive(receipt: PagopaReceipt): Promise<'new' | 'known'>;
  /** paSendRTV2 of a failed payment: pagoPA no longer collects. */
  release(payment: Pick<PagopaReceipt, 'creditor' | 'iuv'>): Promise<void>;
}

/** The `qrCode` of a request. */
export interface AskedNotice {
  readonly creditor: CodiceFiscale;
  readonly numeroAvviso: NumeroAvviso;
}

export interface PaymentRequest {
  /** As the payer's PSP states it. Unit: euro cents. Null if it states none. */
  readonly amount: EuroCents | null;
  /** `paymentNote`: the `cartId` of the paid cart; null if the payment has none. */
  readonly cartId: string | null;
}

export type NodeAnswer =
  | { readonly outcome: 'payable'; readonly debt: PayableDebt }
  | { readonly outcome: 'fault'; readonly fault: NodeFault };

/** One transfer to the municipality. */
export interface PayableDebt {
  readonly creditor: CodiceFiscale;
  readonly creditorName: string;
  readonly numeroAvviso: NumeroAvviso;
  readonly iuv: Iuv;
  readonly amount: EuroCents;
  /** Without personal data. */
  readonly description: string;
  /** Null if the debt has none; pagoPA requires a day all the same. */
  readonly dueOn: CalendarDate | null;
  readonly debtor: { readonly codiceFiscale: CodiceFiscale; readonly kind: 'PERSON' | 'BODY' };
}

/** The reason of a refusal. Source: facts of pagoPA §2.5. */
export type NodeFault =
  /** PAA_ID_DOMINIO_ERRATO: another creditor. */
  | 'WRONG_CREDITOR'
  /** PAA_PAGAMENTO_SCONOSCIUTO: no such notice, or one of another station. */
  | 'UNKNOWN'
  /** PAA_PAGAMENTO_DUPLICATO */
  | 'PAID'
  /** PAA_PAGAMENTO_SCADUTO */
  | 'EXPIRED'
  /** PAA_PAGAMENTO_ANNULLATO */
  | 'CANCELLED'
  /** PAA_ATTIVA_RPT_IMPORTO_NON_VALIDO: the stated amount differs from the debt's. */
  | 'AMOUNT_DIFFERS';
