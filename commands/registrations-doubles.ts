import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import { readWorkerConfig } from '../core/config.ts';
import { processLog, runCommand } from '../core/main.ts';
import { readLegacyConfig } from '../legacy/open-legacy.ts';
import { openServices } from '../subgraphs/open-services.ts';
import { type DoubleFound, findDoubles } from '../subgraphs/practices/registration/find-doubles.action.ts';
import { townEnvironment } from './town-environment.ts';

/**
 * `npm run registrations:doubles -- [--days 90]`: double entries and attachments in the protocol register, for the
 * office to correct.
 */
await runCommand(async () => {
  const { values } = parseArgs({ options: { days: { type: 'string', default: '90' } } });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 3_660)
    throw new Error('--days is a whole number from 1 to 3660.');
  const config = readWorkerConfig(townEnvironment(process.env), readLegacyConfig);
  const { services, close } = await openServices(
    { ...config.services, legacy: config.legacy },
    { log: processLog() },
  );
  try {
    const since = new Date(services.clock.now().getTime() - days * 86_400_000);
    const doubles = await findDoubles(services, since);
    for (const double of doubles) console.log(lineOf(double));
    console.log(`${doubles.length} doubles of what was filed in the last ${days} days.`);
  } finally {
    await close();
  }
});

function lineOf({ reference, entry, double, foundAt }: DoubleFound): string {
  const what =
    double.fileName === null ? `also ${double.number}/${double.year}` : `twice the file ${double.fileName}`;
  return `${reference}: ${entry.number}/${entry.year}, ${what} (found ${foundAt.toISOString()})`;
}
