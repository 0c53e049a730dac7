import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import { isNumeroAvviso, iuvOf } from '../../../core/values/index.ts';
import type { ReconciliationRow } from '../../../legacy/ports/reconciliation.port.ts';
import type { InstalmentRecord } from '../../../legacy/ports/school-billing.port.ts';
import { createListenerHandlers } from '../../../subgraphs/payments/listener/create-listener-handlers.ts';
import { importReconciliation } from '../../../subgraphs/payments/reconciliation/import-reconciliation.action.ts';
import { watchSpontaneous } from '../../../subgraphs/payments/spontaneous/watch-spontaneous.job.ts';
import { createSettlements } from '../../../subgraphs/shared/settlements/settlement.store.ts';
import { createSpontaneousPayment, debtsOf } from '../../support/paying-documents.ts';
import { payingRules } from '../../support/paying-rules.ts';
import { openPayingTown, type PayingTown } from '../../support/paying-town.ts';
import { alone, claudia, giulia, marco } from '../../support/people.ts';
import { openPdf, structureOf, textOf } from '../../support/read-pdf.ts';
import { paidRow, writeRows } from '../../support/reconciliation.ts';

const nobody = { kind: 'anonymous' } as const;
const meals = createId('PaymentKind', 'MENSA');
let town: PayingTown;
/** Giulia's returned direct debit. */
let returned: InstalmentRecord;
let count = 0;

beforeEach(async () => {
  town = await openPayingTown();
  const found = await instalments('DIRECT_DEBIT_RETURNED');
  returned = found[0] as InstalmentRecord;
});
afterEach(() => town.close());

async function instalments(status: InstalmentRecord['status'], of = giulia) {
  const settled = await createSettlements(town.database).ofDebtors([of.codiceFiscale]);
  const filter = { issuedFrom: null, issuedTo: null, status: [status], schoolYear: null };
  const page = { first: 100, after: null };
  const basis = { today: town.services.clock.today(), settled };
  return (await town.legacy.schoolBilling.instalmentsOf(alone(of.codiceFiscale), null, filter, page, basis))
    .rows;
}
const idOf = ({ key }: Pick<InstalmentRecord, 'key'>) =>
  createId('Instalment', key.year, key.number, key.rata);

const form = (more: Record<string, unknown> = {}) => ({
  kindId: meals,
  privacyAccepted: true,
  payerCodice: ' frrgli88s43f205z ',
  payerName: 'Giulia Ferrari',
  email: 'giulia@example.org',
  beneficiaryName: 'Tommaso Colombo',
  period: 'Giugno 2026',
  school: 'PRIMARIA',
  amount: returned.amount,
  returnUrl: 'https://portal.test/',
  idempotencyKey: `key-${++count}`,
  ...more,
});
// biome-ignore-start lint/suspicious/noExplicitAny: shapes are what the tests are about
async function create(more: Record<string, unknown> = {}, as: Caller = giulia) {
  const answer = await town.ask(createSpontaneousPayment, { input: form(more) }, as);
  expect(answer.errors).toBeUndefined();
  return (answer.data as any).createSpontaneousPayment;
}
async function listOf(as: typeof giulia) {
  const answer = await town.ask(debtsOf, { of: [{ __typename: 'Citizen', id: as.id }] }, as);
  expect(answer.errors).toBeUndefined();
  return (answer.data as any)._entities[0];
}
async function codesOf(more: Record<string, unknown>, as: Caller = giulia): Promise<string[]> {
  const { problems } = await create(more, as);
  return (problems ?? []).map(({ path, code }: any) => `${path} ${code}`);
}
// biome-ignore-end lint/suspicious/noExplicitAny: shapes are what the tests are about
async function payLastCart() {
  const cart = town.pagopa.carts.at(-1);
  if (cart === undefined) throw new Error('A cart was expected.');
  for (const receipt of town.pagopa.pay(cart)) await createListenerHandlers(town.services).receive(receipt);
}

