import type { DataSource, EntityManager } from 'typeorm';
import { pseudonymsIn } from '../../shared/audit/persons.ts';

/** One table's rows about a person. `$1` is the person's code. */
interface SubjectTable {
  readonly table: string;
  readonly where: string;
  /** An SQL array of columns that are left out: they are about another person, or open something. */
  readonly without?: string;
}

const ownPractices = 'practice_id IN (SELECT id FROM practice WHERE applicant = $1)';

/**
 * Every table that holds a person's code, and how its rows are found; a test compares the list with the database.
 *
 * Another person's data is left out, since whoever asks for a child's export may be the other parent: of an application that
 * another person filed for the child, the answers and the applicant; of a payment, the other party. Blocks are left out
 * whole: an export that named one would undo it.
 */
export const subjectTables: readonly SubjectTable[] = [
  {
    table: 'practice',
    where: `applicant = $1 OR child->>'codiceFiscale' = $1`,
    without: `CASE WHEN applicant <> $1 THEN ARRAY['id', 'applicant', 'answers', 'client'] ELSE ARRAY['last_write'] END`,
  },
  { table: 'practice_event', where: ownPractices },
  { table: 'practice_attachment', where: ownPractices },
  {
    table: 'practice_submission',
    where: ownPractices,
  },
  { table: 'practice_integration_request', where: ownPractices },
  { table: 'practice_start_key', where: 'applicant = $1' },
  { table: 'register_sender', where: 'applicant = $1' },
  { table: 'school_share', where: '$1 IN (giver, recipient)' },
  { table: 'subject_restriction', where: 'person = $1', without: `ARRAY['id', 'person_ids']` },
  { table: 'school_share_key', where: 'giver = $1' },
  {
    table: 'payment_session',
    where: 'owner = $1',
    without: `ARRAY['id', 'request_key', 'request_content', 'checkout_url']`,
  },
  {
    table: 'payment_session_item',
    where: 'debtor = $1 OR session_id IN (SELECT id FROM payment_session WHERE owner = $1)',
    without: `CASE WHEN debtor <> $1 THEN ARRAY['session_id', 'debtor'] ELSE ARRAY['session_id'] END`,
  },
  { table: 'payment_activation', where: 'debtor = $1', without: `ARRAY['cart_id']` },
  {
    table: 'payment_receipt',
    where: '$1 IN (debtor, payer)',
    without: `CASE WHEN debtor IS DISTINCT FROM $1 THEN ARRAY['debtor', 'debtor_name']
      WHEN payer IS DISTINCT FROM $1 THEN ARRAY['payer', 'payer_name'] ELSE ARRAY[]::text[] END`,
  },
  { table: 'settlement', where: 'debtor = $1', without: `ARRAY['record']` },
  { table: 'settlement_instalment', where: 'applicant = $1' },
  {
    table: 'spontaneous_payment',
    where: '$1 IN (owner, payer)',
    without: `ARRAY['request_key', 'request_content'] || CASE WHEN owner IS DISTINCT FROM $1
      THEN ARRAY['owner', 'email', 'user_code', 'beneficiary_name', 'notes'] ELSE ARRAY[]::text[] END`,
  },
];

export type SubjectRows = Readonly<Record<string, readonly object[]>>;

/**
 * Everything that our own database holds about a person, by table; tables without a row are left out. `ids` are those by
 * which the audit trail may know the person: its events are the person's own requests.
 */
export async function subjectRows(
  database: DataSource,
  code: string,
  ids: readonly string[],
): Promise<SubjectRows> {
  return database.transaction('REPEATABLE READ', async (manager) => {
    const rows: Record<string, readonly object[]> = {};
    const read = async ({ table, where, without = 'ARRAY[]::text[]' }: SubjectTable, value: unknown) => {
      const found = await manager.query<{ row: object }[]>(
        `SELECT to_jsonb(t) - (${without}) AS row FROM ${table} t WHERE ${where}`,
        [value],
      );
      if (found.length > 0) rows[table] = found.map(({ row }) => row);
    };
    for (const table of subjectTables) await read(table, code);
    const pseudonyms = [...(await pseudonymsIn(manager, ids)).values()];
    await read({ table: 'audit_event', where: 'actor_id = ANY ($1)' }, pseudonyms);
    return rows;
  });
}

/** How many rows each table has about a person; tables without one are left out. `pseudonyms`: the person's in the audit trail. */
export async function countSubjectRows(
  manager: EntityManager,
  code: string,
  pseudonyms: readonly string[],
): Promise<readonly { readonly table: string; readonly count: number }[]> {
  const counts: { table: string; count: number }[] = [];
  const count = async (table: string, where: string, value: unknown) => {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::float8 AS count FROM ${table} t WHERE ${where}`,
      [value],
    );
    if (row !== undefined && row.count > 0) counts.push({ table, count: row.count });
  };
  for (const { table, where } of subjectTables) await count(table, where, code);
  await count('audit_event', 'actor_id = ANY ($1)', pseudonyms);
  return counts;
}
