import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import { paymentsAccess } from '../../../subgraphs/payments/access.ts';
import { createListenerHandlers } from '../../../subgraphs/payments/listener/create-listener-handlers.ts';
import type { ListenerHandlers } from '../../../subgraphs/payments/listener/listener-handlers.ts';
import { receiptOf } from '../../support/fake-pagopa.ts';
import {
  cancelPaymentSession,
  debtsOf,
  paymentSession,
  payNotice,
  startPayment,
} from '../../support/paying-documents.ts';
import { openPayingTown, type PayingTown } from '../../support/paying-town.ts';
import { claudia, marco } from '../../support/people.ts';
import { claims } from '../../support/rule-claims.ts';

const nobody = { kind: 'anonymous' } as const;
const minuteMs = 60_000;
let town: PayingTown;
let listener: ListenerHandlers;
let a: DebtRecord;
let b: DebtRecord;
let count = 0;

beforeEach(async () => {
  town = await openPayingTown();
  listener = createListenerHandlers(town.services);
  const [debts = []] = await town.legacy.payments.debtsOf([claudia.codiceFiscale], []);
  [a, b] = debts.filter(({ status }) => status === 'PAYABLE') as [DebtRecord, DebtRecord];
});
afterEach(() => town.close());

// biome-ignore-start lint/suspicious/noExplicitAny: shapes are what the tests are about
async function ask(source: string, input: Record<string, unknown>, as: Caller = claudia, language?: 'en') {
  const { data, errors } = await town.ask(source, { input }, as, language);
  expect(errors).toBeUndefined();
  return Object.values(data as any)[0] as any;
}
const page = () => ({ returnUrl: 'https://portal.test/', idempotencyKey: `key-${++count}` });
const start = (debts: readonly DebtRecord[], language?: 'en') =>
  ask(startPayment, { ...page(), debtIds: debts.map(({ key }) => createId('Debt', key)) }, claudia, language);
const pay = ({ numeroAvviso, creditor }: DebtRecord, as: Caller = nobody) =>
  ask(payNotice, { ...page(), numeroAvviso, creditor }, as);
const cancel = (sessionId: string, as: Caller = nobody) => ask(cancelPaymentSession, { sessionId }, as);
const look = async (id: string) =>
  ((await town.ask(paymentSession, { id }, nobody)).data as any).paymentSession;
async function debtOf({ iuv }: DebtRecord, as = claudia) {
  const { data, errors } = await town.ask(debtsOf, { of: [{ __typename: 'Citizen', id: as.id }] }, as);
  expect(errors).toBeUndefined();
  return (data as any)._entities[0].debts.find((debt: { iuv: string }) => debt.iuv === iuv);
}
// biome-ignore-end lint/suspicious/noExplicitAny: shapes are what the tests are about
const cartOf = (index = -1) => town.pagopa.carts.at(index)?.cartId ?? '';
const activate = async (debt: DebtRecord, cartId: string | null) => {
  const { numeroAvviso, creditor } = debt;
  return (await listener.getPayment({ numeroAvviso, creditor, amount: null, cartId })).outcome;
};
const paidAt = '2026-10-15T07:05:00.000Z' as never;