describe('a spontaneous payment', () => {
  it('pays the instalment of a returned direct debit, and exactly that', async () => {
    const ids = [idOf(returned)];
    const answer = await create({ instalmentIds: ids });
    expect(answer).toMatchObject({
      __typename: 'SpontaneousPaymentStarted',
      session: { status: 'STARTED', amount: returned.amount },
    });
    expect(isNumeroAvviso(answer.numeroAvviso)).toBe(true);
    expect(answer.numeroAvviso).toMatch(/^302/);
    expect(town.pagopa.positions).toEqual([
      expect.objectContaining({
        iupd: `SP-${answer.numeroAvviso}`,
        debtor: giulia.codiceFiscale,
        debtorKind: 'PERSON',
        amount: returned.amount,
        description: 'Mensa scolastica (pagamento spontaneo)',
        dueOn: '2026-11-14',
      }),
    ]);
    const mine = (await listOf(giulia)).debts.find(
      (debt: { numeroAvviso: string }) => debt.numeroAvviso === answer.numeroAvviso,
    );
    expect(mine).toMatchObject({
      status: 'PAYABLE',
      instalment: { id: ids[0] },
      paymentSession: { id: answer.session.id },
    });

    await payLastCart();
    const [paid] = (await instalments('PAID')).filter((one) => idOf(one) === ids[0]);
    expect(paid).toMatchObject({ amount: returned.amount, paid: returned.amount });
    expect(await instalments('DIRECT_DEBIT_RETURNED')).toEqual([]);
    const after = await listOf(giulia);
    expect(after.debts).toContainEqual(
      expect.objectContaining({
        status: 'PAID',
        receipt: expect.objectContaining({ amount: returned.amount }),
      }),
    );
    expect(after.payments.totalCount).toBe(1);
    expect(await codesOf({ instalmentIds: ids })).toEqual(['instalmentIds INSTALMENT_PAID']);
  });

  it('of somebody not signed in appears under the typed code only once it is paid', async () => {
    const before = (await listOf(claudia)).debts.length;
    const answer = await create({ payerCodice: claudia.codiceFiscale }, nobody);
    expect(answer.__typename).toBe('SpontaneousPaymentStarted');
    expect((await listOf(claudia)).debts).toHaveLength(before);
    await payLastCart();
    const { debts } = await listOf(claudia);
    expect(debts).toHaveLength(before + 1);
    expect(debts).toContainEqual(
      expect.objectContaining({ numeroAvviso: answer.numeroAvviso, status: 'PAID' }),
    );
  });

  it('never has a number twice, also when many are made at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create({}, nobody)));
    const numbers = answers.map(({ numeroAvviso }) => numeroAvviso);
    expect(new Set(numbers).size).toBe(20);
    expect(numbers.every(isNumeroAvviso)).toBe(true);
  });

  it('is the same for the same key, also at the same moment, and other content is refused', async () => {
    const once = { idempotencyKey: 'mine' };
    const answers = await Promise.all([1, 2, 3].map(() => create(once)));
    expect(new Set(answers.map(({ numeroAvviso, session }) => `${numeroAvviso} ${session.id}`)).size).toBe(1);
    expect((await create({ ...once, period: 'Luglio 2026' })).__typename).toBe('IdempotencyKeyReused');
    expect((await create({ ...once, period: 'Luglio 2026' }, nobody)).__typename).toBe(
      'SpontaneousPaymentStarted',
    );
  });

  it('goes on where it stopped when pagoPA did not answer, with the same position', async () => {
    const once = { idempotencyKey: 'patient', instalmentIds: [idOf(returned)] };
    town.pagopa.position = async () => ({ outcome: 'unknown' });
    expect((await create(once)).__typename).toBe('PaymentUnavailable');
    expect((await listOf(giulia)).debts).toEqual([]);
    town.pagopa.position = null;
    town.pagopa.cart = async () => ({ outcome: 'unavailable' });
    expect((await create(once)).__typename).toBe('PaymentUnavailable');
    town.pagopa.cart = null;
    const answer = await create(once);
    expect(answer.__typename).toBe('SpontaneousPaymentStarted');
    expect(new Set(town.pagopa.positions.map(({ iupd }) => iupd)).size).toBe(1);
    expect((await listOf(giulia)).debts).toHaveLength(1);
  });

  it('that nobody was told of does not stand in the way of another, and a position refused does not either', async () => {
    const instalmentIds = [idOf(returned)];
    town.pagopa.position = async () => ({ outcome: 'unknown' });
    await create({ instalmentIds, idempotencyKey: 'first' });
    town.pagopa.position = async () => ({ outcome: 'rejected' });
    await create({ instalmentIds });
    town.pagopa.position = null;
    expect((await create({ instalmentIds })).__typename).toBe('SpontaneousPaymentStarted');
    expect(await codesOf({ instalmentIds, idempotencyKey: 'first' })).toEqual([
      'instalmentIds INSTALMENT_HAS_NOTICE',
    ]);
  });

  it('keeps its instalment when another asks for it at the moment in which GPD holds it', async () => {
    const instalmentIds = [idOf(returned)];
    town.pagopa.position = async () => ({ outcome: 'unknown' });
    await create({ instalmentIds });
    town.pagopa.position = null;
    const noting = town.database.createQueryRunner();
    await noting.startTransaction();
    const [{ id }] = await noting.query('SELECT id FROM spontaneous_payment');
    await noting.query(`UPDATE spontaneous_payment SET state = 'CREATED'`);
    const other = create({ instalmentIds });
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await town.database.query(waiting))[0].n === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await noting.commitTransaction();
    await noting.release();
    expect(await other).toMatchObject({
      __typename: 'PaymentRequestInvalid',
      problems: [{ code: 'INSTALMENT_HAS_NOTICE' }],
    });
    expect(await town.database.query('SELECT payment_id FROM spontaneous_instalment WHERE is_open')).toEqual([
      { payment_id: id },
    ]);
  });

  it('lets one of many have an instalment', async () => {
    const instalmentIds = [idOf(returned)];
    const answers = await Promise.all([1, 2, 3, 4].map(() => create({ instalmentIds })));
    const started = answers.filter(({ __typename }) => __typename === 'SpontaneousPaymentStarted');
    expect(started).toHaveLength(1);
    expect(
      await town.database.query('SELECT count(*)::int AS n FROM spontaneous_instalment WHERE is_open'),
    ).toEqual([{ n: 1 }]);
  });

  it('settles as many of its instalments as the money pays for', async () => {
    await create({ instalmentIds: [idOf(returned)] });
    const [cart] = town.pagopa.carts;
    const part = { amount: (returned.amount - 100) as never };
    for (const receipt of town.pagopa.pay(cart as never, part))
      await createListenerHandlers(town.services).receive(receipt);
    const [open] = await instalments('DIRECT_DEBIT_RETURNED');
    expect(open).toMatchObject({ paid: returned.amount - 100 });
    expect(await codesOf({ instalmentIds: [idOf(returned)], amount: 100 })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['no privacy', { privacyAccepted: false }, ['privacyAccepted PRIVACY_NOT_ACCEPTED']],
    ['an unknown kind', { kindId: createId('PaymentKind', 'NONE') }, ['kindId KIND_UNKNOWN']],
    ['a wrong check letter', { payerCodice: 'FRRGLI88S43F205A' }, ['payerCodice CODICE_INVALID']],
    ['a wrong partita IVA', { payerCodice: '03123450160' }, ['payerCodice CODICE_INVALID']],
    ['no code', { payerCodice: ' ' }, ['payerCodice REQUIRED']],
    ['no name', { payerName: '' }, ['payerName REQUIRED']],
    ['a name too long', { payerName: 'x'.repeat(71) }, ['payerName TOO_LONG']],
    ['a name on two lines', { payerName: 'Giulia\nFerrari' }, ['payerName LINE_BREAK']],
    ['a name with a line separator', { payerName: 'Giulia\u2028Ferrari' }, ['payerName LINE_BREAK']],
    ['a name with a control', { payerName: 'Giulia\u0007Ferrari' }, ['payerName NOT_TEXT']],
    ['half a character', { payerName: 'Giulia\ud800' }, ['payerName NOT_TEXT']],
    ['a period too long', { period: 'x'.repeat(81) }, ['period TOO_LONG']],
    ['no e-mail', { email: '' }, ['email REQUIRED']],
    ['an e-mail that is none', { email: 'giulia' }, ['email EMAIL_INVALID']],
    ['no beneficiary', { beneficiaryName: null }, ['beneficiaryName REQUIRED']],
    ['no period', { period: ' ' }, ['period REQUIRED']],
    ['no school', { school: null }, ['school REQUIRED']],
    ['secondaria for meals', { school: 'SECONDARIA' }, ['school SCHOOL_NOT_OFFERED']],
    ['an unknown school', { school: 'UNKNOWN' }, ['school SCHOOL_NOT_OFFERED']],
    ['nothing', { amount: 0 }, ['amount AMOUNT_TOO_SMALL']],
    ['less than nothing', { amount: -5 }, ['amount AMOUNT_TOO_SMALL']],
    ['a thousand million', { amount: 100_000_000_000 }, ['amount AMOUNT_TOO_LARGE']],
    [
      'a field that the form lacks',
      { kindId: createId('PaymentKind', 'T003') },
      ['beneficiaryName NOT_IN_FORM', 'period NOT_IN_FORM', 'school NOT_IN_FORM'],
    ],
    ['another return address', { returnUrl: 'https://evil.test/' }, ['returnUrl RETURN_URL_NOT_ALLOWED']],
    [
      'everything at once',
      { privacyAccepted: false, amount: 0, email: 'x' },
      ['email EMAIL_INVALID', 'privacyAccepted PRIVACY_NOT_ACCEPTED', 'amount AMOUNT_TOO_SMALL'],
    ],
  ])('refuses %s with a sentence of its own, and nothing happens', async (_, more, codes) => {
    expect((await codesOf(more)).sort()).toEqual(codes.sort());
    expect(town.pagopa.positions).toEqual([]);
  });

  it('takes texts as long as they may be, and blanks around them are none of it', async () => {
    const longest = {
      payerName: ` ${'x'.repeat(70)}\n`,
      period: 'x'.repeat(80),
      beneficiaryName: 'x'.repeat(70),
    };
    expect(await codesOf(longest)).toEqual([]);
    expect(await codesOf({ idempotencyKey: 'x'.repeat(255) })).toEqual([]);
    expect(await codesOf({ idempotencyKey: 'x'.repeat(256) })).toEqual(['idempotencyKey TOO_LONG']);
  });

  it('refuses instalments that are paid, have a notice, are being debited, or cost another amount', async () => {
    const theirs = { payerCodice: claudia.codiceFiscale };
    const [due] = await instalments('DUE', claudia);
    const [over] = await instalments('OVERDUE', claudia);
    const [pending] = await instalments('DIRECT_DEBIT_PENDING');
    const ask = (of: InstalmentRecord | undefined, as: Caller, more = {}) =>
      codesOf({ instalmentIds: of === undefined ? [] : [idOf(of)], amount: of?.amount, ...more }, as);
    expect(await ask(due ?? over, claudia, theirs)).toEqual(['instalmentIds INSTALMENT_HAS_NOTICE']);
    expect(await ask(pending, giulia)).toEqual(['instalmentIds INSTALMENT_DEBIT_PENDING']);
    expect(await ask(returned, giulia, { amount: 1 })).toEqual(['amount INSTALMENTS_DIFFER_FROM_AMOUNT']);
    expect(await ask(returned, nobody)).toEqual(['instalmentIds SIGN_IN_REQUIRED']);
    const twice = { instalmentIds: [idOf(returned), idOf(returned)] };
    expect(await codesOf(twice)).toEqual(['instalmentIds DUPLICATE_INSTALMENTS']);
  });

  it("refuses another's instalment and one that does not exist alike", async () => {
    const theirs = await create({ instalmentIds: [idOf(returned)] }, marco);
    const none = await create({ instalmentIds: ['nonsense'] });
    expect([theirs.__typename, none.__typename]).toEqual(['NotAllowed', 'NotAllowed']);
  });
});

