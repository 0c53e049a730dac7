import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createId } from '../../../core/ids.ts';
import { type EuroCents, InvalidValue, toInstant } from '../../../core/values/index.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import { createListenerHandlers } from '../../../subgraphs/payments/listener/create-listener-handlers.ts';
import type { ListenerHandlers } from '../../../subgraphs/payments/listener/listener-handlers.ts';
import { paymentCursor } from '../../../subgraphs/payments/payment/payment.type.ts';
import type { PagopaReceipt } from '../../../subgraphs/shared/pagopa/pagopa.port.ts';
import { receiptOf } from '../../support/fake-pagopa.ts';
import { debtsOf, paymentSession, payNotice, startPayment } from '../../support/paying-documents.ts';
import { openPayingTown, type PayingTown } from '../../support/paying-town.ts';
import { claudia, marco } from '../../support/people.ts';
import { openPdf, structureOf, textOf } from '../../support/read-pdf.ts';

const nobody = { kind: 'anonymous' } as const;
let town: PayingTown;
let listener: ListenerHandlers;
let payable: readonly DebtRecord[];
let count = 0;

beforeEach(async () => {
  town = await openPayingTown();
  listener = createListenerHandlers(town.services);
  const [debts = []] = await town.legacy.payments.debtsOf([claudia.codiceFiscale], []);
  payable = debts.filter(({ status }) => status === 'PAYABLE');
});
afterEach(() => town.close());

// biome-ignore-start lint/suspicious/noExplicitAny: shapes are what the tests are about
async function start(debts: readonly DebtRecord[]) {
  const input = {
    debtIds: debts.map(({ key }) => createId('Debt', key)),
    returnUrl: 'https://portal.test/',
    idempotencyKey: `key-${++count}`,
  };
  return ((await town.ask(startPayment, { input }, claudia)).data as any).startPayment;
}
async function look(id: string) {
  return ((await town.ask(paymentSession, { id }, nobody)).data as any).paymentSession;
}
async function mine() {
  const of = [{ __typename: 'Citizen', id: claudia.id }];
  const answer = await town.ask(debtsOf, { of }, claudia);
  expect(answer.errors).toBeUndefined();
  return (answer.data as any)._entities[0];
}
const debtNow = async ({ iuv }: DebtRecord) =>
  (await mine()).debts.find((debt: { iuv: string }) => debt.iuv === iuv);
async function paymentsOf(person: typeof claudia): Promise<readonly { readonly numeroAvviso: string }[]> {
  const of = [{ __typename: 'Citizen', id: person.id }];
  const [entity] = ((await town.ask(debtsOf, { of }, person)).data as any)._entities;
  return entity.payments.edges.map(({ node }: any) => node);
}
// biome-ignore-end lint/suspicious/noExplicitAny: shapes are what the tests are about
const settlements = (): Promise<{ iuv: string; amount: string }[]> =>
  town.database.query('SELECT iuv, amount FROM settlement ORDER BY id');
const remarks = async (): Promise<string[][]> =>
  (await town.database.query('SELECT remarks FROM payment_receipt ORDER BY received_at, receipt_id')).map(
    (row: { remarks: string[] }) => row.remarks,
  );
const cartOf = (index = -1) => town.pagopa.carts.at(index) as NonNullable<(typeof town.pagopa.carts)[0]>;
const lastJob = () => town.jobs[0]?.key ?? '';

