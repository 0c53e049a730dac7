import type { Driver, Measurement } from '../measure/drive.ts';
import { readOperations } from '../operations/operations.ts';
import type { Options } from '../options.ts';
import { writePlot, writeReport } from '../report/files.ts';
import { describeSoak } from '../report/table.ts';
import { callersOf } from '../town/callers.ts';
import type { Services } from '../town/open-bench-town.ts';
import { chosen, withContestants } from './contest.ts';

const segmentSeconds = 10;

/** Whether memory stays where it is while the flagship is asked for minutes. */
export async function soak(services: Services, driver: Driver, options: Options): Promise<void> {
  const legacyUrl = await services.town.legacyUrl(options.children);
  const [flagship] = await readOperations(services.templateId);
  const requests = flagship?.requests(await callersOf(legacyUrl, services.issuer, 2_000)) ?? [];
  const order = { requests, connections: options.connections, seconds: segmentSeconds };
  const found = await withContestants(services, legacyUrl, chosen(options, ['ours']), async ([ours]) => {
    const segments: Measurement[] = [];
    for (let second = 0; ours !== undefined && second < options.minutes * 60; second += segmentSeconds) {
      const segment = await driver.measure(ours, order);
      console.log(
        `soak ${second} s: ${(segment.peakBytes / 1e6).toFixed(0)} MB, ${segment.perSecond.toFixed(0)} req/s`,
      );
      segments.push(segment);
    }
    return segments;
  });
  const points = found.map(({ peakBytes }, index) => {
    const megabytes = peakBytes / 1e6;
    return {
      x: ((index + 1) * segmentSeconds) / 60,
      y: { median: megabytes, low: megabytes, high: megabytes },
    };
  });
  const about = { x: 'minutes', y: 'peak memory, MB', isLogarithmic: false };
  await writePlot(options, 'soak', 'Memory while the flagship is asked', [{ name: 'ours', points }], about);
  await writeReport(options, 'soak', describeSoak(found, segmentSeconds), found);
}
