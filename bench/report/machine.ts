import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { projectFolder } from '../product.ts';

/** What was measured where: without a name or path of the machine. */
export function describeMachine(startedAtLoad: number): string {
  const processors = cpus();
  return [
    `* ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${platform()} ${release().split('-')[0]} ${arch()}`,
    `* Node ${process.version}; ${['@apollo/server', '@apollo/gateway', '@graphql-hive/gateway-runtime', '@graphql-hive/router-runtime', 'graphql', 'pg'].map(version).join(', ')}`,
    `* commit ${commit()}`,
    `* load average when it began ${startedAtLoad.toFixed(2)}, when it ended ${(loadavg()[0] ?? 0).toFixed(2)}: the load process, Postgres and the contestants share the processors`,
  ].join('\n');
}

/** Of the package as it is installed: here, or with the product. */
function version(name: string): string {
  const places = [`${projectFolder}bench/node_modules`, `${projectFolder}node_modules`];
  const path = places.map((place) => `${place}/${name}/package.json`).find(existsSync);
  return path === undefined ? name : `${name} ${JSON.parse(readFileSync(path, 'utf8')).version}`;
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8' }).trim();
  try {
    const isChanged = git('status', '--porcelain') !== '';
    return git('rev-parse', '--short', 'HEAD') + (isChanged ? ', with changes' : '');
  } catch {
    return 'unknown';
  }
}
