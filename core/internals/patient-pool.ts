import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { isDatabaseGone } from '../resilience/database-problem.ts';

/** A restart of Postgres takes a second or two. Below what a request may take. */
const patienceMs = 3_000;
const betweenTriesMs = 100;

type Connected = Parameters<Parameters<pg.Pool['connect']>[0]>;

/** Lets a database's statements wait while Postgres restarts. */
export function waitForSessions({ driver }: DataSource): void {
  makePatient((driver as unknown as { readonly master: pg.Pool }).master);
}

/**
 * Makes a pool ask again if Postgres refuses a session. Nothing was sent yet, so any statement may wait, also one
 * that writes. `forMs` counts from the first refusal: after that time the error is reported at once.
 */
export function makePatient(pool: pg.Pool, forMs = patienceMs): void {
  const connect = pool.connect.bind(pool) as (then: (...connected: Connected) => void) => void;
  let refusedSince: number | null = null;
  const connectPatiently = (then: (...connected: Connected) => void): void =>
    connect((error, client, release) => {
      if (error === undefined || !isDatabaseGone(error)) {
        if (error === undefined) refusedSince = null;
        return then(error, client, release);
      }
      refusedSince ??= performance.now();
      if (pool.ending || performance.now() - refusedSince > forMs) return then(error, client, release);
      setTimeout(() => connectPatiently(then), betweenTriesMs);
    });
  pool.connect = ((then?: (...connected: Connected) => void) => {
    if (then !== undefined) return connectPatiently(then);
    return new Promise((resolve, reject) =>
      connectPatiently((error, client) => (client === undefined ? reject(error) : resolve(client))),
    );
  }) as pg.Pool['connect'];
}