describe('a debt', () => {
  it('is locked by pagoPA’s activation and by nothing else, for as long as pagoPA collects', async () => {
    const { session } = await start([a]);
    expect(await debtOf(a)).toMatchObject({ status: 'PAYABLE', lockedUntil: null });
    town.pass(minuteMs);
    expect(await activate(a, cartOf())).toBe('payable');
    const lockedUntil = '2026-10-15T07:31:00.000Z';
    expect(await debtOf(a)).toMatchObject({
      status: 'PAYMENT_IN_PROGRESS',
      lockedUntil,
      paymentSession: { id: session.id },
    });
    expect(await pay(a)).toMatchObject({
      __typename: 'NoticeNotPayable',
      code: 'PAYMENT_IN_PROGRESS',
      lockedUntil,
      notice: { status: 'PAYMENT_IN_PROGRESS' },
    });
    town.pass(30 * minuteMs - 1);
    expect(await start([a])).toMatchObject({ code: 'PAYMENT_IN_PROGRESS', lockedUntil });
    town.pass(1);
    expect(await debtOf(a)).toMatchObject({ status: 'PAYABLE', lockedUntil: null, paymentSession: null });
    expect((await start([a])).__typename).toBe('PaymentStarted');
  });

  it('that pagoPA collects is refused with the caller’s own session to go on with, and its time', async () => {
    const { session } = await start([a, b]);
    await activate(a, cartOf());
    const refused = await start([b, a]);
    expect(refused).toEqual({
      __typename: 'NotPayable',
      code: 'PAYMENT_IN_PROGRESS',
      message: 'Un pagamento è già in corso. Se non va a buon fine, si potrà riprovare dalle 09:30.',
      debtIds: [createId('Debt', a.key)],
      lockedUntil: '2026-10-15T07:30:00.000Z',
      own: { id: session.id, checkoutUrl: session.checkoutUrl },
    });
    expect((await start([b, a], 'en')).message).toBe(
      'A payment is already in progress. If it fails, you can try again from 09:30.',
    );
    // The other debt of that cart is free.
    expect((await start([b])).__typename).toBe('PaymentStarted');
  });

  it.each([
    ['by a stranger with a cart', () => pay(a).then(() => cartOf())],
    ['at a counter', async () => null],
    ['with a note that is no cart', async () => "x' OR 1=1 --"],
  ])('collected %s is refused without a session', async (_, cart) => {
    await start([a]);
    await activate(a, await cart());
    expect(await start([a])).toMatchObject({ code: 'PAYMENT_IN_PROGRESS', own: null });
  });

  it('can be activated anew whenever pagoPA asks: it ended the earlier one without a word', async () => {
    await start([a]);
    expect(await activate(a, cartOf())).toBe('payable');
    town.pass(10 * minuteMs);
    expect(await activate(a, null)).toBe('payable');
    expect(await debtOf(a)).toMatchObject({ lockedUntil: '2026-10-15T07:40:00.000Z' });
  });

  it('is free again when pagoPA says that the payment failed', async () => {
    await activate(a, null);
    await activate(b, null);
    await listener.release(a);
    expect(await debtOf(a)).toMatchObject({ status: 'PAYABLE', lockedUntil: null });
    expect(await debtOf(b)).toMatchObject({ status: 'PAYMENT_IN_PROGRESS' });
  });

  it('is not locked by an activation that was refused, nor by one for which nobody waits any more', async () => {
    const { numeroAvviso, creditor } = a;
    const asked = { numeroAvviso, creditor, cartId: null };
    const wrong = await listener.getPayment({ ...asked, amount: (a.amount + 1) as never });
    expect(wrong).toEqual({ outcome: 'fault', fault: 'AMOUNT_DIFFERS' });
    await expect(listener.getPayment({ ...asked, amount: null }, AbortSignal.abort())).rejects.toThrow();
    await listener.verifyNotice(asked);
    expect(await debtOf(a)).toMatchObject({ status: 'PAYABLE', lockedUntil: null });
  });

  it('that is paid is never locked, also when both come at once', async () => {
    await Promise.all([listener.receive(receiptOf(a, { paidAt })), activate(a, null)]);
    expect(await debtOf(a)).toMatchObject({ status: 'PAID', lockedUntil: null, paymentSession: null });
    const { numeroAvviso, creditor } = a;
    expect(await listener.getPayment({ numeroAvviso, creditor, amount: null, cartId: null })).toEqual({
      outcome: 'fault',
      fault: 'PAID',
    });
  });

  it('is locked for itself only: the same number of another creditor is another debt', async () => {
    await town.database.query(`INSERT INTO payment_activation VALUES ('03123450169', $1, $2, NULL, $3, $4)`, [
      a.iuv,
      a.debtor,
      '2026-10-15T07:00:00Z',
      '2026-10-15T07:30:00Z',
    ]);
    expect(await debtOf(a)).toMatchObject({ status: 'PAYABLE', lockedUntil: null });
    expect((await start([a])).__typename).toBe('PaymentStarted');
  });
});

