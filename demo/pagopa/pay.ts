import { randomUUID } from 'node:crypto';
import type { Chaos } from './chaos.ts';
import type { CartNoticeBody, Ledger, Payment, Position, Subject } from './ledger.ts';
import type { NodeClient, Owed } from './node-client.ts';

export interface PayTools {
  readonly ledger: Ledger;
  readonly chaos: () => Chaos;
  readonly now: () => Date;
  readonly node: () => NodeClient | null;
  /** Two digits that mark the IUVs of GPD's positions. */
  readonly gpdSegregationCode: string;
  /** How long a payment in progress excludes others; 30 minutes at the real one. */
  readonly lockMs: number;
}

type Asked = Pick<CartNoticeBody, 'fiscalCode' | 'noticeNumber'> & { readonly amount: number | null };
type Due = { readonly notice: Asked; readonly owed: Owed; readonly position: Position | null };

export type Paid = { readonly payments: readonly Payment[] } | { readonly fault: string };

/** Pays all notices or none: nothing is awaited between the last check and the record of the payment. */
export async function pay(
  tools: PayTools,
  notices: readonly Asked[],
  attempt: { readonly lockId: string; readonly paymentNote: string | null; readonly payer: Subject | null },
): Promise<Paid> {
  const { ledger } = tools;
  const due = await begin(tools, notices, attempt);
  if ('fault' in due) return due;
  if (due.some(({ notice }) => ledger.payment(notice.fiscalCode, notice.noticeNumber) !== undefined)) {
    ledger.unlock(attempt.lockId);
    return { fault: 'PPT_PAGAMENTO_DUPLICATO' };
  }
  const payments = due.map((one) => toPayment(tools, one, attempt));
  for (const [index, payment] of payments.entries()) {
    const position = due[index]?.position;
    if (position != null) Object.assign(position, { status: 'PAID', paymentDate: payment.paidAt });
  }
  ledger.payments.push(...payments);
  ledger.unlock(attempt.lockId);
  ledger.save();
  return { payments };
}

/**
 * Begins to collect, as the node does: each notice is locked first, then its station is asked. An accepted one
 * stays locked until its time is over, whatever becomes of the payment; a refused one is released.
 */
export async function begin(
  tools: PayTools,
  notices: readonly Asked[],
  { lockId, paymentNote }: { readonly lockId: string; readonly paymentNote: string | null },
): Promise<readonly Due[] | { readonly fault: string }> {
  const { ledger, now, lockMs } = tools;
  const fault = notices.map((notice) => whyNot(tools, notice, lockId)).find((why) => why !== null);
  if (fault !== undefined) return { fault };
  const due: Due[] = [];
  for (const notice of notices) {
    const { fiscalCode, noticeNumber } = notice;
    ledger.lock(fiscalCode, noticeNumber, lockId, new Date(now().getTime() + lockMs));
    ledger.save();
    const found = await askHolder(tools, notice, paymentNote);
    if ('fault' in found) {
      ledger.unlock(lockId, noticeNumber);
      ledger.save();
      return found;
    }
    // It is collected from the response on.
    ledger.lock(fiscalCode, noticeNumber, lockId, new Date(now().getTime() + lockMs));
    due.push(found);
  }
  ledger.save();
  return due;
}

function whyNot({ ledger, now }: PayTools, { fiscalCode, noticeNumber }: Asked, lockId: string) {
  if (ledger.payment(fiscalCode, noticeNumber) !== undefined) return 'PPT_PAGAMENTO_DUPLICATO';
  const holder = ledger.lockOf(fiscalCode, noticeNumber, now());
  return holder === undefined || holder === lockId ? null : 'PPT_PAGAMENTO_IN_CORSO';
}

/**
 * The reason why a notice cannot be put into a cart; null if it can. The node is asked for each position before a
 * cart is created (checkPosition, facts of pagoPA §2.3); a station that does not respond is no reason.
 */
export async function whyNotPayable(
  tools: PayTools,
  { fiscalCode, noticeNumber }: Pick<CartNoticeBody, 'fiscalCode' | 'noticeNumber'>,
): Promise<string | null> {
  const { ledger, now } = tools;
  if (ledger.payment(fiscalCode, noticeNumber) !== undefined) return 'A position is already paid.';
  if (ledger.lockOf(fiscalCode, noticeNumber, now()) !== undefined) return 'A position is in payment.';
  const held = heldByGpd(tools, { fiscalCode, noticeNumber });
  const fault =
    held === null
      ? await tools.node()?.verify({ fiscalCode, noticeNumber })
      : 'fault' in held
        ? held.fault
        : null;
  const isOfPosition = fault?.startsWith('PAA_') === true && fault !== 'PAA_SYSTEM_ERROR';
  return isOfPosition ? `A position cannot be paid: ${fault}.` : null;
}

/** Null for a notice of the municipality's own station. */
function heldByGpd(
  { ledger, gpdSegregationCode }: PayTools,
  { fiscalCode, noticeNumber }: Pick<CartNoticeBody, 'fiscalCode' | 'noticeNumber'>,
): { readonly position: Position } | { readonly fault: string } | null {
  if (!noticeNumber.startsWith(`3${gpdSegregationCode}`)) return null;
  const position = ledger.positionOf(fiscalCode, noticeNumber);
  if (position === undefined || position.status === 'DRAFT') return { fault: 'PAA_PAGAMENTO_SCONOSCIUTO' };
  if (position.status === 'INVALID') return { fault: 'PAA_PAGAMENTO_ANNULLATO' };
  return position.status === 'PAID' ? { fault: 'PAA_PAGAMENTO_DUPLICATO' } : { position };
}

/** GPD answers for its own positions; the municipality's station for all others. */
async function askHolder(
  tools: PayTools,
  notice: Asked,
  paymentNote: string | null,
): Promise<Due | { readonly fault: string }> {
  const held = heldByGpd(tools, notice);
  if (held !== null)
    return 'fault' in held ? held : { notice, position: held.position, owed: owedOf(held.position) };
  const { node } = tools;
  const station = node();
  if (station === null) return { fault: 'PPT_STAZIONE_INT_PA_IRRAGGIUNGIBILE' };
  const fault = await station.verify(notice);
  if (fault !== null) return { fault };
  const asked = await station.getPayment(notice, paymentNote);
  return 'fault' in asked ? asked : { notice, position: null, owed: asked.owed };
}

function owedOf({ body }: Position): Owed {
  const [option] = body.paymentOption;
  const [transfer] = option.transfer;
  return {
    amount: option.amount,
    iuv: option.iuv,
    description: option.description,
    companyName: body.companyName,
    debtor: { type: body.type, code: body.fiscalCode, name: body.fullName },
    iban: transfer?.iban ?? '',
    category: transfer?.category ?? '',
  };
}

function toPayment(
  { chaos, now }: PayTools,
  { notice, owed, position }: Due,
  { paymentNote, payer }: { readonly paymentNote: string | null; readonly payer: Subject | null },
): Payment {
  return {
    receiptId: randomUUID().replaceAll('-', ''),
    noticeNumber: notice.noticeNumber,
    fiscalCode: notice.fiscalCode,
    iuv: owed.iuv,
    amount: Math.max(1, owed.amount + chaos().amountDifference),
    description: owed.description,
    companyName: owed.companyName,
    debtor: owed.debtor,
    payer,
    iban: owed.iban,
    category: owed.category,
    paymentNote,
    paidAt: now().toISOString(),
    heldBy: position === null ? 'station' : 'gpd',
    delivery: position === null ? 'pending' : 'none',
    tries: 0,
  };
}
