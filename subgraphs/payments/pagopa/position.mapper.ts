import type { PagopaTerms } from '../../../core/pagopa-config.ts';
import type { NewPosition, WithdrawalOutcome } from '../../shared/pagopa/pagopa.port.ts';
import { cut, endOfDay } from './formats.ts';

/**
 * A posizione debitoria in GPD's first version: one option, one transfer.
 *
 * Unit: integer cents. Without `validityDate` it is payable once published.
 *
 * Source: openapi_external_v1.json; facts of pagoPA §2.4.
 */
export function toPositionRequest(position: NewPosition, { iban, category }: PagopaTerms) {
  const { creditor, iuv, numeroAvviso, amount, email } = position;
  const description = cut(position.description, 140);
  return {
    iupd: position.iupd,
    type: position.debtorKind === 'PERSON' ? ('F' as const) : ('G' as const),
    fiscalCode: position.debtor,
    fullName: cut(position.debtorName, 70),
    ...(email === null ? {} : { email }),
    companyName: cut(position.creditorName, 140),
    switchToExpired: false,
    paymentOption: [
      {
        nav: numeroAvviso,
        iuv,
        amount,
        description,
        isPartialPayment: false,
        dueDate: endOfDay(position.dueOn),
        transfer: [
          {
            idTransfer: '1',
            amount,
            organizationFiscalCode: creditor,
            remittanceInformation: description,
            category,
            iban,
          },
        ],
      },
    ],
  };
}

export type PositionRequest = ReturnType<typeof toPositionRequest>;

/** The fields of a position read back that identify it as ours. It does not contain the debtor. */
interface HeldPosition {
  readonly iupd?: string;
  readonly type?: string;
  readonly status?: string;
  readonly paymentOption?: readonly {
    readonly nav?: string;
    readonly iuv?: string;
    readonly amount?: number;
    readonly description?: string;
    readonly transfer?: readonly { readonly iban?: string; readonly category?: string }[];
  }[];
}

/** Payable, or already paid by a payer who was faster than our repetition. */
const accepted: ReadonlySet<string> = new Set(['PUBLISHED', 'VALID', 'PARTIALLY_PAID', 'PAID', 'REPORTED']);

/** Whether GPD holds the position that we sent, and it is valid. Errors: SyntaxError. */
export function isSamePosition(body: string, sent: PositionRequest): boolean {
  const held = JSON.parse(body) as HeldPosition | null;
  const [option, ...others] = held?.paymentOption ?? [];
  const [wanted] = sent.paymentOption;
  return (
    held?.iupd === sent.iupd &&
    held.type === sent.type &&
    accepted.has(held.status ?? '') &&
    others.length === 0 &&
    option?.iuv === wanted?.iuv &&
    option?.nav === wanted?.nav &&
    option?.amount === wanted?.amount &&
    option?.description === wanted?.description &&
    option?.transfer?.[0]?.iban === wanted?.transfer[0]?.iban
  );
}

/** The status of a position read back. Errors: SyntaxError. */
export function statusOf(body: string): string {
  return (JSON.parse(body) as HeldPosition | null)?.status ?? '';
}

/** The status of a position that GPD does not invalidate. We publish no drafts and no future positions. */
export const withdrawalOutcomes: Readonly<Record<string, WithdrawalOutcome['outcome']>> = {
  INVALID: 'withdrawn',
  EXPIRED: 'withdrawn',
  PARTIALLY_PAID: 'paid',
  PAID: 'paid',
  REPORTED: 'paid',
};