it('a debt of 0 euro can be neither started nor collected, and one of 1 cent can', async () => {
  let amount = 0;
  const debts = (): DebtRecord[] => [{ ...a, amount: amount as never }];
  const payments = {
    ...town.legacy.payments,
    debtsOf: async () => [debts()],
    debtsByNotice: async () => debts(),
  };
  const other = await openPayingTown({ legacy: { ...town.legacy, payments } });
  const { numeroAvviso, creditor } = a;
  const notice = () => createListenerHandlers(other.services).verifyNotice({ numeroAvviso, creditor });
  const begin = () =>
    other.ask(startPayment, { input: { ...page(), debtIds: [createId('Debt', a.key)] } }, claudia);
  try {
    expect((await begin()).data).toMatchObject({ startPayment: { __typename: 'NotPayable' } });
    expect((await notice()).outcome).toBe('fault');
    amount = 1;
    expect((await begin()).data).toMatchObject({ startPayment: { __typename: 'PaymentStarted' } });
    expect((await notice()).outcome).toBe('payable');
  } finally {
    await other.close();
  }
});

it('notices and sessions open to exactly the knowledge that their rules name', async () => {
  const { numeroAvviso, creditor } = a;
  const notice = { numeroAvviso, creditor };
  const elsewhere = { numeroAvviso, creditor: '03123450169' as never };
  const { session } = await start([a]);
  const made = 'A'.repeat(session.id.length);
  const query = async (text: string, variables: Record<string, unknown>) => {
    const { data, errors } = await town.ask(text, variables, nobody);
    expect(errors).toBeUndefined();
    const [answer] = Object.values(data as Record<string, unknown>).flat();
    return answer !== null;
  };
  const about = `$numeroAvviso: NumeroAvviso!, $creditor: CodiceFiscale!`;
  const given = 'numeroAvviso: $numeroAvviso, creditor: $creditor';
  const readNotice = (of: typeof notice) =>
    query(`query (${about}) { paymentNotice(${given}) { status } }`, of);
  const readArchive = (of: typeof notice, debtor: string) =>
    query(`query (${about}, $debtor: String!) { paymentArchive(${given}, debtor: $debtor) { status } }`, {
      ...of,
      debtor,
    });
  const readSession = (id: string) =>
    query('query ($id: ID!) { paymentSession(id: $id) { status } }', { id });
  const readEntity = (id: string) =>
    query('query ($of: [_Any!]!) { _entities(representations: $of) { ... on PaymentSession { status } } }', {
      of: [{ __typename: 'PaymentSession', id }],
    });
  const holdsDebtor = "holder of the notice and the debtor's code";
  // Each is asked with nothing known, and then with more and more.
  const asked: Record<string, Record<string, () => Promise<boolean>>> = {
    'Query.paymentNotice': {
      none: () => readNotice(elsewhere),
      'holder of the notice': () => readNotice(notice),
    },
    'Query.paymentArchive': {
      none: () => readArchive(elsewhere, claudia.codiceFiscale),
      'holder of the notice': () => readArchive(notice, marco.codiceFiscale),
      [holdsDebtor]: () => readArchive(notice, claudia.codiceFiscale),
    },
    'Query.paymentSession': {
      none: () => readSession(made),
      'holder of the id': () => readSession(session.id),
    },
    PaymentSession: { none: () => readEntity(made), 'holder of the id': () => readEntity(session.id) },
    'Mutation.payNotice': {
      none: async () => (await pay({ ...a, ...elsewhere })).__typename === 'NoticePaymentStarted',
      'holder of the notice': async () => (await pay(a)).__typename === 'NoticePaymentStarted',
    },
    'Mutation.cancelPaymentSession': {
      none: async () => (await cancel(made)).__typename === 'PaymentSessionCancelled',
      'holder of the id': async () => (await cancel(session.id)).__typename === 'PaymentSessionCancelled',
    },
  };
  const byKnowledge = ['NOTICE_HOLDER', 'NOTICE_AND_DEBTOR', 'CAPABILITY'];
  const places = Object.entries(paymentsAccess).filter(([, rule]) => byKnowledge.includes(rule));
  expect(places.map(([place]) => place).sort()).toEqual(Object.keys(asked).sort());
  for (const [place, rule] of places) {
    const opened: string[] = [];
    for (const [knowledge, ask] of Object.entries(asked[place] ?? {}))
      if (await ask()) opened.push(knowledge);
    expect([place, opened]).toEqual([place, claims[rule].meets]);
  }
});

