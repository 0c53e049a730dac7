import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import { keepCart } from '../../../subgraphs/payments/records/session.store.ts';
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
  const [debts = []] = await probe.legacy.payments.debtsOf([claudia.codiceFiscale], []);
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
const sessions = () => town.database.query('SELECT state, failure FROM payment_session ORDER BY number');
const noticeInput = (debt: DebtRecord, more: Record<string, unknown> = {}) => ({
  numeroAvviso: debt.numeroAvviso,
  creditor: debt.creditor,
  returnUrl,
  idempotencyKey: `key-${++count}`,
  ...more,
});
async function pay(debt: DebtRecord, more: Record<string, unknown> = {}, as: Caller = nobody) {
  const answer = await town.ask(payNotice, { input: noticeInput(debt, more) }, as);
  expect(answer.errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
  return (answer.data as any).payNotice;
}

describe('starting to pay', () => {
  it('records a session, makes one cart of the debts, and locks none of them', async () => {
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
        status: 'PAYABLE',
        lockedUntil: null,
        paymentSession: { id: session.id },
      })),
    );
    expect(session.expiresAt).toBe('2026-10-15T07:30:00.000Z');
    const event = town.audited.find(({ action }) => action === 'Payment.start');
    expect(event).toMatchObject({ outcome: 'allowed', actor: { id: claudia.id } });
    expect(event?.subjectIds).toEqual(expect.arrayContaining([a, b].map(idOf)));
    expect(town.jobs).toMatchObject([
      { queue: 'payments.receipts', runAt: new Date('2026-10-15T07:00:10Z') },
    ]);
  });

  it('takes five debts at most, and keys and addresses up to their longest', async () => {
    const unknown = Array.from({ length: 4 }, (_, n) => createId('Debt', `9999${n}`));
    const ask = async (more: Record<string, unknown>) =>
      (await start(payable.slice(0, 1), more)).problems?.map(({ code }: { code: string }) => code) ?? [];
    const debtIds = [...payable.slice(0, 1).map(idOf), ...unknown];
    expect(await ask({ debtIds })).toEqual([]);
    expect(await ask({ debtIds: [...debtIds, createId('Debt', '99995')] })).toEqual(['TOO_MANY_DEBTS']);
    expect(await ask({ idempotencyKey: 'k'.repeat(255) })).toEqual([]);
    expect(await ask({ idempotencyKey: 'k'.repeat(256) })).toEqual(['TOO_LONG']);
  });

  it('asks the legacy system once, and our own tables a constant number of times', async () => {
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
    // A second cart that comes later replaces nothing: a payer may be at the first one.
    await keepCart(town.database, again.session.id, {
      cartId: '00000000-0000-4000-8000-000000000001',
      checkoutUrl: 'https://late.test/',
    });
    expect((await look(again.session.id)).checkoutUrl).toBe(again.session.checkoutUrl);
  });

  it('refuses a key that came with other content, and keeps keys apart by caller and operation', async () => {
    const once = { idempotencyKey: 'mine' };
    await start(payable.slice(0, 1), once);
    expect(await start(payable.slice(1, 2), once)).toMatchObject({
      __typename: 'IdempotencyKeyReused',
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const [, , debt] = payable as [DebtRecord, DebtRecord, DebtRecord];
    // Of another operation, also by the same person.
    expect((await pay(debt, once, claudia)).__typename).toBe('NoticePaymentStarted');
    const stranger = await pay(debt, once);
    expect(stranger.__typename).toBe('NoticePaymentStarted');
    // Who did not sign in: other content is another key, and nobody is handed another's session.
    const other = await pay(payable[3] as DebtRecord, once);
    expect(other.session.id).not.toBe(stranger.session.id);
    expect((await pay(debt, once)).session.id).toBe(stranger.session.id);
  });

  it('gives everybody who starts at once a session and a cart of their own', async () => {
    const answers = await Promise.all(
      [[0, 1], [1, 2], [2, 0], [0], [1], [2]].map((which) =>
        start(which.map((index) => payable[index] as DebtRecord)),
      ),
    );
    expect(answers.map(({ __typename }) => __typename)).toEqual(answers.map(() => 'PaymentStarted'));
    expect(new Set(answers.map(({ session }) => session.checkoutUrl)).size).toBe(6);
  });

  it('ends a session at its time, and its key comes to the same session', async () => {
    const once = { idempotencyKey: 'once' };
    const { session } = await start(payable.slice(0, 1), once);
    town.pass(30 * 60_000 - 1);
    expect(await look(session.id)).toMatchObject({ status: 'STARTED', checkoutUrl: session.checkoutUrl });
    town.pass(1);
    expect(await look(session.id)).toMatchObject({
      status: 'EXPIRED',
      checkoutUrl: null,
      endedAt: session.expiresAt,
      items: [{ status: 'PAYABLE', lockedUntil: null }],
    });
    expect((await start(payable.slice(0, 1), once)).session).toMatchObject({
      id: session.id,
      status: 'EXPIRED',
    });
  });

  it('says when pagoPA does not answer, leaves nothing in doubt, and goes on with the same key', async () => {
    town.pagopa.isDown = true;
    const once = { idempotencyKey: 'patient' };
    expect(await start(payable.slice(0, 1), once)).toMatchObject({
      __typename: 'PaymentUnavailable',
      code: 'PAGOPA_UNAVAILABLE',
      retryAt: '2026-10-15T07:01:00.000Z',
    });
    expect(await sessions()).toEqual([{ state: 'FAILED', failure: 'OTHER' }]);
    town.pagopa.isDown = false;
    const [a, b] = [await start(payable.slice(0, 1), once), await start(payable.slice(0, 1), once)];
    for (const { session } of [a, b])
      expect(session).toMatchObject({
        status: 'STARTED',
        checkoutUrl: `https://checkout.test/${town.pagopa.carts.at(-1)?.cartId}`,
      });
    expect(b.session.id).toBe(a.session.id);
    expect(await sessions()).toEqual([
      { state: 'FAILED', failure: 'OTHER' },
      { state: 'STARTED', failure: null },
    ]);
  });

  it('gives up when the database refuses the session again and again', async () => {
    // A sequence counts what a transaction rolls back, too.
    await town.owner.query(`CREATE SEQUENCE tries;
      CREATE FUNCTION taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN PERFORM nextval('tries'); RAISE unique_violation; END $$;
      CREATE TRIGGER taken BEFORE INSERT ON payment_session FOR EACH ROW EXECUTE FUNCTION taken()`);
    const answer = await town.ask(startPayment, { input: input(payable.slice(0, 1)) }, claudia);
    await town.owner.query('DROP TRIGGER taken ON payment_session');
    expect(answer.errors).toHaveLength(1);
    expect(await town.owner.query('SELECT last_value::int AS tries FROM tries')).toEqual([{ tries: 5 }]);
    expect(town.pagopa.carts).toEqual([]);
  });

  it('waits for a counterpart that hangs no longer than it promised', async () => {
    town.pagopa.cart = () => new Promise(() => undefined);
    expect((await start(payable.slice(0, 1))).__typename).toBe('PaymentUnavailable');
    expect(await sessions()).toEqual([{ state: 'FAILED', failure: 'OTHER' }]);
  });

  it('completes what a process left behind that died before its cart, or ends it', async () => {
    town.pagopa.cart = async () => {
      await town.database.query(`SELECT 1`);
      throw new Error('the process is gone');
    };
    // Two sessions as a process leaves them that dies after it wrote them.
    await town.owner.query(`CREATE FUNCTION dead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;
      CREATE TRIGGER dead BEFORE UPDATE ON payment_session FOR EACH ROW EXECUTE FUNCTION dead()`);
    await start(payable.slice(0, 1), { idempotencyKey: 'left' });
    await start(payable.slice(1, 2), { idempotencyKey: 'forgotten' });
    await town.owner.query('DROP TRIGGER dead ON payment_session');
    town.pagopa.cart = null;
    const { session } = await start(payable.slice(0, 1), { idempotencyKey: 'left' });
    expect(session).toMatchObject({ status: 'STARTED', checkoutUrl: expect.stringMatching(/^https:/) });
    town.pass(9_999);
    expect(await town.work(town.jobs[1]?.key ?? '')).not.toBeNull();
    town.pass(1);
    // One that a payer was sent to is left alone.
    for (const { key } of town.jobs.slice(0, 2)) await town.work(key);
    expect(await look(session.id)).toMatchObject({ status: 'STARTED', checkoutUrl: session.checkoutUrl });
    expect(await sessions()).toEqual([
      { state: 'STARTED', failure: null },
      { state: 'FAILED', failure: 'OTHER' },
    ]);
    expect(town.pagopa.asked).toBe(1);
    const again = await start(payable.slice(1, 2), { idempotencyKey: 'forgotten' });
    expect(again.session).toMatchObject({ status: 'STARTED', checkoutUrl: expect.stringMatching(/^https:/) });
  });

  it('refuses what was paid, here or by the legacy system, with the debts of which it is true', async () => {
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
  it('is open to anyone holding it, names nobody, and keeps nobody from paying', async () => {
    const debt = payable[0] as DebtRecord;
    const answer = await pay(debt);
    expect(answer.session.items).toEqual([
      expect.objectContaining({
        status: 'PAYABLE',
        lockedUntil: null,
        description: expect.stringMatching(/^Fattura /),
      }),
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/Bianchi|Claudia|Luca/);
    const started = await start([debt]);
    expect(started).toMatchObject({
      __typename: 'PaymentStarted',
      debts: [{ id: idOf(debt), status: 'PAYABLE', paymentSession: { id: started.session.id } }],
    });
    expect((await pay(debt)).__typename).toBe('NoticePaymentStarted');
  });

  it('refuses a notice that does not exist and one of another creditor alike, and a paid one as paid', async () => {
    const debt = payable[0] as DebtRecord;
    const unknown = await pay({ ...debt, numeroAvviso: '301000000000004285' as never });
    const foreign = await pay({ ...debt, creditor: '03123450169' as never });
    expect(unknown).toMatchObject({ __typename: 'NoticeNotPayable', code: 'NOTICE_UNKNOWN', notice: null });
    expect(foreign).toEqual(unknown);
    const refused = { action: 'Notice.pay', outcome: 'refused', subjectIds: [] };
    expect(town.audited).toMatchObject([refused, refused]);
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

  it('is shown also while the legacy system is down', async () => {
    const { session } = await start(payable.slice(0, 1));
    town.pass(31 * 60_000);
    await town.legacy.close();
    expect(await look(session.id)).toMatchObject({ status: 'EXPIRED', items: [{ status: 'UNKNOWN' }] });
  });
});

it("shows nothing of a stranger's session to anybody else", async () => {
  await pay(payable[0] as DebtRecord);
  const of = [{ __typename: 'Citizen', id: paolo.id }];
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { debts { id } } } }`;
  expect((await town.ask(query, { of }, paolo)).data).toEqual({ _entities: [{ debts: [] }] });
});
