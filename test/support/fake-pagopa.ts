import {
  type CodiceFiscale,
  type EuroCents,
  type Instant,
  type Iuv,
  type NumeroAvviso,
  toInstant,
} from '../../core/values/index.ts';
import type {
  CartNotice,
  CartOutcome,
  NewCart,
  NewPosition,
  Pagopa,
  PagopaReceipt,
  PositionOutcome,
} from '../../subgraphs/shared/pagopa/pagopa.port.ts';

/** pagoPA as far as our port reaches: it refuses what was paid, and lets one cart be paid by whoever comes first. */
export interface FakePagopa extends Pagopa {
  readonly carts: NewCart[];
  readonly positions: NewPosition[];
  /** Keys of positions. */
  readonly withdrawn: string[];
  readonly paid: PagopaReceipt[];
  /** Answers instead of the usual until it is taken away. */
  cart: ((cart: NewCart) => Promise<CartOutcome>) | null;
  position: ((position: NewPosition) => Promise<PositionOutcome>) | null;
  isDown: boolean;
  /** How often it was asked for receipts. */
  asked: number;
  /** Somebody pays all of a cart; the receipts, of which nobody was told yet. Nothing when one of it was paid before. */
  pay(cart: NewCart, more?: Partial<PagopaReceipt>): readonly PagopaReceipt[];
}

export function fakePagopa(now: () => Date): FakePagopa {
  const paid: PagopaReceipt[] = [];
  const known = new Map<string, NewPosition>();
  const isPaid = ({ numeroAvviso }: Pick<CartNotice, 'numeroAvviso'>) =>
    paid.some((one) => one.numeroAvviso === numeroAvviso);
  const fake: FakePagopa = {
    carts: [],
    positions: [],
    withdrawn: [],
    paid,
    cart: null,
    position: null,
    isDown: false,
    asked: 0,
    async createCart(cart) {
      fake.carts.push(cart);
      if (fake.cart !== null) return fake.cart(cart);
      if (fake.isDown) return { outcome: 'unavailable' };
      if (cart.notices.some(isPaid)) return { outcome: 'notPayable' };
      return { outcome: 'created', checkoutUrl: `https://checkout.test/${cart.cartId}` };
    },
    async createPosition(position) {
      fake.positions.push(position);
      if (fake.position !== null) return fake.position(position);
      if (fake.isDown) return { outcome: 'unknown' };
      known.set(position.iupd, position);
      return { outcome: 'created' };
    },
    async withdrawPosition(_, iupd) {
      if (fake.isDown) return { outcome: 'unknown' };
      const position = known.get(iupd);
      if (position !== undefined && isPaid(position)) return { outcome: 'paid' };
      fake.withdrawn.push(iupd);
      return { outcome: 'withdrawn' };
    },
    async receiptsOf(creditor, iuv) {
      fake.asked++;
      // The API by IUR does not say with which cart a debt was paid.
      return paid
        .filter((one) => one.creditor === creditor && one.iuv === iuv)
        .map((one) => ({ ...one, cartId: null }));
    },
    pay(cart, more = {}) {
      if (cart.notices.some(isPaid)) return [];
      const receipts = cart.notices.map((notice) =>
        receiptOf(notice, { paidAt: toInstant(now()), cartId: cart.cartId, ...more }),
      );
      paid.push(...receipts);
      return receipts;
    },
  };
  return fake;
}

let count = 0;

export function receiptOf(
  notice: {
    readonly numeroAvviso: NumeroAvviso;
    readonly creditor: CodiceFiscale;
    readonly amount: EuroCents;
  },
  more: Partial<PagopaReceipt> & { readonly paidAt: Instant },
): PagopaReceipt {
  count++;
  return {
    receiptId: `RT${String(count).padStart(10, '0')}`,
    creditor: notice.creditor,
    numeroAvviso: notice.numeroAvviso,
    iuv: notice.numeroAvviso.slice(1) as Iuv,
    amount: notice.amount,
    description: 'Fattura',
    pspName: 'Banca di prova',
    paymentMethod: 'CARD',
    debtor: null,
    payer: null,
    cartId: null,
    ...more,
  };
}
