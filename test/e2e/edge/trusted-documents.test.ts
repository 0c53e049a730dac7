import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import type { Caller } from '../../../core/identity/caller.ts';
import { projectFile } from '../../../core/project-root.ts';
import { openStore } from '../../../gateway/store/open-store.ts';
import { addOperations } from '../../../gateway/trusted-operations/add-operations.ts';
import { checkTrusted } from '../../../gateway/trusted-operations/check-trusted.ts';
import { readManifest } from '../../../gateway/trusted-operations/manifest.ts';
import {
  describeOperations,
  listOperations,
  removeOperations,
} from '../../../gateway/trusted-operations/registered-operations.ts';
import { migrate } from '../../../subgraphs/migrate.ts';
import { emptyDatabase } from '../../support/databases.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTinyGateway, outcomeOf, type TinyGateway } from '../../support/tiny-gateway.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const greeting = 'query Greeting($to: String) {\n  hello(to: $to)\n}';
const added = 'query Added {\n  books(first: 1) {\n    title\n  }\n}';

async function manifestOf(...documents: string[]): Promise<string> {
  const path = join(await temporaryFolder('manifest'), 'documents.json');
  const operations = documents.map((body) => ({ id: hash(body), name: 'X', type: 'query', body }));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  await writeFile(path, JSON.stringify(manifest));
  return path;
}

const integrator = { authorization: 'Bearer integrator' };
const verifier = {
  verify: async (authorization: string | undefined): Promise<Caller> =>
    authorization === undefined
      ? { kind: 'anonymous' }
      : { kind: 'machine', clientId: 'integrator', scopes: [] },
};

const from = (client: string) => ({ source: 'test.json', client });

