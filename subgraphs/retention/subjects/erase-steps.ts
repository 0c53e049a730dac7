import { removeSessions, removeSpontaneous, unpaidDue, unpaidSessions } from '../payment-rules.ts';
import { isClosed, removingDrafts, removingFiles } from '../practice-rules.ts';

/** What can be erased at once, table by table. */
export interface EraseStep {
  readonly what: string;
  /** What ended within so many days stays: a request under way may still need it. */
  readonly days: number;
  /** One statement, which returns `count`. `$1` is the moment before which it ended, `$2` most rows, `$3` the person's code. */
  readonly remove: string;
}

const count = 'SELECT count(*)::int AS count FROM due';
const deleted = (from: string) =>
  `WITH due AS (DELETE FROM ${from} RETURNING 1) ${count}, (SELECT $1::timestamptz, $2::int) AS unused`;

/** In the order in which they run. Each may be repeated, and what one leaves behind is erased by the next run. */
export const eraseSteps: readonly EraseStep[] = [
  {
    what: 'drafts with their files',
    days: 0,
    remove: `WITH due AS (SELECT p.id FROM practice p WHERE p.status = 'DRAFT' AND p.applicant = $3
        AND $1::timestamptz IS NOT NULL LIMIT $2 FOR UPDATE), ${removingFiles}, ${removingDrafts} ${count}`,
  },
  {
    what: 'filed applications of which the files are erased: the protocol register has them',
    days: 0,
    remove: `WITH due AS (SELECT p.id FROM practice p WHERE p.applicant = $3 AND ${isClosed} AND $1::timestamptz IS NOT NULL
        AND EXISTS (SELECT FROM practice_attachment a WHERE a.practice_id = p.id) LIMIT $2 FOR UPDATE), ${removingFiles} ${count}`,
  },
  {
    what: 'idempotency keys of applications',
    days: 1,
    remove: deleted(`practice_start_key k USING practice p
      WHERE p.id = k.practice_id AND k.applicant = $3 AND p.created_at < $1`),
  },
  {
    what: 'when the person was entered among the protocol register’s senders',
    days: 1,
    remove: deleted('register_sender WHERE applicant = $3 AND attempted_at < $1'),
  },
  {
    what: 'shares of school data, given, received or of this child',
    days: 0,
    remove: deleted('school_share WHERE $3 IN (giver, recipient, child_code)'),
  },
  {
    what: 'restrictions that were lifted',
    days: 0,
    remove: deleted('subject_restriction WHERE person = $3 AND lifted_at IS NOT NULL'),
  },
  {
    what: 'payment sessions that ended without a payment',
    // A day more than the least that the database keeps: its clock may be another.
    days: 91,
    remove: removeSessions(`${unpaidSessions} AND (s.owner = $3 OR s.owner IS NULL AND NOT EXISTS (
      SELECT FROM payment_session_item i WHERE i.session_id = s.id AND i.debtor <> $3))`),
  },
  {
    what: 'spontaneous payments that were never paid',
    days: 30,
    remove: removeSpontaneous(`${unpaidDue} AND (p.owner = $3 OR p.owner IS NULL AND p.payer = $3)`),
  },
  {
    what: 'when pagoPA last asked for a debt',
    days: 1,
    remove: deleted('payment_activation WHERE debtor = $3 AND locked_until < $1'),
  },
];

const archive =
  'applications that were filed: the town’s archive and procedures, GDPR art. 17(3)(b) and (d); those of other applicants for this child are theirs';
const accounting =
  'accounting records, ten years: GDPR art. 17(3)(b), codice civile art. 2220, D.Lgs. 267/2000';
const attempt =
  'paid: accounting records, ten years; without a payment: disputes about it, 91 days, art. 17(3)(e)';

/** Why rows that are left stay, by table. A table of the export without a ground has none left. */
export const groundsToKeep: Readonly<Record<string, string>> = {
  practice: archive,
  practice_event: archive,
  practice_attachment: 'files of applications that are not decided yet: GDPR art. 17(3)(b)',
  practice_submission: archive,
  practice_integration_request: archive,
  practice_start_key: 'technical: a request of the last day may be repeated',
  register_sender: 'technical: an entry of the last day may be under way',
  payment_session: attempt,
  payment_session_item: attempt,
  payment_activation: 'technical: pagoPA asked for the debt within the last day',
  payment_receipt: accounting,
  settlement: accounting,
  settlement_instalment: accounting,
  spontaneous_payment:
    'paid: accounting records, ten years; open, or withdrawn within 30 days: pagoPA may still report a payment, GDPR art. 17(3)(b)',
  audit_event: 'accountability, under pseudonyms: GDPR art. 5(2) and 17(3)(b)',
};
