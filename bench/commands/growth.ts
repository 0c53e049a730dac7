import pg from 'pg';
import type { Driver } from '../measure/drive.ts';
import { type Operation, readOperations } from '../operations/operations.ts';
import type { Options } from '../options.ts';
import { writePlot, writeReport } from '../report/files.ts';
import type { Series } from '../report/plot.ts';
import { spreadOf } from '../report/statistics.ts';
import { describeGrowth } from '../report/table.ts';
import { type Caller, callersByCode, callersOf } from '../town/callers.ts';
import { callersByInvoices, callersBySize, familySizes, invoiceCounts } from '../town/growing-families.ts';
import type { Services } from '../town/open-bench-town.ts';
import { type CaseResult, chosen, contest, withContestants } from './contest.ts';

/** One thing that grows, and what was found at each of its sizes. */
export interface Growth {
  readonly name: string;
  readonly title: string;
  readonly sizes: readonly number[];
  readonly results: readonly CaseResult[];
}

/** What happens to time as families, lists, towns and crowds grow. */
export async function growth(services: Services, driver: Driver, options: Options): Promise<void> {
  const operations = await readOperations(services.templateId);
  const find = (name: string) => operations.find((operation) => operation.name === name) as Operation;
  const growths = [
    await ofFamilies(services, driver, options, find('flagship')),
    await ofLists(services, driver, options, find('invoice-page')),
    await ofTowns(services, driver, options, find('flagship')),
    await ofCrowds(services, driver, options, find('flagship')),
  ];
  for (const one of growths) await writePlot(options, one.name, one.title, seriesOf(one));
  await writeReport(options, 'growth', growths.map(describeGrowth).join('\n\n'), growths);
}

async function ofFamilies(services: Services, driver: Driver, options: Options, operation: Operation) {
  return inGrownTown(services, driver, options, operation, {
    name: 'children',
    title: 'Children in a family: the flagship',
    sizes: familySizes,
    codesOf: callersBySize as CodesOf,
  });
}

async function ofLists(services: Services, driver: Driver, options: Options, operation: Operation) {
  return inGrownTown(services, driver, options, operation, {
    name: 'invoices',
    title: 'Invoices of a child: a page of 20',
    sizes: invoiceCounts,
    codesOf: callersByInvoices as CodesOf,
  });
}

type CodesOf = (client: pg.Client, size: number) => Promise<readonly string[]>;

async function inGrownTown(
  services: Services,
  driver: Driver,
  options: Options,
  operation: Operation,
  { codesOf, ...growing }: Omit<Growth, 'results'> & { readonly codesOf: CodesOf },
): Promise<Growth> {
  const legacyUrl = await services.town.grownUrl(options.children);
  const client = new pg.Client(legacyUrl);
  await client.connect();
  const callers = new Map<number, readonly Caller[]>();
  for (const size of growing.sizes)
    callers.set(size, await callersByCode(legacyUrl, services.issuer, await codesOf(client, size)));
  await client.end();
  // Whoever is asked for here has children enough.
  const many = (of: readonly Caller[]) => of.map((caller) => ({ ...caller, children: 2 }));
  const cases = growing.sizes.map((size) => ({
    name: `${growing.name} ${size}`,
    operation,
    requests: operation.requests(many(callers.get(size) ?? [])),
    connections: options.connections,
  }));
  const results = await withContestants(services, legacyUrl, growers(options), (running) =>
    contest(services, driver, running, cases, options),
  );
  return { ...growing, results };
}

async function ofTowns(
  services: Services,
  driver: Driver,
  options: Options,
  operation: Operation,
): Promise<Growth> {
  const results: CaseResult[] = [];
  for (const size of options.towns) {
    const legacyUrl = await services.town.legacyUrl(size);
    const requests = operation.requests(await callersOf(legacyUrl, services.issuer, 500));
    const one = { name: `town ${size}`, operation, requests, connections: options.connections };
    results.push(
      ...(await withContestants(services, legacyUrl, growers(options), (running) =>
        contest(services, driver, running, [one], options),
      )),
    );
  }
  return { name: 'towns', title: 'Children in the town: the flagship', sizes: options.towns, results };
}

const crowds = [1, 8, 64, 256];

async function ofCrowds(
  services: Services,
  driver: Driver,
  options: Options,
  operation: Operation,
): Promise<Growth> {
  const legacyUrl = await services.town.legacyUrl(options.children);
  const requests = operation.requests(await callersOf(legacyUrl, services.issuer, 2_000));
  const cases = crowds.map((connections) => ({
    name: `connections ${connections}`,
    operation,
    requests,
    connections,
  }));
  const results = await withContestants(services, legacyUrl, growers(options), (running) =>
    contest(services, driver, running, cases, options),
  );
  return { name: 'connections', title: 'Connections at once: the flagship', sizes: crowds, results };
}

const growers = (options: Options) => chosen(options, ['limit', 'ours']);

function seriesOf({ sizes, results }: Growth): readonly Series[] {
  const names = [
    ...new Set(results.flatMap(({ rounds }) => rounds.flat().map(({ contestant }) => contestant))),
  ];
  return names.toSorted().map((name) => ({
    name,
    points: sizes.map((size, index) => {
      const own = results[index]?.rounds.flat().filter(({ contestant }) => contestant === name) ?? [];
      return { x: size, y: spreadOf(own.map(({ p50 }) => p50)) };
    }),
  }));
}
