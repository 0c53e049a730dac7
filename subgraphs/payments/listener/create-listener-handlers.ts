import { AppError } from '../../../core/errors.ts';
import type { Services } from '../../shared/request-context.ts';
import { findForPagopa } from '../debt/debt-view.loader.ts';
import type { DebtView } from '../debt/debt-view.ts';
import { publicDescriptionOf } from '../notice/notice.rules.ts';
import { receiveReceipt } from '../receipts/receive-receipt.action.ts';
import { releaseActivation } from '../records/activation.store.ts';
import { recordActivation } from '../records/activation.ts';
import type {
  AskedNotice,
  ListenerHandlers,
  NodeAnswer,
  NodeFault,
  PaymentRequest,
} from './listener-handlers.ts';

/** The answers to pagoPA's node, from our data of a debt. */
export function createListenerHandlers(services: Services): ListenerHandlers {
  return {
    verifyNotice: (notice) => answer(services, notice, faultOf),
    getPayment: (asked, signal) =>
      answer(
        services,
        asked,
        (debt) => faultOf(debt) ?? faultOfAmount(debt, asked),
        (debt) => activate(services, debt, asked, signal),
      ),
    receive: (receipt) => receiveReceipt(services, receipt, 'NODE'),
    release: (notice) => releaseActivation(services.database, notice),
  };
}

async function answer(
  services: Services,
  notice: AskedNotice,
  judge: (debt: DebtView) => NodeFault | null,
  begin: (debt: DebtView) => Promise<NodeFault | null> = async () => null,
): Promise<NodeAnswer> {
  const municipality = await services.legacy.anagrafe.municipality();
  if (municipality === null)
    throw new AppError('LEGACY_CONTRACT_BROKEN', 'The legacy system names no municipality.');
  if (notice.creditor !== municipality.codiceFiscale) return faulty('WRONG_CREDITOR');
  // Numbers of other stations, such as GPD's, are not answered here.
  const { numeroAvviso } = notice;
  if (numeroAvviso[0] === '3' && numeroAvviso.slice(1, 3) !== services.paying.segregationCode)
    return faulty('UNKNOWN');
  const debt = await findForPagopa(services, notice);
  if (debt === null || debt.isSpontaneous) return faulty('UNKNOWN');
  const fault = judge(debt) ?? (await begin(debt));
  return fault === null ? payable(debt, municipality.name) : faulty(fault);
}

/**
 * A debt that pagoPA is collecting may be verified again: pagoPA itself refuses a second payment while the first
 * one is open, and does not notify the station when it gives one up.
 */
function faultOf({ status, amount }: DebtView): NodeFault | null {
  switch (status) {
    case 'PAYABLE':
    case 'PAYMENT_IN_PROGRESS':
      return amount > 0 ? null : 'UNKNOWN';
    case 'PAID':
      return 'PAID';
    case 'EXPIRED':
      return 'EXPIRED';
    case 'CANCELLED':
      return 'CANCELLED';
    case 'UNKNOWN':
      return 'UNKNOWN';
  }
}

function faultOfAmount(debt: DebtView, { amount }: PaymentRequest): NodeFault | null {
  return amount !== null && amount !== debt.amount ? 'AMOUNT_DIFFERS' : null;
}

/** The response is pagoPA's activation: nothing is stored if the caller has given up. */
async function activate(
  { database, clock, paying }: Services,
  debt: DebtView,
  { cartId }: PaymentRequest,
  signal: AbortSignal | undefined,
): Promise<NodeFault | null> {
  signal?.throwIfAborted();
  const now = clock.now();
  const until = new Date(now.getTime() + paying.lockMs);
  return (await recordActivation(database, debt, cartId, now, until)) ? null : 'PAID';
}

function payable(debt: DebtView, creditorName: string): NodeAnswer {
  const { creditor, numeroAvviso, iuv, amount, dueOn, debtor } = debt;
  return {
    outcome: 'payable',
    debt: {
      creditor,
      creditorName,
      numeroAvviso,
      iuv,
      amount,
      description: publicDescriptionOf(debt),
      dueOn,
      debtor: { codiceFiscale: debtor, kind: debtor.length === 16 ? 'PERSON' : 'BODY' },
    },
  };
}

function faulty(fault: NodeFault): NodeAnswer {
  return { outcome: 'fault', fault };
}
