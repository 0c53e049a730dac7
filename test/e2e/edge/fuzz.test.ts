import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { edgeDefaults } from '../../../core/edge-config.ts';
import { createTokenVerifier } from '../../../core/identity/token-verifier.ts';
import { createLog } from '../../../core/log.ts';
import { projectFile } from '../../../core/project-root.ts';
import { claudia } from '../../../demo/town/people.ts';
import { createGateway, type Gateway } from '../../../gateway/create-gateway.ts';
import { hostOverHttp } from '../../../gateway/hosts/over-http.ts';
import { collectGarbage } from '../../support/collect-garbage.ts';
import { ownTownCopy } from '../../support/databases.ts';
import { rawRequests, registeredOperations } from '../../support/hostile-requests.ts';
import { rawRequest } from '../../support/raw-request.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';

// `npm run soak` sends ten thousand, twice.
const runs = Number(process.env.FUZZ_RUNS ?? 200);
const seed = Number(process.env.FUZZ_SEED ?? 20261015);
const atOnce = 8;

/** Of nobody: it is sent everywhere, and no sentence may repeat it. */
const somebody = 'VRDMRA80A01H501U';

interface Hostile {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** The exact bytes of a request; the other members are then unused. */
  readonly raw?: Buffer;
}

let town: TestTown;
let gateway: Gateway;
let url: string;
let token: string;
/** The last of what was logged, and whether any of it named somebody: all of it would be growth of the test's own. */
const log = { last: [] as string[], namesSomebody: false };

beforeAll(async () => {
  town = await openTestTown('http', { ownUrl: await ownTownCopy() });
  token = await town.tokenOf(claudia.codiceFiscale);
  gateway = await createGateway({
    supergraphSdl: readFileSync(projectFile('schema', 'supergraph.graphql'), 'utf8'),
    host: hostOverHttp({ urls: town.subgraphUrls, secret: 's'.repeat(32) }),
    verifier: createTokenVerifier({
      issuer: town.issuer,
      audience: town.audience,
      idSecrets: ['i'.repeat(32)],
    }),
    log: createLog((line) => {
      log.last = [...log.last.slice(-2), line];
      log.namesSomebody ||= line.includes(somebody);
    }),
    isProduction: true,
    requestBudgetMs: 5_000,
    edge: { ...edgeDefaults(true), trustedOperations: 'allow', ratePerMinute: 0, lookupsPerMinute: 0 },
    firstOperation: null,
  });
  url = `http://127.0.0.1:${await gateway.listen(0, '127.0.0.1')}/graphql`;
});
afterAll(async () => {
  await gateway?.close();
  await town?.close();
});

const manifest = JSON.parse(readFileSync(projectFile('schema', 'documents.json'), 'utf8')) as {
  operations: { body: string }[];
};
const documents = manifest.operations.map(({ body }) => body);
const apiSchema = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));

const scraps = fc.constantFrom(
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '...',
    '@',
    '$',
    ':',
    '!',
    '=',
    '|',
    '&',
    '"',
    '"""',
    '#',
    ',',
    '\\',
    '\u0000',
  ],
  ...[
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'true',
    'null',
    '@skip(if: true)',
    '@include(if: $x)',
  ],
  ...[
    '__typename',
    '__schema',
    '__type',
    '_entities',
    '_service',
    '__proto__',
    'constructor',
    'me',
    'children',
  ],
  ...[
    'invoices(first: 100)',
    'invoices(first: -1)',
    'invoices(first: 1e309)',
    'id: "x"',
    '$first: Int = "a"',
  ],
  ...[
    '...F',
    'fragment F on Child { ...F }',
    'extend type Query { a: Int }',
    '@defer',
    '\ud800',
    '🂡',
    somebody,
  ],
  ...[`"${somebody}"`, `child(id: "${somebody}")`, '9'.repeat(400), 'a'.repeat(3_000), '{a'.repeat(300)],
);
const soup = fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join(' '));

