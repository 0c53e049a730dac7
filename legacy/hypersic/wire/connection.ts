import type { Socket } from 'node:net';
import pg from 'pg';
import { batchStatements, maxStatementsTogether } from '../../../core/internals/batch-statements.ts';
import { type Log, silentLog } from '../../../core/log.ts';
import { createGuard, type GuardWatch } from '../../../core/resilience/guard.ts';
import { toReadError } from './read-error.ts';
import type { Statement } from './statement.ts';
import { watchTables } from './watch-tables.ts';

/** A pool of sessions that only read. */
export interface Connection {
  /** Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN, BAD_USER_INPUT. Dates, timestamps and numerics come as text. */
  read<Row, Parameter extends string>(
    statement: Statement<Row, Parameter>,
    values: Readonly<Record<Parameter, unknown>>,
  ): Promise<readonly Row[]>;
  /**
   * Whether the tables are as documented: each statement is tried once, with nothing in its parameters, and again while
   * it fails. Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN.
   */
  check(statements: readonly Statement<unknown, string>[]): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** Called once a statement that is sent. */
  readonly observe: (statementName: string) => void;
  readonly watch?: GuardWatch;
  readonly log?: Log;
}

/** Reads that wait for a session: 500 families at once ask for a few thousand, and each has its time limit. */
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
    // Waiting for a session is part of the wait for an answer.
    connectionTimeoutMillis: statementTimeoutMs,
    options: sessionOptions(statementTimeoutMs),
    types: { getTypeParser: readAsText },
    pipeline: true,
  } as pg.PoolConfig);
  // An idle session that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  endSilentSessions(pool, statementTimeoutMs);
  const ask = batchStatements(pool);
  const guard = createGuard({
    name: 'register',
    timeoutMs: statementTimeoutMs,
    maxAtOnce: poolSize * maxStatementsTogether,
    maxWaiting,
    isFailure: isOfHealth,
    watch,
  });
  const tables = watchTables(log);
  const read: Connection['read'] = async ({ name, text, positions }, values) => {
    observe(name);
    try {
      const query = { name, text, values: positions.map((position) => toParameter(values[position])) };
      // A session that broke while it was idle fails once and is replaced: reading is safe to repeat.
      const { rows } = await guard.run(() => ask(query), { again: 1 });
      tables.areGood(name);
      return rows as never;
    } catch (error) {
      tables.failed(name, error);
      throw toReadError(error);
    }
  };
  return {
    read,
    async check(statements) {
      const doubtful = statements.filter(({ name }) => tables.isDoubtful(name));
      await Promise.all(doubtful.map((statement) => read(statement, {})));
    },
    close: () => pool.end(),
  };
}

/** Lists of numbers as Postgres writes them: the driver would look at each of hundreds for quotes. */
function toParameter(value: unknown): unknown {
  const isOfNumbers = Array.isArray(value) && value.every((item) => typeof item === 'number');
  return isOfNumbers ? `{${value.join()}}` : value;
}

/**
 * Ends a session at work that says nothing for longer than a statement may take: its server is gone without a word.
 *
 * The driver's own `query_timeout` wraps every statement so that a collection of the young keeps the rows of each: all
 * of a file of 20 MB, and all that a busy hour has read.
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
 * Reads only, for a limited time, by plans that are made once a session.
 *
 * Left to itself the server plans these statements anew each time, since it takes a list of unknown length for a long
 * one: measured with 20,000 children that is two fifths of what the flagship's statements take.
 */
function sessionOptions(statementTimeoutMs: number): string {
  const settings = {
    default_transaction_read_only: 'on',
    statement_timeout: statementTimeoutMs,
    plan_cache_mode: 'force_generic_plan',
    // Whatever the database's own setting: dates are read as text.
    datestyle: 'ISO',
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

/**
 * Whether an error says that the database does not work, and not that a statement is wrong.
 *
 * Source: SQLSTATE classes 08 connection, 28 authorization, 3D no such database, 53 resources, 55 state, 57
 * intervention and cancelled, 58 system, XX internal. What comes without one broke on the way.
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
