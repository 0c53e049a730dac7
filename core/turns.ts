import type pg from 'pg';

export interface Query {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Waiting extends Query {
  readonly done: (error: Error | undefined, result: pg.QueryResult) => void;
}

/** As many as one request asks for side by side; more would wait for each other for longer than a session is saved. */
const maxTogether = 4;

/**
 * Sends what is asked in one turn of the event loop together, up to four statements a session.
 *
 * A fifth of the processor goes into writing to Postgres' sockets, one system call a statement: a request's
 * independent statements, and those of requests that came at the same moment, are one call. Each statement has its own
 * end in the protocol, so that one that fails takes no other along; a session that breaks fails all of its own.
 */
export function inTurns(pool: pg.Pool): (query: Query) => Promise<pg.QueryResult> {
  let waiting: Waiting[] = [];

  const flush = () => {
    const all = waiting;
    waiting = [];
    for (let start = 0; start < all.length; start += maxTogether)
      send(pool, all.slice(start, start + maxTogether));
  };

  return (query) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ ...query, done: (error, result) => (error ? reject(error) : resolve(result)) });
    });
}

function send(pool: pg.Pool, group: readonly Waiting[]): void {
  pool.connect((error, client, release) => {
    if (client === undefined) {
      const none = undefined as unknown as pg.QueryResult;
      for (const { done } of group) done(error ?? new Error('There is no session.'), none);
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
      });
    }
    stream.uncork();
  });
}

const ignore = () => undefined;

interface Corked {
  cork(): void;
  uncork(): void;
}
