import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDatabase } from '../../../../core/database.ts';
import { listenAt } from '../../../../core/http/listen.ts';
import { makePatient } from '../../../../core/internals/patient-pool.ts';
import { emptyDatabase } from '../../../support/databases.ts';
import { freePort } from '../../../support/free-port.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

/** A Postgres that refuses the first sessions, with a message of the protocol. Source: SQLSTATE 57P03. */
async function startingPostgres(refusals: number, code = '57P03') {
  const real = new URL(await emptyDatabase());
  const socket = `${real.searchParams.get('host')}/.s.PGSQL.5432`;
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mthe database system is starting up\0\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  let sessions = 0;
  server = createServer((client) => {
    client.on('error', () => undefined);
    if (++sessions <= refusals)
      return void client.once('data', () => client.end(Buffer.concat([Buffer.from('E'), length, fields])));
    const postgres = connect(socket);
    postgres.on('error', () => client.destroy());
    client.pipe(postgres).pipe(client);
  });
  real.searchParams.delete('host');
  real.hostname = '127.0.0.1';
  real.port = String(await listenAt(server, { port: 0, host: '127.0.0.1', portVariable: 'PORT' }));
  return { url: real.href, sessions: () => sessions };
}

describe('a pool whose server restarts', () => {
  it('waits for the session, by callback and by promise', async () => {
    const { url, sessions } = await startingPostgres(3);
    const pool = new pg.Pool({ connectionString: url });
    makePatient(pool);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(sessions()).toBe(4);
    const client = await pool.connect();
    expect((await client.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
    client.release();
    await pool.end();
  });

  it('does not wait for what no restart mends', async () => {
    const { url, sessions } = await startingPostgres(3, '28P01');
    const pool = new pg.Pool({ connectionString: url });
    makePatient(pool);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(sessions()).toBe(1);
    await pool.end();
  });

  it('gives up after its patience, and says it to the next at once', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: await freePort() });
    let tries = 0;
    const connecting = pool.connect.bind(pool);
    pool.connect = ((then: never) => {
      tries++;
      return connecting(then);
    }) as typeof pool.connect;
    makePatient(pool, 250);
    const both = await Promise.allSettled([pool.query('SELECT 1'), pool.query('SELECT 1')]);
    expect(both).toMatchObject([{ reason: { code: 'ECONNREFUSED' } }, { reason: { code: 'ECONNREFUSED' } }]);
    tries = 0;
    await expect(pool.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(tries).toBe(1);
    await pool.end();
  });
});

describe('a program that starts with its Postgres', () => {
  it('waits for it, and says the reason if it is another one', async () => {
    const { url, sessions } = await startingPostgres(3);
    const database = await openDatabase({ url, entities: [], migrations: [] });
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(sessions()).toBe(4);
    await database.destroy();
    server?.close();
    const refusing = await startingPostgres(9, '53300');
    await expect(openDatabase({ url: refusing.url, entities: [], migrations: [] })).rejects.toThrow(
      /^DATABASE_URL: the database at 127\.0\.0\.1:\d+ cannot be used: it has no connection left \(53300\)\.$/,
    );
    expect(refusing.sessions()).toBe(1);
  });
});
