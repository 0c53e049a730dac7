import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { edgeDefaults } from '../../../core/edge-config.ts';
import { createTokenVerifier } from '../../../core/identity/token-verifier.ts';
import { createLog } from '../../../core/log.ts';
import { projectFile } from '../../../core/project-root.ts';
import { claudia } from '../../../demo/town/people.ts';
import { createGateway, type Gateway } from '../../../gateway/create-gateway.ts';
import { hostOverHttp } from '../../../gateway/hosts/over-http.ts';
import { type Fault, type FaultyProxy, faults, startFaultyProxy } from '../../support/faulty-proxy.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';

// Short, so that what hangs is soon given up; long beside what a busy machine takes for an answer.
const budgetMs = 3_000;
const timeoutMs = 1_000;
const pauseMs = 20;
const names = ['anagrafe', 'practices', 'school-billing', 'payments'] as const;
type Name = (typeof names)[number];

const query = `query Everything($child: ID!, $invoice: ID!) {
  me { firstName practices { totalCount } debts { id } children { firstName invoices { totalCount } } }
  child(id: $child) { firstName debts { id } }
  myBusiness { name }
  invoice(id: $invoice) { number }
  paymentKinds { totalCount }
  serviceAreas { id }
}`;

/** What is null, and nothing besides, while a subgraph is lost. */
const lost: Readonly<Record<Name, readonly string[]>> = {
  anagrafe: ['me', 'child', 'myBusiness'],
  practices: ['me.practices', 'serviceAreas'],
  'school-billing': ['me.children.*.invoices', 'invoice'],
  payments: ['me.debts', 'child.debts', 'paymentKinds'],
};

type Data = Record<string, unknown>;
interface Body {
  readonly data: Data;
  readonly errors?: readonly { message: string; path: (string | number)[]; extensions: { code: string } }[];
}

let town: TestTown;
let gateway: Gateway;
let url: string;
let token: string;
let whole: Data;
let variables: Data;
const proxies = {} as Record<Name, FaultyProxy>;
const logLines: string[] = [];

async function ask(document = query) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: document, variables: document === query ? variables : {} }),
  });
  const text = await response.text();
  return { text, body: JSON.parse(text) as Body };
}

beforeAll(async () => {
  town = await openTestTown('http');
  token = await town.tokenOf(claudia.codiceFiscale);
  for (const name of names) proxies[name] = await startFaultyProxy(town.subgraphUrls[name] ?? '');
  gateway = await createGateway({
    supergraphSdl: readFileSync(projectFile('schema', 'supergraph.graphql'), 'utf8'),
    host: hostOverHttp({
      urls: Object.fromEntries(names.map((name) => [name, proxies[name].url])),
      secret: 's'.repeat(32),
      guard: { timeoutMs, pauseMs, trialMs: timeoutMs },
    }),
    verifier: createTokenVerifier({
      issuer: town.issuer,
      audience: town.audience,
      idSecrets: ['i'.repeat(32)],
    }),
    log: createLog((line) => void logLines.push(line)),
    isProduction: false,
    requestBudgetMs: budgetMs,
    edge: { ...edgeDefaults(false), lookupsPerMinute: 0 },
    firstOperation: null,
  });
  url = `http://127.0.0.1:${await gateway.listen(0, '127.0.0.1')}/graphql`;
  const ids = await ask('{ me { children { id invoices { edges { node { id } } } } } }');
  const me = ids.body.data.me as {
    children: { id: string; invoices: { edges: { node: { id: string } }[] } }[];
  };
  variables = { child: me.children[0]?.id, invoice: me.children[0]?.invoices.edges[0]?.node.id };
  whole = (await ask()).body.data;
});
afterAll(async () => {
  await gateway.close();
  await Promise.all(names.map((name) => proxies[name].close()));
  await town.close();
});

const pairs = names.flatMap((one, i) => names.slice(i + 1).map((two) => [one, two] as const));
const alone = names.map((name) => [name] as const);
/** Two at once: whether they answer nothing or never makes a difference, and how they do is tested with one alone. */
const lossesOf = (fault: Fault): readonly (readonly Name[])[] =>
  process.env.ALL_LOSSES || fault === 'down' || fault === 'hanging' ? [...alone, ...pairs] : alone;

describe.each(faults)('with subgraphs %s', (fault: Fault) => {
  it.each(lossesOf(fault).map((down) => [down.join(' and '), down] as const))(
    '%s: the rest is there',
    async (_, down) => {
      for (const name of down) proxies[name].fault = fault;
      const { text, body } = await ask();
      for (const name of down) proxies[name].fault = null;

      const paths = fault === 'slow' ? [] : down.flatMap((name) => lost[name]);
      expect(body.data).toEqual(without(whole, paths));
      // A path within one that is null itself says nothing more.
      const told = paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)));
      const foundPaths = (body.errors ?? []).map(({ path }) => path.join('.').replace(/\.\d+\./g, '.*.'));
      expect([...new Set(foundPaths)].sort()).toEqual([...told].sort());
      const codes = new Set((body.errors ?? []).map(({ extensions }) => extensions.code));
      if (fault !== 'slow')
        expect([...codes]).toEqual([fault === 'hanging' ? 'TIMEOUT' : 'SUBGRAPH_UNAVAILABLE']);
      expect(text).not.toMatch(/127\.0\.0\.1|10\.0\.0|ECONN|fetch|Secret|html|JSON|nginx/);

      // The next request after the pause is whole again: or one soon after, where the machine is busy with other tests.
      let after = { errors: [{}] } as unknown as Awaited<ReturnType<typeof ask>>['body'];
      for (let tries = 0; tries < 20 && after.errors !== undefined; tries++) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs * 1.5));
        after = (await ask()).body;
      }
      expect(after).toEqual({ data: whole });
    },
  );
});

describe('a subgraph that fails again and again', () => {
  it('is not called for a while, and delays no request', async () => {
    proxies.payments.fault = 'hanging';
    for (let i = 0; i < 3; i++) await ask();
    proxies.payments.count = 0;
    const { body } = await ask();
    // At most the one call that tries whether it is back.
    expect(proxies.payments.count).toBeLessThanOrEqual(1);
    expect([body.data.paymentKinds, body.data.invoice]).toEqual([null, whole.invoice]);
    proxies.payments.fault = null;
  });
});

it('says nothing of persons in its log', () => {
  expect(logLines.join('\n')).not.toMatch(/RSSCLD|eyJ/);
});

/** The same data with null at the paths given; `*` is each element of a list. */
function without(data: Data, paths: readonly string[]): Data {
  const copy = structuredClone(data);
  const erase = (value: unknown, [key, ...rest]: readonly string[]): void => {
    if (typeof value !== 'object' || value === null || key === undefined) return;
    if (key === '*') for (const item of value as unknown[]) erase(item, rest);
    else if (rest.length === 0) (value as Data)[key] = null;
    else erase((value as Data)[key], rest);
  };
  for (const path of paths) erase(copy, path.split('.'));
  return copy;
}