describe('a session', () => {
  it('lasts as long as pagoPA collects for its cart', async () => {
    const { session } = await start([a]);
    town.pass(29 * minuteMs);
    await activate(a, cartOf());
    town.pass(29 * minuteMs);
    expect(await look(session.id)).toMatchObject({
      status: 'STARTED',
      expiresAt: '2026-10-15T07:59:00.000Z',
      items: [{ status: 'PAYMENT_IN_PROGRESS', lockedUntil: '2026-10-15T07:59:00.000Z' }],
    });
    town.pass(minuteMs);
    expect(await look(session.id)).toMatchObject({ status: 'EXPIRED', items: [{ status: 'PAYABLE' }] });
  });

  it('that is over is not revived by an activation of its cart', async () => {
    const { session } = await start([a]);
    town.pass(30 * minuteMs);
    expect((await look(session.id)).status).toBe('EXPIRED');
    expect(await activate(a, cartOf())).toBe('payable');
    expect(await look(session.id)).toMatchObject({
      status: 'EXPIRED',
      items: [{ status: 'PAYMENT_IN_PROGRESS' }],
    });
    await listener.receive(receiptOf(a, { paidAt, cartId: cartOf() }));
    expect((await look(session.id)).status).toBe('SETTLED');
  });

  it('is found again by the caller who started it, the newest first, and by nobody else', async () => {
    const first = (await start([a])).session;
    expect((await debtOf(a)).paymentSession).toEqual({ id: first.id });
    const second = (await start([a, b])).session;
    await pay(a);
    await pay(a, marco);
    expect((await debtOf(a)).paymentSession).toEqual({ id: second.id });
    expect((await debtOf(b)).paymentSession).toEqual({ id: second.id });
    await activate(a, cartOf(0));
    expect((await debtOf(a)).paymentSession).toEqual({ id: first.id });
    await cancel(second.id);
    expect((await debtOf(b)).paymentSession).toBeNull();
  });

  it('costs two statements, whatever the number of debts and sessions', async () => {
    const statementsFor = async () => {
      town.statements.length = 0;
      await debtOf(a);
      return town.statements.length;
    };
    await start([a]);
    const one = await statementsFor();
    await start([a, b]);
    await start([b]);
    expect(await statementsFor()).toBe(one);
  });

  it('is cancelled by anyone holding its id: its debts go on as they were, and again is the same', async () => {
    const { session } = await start([a]);
    for (const _ of [1, 2])
      expect(await cancel(session.id)).toMatchObject({
        __typename: 'PaymentSessionCancelled',
        session: {
          id: session.id,
          status: 'FAILED',
          failure: 'CANCELLED_BY_PAYER',
          checkoutUrl: null,
          endedAt: '2026-10-15T07:00:00.000Z',
          items: [{ status: 'PAYABLE' }],
        },
      });
    expect(await debtOf(a)).toMatchObject({ status: 'PAYABLE', paymentSession: null });
    const audited = town.audited.filter(({ action }) => action === 'Payment.cancel');
    expect(audited.map(({ outcome }) => outcome)).toEqual(['allowed']);
  });

  it('is not cancelled once pagoPA collects for it, until pagoPA gives up', async () => {
    const { session } = await start([a]);
    await activate(a, cartOf());
    expect(await cancel(session.id, claudia)).toEqual({
      __typename: 'PaymentUnderWay',
      code: 'PAYMENT_IN_PROGRESS',
      message:
        'Il pagamento è già in corso e non si può più annullare. Se non va a buon fine, si potrà riprovare dalle 09:30.',
      lockedUntil: '2026-10-15T07:30:00.000Z',
    });
    expect((await look(session.id)).status).toBe('STARTED');
    await listener.release(a);
    expect((await cancel(session.id)).__typename).toBe('PaymentSessionCancelled');
  });

  it('is cancelled while pagoPA collects for another cart', async () => {
    const { session } = await start([a]);
    await pay(a);
    await activate(a, cartOf());
    expect(await cancel(session.id)).toMatchObject({
      __typename: 'PaymentSessionCancelled',
      session: { items: [{ status: 'PAYMENT_IN_PROGRESS' }] },
    });
  });

  it('that was paid says so, and one that had expired is shown as it ended', async () => {
    const paid = (await start([a])).session;
    await listener.receive(receiptOf(a, { paidAt, cartId: cartOf() }));
    expect(await cancel(paid.id)).toMatchObject({
      __typename: 'PaymentUnderWay',
      code: 'DEBT_PAID',
      lockedUntil: null,
    });
    const expired = (await start([b])).session;
    town.pass(30 * minuteMs);
    expect(await cancel(expired.id)).toMatchObject({
      __typename: 'PaymentSessionCancelled',
      session: { status: 'EXPIRED', failure: null },
    });
  });

  it('that was cancelled is settled all the same if its cart is paid in another tab', async () => {
    const { session } = await start([a]);
    await cancel(session.id);
    expect(await activate(a, cartOf())).toBe('payable');
    await listener.receive(receiptOf(a, { paidAt, cartId: cartOf() }));
    expect(await look(session.id)).toMatchObject({ status: 'SETTLED', failure: null });
  });

  it.each(['', 'x', 'A'.repeat(32), '\u0000'.repeat(32), `${'A'.repeat(31)}'`])(
    'with the id %j is not there to cancel',
    async (id) => {
      expect(await cancel(id)).toMatchObject({ __typename: 'NotAllowed', code: 'NOT_ALLOWED' });
    },
  );

  it('is cancelled or activated, whichever comes first, and never both unseen', async () => {
    for (let round = 0; round < 10; round++) {
      const { session } = await start([a]);
      const cartId = cartOf();
      const [result] = await Promise.all([cancel(session.id), activate(a, cartId)]);
      const { status } = await look(session.id);
      expect([result.__typename, status]).toEqual(
        status === 'STARTED' ? ['PaymentUnderWay', 'STARTED'] : ['PaymentSessionCancelled', 'FAILED'],
      );
      await listener.release(a);
      await cancel(session.id);
    }
  });
});

