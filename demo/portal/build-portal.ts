import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectFile } from '../../core/project-root.ts';

const longestBuildMs = 180_000;

/**
 * The folder of the built portal. It is rebuilt if its sources have changed, which takes some seconds.
 *
 * A folder is named by the hash of its sources and is put in place whole: an interrupted build leaves no usable
 * folder. Errors: one sentence if the build fails.
 */
export async function buildPortal(): Promise<string> {
  const home = projectFile('portal');
  const name = await hashOfSources(home);
  const cache = projectFile('node_modules', '.cache', 'portal');
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  try {
    await promisify(execFile)(
      process.execPath,
      [viteOf(home), 'build', '--outDir', unfinished, '--logLevel', 'error'],
      { cwd: home, timeout: longestBuildMs },
    );
    // Another process may have put the same folder there meanwhile.
    await rename(unfinished, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`The portal could not be built: ${(stderr || message).trim().split('\n')[0]}`);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOthers(cache, name);
  return folder;
}

function viteOf(home: string): string {
  const packageFile = createRequire(join(home, 'package.json')).resolve('vite/package.json');
  return join(dirname(packageFile), 'bin', 'vite.js');
}

/** The portal's own, and those of the client package that it is built from. */
async function hashOfSources(home: string): Promise<string> {
  const client = projectFile('clients', 'typescript');
  const entries = await Promise.all(
    [home, client].map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  const root = projectFile();
  const paths = entries
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !/[\\/](dist|node_modules)[\\/]/.test(path))
    .sort();
  const hash = createHash('sha256');
  for (const path of [...paths, 'package-lock.json'])
    hash.update(path).update(await readFile(join(root, path)));
  return hash.digest('hex').slice(0, 16);
}

/** Folders of earlier sources. An unfinished one belongs to a running process, which removes it. */
async function removeOthers(folder: string, keep: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name !== keep && /^[0-9a-f]{16}$/.test(name))
      await rm(join(folder, name), { recursive: true, force: true });
}
