import pg from 'pg';

export type Rows = readonly Record<string, unknown>[];

/** The rows of one statement, on a connection of its own. */
export async function askDatabase(url: string, sql: string): Promise<Rows> {
  const client = new pg.Client(url);
  // A server that is killed meanwhile fails the statement, and is nothing more.
  client.on('error', () => undefined);
  await client.connect();
  return client
    .query(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
