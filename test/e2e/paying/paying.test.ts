import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { NumeroAvviso } from '../../../core/values/index.ts';
import { claudia, creditorCode, giulia } from '../../../demo/town/people.ts';
import { legacyTownCopy, ownTownCopy } from '../../support/databases.ts';
import { clientOf, newCart, payAt } from '../../support/pagopa.ts';
import {
  type AttemptFragment,
  CancelSessionDocument,
  MealsDocument,
  type OwedDebtFragment,
  OwedDocument,
  PayNoticeDocument,
  PaySpontaneouslyDocument,
  ReturnedDocument,
  SessionDocument,
  StartToPayDocument,
} from '../client.generated.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';

/** Ours at the test town's pagoPA. */
const subscription = 'p'.repeat(32);
const returnUrl = 'http://localhost:3000/pagamento';
let town: TestTown;
let ofClaudia: string;
let aheadMs = 0;

beforeAll(async () => {
  const [legacyUrl, ownUrl] = await Promise.all([legacyTownCopy(), ownTownCopy()]);
  await reopenDebts(legacyUrl, claudia.codiceFiscale);
  town = await openTestTown('in-process', { legacyUrl, ownUrl, works: true, aheadMs: () => aheadMs });
  ofClaudia = await town.tokenOf(claudia.codiceFiscale);
}, 60_000);
afterEach(() => town.pagopa.setChaos({}));
afterAll(() => town.close());

/** As if nothing that a debtor owed had been paid: these tests pay a lot. */
async function reopenDebts(url: string, debtor: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const sql = [
      `UPDATE "SDI_FATT_RATE" r SET "PAGATO" = 0 FROM "PAG_POSIZ" p WHERE p."COD_DEB" = $1
       AND (p."ANNO_FATT", p."NUM_FATT", p."NUM_RATA") = (r."ANNO_FATT", r."NUM_FATT", r."NUM_RATA")`,
      `DELETE FROM "PAG_RICEV" USING "PAG_POSIZ" p WHERE p."ID_POS" = "PAG_RICEV"."ID_POS" AND p."COD_DEB" = $1`,
      `UPDATE "PAG_POSIZ" SET "STATO" = 'AP' WHERE "COD_DEB" = $1`,
    ];
    for (const text of sql) await client.query(text, [debtor]);
  } finally {
    await client.end();
  }
}

async function mealsKind(): Promise<string> {
  const { data } = await town.ask(MealsDocument, {});
  return data?.paymentKinds?.edges[0]?.node.id ?? '';
}

async function owedBy(token: string): Promise<readonly OwedDebtFragment[]> {
  const { data, errors } = await town.ask(OwedDocument, {}, token);
  expect(errors).toBeUndefined();
  return data?.me?.debts ?? [];
}

const payable = async (count: number): Promise<readonly OwedDebtFragment[]> => {
  const found = (await owedBy(ofClaudia)).filter(({ status }) => status === 'PAYABLE').slice(0, count);
  expect(found).toHaveLength(count);
  return found;
};

async function debt(id: string): Promise<OwedDebtFragment | undefined> {
  return (await owedBy(ofClaudia)).find((one) => one.id === id);
}

async function start(debts: readonly { readonly id: string }[], token = ofClaudia) {
  const input = { debtIds: debts.map(({ id }) => id), returnUrl, idempotencyKey: randomUUID() };
  const { data, errors } = await town.ask(StartToPayDocument, { input }, token);
  expect(errors).toBeUndefined();
  return data?.startPayment;
}

async function started(debts: readonly { readonly id: string }[]): Promise<AttemptFragment> {
  const result = await start(debts);
  expect(result).toMatchObject({ __typename: 'PaymentStarted' });
  return (result as { session: AttemptFragment }).session;
}

async function cancel(id: string) {
  const { data, errors } = await town.ask(CancelSessionDocument, { id });
  expect(errors).toBeUndefined();
  return data?.cancelPaymentSession;
}

async function session(id: string): Promise<AttemptFragment> {
  const { data } = await town.ask(SessionDocument, { id });
  return data?.paymentSession as AttemptFragment;
}

