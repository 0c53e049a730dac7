import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { municipality } from '../../../../legacy/hypersic/anagrafe.statements.ts';
import { type Connection, openConnection } from '../../../../legacy/hypersic/wire/connection.ts';
import { legacyTown } from '../../../support/databases.ts';

const statementTimeoutMs = 400;

describe('a database that is gone without a word', () => {
  let way: { url: string; isCut: boolean; ended: number; close(): void };
  let connection: Connection;
  beforeEach(async () => {
    way = await startWay(await legacyTown());
    connection = openConnection({ url: way.url, poolSize: 1, statementTimeoutMs, observe: () => undefined });
  });
  afterEach(async () => {
    way.close();
    await connection.close();
  });

  it('loses its session, so that the next read has another one', async () => {
    expect(await connection.read(municipality, {})).toHaveLength(1);
    way.isCut = true;
    await expect(connection.read(municipality, {})).rejects.toMatchObject({ code: 'LEGACY_UNAVAILABLE' });
    // Counted before the next reads: on a busy machine they may come too late as well, and lose their sessions too.
    await untilAnswered(async () => expect(way.ended).toBe(1));
    way.isCut = false;
    expect(await untilAnswered(() => connection.read(municipality, {}))).toHaveLength(1);
  });

  it('keeps a session that has nothing to do', async () => {
    await connection.read(municipality, {});
    await new Promise((resolve) => setTimeout(resolve, 2 * statementTimeoutMs));
    expect([await connection.read(municipality, {}), way.ended]).toEqual([expect.anything(), 0]);
  });
});

describe('a parameter', () => {
  let connection: Connection;
  beforeAll(async () => {
    const url = await legacyTown();
    connection = openConnection({ url, poolSize: 1, statementTimeoutMs: 10_000, observe: () => undefined });
  });
  afterAll(() => connection.close());
  const read = (type: string, value: unknown) =>
    connection.read(
      { name: `of ${type}`, text: `SELECT $1::${type} AS value`, positions: ['value'] },
      { value },
    );

  it.each([
    ['text[]', ['a,b', '{c}', '"d" \\', '']],
    ['text[]', []],
    ['int[]', [1, 2, -3]],
  ])('of type %s arrives as it is: %j', async (type, value) => {
    expect(await read(type, value)).toEqual([{ value }]);
  });

  it('with characters that the database refuses is the caller’s fault', async () => {
    await expect(read('text', 'mensa\u0000')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

/** Between the adapter and Postgres: bytes go both ways until it is cut, and then nowhere, on connections that stay. */
async function startWay(target: string) {
  const url = new URL(target);
  const path = join(url.searchParams.get('host') ?? '', '.s.PGSQL.5432');
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = createConnection(path);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.on('data', (bytes) => way.isCut || far.write(bytes));
    far.on('data', (bytes) => way.isCut || near.write(bytes));
    near.on('close', () => {
      way.ended++;
      far.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.search = '';
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const way = {
    url: url.href,
    isCut: false,
    ended: 0,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return way;
}

async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 50; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
