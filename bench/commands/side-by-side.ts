import type { Driver } from '../measure/drive.ts';
import { readOperations } from '../operations/operations.ts';
import type { Options } from '../options.ts';
import { writeReport } from '../report/files.ts';
import { describeCase } from '../report/table.ts';
import { callersOf } from '../town/callers.ts';
import type { Services } from '../town/open-bench-town.ts';
import { type Case, chosen, contest, withContestants } from './contest.ts';

/** Callers of one run: enough that nobody comes twice within a second, and none starts an application twice. */
const callerCount = 2_000;
const writerCount = 10_000;

/** Everybody on the same data, the same counterparts and the same requests. */
export async function sideBySide(services: Services, driver: Driver, options: Options): Promise<void> {
  const legacyUrl = await services.town.legacyUrl(options.children);
  const writers = await callersOf(legacyUrl, services.issuer, writerCount);
  const callers = writers.slice(0, callerCount);
  const operations = (await readOperations(services.templateId)).filter(
    ({ name }) => options.operations === null || options.operations.includes(name),
  );
  const cases = operations.flatMap((operation): Case[] => {
    const requests = operation.requests(operation.undo.length > 0 ? writers : callers);
    const at = (connections: number): Case => ({
      name: `${operation.name} at ${connections}`,
      operation,
      requests,
      connections,
    });
    // What waiting does to the slowest is seen with many at once, what planning costs with one at a time.
    const more = { flagship: 64, 'invoice-page': 1, unseen: 1 }[operation.name];
    return more === undefined ? [at(options.connections)] : [at(options.connections), at(more)];
  });
  const results = await withContestants(services, legacyUrl, chosen(options), (running) =>
    contest(services, driver, running, cases, options),
  );
  const text = results.map((result) => describeCase(result, legacyUrl));
  await writeReport(options, 'side-by-side', text.join('\n\n'), results);
}
