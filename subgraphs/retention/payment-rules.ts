import { period } from '../../core/retention-config.ts';
import type { RetentionRule } from './retention-rule.ts';
import { areUnrestricted } from './unrestricted.ts';

const money = {
  ...period('RETENTION_MONEY_DAYS'),
  ground: 'accounting records, ten years (codice civile art. 2220; D.Lgs. 267/2000)',
} as const;

const isUnrestricted = areUnrestricted('p.owner', 'p.payer');
export const unpaidDue = `FROM spontaneous_payment p WHERE p.state IN ('DROPPED', 'WITHDRAWN') AND p.created_at < $1 AND ${isUnrestricted}
  AND NOT EXISTS (SELECT FROM payment_receipt r WHERE r.iuv = p.iuv AND r.creditor = p.creditor)
  AND NOT EXISTS (SELECT FROM settlement s WHERE s.iuv = p.iuv AND s.creditor = p.creditor)`;
const paidDue = `FROM spontaneous_payment p WHERE p.state IN ('RECORDED', 'CREATED', 'DROPPED', 'WITHDRAWN') AND p.created_at < $1 AND ${isUnrestricted}
  AND NOT EXISTS (SELECT FROM spontaneous_instalment i WHERE i.payment_id = p.id AND i.is_open)
  AND NOT EXISTS (SELECT FROM payment_receipt r WHERE r.iuv = p.iuv AND r.creditor = p.creditor)
  AND NOT EXISTS (SELECT FROM settlement s WHERE s.iuv = p.iuv AND s.creditor = p.creditor)`;
export const removeSpontaneous = (
  from: string,
) => `WITH due AS (SELECT p.id ${from} LIMIT $2 FOR UPDATE OF p SKIP LOCKED),
  parts AS (DELETE FROM spontaneous_instalment i USING due WHERE i.payment_id = due.id),
  gone AS (DELETE FROM spontaneous_payment p USING due WHERE p.id = due.id) SELECT count(*)::int AS count FROM due`;

/**
 * SQL: whether no item of a session is as the condition says, nor about a restricted person. Looked up for one session after
 * another, which a scalar query forces: as a join it would read all items for each step.
 */
const hasNoItem = (condition: string) =>
  `${areUnrestricted('s.owner')} AND (SELECT bool_or(${condition} OR NOT (${areUnrestricted('i.debtor')}))
    FROM payment_session_item i WHERE i.session_id = s.id) IS NOT TRUE`;

export const unpaidSessions = `FROM payment_session s WHERE s.state IN ('FAILED', 'EXPIRED') AND s.ended_at < $1
  AND ${hasNoItem(`i.receipt_id IS NOT NULL OR EXISTS (SELECT FROM payment_receipt r
    WHERE r.iuv = i.iuv AND r.creditor = i.creditor AND r.cart_id = s.cart_id::text)`)}`;
const paidSessions = `FROM payment_session s WHERE s.state IN ('SETTLED', 'FAILED', 'EXPIRED') AND s.ended_at < $1
  AND ${hasNoItem('EXISTS (SELECT FROM payment_receipt r WHERE r.iuv = i.iuv AND r.creditor = i.creditor)')}`;
export const removeSessions = (
  from: string,
) => `WITH due AS (SELECT s.id ${from} LIMIT $2 FOR UPDATE OF s SKIP LOCKED)
  SELECT CASE WHEN count(*) > 0 THEN remove_sessions(array_agg(id)) ELSE 0 END AS count FROM due`;

const activationsDue = `FROM payment_activation WHERE locked_until < $1 AND ${areUnrestricted('debtor')}`;

/** SQL: whether no row of money of a debt is young or about a restricted person, and no session is under way. */
const isOverDebt = `NOT EXISTS (SELECT FROM settlement s WHERE s.iuv = debt.iuv AND s.creditor = debt.creditor
    AND (s.recorded_at >= $1 OR NOT (${areUnrestricted('s.debtor')})
      OR EXISTS (SELECT FROM settlement_instalment i WHERE i.settlement_id = s.id)))
  AND NOT EXISTS (SELECT FROM payment_receipt r WHERE r.iuv = debt.iuv AND r.creditor = debt.creditor
    AND (r.received_at >= $1 OR NOT (${areUnrestricted('r.debtor', 'r.payer')})))
  AND NOT EXISTS (SELECT FROM payment_session_item i JOIN payment_session s ON s.id = i.session_id
    WHERE i.iuv = debt.iuv AND i.creditor = debt.creditor AND s.state = 'STARTED')`;

