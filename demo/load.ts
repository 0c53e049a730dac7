import { parseArgs } from 'node:util';
import { systemClock } from '../core/clock.ts';
import { findRunningTown } from './running-town.ts';
import { loadChildren } from './town/load-children.ts';

/** `npm run demo:load -- --children 20000` */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { children: { type: 'string', default: '20000' } } });
  const children = Number(values.children);
  if (!Number.isInteger(children) || children < 1 || children > 1_000_000) {
    throw new Error('--children is a number from 1 to 1000000.');
  }
  const town = findRunningTown(process.env.DATA_DIR ?? '.data');
  const started = Date.now();
  await loadChildren(town.legacyUrl, children, systemClock);
  console.log(`The town has ${children} more children (${((Date.now() - started) / 1000).toFixed(1)} s).`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The town could not be loaded.');
  process.exitCode = 1;
});
