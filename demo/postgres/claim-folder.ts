import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes this process the only user of a data folder; returns a function that releases it.
 *
 * The claim of a dead process, as after kill -9, is taken over. Errors: one sentence with the pid that holds it.
 */
export function claimFolder(folder: string): () => void {
  const file = join(folder, 'owner.pid');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      // Exclusive: of several processes that start together, one succeeds.
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(file);
    if (owner !== null && isAlive(owner)) {
      throw new Error(
        `The data folder ${folder} is in use by process ${owner}: stop it, or set another DATA_DIR.`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new Error(`The data folder ${folder} could not be claimed: others are starting in it.`);
}

function ownerOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8')) || null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
