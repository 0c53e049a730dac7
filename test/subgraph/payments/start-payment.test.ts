import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createId } from '../../../core/ids.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import { paymentSession, payNotice, startPayment } from '../../support/paying-documents.ts';
import { openPayingTown, type PayingTown } from '../../support/paying-town.ts';
import { claudia, marco, paolo } from '../../support/people.ts';

const returnUrl = 'https://portal.test/pagamenti?lingua=it#esito';
const idOf = ({ key }: DebtRecord) => createId('Debt', key);
const nobody = { kind: 'anonymous' } as const;
let town: PayingTown;
let payable: readonly DebtRecord[];
let paid: DebtRecord;
let count = 0;

beforeAll(async () => {
  const probe = await openPayingTown();
  const [debts = []] = await probe.legacy.payments.debtsOf([claudia.codiceFiscale]);
  payable = debts.filter(({ status }) => status === 'PAYABLE');
  paid = debts.find(({ status }) => status === 'PAID') as DebtRecord;
  await probe.close();
});
beforeEach(async () => {
  town = await openPayingTown();
});
afterEach(() => town.close());

const input = (debts: readonly DebtRecord[], more: Record<string, unknown> = {}) => ({
  debtIds: debts.map(idOf),
  returnUrl,
  idempotencyKey: `key-${++count}`,
  ...more,
});
async function start(of: readonly DebtRecord[], more: Record<string, unknown> = {}, as = claudia) {
  const answer = await town.ask(startPayment, { input: input(of, more) }, as);
  expect(answer.errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
  return (answer.data as any).startPayment;
}
async function look(id: string) {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
  return ((await town.ask(paymentSession, { id }, nobody)).data as any).paymentSession;
}
const noticeInput = (debt: DebtRecord, more: Record<string, unknown> = {}) => ({
  numeroAvviso: debt.numeroAvviso,
  creditor: debt.creditor,
  returnUrl,
  idempotencyKey: `key-${++count}`,
  ...more,
});
async function pay(debt: DebtRecord, more: Record<string, unknown> = {}) {
  const answer = await town.ask(payNotice, { input: noticeInput(debt, more) }, nobody);
  expect(answer.errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
  return (answer.data as any).payNotice;
}

describe('starting to pay', () => {
  it('records a session, makes one cart of the debts, and keeps them for its payer', async () => {
    const [a, b] = payable as [DebtRecord, DebtRecord];
    const { __typename, session, debts } = await start([a, b], { email: 'claudia@example.org' });
    expect(__typename).toBe('PaymentStarted');
    expect(session).toMatchObject({ status: 'STARTED', amount: a.amount + b.amount, failure: null });
    expect(session.id).toMatch(/^[\w-]{32}$/);
    const [cart] = town.pagopa.carts;
    expect(session.checkoutUrl).toBe(`https://checkout.test/${cart?.cartId}`);
    expect(cart).toMatchObject({
      email: 'claudia@example.org',
      notices: [a, b].map(({ numeroAvviso, creditor, amount }) => ({ numeroAvviso, creditor, amount })),
      returnUrls: {
        ok: `https://portal.test/pagamenti?lingua=it&session=${session.id}&outcome=ok#esito`,
        cancel: `https://portal.test/pagamenti?lingua=it&session=${session.id}&outcome=cancel#esito`,
      },
    });
    expect(JSON.stringify([cart, session])).not.toMatch(/Bianchi|Luca|RSSCLD/);
    expect(debts).toEqual(
      [a, b].map((debt) => ({
        id: idOf(debt),
        status: 'PAYMENT_IN_PROGRESS',
        lockedUntil: '2026-10-15T07:30:00.000Z',
      })),
    );
    expect(town.jobs).toHaveLength(1);
  });

  it('asks the register once, and our own tables a constant number of times', async () => {
    const statementsFor = async (debts: readonly DebtRecord[]) => {
      town.statements.length = 0;
      await start(debts);
      return town.statements.length;
    };
    const one = await statementsFor(payable.slice(0, 1));
    expect(await statementsFor(payable.slice(1, 5))).toBe(one);
    expect(one).toBeLessThanOrEqual(18);
  });

  it('answers the same to the same key, also at the same moment, and one payer is sent to one cart', async () => {
    const once = { idempotencyKey: 'the same' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => start(payable.slice(0, 2), once)));
    const again = await start(payable.slice(0, 2).toReversed(), once);
    const sessions = [...answers, again].map(({ session }) => [session.id, session.checkoutUrl]);
    expect(new Set(sessions.map(String)).size).toBe(1);
  });

  it('refuses a key that came with other content, and keeps keys apart by caller and operation', async () => {
    const once = { idempotencyKey: 'mine' };
    await start(payable.slice(0, 1), once);
    expect(await start(payable.slice(1, 2), once)).toMatchObject({
      __typename: 'IdempotencyKeyReused',
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const [, , debt] = payable as [DebtRecord, DebtRecord, DebtRecord];
    const stranger = await pay(debt, once);
    expect(stranger.__typename).toBe('NoticePaymentStarted');
    // Who did not sign in: other content is another key, and nobody is handed another's session.
    const other = await pay(payable[3] as DebtRecord, once);
    expect(other.session.id).not.toBe(stranger.session.id);
    expect((await pay(debt, once)).session.id).toBe(stranger.session.id);
  });

  it('lets one of many who start at once have each debt, and tells the others until when', async () => {
    const answers = await Promise.all(
      [[0, 1], [1, 2], [2, 0], [0], [1], [2]].map((which) =>
        start(which.map((index) => payable[index] as DebtRecord)),
      ),
    );
    const started = answers.filter(({ __typename }) => __typename === 'PaymentStarted');
    const refused = answers.filter(({ __typename }) => __typename === 'NotPayable');
    const taken = started.flatMap(({ debts }) => debts.map(({ id }: { id: string }) => id));
    expect(started.length + refused.length).toBe(6);
    expect(new Set(taken).size).toBe(taken.length);
    for (const { code, lockedUntil, debtIds } of refused) {
      expect([code, lockedUntil]).toEqual(['PAYMENT_IN_PROGRESS', '2026-10-15T07:30:00.000Z']);
      expect(debtIds.length).toBeGreaterThan(0);
    }
  });

  it('frees the debts at the time that it said', async () => {
    const { session } = await start(payable.slice(0, 1));
    town.pass(30 * 60_000 - 1);
    expect(await start(payable.slice(0, 1))).toMatchObject({ code: 'PAYMENT_IN_PROGRESS' });
    town.pass(1);
    expect(await look(session.id)).toMatchObject({
      status: 'EXPIRED',
      checkoutUrl: null,
      endedAt: session.expiresAt,
      items: [{ status: 'PAYABLE', lockedUntil: null }],
    });
    expect((await start(payable.slice(0, 1))).__typename).toBe('PaymentStarted');
  });

  it('says when pagoPA does not answer, leaves nothing in doubt, and goes on with the same key', async () => {
    town.pagopa.isDown = true;
    const once = { idempotencyKey: 'patient' };
    expect(await start(payable.slice(0, 1), once)).toMatchObject({
      __typename: 'PaymentUnavailable',
      code: 'PAGOPA_UNAVAILABLE',
      retryAt: '2026-10-15T07:01:00.000Z',
    });
    town.pagopa.isDown = false;
    // Payable again for anybody.
    const other = await pay(payable[0] as DebtRecord);
    expect(other.__typename).toBe('NoticePaymentStarted');
    expect(await start(payable.slice(1, 2), { idempotencyKey: 'other' })).toMatchObject({
      __typename: 'PaymentStarted',
    });
  });

  it('goes on with the key of a call that found pagoPA down', async () => {
    town.pagopa.isDown = true;
    const once = { idempotencyKey: 'patient' };
    await start(payable.slice(0, 1), once);
    town.pagopa.isDown = false;
    const [a, b] = [await start(payable.slice(0, 1), once), await start(payable.slice(0, 1), once)];
    expect([a.__typename, b.session.id]).toEqual(['PaymentStarted', a.session.id]);
  });

  it('waits for a counterpart that hangs no longer than it promised', async () => {
    town.pagopa.cart = () => new Promise(() => undefined);
    expect((await start(payable.slice(0, 1))).__typename).toBe('PaymentUnavailable');
    town.pagopa.cart = null;
    expect((await start(payable.slice(0, 1))).__typename).toBe('PaymentStarted');
  });

  it('completes what a process left behind that died before its cart, or ends it', async () => {
    town.pagopa.cart = async () => {
      await town.database.query(`SELECT 1`);
      throw new Error('the process is gone');
    };
    // Two sessions as a process leaves them that dies after it wrote them.
    await town.database.query(`CREATE FUNCTION dead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;
      CREATE TRIGGER dead BEFORE UPDATE ON payment_session FOR EACH ROW EXECUTE FUNCTION dead()`);
    await start(payable.slice(0, 1), { idempotencyKey: 'left' });
    await start(payable.slice(1, 2), { idempotencyKey: 'forgotten' });
    await town.database.query('DROP TRIGGER dead ON payment_session');
    town.pagopa.cart = null;
    expect((await start(payable.slice(0, 1), { idempotencyKey: 'left' })).session.status).toBe('STARTED');
    expect(await start(payable.slice(1, 2))).toMatchObject({ code: 'PAYMENT_IN_PROGRESS' });
    town.pass(10_000);
    expect(await town.work(town.jobs[1]?.key ?? '')).toBeNull();
    expect((await start(payable.slice(1, 2))).__typename).toBe('PaymentStarted');
  });

  it('refuses what was paid, here or by the register, with the debts of which it is true', async () => {
    expect(await start([payable[0] as DebtRecord, paid])).toMatchObject({
      __typename: 'NotPayable',
      code: 'DEBT_PAID',
      debtIds: [idOf(paid)],
      lockedUntil: null,
    });
    town.pagopa.cart = async () => ({ outcome: 'notPayable' });
    expect(await start(payable.slice(0, 1))).toMatchObject({ code: 'REFUSED_BY_PAGOPA' });
  });

  it.each([
    ['no debts', () => input([]), 'NO_DEBTS'],
    ['six debts', () => input([...payable, ...payable].slice(0, 6)), 'TOO_MANY_DEBTS'],
    ['a debt twice', () => input([payable[0], payable[0]] as DebtRecord[]), 'DUPLICATE_DEBTS'],
    [
      'an e-mail address that is none',
      () => input(payable.slice(0, 1), { email: 'claudia@' }),
      'EMAIL_INVALID',
    ],
    ['an empty key', () => input(payable.slice(0, 1), { idempotencyKey: ' ' }), 'REQUIRED'],
    ...[
      'https://portal.test.evil.test/x',
      'https://evil.test/?https://portal.test',
      'https://portal.test@evil.test/',
      'https://user:word@portal.test/',
      'http://portal.test/',
      '//portal.test/',
      'javascript:alert(1)',
      'http://localhost.evil.test:80/',
      `https://portal.test/${'x'.repeat(2_000)}`,
    ].map(
      (address) =>
        [
          `the return address ${address.slice(0, 40)}`,
          () => input(payable.slice(0, 1), { returnUrl: address }),
          'RETURN_URL_NOT_ALLOWED',
        ] as const,
    ),
  ])('refuses %s, in Italian and English, and nothing happens', async (_, make, code) => {
    const messages: string[] = [];
    for (const language of ['it', 'en'] as const) {
      const { data } = await town.ask(startPayment, { input: make() }, claudia, language);
      // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
      const answer = (data as any).startPayment;
      expect([answer.__typename, answer.code]).toEqual(['PaymentRequestInvalid', 'PAYMENT_REQUEST_INVALID']);
      expect(answer.problems.map((one: { code: string }) => one.code)).toContain(code);
      messages.push(answer.message, answer.problems[0].message);
    }
    expect(new Set(messages).size).toBe(4);
    expect(town.pagopa.carts).toEqual([]);
  });

  it('sends a payer back to any port of this machine where that is allowed', async () => {
    expect((await start(payable.slice(0, 1), { returnUrl: 'http://localhost:5173/x' })).__typename).toBe(
      'PaymentStarted',
    );
  });

  it("refuses another's debt, one that does not exist and who did not sign in alike", async () => {
    const [theirs, none] = await Promise.all([
      start(payable.slice(0, 1), {}, marco),
      town.ask(startPayment, { input: { ...input([]), debtIds: ['nonsense'] } }, claudia),
    ]);
    const anonymous = await town.ask(startPayment, { input: input(payable.slice(0, 1)) }, nobody);
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
    expect([theirs, (none.data as any).startPayment, (anonymous.data as any).startPayment]).toEqual(
      [1, 2, 3].map(() => ({
        __typename: 'NotAllowed',
        code: 'NOT_ALLOWED',
        message: 'Non esiste, o non è consentito a chi ha effettuato l’accesso.',
      })),
    );
  });
});

describe('paying a notice', () => {
  it('is open to whoever holds it, names nobody, and keeps the debt also from its debtor', async () => {
    const debt = payable[0] as DebtRecord;
    const answer = await pay(debt);
    expect(answer.session.items).toEqual([
      expect.objectContaining({
        status: 'PAYMENT_IN_PROGRESS',
        description: expect.stringMatching(/^Fattura /),
      }),
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/Bianchi|Claudia|Luca/);
    expect(await start([debt])).toMatchObject({ code: 'PAYMENT_IN_PROGRESS', debtIds: [idOf(debt)] });
    expect(await pay(debt)).toMatchObject({
      __typename: 'NoticeNotPayable',
      code: 'PAYMENT_IN_PROGRESS',
      notice: { numeroAvviso: debt.numeroAvviso, status: 'PAYMENT_IN_PROGRESS' },
      lockedUntil: answer.session.expiresAt,
    });
  });

  it('refuses a notice that does not exist and one of another creditor alike, and a paid one as paid', async () => {
    const debt = payable[0] as DebtRecord;
    const unknown = await pay({ ...debt, numeroAvviso: '301000000000004285' as never });
    const foreign = await pay({ ...debt, creditor: '03123450169' as never });
    expect(unknown).toMatchObject({ __typename: 'NoticeNotPayable', code: 'NOTICE_UNKNOWN', notice: null });
    expect(foreign).toEqual(unknown);
    expect(await pay(paid)).toMatchObject({ code: 'DEBT_PAID', notice: { status: 'PAID' } });
  });

  it('refuses numbers whose check digits differ, each field with its own sentence', async () => {
    const { problems } = await pay({
      ...(payable[0] as DebtRecord),
      numeroAvviso: '301000000000004286' as never,
      creditor: '00300120160' as never,
    });
    expect(problems.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
      ['numeroAvviso', 'NUMERO_AVVISO_INVALID'],
      ['creditor', 'CREDITOR_INVALID'],
    ]);
  });
});

describe('a session', () => {
  it('is seen by whoever has its id, and by nobody who guesses', async () => {
    const { session } = await start(payable.slice(0, 1));
    expect(await look(session.id)).toMatchObject({ id: session.id, status: 'STARTED' });
    for (const id of ['', 'x', session.id.slice(0, -1), `${session.id}\u0000`, '\u0000'.repeat(32)])
      expect(await look(id)).toBeNull();
  });

  it('asks pagoPA sooner while somebody waits, and not at every look', async () => {
    const { session } = await start(payable.slice(0, 1));
    await look(session.id);
    expect(town.jobs).toHaveLength(1);
    town.pass(4_000);
    await look(session.id);
    expect(town.jobs).toHaveLength(2);
    await town.work(town.jobs[0]?.key ?? '');
    await look(session.id);
    expect(town.jobs).toHaveLength(2);
  });

  it('is shown also while the register is down', async () => {
    const { session } = await start(payable.slice(0, 1));
    town.pass(31 * 60_000);
    await town.legacy.close();
    expect(await look(session.id)).toMatchObject({ status: 'EXPIRED', items: [{ status: 'UNKNOWN' }] });
  });
});

it("shows a stranger's payment in progress to nobody but the debtor", async () => {
  await pay(payable[0] as DebtRecord);
  const of = [{ __typename: 'Citizen', id: paolo.id }];
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { debts { id } } } }`;
  expect((await town.ask(query, { of }, paolo)).data).toEqual({ _entities: [{ debts: [] }] });
});
