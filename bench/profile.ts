import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chosen, withContestants } from './commands/contest.ts';
import { startDriver } from './measure/drive.ts';
import { readOperations } from './operations/operations.ts';
import { readOptions } from './options.ts';
import { attribute } from './report/attribution.ts';
import { writeReport } from './report/files.ts';
import { table } from './report/table.ts';
import { callersOf } from './town/callers.ts';
import { openServices } from './town/open-bench-town.ts';

/** `npm run bench:profile`: where the time of the flagship, or of another operation, goes. */
const options = readOptions(process.argv.slice(2));
const [wanted = 'flagship'] = options.operations ?? [];
const [contestant] = chosen(options, ['ours']);
const services = await openServices(options);
const driver = startDriver(options.dataDir);
try {
  const operation = (await readOperations(services.templateId)).find(({ name }) => name === wanted);
  if (operation === undefined) throw new Error(`There is no operation ${wanted}.`);
  const legacyUrl = await services.town.legacyUrl(options.children);
  const requests = operation.requests(await callersOf(legacyUrl, services.issuer, 2_000));
  const order = { requests, connections: options.connections };
  await withContestants(
    services,
    legacyUrl,
    contestant === undefined ? [] : [contestant],
    async ([running]) => {
      if (running === undefined) return;
      const measure = async (seconds: number) => {
        await services.undo(operation.undo);
        return driver.measure(running, { ...order, seconds });
      };
      await measure(options.warmUpSeconds);
      const calm = await measure(options.seconds);
      await running.front.startProfile();
      const measured = await measure(options.seconds);
      const profile = await running.front.stopProfile();
      const { purposes, functions } = attribute(profile);
      const total = purposes.reduce((sum, [, micros]) => sum + micros, 0);
      const rows = (found: typeof purposes) =>
        found.map(([name, micros]) => [
          name,
          (micros / 1_000 / measured.requests).toFixed(3),
          `${((micros / total) * 100).toFixed(1)} %`,
        ]);
      const head = ['', 'ms a request', 'share'];
      mkdirSync(options.out, { recursive: true });
      writeFileSync(join(options.out, `${wanted}.cpuprofile`), JSON.stringify(profile));
      const text = [
        `${running.contestant.title}: ${operation.title}. ${calm.cpuMs.toFixed(2)} ms of processor a request, ${measured.cpuMs.toFixed(2)} while profiled.`,
        table(head, rows(purposes)),
        'The functions that take most by themselves:',
        table(head, rows(functions.slice(0, 40))),
      ];
      await writeReport(options, `profile-${wanted}`, text.join('\n\n'), purposes);
    },
  );
} finally {
  driver.stop();
  await services.close();
}
