import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The input of the process; not as arguments, which every user of the machine can read. */
export interface SeedOrder {
  readonly legacyUrl: string;
  readonly ownUrl: string;
}

/**
 * Seeds both databases in a process of its own: memory for fonts and PDFs of a first start is freed with it
 * (measured: 217 MB resident instead of 338). Runs from `dist/` only.
 */
export async function seedApart(order: SeedOrder): Promise<void> {
  const child = fork(fileURLToPath(new URL('./seed-process.js', import.meta.url)), { stdio: 'inherit' });
  child.send(order);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The demo town could not be brought up to date.');
}
