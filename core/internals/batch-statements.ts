import type pg from 'pg';
import { isDatabaseGone } from '../resilience/database-problem.ts';

export interface Query {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Waiting extends Query {
  /** Unit: milliseconds of `performance.now()`. */
  readonly since: number;
  /** How often it met a session that broke, or whose plans no longer fit the tables. */
  readonly tries: number;
  readonly done: (error: Error | undefined, result: pg.QueryResult) => void;
}

/** Most statements in one batch; more would delay each other for longer than the saved session is worth. */
export const maxStatementsTogether = 16;
/** Sessions in use before a new statement waits for one of them. */
const fewSessions = 2;
/** How long a statement waits for a busy session before it takes another: about the time of one batch. */
const patienceMs = 1;
/**
 * A table is often changed in several steps, each of which outdates the plans made since the step before; and a server that
 * restarts ends all sessions of the pool, of which each may be met.
 */
const mostTries = 5;

/**
 * Sends statements that are requested in one turn of the event loop together; under load, also those that were
 * requested while sessions were busy.
 *
 * A fifth of the processor time goes into writes to Postgres' sockets, one system call per statement. A request's
 * independent statements, and those of concurrent requests, become one call. Each statement has its own end in the
 * protocol: one that fails does not affect the others. All of them read: those of a session that breaks are sent again by
 * another one. No statement waits longer than the pool's `connectionTimeoutMillis`.
 *
 * A session keeps its plans. Once a table was changed they fail before they do anything: that session and all older ones
 * are thrown away, and the statement is sent again by a new one.
 */
export function batchStatements(pool: pg.Pool): (query: Query) => Promise<pg.QueryResult> {
  const { max, connectionTimeoutMillis: limitMs = 0 } = pool.options;
  const waiting: Waiting[] = [];
  let busy = 0;
  let patience: NodeJS.Timeout | undefined;
  const sessions = rememberSessions(pool);

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
    const again = (statement: Waiting) => void waiting.push(statement);
    send(sessions, waiting.splice(0, maxStatementsTogether), again, () => {
      busy--;
      if (waiting.length > 0) sendSome();
    });
    if (waiting.length > 0) flush();
  };

  return (query) =>
    new Promise((resolve, reject) => {
      const done: Waiting['done'] = (error, result) => (error ? reject(error) : resolve(result));
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ ...query, since: performance.now(), tries: 1, done });
    });
}

/** Removes the statements that arrived before a moment; they are in order of arrival. */
function takeOverdue(waiting: Waiting[], before: number): readonly Waiting[] {
  const due = waiting.findIndex(({ since }) => since >= before);
  return waiting.splice(0, due === -1 ? waiting.length : due);
}

function send(
  sessions: Sessions,
  group: readonly Waiting[],
  again: (statement: Waiting) => void,
  ended: () => void,
): void {
  sessions.connect((error, client, release) => {
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
    for (const statement of group) {
      const { name, text, values, done } = statement;
      client.query({ name, text, values: values as unknown[] }, (failed, result) => {
        const isOutdated = failed && isOfOutdatedPlan(failed);
        // An error without SQLSTATE broke the session, and its further answers cannot be assigned to statements.
        const isGone = failed && isDatabaseGone(failed);
        if (isOutdated || isGone || (failed && !('code' in failed && 'severity' in failed))) isBroken = true;
        if (isOutdated) sessions.throwAway(client);
        if ((isOutdated || isGone) && statement.tries < mostTries)
          again({ ...statement, tries: statement.tries + 1 });
        else done(failed, result);
        if (--left > 0) return;
        if (!isBroken) client.removeListener('error', ignore);
        release(isBroken);
        ended();
      });
    }
    stream.uncork();
  });
}

/**
 * Whether a statement failed since its plan is older than the table, before it did anything.
 *
 * Source: SQLSTATE 0A000 "cached plan must not change result type", 26000 "prepared statement does not exist".
 */
function isOfOutdatedPlan(error: Error): boolean {
  const { code } = error as { readonly code?: string };
  return code === '0A000' || code === '26000';
}

type Connected = Parameters<Parameters<pg.Pool['connect']>[0]>;
interface Sessions {
  connect(then: (...connected: Connected) => void): void;
  /** Marks a session and all that are as old as it: they are closed instead of used again. */
  throwAway(client: pg.PoolClient): void;
}

function rememberSessions(pool: pg.Pool): Sessions {
  const born = new WeakMap<pg.PoolClient, number>();
  let generation = 0;
  const generationOf = (client: pg.PoolClient) => born.get(client) ?? 0;
  pool.on('connect', (client) => born.set(client, generation));
  const connect: Sessions['connect'] = (then) =>
    pool.connect((error, client, release) => {
      if (client === undefined || generationOf(client) === generation) return then(error, client, release);
      release(true);
      connect(then);
    });
  return {
    connect,
    throwAway(client) {
      if (generationOf(client) === generation) generation++;
    },
  };
}

function refuse(group: readonly Waiting[], error: Error): void {
  for (const { done } of group) done(error, undefined as unknown as pg.QueryResult);
}

const ignore = () => undefined;

interface Corked {
  cork(): void;
  uncork(): void;
}