/** A real document with pieces cut out, doubled and put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...documents),
    fc.array(fc.tuple(fc.nat(), fc.nat(40), scraps, fc.nat(3)), { maxLength: 3 }),
  )
  .map(([document, edits]) =>
    edits.reduce((text, [at, length, scrap, kind]) => {
      const start = at % (text.length + 1);
      const piece = text.slice(start, start + length);
      const middle = [` ${scrap} `, '', piece + piece, `${piece} ${scrap}`][kind] ?? '';
      return text.slice(0, start) + middle + text.slice(start + length);
    }, document),
  );

const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
const grown = fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 3_000 })).map(([kind, size]) => {
  switch (kind) {
    case 0:
      return `{ me { ${times(size, (n) => `a${n}: firstName`)} } }`;
    case 1:
      return `{ me ${'{ children '.repeat(size)}{ id }${' }'.repeat(size)} }`;
    case 2:
      return `{ me { ...F0 } } ${times(size, (n) => `fragment F${n} on Citizen { ...F${n + 1} ...F${n + 1} }`)}`;
    case 3:
      return `{ me { id ${'@skip(if: false) '.repeat(size)} } }`;
    case 4:
      return `{ child(id: """${`${' '.repeat(size % 50)}x\n`.repeat(size)}""") { id } }`;
    case 5:
      return `{ ${times(size, (n) => `n${n}: paymentNotice(numeroAvviso: "${n}", creditor: "${somebody}") { amount }`)} }`;
    case 6:
      return `query(${times(size, (n) => `$v${n}: Int`)}) { me { id } }`;
    case 7:
      return `{ me { invoices(filter: { status: [${'PAID '.repeat(size)}] }) { totalCount } } }`;
    case 8:
      return `{ me { invoices(first: ${size}) { edges { node { child { invoices(first: ${size}) { edges { node { id } } } } } } } } }`;
    default:
      return `{ me { invoices(filter: ${'['.repeat(size * 20)}`;
  }
});
const document = fc.oneof(
  { weight: 5, arbitrary: mutated },
  { weight: 5, arbitrary: fc.constantFrom(...documents) },
  { weight: 2, arbitrary: soup },
  { weight: 2, arbitrary: grown },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);

const nasty = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    -1,
    0,
    Number.MAX_VALUE,
    2 ** 53,
    1.5,
    '',
    ' ',
    somebody,
    `' OR 1=1 --`,
    '%00',
    '../../etc/passwd',
    '\u0000',
  ],
  ...[
    '\ud800',
    'x'.repeat(20_000),
    [],
    {},
    [[[[]]]],
    { __proto__: 1 },
    { constructor: { prototype: 1 } },
    '2026-02-30',
  ],
);
const variables = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.dictionary(
    fc.constantFrom('schoolYear', 'invoices', 'id', 'input', 'childId', 'first', 'month', '__proto__', '$'),
    fc.oneof(nasty, fc.dictionary(fc.constantFrom('id', 'practiceId', 'version', 'answers', 'code'), nasty)),
  ),
  fc.jsonValue(),
  nasty,
);

const operation = fc
  .record({
    query: fc.oneof(
      { weight: 30, arbitrary: document as fc.Arbitrary<unknown> },
      { weight: 1, arbitrary: nasty },
    ),
    variables,
  })
  .chain((body) =>
    fc
      .record({
        operationName: fc.constantFrom<unknown>(...Array(16).fill(undefined), 'Flagship', 'toString', '', 7),
        extensions: fc.constantFrom<unknown>(
          ...Array(16).fill(undefined),
          { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } },
          { persistedQuery: 7 },
          'x',
        ),
      })
      .map((more) => JSON.stringify({ ...body, ...more })),
  );
const bytes = fc.oneof(
  { weight: 20, arbitrary: operation as fc.Arbitrary<string | Uint8Array> },
  { weight: 1, arbitrary: operation.chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2_000 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '[]',
      '[[]]',
      'null',
      '""',
      '{"query":',
      '['.repeat(200_000),
      `{"a":${'[1,'.repeat(9_000)}`,
    ),
  },
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      ...Array<string>(40).fill('application/json'),
      ...[
        'application/json; charset=utf-16',
        'application/json; charset=klingon',
        'text/plain',
        'application/graphql',
      ],
      ...['multipart/form-data', 'application/x-www-form-urlencoded', 'a/b;;;=', ''],
    ),
    'content-encoding': fc.constantFrom(...Array<string>(40).fill('identity'), 'gzip', 'br', 'nonsense'),
    accept: fc.constantFrom(
      '*/*',
      'application/json',
      'text/html',
      'multipart/mixed',
      'application/graphql-response+json',
      'x',
    ),
    'accept-language': fc.constantFrom('it', 'en', 'x'.repeat(2_000), ';;q=,', 'en;q=NaN'),
    authorization: fc.constantFrom(
      ...Array<string>(40).fill('mine'),
      '',
      'Bearer',
      'Bearer a.b.c',
      `Basic ${somebody}`,
      'Bearer mine mine',
    ),
    'x-request-id': fc.constantFrom('12345678', '<script>', 'x'.repeat(5_000)),
    'x-forwarded-for': fc.constantFrom('1.2.3.4', 'no address', '::::::'),
    'x-subgraph-secret': fc.constant('s'.repeat(32)),
    'x-request-budget-ms': fc.constantFrom('-1', '1', 'NaN'),
  },
  { requiredKeys: [] },
);
const registered = registeredOperations(apiSchema, documents).map(
  (operation): Hostile => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'mine' },
    body: JSON.stringify(operation),
  }),
);
const raw = rawRequests.map((bytes): Hostile => ({ method: 'GET', headers: {}, body: '', raw: bytes }));
const mixed: fc.Arbitrary<Hostile> = fc.record({
  method: fc.constantFrom<'GET' | 'POST'>('POST', 'POST', 'POST', 'POST', 'POST', 'GET'),
  headers: headers.map((given) => ({ 'content-type': 'application/json', ...given })),
  body: bytes,
});