/** Looks until it is so: what happens after the answer takes its time. */
async function until<T>(look: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (let time = 0; ; time += 1) {
    const value = await look();
    if (isSo(value) || time === 300) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const settled = (id: string) =>
  until(
    () => session(id),
    ({ status }) => status !== 'STARTED',
  );
const receiptsOf = (numbers: readonly string[]) =>
  town.pagopa.ledger.payments.filter(({ noticeNumber }) => numbers.includes(noticeNumber));

describe('Claudia', () => {
  it('pays two debts in one cart and sees them paid, with receipts, and the instalments settled', async () => {
    const debts = await payable(2);
    const attempt = await started(debts);
    expect(attempt).toMatchObject({
      status: 'STARTED',
      amount: debts.reduce((sum, { amount }) => sum + amount, 0),
      checkoutUrl: expect.stringContaining('/checkout/c/'),
    });
    expect(await debt(debts[0]?.id ?? '')).toMatchObject({
      status: 'PAYABLE',
      paymentSession: { id: attempt.id, checkoutUrl: attempt.checkoutUrl },
    });

    const back = await payAt(attempt.checkoutUrl ?? '', 'pay');
    const address = new URL(back.headers.get('location') ?? '');
    expect([back.status, address.origin, address.searchParams.get('session')]).toEqual([
      303,
      'http://localhost:3000',
      attempt.id,
    ]);

    const done = await settled(attempt.id);
    expect(done).toMatchObject({ status: 'SETTLED', checkoutUrl: null, failure: null });
    expect(done.items.map(({ status }) => status)).toEqual(['PAID', 'PAID']);
    for (const { id } of debts) {
      expect(await debt(id)).toMatchObject({
        status: 'PAID',
        receipt: { id: expect.any(String) },
        instalment: { outstanding: 0, status: 'PAID' },
      });
    }
    const { data } = await town.ask(OwedDocument, {}, ofClaudia);
    const archived = data?.me?.payments?.edges.map(({ node }) => node.numeroAvviso) ?? [];
    for (const { numeroAvviso } of debts)
      expect(archived.filter((one) => one === numeroAvviso)).toHaveLength(1);
  });

  it('can resume or start again after closing the tab, but not while pagoPA collects or once it is paid', async () => {
    const debts = await payable(1);
    const attempt = await started(debts);
    const again = await started(debts);
    expect(again.id).not.toBe(attempt.id);
    await payAt(again.checkoutUrl ?? '', 'leave');
    const held = await debt(debts[0]?.id ?? '');
    expect(held).toMatchObject({ status: 'PAYMENT_IN_PROGRESS', paymentSession: { id: again.id } });
    expect(await start(debts)).toMatchObject({
      __typename: 'NotPayable',
      code: 'PAYMENT_IN_PROGRESS',
      lockedUntil: held?.lockedUntil,
      own: { id: again.id },
    });
    expect(await cancel(again.id)).toMatchObject({
      __typename: 'PaymentUnderWay',
      lockedUntil: held?.lockedUntil,
    });
    // pagoPA refuses the other cart by itself.
    await payAt(attempt.checkoutUrl ?? '', 'pay');
    expect(receiptsOf([debts[0]?.numeroAvviso ?? ''])).toEqual([]);
    await payAt(again.checkoutUrl ?? '', 'pay');
    expect(await settled(again.id)).toMatchObject({ status: 'SETTLED' });
    expect(await session(attempt.id)).toMatchObject({ status: 'SETTLED' });
    expect(await start(debts)).toMatchObject({ __typename: 'NotPayable', code: 'DEBT_PAID' });
    expect(receiptsOf([debts[0]?.numeroAvviso ?? ''])).toHaveLength(1);
  });

  it('cancels what she started, and it is as if she had not', async () => {
    const debts = await payable(1);
    const attempt = await started(debts);
    expect(await cancel(attempt.id)).toMatchObject({
      __typename: 'PaymentSessionCancelled',
      session: { status: 'FAILED', failure: 'CANCELLED_BY_PAYER', checkoutUrl: null },
    });
    expect(await debt(debts[0]?.id ?? '')).toMatchObject({ status: 'PAYABLE', paymentSession: null });
  });

  it.each(['refuse', 'cancel', 'leave'])(
    'settles nothing by returning after "%s", and can pay again at the announced time',
    async (action) => {
      const debts = await payable(1);
      const attempt = await started(debts);
      await payAt(attempt.checkoutUrl ?? '', action);
      expect((await session(attempt.id)).status).not.toBe('SETTLED');
      const held = await debt(debts[0]?.id ?? '');
      // Who only cancels at Checkout's page has begun nothing.
      expect(held?.status).toBe(action === 'cancel' ? 'PAYABLE' : 'PAYMENT_IN_PROGRESS');
      const { expiresAt } = await session(attempt.id);
      expect(held?.lockedUntil).toBe(action === 'cancel' ? null : expiresAt);
      aheadMs += 31 * 60_000;
      expect(await debt(debts[0]?.id ?? '')).toMatchObject({ status: 'PAYABLE', lockedUntil: null });
      const again = await started(debts);
      await payAt(again.checkoutUrl ?? '', 'pay');
      expect(await settled(again.id)).toMatchObject({ status: 'SETTLED' });
    },
  );

  it('is not the only one who can pay: a stranger pays from the notice, and nobody is named', async () => {
    const [owed] = await payable(1);
    const input = {
      numeroAvviso: owed?.numeroAvviso ?? '',
      creditor: creditorCode,
      returnUrl,
      idempotencyKey: randomUUID(),
    };
    const { data, errors } = await town.ask(PayNoticeDocument, { input });
    expect(errors).toBeUndefined();
    expect(data?.payNotice).toMatchObject({ __typename: 'NoticePaymentStarted' });
    expect(JSON.stringify(data)).not.toMatch(/Rossi|Bianchi|RSSCLD/);
    const attempt = (data?.payNotice as { session: AttemptFragment } | undefined)?.session as AttemptFragment;
    await payAt(attempt.checkoutUrl ?? '', 'pay');
    expect(await settled(attempt.id)).toMatchObject({ status: 'SETTLED' });
    expect(await debt(owed?.id ?? '')).toMatchObject({ status: 'PAID' });
  });

  it('pays at the tobacconist from the printed notice', async () => {
    const [owed] = await payable(1);
    const body = JSON.stringify({ fiscalCode: creditorCode, noticeNumber: owed?.numeroAvviso });
    expect((await fetch(`${town.pagopa.url}/control/counter`, { method: 'POST', body })).status).toBe(200);
    const paid = await until(
      () => debt(owed?.id ?? ''),
      (one) => one?.status === 'PAID',
    );
    expect(paid).toMatchObject({ status: 'PAID', instalment: { outstanding: 0 } });
    expect((await fetch(`${town.pagopa.url}/control/counter`, { method: 'POST', body })).status).toBe(409);
  });
});

describe('Giulia', () => {
  it('pays her returned direct debit spontaneously, and exactly that is settled', async () => {
    const token = await town.tokenOf(giulia.codiceFiscale);
    const look = async () => {
      const { data } = await town.ask(ReturnedDocument, {}, token);
      return (data?.me?.children ?? [])
        .flatMap(({ invoices }) => invoices?.edges ?? [])
        .flatMap(({ node }) => node.instalments);
    };
    const before = await look();
    const returned = before.find(({ status }) => status === 'DIRECT_DEBIT_RETURNED');
    const input = {
      kindId: returned?.spontaneousPaymentKind?.id ?? '',
      privacyAccepted: true,
      payerCodice: giulia.codiceFiscale,
      payerName: 'Giulia Ferrari',
      email: 'giulia.ferrari@example.com',
      beneficiaryName: 'Tommaso Colombo',
      period: 'Marzo 2026 - Giugno 2026',
      school: 'PRIMARIA' as const,
      amount: returned?.outstanding ?? 0,
      instalmentIds: [returned?.id ?? ''],
      returnUrl,
      idempotencyKey: randomUUID(),
    };
    const { data, errors } = await town.ask(PaySpontaneouslyDocument, { input }, token);
    expect(errors).toBeUndefined();
    expect(data?.createSpontaneousPayment).toMatchObject({
      __typename: 'SpontaneousPaymentStarted',
      numeroAvviso: expect.stringMatching(/^302\d{15}$/),
    });
    const attempt = (data?.createSpontaneousPayment as { session: AttemptFragment } | undefined)
      ?.session as AttemptFragment;
    await payAt(attempt.checkoutUrl ?? '', 'pay');
    // GPD's receipts are not sent to us: we ask.
    expect(await settled(attempt.id)).toMatchObject({ status: 'SETTLED' });
    const after = await look();
    expect(after.map(({ id, outstanding }) => [id, outstanding])).toEqual(
      before.map(({ id, outstanding }) => [id, id === returned?.id ? 0 : outstanding]),
    );
  }, 30_000);
});

describe('with chaos on', () => {
  const paidWith = async (chaos: Parameters<typeof town.pagopa.setChaos>[0], count = 1) => {
    const debts = await payable(count);
    town.pagopa.setChaos(chaos);
    const attempt = await started(debts);
    const limitMs = chaos.afterMoney === 'hang' ? 500 : undefined;
    await payAt(attempt.checkoutUrl ?? '', 'pay', limitMs).catch(() => undefined);
    const done = await settled(attempt.id);
    await town.pagopa.settled();
    return { debts, attempt, done };
  };

  it.each([
    ['receipts that come three times', { duplicateReceipts: 2 }],
    ['receipts that are lost twice on their way', { loseReceipts: 2 }],
    ['answers that are lost', { loseAnswers: 2 }],
    ['receipts that come late', { lateReceiptsMs: 300 }],
    ['an error shown after the money moved', { afterMoney: '500' as const }],
    ['nothing shown after the money moved', { afterMoney: 'hang' as const }],
    ['a slow counterpart', { delayMs: 200 }],
  ])('%s settle a debt once', async (_what, chaos) => {
    const { debts, done } = await paidWith(chaos);
    expect(done).toMatchObject({ status: 'SETTLED' });
    const number = debts[0]?.numeroAvviso ?? '';
    expect(receiptsOf([number])).toMatchObject([{ delivery: 'taken' }]);
    const { data } = await town.ask(OwedDocument, {}, ofClaudia);
    const archived = data?.me?.payments?.edges.filter(({ node }) => node.numeroAvviso === number) ?? [];
    expect(archived).toHaveLength(1);
    const paid = await debt(debts[0]?.id ?? '');
    expect(paid).toMatchObject({ status: 'PAID', instalment: { outstanding: 0 } });
  });

  it('receipts of one cart that come last one first settle all of it', async () => {
    const { done } = await paidWith({ reorderReceipts: true }, 2);
    expect(done).toMatchObject({ status: 'SETTLED' });
    expect(done.items.map(({ status }) => status)).toEqual(['PAID', 'PAID']);
  });

  it('an amount that differs settles all the same', async () => {
    const { debts, done } = await paidWith({ amountDifference: -5 });
    expect(done).toMatchObject({
      status: 'SETTLED',
      items: [{ receipt: { amount: (debts[0]?.amount ?? 0) - 5 } }],
    });
  });

  it.each([
    ['500', 'PaymentUnavailable'],
    ['302', 'PaymentUnavailable'],
    ['422', 'NotPayable'],
  ] as const)('a cart answered with %s leaves nothing in doubt: %s', async (checkout, type) => {
    const debts = await payable(1);
    town.pagopa.setChaos({ checkout });
    expect(await start(debts)).toMatchObject({ __typename: type });
    town.pagopa.setChaos({});
    aheadMs += 61_000;
    expect(await debt(debts[0]?.id ?? '')).toMatchObject({ status: 'PAYABLE' });
  });
});

describe('when pagoPA refuses or is silent', () => {
  it('a cart whose answer was lost harms nobody: the next one is paid, once', async () => {
    const debts = await payable(1);
    town.pagopa.setChaos({ checkout: 'lost' });
    expect(await start(debts)).toMatchObject({ __typename: 'PaymentUnavailable' });
    town.pagopa.setChaos({});
    const attempt = await started(debts);
    await payAt(attempt.checkoutUrl ?? '', 'pay');
    expect(await settled(attempt.id)).toMatchObject({ status: 'SETTLED' });
    expect(receiptsOf([debts[0]?.numeroAvviso ?? ''])).toHaveLength(1);
  });

  it('a notice that somebody else is paying is not payable', async () => {
    const [owed] = await payable(1);
    const { pagopa } = clientOf(town.pagopa, { keys: { checkout: subscription, gpd: '', receipts: '' } });
    const theirs = await pagopa.createCart(newCart([owed?.numeroAvviso as NumeroAvviso], owed?.amount));
    await payAt('checkoutUrl' in theirs ? theirs.checkoutUrl : '', 'leave');
    expect(await start([{ id: owed?.id ?? '' }])).toMatchObject({
      __typename: 'NotPayable',
      code: 'PAYMENT_IN_PROGRESS',
      own: null,
    });
    aheadMs += 31 * 60_000;
    const attempt = await started([{ id: owed?.id ?? '' }]);
    await payAt(attempt.checkoutUrl ?? '', 'pay');
    expect(await settled(attempt.id)).toMatchObject({ status: 'SETTLED' });
  });

  it('a position whose answer was lost is found again by the same request, with the same notice', async () => {
    const input = {
      kindId: await mealsKind(),
      privacyAccepted: true,
      payerCodice: giulia.codiceFiscale,
      payerName: 'Giulia Ferrari',
      email: 'giulia.ferrari@example.com',
      beneficiaryName: 'Tommaso Colombo',
      period: 'Settembre 2026',
      school: 'PRIMARIA' as const,
      amount: 4_610,
      returnUrl,
      idempotencyKey: randomUUID(),
    };
    const ask = async () =>
      (await town.ask(PaySpontaneouslyDocument, { input })).data?.createSpontaneousPayment;
    const held = town.pagopa.ledger.positions.length;
    town.pagopa.setChaos({ gpd: 'lost' });
    expect(await ask()).toMatchObject({ __typename: 'PaymentUnavailable' });
    town.pagopa.setChaos({});
    expect(await until(ask, (result) => result?.__typename === 'SpontaneousPaymentStarted')).toMatchObject({
      numeroAvviso: town.pagopa.ledger.positions.at(-1)?.body.paymentOption[0].nav,
    });
    expect(town.pagopa.ledger.positions).toHaveLength(held + 1);
  }, 30_000);
});

describe('the node', () => {
  it('is told apart from anybody: a receipt that is not its own is refused and audited', async () => {
    const response = await fetch(town.listenerUrl, {
      method: 'POST',
      headers: { soapaction: 'paSendRTV2', 'x-node-secret': 'x'.repeat(32) },
      body: '<a/>',
    });
    expect(response.status).toBe(403);
    expect(town.events.at(-1)).toMatchObject({ action: 'PagopaListener.call', outcome: 'refused' });
  });

  it('leaves nobody in the log', () => {
    const log = town.logLines.join('\n');
    expect(log).not.toMatch(/Rossi|Ferrari|Bianchi|RSSCLD|FRRGLI|example\.com/);
    expect(log).toContain('node.answered');
  });
});

describe('behind HTTP', () => {
  it('a cart is paid and settled just so', async () => {
    const [legacyUrl, ownUrl] = await Promise.all([legacyTownCopy(), ownTownCopy()]);
    const inProcess = town;
    town = await openTestTown('http', { legacyUrl, ownUrl, works: true });
    try {
      ofClaudia = await town.tokenOf(claudia.codiceFiscale);
      const debts = await payable(2);
      const attempt = await started(debts);
      await payAt(attempt.checkoutUrl ?? '', 'pay');
      expect(await settled(attempt.id)).toMatchObject({ status: 'SETTLED' });
    } finally {
      await town.close();
      town = inProcess;
    }
  }, 60_000);
});