describe('a server of registered operations', () => {
  let tiny: TinyGateway;
  let databaseUrl: string;
  const schema = buildSchema(
    'type Query { hello(to: String): String books(first: Int): [Book!] } type Book { title: String }',
  );
  beforeAll(async () => {
    databaseUrl = await emptyDatabase();
    await migrate(databaseUrl);
    tiny = await openTinyGateway({
      isProduction: true,
      edge: { ratePerMinute: 0, trustedOperationsPath: await manifestOf(greeting, 'query No { nope }') },
      store: openStore(databaseUrl),
      verifier,
    });
  });
  afterAll(() => tiny.close());

  it('logs a line a request: the name of what was registered, the hash of what was not, and nothing sent', async () => {
    const linesOf = (prefix: string) =>
      tiny.logLines
        .map((line) => JSON.parse(line))
        .filter(({ event, requestId }) => event === 'request' && requestId.startsWith(prefix));
    const secret = { to: 'Luca Rossi' };
    const free = 'query RSSCLD84C52A794Q { hello(to: "Luca Rossi") }';
    const id = (name: string) => ({ 'x-request-id': `log-test-${name}` });
    await tiny.ask({ query: greeting, variables: secret }, id('registered'));
    await tiny.ask({ query: free }, { ...integrator, ...id('free') });
    await tiny.ask({ query: free }, id('refused'));
    await fetch(new URL('/documents/Luca/Rossi', tiny.url), { headers: id('file') });
    await fetch(new URL('/Luca?Rossi', tiny.url), { headers: id('nowhere') });
    while (linesOf('log-test-').length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    const one = (name: string) => linesOf(`log-test-${name}`)[0];
    const usual = { method: 'POST', path: '/graphql', ms: expect.any(Number) };
    expect(one('registered')).toMatchObject({
      ...usual,
      level: 'info',
      operation: 'Greeting',
      status: 200,
      client: 'anonymous',
    });
    expect(one('free')).toMatchObject({ ...usual, operation: hash(free), status: 200, client: 'integrator' });
    expect(one('refused')).toMatchObject({ ...usual, status: 403, code: 'UNKNOWN_DOCUMENT' });
    expect(one('file')).toMatchObject({ method: 'GET', path: '/documents', status: 404, code: 'NOT_FOUND' });
    expect(one('nowhere')).toMatchObject({ method: 'GET', path: 'other', status: 404 });
    expect(JSON.stringify(linesOf('log-test-'))).not.toMatch(/Luca|Rossi|RSSCLD/);
  });

  const answered = { data: { hello: 'hello Luca' } };
  const variables = { to: 'Luca' };

  it.each<[string, Record<string, unknown>]>([
    ['its text', { query: greeting }],
    ['its text, spaced otherwise', { query: 'query Greeting( $to: String ) { hello(to:$to) }' }],
    ['documentId', { documentId: `sha256:${hash(greeting)}` }],
    ['its hash alone', { documentId: hash(greeting) }],
    ['a persisted query', { extensions: { persistedQuery: { version: 1, sha256Hash: hash(greeting) } } }],
    [
      'a persisted query with its text',
      {
        query: greeting,
        extensions: { persistedQuery: { version: 1, sha256Hash: hash(greeting) } },
      },
    ],
  ])('answers one that is meant by %s', async (_, body) => {
    expect((await tiny.ask({ ...body, variables })).body).toEqual(answered);
  });

  it('answers one by GET', async () => {
    const search = new URLSearchParams({
      documentId: `sha256:${hash(greeting)}`,
      variables: JSON.stringify(variables),
    });
    const response = await fetch(`${tiny.url}?${search}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await response.json()).toEqual(answered);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('refuses any other, and says why', async () => {
    expect(outcomeOf(await tiny.ask({ query: '{ hello }' }))).toEqual([403, 'UNKNOWN_DOCUMENT']);
    expect(outcomeOf(await tiny.ask({ documentId: hash('{ hello }') }))).toEqual([
      400,
      'PERSISTED_QUERY_NOT_FOUND',
    ]);
    expect(outcomeOf(await tiny.ask({ documentId: 'greeting' }))).toEqual([400, 'BAD_REQUEST']);
    expect(outcomeOf(await tiny.ask({ query: '{ hello }', documentId: hash(greeting) }))).toEqual([
      400,
      'BAD_REQUEST',
    ]);
    // What was in the manifest and is not valid is not registered.
    expect(outcomeOf(await tiny.ask({ query: 'query No { nope }' }))).toEqual([403, 'UNKNOWN_DOCUMENT']);
  });

  it("answers a registered integrator's own documents, under the same limits", async () => {
    expect((await tiny.ask({ query: '{ hello }' }, integrator)).body.data).toEqual({ hello: 'hello you' });
    const large = await tiny.ask({ query: `{ ${'hello '.repeat(31)} }` }, integrator);
    expect(outcomeOf(large)).toEqual([400, 'BAD_USER_INPUT']);
    expect(outcomeOf(await tiny.ask({ query: '{ hello }' }))).toEqual([403, 'UNKNOWN_DOCUMENT']);
  });

  it('answers what was added meanwhile, without a restart', async () => {
    expect(outcomeOf(await tiny.ask({ query: added }))).toEqual([403, 'UNKNOWN_DOCUMENT']);
    expect(await addOperations(databaseUrl, schema, [added], from('app'))).toEqual({ added: 1, known: 0 });
    expect(await addOperations(databaseUrl, schema, [added, greeting], from('app'))).toEqual({
      added: 1,
      known: 1,
    });
    let answer = await tiny.ask({ documentId: hash(added) });
    while (answer.status !== 200) answer = await tiny.ask({ documentId: hash(added) });
    expect(answer.body).toEqual({ data: { books: [{ title: 'Book 0' }] } });
  });

  it('knows which client registered what and when it was last used', async () => {
    const unused = 'query Unused { hello }';
    await addOperations(databaseUrl, schema, [added, unused], from('other'));
    const store = openStore(databaseUrl);
    await store.operationsUsed([hash(added)]);
    const listed = await listOperations(databaseUrl, null);
    expect(listed.map(({ client, name, lastUsedAt }) => [client, name, lastUsedAt !== null])).toEqual([
      ['app', 'Added', true],
      ['app', 'Greeting', false],
      ['other', 'Added', true],
      ['other', 'Unused', false],
    ]);
    expect(describeOperations(listed.slice(3))).toMatch(
      /^client {2}operation .*\nother {3}Unused {5}[0-9a-f]{12} {2}20\d\d-\d\d-\d\d {2}never {6}test\.json$/,
    );
    await store.close();
  });

  it('removes documents of one client, all that are named or none', async () => {
    const remove = (client: string, named: readonly string[] | 'all') =>
      removeOperations(databaseUrl, client, named);
    await expect(remove('app', ['Added', 'Nope'])).rejects.toThrow(
      '- Nope: this client has registered no such',
    );
    await expect(remove('nobody', 'all')).rejects.toThrow('this client has registered none');
    expect((await remove('app', [hash(added).slice(0, 8), 'Greeting'])).map(({ name }) => name)).toEqual([
      'Added',
      'Greeting',
    ]);
    const store = openStore(databaseUrl);
    const held = [hash(added), hash('query Unused { hello }')];
    // The other client has it still.
    expect(await store.operationsSince(held)).toEqual({ added: [], missing: [] });
    expect((await remove('other', 'all')).map(({ name }) => name)).toEqual(['Added', 'Unused']);
    const { added: fresh, missing } = await store.operationsSince(held);
    expect([fresh, [...missing].sort()]).toEqual([[], [...held].sort()]);
    await store.close();
  });

  it('takes no manifest with a document that is not valid or too large, and says which', async () => {
    const documents = [
      'query Fine { hello }',
      'query Typo { helo }',
      `query Large { ${'hello '.repeat(31)} }`,
    ];
    const add = addOperations(databaseUrl, schema, documents, from('app'));
    await expect(add).rejects.toThrow(/No document was added:\n {2}- Typo: .*\n {2}- Large: .*at most 30/);
    expect(outcomeOf(await tiny.ask({ query: 'query Fine { hello }' }))).toEqual([403, 'UNKNOWN_DOCUMENT']);
  });
});

describe('a manifest', () => {
  it("is read in Apollo's format and in graphql-codegen's", () => {
    const apollo = {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'x', body: '{ a }' }],
    };
    expect(readManifest(JSON.stringify(apollo))).toEqual(['{ a }']);
    expect(readManifest(JSON.stringify({ x: '{ a }', y: '{ a }', z: '{ b }' }))).toEqual(['{ a }', '{ b }']);
  });

  it.each(['', '[]', '7', '{"operations":7}', '{"x":7}', '{"operations":[null]}'])('is not %j', (text) => {
    expect(() => readManifest(text)).toThrow('The file is no manifest of documents.');
  });

  it('of the project has documents that are all valid and within the limits, by the hash of their text', () => {
    const schema = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));
    const text = readFileSync(projectFile('schema', 'documents.json'), 'utf8');
    const { operations } = JSON.parse(text) as { operations: { id: string; name: string; body: string }[] };
    expect(operations.map(({ name }) => name)).toContain('Flagship');
    for (const { id, body } of operations) {
      expect(id).toBe(hash(body));
      expect(() => checkTrusted(body, schema)).not.toThrow();
    }
  });
});
