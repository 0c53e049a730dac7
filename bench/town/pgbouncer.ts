import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../test/support/free-port.ts';
import { databaseName } from './database-name.ts';

/** PgBouncer in front of some databases, a session for each client. */
export interface Bouncer {
  /** The address of the same database through it. */
  urlOf(url: string): string;
  close(): Promise<void>;
}

/** Null where PgBouncer is not installed. */
export async function openBouncer(urls: readonly string[]): Promise<Bouncer | null> {
  if (spawnSync('pgbouncer', ['--version']).status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  const [any = ''] = urls;
  const { username, password, searchParams } = new URL(any);
  const names = urls.map(databaseName);
  const port = await freePort();
  writeFileSync(join(folder, 'users.txt'), `"${username}" "${password}"\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]\n${names.map((name) => `${name} = host=${searchParams.get('host')} dbname=${name}`).join('\n')}
[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}\npool_mode = session\nmax_client_conn = 500\ndefault_pool_size = 60
ignore_startup_parameters = extra_float_digits,statement_timeout,options\n`,
  );
  chmodSync(folder, 0o755);
  // It refuses to be root.
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const bouncer = spawn('pgbouncer', [...asNobody, join(folder, 'pgbouncer.ini')], { stdio: 'ignore' });
  const urlOf = (url: string) => `postgres://${username}:${password}@127.0.0.1:${port}/${databaseName(url)}`;
  for (let tries = 0; ; tries++) {
    const client = new pg.Client(urlOf(any));
    const isOpen = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isOpen) break;
    if (tries > 50) throw new Error('PgBouncer does not answer.');
    await sleep(100);
  }
  return {
    urlOf,
    async close() {
      bouncer.kill('SIGKILL');
      if (bouncer.exitCode === null) await once(bouncer, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
