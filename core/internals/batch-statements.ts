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

/** Statements a session at a time; more would wait for each other for longer than a session is saved. */
export const maxStatementsTogether = 16;
/** Sessions at work before anything waits for one of them. */
const fewSessions = 2;
/** How long it waits for one of them rather than take another: a group of statements takes about as long. */
const patienceMs = 1;

/**
 * Sends what is asked in one turn of the event loop together; and under load, what was asked while sessions were busy.
 *
 * A fifth of the processor goes into writing to Postgres' sockets, one system call a statement: a request's
 * independent statements, and those of requests that came close to each other, are one call. Each statement has its
 * own end in the protocol, so that one that fails takes no other along; a session that breaks fails all of its own.
 * Nothing waits for a session for longer than the pool's `connectionTimeoutMillis` and is sent all the same.
 */
export function batchStatements(pool: pg.Pool): (query: Query) => Promise<pg.QueryResult> {
  const { max, connectionTimeoutMillis: limitMs = 0 } = pool.options;
  const waiting: Waiting[] = [];
  let busy = 0;
  let patience: NodeJS.Timeout | undefined;

  const flush = () => {
    if (busy < Math.min(fewSessions, max)) sendSome();
    else if (busy < max) patience ??= setTimeout(sendSome, patienceMs);
    // Otherwise whoever ends first sends on.
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

/** Takes out what came before a moment; they wait in the order in which they came. */
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
    // Whoever waits is told by its own statement; without a listener it would end the process.
    client.on('error', ignore);
    stream.cork();
    for (const { name, text, values, done } of group) {
      client.query({ name, text, values: values as unknown[] }, (failed, result) => {
        // Without SQLSTATE it broke on the way, and what the session will say next belongs to nobody.
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
