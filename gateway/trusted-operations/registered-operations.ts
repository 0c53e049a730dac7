import pg from 'pg';
import { databaseProblem } from '../../core/resilience/database-problem.ts';
import { deleteOperations, operationsOfClient } from './trusted-document.store.ts';

/** One operation that one client registered, as the operator sees it. */
export interface RegisteredOperation {
  /** The client id given at registration; empty for none. */
  readonly client: string;
  /** The name of its first operation; null if that has none. */
  readonly name: string | null;
  readonly hash: string;
  /** The manifest's file name. */
  readonly source: string;
  readonly body: string;
  readonly addedAt: Date;
  /** By any client. Null: never. */
  readonly lastUsedAt: Date | null;
}

/** The operations of one client, or of all, by client and date. */
export function listOperations(
  databaseUrl: string,
  client: string | null,
): Promise<readonly RegisteredOperation[]> {
  return withDatabase(databaseUrl, async (connection) => {
    const { rows } = await connection.query(operationsOfClient, [client]);
    return rows.map((row) => ({ ...row, name: nameOf(row.body) }));
  });
}

/**
 * Removes operations of a client, each given by its name or the first digits of its hash: all or none. An operation
 * that another client registered too stays for that one. Gateways forget the others within ten seconds.
 *
 * Errors: Error with each name that matches no operation or several.
 */
export async function removeOperations(
  databaseUrl: string,
  client: string,
  named: readonly string[] | 'all',
): Promise<readonly RegisteredOperation[]> {
  const registered = await listOperations(databaseUrl, client);
  const chosen = named === 'all' ? registered : chooseFrom(registered, named);
  if (chosen.length === 0) throw new Error('No document was removed: this client has registered none.');
  await withDatabase(databaseUrl, (connection) =>
    connection.query(deleteOperations, [client, chosen.map(({ hash }) => hash)]),
  );
  return chosen;
}

function chooseFrom(registered: readonly RegisteredOperation[], named: readonly string[]) {
  const problems: string[] = [];
  const chosen = named.flatMap((text) => {
    const isHash = /^[0-9a-f]{8,64}$/i.test(text);
    const found = registered.filter(
      ({ name, hash }) => name === text || (isHash && hash.startsWith(text.toLowerCase())),
    );
    if (found.length === 0) problems.push(`  - ${text}: this client has registered no such document.`);
    if (found.length > 1)
      problems.push(`  - ${text}: ${found.map(({ hash }) => hash.slice(0, 12)).join(', ')} have this name.`);
    return found;
  });
  if (problems.length > 0) throw new Error(`No document was removed:\n${problems.join('\n')}`);
  return [...new Set(chosen)];
}

/** A table for the operator. */
export function describeOperations(operations: readonly RegisteredOperation[]): string {
  if (operations.length === 0) return 'No documents are registered beside those of schema/documents.json.';
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? 'never';
  const rows = operations.map(({ client, name, hash, source, addedAt, lastUsedAt }) => [
    client || '-',
    name ?? '-',
    hash.slice(0, 12),
    day(addedAt),
    day(lastUsedAt),
    source,
  ]);
  const table = [['client', 'operation', 'hash', 'added', 'last used', 'manifest'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The name of the first operation of a text, valid or not. */
export function nameOf(document: string): string | null {
  return /\b(?:query|mutation)\s+(\w+)/.exec(document)?.[1] ?? null;
}

/** Errors: Error that says why the database cannot be used. */
export async function withDatabase<T>(
  databaseUrl: string,
  work: (connection: pg.Client) => Promise<T>,
): Promise<T> {
  const connection = new pg.Client({ connectionString: databaseUrl, query_timeout: 30_000 });
  await connection.connect().catch((error: unknown) => {
    throw databaseProblem('DATABASE_URL', databaseUrl, error);
  });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
