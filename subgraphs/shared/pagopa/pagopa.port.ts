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
  /** Cut to pagoPA's 140 characters, like the description. */
  readonly creditorName: string;
  readonly description: string;
}

export interface NewCart {
  /** Our id; comes back with the receipt. At most 36 characters. */
  readonly cartId: string;
  /** One to five, all different. */
  readonly notices: readonly CartNotice[];
  readonly email: string | null;
  readonly returnUrls: { readonly ok: string; readonly cancel: string; readonly error: string };
}

/** A cart to which no payer was sent is harmless: after no answer it is safe to create another. */
export type CartOutcome =
  | { readonly outcome: 'created'; readonly checkoutUrl: string }
  /** One of the notices cannot be paid now, or no longer. */
  | { readonly outcome: 'notPayable' }
  | { readonly outcome: 'rejected' }
  | { readonly outcome: 'unavailable' };

/** A *posizione debitoria* of one instalment with one transfer, held at pagoPA's GPD. */
export interface NewPosition {
  /**
   * Our id, the same for every attempt: a repeated call finds the first position. Shape: `SP-…`, at most 100
   * characters.
   */
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
  /** The position exists and is payable, created by this call or an earlier one. */
  | { readonly outcome: 'created' }
  /** The position exists with other content, or was refused. */
  | { readonly outcome: 'rejected' }
  /** The position may exist: read it back, or repeat. */
  | { readonly outcome: 'unknown' };

export type WithdrawalOutcome =
  /** GPD takes no payment for it: by this call, an earlier one, or because it is not there. */
  | { readonly outcome: 'withdrawn' }
  /** Somebody was quicker. */
  | { readonly outcome: 'paid' }
  /** Repeat it. */
  | { readonly outcome: 'unknown' };

/** *Ricevuta telematica*, from any channel. */
export interface PagopaReceipt {
  /** The IUR: distinguishes two payments of one debt. */
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
  /** The cart of the payment, if pagoPA reports it. */
  readonly cartId: string | null;
}

/** Calls to pagoPA. Every call has a time limit; writes do not throw, reads throw PAGOPA_UNAVAILABLE. */
export interface Pagopa {
  createCart(cart: NewCart, signal?: AbortSignal): Promise<CartOutcome>;
  createPosition(position: NewPosition, signal?: AbortSignal): Promise<PositionOutcome>;
  withdrawPosition(creditor: CodiceFiscale, iupd: string, signal?: AbortSignal): Promise<WithdrawalOutcome>;
  /** The receipts of a debt, oldest first; empty if there are none, or none known yet. */
  receiptsOf(creditor: CodiceFiscale, iuv: Iuv, signal?: AbortSignal): Promise<readonly PagopaReceipt[]>;
}
