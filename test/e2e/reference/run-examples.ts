import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Example, Outcome } from '../../../commands/reference/read-examples.ts';
import { claudia, giulia, marco, paolo, trattoria } from '../../../demo/town/people.ts';
import { reopenDatabase, shutDatabase } from '../../support/shut-database.ts';
import type { TestTown } from '../open-test-town.ts';
import { createNormaliser, valueAt } from './normalise.ts';

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const people = {
  claudia: claudia.codiceFiscale,
  marco: marco.codiceFiscale,
  giulia: giulia.codiceFiscale,
  paolo: paolo.codiceFiscale,
} as const;
const scopes = 'payment:status payment:events webhooks:manage';

/** Runs all examples in order, as a client does, and returns their answers. */
export async function runExamples(
  town: TestTown,
  examples: readonly Example[],
  receiverUrl: string,
  legacyUrl: string,
): Promise<Readonly<Record<string, Outcome>>> {
  const kept: Record<string, unknown> = {
    receiver: receiverUrl,
    sha256: createHash('sha256').update(pdf).digest('hex'),
    yesterday: hoursAgo(24),
    afterwards: hoursAgo(12),
  };
  const normalise = createNormaliser(town, receiverUrl);
  const tokenOf = tokensOf(town);
  const outcomes: Record<string, Outcome> = {};
  for (const example of examples) {
    const variables = filledIn(example.variables ?? {}, kept);
    const headers = await tokenOf(example);
    town.pagopa.setChaos(example.faults ?? {});
    await legacyFaults[example.legacy ?? 'none'].begin(legacyUrl);
    const { status, body } = await answered(town, example, variables, headers);
    await legacyFaults[example.legacy ?? 'none'].end(legacyUrl);
    town.pagopa.setChaos({});
    for (const [name, path] of Object.entries(example.keep ?? {})) {
      kept[name] = valueAt(body.data, path);
      if (kept[name] === undefined)
        throw new Error(`${example.name}: nothing at ${path} of ${JSON.stringify(body)}`);
    }
    outcomes[example.name] = normalise({ variables, status, body });
    await follow(filledIn(example.afterwards ?? {}, kept));
  }
  return outcomes;
}

const noWork = async () => undefined;
const bornOn = (day: string) => (url: string) =>
  queryOf(url, `UPDATE "AN_SOGG" SET "DATA_NASC" = '${day}' WHERE "COD_SOGG" = 'A000000003'`);

/** What happens to the legacy system before and after an example. */
const legacyFaults = {
  none: { begin: noWork, end: noWork },
  down: { begin: shutDatabase, end: reopenDatabase },
  unreadable: { begin: bornOn('infinity'), end: bornOn('2014-05-09') },
} as const;

async function queryOf(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Longest wait for a state; the test's own limit is longer. */
const longestWaitMs = 30_000;

async function answered(
  town: TestTown,
  { name, document: query, until }: Example,
  variables: Readonly<Record<string, unknown>>,
  headers: Record<string, string>,
): Promise<Pick<Outcome, 'status' | 'body'>> {
  const last = performance.now() + longestWaitMs;
  for (;;) {
    const response = await town.post({ query, variables }, headers);
    const body = (await response.json()) as Outcome['body'];
    if (until === undefined || valueAt(body.data, until.path) === until.is)
      return { status: response.status, body };
    if (performance.now() > last)
      throw new Error(`${name}: ${until.path} is ${JSON.stringify(valueAt(body.data, until.path))}`);
    await wait(50);
  }
}

function tokensOf(town: TestTown) {
  const known = new Map<string, Promise<string>>();
  const fetched = (as: Exclude<Example['as'], 'anonymous'>, scope: string): Promise<string> => {
    if (as === 'integrator') return town.machineToken(scope);
    if (as === 'business') return town.tokenOf(trattoria.partitaIva, 'password');
    return as === 'bad token' ? Promise.resolve('bad') : town.tokenOf(people[as]);
  };
  return async ({ as, scope = scopes }: Example): Promise<Record<string, string>> => {
    if (as === 'anonymous') return { 'accept-language': 'en' };
    const token = known.get(as + scope) ?? fetched(as, scope);
    known.set(as + scope, token);
    return { authorization: `Bearer ${await token}`, 'accept-language': 'en' };
  };
}

async function follow({ put, pay, leave }: NonNullable<Example['afterwards']>): Promise<void> {
  const form = (action: string) =>
    ({ method: 'POST', body: new URLSearchParams({ action }), redirect: 'manual' }) as const;
  const sent = [
    put && (await fetch(put, { method: 'PUT', body: pdf, headers: { 'content-type': 'application/pdf' } })),
    pay && (await fetch(pay, form('pay'))),
    leave && (await fetch(leave, form('leave'))),
  ];
  for (const response of sent)
    if (response && response.status >= 400) throw new Error(`${response.url} answered ${response.status}.`);
}

/** The same with `{{name}}` replaced by the value kept under that name. */
function filledIn<Value>(value: Value, kept: Readonly<Record<string, unknown>>): Value {
  if (typeof value === 'string') {
    const [, name] = /^\{\{(\w+)\}\}$/.exec(value) ?? [];
    if (name === undefined) return value;
    if (kept[name] === undefined) throw new Error(`No earlier example keeps ${name}.`);
    return kept[name] as Value;
  }
  if (Array.isArray(value)) return value.map((one) => filledIn(one, kept)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, kept)])) as Value;
}