const hostile = fc.oneof(
  { weight: 2, arbitrary: mixed },
  { weight: 1, arbitrary: registered },
  { weight: 1, arbitrary: raw },
);

async function send({
  method,
  headers: given,
  body,
  raw: bytes,
}: Hostile): Promise<readonly [number, string]> {
  if (bytes !== undefined) {
    const answer = await rawRequest(url, bytes);
    // Only the status of an answer that is not JSON is checked.
    return [answer.status, /^content-type: application\//im.test(answer.head) ? answer.body : ''];
  }
  const response = await fetched({ method, headers: given, body });
  return [response.status, await response.text()];
}

async function fetched({ method, headers: given, body }: Hostile): Promise<Response> {
  const authorization = given.authorization?.replace(/^mine$/, `Bearer ${token}`);
  const all = { ...given, ...(authorization === undefined ? {} : { authorization }) };
  if (method === 'POST') return fetch(url, { method, headers: all, body: body as never });
  const query = typeof body === 'string' ? body.slice(0, 4_000) : '';
  const search = new URLSearchParams({
    query,
    variables: query.slice(0, 500),
    extensions: query.slice(0, 100),
  });
  return fetch(`${url}?${search}`, { headers: { ...all, 'apollo-require-preflight': '1' } });
}

const leaks =
  /node_modules|\.[tj]s:\d|\n\s+at |127\.0\.0\.1|[Pp]ostgres|[Hh]yper[Ss][Ii][Cc]|ECONN|SELECT |x-subgraph|TypeError|RangeError/;

interface Answer {
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** What is wrong with an answer, if anything is. */
function faultOf(status: number, text: string): string | null {
  if (status >= 500) return `status ${status}`;
  const { errors = [] } = (text === '' ? {} : JSON.parse(text)) as Answer;
  for (const { message, extensions } of errors) {
    if (leaks.test(message)) return `leak: ${message}`;
    if (message.includes(somebody)) return `echo: ${message}`;
    if (extensions?.code === 'INTERNAL_SERVER_ERROR') return `internal error`;
  }
  return null;
}

/** Sends them all, and answers how they were answered and the heap after each hundred. */
async function sendAll() {
  const heapAt: number[] = [];
  const statuses: Record<number, number> = {};
  for (let sent = 0; sent < runs; sent += 100) {
    const samples = fc.sample(hostile, { numRuns: Math.min(100, runs - sent), seed: seed + sent });
    for (let i = 0; i < samples.length; i += atOnce)
      await Promise.all(
        samples.slice(i, i + atOnce).map(async (sample, place) => {
          const [status, text] = await send(sample);
          statuses[status] = (statuses[status] ?? 0) + 1;
          const fault = faultOf(status, text);
          if (fault !== null) throw new Error(described(fault, sample, text, sent + i + place));
        }),
      );
    for (const kept of [town.events, town.logLines, town.statements]) (kept as unknown[]).length = 0;
    heapAt.push(heapAfterCollection());
  }
  return { heapAt, statuses };
}

function described(
  fault: string,
  { method, headers: given, body, raw: bytes }: Hostile,
  text: string,
  at: number,
): string {
  const shown =
    typeof body === 'string'
      ? `${body.slice(0, 1_500)} … ${body.slice(-200)}`
      : Buffer.from(body).toString('hex');
  return [
    `${fault}: request ${at} of FUZZ_SEED=${seed} FUZZ_RUNS=${runs}`,
    bytes?.toString('latin1').slice(0, 2_000) ?? `${method} ${JSON.stringify(given).slice(0, 600)}`,
    shown,
    text.slice(0, 500),
    log.last.join('\n').slice(0, 3_000),
  ].join('\n');
}

it(
  `is hurt by none of ${runs} malformed and hostile requests, seed ${seed}`,
  async () => {
    const first = await sendAll();
    // Caches are bounded, and full of these: the same once more must leave the memory as it is.
    const again = await sendAll();
    const [before, after] = [first, again].map(({ heapAt }) => heapAt.at(-1) ?? 0) as [number, number];
    if (process.env.FUZZ_RUNS !== undefined) {
      const heapMb = [...first.heapAt, ...again.heapAt].map((bytes) => Math.round(bytes / 2 ** 20));
      const rssMb = Math.round(process.memoryUsage().rss / 2 ** 20);
      process.stderr.write(`${JSON.stringify({ statuses: first.statuses, rssMb, heapMb })}\n`);
    }
    expect((after - before) / 2 ** 20).toBeLessThan(mostGrowthMb);
    expect(first.statuses[200]).toBeGreaterThan(runs / 50);
    expect(log.namesSomebody).toBe(false);
    // And it still does what it is there for.
    const query = readFileSync(projectFile('gateway', 'flagship.graphql'), 'utf8');
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables: { invoices: 20 } }),
    });
    expect(await answer.json()).toMatchObject({ data: { me: { firstName: 'Claudia' } } });
  },
  120_000 + runs * 500,
);

/** For ten thousand requests: a kilobyte of each would be as much. */
const mostGrowthMb = 10;

function heapAfterCollection(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
