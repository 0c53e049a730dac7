import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Iuv,
  NumeroAvviso,
} from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';

/**
 * What pagoPA's node asks and tells about the debts that our station holds, in our values. Who listens to it speaks
 * SOAP, knows who may call, and adds what is configured: names, IBAN, taxonomy code.
 *
 * Errors: throws what it cannot answer now (LEGACY_UNAVAILABLE): PAA_SYSTEM_ERROR, and the node asks again.
 */
export interface ListenerHandlers {
  /** paVerifyPaymentNotice: whether a notice can be paid, and how much it is. Changes nothing. */
  verifyNotice(notice: AskedNotice): Promise<NodeAnswer>;
  /**
   * paGetPaymentV2: pagoPA begins to collect. The debt is locked from now on, until pagoPA gives up at the latest;
   * not if the signal says before that nobody waits for the answer.
   */
  getPayment(notice: AskedNotice & PaymentRequest, signal?: AbortSignal): Promise<NodeAnswer>;
  /**
   * paSendRTV2. `new` and `known` both mean that it is kept for good; a second receipt of a debt is kept too.
   *
   * Throws when it could not be kept: only then may the node hear that it failed.
   */
  receive(receipt: PagopaReceipt): Promise<'new' | 'known'>;
  /** paSendRTV2 of a payment that failed: pagoPA collects it no longer. */
  release(payment: Pick<PagopaReceipt, 'creditor' | 'iuv'>): Promise<void>;
}

/** The `qrCode` of a request. */
export interface AskedNotice {
  readonly creditor: CodiceFiscale;
  readonly numeroAvviso: NumeroAvviso;
}

export interface PaymentRequest {
  /** As the payer's PSP states it. Unit: euro cents. Null when it states none. */
  readonly amount: EuroCents | null;
  /** `paymentNote`: the `cartId` of the cart that is being paid; null when it is paid otherwise. */
  readonly cartId: string | null;
}

export type NodeAnswer =
  | { readonly outcome: 'payable'; readonly debt: PayableDebt }
  | { readonly outcome: 'fault'; readonly fault: NodeFault };

/** One transfer, to the body. */
export interface PayableDebt {
  readonly creditor: CodiceFiscale;
  readonly creditorName: string;
  readonly numeroAvviso: NumeroAvviso;
  readonly iuv: Iuv;
  readonly amount: EuroCents;
  /** Without personal data. */
  readonly description: string;
  /** Null when it has none: pagoPA wants a day all the same. */
  readonly dueOn: CalendarDate | null;
  readonly debtor: { readonly codiceFiscale: CodiceFiscale; readonly kind: 'PERSON' | 'BODY' };
}

/** Why not. Source: facts of pagoPA §2.5. */
export type NodeFault =
  /** PAA_ID_DOMINIO_ERRATO: another body. */
  | 'WRONG_CREDITOR'
  /** PAA_PAGAMENTO_SCONOSCIUTO: no such notice, or one that our station does not hold. */
  | 'UNKNOWN'
  /** PAA_PAGAMENTO_DUPLICATO */
  | 'PAID'
  /** PAA_PAGAMENTO_SCADUTO */
  | 'EXPIRED'
  /** PAA_PAGAMENTO_ANNULLATO */
  | 'CANCELLED'
  /** PAA_ATTIVA_RPT_IMPORTO_NON_VALIDO: the amount stated is not the debt's. */
  | 'AMOUNT_DIFFERS';
