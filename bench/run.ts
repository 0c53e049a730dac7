import { capacity } from './commands/capacity.ts';
import { growth } from './commands/growth.ts';
import { sideBySide } from './commands/side-by-side.ts';
import { soak } from './commands/soak.ts';
import { measureTargets } from './commands/targets.ts';
import { startDriver } from './measure/drive.ts';
import { readOptions } from './options.ts';
import { openServices } from './town/open-bench-town.ts';

const work = { 'side-by-side': sideBySide, growth, soak, targets: measureTargets, capacity } as const;

const options = readOptions(process.argv.slice(2));
const services = await openServices(options);
const driver = startDriver(options.dataDir);
// Who stops a run waits for Postgres to end; contestants end with their parent.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void services.close().finally(() => process.exit(1)));
try {
  for (const command of options.commands) await work[command](services, driver, options);
} finally {
  driver.stop();
  await services.close();
}
