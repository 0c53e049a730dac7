import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { EuroCents } from '../../../core/values/index.ts';
import type { PagopaStandIn } from '../../../demo/pagopa/start-pagopa.ts';
import {
  clientOf,
  creditor,
  newCart,
  newPosition,
  noticeNumber,
  payAt,
  startStandIn,
} from '../../support/pagopa.ts';
import { nodeSecret, openTestListener, owed, type TestListener } from '../../support/pagopa-node.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0).reverse()) await server.close();
});

interface Town {
  readonly pagopa: PagopaStandIn;
  readonly station: TestListener;
  cart(...bases: readonly number[]): Promise<string>;
}

/** The stand-in with a station that holds every notice, each of the amount in `owed`. */
async function openTown(
  options: Parameters<typeof startStandIn>[0] = {},
  listener: Parameters<typeof openTestListener>[0] = {},
): Promise<Town> {
  const station = await openTestListener(listener);
  const pagopa = await startStandIn(options);
  pagopa.connect({ url: station.url, secret: nodeSecret });
  opened.push(station, pagopa);
  const { pagopa: client } = clientOf(pagopa);
  return {
    pagopa,
    station,
    async cart(...bases) {
      const outcome = await client.createCart(newCart(bases.map((base) => noticeNumber(base))));
      return 'checkoutUrl' in outcome ? outcome.checkoutUrl : outcome.outcome;
    },
  };
}

const placeOf = (response: Response) => [response.status, response.headers.get('location')];
const { ok, cancel, error } = newCart([]).returnUrls;

