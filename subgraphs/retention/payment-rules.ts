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
const paidDue = `FROM spontaneous_payment p WHERE p.created_at < $1 AND ${isUnrestricted}
  AND NOT EXISTS (SELECT FROM spontaneous_instalment i WHERE i.payment_id = p.id AND i.is_open)
  AND NOT EXISTS (SELECT FROM payment_receipt r WHERE r.iuv = p.iuv AND r.creditor = p.creditor)
  AND NOT EXISTS (SELECT FROM settlement s WHERE s.iuv = p.iuv AND s.creditor = p.creditor)`;
export const removeSpontaneous = (
  from: string,
) => `WITH due AS (SELECT p.id ${from} LIMIT $2 FOR UPDATE OF p SKIP LOCKED),
  parts AS (DELETE FROM spontaneous_instalment i USING due WHERE i.payment_id = due.id),
  gone AS (DELETE FROM spontaneous_payment p USING due WHERE p.id = due.id) SELECT count(*)::int AS count FROM due`;

const isUnrestrictedSession = `${areUnrestricted('s.owner')} AND NOT EXISTS (
  SELECT FROM payment_session_item d WHERE d.session_id = s.id AND NOT (${areUnrestricted('d.debtor')}))`;
export const unpaidSessions = `FROM payment_session s WHERE s.state <> 'STARTED' AND s.ended_at < $1 AND ${isUnrestrictedSession}
  AND NOT EXISTS (SELECT FROM payment_session_item i WHERE i.session_id = s.id AND (i.receipt_id IS NOT NULL
    OR EXISTS (SELECT FROM payment_receipt r WHERE r.iuv = i.iuv AND r.creditor = i.creditor AND r.cart_id = s.cart_id::text)))`;
const paidSessions = `FROM payment_session s WHERE s.state <> 'STARTED' AND s.ended_at < $1 AND ${isUnrestrictedSession}
  AND NOT EXISTS (SELECT FROM payment_session_item i
    JOIN payment_receipt r ON r.iuv = i.iuv AND r.creditor = i.creditor WHERE i.session_id = s.id)`;
export const removeSessions = (
  from: string,
) => `WITH due AS (SELECT s.id ${from} LIMIT $2 FOR UPDATE OF s SKIP LOCKED)
  SELECT CASE WHEN count(*) > 0 THEN remove_sessions(array_agg(id)) ELSE 0 END AS count FROM due`;

const activationsDue = `FROM payment_activation WHERE locked_until < $1 AND ${areUnrestricted('debtor')}`;

/** Debts of which every row of money is old enough, and no session is under way. Ordered, so that they can be paged. */
export const settledDebts = `FROM (
    SELECT creditor, iuv, max(at) AS at FROM (
      SELECT creditor, iuv, recorded_at AS at FROM settlement UNION ALL SELECT creditor, iuv, received_at FROM payment_receipt
    ) AS rows GROUP BY creditor, iuv
  ) AS debt WHERE at < $1
  AND NOT EXISTS (SELECT FROM settlement_instalment i JOIN settlement s ON s.id = i.settlement_id
    WHERE s.iuv = debt.iuv AND s.creditor = debt.creditor)
  AND NOT EXISTS (SELECT FROM payment_session_item i JOIN payment_session s ON s.id = i.session_id
    WHERE i.iuv = debt.iuv AND i.creditor = debt.creditor AND s.state = 'STARTED')
  AND NOT EXISTS (SELECT FROM settlement s WHERE s.iuv = debt.iuv AND s.creditor = debt.creditor
    AND NOT (${areUnrestricted('s.debtor')}))
  AND NOT EXISTS (SELECT FROM payment_receipt r WHERE r.iuv = debt.iuv AND r.creditor = debt.creditor
    AND NOT (${areUnrestricted('r.debtor', 'r.payer')}))`;

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
