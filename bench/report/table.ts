import type { CaseResult } from '../commands/contest.ts';
import type { Growth } from '../commands/growth.ts';
import { contestants } from '../contestants.ts';
import type { Measurement } from '../measure/drive.ts';
import { databaseName } from '../town/database-name.ts';
import { type Spread, spreadOf } from './statistics.ts';

type Pick = (measurement: Measurement) => number;

/** A case as a table, the fastest first: medians over the rounds, lowest and highest in brackets. */
export function describeCase({ name, title, rounds }: CaseResult, legacyUrl: string): string {
  const legacyDatabase = databaseName(legacyUrl);
  const names = [...new Set(rounds.flat().map(({ contestant }) => contestant))];
  const rows = names.map((contestant) => {
    const of = (pick: Pick) =>
      spreadOf(rounds.flatMap((round) => round.filter((one) => one.contestant === contestant).map(pick)));
    const failures = rounds.flat().filter((one) => one.contestant === contestant && one.failures > 0).length;
    return {
      perSecond: of((one) => one.perSecond).median,
      cells: [
        titleOf(contestant) + (failures > 0 ? ' (answers failed)' : ''),
        spread(
          of((one) => one.perSecond),
          0,
        ),
        ratio(ratioTo(rounds, contestant, 'limit')),
        ratio(ratioTo(rounds, 'ours', contestant)),
        of((one) => one.p50).median.toFixed(2),
        of((one) => one.p99).median.toFixed(1),
        of((one) => one.cpuMs).median.toFixed(2),
        (of((one) => one.peakBytes).high / 1e6).toFixed(0),
        of((one) => one.subgraphCalls).median.toFixed(1),
        of((one) => one.statements[legacyDatabase] ?? 0).median.toFixed(1),
      ],
    };
  });
  const head = [
    'contestant',
    'requests/s',
    'of the limit',
    'this project is … times it',
    'p50 ms',
    'p99 ms',
    'CPU ms/request',
    'peak MB',
    'subgraph calls',
    'legacy statements',
  ];
  const sorted = rows.toSorted((a, b) => b.perSecond - a.perSecond).map(({ cells }) => cells);
  return `### ${title} (${name} connections)\n\n${table(head, sorted)}`;
}

/** What was found at each size, a row a contestant. */
export function describeGrowth({ title, sizes, results }: Growth): string {
  const names = [
    ...new Set(results.flatMap(({ rounds }) => rounds.flat().map(({ contestant }) => contestant))),
  ];
  const rows = names.flatMap((contestant) =>
    (
      [
        ['p50 ms', ({ p50 }) => p50, 2],
        ['p99 ms', ({ p99 }) => p99, 1],
        ['requests/s', ({ perSecond }) => perSecond, 0],
        ['CPU ms/request', ({ cpuMs }) => cpuMs, 2],
      ] as const satisfies readonly (readonly [string, Pick, number])[]
    ).map(([what, pick, digits]) => [
      titleOf(contestant),
      what,
      ...results.map(({ rounds }) => {
        const own = rounds.flat().filter((one) => one.contestant === contestant);
        return spread(spreadOf(own.map(pick)), digits);
      }),
    ]),
  );
  return `### ${title}\n\n${table(['contestant', '', ...sizes.map(String)], rows)}`;
}

export function describeSoak(segments: readonly Measurement[], segmentSeconds: number): string {
  const megabytes = segments.map(({ peakBytes }) => peakBytes / 1e6);
  const half = Math.floor(megabytes.length / 2);
  const rows = [
    ['first half', spread(spreadOf(megabytes.slice(0, half)), 0)],
    ['second half', spread(spreadOf(megabytes.slice(half)), 0)],
  ];
  const asked = segments.reduce((sum, { requests }) => sum + requests, 0);
  return `### Peak memory over ${segments.length * segmentSeconds} seconds, ${asked} requests\n\n${table(['', 'MB'], rows)}`;
}

/** Round by round, so that what the machine did to a round is in both. */
function ratioTo(rounds: CaseResult['rounds'], one: string, other: string): Spread | null {
  const ratios = rounds.flatMap((round) => {
    const [a, b] = [one, other].map((name) => round.find(({ contestant }) => contestant === name)?.perSecond);
    return a === undefined || b === undefined || b === 0 ? [] : [a / b];
  });
  return ratios.length === 0 ? null : spreadOf(ratios);
}

function ratio(found: Spread | null): string {
  return found === null ? '' : spread(found, 2);
}

export function spread({ median, low, high }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

function titleOf(name: string): string {
  const found = contestants.find((contestant) => contestant.name === name);
  if (found === undefined) return name;
  return found.transport === 'none'
    ? found.title
    : `${found.title}, ${found.transport}`.replace(', one process, in process', ', one process');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
