import type { Socket } from 'node:net';
import pg from 'pg';
import { batchStatements, maxStatementsTogether } from '../../../core/internals/batch-statements.ts';
import { type Log, silentLog } from '../../../core/log.ts';
import { createGuard, type GuardWatch } from '../../../core/resilience/guard.ts';
import { toReadError } from './read-error.ts';
import type { Statement } from './statement.ts';
import { watchTables } from './watch-tables.ts';

/** A pool of read-only sessions. */
export interface Connection {
  /** Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN, BAD_USER_INPUT. Dates, timestamps and numerics come as text. */
  read<Row, Parameter extends string>(
    statement: Statement<Row, Parameter>,
    values: Readonly<Record<Parameter, unknown>>,
  ): Promise<readonly Row[]>;
  /**
   * Checks that the tables are as documented: each statement is tried once with empty parameters, and again while
   * it fails. Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN.
   */
  check(statements: readonly Statement<unknown, string>[]): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** Called once for each statement sent. */
  readonly observe: (statementName: string) => void;
  readonly watch?: GuardWatch;
  readonly log?: Log;
}

/** Reads that may wait for a session: 500 families at once need a few thousand, and each has its time limit. */
const maxWaiting = 10_000;

export function openConnection({
  url,
  poolSize,
  statementTimeoutMs,
  observe,
  watch = {},
  log = silentLog,
}: ConnectionOptions): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    // Waiting for a session counts towards the time limit of the response.
    connectionTimeoutMillis: statementTimeoutMs,
    options: sessionOptions(statementTimeoutMs),
    types: { getTypeParser: readAsText },
    pipeline: true,
  } as pg.PoolConfig);
  // The pool replaces an idle session that breaks; without a listener its error would end the process.
  pool.on('error', () => undefined);
  endSilentSessions(pool, statementTimeoutMs);
  const ask = batchStatements(pool);
  const guard = createGuard({
    name: 'legacy',
    timeoutMs: statementTimeoutMs,
    maxAtOnce: poolSize * maxStatementsTogether,
    maxWaiting,
    isFailure: isOfHealth,
    watch,
  });
  const tables = watchTables(log);
  const run: Connection['read'] = async ({ name, text, positions }, values) => {
    try {
      const query = { name, text, values: positions.map((position) => toParameter(values[position])) };
      // A session that broke while idle fails once and is replaced: repeating a read is safe.
      const { rows } = await guard.run(() => ask(query), { again: 1 });
      tables.areGood(name);
      return rows as never;
    } catch (error) {
      tables.failed(name, error);
      throw toReadError(error);
    }
  };
  return {
    read(statement, values) {
      observe(statement.name);
      return run(statement, values);
    },
    // Not observed: it runs beside the requests whose statements are counted.
    async check(statements) {
      const doubtful = statements.filter(({ name }) => tables.isDoubtful(name));
      await Promise.all(doubtful.map((statement) => run(statement, {})));
    },
    close: () => pool.end(),
  };
}

/** Lists of numbers in Postgres notation: the driver would check each of hundreds for quotes. */
function toParameter(value: unknown): unknown {
  const isOfNumbers = Array.isArray(value) && value.every((item) => typeof item === 'number');
  return isOfNumbers ? `{${value.join()}}` : value;
}

/**
 * Ends a session that is silent for longer than a statement may take: its server disappeared.
 *
 * The driver's own `query_timeout` wraps every statement, and that keeps each statement's rows through collections
 * of the young generation: all of a 20 MB file.
 */
function endSilentSessions(pool: pg.Pool, timeoutMs: number): void {
  pool.on('connect', (client) => {
    const stream = streamOf(client);
    stream.on('timeout', () => stream.destroy(new Error('The session says nothing.')));
  });
  pool.on('acquire', (client) => streamOf(client).setTimeout(timeoutMs));
  pool.on('release', (_error, client) => streamOf(client).setTimeout(0));
}

function streamOf(client: pg.PoolClient): Socket {
  return (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
}

/**
 * Read-only, with a statement timeout and with plans that are made once a session.
 *
 * By default the server plans these statements anew each time, because it assumes a list of unknown length to be
 * long: with 20,000 children that is two fifths of the measured time of the flagship's statements.
 */
function sessionOptions(statementTimeoutMs: number): string {
  const settings = {
    default_transaction_read_only: 'on',
    statement_timeout: statementTimeoutMs,
    plan_cache_mode: 'force_generic_plan',
    // Independent of the database's own setting: dates are read as text.
    datestyle: 'ISO',
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

/**
 * Whether an error means that the database is unavailable, and not that a statement is wrong.
 *
 * Source: SQLSTATE classes 08 connection, 28 authorization, 3D no such database, 53 resources, 55 state, 57
 * intervention and cancelled, 58 system, XX internal. An error without SQLSTATE is a broken connection.
 */
function isOfHealth(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || /^(08|28|3D|53|55|57|58|XX)/.test(error.code ?? '');
}

const textTypes: ReadonlySet<number> = new Set([
  pg.types.builtins.DATE,
  pg.types.builtins.TIMESTAMP,
  pg.types.builtins.NUMERIC,
]);

function readAsText(oid: number, format?: 'text' | 'binary') {
  if (textTypes.has(oid)) return (value: string) => value;
  return pg.types.getTypeParser(oid, format as 'text');
}
