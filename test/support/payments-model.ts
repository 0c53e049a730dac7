import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { memoryAudit } from '../../core/audit.ts';
import { silentLog } from '../../core/log.ts';
import {
  createNumeroAvviso,
  type EuroCents,
  iuvOf,
  type NumeroAvviso,
  parseCodiceFiscale,
  romeDateOf,
  toInstant,
} from '../../core/values/index.ts';
import type { PositionKey } from '../../legacy/ports/keys.ts';
import type { DebtRecord } from '../../legacy/ports/payments.port.ts';
import { findByNotice } from '../../subgraphs/payments/debt/debt-view.loader.ts';
import { createListenerHandlers } from '../../subgraphs/payments/listener/create-listener-handlers.ts';
import { askReceipts } from '../../subgraphs/payments/receipts/ask-receipts.job.ts';
import { receiveReceipt } from '../../subgraphs/payments/receipts/receive-receipt.action.ts';
import type { SessionState } from '../../subgraphs/payments/records/session.store.ts';
import { cancelPaymentSession } from '../../subgraphs/payments/sessions/cancel-session.action.ts';
import { type OpenedSession, openSession } from '../../subgraphs/payments/sessions/open-session.action.ts';
import type { NewCart, PagopaReceipt } from '../../subgraphs/shared/pagopa/pagopa.port.ts';
import type { RequestContext } from '../../subgraphs/shared/request-context.ts';
import { createSettlements } from '../../subgraphs/shared/settlements/settlement.store.ts';
import { type FakePagopa, fakePagopa, receiptOf } from './fake-pagopa.ts';
import { payingRules } from './paying-rules.ts';
import { claudia } from './people.ts';

const creditor = parseCodiceFiscale('00300120169');
const debtCount = 3;
const cent = (cents: number) => cents as EuroCents;
let base = 0;

/** A town with debts of its own, in a database that other runs share: what they do never meets. */
export class World {
  moment = Date.parse('2026-10-15T07:00:00Z');
  readonly debts: readonly DebtRecord[];
  readonly pagopa: FakePagopa;
  readonly context: RequestContext;
  /** Carts that a payer was sent to. */
  readonly handedOut: NewCart[] = [];
  /** Everything that pagoPA has a receipt of; those that `receive` said it kept. */
  readonly receipts: PagopaReceipt[] = [];
  readonly kept = new Set<string>();
  readonly wasPaid = new Set<string>();
  readonly wasState = new Map<string, SessionState>();
  readonly jobs = new Set<string>();
  /** What pagoPA's node is collecting: of each debt the cart and the moment at which it gives up. */
  readonly tokens = new Map<string, { readonly cartId: string | null; readonly until: number }>();

  constructor(readonly database: DataSource) {
    this.debts = Array.from({ length: debtCount }, () => newDebt());
    const now = () => new Date(this.moment);
    this.pagopa = fakePagopa(now);
    this.context = {
      legacy: {
        anagrafe: { municipality: async () => ({ codiceFiscale: creditor, name: 'Comune' }) },
        payments: {
          debtsByIuv: async (iuvs: readonly string[]) =>
            iuvs.map((iuv) => this.debts.find((one) => one.iuv === iuv) ?? null),
          debtsByNotice: async (notices: readonly { numeroAvviso: NumeroAvviso }[]) =>
            notices.map(
              ({ numeroAvviso }) => this.debts.find((one) => one.numeroAvviso === numeroAvviso) ?? null,
            ),
        },
      },
      database,
      settlements: createSettlements(database),
      jobs: { add: async (_: unknown, __: string, key: string) => void this.jobs.add(key) },
      pagopa: this.pagopa,
      paying: { ...payingRules, returnOrigins: [] },
      clock: { now, today: () => romeDateOf(now()) },
      log: silentLog,
      audit: memoryAudit(),
      caller: claudia,
      requestId: 'model',
      language: 'it',
      today: romeDateOf(now()),
    } as unknown as RequestContext;
  }