describe('what happens between the look at a debt and its lock', () => {
  /** Does something else before the next transaction begins. */
  function meanwhile(work: () => Promise<unknown>): void {
    const { database } = town.services;
    const waiting = new Proxy(database, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
        return async (run: (manager: EntityManager) => Promise<unknown>) => {
          Object.assign(town.services, { database });
          await work();
          return target.transaction(run);
        };
      },
    });
    Object.assign(town.services, { database: waiting });
  }
  const isPaid = () => meanwhile(() => listener.receive(receiptOf(a, { paidAt })));
  const isActivated = () => meanwhile(() => activate(a, null));

  it('a payment refuses the debt as paid, and nothing is sent to pagoPA', async () => {
    isPaid();
    expect(await start([a, b])).toMatchObject({
      __typename: 'NotPayable',
      code: 'DEBT_PAID',
      debtIds: [createId('Debt', a.key)],
      lockedUntil: null,
    });
    expect(town.pagopa.carts).toEqual([]);
    expect(await town.database.query('SELECT id FROM payment_session')).toEqual([]);
  });

  it('an activation refuses it as under way, until pagoPA gives up', async () => {
    isActivated();
    expect(await start([b, a])).toMatchObject({
      __typename: 'NotPayable',
      code: 'PAYMENT_IN_PROGRESS',
      debtIds: [createId('Debt', a.key)],
      lockedUntil: '2026-10-15T07:30:00.000Z',
    });
    expect(town.pagopa.carts).toEqual([]);
  });

  it('both refuse a notice alike', async () => {
    const debt = b;
    meanwhile(() => activate(debt, null));
    const notice = { numeroAvviso: debt.numeroAvviso, status: 'PAYABLE' };
    expect(await pay(debt)).toMatchObject({
      __typename: 'NoticeNotPayable',
      code: 'PAYMENT_IN_PROGRESS',
      notice,
      lockedUntil: '2026-10-15T07:30:00.000Z',
    });
    isPaid();
    expect(await pay(a)).toMatchObject({
      __typename: 'NoticeNotPayable',
      code: 'DEBT_PAID',
      notice: { numeroAvviso: a.numeroAvviso, status: 'PAID' },
    });
    expect(town.pagopa.carts).toEqual([]);
  });
});

