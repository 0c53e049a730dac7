import type { Driver, Measurement } from '../measure/drive.ts';
import { type Operation, readOperations } from '../operations/operations.ts';
import type { Options } from '../options.ts';
import { writeReport } from '../report/files.ts';
import { spreadOf } from '../report/statistics.ts';
import { table } from '../report/table.ts';
import { callersOf } from '../town/callers.ts';
import type { Services } from '../town/open-bench-town.ts';
import { type CaseResult, chosen, contest, withContestants } from './contest.ts';

type Round = readonly Measurement[];

/** One row of the table: what is measured, and the figure of a round that is compared with the aim. */
interface Target {
  readonly title: string;
  readonly operation: string;
  readonly connections: number;
  readonly contestants: readonly string[];
  readonly unit: '%' | '×' | 'MB';
  readonly aim: { readonly least: number } | { readonly most: number };
  figure(round: Round): number;
}

const peers = ['apollo-http', 'hive-js-http', 'hive-rust-http'] as const;
const measurementOf = (round: Round, name: string) => round.find(({ contestant }) => contestant === name);
const rate = (round: Round, name: string) => measurementOf(round, name)?.perSecond ?? Number.NaN;
const p99 = (round: Round, name: string) => measurementOf(round, name)?.p99 ?? Number.NaN;

const ofTheLimit = (title: string, operation: string, least: number): Target => ({
  title: `${title}, of the limit`,
  operation,
  connections: 8,
  contestants: ['limit', 'ours'],
  unit: '%',
  aim: { least },
  figure: (round) => (rate(round, 'ours') / rate(round, 'limit')) * 100,
});

/** Rows with the same operation and connections are figures of the same measurements. */
const targets: readonly Target[] = [
  ofTheLimit('flagship, one process, 8 connections', 'flagship', 80),
  ofTheLimit('a page of 20 invoices', 'invoice-page', 88),
  ofTheLimit('a small public query', 'kinds', 85),
  ofTheLimit('a mutation: startPractice from an empty table', 'start-practice', 60),
  {
    title: 'new queries at 8 connections, of the Rust planner of Hive',
    operation: 'unseen',
    connections: 8,
    contestants: ['ours', 'hive-rust'],
    unit: '×',
    aim: { least: 1.5 },
    figure: (round) => rate(round, 'ours') / rate(round, 'hive-rust'),
  },
  {
    title: 'flagship, p99 at 64 connections, of that of the limit',
    operation: 'flagship',
    connections: 64,
    contestants: ['limit', 'ours'],
    unit: '×',
    aim: { most: 1.05 },
    figure: (round) => p99(round, 'ours') / p99(round, 'limit'),
  },
  {
    title: 'flagship, resident memory at 64 connections',
    operation: 'flagship',
    connections: 64,
    contestants: ['limit', 'ours'],
    unit: 'MB',
    aim: { most: 400 },
    figure: (round) => (measurementOf(round, 'ours')?.peakBytes ?? Number.NaN) / 1e6,
  },
  {
    title: 'flagship over HTTP, of the best peer',
    operation: 'flagship',
    connections: 8,
    contestants: ['ours-http', ...peers],
    unit: '×',
    aim: { least: 1.6 },
    figure: (round) => rate(round, 'ours-http') / Math.max(...peers.map((peer) => rate(round, peer))),
  },
];

/** Callers of one run, and those of the mutation: none starts an application twice. */
const [callerCount, writerCount] = [2_000, 10_000];

/** Only what the targets of speed compare, with the contestants that each needs: at most twelve minutes. */
export async function measureTargets(services: Services, driver: Driver, options: Options): Promise<void> {
  const legacyUrl = await services.town.legacyUrl(options.children);
  const writers = await callersOf(legacyUrl, services.issuer, writerCount);
  const operations = await readOperations(services.templateId);
  const wanted = chosen(options, [...new Set(targets.flatMap(({ contestants }) => contestants))]);
  const results = await withContestants(services, legacyUrl, wanted, async (running) => {
    const found = new Map<string, CaseResult>();
    for (const target of targets) {
      const among = running.filter(({ contestant }) => target.contestants.includes(contestant.name));
      if (found.has(nameOf(target)) || among.length < target.contestants.length) continue;
      const operation = operations.find(({ name }) => name === target.operation) as Operation;
      const requests = operation.requests(
        operation.undo.length > 0 ? writers : writers.slice(0, callerCount),
      );
      const { connections } = target;
      const one = { name: nameOf(target), operation, requests, connections };
      // A case that fails leaves the others' figures as they are.
      const measured = await contest(services, driver, among, [one], options).catch((error: unknown) => {
        console.error(`${one.name} was not measured.`, error);
        return [];
      });
      for (const result of measured) found.set(nameOf(target), result);
    }
    return found;
  });
  const rows = targets.map((target) => rowOf(target, results.get(nameOf(target))?.rounds ?? []));
  const head = ['', 'aim', 'median of the rounds', 'lowest', 'highest', 'met'];
  const measured = [...results.values()].map(describeRates);
  await writeReport(options, 'targets', [table(head, rows), ...measured].join('\n\n'), [...results.values()]);
}

function nameOf({ operation, connections, contestants }: Target): string {
  return `${operation} at ${connections}${contestants[0] === 'ours-http' ? ' over HTTP' : ''}`;
}

function rowOf({ title, aim, unit, figure }: Target, rounds: readonly Round[]): readonly string[] {
  const text = (value: number) => `${value.toFixed(unit === '×' ? 2 : 0)} ${unit}`;
  const [sign, bound] = 'least' in aim ? ['≥', aim.least] : ['≤', aim.most];
  if (rounds.length === 0) return [title, `${sign} ${text(bound)}`, '', '', '', 'not measured'];
  const { median, low, high } = spreadOf(rounds.map(figure));
  const isMet = 'least' in aim ? median >= bound : median <= bound;
  const hasFailed = rounds.flat().some(({ failures }) => failures > 0);
  const met = hasFailed ? 'answers failed' : isMet ? 'yes' : 'no';
  return [title, `${sign} ${text(bound)}`, text(median), text(low), text(high), met];
}

function describeRates({ name, rounds }: CaseResult): string {
  const names = [...new Set(rounds.flat().map(({ contestant }) => contestant))];
  const rows = names.map((contestant) => {
    const median = (pick: (one: Measurement) => number, digits: number) =>
      spreadOf(rounds.flatMap((round) => measurementOf(round, contestant) ?? []).map(pick)).median.toFixed(
        digits,
      );
    return [
      contestant,
      median((one) => one.perSecond, 0),
      median((one) => one.p50, 2),
      median((one) => one.p99, 1),
      median((one) => one.cpuMs, 2),
      median((one) => one.postgresMs, 2),
      median((one) => one.peakBytes / 1e6, 0),
      median((one) => Object.values(one.statements).reduce((sum, count) => sum + count, 0), 1),
    ];
  });
  const head = [
    '',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'CPU ms/request',
    'of Postgres',
    'peak MB',
    'statements',
  ];
  return `### ${name}\n\n${table(head, rows)}`;
}