describe('the notice of a spontaneous payment', () => {
  it('can be printed at once by who made it, names the payer that was typed, and is gone once it is paid', async () => {
    const query = `mutation ($input: SpontaneousPaymentInput!) { createSpontaneousPayment(input: $input) {
      ... on SpontaneousPaymentStarted { numeroAvviso notice { fileName downloadUrl } } } }`;
    const { data } = await town.ask(query, { input: form() }, nobody);
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
    const { numeroAvviso, notice } = (data as any).createSpontaneousPayment;
    expect(notice.fileName).toBe(`avviso-${numeroAvviso}.pdf`);
    const printed = await town.fetchDocument(notice.downloadUrl);
    const text = textOf(await structureOf(await openPdf(printed as Buffer)));
    expect(text).toContain('Giulia Ferrari');
    expect(text).toContain('FRRGLI88S43F205Z');
    await payLastCart();
    expect(await town.fetchDocument(notice.downloadUrl)).toBeNull();
  });
});

describe('a spontaneous payment whose receipt was lost', () => {
  const reconcile = async (rows: readonly ReconciliationRow[]) =>
    (await importReconciliation(town.services, await writeRows(rows)))[0];

  it('is known to the reconciliation, which settles its instalment once', async () => {
    const instalmentIds = [idOf(returned)];
    const { numeroAvviso } = await create({ instalmentIds });
    const row = paidRow(iuvOf(numeroAvviso), returned.amount);
    expect((await reconcile([row]))?.counts).toMatchObject({ matched: 1, unknownIuv: 0 });
    const [paid] = (await instalments('PAID')).filter((one) => idOf(one) === instalmentIds[0]);
    expect(paid).toMatchObject({ amount: returned.amount, paid: returned.amount });
    expect(await instalments('DIRECT_DEBIT_RETURNED')).toEqual([]);
    expect((await listOf(giulia)).debts).toMatchObject([{ numeroAvviso, status: 'PAID' }]);
    expect((await reconcile([row]))?.counts).toMatchObject({ alreadyKnown: 1 });
    // The receipt comes all the same.
    await payLastCart();
    expect(await town.database.query('SELECT count(*)::int AS n FROM settlement')).toEqual([{ n: 1 }]);
    expect(await town.database.query('SELECT amount FROM settlement_instalment')).toEqual([
      { amount: String(returned.amount) },
    ]);
    expect(await codesOf({ instalmentIds })).toEqual(['instalmentIds INSTALMENT_PAID']);
  });

  it('settles the instalments that each of two payers chose, from one file', async () => {
    const [mine, theirs] = [await create({}, giulia), await create({}, marco)];
    await town.database.query(
      `INSERT INTO spontaneous_instalment SELECT id, 2026, id, 1, 100 FROM spontaneous_payment
       UNION ALL SELECT id, 2026, id, 2, 100 FROM spontaneous_payment`,
    );
    await reconcile([paidRow(iuvOf(mine.numeroAvviso), 200), paidRow(iuvOf(theirs.numeroAvviso), 150)]);
    expect(
      await town.database.query(
        'SELECT applicant, rata, amount FROM settlement_instalment ORDER BY number, rata',
      ),
    ).toEqual([
      { applicant: giulia.codiceFiscale, rata: 1, amount: '100' },
      { applicant: giulia.codiceFiscale, rata: 2, amount: '100' },
      { applicant: marco.codiceFiscale, rata: 1, amount: '100' },
      { applicant: marco.codiceFiscale, rata: 2, amount: '50' },
    ]);
    expect(await town.database.query('SELECT 1 FROM spontaneous_instalment WHERE is_open')).toEqual([]);
  });

  it('of another amount is told, and settles as much as was paid', async () => {
    const { numeroAvviso } = await create({ instalmentIds: [idOf(returned)] });
    const row = paidRow(iuvOf(numeroAvviso), returned.amount - 100);
    expect((await reconcile([row]))?.counts).toMatchObject({ amountDiffers: 1 });
    expect(await instalments('DIRECT_DEBIT_RETURNED')).toMatchObject([{ paid: returned.amount - 100 }]);
  });

  it('shows as paid also to the one who made it for somebody else', async () => {
    const { numeroAvviso } = await create({ payerCodice: marco.codiceFiscale });
    await reconcile([paidRow(iuvOf(numeroAvviso), returned.amount)]);
    expect((await listOf(giulia)).debts).toMatchObject([{ numeroAvviso, status: 'PAID' }]);
    expect((await listOf(marco)).debts).toContainEqual(
      expect.objectContaining({ numeroAvviso, status: 'PAID' }),
    );
  });
});

