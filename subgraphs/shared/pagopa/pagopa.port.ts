import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Instant,
  Iuv,
  NumeroAvviso,
} from '../../../core/values/index.ts';

export interface CartNotice {
  readonly numeroAvviso: NumeroAvviso;
  readonly creditor: CodiceFiscale;
  readonly amount: EuroCents;
  /** Cut to what pagoPA takes, 140 characters, as the description is. */
  readonly creditorName: string;
  readonly description: string;
}

export interface NewCart {
  /** Ours; comes back with the receipt. At most 36 characters. */
  readonly cartId: string;
  /** One to five, all different. */
  readonly notices: readonly CartNotice[];
  readonly email: string | null;
  readonly returnUrls: { readonly ok: string; readonly cancel: string; readonly error: string };
}

/** A cart to which no payer was sent does no harm: what did not answer is safe to repeat with another. */
export type CartOutcome =
  | { readonly outcome: 'created'; readonly checkoutUrl: string }
  /** One of the notices cannot be paid at the moment, or not any more. */
  | { readonly outcome: 'notPayable' }
  | { readonly outcome: 'rejected' }
  | { readonly outcome: 'unavailable' };

/** A posizione debitoria of one instalment with one transfer, held at pagoPA's GPD. */
export interface NewPosition {
  /** Ours, the same for every attempt: the second time finds the first. Shape: `SP-…`, at most 100 characters. */
  readonly iupd: string;
  readonly creditor: CodiceFiscale;
  readonly creditorName: string;
  readonly debtor: CodiceFiscale;
  readonly debtorKind: 'PERSON' | 'BODY';
  readonly debtorName: string;
  readonly email: string | null;
  readonly iuv: Iuv;
  readonly numeroAvviso: NumeroAvviso;
  readonly amount: EuroCents;
  readonly description: string;
  readonly dueOn: CalendarDate;
}

export type PositionOutcome =
  /** It is there and payable, whether by this call or an earlier one. */
  | { readonly outcome: 'created' }
  /** It is there already and differs, or was refused. */
  | { readonly outcome: 'rejected' }
  /** Maybe it is there: read it back, or repeat. */
  | { readonly outcome: 'unknown' };

/** Ricevuta telematica, however it reached us. */
export interface PagopaReceipt {
  /** The IUR: tells two payments of one debt apart. */
  readonly receiptId: string;
  readonly creditor: CodiceFiscale;
  readonly numeroAvviso: NumeroAvviso;
  readonly iuv: Iuv;
  readonly amount: EuroCents;
  readonly paidAt: Instant;
  readonly description: string;
  readonly pspName: string;
  readonly paymentMethod: string | null;
  readonly debtor: { readonly codiceFiscale: CodiceFiscale; readonly name: string } | null;
  readonly payer: { readonly codiceFiscale: CodiceFiscale; readonly name: string } | null;
  /** The cart it was paid with, when pagoPA says so. */
  readonly cartId: string | null;
}

/** pagoPA, asked by us. Every call has a limit in time; writes do not throw, reads throw PAGOPA_UNAVAILABLE. */
export interface Pagopa {
  createCart(cart: NewCart, signal?: AbortSignal): Promise<CartOutcome>;
  createPosition(position: NewPosition, signal?: AbortSignal): Promise<PositionOutcome>;
  /** What was paid of a debt, oldest first; empty while nothing was, or nothing is known yet. */
  receiptsOf(creditor: CodiceFiscale, iuv: Iuv, signal?: AbortSignal): Promise<readonly PagopaReceipt[]>;
}
