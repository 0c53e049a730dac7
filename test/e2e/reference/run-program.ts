import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { projectFile } from '../../../core/project-root.ts';

/** A folder of an integrator with the client as `npm pack` makes it. */
export interface IntegratorFolder {
  /** Runs a program of examples/ to its end and returns its output. */
  run(example: string, env: Record<string, string>): Promise<string>;
  /** Starts one that goes on. */
  start(example: string, env: Record<string, string>): Promise<ChildProcess>;
  remove(): Promise<void>;
}

/** Builds the client, and installs it where its dependencies are found: below the project's own packages. */
export async function openIntegratorFolder(): Promise<IntegratorFolder> {
  const folder = projectFile('node_modules', '.cache', `integrator-${process.pid}`);
  const [client, installed] = [
    projectFile('clients', 'typescript'),
    join(folder, 'node_modules', '@school-services', 'client'),
  ];
  await rm(folder, { recursive: true, force: true });
  await mkdir(installed, { recursive: true });
  const tsc = projectFile('node_modules', 'typescript', 'bin', 'tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', client, '--outDir', join(installed, 'dist')]);
  await cp(join(client, 'package.json'), join(installed, 'package.json'));
  await symlink(projectFile('examples', 'node', 'package.json'), join(folder, 'package.json'));
  const copied = async (example: string) => {
    const path = join(folder, basename(example));
    await copyFile(projectFile('examples', 'node', example), path);
    return path;
  };
  return {
    async run(example, env) {
      const { stdout } = await promisify(execFile)(process.execPath, [await copied(example)], { env });
      return stdout;
    },
    async start(example, env) {
      const child = spawn(process.execPath, [await copied(example)], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      return child;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
