import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFile } from '../../core/project-root.ts';
import type { FrontProxy } from '../support/proxy.ts';

export function hasCaddy(): boolean {
  return spawnSync('caddy', ['version']).status === 0;
}

interface CaddyConfig {
  admin?: object;
  apps: {
    http: {
      servers: Record<string, { listen: string[]; automatic_https?: object }>;
    };
  };
}

/**
 * Caddy with `deploy/caddy/Caddyfile` in front of gateways and pagoPA listeners, without TLS: it would add its authority
 * to those that this machine trusts.
 */
export async function startCaddy(options: {
  readonly port: number;
  readonly nodePort: number;
  readonly gateways: readonly string[];
  readonly nodes: readonly string[];
  readonly nodeSecret: string;
}): Promise<FrontProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'caddy-'));
  const file = join(folder, 'Caddyfile');
  const whole = readFileSync(projectFile('deploy', 'caddy', 'Caddyfile'), 'utf8');
  const open = whole.replace(/^\ttls \{\n[\s\S]*?^\t\}\n/m, '');
  assert.notEqual(open, whole);
  writeFileSync(file, open);
  const env = {
    ...process.env,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    SCHOOL_HOST: `localhost:${options.port}`,
    SCHOOL_NODE_HOST: `localhost:${options.nodePort}`,
    SCHOOL_GATEWAYS: options.gateways.join(' '),
    SCHOOL_NODES: options.nodes.join(' '),
    SCHOOL_NODE_SECRET: options.nodeSecret,
  };
  const adapted = spawnSync('caddy', ['adapt', '--adapter', 'caddyfile', '--config', file], {
    env,
    encoding: 'utf8',
  });
  if (adapted.status !== 0) throw new Error(adapted.stderr);
  // The hosts that it answers for are names; the drill comes by address.
  const config = JSON.parse(adapted.stdout.replaceAll('"localhost"', '"127.0.0.1"')) as CaddyConfig;
  config.admin = { disabled: true, config: { persist: false } };
  for (const server of Object.values(config.apps.http.servers)) {
    server.automatic_https = { disable: true };
    server.listen = server.listen.map((address) => `127.0.0.1${address}`);
  }
  const path = join(folder, 'caddy.json');
  writeFileSync(path, JSON.stringify(config));
  const caddy = spawn('caddy', ['run', '--config', path], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  caddy.stderr.on('data', (chunk) => {
    log = `${log}${chunk}`.slice(-20_000);
    if (process.env.DRILL_LOGS) appendFileSync(join(process.env.DRILL_LOGS, 'caddy.log'), chunk);
  });
  const url = `http://127.0.0.1:${options.port}`;
  for (let tries = 0; ; tries++) {
    const isThere = await fetch(`${url}/health/live`).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    if (tries > 100 || caddy.exitCode !== null) throw new Error(`Caddy did not start: ${log}`);
    await sleep(100);
  }
  return {
    url,
    async close() {
      caddy.kill('SIGTERM');
      if (caddy.exitCode === null) await once(caddy, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
