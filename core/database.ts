import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { waitForSessions } from './internals/patient-pool.ts';
import { databaseProblem, notMigrated, wantsMigration } from './resilience/database-problem.ts';

type Classes = NonNullable<Extract<DataSourceOptions, { type: 'postgres' }>['entities']>;

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: Classes;
  /** In the order in which they run; each has a name that ends with its time stamp. */
  readonly migrations: NonNullable<Extract<DataSourceOptions, { type: 'postgres' }>['migrations']>;
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
}

/**
 * Connects to our own Postgres: drafts, submissions, payments, jobs. Tables are made by `runMigrations` only.
 *
 * Once open, a statement waits while Postgres restarts. Errors: one sentence with the variable, the host and the reason.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  for (const end = performance.now() + startingMs; ; await wait(betweenTriesMs)) {
    try {
      const database = await sourceOf(options).initialize();
      waitForSessions(database);
      return database;
    } catch (error) {
      // Postgres runs but accepts no sessions yet: after a crash it first recovers from its log.
      const isStarting = (error as { readonly code?: unknown }).code === '57P03';
      if (!isStarting || performance.now() > end) throw databaseProblem('DATABASE_URL', options.url, error);
    }
  }
}

/** How long a program that starts waits for a Postgres that starts too. */
const startingMs = 10_000;
const betweenTriesMs = 200;

function sourceOf({
  url,
  entities,
  migrations,
  poolSize = 10,
  statementTimeoutMs = 5_000,
}: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    poolSize,
    connectTimeoutMS: statementTimeoutMs,
    // Both the server and the client limit the time of a statement.
    // `pipeline`: statements that are asked together are written together (core/internals/batch-statements.ts).
    extra: { statement_timeout: statementTimeoutMs, query_timeout: statementTimeoutMs, pipeline: true },
  });
}

/** Errors: one sentence when a migration of this version has not run, or the tables of the queues are missing. */
export async function ensureMigrated(database: DataSource): Promise<void> {
  const ran = await database
    .query<{ name: string }[]>('SELECT name FROM migrations')
    .catch((error: unknown) => {
      if (wantsMigration(error)) return [];
      throw error;
    });
  const names = new Set(ran.map(({ name }) => name));
  const missing = database.migrations.filter((one) => !names.has(one.name ?? one.constructor.name));
  const [queues] = await database.query<{ made: boolean }[]>(
    "SELECT to_regclass('pgboss.version') IS NOT NULL AS made",
  );
  if (missing.length > 0 || queues?.made !== true) throw new Error(notMigrated);
}
