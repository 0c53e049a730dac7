import pg from 'pg';
import { unavailable } from '../errors.ts';
import type { Statement } from './statement.ts';

/** A pool of sessions that only read. */
export interface Connection {
  /** Errors: LEGACY_UNAVAILABLE. Dates, timestamps and numerics come as text. */
  read<Row, Parameter extends string>(
    statement: Statement<Row, Parameter>,
    values: Readonly<Record<Parameter, unknown>>,
  ): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** Called once a statement that is sent. */
  readonly observe: (statementName: string) => void;
}

export function openConnection({
  url,
  poolSize,
  statementTimeoutMs,
  observe,
}: ConnectionOptions): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    // Waiting for a session is part of the wait for an answer.
    connectionTimeoutMillis: statementTimeoutMs,
    query_timeout: statementTimeoutMs,
    options: `-c default_transaction_read_only=on -c statement_timeout=${statementTimeoutMs}`,
    types: { getTypeParser: readAsText },
  });
  // An idle session that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    async read<Row, Parameter extends string>(
      { name, text, positions }: Statement<Row, Parameter>,
      values: Readonly<Record<Parameter, unknown>>,
    ) {
      observe(name);
      try {
        return (await pool.query({ name, text, values: positions.map((position) => values[position]) }))
          .rows as Row[];
      } catch (error) {
        throw unavailable(error);
      }
    },
    close: () => pool.end(),
  };
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
