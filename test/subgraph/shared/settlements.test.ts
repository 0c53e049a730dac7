import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orThrow } from '../../../core/unreadable.ts';
import { parseCodiceFiscale, parseEuroCents } from '../../../core/values/index.ts';
import { openLegacy } from '../../../legacy/open-legacy.ts';
import type { Legacy } from '../../../legacy/ports/legacy.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import type { InstalmentStatus } from '../../../legacy/ports/school-billing.port.ts';
import type { Settled } from '../../../subgraphs/shared/settlements/settlement.store.ts';
import { askSubgraph } from '../../support/ask-subgraph.ts';
import { legacyTown, testClock } from '../../support/databases.ts';
import { paymentsSubgraph } from '../../support/paying-town.ts';
import { alone, claudia } from '../../support/people.ts';

const everything = { issuedFrom: null, issuedTo: null, status: null, schoolYear: null };
const first = { first: 100, after: null };
const today = testClock.today();

describe('what was settled, over what the legacy system shows', () => {
  let legacy: Legacy;
  /** Of an instalment of which nothing was paid, and of one that was paid in part at the counter. */
  let debt: DebtRecord;
  let remainder: DebtRecord;
  let paidDebt: DebtRecord;
  beforeAll(async () => {
    legacy = openLegacy({ vendor: 'hypersic', url: await legacyTown() });
    const [debts = []] = await legacy.payments.debtsOf([claudia.codiceFiscale], []);
    const ofRate = debts.filter(({ instalment }) => instalment !== null);
    const rate = await legacy.schoolBilling.instalments(
      alone(claudia.codiceFiscale),
      ofRate.flatMap(({ instalment }) => instalment ?? []),
      basis([]),
    );
    const find = (status: InstalmentStatus) =>
      ofRate[rate.findIndex((one) => orThrow(one)?.status === status)] as DebtRecord;
    debt = find('OVERDUE');
    remainder = find('PARTIALLY_PAID');
    paidDebt = find('PAID');
  });
  afterAll(() => legacy.close());

  const basis = (settled: readonly Settled[]) => ({ today, settled });
  const settledWith = (amount: number, of = debt) => basis([{ iuv: of.iuv, amount: parseEuroCents(amount) }]);
  const rata = async (under: ReturnType<typeof basis>, of = debt) => {
    const key = of.instalment;
    if (key === null) throw new Error('A debt of an instalment was expected.');
    const [instalment = null] = await legacy.schoolBilling.instalments(
      alone(claudia.codiceFiscale),
      [key],
      under,
    );
    return orThrow(instalment);
  };
  const withStatus = async (status: InstalmentStatus, under: ReturnType<typeof basis>) => {
    const filter = { ...everything, status: [status] };
    const page = await legacy.schoolBilling.instalmentsOf(
      alone(claudia.codiceFiscale),
      null,
      filter,
      first,
      under,
    );
    return [page.totalCount, page.rows.some(({ iuv }) => iuv === debt.iuv)];
  };

  it('makes an instalment paid, in its figures, its condition, its invoice and every list', async () => {
    const before = await rata(basis([]));
    const status = before?.status as InstalmentStatus;
    expect([before?.paid, status]).toEqual([0, 'OVERDUE']);
    const under = settledWith(debt.amount);
    expect(await rata(under)).toEqual({ ...before, paid: before?.amount, status: 'PAID' });

    const [unpaidBefore, isListed] = await withStatus(status, basis([]));
    const [paidBefore] = await withStatus('PAID', basis([]));
    expect([isListed, await withStatus(status, under), await withStatus('PAID', under)]).toEqual([
      true,
      [Number(unpaidBefore) - 1, false],
      [Number(paidBefore) + 1, true],
    ]);

    const key = debt.instalment as NonNullable<DebtRecord['instalment']>;
    const paidOf = async (at: ReturnType<typeof basis>) =>
      orThrow((await legacy.schoolBilling.invoices(alone(claudia.codiceFiscale), [key], at))[0] ?? null)
        ?.paid;
    expect(Number(await paidOf(under)) - Number(await paidOf(basis([])))).toBe(debt.amount);
    const listed = await legacy.schoolBilling.invoicesOf(
      alone(claudia.codiceFiscale),
      null,
      everything,
      first,
      under,
    );
    const own = listed.rows.find(
      (invoice) => invoice.key.year === key.year && invoice.key.number === key.number,
    );
    expect(own?.paid).toBe(await paidOf(under));
  });

  it('of a part makes it partly paid, and never more than paid', async () => {
    expect(await rata(settledWith(1))).toMatchObject({ paid: 1, status: 'PARTIALLY_PAID' });
    expect(await rata(settledWith(debt.amount + 500))).toMatchObject({ paid: debt.amount, status: 'PAID' });
  });

  it('adds to what was paid at the counter', async () => {
    const before = await rata(basis([]), remainder);
    expect(before).toMatchObject({
      status: 'PARTIALLY_PAID',
      paid: Number(before?.amount) - remainder.amount,
    });
    const after = await rata(settledWith(remainder.amount, remainder), remainder);
    expect(after).toEqual({ ...before, paid: before?.amount, status: 'PAID' });
  });

  it('is not counted again once the legacy system shows it', async () => {
    const before = await rata(basis([]), paidDebt);
    expect(await rata(settledWith(paidDebt.amount, paidDebt), paidDebt)).toEqual(before);
  });

  it('of another IUV changes nothing', async () => {
    const other = basis([{ ...settledWith(100).settled[0], iuv: '000000000000000' } as Settled]);
    expect(await rata(other)).toEqual(await rata(basis([])));
  });

  it('shows the debt as paid to its debtor, and its notice to who holds it', async () => {
    const { schema } = await paymentsSubgraph();
    const query = `query ($n: NumeroAvviso!, $c: CodiceFiscale!, $of: [_Any!]!) {
      paymentNotice(numeroAvviso: $n, creditor: $c) { status }
      _entities(representations: $of) { ... on Citizen { debts(status: [PAID]) { iuv } } }
    }`;
    const of = [{ __typename: 'Citizen', id: claudia.id }];
    const variables = { n: debt.numeroAvviso, c: debt.creditor, of };
    const settled = settledWith(debt.amount).settled;
    const settlements = { ofDebtors: async () => settled, ofIuvs: async () => settled };
    const { data } = await askSubgraph(schema, query, claudia, legacy, variables, null, settlements);
    expect(data).toEqual({
      paymentNotice: { status: 'PAID' },
      _entities: [{ debts: expect.arrayContaining([{ iuv: debt.iuv }]) }],
    });
  });

  it('is asked for the caller alone', async () => {
    const { schema } = await paymentsSubgraph();
    const asked: string[] = [];
    const ofDebtors = async (debtors: readonly string[]) => {
      asked.push(...debtors);
      return [];
    };
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { debts { id } } } }`;
    const of = [{ __typename: 'Citizen', id: claudia.id }];
    await askSubgraph(schema, query, claudia, legacy, { of }, null, { ofDebtors });
    expect(asked).toEqual([parseCodiceFiscale(claudia.codiceFiscale)]);
  });
});
