import type { DataSource } from 'typeorm';
import type { RetentionConfig } from '../../core/retention-config.ts';
import type { Iuv } from '../../core/values/index.ts';
import { type AuditKeys } from '../shared/audit/audit-keys.ts';
import { removeOldLinks } from '../shared/audit/old-links.store.ts';
import type { Services } from '../shared/request-context.ts';
import { nextDebts } from './payment-rules.ts';
import { retentionRules } from './retention.table.ts';
import type { RetentionRule } from './retention-rule.ts';

export interface Retention {
  readonly config: RetentionConfig;
  readonly auditKeys: AuditKeys;
}

export type RetentionServices = Pick<Services, 'database' | 'legacy' | 'clock' | 'log'>;

/** As many rows as one statement removes. */
const atOnce = 100;
const auditAtOnce = 1_000;
const dayMs = 24 * 3_600_000;

export interface RuleReport {
  readonly rule: RetentionRule;
  readonly days: number;
  readonly before: Date;
  readonly count: number;
  readonly oldest: Date | null;
}

export function daysOf({ variable, days }: RetentionRule, { config }: Retention): number {
  return variable === null ? days : (config.days[variable] ?? days);
}

/** Counts what would be removed now, and removes nothing. Payments are counted by age only: the legacy system is not asked. */
export async function listOverdue(
  { database, clock }: RetentionServices,
  retention: Retention,
): Promise<readonly RuleReport[]> {
  const reports: RuleReport[] = [];
  for (const rule of retentionRules) {
    const days = daysOf(rule, retention);
    const before = new Date(clock.now().getTime() - days * dayMs);
    const [row] = await ruled<{ count: number; oldest: Date | null }>(
      database,
      retention,
      `SELECT count(*)::float8 AS count, min(${rule.since}) AS oldest ${rule.due}`,
      [before],
    );
    reports.push({ rule, days, before, count: row?.count ?? 0, oldest: row?.oldest ?? null });
  }
  return reports;
}

/**
 * Removes what is over, in steps of one statement or transaction each, so that it may end at any of them. Returns the
 * number by rule. A rule that fails is logged, and the others go on.
 */
export async function runRetention(
  services: RetentionServices,
  retention: Retention,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const removed = new Map<string, number>();
  for (const rule of retentionRules) {
    try {
      for await (const count of stepsOf(services, retention, rule)) {
        if (count > 0) removed.set(rule.id, (removed.get(rule.id) ?? 0) + count);
        if (signal?.aborted) return removed;
      }
    } catch (error) {
      services.log.error('retention.failed', { rule: rule.id, error });
    }
  }
  return removed;
}

/** Yields after each step, how many it removed. */
async function* stepsOf(
  services: RetentionServices,
  retention: Retention,
  rule: RetentionRule,
): AsyncGenerator<number> {
  const { database, clock } = services;
  const now = clock.now();
  const before = new Date(now.getTime() - daysOf(rule, retention) * dayMs);
  if (rule.id === 'money') return yield* removeMoney(services, before);
  for (;;) {
    const count =
      rule.remove === null
        ? await removeOldLinks(database, retention.auditKeys, { before, now, most: auditAtOnce })
        : await removeRows(services, retention, rule.remove, before);
    if (count === 0) return;
    yield count;
  }
}

async function removeRows(
  { database }: RetentionServices,
  retention: Retention,
  remove: string,
  before: Date,
): Promise<number> {
  const [row] = await ruled<{ count: number }>(database, retention, remove, [before, atOnce]);
  return row?.count ?? 0;
}

/** Runs a rule's statement, which reads the procedures with health data from a setting of its transaction. */
function ruled<Row>(
  database: DataSource,
  { config }: Retention,
  statement: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  return database.transaction(async (manager) => {
    await manager.query(`SELECT set_config('school.health', $1, true)`, [config.healthProcedures.join()]);
    return manager.query<Row[]>(statement, [...values]);
  });
}

interface OldDebt {
  readonly at: string;
  readonly creditor: string;
  readonly iuv: Iuv;
  readonly isOver: boolean;
}

/**
 * Removes the money of debts that the legacy system shows as paid or cancelled, or no longer has. Of a debt that it shows
 * as open the settlement is the only proof of the payment: it stays, however old it is.
 */
async function* removeMoney({ database, legacy }: RetentionServices, before: Date): AsyncGenerator<number> {
  for (let after: Omit<OldDebt, 'isOver'> = { at: '-infinity', creditor: '', iuv: '' as Iuv }; ; ) {
    const page = await database.query<OldDebt[]>(nextDebts, [
      before,
      after.at,
      after.creditor,
      after.iuv,
      atOnce,
    ]);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
    // Its settlement and its receipt may both be on the page.
    const byKey = new Map(page.map((debt) => [`${debt.creditor} ${debt.iuv}`, debt]));
    const debts = [...byKey.values()].filter(({ isOver }) => isOver);
    const found =
      debts.length === 0
        ? []
        : await legacy.payments.debtsByIuv(
            debts.map(({ iuv }) => iuv),
            [],
          );
    const over = debts.filter((_, position) => {
      const debt = found[position];
      return (
        debt === null ||
        (debt !== undefined && 'status' in debt && ['PAID', 'CANCELLED'].includes(debt.status))
      );
    });
    for (const [creditor, some] of Map.groupBy(over, (debt) => debt.creditor)) {
      await database.query('SELECT remove_money($1, $2)', [creditor, some.map(({ iuv }) => iuv)]);
    }
    yield over.length;
  }
}
