import type { Contestant } from '../contestants.ts';
import { checkoutIn, contestants } from '../contestants.ts';
import { compareAnswers } from '../measure/compare.ts';
import type { Driver, Measurement } from '../measure/drive.ts';
import { type Running, startContestant, startSubgraphs } from '../measure/processes.ts';
import type { Operation, Request } from '../operations/operations.ts';
import type { Options } from '../options.ts';
import type { Services } from '../town/open-bench-town.ts';

/** What is measured of every contestant, round after round. */
export interface Case {
  readonly name: string;
  readonly operation: Operation;
  readonly requests: readonly Request[];
  readonly connections: number;
}

export interface CaseResult {
  readonly name: string;
  readonly title: string;
  readonly connections: number;
  /** One list a round, in the order in which they were measured. */
  readonly rounds: readonly (readonly Measurement[])[];
}

/** The contestants that the command line names, or all of `names`. */
export function chosen(
  { only, before }: Options,
  names: readonly string[] | null = null,
): readonly Contestant[] {
  const wanted = only ?? names;
  const known = before === null ? contestants : [...contestants, ...checkoutIn(before)];
  const found = known.filter(({ name }) => wanted === null || wanted.includes(name));
  if (found.length === 0) throw new Error(`There is no contestant ${wanted?.join(', ')}.`);
  return found;
}

/** Starts contestants on one legacy database, lets them be measured, and stops them whatever happens. */
export async function withContestants<Result>(
  services: Services,
  legacyUrl: string,
  wanted: readonly Contestant[],
  work: (running: readonly Running[]) => Promise<Result>,
): Promise<Result> {
  const environment = services.environment(legacyUrl);
  const started: { stop(): Promise<void> }[] = [];
  try {
    const needsSubgraphs = wanted.some(({ transport }) => transport === 'HTTP');
    const apart = needsSubgraphs ? await startSubgraphs(environment) : { processes: [], environment: {} };
    started.push(...apart.processes);
    const running: Running[] = [];
    for (const contestant of wanted) {
      const addresses = contestant.transport === 'HTTP' ? apart.environment : {};
      const one = await startContestant(contestant, { ...environment, ...addresses }, apart.processes);
      started.push(one.front);
      running.push(one);
    }
    return await work(running);
  } finally {
    await Promise.all(started.map((process) => process.stop()));
  }
}

/**
 * Compares answers, then measures every contestant once a round, in an order of its own each round: what the machine
 * does meanwhile falls on all of them.
 */
export async function contest(
  services: Services,
  driver: Driver,
  running: readonly Running[],
  cases: readonly Case[],
  { rounds, seconds, warmUpSeconds }: Options,
): Promise<readonly CaseResult[]> {
  await compareAnswers(services, running, cases);
  const results: CaseResult[] = [];
  for (const { name, operation, requests, connections } of cases) {
    const measured: Measurement[][] = [];
    const measure = async (one: Running, length: number) => {
      await services.undo(operation.undo);
      return driver.measure(one, { requests, connections, seconds: length });
    };
    for (const one of running) await measure(one, warmUpSeconds);
    for (let round = 1; round <= rounds; round++) {
      const inOrder: Measurement[] = [];
      for (const one of shuffled(running)) {
        const found = await measure(one, seconds);
        const { contestant, perSecond, p50, p99, cpuMs, failures } = found;
        console.log(
          `${name} round ${round}/${rounds} ${contestant}: ${perSecond.toFixed(0)} req/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(1)} ms, cpu ${cpuMs.toFixed(2)} ms${failures > 0 ? `, ${failures} FAILED` : ''}`,
        );
        inOrder.push(found);
      }
      measured.push(inOrder);
    }
    results.push({ name, title: operation.title, connections, rounds: measured });
  }
  return results;
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