  start(
    which: readonly number[],
    key: number,
    context = this.context,
    signal?: AbortSignal,
  ): Promise<OpenedSession> {
    const items = which.map((index) => {
      const { iuv, numeroAvviso, amount, debtor } = this.debts[index] as DebtRecord;
      return { creditor, iuv, numeroAvviso, amount, debtor, description: 'Fattura', childKey: null };
    });
    const content = Buffer.from(which.join()).toString('hex').padEnd(64, '0');
    const request = {
      key: Buffer.from(`${this.debts[0]?.iuv}/${key}`).toString('hex'),
      otherKeys: [],
      content,
    };
    const event = { action: 'Payment.start', subjectIds: [] };
    const returnAddress = new URL('https://portal.test/');
    const asked = { request, creditor, creditorName: 'Comune', items, email: null, returnAddress, event };
    return openSession(context, asked, signal);
  }

  /** Somebody else may begin to pay meanwhile: a lock is held by pagoPA before or after. */
  async startAndSend(which: readonly number[], key: number): Promise<void> {
    const before = new Set(which.filter((index) => this.isCollected(this.debts[index] as DebtRecord)));
    const opened = await this.start(which, key);
    if (opened.outcome === 'locked') {
      for (const { iuv } of opened.locks) {
        const index = this.debts.findIndex((debt) => debt.iuv === iuv);
        if (!before.has(index) && !this.isCollected(this.debts[index] as DebtRecord))
          throw new Error(`${iuv} was refused as locked, and pagoPA collects nothing.`);
      }
    }
    if (opened.outcome !== 'open') return;
    const cart = this.pagopa.carts.find(
      ({ cartId }) => opened.session.checkoutUrl === `https://checkout.test/${cartId}`,
    );
    if (cart !== undefined && !this.handedOut.includes(cart)) this.handedOut.push(cart);
  }

  isCollected({ iuv }: DebtRecord): boolean {
    return (this.tokens.get(iuv)?.until ?? 0) > this.moment;
  }

  /**
   * The node begins to collect: refused by itself while it collects or has a receipt, and otherwise by the station's
   * answer. `isHeard` false: its connection breaks before the answer, and it collects nothing.
   */
  async activate(debt: DebtRecord, cartId: string | null, isHeard = true): Promise<boolean> {
    const { iuv, numeroAvviso } = debt;
    if (this.isCollected(debt) || this.pagopa.paid.some((one) => one.iuv === iuv)) return false;
    const asked = { creditor, numeroAvviso, amount: null, cartId };
    if (!isHeard) {
      const answer = createListenerHandlers(this.context).getPayment(asked, AbortSignal.abort());
      await answer.catch(() => undefined);
      return false;
    }
    // Nobody else is let in while the station is asked.
    this.tokens.set(iuv, { cartId, until: this.moment + 30 * 60_000 });
    const { outcome } = await createListenerHandlers(this.context).getPayment(asked);
    if (outcome === 'fault') this.tokens.delete(iuv);
    return outcome === 'payable';
  }

  /** Checkout begins to collect each notice of a cart; those that it could stay collected until their time is over. */
  async activateCart({ cartId, notices }: NewCart): Promise<boolean> {
    let isWhole = true;
    for (const { numeroAvviso } of notices) {
      const debt = this.debts.find((one) => one.numeroAvviso === numeroAvviso) as DebtRecord;
      if (this.tokens.get(debt.iuv)?.cartId !== cartId || !this.isCollected(debt))
        isWhole = (await this.activate(debt, cartId)) && isWhole;
    }
    return isWhole;
  }

  /** A payment that failed: the node sends a receipt that says so. */
  async fail({ iuv }: DebtRecord): Promise<void> {
    if (!this.tokens.delete(iuv)) return;
    await createListenerHandlers(this.context).release({ creditor, iuv });
  }

  async cancel({ cartId }: NewCart): Promise<void> {
    const [row] = await this.database.query<{ id: string }[]>(
      'SELECT id FROM payment_session WHERE cart_id = $1',
      [cartId],
    );
    const result = await cancelPaymentSession(this.context, row?.id ?? '');
    if (!('lockedUntil' in result) || result.lockedUntil === null) return;
    const isTrue = [...this.tokens.values()].some(
      (token) => token.cartId === cartId && token.until >= Date.parse(String(result.lockedUntil)),
    );
    if (!isTrue) throw new Error('A session could not be cancelled, and pagoPA collects nothing for it.');
  }

