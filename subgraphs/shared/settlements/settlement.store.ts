import type { DataSource, EntityManager } from 'typeorm';
import { readPrepared } from '../../../core/internals/prepared-statements.ts';
import type { CalendarDate, CodiceFiscale, EuroCents, Iuv } from '../../../core/values/index.ts';
import type { ReconciliationRow } from '../../../legacy/ports/reconciliation.port.ts';
import type { BalanceBasis } from '../../../legacy/ports/school-billing.port.ts';

/** The settlement of one debt: its first known payment; or its part that pays one instalment. */
export type Settled = BalanceBasis['settled'][number];

export interface NewSettlement {
  readonly creditor: CodiceFiscale;
  readonly iuv: string;
  readonly debtor: string | null;
  readonly amount: EuroCents;
  readonly paidOn: CalendarDate | null;
  readonly source: 'RECONCILIATION' | 'RECEIPT';
  readonly evidence: string;
  readonly record: ReconciliationRow;
}

/** The settlements table. Every method is one statement for any number of keys. */
export interface Settlements {
  /** The settlements of these persons' debts, and of their instalments that other debts pay. */
  ofDebtors(debtors: readonly CodiceFiscale[]): Promise<readonly Settled[]>;
  ofIuvs(iuvs: readonly Iuv[]): Promise<readonly Settled[]>;
  /**
   * Stores settlements that are not stored yet; returns whether each was new. A repeated payment is stored once,
   * also within one call.
   */
  record(settlements: readonly NewSettlement[], at: Date): Promise<readonly boolean[]>;
  /**
   * The payments to a creditor between two days (both included), in the order of recording; null for no limit.
   *
   * A payment that a receipt reported first and a partner later is the partner's row, which has the flow.
   */
  paidBetween(
    creditor: CodiceFiscale,
    from: CalendarDate | null,
    to: CalendarDate | null,
  ): AsyncIterable<ReconciliationRow>;
}

const firstOfEach = (condition: string) =>
  `SELECT DISTINCT ON (iuv, creditor) iuv, amount::float8 AS amount FROM settlement
   WHERE ${condition} ORDER BY iuv, creditor, id`;

const firstOfEachInstalment = `SELECT DISTINCT ON (i.year, i.number, i.rata) s.iuv, i.amount::float8 AS amount,
    jsonb_build_object('year', i.year, 'number', i.number, 'rata', i.rata) AS instalment
  FROM settlement_instalment i JOIN settlement s ON s.id = i.settlement_id
  WHERE i.applicant = ANY($1::text[]) ORDER BY i.year, i.number, i.rata, i.settlement_id`;

export const settledOfDebtors = {
  name: 'settled_of_debtors',
  text: `SELECT iuv, amount, NULL::jsonb AS instalment FROM (${firstOfEach('debtor = ANY($1::text[])')}) AS d
    UNION ALL SELECT * FROM (${firstOfEachInstalment}) AS i`,
};

/** SQL: whether a debt was settled. */
export const isSettled = (iuv: string, creditor: string) =>
  `EXISTS (SELECT 1 FROM settlement q WHERE q.iuv = ${iuv} AND q.creditor = ${creditor})`;

/** SQL: the settled debts of a creditor, as rows of `iuv`. */
export const settledDebts = (creditor: string, iuvs: string) =>
  `SELECT iuv FROM settlement WHERE creditor = ${creditor} AND iuv = ANY(${iuvs}::text[])`;

/** SQL: the first settlement of each of a creditor's debts, as rows of `id`, `iuv` and `amount`. */
export const firstSettlements = (creditor: string, iuvs: string) =>
  `(SELECT DISTINCT ON (iuv) id, iuv, amount FROM settlement
    WHERE creditor = ${creditor} AND iuv = ANY(${iuvs}::text[]) ORDER BY iuv, id)`;

/** SQL: stores the instalments that settlements pay; a part that is stored already stays as it is. */
export const insertParts = (parts: string) =>
  `INSERT INTO settlement_instalment (settlement_id, applicant, year, number, rata, amount)
   ${parts} ON CONFLICT DO NOTHING`;

const pageSize = 1_000;

/** On a connection of its own per statement, or within a transaction. */
export function createSettlements(database: DataSource | EntityManager): Settlements {
  return {
    ofDebtors: (debtors) => readPrepared(database, settledOfDebtors, [debtors]),
    ofIuvs: (iuvs) =>
      database.query(`SELECT *, NULL AS instalment FROM (${firstOfEach('iuv = ANY($1::text[])')}) AS d`, [
        iuvs,
      ]),
    async record(settlements, at) {
      const rows = settlements.map((settlement, position) => ({ ...settlement, position }));
      const added = await database.query<{ key: string }[]>(
        `INSERT INTO settlement (creditor, iuv, debtor, amount, paid_on, source, evidence, recorded_at, record)
         SELECT creditor, iuv, debtor, amount, "paidOn", source, evidence, $2, record
         FROM jsonb_to_recordset($1::jsonb) AS r (position integer, creditor text, iuv text, debtor text,
           amount bigint, "paidOn" date, source text, evidence text, record jsonb)
         ORDER BY position
         ON CONFLICT (iuv, creditor, source, evidence) DO NOTHING
         RETURNING jsonb_build_array(creditor, iuv, source, evidence)::text AS key`,
        [JSON.stringify(rows), at],
      );
      const fresh = new Set(added.map(({ key }) => JSON.stringify(JSON.parse(key))));
      // Of a payment that occurs twice in one call the first is the new one.
      return settlements.map(({ creditor, iuv, source, evidence }) =>
        fresh.delete(JSON.stringify([creditor, iuv, source, evidence])),
      );
    },
    async *paidBetween(creditor, from, to) {
      for (let after = '0', length = pageSize; length === pageSize; ) {
        const rows = await database.query<{ id: string; record: ReconciliationRow }[]>(
          `SELECT id, record FROM settlement
           WHERE creditor = $1 AND id > $2 AND ($3::date IS NULL OR paid_on >= $3) AND ($4::date IS NULL OR paid_on <= $4)
             AND NOT (source = 'RECEIPT' AND EXISTS (SELECT 1 FROM settlement AS reported WHERE reported.iuv = settlement.iuv
               AND reported.creditor = settlement.creditor AND reported.source = 'RECONCILIATION'))
           ORDER BY creditor, id LIMIT ${pageSize}`,
          [creditor, after, from, to],
        );
        for (const { record } of rows) yield record;
        length = rows.length;
        after = rows.at(-1)?.id ?? after;
      }
    },
  };
}