describe('the highest amount', () => {
  it.each([
    ['the one of all kinds', 1_000_000, []],
    ['more than that', 1_000_001, ['amount AMOUNT_TOO_LARGE']],
  ])('lets %s', async (_, amount, codes) => {
    expect(await codesOf({ amount })).toEqual(codes);
  });

  it('is the kind’s own where it has one, and says how much', async () => {
    await town.close();
    const spontaneous = {
      days: 30,
      highestCents: new Map([
        ['', 100],
        ['MENSA', 123_456],
      ]),
    };
    town = await openPayingTown({ paying: { ...payingRules, spontaneous } });
    expect(await codesOf({ amount: 123_456 })).toEqual([]);
    const { problems } = await create({ amount: 123_457 });
    expect(problems).toEqual([
      {
        path: 'amount',
        code: 'AMOUNT_TOO_LARGE',
        message:
          'Qui si possono pagare al massimo 1.234,56 euro: per importi maggiori rivolgersi all’ufficio.',
      },
    ]);
  });

  it('is never more than a notice holds, so that each has one that can be printed', async () => {
    await town.close();
    const spontaneous = { days: 30, highestCents: new Map([['', 99_999_999_999]]) };
    town = await openPayingTown({ paying: { ...payingRules, spontaneous } });
    expect(await codesOf({ amount: 10_000_000_000 })).toEqual(['amount AMOUNT_TOO_LARGE']);
    const query = `mutation ($input: SpontaneousPaymentInput!) { createSpontaneousPayment(input: $input) {
      ... on SpontaneousPaymentStarted { notice { downloadUrl } } } }`;
    const { data } = await town.ask(query, { input: form({ amount: 9_999_999_999 }) }, nobody);
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
    const { notice } = (data as any).createSpontaneousPayment;
    const text = textOf(
      await structureOf(await openPdf((await town.fetchDocument(notice.downloadUrl)) as Buffer)),
    );
    expect(text).toContain('99.999.999,99 euro');
  });
});