describe('a payer', () => {
  it('pays: the station is asked, the money moves, the browser returns and the receipt follows', async () => {
    const { pagopa, station, cart } = await openTown();
    const page = await cart(1);
    expect(placeOf(await payAt(page, 'pay'))).toEqual([303, ok]);
    await pagopa.settled();
    expect(station.asked).toMatchObject([
      { creditor },
      { creditor, amount: 4_610, cartId: newCart([]).cartId },
    ]);
    expect(station.received).toMatchObject([
      { numeroAvviso: noticeNumber(1), amount: 4_610, cartId: newCart([]).cartId, payer: null },
    ]);
    expect(pagopa.ledger.payments).toMatchObject([{ delivery: 'taken', tries: 1 }]);
  });

  it('may say who pays', async () => {
    const { pagopa, station, cart } = await openTown();
    const body = new URLSearchParams({
      action: 'pay',
      payerCode: 'bncmrc82l25l400x',
      payerName: 'Marco Bianchi',
    });
    await fetch(await cart(1), { method: 'POST', redirect: 'manual', body });
    await pagopa.settled();
    expect(station.received).toMatchObject([
      { payer: { codiceFiscale: 'BNCMRC82L25L400X', name: 'Marco Bianchi' } },
    ]);
  });

  it('pays once, however often the button is pressed', async () => {
    const { pagopa, cart } = await openTown();
    const page = await cart(1);
    const answers = await Promise.all(['pay', 'pay', 'pay'].map((action) => payAt(page, action)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    await payAt(page, 'pay');
    expect(pagopa.ledger.payments).toHaveLength(1);
  });

  it('cannot pay again what is paid, neither with another cart nor at the counter', async () => {
    const { pagopa, cart } = await openTown();
    const [page, second] = [await cart(1), await cart(1)];
    await payAt(page, 'pay');
    expect(await cart(1)).toBe('notPayable');
    const again = await payAt(second, 'pay');
    expect(placeOf(again)).toEqual([303, error]);
    expect(again.headers.get('x-fault')).toBe('PPT_PAGAMENTO_DUPLICATO');
    const body = JSON.stringify({ fiscalCode: creditor, noticeNumber: noticeNumber(1) });
    expect((await fetch(`${pagopa.url}/control/counter`, { method: 'POST', body })).status).toBe(409);
    expect(pagopa.ledger.payments).toHaveLength(1);
  });

  it('pays all notices of a cart or none', async () => {
    const { pagopa, cart } = await openTown(
      {},
      {
        answer: async () => ({ outcome: 'fault', fault: 'CANCELLED' }),
      },
    );
    const page = await cart(1, 2);
    expect(placeOf(await payAt(page, 'pay'))).toEqual([303, error]);
    expect(pagopa.ledger.payments).toEqual([]);
    expect(await cart(1, 2)).toMatch(/^http/);
  });

  it('whose card is refused, or who leaves, keeps the notices locked for half an hour', async () => {
    for (const action of ['refuse', 'leave']) {
      let now = new Date('2026-10-15T07:00:00Z');
      const clock = { now: () => now, today: () => '2026-10-15' as never };
      const { pagopa, cart } = await openTown({ clock });
      const page = await cart(1);
      await payAt(page, action);
      expect(await cart(1)).toBe('notPayable');
      now = new Date('2026-10-15T07:30:01Z');
      expect(await cart(1)).toMatch(/^http/);
      expect(pagopa.ledger.payments).toEqual([]);
    }
  });

  it('whose card was refused may try another', async () => {
    const { cart } = await openTown();
    const page = await cart(1);
    expect(placeOf(await payAt(page, 'refuse'))).toEqual([303, error]);
    expect(placeOf(await payAt(page, 'pay'))).toEqual([303, ok]);
  });

  it('who cancels locks nothing', async () => {
    const { pagopa, cart } = await openTown();
    const page = await cart(1);
    expect(placeOf(await payAt(page, 'cancel'))).toEqual([303, cancel]);
    expect(placeOf(await payAt(page, 'pay'))).toEqual([303, cancel]);
    expect(await cart(1)).toMatch(/^http/);
    expect(pagopa.ledger.payments).toEqual([]);
  });

  it('sees what is to be paid, and nobody’s name', async () => {
    const { cart } = await openTown();
    const page = await (await fetch(await cart(1, 2))).text();
    expect(page).toContain('Fattura 2026/701, rata 1');
    expect(page).toContain('92,20 €');
    expect(page).not.toContain('Rossi');
    expect((await payAt(await cart(1), 'nothing')).status).toBe(400);
  });

  it('pays at the counter from the notice alone', async () => {
    const { pagopa, station } = await openTown();
    const body = JSON.stringify({ fiscalCode: creditor, noticeNumber: noticeNumber(1) });
    const response = await fetch(`${pagopa.url}/control/counter`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ amount: owed.amount });
    await pagopa.settled();
    expect(station.received).toMatchObject([{ cartId: null }]);
  });

  it('cannot pay what the station does not answer for', async () => {
    const { pagopa, station, cart } = await openTown();
    const page = await cart(1);
    await station.close();
    const answer = await payAt(page, 'pay');
    expect([answer.status, answer.headers.get('x-fault')]).toEqual([
      303,
      'PPT_STAZIONE_INT_PA_IRRAGGIUNGIBILE',
    ]);
    expect(pagopa.ledger.payments).toEqual([]);
    opened.splice(0, 1);
  });
});

describe('chaos', () => {
  const paid = async (town: Town, ...bases: readonly number[]) => {
    await payAt(await town.cart(...bases), 'pay');
    await town.pagopa.settled();
  };

  it('sends a receipt again that was taken', async () => {
    const town = await openTown();
    town.pagopa.setChaos({ duplicateReceipts: 2 });
    await paid(town, 1);
    expect(new Set(town.station.received.map(({ receiptId }) => receiptId)).size).toBe(1);
    expect(town.station.received).toHaveLength(3);
  });

  it('loses receipts on the way, and they come with a later try', async () => {
    const town = await openTown();
    town.pagopa.setChaos({ loseReceipts: 2 });
    await paid(town, 1);
    expect(town.station.received).toHaveLength(1);
    expect(town.pagopa.ledger.payments).toMatchObject([{ tries: 3, delivery: 'taken' }]);
  });

  it('loses answers, and what was taken comes again', async () => {
    const town = await openTown();
    town.pagopa.setChaos({ loseAnswers: 1 });
    await paid(town, 1);
    expect(town.station.received).toHaveLength(2);
    expect(town.pagopa.ledger.payments).toMatchObject([{ tries: 2, delivery: 'taken' }]);
  });

  it('gives up after five tries, until somebody asks for the receipt', async () => {
    const town = await openTown({ slotMs: 1 });
    town.pagopa.setChaos({ loseReceipts: 5 });
    await paid(town, 1);
    const [payment] = town.pagopa.ledger.payments;
    expect(payment).toMatchObject({ tries: 5, delivery: 'givenUp' });
    expect(town.station.received).toEqual([]);
    town.pagopa.setChaos({});
    await fetch(`${town.pagopa.url}/control/payments/${payment?.receiptId}/resend`, { method: 'POST' });
    await town.pagopa.settled();
    expect(town.station.received).toHaveLength(1);
  });

  it('tries again when the station could not keep a receipt', async () => {
    let times = 0;
    const town = await openTown(
      {},
      {
        receive: async () => {
          times += 1;
          if (times < 3) throw new Error('The database is gone.');
          return 'new';
        },
      },
    );
    await paid(town, 1);
    expect(times).toBe(3);
  });

  it('sends the receipts of a cart last one first', async () => {
    const town = await openTown({ slotMs: 30 });
    town.pagopa.setChaos({ reorderReceipts: true });
    await paid(town, 1, 2, 3);
    expect(town.station.received.map(({ numeroAvviso }) => numeroAvviso)).toEqual(
      [3, 2, 1].map((base) => noticeNumber(base)),
    );
  });

  it('takes another amount than was asked', async () => {
    const town = await openTown();
    town.pagopa.setChaos({ amountDifference: -10 });
    await paid(town, 1);
    expect(town.station.received).toMatchObject([{ amount: 4_600 }]);
  });

  it('moves the money and shows an error', async () => {
    const town = await openTown();
    town.pagopa.setChaos({ afterMoney: '500' });
    expect((await payAt(await town.cart(1), 'pay')).status).toBe(500);
    expect(town.pagopa.ledger.payments).toHaveLength(1);
  });

  it('is set by HTTP and told what does not exist', async () => {
    const { pagopa } = await openTown();
    const put = (body: unknown) =>
      fetch(`${pagopa.url}/control/chaos`, { method: 'PUT', body: JSON.stringify(body) });
    expect(await (await put({ checkout: '422', delayMs: 1 })).json()).toMatchObject({
      checkout: '422',
      gpd: '',
    });
    expect((await put({ checkout: '418' })).status).toBe(400);
    expect((await put({ receiptz: 1 })).status).toBe(400);
    const after = await fetch(`${pagopa.url}/control/chaos`, { method: 'DELETE' });
    expect(await after.json()).toMatchObject({ checkout: '', delayMs: 0 });
  });

  it.each([
    ['422', 'notPayable'],
    ['400', 'rejected'],
    ['302', 'unavailable'],
    ['401', 'unavailable'],
    ['503', 'unavailable'],
  ] as const)('answers a cart with %s', async (checkout, outcome) => {
    const town = await openTown();
    town.pagopa.setChaos({ checkout });
    expect(await town.cart(1)).toBe(outcome);
    expect(town.pagopa.ledger.carts).toEqual([]);
  });
});

describe('what the stand-in knows', () => {
  it('is there after it was started again, and receipts that waited are sent', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'pagopa-'));
    const first = await startStandIn({ dataDir });
    const station = await openTestListener();
    opened.push(station);
    first.connect({ url: station.url, secret: nodeSecret });
    first.setChaos({ lateReceiptsMs: 60_000 });
    const { pagopa } = clientOf(first);
    await pagopa.createPosition(newPosition(7));
    const cart = await pagopa.createCart(newCart([noticeNumber(1)]));
    await payAt('checkoutUrl' in cart ? cart.checkoutUrl : '', 'pay');
    await first.close();
    expect(station.received).toEqual([]);

    const second = await startStandIn({ dataDir });
    opened.push(second);
    second.connect({ url: station.url, secret: nodeSecret });
    await second.settled();
    expect(station.received).toHaveLength(1);
    const { pagopa: again } = clientOf(second);
    expect(await again.createCart(newCart([noticeNumber(1)]))).toEqual({ outcome: 'notPayable' });
    expect(await again.createPosition(newPosition(7))).toEqual({ outcome: 'created' });
    await rm(dataDir, { recursive: true });
  });

  it('refuses a wrong subscription key, positions of others and those that do not add up', async () => {
    const { pagopa } = await openTown();
    const wrong = { keys: { checkout: 'no', gpd: 'no', receipts: 'no' } };
    expect(await clientOf(pagopa, wrong).pagopa.createCart(newCart([noticeNumber(1)]))).toEqual({
      outcome: 'unavailable',
    });
    const { pagopa: client } = clientOf(pagopa);
    expect(await client.createPosition(newPosition(7, { creditor: '00000000000' as never }))).toEqual({
      outcome: 'unknown',
    });
    expect(await client.createPosition(newPosition(7, { amount: 0 as EuroCents }))).toEqual({
      outcome: 'rejected',
    });
    expect(await client.createPosition(newPosition(7, { dueOn: '2026-10-14' as never }))).toEqual({
      outcome: 'rejected',
    });
  });

  it('tells receipts by IUV of positions that GPD holds, and of no others', async () => {
    const town = await openTown();
    await payAt(await town.cart(1), 'pay');
    expect(town.pagopa.ledger.payments).toHaveLength(1);
    expect(await clientOf(town.pagopa).pagopa.receiptsOf(creditor, owed.iuv)).toEqual([]);
  });
});
