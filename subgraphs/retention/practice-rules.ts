import { period } from '../../core/retention-config.ts';
import type { RetentionRule } from './retention-rule.ts';
import { areUnrestricted } from './unrestricted.ts';

const isUnrestricted = areUnrestricted('p.applicant', `p.child->>'codiceFiscale'`);

const draftDue = `FROM practice p WHERE p.status = 'DRAFT' AND p.updated_at < $1 AND ${isUnrestricted}
  AND NOT EXISTS (SELECT FROM practice_attachment a WHERE a.practice_id = p.id AND a.created_at >= $1)`;
const draftWithFilesDue = `${draftDue} AND EXISTS (SELECT FROM practice_attachment a WHERE a.practice_id = p.id)`;

/** Nothing more is expected: all of it is in the protocol register, and its outcome is no longer followed. */
export const isClosed = `p.status <> 'DRAFT' AND NOT EXISTS (SELECT FROM practice_follow f WHERE f.practice_id = p.id)
  AND NOT EXISTS (SELECT FROM practice_submission s WHERE s.practice_id = p.id AND s.completed_at IS NULL)`;
const filedFilesDue = `FROM practice p WHERE p.updated_at < $1 AND ${isClosed} AND ${isUnrestricted}
  AND EXISTS (SELECT FROM practice_attachment a WHERE a.practice_id = p.id)`;
const isRegistered = `p.status <> 'DRAFT'
  AND NOT EXISTS (SELECT FROM practice_submission s WHERE s.practice_id = p.id AND s.completed_at IS NULL)`;
const filedDue = `FROM practice p WHERE p.updated_at < $1 AND ${isRegistered} AND ${isUnrestricted}`;
/** `health` is a list of procedure codes that the configuration names. */
const healthDue = `FROM practice p JOIN practice_template t ON t.id = p.template_id
  WHERE t.procedure_code = ANY (string_to_array(current_setting('school.health', true), ',')) AND p.updated_at < $1 AND ${isClosed}
  AND ${isUnrestricted}`;
const keysDue = `FROM practice_start_key k JOIN practice p ON p.id = k.practice_id
  WHERE p.status <> 'DRAFT' AND p.created_at < $1 AND ${isUnrestricted}`;
const sendersDue = `FROM register_sender WHERE attempted_at < $1 AND ${areUnrestricted('applicant')}`;

const due = (from: string) =>
  `due AS (SELECT p.id ${from} ORDER BY p.updated_at LIMIT $2 FOR UPDATE OF p SKIP LOCKED)`;
/** SQL: what goes with the practices of a relation `due`. */
export const removingFiles = `gone AS (DELETE FROM practice_attachment a USING due WHERE a.practice_id = due.id RETURNING a.file_id),
  sent AS (DELETE FROM practice_submission_file f USING gone WHERE f.file_id = gone.file_id),
  files AS (DELETE FROM stored_file f USING gone WHERE f.id = gone.file_id),
  chunks AS (DELETE FROM stored_file_chunk c USING gone WHERE c.file_id = gone.file_id)`;
export const removingDrafts = `events AS (DELETE FROM practice_event e USING due WHERE e.practice_id = due.id),
  practices AS (DELETE FROM practice p USING due WHERE p.id = due.id)`;
const count = 'SELECT count(*)::int AS count FROM due';
const viaFunction = (from: string) =>
  `WITH ${due(from)} SELECT CASE WHEN count(*) > 0 THEN remove_filed(array_agg(id)) ELSE 0 END AS count FROM due`;