it('a notice is refused when pagoPA refuses it, is down, or the key was used for another', async () => {
  const again = { ...page(), numeroAvviso: a.numeroAvviso, creditor: a.creditor };
  town.pagopa.isDown = true;
  expect(await ask(payNotice, again, nobody)).toMatchObject({
    __typename: 'PaymentUnavailable',
    retryAt: '2026-10-15T07:01:00.000Z',
  });
  town.pagopa.isDown = false;
  town.pagopa.cart = async () => ({ outcome: 'notPayable' });
  expect(await ask(payNotice, again, nobody)).toMatchObject({
    __typename: 'NoticeNotPayable',
    code: 'REFUSED_BY_PAGOPA',
    notice: { numeroAvviso: a.numeroAvviso },
  });
  const rejections = () => town.logLines.filter((line) => line.includes('payments.cart.rejected')).length;
  const before = rejections();
  town.pagopa.cart = async () => ({ outcome: 'rejected' });
  expect((await ask(payNotice, again, nobody)).__typename).toBe('PaymentUnavailable');
  expect([before, rejections()]).toEqual([0, 1]);
  town.pagopa.cart = null;
  expect((await ask(payNotice, again, nobody)).__typename).toBe('NoticePaymentStarted');
  // Keys are those of a person: what somebody unknown asks under one is another request.
  expect((await ask(payNotice, again)).__typename).toBe('NoticePaymentStarted');
  expect(await ask(payNotice, { ...again, returnUrl: 'https://portal.test/x' })).toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
});

it('debts to two creditors are not paid at once', async () => {
  const { payments } = town.legacy;
  const debtsOf: typeof payments.debtsOf = async (...args) =>
    (await payments.debtsOf(...args)).map((debts) =>
      debts.map((debt) => (debt.iuv === b.iuv ? { ...debt, creditor: '03123450169' as never } : debt)),
    );
  Object.assign(town.services, { legacy: { ...town.legacy, payments: { ...payments, debtsOf } } });
  expect(await start([a, b])).toMatchObject({ problems: [{ path: 'debtIds', code: 'TWO_CREDITORS' }] });
  expect(town.pagopa.carts).toEqual([]);
});

describe('of many sessions of one debt', () => {
  it('the newest alone asks pagoPA for the receipts, and each ends at its time', async () => {
    const old = (await start([a])).session;
    town.pass(minuteMs);
    const { session } = await start([a]);
    const [first = '', second = ''] = town.jobs.map(({ key }) => key);
    expect(await town.work(first)).toEqual(new Date(old.expiresAt));
    expect(town.pagopa.asked).toBe(0);
    expect(await town.work(second)).not.toBeNull();
    expect(town.pagopa.asked).toBe(1);
    town.pass(29 * minuteMs);
    expect(await town.work(first)).toBeNull();
    expect((await look(old.id)).status).toBe('EXPIRED');
    expect((await look(session.id)).status).toBe('STARTED');
  });

  it('a page that waits for any makes the newest ask sooner', async () => {
    const old = (await start([a])).session;
    await start([a]);
    const newest = town.jobs.at(-1)?.key;
    town.pass(4_000);
    await look(old.id);
    expect(town.jobs.slice(2).map(({ key }) => key)).toEqual([newest]);
  });

  it('a receipt settles those that are open and its own, and leaves what had ended', async () => {
    const [expired, paying] = [(await start([a])).session, (await start([a])).session];
    const cartId = cartOf();
    town.pass(15 * minuteMs);
    const open = (await start([a, b])).session;
    town.pass(16 * minuteMs);
    const other = (await pay(a)).session;
    await listener.receive(receiptOf(a, { paidAt, cartId }));
    const states = await Promise.all([expired, paying, open, other].map(({ id }) => look(id)));
    expect(states.map(({ status }) => status)).toEqual(['EXPIRED', 'SETTLED', 'STARTED', 'SETTLED']);
    expect(states[2]?.items).toMatchObject([{ status: 'PAID' }, { status: 'PAYABLE' }]);
  });

  it('a receipt that names no cart belongs to the one that pagoPA collected for', async () => {
    const paying = (await start([a])).session;
    await activate(a, cartOf());
    const cart = town.pagopa.carts.at(-1) as NonNullable<(typeof town.pagopa.carts)[0]>;
    town.pass(31 * minuteMs);
    await start([a]);
    town.pass(31 * minuteMs);
    town.pagopa.pay(cart);
    for (const { key } of town.jobs) await town.work(key);
    expect((await look(paying.id)).status).toBe('SETTLED');
  });
});
