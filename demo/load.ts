import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import { systemClock } from '../core/clock.ts';
import { findRunningTown } from './running-town.ts';
import { loadChildren } from './town/load-children.ts';

/** `npm run demo:load -- --children 20000` */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { children: { type: 'string', default: '20000' } } });
  const children = Number(values.children);
  if (!Number.isInteger(children) || children < 1 || children > 500_000) {
    throw new Error('--children is a whole number from 1 to 500000.');
  }
  const town = findRunningTown(process.env.DATA_DIR ?? '.data');
  const started = Date.now();
  const added = await loadChildren(town.legacyUrl, children, systemClock);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`The town has at least ${children} loaded children, ${added} of them new (${seconds} s).`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The town could not be loaded.');
  process.exitCode = 1;
});