const settledDebts = `FROM (SELECT creditor, iuv, min(at) AS at FROM (
    SELECT creditor, iuv, recorded_at AS at FROM settlement WHERE recorded_at < $1
    UNION ALL SELECT creditor, iuv, received_at FROM payment_receipt WHERE received_at < $1) AS rows
  GROUP BY creditor, iuv) AS debt WHERE ${isOverDebt}`;

/**
 * The next old rows of money behind a place (`$2` to `$4`), `$5` of them at most, with whether their debt is over: a step
 * reads no more, however many debts are kept. Moments are texts, which keep their microseconds.
 */
export const nextDebts = `WITH next AS MATERIALIZED (
    SELECT * FROM (
      (SELECT recorded_at AS at, creditor, iuv FROM settlement
        WHERE recorded_at < $1 AND (recorded_at, creditor, iuv) > ($2::timestamptz, $3, $4)
        ORDER BY recorded_at, creditor, iuv LIMIT $5)
      UNION
      (SELECT received_at, creditor, iuv FROM payment_receipt
        WHERE received_at < $1 AND (received_at, creditor, iuv) > ($2::timestamptz, $3, $4)
        ORDER BY received_at, creditor, iuv LIMIT $5)
    ) AS rows ORDER BY at, creditor, iuv LIMIT $5)
  SELECT debt.at::text AS at, debt.creditor, debt.iuv, ${isOverDebt} AS "isOver"
  FROM next debt ORDER BY debt.at, debt.creditor, debt.iuv`;

export const paymentRules: readonly RetentionRule[] = [
  {
    id: 'sessions',
    what: 'payment sessions that ended without a payment',
    tables: ['payment_session', 'payment_session_item'],
    ...period('RETENTION_SESSIONS_DAYS'),
    ground: 'GDPR art. 5(1)(e): disputes about an attempt are over',
    due: unpaidSessions,
    since: 's.ended_at',
    remove: removeSessions(unpaidSessions),
  },
  {
    id: 'spontaneous',
    what: 'spontaneous payments that were never paid',
    tables: ['spontaneous_payment', 'spontaneous_instalment'],
    ...period('RETENTION_SPONTANEOUS_DAYS'),
    ground: 'GDPR art. 5(1)(e): pagoPA no longer has the position',
    due: unpaidDue,
    since: 'p.created_at',
    remove: removeSpontaneous(unpaidDue),
  },
  {
    id: 'activations',
    what: 'when pagoPA last asked for a debt',
    tables: ['payment_activation'],
    variable: null,
    days: 90,
    leastDays: 90,
    ground: 'technical: it locks a debt for half an hour',
    due: activationsDue,
    since: 'locked_until',
    remove: `WITH due AS (SELECT iuv, creditor ${activationsDue} LIMIT $2 FOR UPDATE SKIP LOCKED),
      gone AS (DELETE FROM payment_activation a USING due WHERE (a.iuv, a.creditor) = (due.iuv, due.creditor))
      SELECT count(*)::int AS count FROM due`,
  },
  {
    ...money,
    id: 'money',
    what: 'receipts and settlements of debts that the legacy system shows as paid or no longer has',
    tables: ['payment_receipt', 'settlement', 'settlement_instalment'],
    // Counted by run-retention, which asks the legacy system.
    due: settledDebts,
    since: 'at',
    remove: null,
  },
  {
    ...money,
    id: 'paid-sessions',
    what: 'sessions of which the receipts are gone',
    tables: ['payment_session', 'payment_session_item'],
    due: paidSessions,
    since: 's.ended_at',
    remove: removeSessions(paidSessions),
  },
  {
    ...money,
    id: 'paid-spontaneous',
    what: 'spontaneous payments of which the receipts are gone',
    tables: ['spontaneous_payment', 'spontaneous_instalment'],
    due: paidDue,
    since: 'p.created_at',
    remove: removeSpontaneous(paidDue),
  },
];
