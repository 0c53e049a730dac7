import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export interface CartNoticeBody {
  readonly noticeNumber: string;
  readonly fiscalCode: string;
  readonly amount: number;
  readonly companyName: string;
  readonly description: string;
}

export interface Cart {
  readonly id: string;
  /** The creditor's own id, which returns as paymentNote. */
  readonly idCart: string | null;
  readonly email: string | null;
  readonly notices: readonly CartNoticeBody[];
  readonly returnUrls: { readonly ok: string; readonly cancel: string; readonly error: string };
  state: 'open' | 'paying' | 'paid' | 'refused' | 'cancelled';
}

/** A posizione debitoria of one option, as it was sent. */
export interface Position {
  readonly organization: string;
  readonly body: PositionBody;
  status: 'DRAFT' | 'VALID' | 'PAID' | 'INVALID';
  readonly insertedDate: string;
  paymentDate: string | null;
}

export interface PositionBody {
  readonly iupd: string;
  readonly type: 'F' | 'G';
  readonly fiscalCode: string;
  readonly fullName: string;
  readonly companyName: string;
  readonly paymentOption: readonly [
    {
      readonly nav: string;
      readonly iuv: string;
      readonly amount: number;
      readonly description: string;
      readonly isPartialPayment: boolean;
      readonly dueDate: string;
      readonly transfer: readonly {
        readonly idTransfer: string;
        readonly amount: number;
        readonly organizationFiscalCode?: string;
        readonly remittanceInformation: string;
        readonly category: string;
        readonly iban: string;
      }[];
    },
  ];
}

export interface Subject {
  readonly type: 'F' | 'G';
  readonly code: string;
  readonly name: string;
}

/** A payment. */
export interface Payment {
  /** IUR and payment token in one. */
  readonly receiptId: string;
  readonly noticeNumber: string;
  readonly fiscalCode: string;
  readonly iuv: string;
  /** Cents. */
  readonly amount: number;
  readonly description: string;
  readonly companyName: string;
  readonly debtor: Subject;
  readonly payer: Subject | null;
  readonly iban: string;
  readonly category: string;
  /** `idCart` of the cart it was paid with. */
  readonly paymentNote: string | null;
  readonly paidAt: string;
  /** The station of the position: GPD's receipts are not sent to the municipality's station. */
  readonly heldBy: 'station' | 'gpd';
  delivery: 'pending' | 'taken' | 'givenUp' | 'none';
  tries: number;
}

interface Held {
  carts: Cart[];
  positions: Position[];
  payments: Payment[];
  /** Notices in payment: key to the cart and the time until which no other payer may pay. */
  locks: Record<string, { readonly cartId: string; readonly until: string }>;
}

/** The stand-in's data, kept in a file, so that a second start still knows the payments. */
export interface Ledger extends Held {
  cart(id: string): Cart | undefined;
  position(organization: string, iupd: string): Position | undefined;
  positionOf(fiscalCode: string, noticeNumber: string): Position | undefined;
  payment(fiscalCode: string, noticeNumber: string): Payment | undefined;
  /** The cart that holds a notice now; undefined if there is none. */
  lockOf(fiscalCode: string, noticeNumber: string, now: Date): string | undefined;
  lock(fiscalCode: string, noticeNumber: string, cartId: string, until: Date): void;
  /** Releases all notices of a cart, or one. */
  unlock(cartId: string, noticeNumber?: string): void;
  save(): void;
}

/** `path` null keeps it in memory only. */
export function openLedger(path: string | null): Ledger {
  const empty: Held = { carts: [], positions: [], payments: [], locks: {} };
  const held: Held =
    path !== null && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Held) : empty;
  const noticeKey = (fiscalCode: string, noticeNumber: string) => `${fiscalCode} ${noticeNumber}`;
  return {
    ...held,
    cart(id) {
      return this.carts.find((cart) => cart.id === id);
    },
    position(organization, iupd) {
      return this.positions.find((one) => one.organization === organization && one.body.iupd === iupd);
    },
    positionOf(fiscalCode, noticeNumber) {
      return this.positions.find(
        ({ organization, body }) => organization === fiscalCode && body.paymentOption[0].nav === noticeNumber,
      );
    },
    payment(fiscalCode, noticeNumber) {
      return this.payments.find((one) => one.fiscalCode === fiscalCode && one.noticeNumber === noticeNumber);
    },
    lockOf(fiscalCode, noticeNumber, now) {
      const lock = this.locks[noticeKey(fiscalCode, noticeNumber)];
      return lock !== undefined && new Date(lock.until) > now ? lock.cartId : undefined;
    },
    lock(fiscalCode, noticeNumber, cartId, until) {
      this.locks[noticeKey(fiscalCode, noticeNumber)] = { cartId, until: until.toISOString() };
    },
    unlock(cartId, noticeNumber = '') {
      for (const [key, lock] of Object.entries(this.locks))
        if (lock.cartId === cartId && key.endsWith(noticeNumber)) delete this.locks[key];
    },
    save() {
      if (path === null) return;
      const { carts, positions, payments, locks } = this;
      writeFileSync(`${path}.new`, JSON.stringify({ carts, positions, payments, locks }), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}
