import type { Chaos } from './chaos.ts';
import type { Ledger, Payment } from './ledger.ts';
import type { NodeClient } from './node-client.ts';

/**
 * Sends receipts to the municipality's station, and repeats those it did not accept. Source: facts of pagoPA §2.5.
 */
export interface Deliveries {
  /** The receipts of one cart, or all that were pending when the process ended. */
  schedule(payments: readonly Payment[]): void;
  /** As on an operator's request: the attempts start anew. */
  resend(payment: Payment): void;
  /** Resolves when no receipt is pending. */
  settled(): Promise<void>;
  stop(): void;
}

const mostTries = 5;

export function createDeliveries(options: {
  readonly ledger: Ledger;
  readonly chaos: () => Chaos;
  readonly station: () => NodeClient | null;
  /** The unit of the pauses between attempts. */
  readonly slotMs: number;
}): Deliveries {
  const { ledger, chaos, station, slotMs } = options;
  const waiting = new Set<NodeJS.Timeout>();
  let running = 0;
  const idle: (() => void)[] = [];
  const tellIdle = () => {
    if (waiting.size === 0 && running === 0) for (const tell of idle.splice(0)) tell();
  };
  const later = (ms: number, work: () => Promise<void>) => {
    const timer = setTimeout(async () => {
      waiting.delete(timer);
      running += 1;
      await work().finally(() => {
        running -= 1;
      });
      tellIdle();
    }, ms);
    timer.unref();
    waiting.add(timer);
  };

  /** The k-th repetition waits slot × (2^k − 1). */
  const attempt = async (payment: Payment): Promise<void> => {
    payment.tries += 1;
    const wasTaken = await send(payment);
    payment.delivery = wasTaken ? 'taken' : payment.tries < mostTries ? 'pending' : 'givenUp';
    ledger.save();
    if (payment.delivery === 'pending') later(slotMs * (2 ** payment.tries - 1), () => attempt(payment));
    if (wasTaken)
      for (let copy = 0; copy < chaos().duplicateReceipts; copy += 1)
        later(slotMs * copy, async () => void (await station()?.sendReceipt(payment)));
  };

  const send = async (payment: Payment): Promise<boolean> => {
    const { loseReceipts, loseAnswers } = chaos();
    if (payment.tries <= loseReceipts) return false;
    const fault = (await station()?.sendReceipt(payment)) ?? (station() === null ? 'PPT_SYSTEM_ERROR' : null);
    if (payment.tries <= loseReceipts + loseAnswers) return false;
    return fault === null || fault === 'PAA_RECEIPT_DUPLICATA';
  };

  return {
    schedule(payments) {
      const { reorderReceipts, lateReceiptsMs } = chaos();
      const pending = payments.filter(({ delivery }) => delivery === 'pending');
      const ordered = reorderReceipts ? pending.toReversed() : pending;
      ordered.forEach((payment, index) => {
        later(lateReceiptsMs + (reorderReceipts ? index * slotMs : 0), () => attempt(payment));
      });
    },
    resend(payment) {
      payment.tries = 0;
      payment.delivery = 'pending';
      ledger.save();
      later(0, () => attempt(payment));
    },
    settled: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        tellIdle();
      }),
    stop() {
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}
