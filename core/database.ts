import 'reflect-metadata';
import { DataSource, type DataSourceOptions } from 'typeorm';

type Classes = NonNullable<Extract<DataSourceOptions, { type: 'postgres' }>['entities']>;

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: Classes;
  /** In the order in which they run; each has a name that ends with its time stamp. */
  readonly migrations: NonNullable<Extract<DataSourceOptions, { type: 'postgres' }>['migrations']>;
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
}

/** Connects to our own Postgres: drafts, submissions, payments, jobs. Tables are made by `runMigrations` only. */
export function openDatabase({
  url,
  entities,
  migrations,
  poolSize = 10,
  statementTimeoutMs = 5_000,
}: DatabaseOptions): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    poolSize,
    connectTimeoutMS: statementTimeoutMs,
    // What waits for an answer has a limit on both sides of the wire.
    // `pipeline`: statements that are asked together are written together (core/internals/batch-statements.ts).
    extra: { statement_timeout: statementTimeoutMs, query_timeout: statementTimeoutMs, pipeline: true },
  }).initialize();
}