describe('a spontaneous payment that nobody pays', () => {
  const dayMs = 24 * 3_600_000;
  const lastWatch = () => town.jobs.findLast(({ queue }) => queue === 'payments.spontaneous')?.key ?? '';
  const watch = () => watchSpontaneous.run(town.services, lastWatch(), AbortSignal.timeout(10_000));
  const state = async () =>
    (await town.database.query('SELECT state FROM spontaneous_payment ORDER BY id')).map(
      (row: { state: string }) => row.state,
    );

  it('is looked after each day, and withdrawn a week after its day, with its instalment free again', async () => {
    const instalmentIds = [idOf(returned)];
    const { numeroAvviso, session } = await create({ instalmentIds });
    const started = town.jobs.find(({ queue }) => queue === 'payments.spontaneous');
    expect(started?.runAt).toEqual(new Date('2026-10-18T07:00:00Z'));
    town.pass(3 * dayMs);
    expect(await watch()).toEqual(new Date('2026-10-19T07:00:00Z'));
    town.pass(34 * dayMs);
    // To be paid by 14 November; the 22nd begins at midnight in Rome.
    expect(await watch()).toEqual(new Date('2026-11-21T23:00:00Z'));
    expect((await listOf(giulia)).debts).toMatchObject([{ status: 'PAYABLE' }]);
    town.pass(dayMs);
    expect(await watch()).not.toBeNull();
    expect(town.pagopa.withdrawn).toEqual([`SP-${numeroAvviso}`]);
    expect((await listOf(giulia)).debts).toMatchObject([
      { numeroAvviso, status: 'CANCELLED', paymentSession: null },
    ]);
    expect(await codesOf({ instalmentIds })).toEqual([]);
    expect(session.id).toHaveLength(32);
    // Money that was under way is looked for three days more.
    town.pass(3 * dayMs);
    const key = town.jobs.find(({ queue }) => queue === 'payments.spontaneous')?.key ?? '';
    expect(await watchSpontaneous.run(town.services, key, AbortSignal.timeout(10_000))).toBeNull();
  });

  it('is settled by what was paid at a counter after its session ended', async () => {
    await create({ instalmentIds: [idOf(returned)] });
    town.pass(20 * dayMs);
    town.pagopa.pay(town.pagopa.carts.at(-1) as never);
    expect(await watch()).toBeNull();
    expect((await listOf(giulia)).debts).toMatchObject([{ status: 'PAID' }]);
    expect(await watch()).toBeNull();
    expect(await instalments('DIRECT_DEBIT_RETURNED')).toEqual([]);
  });

  it('is not withdrawn if somebody was quicker, and settles once its receipt is there', async () => {
    await create();
    town.pass(40 * dayMs);
    const { receiptsOf } = town.pagopa;
    town.pagopa.pay(town.pagopa.carts.at(-1) as never);
    town.pagopa.receiptsOf = async () => [];
    expect(await watch()).toEqual(new Date(town.services.clock.now().getTime() + 3_600_000));
    expect(await state()).toEqual(['CREATED']);
    town.pagopa.receiptsOf = receiptsOf;
    expect(await watch()).toBeNull();
    expect((await listOf(giulia)).debts).toMatchObject([{ status: 'PAID' }]);
  });

  it('is tried again while GPD does not answer', async () => {
    await create();
    town.pass(40 * dayMs);
    town.pagopa.isDown = true;
    expect(await watch()).toEqual(new Date(town.services.clock.now().getTime() + 3_600_000));
    expect(await state()).toEqual(['CREATED']);
  });

  it('and of which nobody was told is withdrawn after a day: GPD may hold it', async () => {
    town.pagopa.position = async () => ({ outcome: 'unknown' });
    await create();
    town.pass(dayMs - 1);
    expect(await watch()).not.toBeNull();
    expect(town.pagopa.withdrawn).toEqual([]);
    town.pass(1);
    expect(await watch()).toBeNull();
    expect([town.pagopa.withdrawn.length, await state()]).toEqual([1, ['DROPPED']]);
  });

  it('was paid all the same when money comes late', async () => {
    await create({ instalmentIds: [idOf(returned)] });
    town.pass(40 * dayMs);
    await watch();
    expect(await state()).toEqual(['WITHDRAWN']);
    await payLastCart();
    expect((await listOf(giulia)).debts).toMatchObject([{ status: 'PAID' }]);
    expect(await instalments('DIRECT_DEBIT_RETURNED')).toEqual([]);
  });

  it('leaves its key free for another', async () => {
    const once = { idempotencyKey: 'again' };
    town.pagopa.cart = async () => ({ outcome: 'unavailable' });
    await create(once);
    town.pagopa.cart = null;
    town.pass(40 * dayMs);
    await watch();
    const again = await create(once);
    expect(again.__typename).toBe('SpontaneousPaymentStarted');
    expect(await state()).toEqual(['WITHDRAWN', 'CREATED']);
  });
});
