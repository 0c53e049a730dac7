import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type EuroCents, iuvOf } from '../../../core/values/index.ts';
import type { PagopaStandIn } from '../../../demo/pagopa/start-pagopa.ts';
import { toCartRequest } from '../../../subgraphs/payments/pagopa/cart.mapper.ts';
import { toPositionRequest } from '../../../subgraphs/payments/pagopa/position.mapper.ts';
import {
  clientOf,
  creditor,
  key,
  newCart,
  newPosition,
  noticeNumber,
  payAt,
  startOddServer,
  startStandIn,
  terms,
} from '../../support/pagopa.ts';
import {
  callNode,
  messages as nodeMessages,
  nodeSecret,
  openTestListener,
  owed,
  type TestListener,
} from '../../support/pagopa-node.ts';

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
    // Once for the cart, and again when it is paid.
    expect(station.asked).toMatchObject([
      { creditor },
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
    let isCancelled = false;
    const { pagopa, cart } = await openTown(
      {},
      {
        answer: async ({ numeroAvviso }) =>
          isCancelled && numeroAvviso === noticeNumber(2)
            ? { outcome: 'fault', fault: 'CANCELLED' }
            : { outcome: 'payable', debt: { ...owed, numeroAvviso, iuv: iuvOf(numeroAvviso) } },
      },
    );
    const page = await cart(1, 2);
    isCancelled = true;
    expect(placeOf(await payAt(page, 'pay'))).toEqual([303, error]);
    expect(pagopa.ledger.payments).toEqual([]);
    isCancelled = false;
    // What was refused is free again; what was answered stays locked until its time is over.
    expect(await cart(2)).toMatch(/^http/);
    expect(await cart(1)).toBe('notPayable');
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

describe('the stand-in is as strict as the real one', () => {
  const call = async (url: string, body: unknown, type = 'application/json') => {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'ocp-apim-subscription-key': key, 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, detail: text === '' ? '' : (JSON.parse(text).detail as string) };
  };
  /** A deep copy with one place changed: `paymentNotices.0.amount`. */
  const changed = (body: unknown, place: string, value: unknown) => {
    const copy = structuredClone(body) as Record<string, unknown>;
    const names = place.split('.');
    const inside = names.slice(0, -1).reduce<Record<string, unknown>>((at, name) => at[name] as never, copy);
    inside[names.at(-1) ?? ''] = value;
    return copy;
  };

  it.each([
    ['paymentNotices.0.noticeNumber', Number(noticeNumber(1))],
    ['paymentNotices.0.noticeNumber', '30100000000000014A'],
    ['paymentNotices.0.fiscalCode', 300120169],
    ['paymentNotices.0.amount', '4610'],
    ['paymentNotices.0.amount', 0],
    ['paymentNotices.0.amount', 46.1],
    ['paymentNotices.0.companyName', 'x'.repeat(141)],
    ['paymentNotices.0.description', 'x'.repeat(141)],
    ['paymentNotices.0.description', undefined],
    ['emailNotice', 'niccolò@example.it'],
    ['emailNotice', 5],
    ['idCart', 5],
    ['allCCP', 'false'],
    ['returnUrls.returnOkUrl', 'www.comune.it'],
    ['returnUrls.returnOkUri', 'https://a.it'],
    ['paymentNotices', []],
  ])('at Checkout: 400 for %s = %j', async (place, value) => {
    const { pagopa } = await openTown();
    const url = `${pagopa.checkoutUrl}/carts`;
    const whole = toCartRequest(newCart([noticeNumber(1)]));
    expect((await call(url, whole)).status).toBe(302);
    const { status, detail } = await call(url, changed(whole, place, value));
    expect([status, detail]).toEqual([400, expect.stringContaining(place.split('.')[0] ?? '')]);
    expect(pagopa.ledger.carts).toHaveLength(1);
  });

  it('at Checkout: 400 and 415 for what is no JSON', async () => {
    const { pagopa } = await openTown();
    const url = `${pagopa.checkoutUrl}/carts`;
    expect((await call(url, '{')).status).toBe(400);
    expect((await call(url, '{}', 'text/plain')).status).toBe(415);
  });

  it.each(['UNKNOWN', 'PAID', 'EXPIRED', 'CANCELLED'] as const)(
    'at Checkout: 422 for a position that the station answers with %s',
    async (fault) => {
      const { pagopa, cart } = await openTown({}, { answer: async () => ({ outcome: 'fault', fault }) });
      expect(await cart(1)).toBe('notPayable');
      expect(pagopa.ledger.carts).toEqual([]);
    },
  );

  it('at Checkout: 422 for a position that GPD does not hold, and not when the station is away', async () => {
    const { pagopa, station, cart } = await openTown();
    const { pagopa: client } = clientOf(pagopa);
    const atGpd = () => client.createCart(newCart([noticeNumber(9, 2)]));
    expect(await atGpd()).toEqual({ outcome: 'notPayable' });
    await client.createPosition(newPosition(9));
    expect(await atGpd()).toMatchObject({ outcome: 'created' });
    await station.close();
    opened.splice(0, 1);
    expect(await cart(1)).toMatch(/^http/);
  });

  it.each([
    ['type', 'X'],
    ['country', 'ITA'],
    ['country', 'it'],
    ['switchToExpired', 'false'],
    ['companyName', 'x'.repeat(141)],
    ['fullName', ' '],
    ['fiscalCod', 'x'],
    ['validityDate', '2026-02-30T00:00:00Z'],
    ['paymentOption.0.amount', '8350'],
    ['paymentOption.0.dueDate', '2026-12-31'],
    ['paymentOption.0.dueDate', '31/12/2026'],
    ['paymentOption.0.dueDate', '2026-10-14T21:00:00Z'],
    ['paymentOption.0.retentionDate', '2026-10-16T06:00:00Z'],
    ['paymentOption.0.description', 'x'.repeat(141)],
    ['paymentOption.0.iuv', 20_000_000_000],
    ['paymentOption.0.nav', '301000000000000144'],
    ['paymentOption.0.transfer.0.iban', 'IT60 X054'],
    ['paymentOption.0.transfer.0.iban', 'I'.repeat(36)],
    ['paymentOption.0.transfer.0.iban', undefined],
    ['paymentOption.0.transfer.0.idTransfer', 1],
    ['paymentOption.0.transfer.0.idTransfer', '6'],
    ['paymentOption.0.transfer.0.amount', 8_349],
    ['paymentOption.0.transfer.0.remittanceInformation', 'x'.repeat(141)],
    ['paymentOption.0.transfer', []],
  ])('at GPD: 400 for %s = %j', async (place, value) => {
    const { pagopa } = await openTown();
    const url = `${pagopa.gpdUrl}/organizations/${creditor}/debtpositions?toPublish=true`;
    const whole = toPositionRequest(newPosition(7), terms);
    expect((await call(url, changed(whole, place, value))).status).toBe(400);
    expect(pagopa.ledger.positions).toEqual([]);
    expect((await call(url, whole)).status).toBe(201);
  });

  it.each([
    ['a name of 71 characters', /<fullName>.*?<\/fullName>/, `<fullName>${'x'.repeat(71)}</fullName>`],
    ['an amount with a comma', '<paymentAmount>46.10', '<paymentAmount>46,10'],
    ['an amount of nothing', /46\.10/g, '0.00'],
    ['transfers that do not add up', '<transferAmount>46.10', '<transferAmount>46.11'],
    ['a day that does not exist', /<dueDate>.*?<\/dueDate>/, '<dueDate>2026-02-30</dueDate>'],
    ['no company', /<companyName>.*?<\/companyName>/, ''],
    ['an empty description', /<description>.*?<\/description>/, '<description></description>'],
    ['another order', /(<dueDate>.*?<\/dueDate>)(<description>.*?<\/description>)/, '$2$1'],
    ['an element of another namespace', '<data>', '<data xmlns="urn:x">'],
    ['an element too many', '</data>', '<more/></data>'],
    ['no data', /<data>.*<\/data>/, ''],
    ['another answer', /paGetPaymentV2Response/g, 'paGetPaymentResponse'],
    ['what is no XML', '</data>', ''],
  ])('at the node: nothing is paid on an answer with %s', async (_name, what, instead) => {
    const { pagopa, station } = await openTown();
    const page = await clientOf(pagopa).pagopa.createCart(newCart([noticeNumber(1)]));
    const { text } = await callNode(station, 'paGetPaymentV2', nodeMessages.paGetPaymentV2);
    const broken = text.replace(what, instead);
    expect(broken).not.toBe(text);
    const odd = await startOddServer((request, response) => {
      const isAsked = request.headers.soapaction === '"paGetPaymentV2"';
      if (isAsked) return void response.writeHead(200, { 'content-type': 'text/xml' }).end(broken);
      const verified = callNode(station, 'paVerifyPaymentNotice', nodeMessages.paVerifyPaymentNotice);
      void verified.then((reply) => response.writeHead(200).end(reply.text));
    });
    opened.push(odd);
    pagopa.connect({ url: odd.url, secret: nodeSecret });
    const answer = await payAt('checkoutUrl' in page ? page.checkoutUrl : '', 'pay');
    expect(answer.headers.get('x-fault')).toBe('PPT_STAZIONE_INT_PA_ERRORE_RESPONSE');
    expect(pagopa.ledger.payments).toEqual([]);
    expect(pagopa.messages.invalid).toMatchObject([{ writer: 'project', name: 'paGetPaymentV2Response' }]);
  });

  it('counts every message, and finds none of ours that breaks its specification', async () => {
    const { pagopa, cart } = await openTown();
    const { pagopa: client } = clientOf(pagopa);
    await client.createPosition(newPosition(7));
    await payAt(await cart(1, 2), 'pay');
    await client.createCart(newCart([noticeNumber(7, 2)], 8_350));
    await pagopa.settled();
    // A position and its answer, two carts (a 302 has no body), two calls to verify, and for each notice that is paid
    // three calls, all with their answers.
    expect([pagopa.messages.checked, pagopa.messages.invalid]).toEqual([2 + 2 + 2 * 2 + 2 * 3 * 2, []]);
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
