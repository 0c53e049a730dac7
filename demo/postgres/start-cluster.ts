import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { binaries } from './binaries.ts';
import { claimFolder } from './claim-folder.ts';
import { commandAs, serverUser } from './server-user.ts';

/** A Postgres server of our own, with many databases. */
export interface Cluster {
  /**
   * A connection URL over the Unix socket, with the password: of the server's owner, or of another role.
   */
  urlFor(database: string, role?: Role): string;
  hasDatabase(name: string): Promise<boolean>;
  /** Copies `template` if given, to which no session may be connected. */
  createDatabase(name: string, template?: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** Ends all sessions and the server, and waits for it. */
  stop(): Promise<void>;
}

export interface Role {
  readonly name: string;
  readonly password: string;
}

export interface ClusterOptions {
  /** Created if missing. Contains the whole cluster except its socket. */
  readonly dataDir: string;
  /** False skips fsync, vacuuming and most checkpoints: for tests, whose many databases live for minutes. */
  readonly durable?: boolean;
}

const user = 'town';
/** Settings that switch off everything that makes data durable. */
const forgetful = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
};
const startTimeoutMs = 30_000;
const stopTimeoutMs = 8_000;

/**
 * Starts the real server from the binaries that npm installed.
 *
 * The packages' own process handling is not used: importing it hooks SIGTERM, and three simultaneous first starts
 * race to create an OS user. Errors: one clear sentence each.
 */
export async function startCluster({ dataDir, durable = true }: ClusterOptions): Promise<Cluster> {
  const folder = openFolder(dataDir);
  const releaseFolder = claimFolder(folder);
  try {
    return await startIn(folder, durable, releaseFolder);
  } catch (error) {
    releaseFolder();
    throw error;
  }
}

async function startIn(folder: string, durable: boolean, releaseFolder: () => void): Promise<Cluster> {
  const pgData = join(folder, 'postgres');
  const socketDir = openSocketFolder(folder);
  await stopOrphan(pgData, socketDir);
  const password = passwordOf(folder);
  if (!existsSync(join(pgData, 'PG_VERSION'))) await initialise(pgData, join(folder, 'postgres.password'));
  refuseOtherVersion(pgData);

  const server = startServer(pgData, socketDir, join(folder, 'postgres.log'), durable);
  const urlFor = (database: string, role: Role = { name: user, password }) =>
    `postgres://${role.name}:${role.password}@localhost/${database}?host=${encodeURIComponent(socketDir)}`;
  await untilReady(urlFor('postgres'), server, join(folder, 'postgres.log'));
  const killOnExit = () => server.kill('SIGINT');
  process.once('exit', killOnExit);

  const admin = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client(urlFor('postgres'));
    await client.connect();
    return work(client).finally(() => client.end());
  };
  return {
    urlFor,
    hasDatabase: (name) =>
      admin(
        async (client) =>
          (await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rows.length === 1,
      ),
    createDatabase: (name, template) =>
      admin(async (client) => {
        const from = template === undefined ? '' : ` TEMPLATE ${pg.escapeIdentifier(template)}`;
        await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}${from}`);
      }),
    dropDatabase: (name) =>
      admin(
        async (client) =>
          void (await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)),
      ),
    async stop() {
      process.removeListener('exit', killOnExit);
      await end(server);
      rmSync(socketDir, { recursive: true, force: true });
      releaseFolder();
    },
  };
}

function openFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const folder = realpathSync(dataDir);
    if (!statSync(folder).isDirectory()) throw new Error('not a folder');
    return folder;
  } catch (cause) {
    throw new Error(
      `The data folder ${dataDir} cannot be used: it must be a folder that this user may read and write.`,
      { cause },
    );
  }
}

/** A socket's path has at most 107 bytes, so it is in the temporary folder, named by a hash of the data folder. */
function openSocketFolder(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const path = join(tmpdir(), `school-services-${hash}`);
  const { uid } = serverUser();
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) chownSync(path, uid, uid);
  const { uid: owner, mode } = statSync(path);
  if (owner !== uid || (mode & 0o077) !== 0) {
    throw new Error(`The socket folder ${path} belongs to somebody else: remove it and start again.`);
  }
  return path;
}

/** Other users of the machine must not connect, so the server requires a password that only this folder holds. */
function passwordOf(folder: string): string {
  const file = join(folder, 'postgres.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function initialise(pgData: string, passwordFile: string): Promise<void> {
  mkdirSync(pgData, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) chownSync(pgData, serverUser().uid, serverUser().uid);
  const options = ['-D', pgData, '-U', user, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  const { code, output } = await run(binaries().initdb, [
    ...options,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
  ]);
  if (code !== 0) throw new Error(`The database could not be created: ${lastLine(output)}`);
}

function refuseOtherVersion(pgData: string): void {
  const found = readFileSync(join(pgData, 'PG_VERSION'), 'utf8').trim();
  const { majorVersion } = binaries();
  if (found !== majorVersion) {
    throw new Error(
      `The data folder was written by Postgres ${found} and this is Postgres ${majorVersion}: use another DATA_DIR.`,
    );
  }
}

/**
 * A server whose parent was killed continues and holds the folder: it is stopped as its parent would have done.
 */
async function stopOrphan(pgData: string, socketDir: string): Promise<void> {
  // If the data folder of a running server was deleted, the server is found by its socket.
  const files = [join(pgData, 'postmaster.pid'), join(socketDir, '.s.PGSQL.5432.lock')];
  const pids = files
    .filter((file) => existsSync(file))
    .map((file) => Number(readFileSync(file, 'utf8').split('\n')[0]));
  const pid = pids.find((candidate) => isServerOf(candidate, pgData));
  if (pid === undefined) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    const deadline = Date.now() + stopTimeoutMs;
    while (Date.now() < deadline) {
      if (!isServerOf(pid, pgData)) return;
      await sleep(30);
    }
  }
}

function isServerOf(pid: number, pgData: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // Another program may have the pid by now; if the system reports its command, only a Postgres server counts.
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes(pgData);
}

function startServer(pgData: string, socketDir: string, logFile: string, durable: boolean): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    max_connections: '200',
    shared_buffers: '128MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : forgetful),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, args] = commandAs(serverUser(), binaries().postgres, ['-D', pgData, ...options]);
  const log = openSync(logFile, 'a', 0o600);
  // Its own process group: Ctrl-C in a terminal reaches us, and we stop the server when our work is done.
  return spawn(command, args, { stdio: ['ignore', log, log], detached: true });
}

async function untilReady(url: string, server: ChildProcess, logFile: string): Promise<void> {
  let failure: unknown;
  server.once('error', (error) => {
    failure = error;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline && server.exitCode === null && failure === undefined) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    try {
      await client.connect();
      // While a backup is restored, the server answers readers and refuses whoever writes.
      const { rows } = await client.query('SELECT pg_is_in_recovery() AS recovering');
      if (!rows[0].recovering) return;
    } catch {
      // It does not listen yet.
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(25);
  }
  server.kill('SIGQUIT');
  throw new Error(`Postgres did not start: ${lastLine(readFileSync(logFile, 'utf8'))}`, { cause: failure });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGINT');
  const hurry = setTimeout(() => server.kill('SIGQUIT'), stopTimeoutMs);
  await ended;
  clearTimeout(hurry);
}

function run(
  program: string,
  programArgs: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const [command, args] = commandAs(serverUser(), program, programArgs);
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: -1, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? 'it said nothing';
}