describe('a receipt', () => {
  it('settles its debt once, whichever way it comes, in whatever order and however often', async () => {
    const [a, b] = payable as [DebtRecord, DebtRecord];
    const { session } = await start([a, b]);
    const [first, second] = town.pagopa.pay(cartOf()) as [PagopaReceipt, PagopaReceipt];
    const answers = await Promise.all([
      listener.receive(second),
      listener.receive(second),
      town.work(lastJob()),
      listener.receive(first),
      listener.receive(first),
    ]);
    expect(answers.filter((answer) => answer === 'new').length).toBeLessThanOrEqual(2);
    expect(await settlements()).toHaveLength(2);
    expect(await look(session.id)).toMatchObject({
      status: 'SETTLED',
      checkoutUrl: null,
      items: [a, b].map(({ amount }) => ({ status: 'PAID', receipt: { amount, payerName: null } })),
    });
    expect(await debtNow(a)).toMatchObject({ status: 'PAID', receipt: { amount: a.amount } });
    expect(await town.work(lastJob())).toBeNull();
    expect(await remarks()).toEqual([[], []]);
  });

  it('is of the person who started the session of its cart, whom the debtor is not shown; an open session proves nothing', async () => {
    const [a, b, c] = payable as [DebtRecord, DebtRecord, DebtRecord];
    const payByNotice = async ({ numeroAvviso, creditor }: DebtRecord) => {
      const input = {
        numeroAvviso,
        creditor,
        returnUrl: 'https://portal.test/',
        idempotencyKey: `key-${++count}`,
      };
      expect((await town.ask(payNotice, { input }, marco)).errors).toBeUndefined();
    };
    for (const [debt, payer] of [
      [a, null],
      [b, { codiceFiscale: marco.codiceFiscale, name: 'Chi Paga' }],
    ] as const) {
      await payByNotice(debt);
      for (const receipt of town.pagopa.pay(cartOf(), { payer })) await listener.receive(receipt);
    }
    // Paid at a counter meanwhile: no cart is named.
    await payByNotice(c);
    await listener.receive(
      receiptOf(cartOf().notices[0] as never, { paidAt: toInstant(town.services.clock.now()) }),
    );
    expect(
      await town.database.query('SELECT iuv, payer, payer_name FROM payment_receipt ORDER BY receipt_id'),
    ).toEqual([
      { iuv: a.iuv, payer: marco.codiceFiscale, payer_name: null },
      { iuv: b.iuv, payer: marco.codiceFiscale, payer_name: 'Chi Paga' },
      { iuv: c.iuv, payer: null, payer_name: null },
    ]);
    for (const debt of [a, b, c])
      expect(await debtNow(debt)).toMatchObject({
        status: 'PAID',
        receipt: { amount: debt.amount, payerName: null },
      });
    const paid = (await paymentsOf(marco)).map(({ numeroAvviso }) => numeroAvviso);
    expect([a, b, c].map(({ numeroAvviso }) => paid.includes(numeroAvviso))).toEqual([true, true, false]);
  });

  it('of one of two leaves the session started, and the other debt payable', async () => {
    const [a, b] = payable as [DebtRecord, DebtRecord];
    const { session } = await start([a, b]);
    const [first] = town.pagopa.pay(cartOf()) as [PagopaReceipt];
    await listener.receive(first);
    expect(await look(session.id)).toMatchObject({
      status: 'STARTED',
      items: [{ status: 'PAID' }, { status: 'PAYABLE', lockedUntil: null }],
    });
    expect(await debtNow(a)).toMatchObject({ status: 'PAID' });
    expect(await debtNow(b)).toMatchObject({ status: 'PAYABLE', paymentSession: { id: session.id } });
  });

  it('that comes late settles a session that had expired, and a paid debt is never unpaid again', async () => {
    const [a] = payable as [DebtRecord];
    const { session } = await start([a]);
    const [receipt] = town.pagopa.pay(cartOf()) as [PagopaReceipt];
    town.pass(31 * 60_000);
    expect(await look(session.id)).toMatchObject({ status: 'EXPIRED' });
    await town.work(lastJob());
    expect(await look(session.id)).toMatchObject({ status: 'SETTLED', items: [{ status: 'PAID' }] });
    expect(await listener.receive(receipt)).toBe('known');
    await expect(town.database.query(`UPDATE payment_session SET state = 'EXPIRED'`)).rejects.toThrow(
      'does not go from SETTLED to EXPIRED',
    );
    await expect(town.owner.query('DELETE FROM payment_receipt')).rejects.toThrow('never changed');
  });

  it('whose second copy names the cart settles the session of that cart too', async () => {
    const [a] = payable as [DebtRecord];
    const paying = (await start([a])).session;
    const { cartId } = cartOf();
    town.pass(31 * 60_000);
    const newest = (await start([a])).session;
    town.pass(31 * 60_000);
    const statuses = async () => [(await look(paying.id)).status, (await look(newest.id)).status];
    const receipt = receiptOf(a, { paidAt: '2026-10-15T07:10:00.000Z' as never });
    expect([await listener.receive(receipt), await statuses()]).toEqual(['new', ['EXPIRED', 'SETTLED']]);
    expect([await listener.receive({ ...receipt, cartId }), await statuses()]).toEqual([
      'known',
      ['SETTLED', 'SETTLED'],
    ]);
    expect(await settlements()).toHaveLength(1);
  });

  it('of another amount settles, and the operator is told', async () => {
    const [a] = payable as [DebtRecord];
    await start([a]);
    const [receipt] = town.pagopa.pay(cartOf(), { amount: (a.amount - 1) as EuroCents }) as [PagopaReceipt];
    await listener.receive(receipt);
    expect(await debtNow(a)).toMatchObject({ status: 'PAID' });
    expect(await settlements()).toEqual([{ iuv: a.iuv, amount: String(a.amount - 1) }]);
    expect(await remarks()).toEqual([['AMOUNT_DIFFERS']]);
    expect(town.logLines.join()).toContain('AMOUNT_DIFFERS');
  });

  it('with no session is kept and settles, and one of no debt is kept as an orphan', async () => {
    const [a, b] = payable as [DebtRecord, DebtRecord];
    const paidAt = '2026-10-15T06:59:00.000Z' as never;
    await listener.receive(receiptOf(a, { paidAt }));
    await listener.receive(receiptOf({ ...a, numeroAvviso: '301000000000004285' as never }, { paidAt }));
    expect(await debtNow(a)).toMatchObject({ status: 'PAID' });
    expect((await remarks()).map(String).sort()).toEqual(['NO_SESSION', 'UNKNOWN_DEBT,NO_SESSION']);
    expect(await settlements()).toHaveLength(2);
    expect((await start([b])).session).toMatchObject({ status: 'STARTED' });
  });

  it('from another creditor belongs to another debt, even with the same IUV', async () => {
    const [a] = payable as [DebtRecord];
    const paidAt = '2026-10-15T06:59:00.000Z' as never;
    const theirs = { ...a, creditor: '03123450169' as never, amount: (a.amount + 1) as EuroCents };
    const foreign = receiptOf(theirs, { paidAt });
    await listener.receive(foreign);
    expect(await remarks()).toEqual([['UNKNOWN_DEBT', 'NO_SESSION']]);
    expect(await town.database.query('SELECT debtor FROM payment_receipt')).toEqual([{ debtor: null }]);
    // Also if two creditors' receipts have one id.
    const { receiptId } = foreign;
    expect(await listener.receive({ ...receiptOf(a, { paidAt }), receiptId })).toBe('new');
    expect((await remarks()).flat()).not.toContain('DOUBLE_PAYMENT');
  });

  it('that is a second one of a debt is kept as money to give back, and settles nothing', async () => {
    const [a] = payable as [DebtRecord];
    await start([a]);
    const [receipt] = town.pagopa.pay(cartOf()) as [PagopaReceipt];
    await listener.receive(receipt);
    expect(await listener.receive({ ...receipt, receiptId: 'ANOTHER' })).toBe('new');
    expect(await listener.receive({ ...receipt, receiptId: 'ANOTHER' })).toBe('known');
    expect(await settlements()).toHaveLength(1);
    expect((await remarks()).flat()).toEqual(['DOUBLE_PAYMENT']);
    const { payments } = await mine();
    const own = payments.edges.filter(
      ({ node: payment }: { node: { numeroAvviso: string } }) => payment.numeroAvviso === a.numeroAvviso,
    );
    expect(own).toHaveLength(2);
  });

  it('after reconciliation told of the payment settles nothing a second time', async () => {
    const [a] = payable as [DebtRecord];
    const row = { iuv: a.iuv, creditor: a.creditor, debtor: a.debtor, amount: a.amount, paidOn: null };
    await town.services.settlements.record(
      [{ ...row, source: 'RECONCILIATION', evidence: 'flow', record: {} as never }],
      new Date(),
    );
    await listener.receive(receiptOf(a, { paidAt: '2026-10-15T06:59:00.000Z' as never }));
    expect(await settlements()).toHaveLength(1);
    expect(await debtNow(a)).toMatchObject({ status: 'PAID', receipt: { amount: a.amount } });
  });

  it('is kept also while the legacy system is down', async () => {
    const [a] = payable as [DebtRecord];
    await town.legacy.close();
    expect(await listener.receive(receiptOf(a, { paidAt: '2026-10-15T06:59:00.000Z' as never }))).toBe('new');
    expect((await remarks()).flat()).toEqual(['NO_SESSION', 'REGISTER_UNREACHABLE']);
    expect(await settlements()).toHaveLength(1);
  });

  it('shows in the archive once, also when the legacy system shows it too', async () => {
    const before = (await mine()).payments;
    const [, old] = before.edges;
    const [a] = payable as [DebtRecord];
    const paidAt = '2026-10-15T06:59:00.500Z' as never;
    await listener.receive(receiptOf(a, { paidAt }));
    // The same receipt as the legacy system shows it.
    const known = (await town.legacy.payments.debtsOf([claudia.codiceFiscale], []))[0]?.find(
      ({ numeroAvviso }) => numeroAvviso === old.node.numeroAvviso,
    );
    await listener.receive(receiptOf(known as DebtRecord, { paidAt }));
    const after = (await mine()).payments;
    expect(after.totalCount).toBe(before.totalCount + 1);
    const numbers = after.edges.map(
      ({ node: { numeroAvviso } }: { node: { numeroAvviso: string } }) => numeroAvviso,
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('pages through both without losing or repeating one', async () => {
    for (const [index, debt] of payable.entries()) {
      const day = String(index + 1).padStart(2, '0');
      await listener.receive(
        receiptOf(debt, { paidAt: `2026-0${1 + (index % 9)}-${day}T10:00:00.700Z` as never }),
      );
    }
    const query = `query ($of: [_Any!]!, $after: String, $first: Int!) { _entities(representations: $of) { ... on Citizen {
      payments(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id paidAt } } } } } }`;
    const of = [{ __typename: 'Citizen', id: claudia.id }];
    const page = async (first: number, after: string | null) =>
      // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
      ((await town.ask(query, { of, after, first }, claudia)).data as any)._entities[0].payments;
    const whole = await page(100, null);
    const pages: unknown[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const next: Awaited<ReturnType<typeof page>> = await page(3, after);
      pages.push(...next.edges);
      ({ endCursor: after, hasNextPage: more } = next.pageInfo);
    }
    expect(pages).toEqual(whole.edges);
    expect(whole.totalCount).toBe(whole.edges.length);
  });
});

it('has one causale in pagoPA’s cart and answers, on the notice and on the receipt, without a name', async () => {
  const [a] = payable as [DebtRecord];
  const printed = async (field: string) => {
    const of = [{ __typename: 'Citizen', id: claudia.id }];
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { debts { iuv ${field} } } } }`;
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
    const { debts } = ((await town.ask(query, { of }, claudia)).data as any)._entities[0];
    const debt = debts.find(({ iuv }: { iuv: string }) => iuv === a.iuv);
    const { downloadUrl } = debt.notice ?? debt.receipt.document;
    return textOf(await structureOf(await openPdf((await town.fetchDocument(downloadUrl)) as Buffer)));
  };
  await start([a]);
  const causale = cartOf().notices[0]?.description ?? '';
  expect(causale).toMatch(/^Fattura \d+\/\d+, rata \d$/);
  expect(await listener.verifyNotice(a)).toMatchObject({ debt: { description: causale } });
  const notice = await printed('notice { downloadUrl }');
  expect(notice).toContain(causale);
  const [receipt] = town.pagopa.pay(cartOf()) as [PagopaReceipt];
  await listener.receive({ ...receipt, description: 'Pagamento di un avviso' });
  const proof = await printed('receipt { document { downloadUrl } }');
  expect(proof).toContain(causale);
  for (const text of [notice, proof]) expect(text).not.toContain(a.description);
});

describe('payments between two days', () => {
  const query = `query ($of: [_Any!]!, $paidFrom: Date, $paidTo: Date) { _entities(representations: $of) { ... on Citizen {
    payments(paidFrom: $paidFrom, paidTo: $paidTo, first: 100) { totalCount edges { node { paidAt } } } } } }`;
  const of = [{ __typename: 'Citizen', id: claudia.id }];
  const between = async (paidFrom: string | null, paidTo: string | null) => {
    const { data, errors } = await town.ask(query, { of, paidFrom, paidTo }, claudia);
    expect(errors).toBeUndefined();
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
    return (data as any)._entities[0].payments;
  };

  it('are those of the days of Rome, at any end of the calendar', async () => {
    const [a] = payable as [DebtRecord];
    // Half past midnight on 10 October in Rome.
    await listener.receive(receiptOf(a, { paidAt: '2026-10-09T22:30:00.000Z' as never }));
    const { totalCount } = await between(null, null);
    expect(totalCount).toBeGreaterThan(1);
    for (const [from, to] of [
      ['0001-01-01', '9999-12-31'],
      ['0001-01-01', null],
      [null, '9999-12-31'],
      ['0999-12-31', '9999-12-30'],
    ] as const)
      expect((await between(from, to)).totalCount).toBe(totalCount);
    expect((await between('2026-10-10', '2026-10-10')).totalCount).toBe(1);
    expect((await between('2026-10-09', '2026-10-09')).totalCount).toBe(0);
    for (const day of ['0001-01-01', '0999-12-31', '1866-12-12', '1893-10-31', '9999-12-31'])
      expect((await between(day, day)).totalCount).toBe(0);
  });

  it('can be any that a date can be, and so can those of the statement', async () => {
    const day = fc
      .integer({ min: -719_162, max: 2_932_896 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    const pdf = `query ($of: [_Any!]!, $paidFrom: Date!, $paidTo: Date!) { _entities(representations: $of) { ... on Citizen {
      paymentStatementPdf(paidFrom: $paidFrom, paidTo: $paidTo) { downloadUrl } } } }`;
    await fc.assert(
      fc.asyncProperty(day, day, async (one, other) => {
        const [paidFrom = '', paidTo = ''] = [one, other].toSorted();
        await between(paidFrom, paidTo);
      }),
      { numRuns: 100, examples: [['0001-01-01', '9999-12-31']] },
    );
    for (const [paidFrom, paidTo] of [
      ['0001-01-01', '9999-12-31'],
      ['0999-01-01', '0999-12-31'],
    ]) {
      const { data, errors } = await town.ask(pdf, { of, paidFrom, paidTo }, claudia);
      expect(errors).toBeUndefined();
      // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
      const address = (data as any)._entities[0].paymentStatementPdf.downloadUrl;
      expect((await town.fetchDocument(address))?.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('are not paged by a moment of no calendar', () => {
    for (const paidAt of ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '2026'])
      expect(() => paymentCursor.toKey([paidAt, 'R1'])).toThrow(InvalidValue);
    expect(paymentCursor.toKey(['x', 'R1'])).toBeNull();
  });
});

describe('pagoPA is asked', () => {
  it('often at first, then more seldom, at the end of the session, and for three days after', async () => {
    await start(payable.slice(0, 1));
    const waits: number[] = [];
    for (
      let next: Date | null = new Date(town.services.clock.now()), runs = 0;
      next !== null && runs < 200;
      runs++
    ) {
      const now = town.services.clock.now().getTime();
      town.pass(Math.max(next.getTime() - now, 0));
      waits.push(next.getTime() - now);
      next = await town.work(lastJob());
    }
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    expect(waits.slice(1, 4)).toEqual([5_000, 5_000, 5_000]);
    expect(Math.max(...waits)).toBe(6 * 3_600_000);
    expect(total).toBeGreaterThan(72 * 3_600_000);
    expect(waits.length).toBeLessThan(70);
    expect(town.pagopa.asked).toBe(waits.length);
  });

  it('by the latest session of a debt: an earlier one only waits for its end', async () => {
    const { session } = await start(payable.slice(0, 1));
    const job = lastJob();
    await start(payable.slice(0, 1));
    expect(await town.work(job)).toEqual(new Date(session.expiresAt));
    expect(town.pagopa.asked).toBe(0);
    const asked = await town.database.query('SELECT asked_at FROM payment_session ORDER BY number');
    expect(asked).toEqual([{ asked_at: null }, { asked_at: null }]);
    await town.work(town.jobs[1]?.key ?? '');
    expect(town.pagopa.asked).toBe(1);
  });

  it('for all debts of a session, and stores each receipt even if another one fails', async () => {
    const [a, b] = payable as [DebtRecord, DebtRecord];
    await start([a]);
    const paidAt = '2026-10-15T06:59:00.000Z' as never;
    const broken = receiptOf(a, { paidAt: 'no day' as never });
    town.pagopa.receiptsOf = async () => [broken, receiptOf(b, { paidAt }), broken];
    await expect(town.work(lastJob())).rejects.toThrow();
    expect(await settlements()).toEqual([{ iuv: b.iuv, amount: String(b.amount) }]);
    // A job whose session is gone is done.
    expect(await town.work('999999')).toBeNull();
  });

  it('again when it could not answer, and the session ends at its time all the same', async () => {
    const { session } = await start(payable.slice(0, 1));
    town.pagopa.receiptsOf = async () => Promise.reject(new Error('down'));
    town.pass(30 * 60_000);
    await expect(town.work(lastJob())).rejects.toThrow('down');
    const [row] = await town.database.query('SELECT state FROM payment_session WHERE id = $1', [session.id]);
    expect(row).toEqual({ state: 'EXPIRED' });
  });
});

describe('the node is answered', () => {
  const outcome = async (asked: Promise<unknown>) => {
    const answer = (await asked) as { outcome: string; fault?: string };
    return answer.fault ?? answer.outcome;
  };

  it('what is to pay, without anybody’s name', async () => {
    const [a] = payable as [DebtRecord];
    const answer = await listener.verifyNotice(a);
    expect(answer).toMatchObject({
      outcome: 'payable',
      debt: {
        amount: a.amount,
        iuv: a.iuv,
        creditorName: 'Comune di Calvenzano',
        debtor: { kind: 'PERSON' },
      },
    });
    expect(answer.outcome === 'payable' && answer.debt.description).toMatch(/^Fattura \d+\/\d+, rata \d$/);
  });

  it('by the state of the debt', async () => {
    const [a] = payable as [DebtRecord];
    const other = { ...a, creditor: '03123450169' as never };
    expect(await outcome(listener.verifyNotice(other))).toBe('WRONG_CREDITOR');
    for (const numeroAvviso of ['301000000000004285', '302000000000000178'])
      expect(await outcome(listener.verifyNotice({ ...a, numeroAvviso: numeroAvviso as never }))).toBe(
        'UNKNOWN',
      );
    const asked = { ...a, amount: (a.amount + 1) as EuroCents, cartId: null };
    expect(await outcome(listener.getPayment(asked))).toBe('AMOUNT_DIFFERS');
    expect(await outcome(listener.getPayment({ ...asked, amount: null }))).toBe('payable');
    await listener.receive(receiptOf(a, { paidAt: '2026-10-15T06:59:00.000Z' as never }));
    expect(await outcome(listener.verifyNotice(a))).toBe('PAID');
  });
});
