import { afterEach, describe, expect, it } from '@jest/globals';
import { type CalendarDate, type EuroCents, iuvOf } from '../../../../core/values/index.ts';
import type { PagopaStandIn } from '../../../../demo/pagopa/start-pagopa.ts';
import {
  clientOf,
  creditor,
  newCart,
  newPosition,
  noticeNumber,
  type OddServer,
  payAt,
  startOddServer,
  startStandIn,
} from '../../../support/pagopa.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function standIn(...options: Parameters<typeof startStandIn>): Promise<PagopaStandIn> {
  const started = await startStandIn(...options);
  opened.push(started);
  return started;
}

async function odd(answer: Parameters<typeof startOddServer>[0]): Promise<OddServer & { urls: Urls }> {
  const server = await startOddServer(answer);
  opened.push(server);
  const { url } = server;
  return Object.assign(server, {
    urls: { checkoutUrl: url, gpdUrl: url, gpdReceiptsUrl: url, receiptsUrl: url },
  });
}
type Urls = Parameters<typeof clientOf>[0];

const answering = (status: number, headers: Record<string, string> = {}, body = '{}') =>
  odd((_request, response) => void response.writeHead(status, headers).end(body));
const hanging = () => odd(() => undefined);

describe('a cart', () => {
  it('is created, and the payer is sent to its page without our going there', async () => {
    const town = await standIn();
    const { pagopa } = clientOf(town);
    const outcome = await pagopa.createCart(newCart([noticeNumber(1), noticeNumber(2)]));
    expect(outcome).toEqual({
      outcome: 'created',
      checkoutUrl: expect.stringMatching(/\/checkout\/c\/[\w-]{36}$/),
    });
    expect(town.calls).toEqual(['POST /checkout/ec/v1/carts']);
    expect(town.ledger.carts[0]).toMatchObject({
      idCart: newCart([]).cartId,
      notices: [{ amount: 4_610 }, { amount: 4_610 }],
    });
  });

  it('cuts names and subjects to what a notice holds, in UTF-16 units and between characters', async () => {
    const server = await answering(302, { location: 'https://checkout.example.it/c/1' });
    const cart = newCart([noticeNumber(1)]);
    const long = {
      ...cart,
      notices: cart.notices.map((one) => ({ ...one, description: `${'x'.repeat(139)}🍎🍎` })),
    };
    await clientOf(server.urls).pagopa.createCart(long);
    const { paymentNotices } = JSON.parse(server.requests[0]?.body ?? '');
    expect(paymentNotices[0].description).toBe('x'.repeat(139));
  });

  it.each([
    [422, 'notPayable'],
    [400, 'rejected'],
    [401, 'unavailable'],
    [403, 'unavailable'],
    [404, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [200, 'unavailable'],
  ])('that is answered with %i is %s', async (status, outcome) => {
    const server = await answering(status);
    expect(await clientOf(server.urls).pagopa.createCart(newCart([noticeNumber(1)]))).toEqual({ outcome });
  });

  it.each([
    ['no address', undefined],
    ['an address without encryption', 'http://checkout.example.it/c/1'],
    ['a script', 'javascript:alert(1)'],
    ['credentials in the address', 'https://user:word@checkout.example.it/'],
    ['a path alone', '/c/1'],
  ])('sends nobody to %s', async (_what, location) => {
    const server = await answering(302, location === undefined ? {} : { location });
    expect(await clientOf(server.urls).pagopa.createCart(newCart([noticeNumber(1)]))).toEqual({
      outcome: 'unavailable',
    });
  });

  it('is unavailable when nothing comes in time, when the connection breaks and when nobody listens', async () => {
    const server = await hanging();
    const broken = await odd((request) => request.socket.destroy());
    const gone = { checkoutUrl: 'http://127.0.0.1:1', gpdUrl: '', gpdReceiptsUrl: '', receiptsUrl: '' };
    for (const urls of [server.urls, broken.urls, gone]) {
      const { pagopa } = clientOf(urls, { timeoutMs: 100 });
      expect(await pagopa.createCart(newCart([noticeNumber(1)]))).toEqual({ outcome: 'unavailable' });
    }
  });

  it('is sent once more when the connection breaks under it, a refusal is not', async () => {
    let calls = 0;
    const server = await odd((request, response) => {
      if (++calls === 1) return void request.socket.destroy();
      response.writeHead(302, { location: 'https://checkout.example.it/c/1' }).end();
    });
    const { pagopa } = clientOf(server.urls);
    const outcome = await pagopa.createCart(newCart([noticeNumber(1)]));
    expect([outcome.outcome, calls]).toEqual(['created', 2]);
    const refusing = await answering(503);
    await clientOf(refusing.urls).pagopa.createCart(newCart([noticeNumber(1)]));
    expect(refusing.requests).toHaveLength(1);
  });

  it('stops when who asked stops', async () => {
    const server = await hanging();
    const { pagopa } = clientOf(server.urls, { timeoutMs: 30_000 });
    const outcome = pagopa.createCart(newCart([noticeNumber(1)]), AbortSignal.timeout(50));
    expect(await outcome).toEqual({ outcome: 'unavailable' });
  });

  it('reads no endless answer', async () => {
    const server = await odd((_request, response) => {
      response.writeHead(400);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    expect(await clientOf(server.urls).pagopa.createCart(newCart([noticeNumber(1)]))).toEqual({
      outcome: 'unavailable',
    });
  });

  it('is no longer asked for after five failures in a row', async () => {
    const server = await answering(503);
    const { pagopa } = clientOf(server.urls);
    for (let time = 0; time < 8; time += 1) await pagopa.createCart(newCart([noticeNumber(1)]));
    expect(server.requests).toHaveLength(5);
  });

  it('leaves nobody in the log', async () => {
    const server = await answering(400, {}, '{"detail":"giulia.ferrari@example.com RSSCLD84C52A794Q"}');
    const { pagopa, logLines } = clientOf(server.urls);
    await pagopa.createCart({ ...newCart([noticeNumber(1)]), email: 'claudia.rossi@example.com' });
    expect(logLines).toHaveLength(1);
    expect(logLines[0]).toContain('"status":400');
    expect(logLines.join()).not.toMatch(/claudia|giulia|RSSCLD|Fattura/);
  });
});

describe('a position at GPD', () => {
  it('is created payable', async () => {
    const town = await standIn();
    expect(await clientOf(town).pagopa.createPosition(newPosition(7))).toEqual({ outcome: 'created' });
    expect(town.ledger.positions).toMatchObject([
      { status: 'VALID', body: { iupd: 'SP-7', type: 'F', paymentOption: [{ amount: 8_350 }] } },
    ]);
  });

  it('is the same one when it is asked for again, also after it was paid', async () => {
    const town = await standIn();
    const { pagopa } = clientOf(town);
    await pagopa.createPosition(newPosition(7));
    expect(await pagopa.createPosition(newPosition(7))).toEqual({ outcome: 'created' });
    Object.assign(town.ledger.positions[0] ?? {}, { status: 'PAID' });
    expect(await pagopa.createPosition(newPosition(7))).toEqual({ outcome: 'created' });
    expect(town.ledger.positions).toHaveLength(1);
  });

  it.each([
    ['another amount', { amount: 8_351 as EuroCents }],
    ['another subject', { description: 'Trasporto scolastico' }],
    ['another kind of debtor', { debtorKind: 'BODY' as const }],
  ])('is refused when one of its id is there with %s', async (_what, other) => {
    const town = await standIn();
    const { pagopa } = clientOf(town);
    await pagopa.createPosition(newPosition(7));
    expect(await pagopa.createPosition(newPosition(7, other))).toEqual({ outcome: 'rejected' });
  });

  it('is refused when another has its number', async () => {
    const town = await standIn();
    const { pagopa } = clientOf(town);
    await pagopa.createPosition(newPosition(7));
    expect(await pagopa.createPosition(newPosition(7, { iupd: 'SP-8' }))).toEqual({ outcome: 'rejected' });
  });

  it('is in doubt when the answer never comes, and found when it is asked for again', async () => {
    const town = await standIn();
    town.setChaos({ gpd: 'lost' });
    const { pagopa } = clientOf(town, { timeoutMs: 150 });
    expect(await pagopa.createPosition(newPosition(7))).toEqual({ outcome: 'unknown' });
    town.setChaos({});
    expect(await pagopa.createPosition(newPosition(7))).toEqual({ outcome: 'created' });
    expect(town.ledger.positions).toHaveLength(1);
  });

  it.each([
    [400, 'rejected'],
    [422, 'rejected'],
    [401, 'unknown'],
    [403, 'unknown'],
    [404, 'unknown'],
    [429, 'unknown'],
    [500, 'unknown'],
  ])('that is answered with %i is %s', async (status, outcome) => {
    const server = await answering(status);
    expect(await clientOf(server.urls).pagopa.createPosition(newPosition(7))).toEqual({ outcome });
  });

  it.each([
    ['fails', 500, '{}', 'unknown'],
    ['is forbidden', 403, '{}', 'unknown'],
    ['is no JSON', 200, '<html>', 'unknown'],
    ['is null', 200, 'null', 'rejected'],
    ['finds nothing', 404, '{}', 'rejected'],
  ])('that is a conflict whose reading %s is judged so', async (_what, status, body, outcome) => {
    const server = await odd((request, response) => {
      response.writeHead(request.method === 'POST' ? 409 : status).end(body);
    });
    expect(await clientOf(server.urls).pagopa.createPosition(newPosition(7))).toEqual({ outcome });
  });

  it('reads what is held within the same limit', async () => {
    const server = await odd((request, response) => {
      if (request.method === 'POST') response.writeHead(409).end();
    });
    const { pagopa } = clientOf(server.urls, { timeoutMs: 150 });
    expect(await pagopa.createPosition(newPosition(7))).toEqual({ outcome: 'unknown' });
  });

  it('is due until the end of its day in Rome', async () => {
    const server = await answering(201);
    const { pagopa } = clientOf(server.urls);
    await pagopa.createPosition(newPosition(7, { dueOn: '2026-07-31' as CalendarDate }));
    const sent = JSON.parse(server.requests[0]?.body ?? '');
    expect(sent.paymentOption[0].dueDate).toBe('2026-07-31T21:59:59.000Z');
  });
});

describe('receipts', () => {
  it('are none while nothing was paid', async () => {
    const town = await standIn();
    const { pagopa } = clientOf(town);
    await pagopa.createPosition(newPosition(7));
    expect(await pagopa.receiptsOf(creditor, newPosition(7).iuv)).toEqual([]);
  });

  it('are found by IUV after a position of GPD was paid', async () => {
    const town = await standIn();
    const { pagopa } = clientOf(town);
    const position = newPosition(7);
    await pagopa.createPosition(position);
    const cart = await pagopa.createCart(newCart([position.numeroAvviso], 8_350));
    await payAt('checkoutUrl' in cart ? cart.checkoutUrl : '', 'pay');
    expect(await pagopa.receiptsOf(creditor, position.iuv)).toEqual([
      {
        receiptId: town.ledger.payments[0]?.receiptId,
        creditor,
        numeroAvviso: position.numeroAvviso,
        iuv: position.iuv,
        amount: 8_350,
        paidAt: '2026-10-15T07:00:00.000Z',
        description: 'Mensa scolastica, scuola primaria',
        pspName: 'Banca Dimostrativa S.p.A.',
        paymentMethod: 'creditCard',
        debtor: { codiceFiscale: 'FRRGLI88S43F205Z', name: 'Giulia Ferrari' },
        payer: null,
        cartId: null,
      },
    ]);
  });

  it.each([401, 403, 422, 429, 500])('cannot be told when %i is answered', async (status) => {
    const server = await answering(status);
    await expect(clientOf(server.urls).pagopa.receiptsOf(creditor, newPosition(7).iuv)).rejects.toMatchObject(
      {
        code: 'PAGOPA_UNAVAILABLE',
      },
    );
  });

  it('cannot be told when what comes cannot be read', async () => {
    for (const body of ['no XML', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']) {
      const server = await answering(200, {}, body);
      await expect(
        clientOf(server.urls).pagopa.receiptsOf(creditor, newPosition(7).iuv),
      ).rejects.toMatchObject({ code: 'PAGOPA_UNAVAILABLE' });
    }
  });

  it('are not there yet when the IUR is known and its receipt is not', async () => {
    const server = await odd((request, response) => {
      const isByIuv = request.url?.startsWith('/payments/');
      response.writeHead(isByIuv ? 200 : 404).end('<receipt><receiptId>r1</receiptId></receipt>');
    });
    expect(await clientOf(server.urls).pagopa.receiptsOf(creditor, newPosition(7).iuv)).toEqual([]);
    expect(server.requests.map(({ url }) => url)).toEqual([
      `/payments/${creditor}/receipts/${newPosition(7).iuv}`,
      `/organizations/${creditor}/receipts/r1/paymentoptions/${newPosition(7).iuv}`,
    ]);
  });

  it('are of two payments of one debt, the earlier one first', async () => {
    const { iuv, numeroAvviso } = newPosition(7);
    const detail = (id: string, at: string, amount: string) =>
      `{"receiptId":"${id}","noticeNumber":"${numeroAvviso}","fiscalCode":"${creditor}","outcome":"OK","creditorReferenceId":"${iuv}","paymentAmount":${amount},"description":"d","pspCompanyName":"p","paymentDateTimeFormatted":"${at}","debtor":{"entityUniqueIdentifierValue":"ANONIMO","fullName":"ANONIMO"}}`;
    const server = await odd((request, response) => {
      if (request.url?.startsWith('/payments/'))
        return response.end('<a><receiptId>r2</receiptId><b><receiptId>r1</receiptId></b></a>');
      const isFirst = request.url?.includes('/r1/');
      response.end(
        isFirst
          ? detail('r1', '2026-10-01T10:00:00+02:00', '0.29')
          : detail('r2', '2026-10-02T10:00:00Z', '1.1E+1'),
      );
    });
    const found = await clientOf(server.urls).pagopa.receiptsOf(creditor, iuvOf(numeroAvviso));
    expect(found).toMatchObject([
      { receiptId: 'r1', amount: 29, paidAt: '2026-10-01T08:00:00.000Z', debtor: null },
      { receiptId: 'r2', amount: 1_100 },
    ]);
  });

  const numeroAvviso = newPosition(7).numeroAvviso;
  const iuv = iuvOf(numeroAvviso);
  const required = {
    ...{
      receiptId: 'r1',
      noticeNumber: numeroAvviso,
      fiscalCode: creditor,
      outcome: 'OK',
      paymentAmount: 46.1,
    },
    ...{ creditorReferenceId: iuv, description: 'Mensa', companyName: 'Comune', pspCompanyName: 'Banca' },
    ...{ idPSP: 'BANCA', idChannel: 'C', transferList: [] },
    debtor: { entityUniqueIdentifierType: 'F', entityUniqueIdentifierValue: 'ANONIMO', fullName: 'ANONIMO' },
  };
  /** By IUR: a body, or a status. */
  const serving = async (receipts: Record<string, string | number>) => {
    const server = await odd((request, response) => {
      const id = /receipts\/(r\d)\/paymentoptions/.exec(request.url ?? '')?.[1];
      if (id === undefined) {
        const found = Object.keys(receipts).map((one) => `<receiptId>${one}</receiptId>`);
        return void response.end(`<a>${found.join('')}</a>`);
      }
      const given = receipts[id];
      return void (typeof given === 'number' ? response.writeHead(given).end() : response.end(given));
    });
    return clientOf(server.urls);
  };

  it('with the required fields only are read, as of now', async () => {
    const { pagopa } = await serving({ r1: JSON.stringify(required) });
    expect(await pagopa.receiptsOf(creditor, iuv)).toEqual([
      {
        ...{ receiptId: 'r1', creditor, numeroAvviso, iuv, amount: 4_610, description: 'Mensa' },
        ...{ pspName: 'Banca', paymentMethod: null, debtor: null, payer: null, cartId: null },
        paidAt: '2026-10-15T07:00:00.000Z',
      },
    ]);
  });

  it.each([
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['no amount', JSON.stringify({ ...required, paymentAmount: undefined })],
    ['an amount of nothing', JSON.stringify({ ...required, paymentAmount: 0 })],
    ['a part of a cent', JSON.stringify({ ...required, paymentAmount: 1.005 })],
    ['no id', JSON.stringify({ ...required, receiptId: null })],
    ['no description', JSON.stringify({ ...required, description: ' ' })],
    ['a wrong creditor', JSON.stringify({ ...required, fiscalCode: '1' })],
    ['no answer', 503],
  ])('with %s hide none of the others', async (_, other) => {
    const { pagopa, logLines } = await serving({
      r1: other,
      r2: JSON.stringify({ ...required, receiptId: 'r2', paymentDateTime: '2026-10-01' }),
    });
    expect(await pagopa.receiptsOf(creditor, iuv)).toMatchObject([
      { receiptId: 'r2', paidAt: '2026-09-30T22:00:00.000Z' },
    ]);
    expect(logLines.join()).toMatch(/pagopa\.(unreadable|failed)/);
  });

  it('with characters that no database keeps are kept without them', async () => {
    const text = JSON.stringify({ ...required, description: 'Men\u0000sa\ud800', paymentMethod: '\u0000' });
    expect(await (await serving({ r1: text })).pagopa.receiptsOf(creditor, iuv)).toMatchObject([
      { description: 'Men sa\ufffd', paymentMethod: '' },
    ]);
  });
});
