import type pg from 'pg';

export interface Query {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Waiting extends Query {
  /** Unit: milliseconds of `performance.now()`. */
  readonly since: number;
  readonly done: (error: Error | undefined, result: pg.QueryResult) => void;
}

/** Most statements in one batch; more would delay each other for longer than the saved session is worth. */
export const maxStatementsTogether = 16;
/** Sessions in use before a new statement waits for one of them. */
const fewSessions = 2;
/** How long a statement waits for a busy session before it takes another: about the time of one batch. */
const patienceMs = 1;

/**
 * Sends statements that are requested in one turn of the event loop together; under load, also those that were
 * requested while sessions were busy.
 *
 * A fifth of the processor time goes into writes to Postgres' sockets, one system call per statement. A request's
 * independent statements, and those of concurrent requests, become one call. Each statement has its own end in the
 * protocol: one that fails does not affect the others; a broken session fails all of its statements. No statement
 * waits longer than the pool's `connectionTimeoutMillis`.
 */
export function batchStatements(pool: pg.Pool): (query: Query) => Promise<pg.QueryResult> {
  const { max, connectionTimeoutMillis: limitMs = 0 } = pool.options;
  const waiting: Waiting[] = [];
  let busy = 0;
  let patience: NodeJS.Timeout | undefined;

  const flush = () => {
    if (busy < Math.min(fewSessions, max)) sendSome();
    else if (busy < max) patience ??= setTimeout(sendSome, patienceMs);
    // Otherwise the next session that becomes free sends.
  };

  const sendSome = () => {
    clearTimeout(patience);
    patience = undefined;
    const overdue = limitMs > 0 ? takeOverdue(waiting, performance.now() - limitMs) : [];
    if (overdue.length > 0) refuse(overdue, new Error('No session was free in time.'));
    if (waiting.length === 0) return;
    busy++;
    send(pool, waiting.splice(0, maxStatementsTogether), () => {
      busy--;
      if (waiting.length > 0) sendSome();
    });
    if (waiting.length > 0) flush();
  };

  return (query) =>
    new Promise((resolve, reject) => {
      const done: Waiting['done'] = (error, result) => (error ? reject(error) : resolve(result));
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ ...query, since: performance.now(), done });
    });
}

/** Removes the statements that arrived before a moment; they are in order of arrival. */
function takeOverdue(waiting: Waiting[], before: number): readonly Waiting[] {
  const due = waiting.findIndex(({ since }) => since >= before);
  return waiting.splice(0, due === -1 ? waiting.length : due);
}

function send(pool: pg.Pool, group: readonly Waiting[], ended: () => void): void {
  pool.connect((error, client, release) => {
    if (client === undefined) {
      refuse(group, error ?? new Error('There is no session.'));
      ended();
      return;
    }
    let left = group.length;
    let isBroken = false;
    const { stream } = (client as unknown as { connection: { stream: NodeJS.WritableStream & Corked } })
      .connection;
    // Each statement reports the error itself; without a listener the error would end the process.
    client.on('error', ignore);
    stream.cork();
    for (const { name, text, values, done } of group) {
      client.query({ name, text, values: values as unknown[] }, (failed, result) => {
        // An error without SQLSTATE broke the session, and its further answers cannot be assigned to statements.
        if (failed && !('code' in failed && 'severity' in failed)) isBroken = true;
        done(failed, result);
        if (--left > 0) return;
        if (!isBroken) client.removeListener('error', ignore);
        release(isBroken);
        ended();
      });
    }
    stream.uncork();
  });
}

function refuse(group: readonly Waiting[], error: Error): void {
  for (const { done } of group) done(error, undefined as unknown as pg.QueryResult);
}

const ignore = () => undefined;

interface Corked {
  cork(): void;
  uncork(): void;
}