  /** A process that dies when it has asked for its cart, whether or not there is one by then. */
  async startAndDie(which: readonly number[], key: number): Promise<void> {
    const died = new Promise<void>((resolve) => {
      this.pagopa.cart = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    await Promise.race([died, this.start(which, key, this.context, new AbortController().signal)]);
    this.pagopa.cart = null;
  }

  async receive(receipt: PagopaReceipt, source: 'NODE' | 'POLL' = 'NODE'): Promise<void> {
    await receiveReceipt(this.context, receipt, source);
    this.kept.add(receipt.receiptId);
  }

  /** A process that dies before its transaction is committed. */
  async receiveAndDie(receipt: PagopaReceipt): Promise<void> {
    const dying = Object.create(this.database) as DataSource;
    dying.transaction = ((work: (manager: unknown) => Promise<unknown>) =>
      this.database.transaction(async (manager) => {
        await work(manager);
        throw new Error('died');
      })) as never;
    await receiveReceipt({ ...this.context, database: dying }, receipt, 'NODE').catch(() => undefined);
  }

  async poll(isDown: boolean): Promise<void> {
    const { receiptsOf } = this.pagopa;
    if (isDown) this.pagopa.receiptsOf = async () => Promise.reject(new Error('down'));
    for (const key of this.jobs) {
      const run = askReceipts.run(this.context, key, AbortSignal.timeout(10_000));
      if (isDown) await run.catch(() => undefined);
      else {
        await run;
        // What it asked about it has kept.
        await this.noteKept();
      }
    }
    this.pagopa.receiptsOf = receiptsOf;
  }

  /** Receipts are found by our tables here: a poll keeps those of its own session only. */
  private async noteKept(): Promise<void> {
    for (const { receipt_id } of await this.rows<{ receipt_id: string }>(
      'SELECT receipt_id FROM payment_receipt WHERE iuv = ANY($1)',
    ))
      this.kept.add(receipt_id);
  }

  rows<Row>(text: string): Promise<Row[]> {
    return this.database.query(text, [this.debts.map(({ iuv }) => iuv)]);
  }

  /** What must be true at every moment. */
  async check(): Promise<void> {
    const settlements = await this.rows<{ iuv: string; n: number }>(
      'SELECT iuv, count(*)::int AS n FROM settlement WHERE iuv = ANY($1) GROUP BY iuv',
    );
    for (const { iuv, n } of settlements) if (n > 1) throw new Error(`${iuv} was settled ${n} times.`);
    const receipts = await this.rows<{ iuv: string; receipt_id: string; settles: boolean }>(
      'SELECT iuv, receipt_id, settles FROM payment_receipt WHERE iuv = ANY($1)',
    );
    for (const id of this.kept)
      if (!receipts.some(({ receipt_id }) => receipt_id === id)) throw new Error(`Receipt ${id} is lost.`);
    for (const { iuv } of receipts) {
      if (receipts.filter((one) => one.iuv === iuv && one.settles).length !== 1)
        throw new Error(`${iuv} has receipts, and not one that settles.`);
      if (!settlements.some((one) => one.iuv === iuv)) throw new Error(`${iuv} has money and no settlement.`);
    }
    await this.checkSessions();
    for (const debt of this.debts) {
      const view = await findByNotice(this.context, debt);
      const isPaid = view?.status === 'PAID';
      const until = this.tokens.get(debt.iuv)?.until ?? 0;
      const isLocked = view?.status === 'PAYMENT_IN_PROGRESS';
      if (isLocked && !(until > this.moment && until >= Date.parse(view.lockedUntil ?? '')))
        throw new Error(`${debt.iuv} is shown as locked, and pagoPA does not collect it.`);
      if (!isLocked && !isPaid && until > this.moment)
        throw new Error(`${debt.iuv} is collected by pagoPA and not shown so.`);
      if (this.wasPaid.has(debt.iuv) && !isPaid) throw new Error(`${debt.iuv} was paid and is not any more.`);
      if (isPaid) this.wasPaid.add(debt.iuv);
      if (isPaid !== settlements.some(({ iuv }) => iuv === debt.iuv))
        throw new Error(`${debt.iuv} is shown otherwise than it was settled.`);
    }
  }

  private async checkSessions(): Promise<void> {
    const sessions = await this.rows<{
      id: string;
      state: SessionState;
      unpaid: number;
    }>(
      `SELECT s.id, s.state, count(*) FILTER (WHERE i.receipt_id IS NULL)::int AS unpaid
       FROM payment_session s JOIN payment_session_item i ON i.session_id = s.id
       WHERE s.id IN (SELECT session_id FROM payment_session_item WHERE iuv = ANY($1)) GROUP BY s.id`,
    );
    for (const { id, state, unpaid } of sessions) {
      const before = this.wasState.get(id) ?? 'STARTED';
      if (before !== state && (rank[before] >= rank[state] || before === 'SETTLED'))
        throw new Error(`A session went from ${before} to ${state}.`);
      this.wasState.set(id, state);
      if ((state === 'SETTLED') !== (unpaid === 0)) throw new Error(`${state} with ${unpaid} unpaid items.`);
    }
  }

  /** When everything has come in at last: all money is known, and whoever paid a cart sees it settled. */
  async checkEnd(): Promise<void> {
    for (const receipt of this.receipts) await this.receive(receipt);
    await this.check();
    const paid = new Set(this.receipts.map(({ iuv }) => iuv));
    for (const iuv of paid)
      if (!this.wasPaid.has(iuv)) throw new Error(`${iuv} was paid and is not shown so.`);
    for (const { cartId, notices } of this.handedOut) {
      const isPaid = notices.every((notice) =>
        this.receipts.some((one) => one.cartId === cartId && one.numeroAvviso === notice.numeroAvviso),
      );
      const [row] = await this.database.query<{ state: string }[]>(
        'SELECT state FROM payment_session WHERE cart_id = $1',
        [cartId],
      );
      if (isPaid && row?.state !== 'SETTLED') throw new Error(`A cart that was paid is ${row?.state}.`);
    }
  }
}

const rank: Readonly<Record<SessionState, number>> = { STARTED: 0, FAILED: 1, EXPIRED: 1, SETTLED: 2 };

function newDebt(): DebtRecord {
  base++;
  const numeroAvviso = createNumeroAvviso({ segregationCode: 1, base });
  return {
    key: String(base) as PositionKey,
    creditor,
    debtor: claudia.codiceFiscale,
    iuv: iuvOf(numeroAvviso),
    numeroAvviso,
    description: 'Mensa',
    amount: cent(1_000 + base),
    dueOn: null,
    status: 'PAYABLE',
    childKey: null,
    instalment: null,
    receipt: null,
  };
}

type Step = (world: World) => Promise<unknown>;
class Command implements fc.AsyncCommand<object, World> {
  constructor(
    readonly name: string,
    readonly step: Step,
  ) {}
  check = () => true;
  async run(_: object, world: World): Promise<void> {
    await this.step(world);
    await world.check();
  }
  toString = () => this.name;
}

const which = fc.subarray([0, 1, 2], { minLength: 1 });
const key = fc.integer({ min: 0, max: 2 });
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(list.length, 1)];
const at = fc.nat(20);

const command = <T>(
  name: string,
  values: fc.Arbitrary<T>,
  step: (world: World, value: T) => Promise<unknown>,
) => values.map((value) => new Command(`${name}(${JSON.stringify(value)})`, (world) => step(world, value)));

async function payCart(world: World, index: number, isTwice: boolean): Promise<void> {
  const cart = pick(world.handedOut, index);
  if (cart === undefined) return;
  if (!isTwice) {
    if (await world.activateCart(cart)) world.receipts.push(...world.pagopa.pay(cart));
    return;
  }
  // pagoPA lets it happen all the same: the money is there and must be known.
  const paidAt = toInstant(new Date(world.moment));
  const receipts = cart.notices.map((notice) => receiptOf(notice, { paidAt, cartId: cart.cartId }));
  world.pagopa.paid.push(...receipts);
  world.receipts.push(...receipts);
}

async function payElsewhere(world: World, [index, difference]: readonly [number, number]): Promise<void> {
  const debt = world.debts[index] as DebtRecord;
  if (!(await world.activate(debt, null))) return;
  const amount = cent(debt.amount + difference);
  const receipt = receiptOf({ ...debt, amount }, { paidAt: toInstant(new Date(world.moment)) });
  world.pagopa.paid.push(receipt);
  world.receipts.push(receipt);
}

async function reconcile(world: World, index: number): Promise<void> {
  const debt = world.debts[index] as DebtRecord;
  // What was settled by a receipt before is reconciled as the same payment elsewhere; here it only comes first.
  if (world.wasPaid.has(debt.iuv)) return;
  const { iuv, debtor, amount } = debt;
  const evidence = `flow-${iuv}`;
  const row = { creditor, iuv, debtor, amount, paidOn: null, source: 'RECONCILIATION' as const, evidence };
  await world.context.settlements.record([{ ...row, record: {} as never }], new Date(world.moment));
}

export const commands = fc.commands(
  [
    command('start', fc.tuple(which, key), (world, [debts, k]) => world.startAndSend(debts, k)),
    command('start', fc.tuple(which, key), (world, [debts, k]) => world.startAndSend(debts, k)),
    command('startAtOnce', fc.array(fc.tuple(which, key), { minLength: 2, maxLength: 4 }), (world, all) =>
      Promise.all(all.map(([debts, k]) => world.startAndSend(debts, k))),
    ),
    command('startAndDie', fc.tuple(which, key), (world, [debts, k]) => world.startAndDie(debts, k)),
    command('startWhileDown', fc.tuple(which, key), async (world, [debts, k]) => {
      world.pagopa.isDown = true;
      await world.startAndSend(debts, k);
      world.pagopa.isDown = false;
    }),
    command('pay', at, async (world, index) => payCart(world, index, false)),
    command('pay', at, async (world, index) => payCart(world, index, false)),
    command('beginToPay', at, async (world, index) => {
      const cart = pick(world.handedOut, index);
      if (cart !== undefined) await world.activateCart(cart);
    }),
    command('beginUnheard', fc.nat(debtCount - 1), (world, index) =>
      world.activate(world.debts[index] as DebtRecord, null, false),
    ),
    command('beginElsewhere', fc.nat(debtCount - 1), (world, index) =>
      world.activate(world.debts[index] as DebtRecord, null),
    ),
    command('fail', fc.nat(debtCount - 1), (world, index) => world.fail(world.debts[index] as DebtRecord)),
    command('cancel', at, async (world, index) => {
      const cart = pick(world.handedOut, index);
      if (cart !== undefined) await world.cancel(cart);
    }),
    command('payTwice', at, async (world, index) => payCart(world, index, true)),
    command(
      'payElsewhere',
      fc.tuple(fc.nat(debtCount - 1), fc.constantFrom(0, 0, -1, 5)),
      async (world, value) => payElsewhere(world, value),
    ),
    command('deliver', at, async (world, index) => {
      const receipt = pick(world.receipts, index);
      if (receipt !== undefined) await world.receive(receipt);
    }),
    command('deliverAndDie', at, async (world, index) => {
      const receipt = pick(world.receipts, index);
      if (receipt !== undefined) await world.receiveAndDie(receipt);
    }),
    command(
      'everythingAtOnce',
      fc.tuple(fc.array(at, { maxLength: 5 }), which, key),
      (world, [order, debts, k]) =>
        Promise.all([
          ...order.flatMap((index) => {
            const receipt = pick(world.receipts, index);
            return receipt === undefined ? [] : [world.receive(receipt), world.receive(receipt, 'POLL')];
          }),
          world.startAndSend(debts, k),
          ...world.handedOut.slice(0, 2).map((cart) => world.activateCart(cart)),
          ...world.handedOut.slice(1, 3).map((cart) => world.cancel(cart)),
          world.poll(false),
        ]),
    ),
    command('poll', fc.boolean(), (world, isDown) => world.poll(isDown)),
    command('reconcile', fc.nat(debtCount - 1), (world, index) => reconcile(world, index)),
    command('pass', fc.constantFrom(5_000, 60_000, 31 * 60_000), async (world, ms) => {
      world.moment += ms;
    }),
  ],
  { maxCommands: 14, size: 'max' },
);