export const practiceRules: readonly RetentionRule[] = [
  {
    id: 'draft-files',
    what: 'files of drafts: certificates among them',
    tables: ['practice_attachment', 'stored_file', 'stored_file_chunk'],
    ...period('RETENTION_DRAFT_FILES_DAYS'),
    ground: 'GDPR art. 5(1)(e) and 9: health data of an application that may never be sent',
    due: draftWithFilesDue,
    since: 'p.updated_at',
    remove: `WITH ${due(draftWithFilesDue)}, ${removingFiles} ${count}`,
  },
  {
    id: 'drafts',
    what: 'drafts that were never sent',
    tables: [
      'practice',
      'practice_event',
      'practice_start_key',
      'practice_attachment',
      'stored_file',
      'stored_file_chunk',
    ],
    ...period('RETENTION_DRAFTS_DAYS'),
    ground: 'GDPR art. 5(1)(e): the school year for which it was begun is over',
    due: draftDue,
    since: 'p.updated_at',
    remove: `WITH ${due(draftDue)}, ${removingFiles}, ${removingDrafts} ${count}`,
  },
  {
    id: 'filed-files',
    what: 'files that applicants sent with an application, once it is in the protocol register and decided',
    tables: ['practice_attachment', 'practice_submission_file', 'stored_file', 'stored_file_chunk'],
    ...period('RETENTION_FILED_FILES_DAYS'),
    ground:
      'GDPR art. 5(1)(e) and 9: the protocol register keeps them (D.P.R. 445/2000), this copy is not needed',
    due: filedFilesDue,
    since: 'p.updated_at',
    // By the oldest attachments: most filed applications have none any more.
    remove: `WITH due AS (SELECT p.id FROM practice_attachment t JOIN practice p ON p.id = t.practice_id
        WHERE t.created_at < $1 AND p.updated_at < $1 AND ${isClosed} AND ${isUnrestricted}
        ORDER BY t.created_at LIMIT $2 FOR UPDATE OF p SKIP LOCKED), ${removingFiles} SELECT count(DISTINCT id)::int AS count FROM due`,
  },
  {
    id: 'filed-health',
    what: 'decided applications of the procedures in RETENTION_HEALTH_PROCEDURES, their answers and summaries',
    tables: ['practice', 'practice_submission'],
    ...period('RETENTION_HEALTH_DAYS'),
    ground:
      'GDPR art. 9: the diet is followed for a school year; the protocol register keeps the application',
    due: healthDue,
    since: 'p.updated_at',
    remove: viaFunction(healthDue),
  },
  {
    id: 'filed',
    what: 'filed applications, their answers, history and summaries',
    tables: [
      'practice',
      'practice_event',
      'practice_start_key',
      'practice_submission',
      'practice_submission_file',
      'practice_integration_request',
      'practice_follow',
      'register_double',
      'practice_attachment',
      'stored_file',
      'stored_file_chunk',
    ],
    ...period('RETENTION_FILED_DAYS'),
    ground: 'the town’s massimario di selezione e scarto (D.P.R. 445/2000, art. 68)',
    due: filedDue,
    since: 'p.updated_at',
    remove: viaFunction(filedDue),
  },
  {
    id: 'start-keys',
    what: 'idempotency keys of filed applications',
    tables: ['practice_start_key'],
    variable: null,
    days: 30,
    leastDays: 30,
    ground: 'technical: a repeated request comes within minutes',
    due: keysDue,
    since: 'p.created_at',
    remove: `WITH due AS (SELECT k.applicant, k.key ${keysDue} LIMIT $2 FOR UPDATE OF k SKIP LOCKED),
      gone AS (DELETE FROM practice_start_key k USING due WHERE (k.applicant, k.key) = (due.applicant, due.key)) ${count}`,
  },
  {
    id: 'senders',
    what: 'when a person was last entered among the protocol register’s senders',
    tables: ['register_sender'],
    variable: null,
    days: 365,
    leastDays: 365,
    ground: 'technical: it keeps a sender from being entered twice at one moment',
    due: sendersDue,
    since: 'attempted_at',
    remove: `WITH due AS (SELECT applicant ${sendersDue} LIMIT $2 FOR UPDATE SKIP LOCKED),
      gone AS (DELETE FROM register_sender r USING due WHERE r.applicant = due.applicant) ${count}`,
  },
  {
    id: 'lost-chunks',
    what: 'parts of files whose upload ended when its process died',
    tables: ['stored_file_chunk'],
    variable: null,
    days: 0,
    leastDays: 0,
    ground: 'technical: no file has them',
    due: `FROM stored_file_chunk c WHERE c.sequence = 0 AND $1::timestamptz IS NOT NULL
      AND NOT EXISTS (SELECT FROM stored_file f WHERE f.id = c.file_id)
      AND NOT EXISTS (SELECT FROM practice_attachment a WHERE a.file_id = c.file_id)`,
    since: 'NULL::timestamptz',
    remove: `WITH due AS (SELECT c.file_id FROM stored_file_chunk c WHERE c.sequence = 0 AND $1::timestamptz IS NOT NULL
        AND NOT EXISTS (SELECT FROM stored_file f WHERE f.id = c.file_id)
        AND NOT EXISTS (SELECT FROM practice_attachment a WHERE a.file_id = c.file_id) LIMIT $2),
      gone AS (DELETE FROM stored_file_chunk c USING due WHERE c.file_id = due.file_id) ${count}`,
  },
];
