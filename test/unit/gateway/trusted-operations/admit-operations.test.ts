import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, print } from 'graphql';
import { silentLog } from '../../../../core/log.ts';
import { projectFile } from '../../../../core/project-root.ts';
import { createValidationQueue } from '../../../../gateway/limits/validation-queue.ts';
import { admitOperations } from '../../../../gateway/trusted-operations/admit-operations.ts';
import { readManifest } from '../../../../gateway/trusted-operations/manifest.ts';
import { createTrustedOperations } from '../../../../gateway/trusted-operations/operation-store.ts';

const schema = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));

function admitting(own: readonly string[]) {
  const trusted = createTrustedOperations({ schema, own, registered: null, log: silentLog });
  const queue = createValidationQueue();
  const admit = admitOperations({ schema, mode: 'only', hidesSchema: true, trusted, queue });
  return (query: string | null, hash: string | null = null) => admit({ query, hash }, false);
}

interface ToolOutput {
  readonly manifest: unknown;
  /** The names by which the program asks, once it sends no texts. */
  readonly sentIds: readonly string[];
  readonly sent: readonly string[];
}

describe('what a tool registers', () => {
  it.each(['apollo', 'codegen', 'relay'])('and sends is found: %s', async (tool) => {
    const file = readFileSync(projectFile('test', 'support', 'manifests', `${tool}.json`), 'utf8');
    const { manifest, sentIds, sent } = JSON.parse(file) as ToolOutput;
    expect([sentIds.length, sent.length]).toEqual([2, 2]);
    const registered = readManifest(JSON.stringify(manifest));
    const ask = admitting(registered);
    for (const text of sent) {
      const admitted = await ask(text);
      // The program finds in the answer what it has asked for, `__typename` included.
      expect(print(admitted.document)).toBe(print(parse(text)));
    }
    for (const [index, id] of sentIds.entries()) {
      const hash = id.replace(/^sha256:/, '');
      expect((await ask(null, hash)).source).toBe(registered[index]);
      const own = sent.find(
        (text) => /\w+/.exec(text)?.[0] === /\b(query|mutation)\b/.exec(registered[index] ?? '')?.[0],
      );
      expect(print((await ask(own ?? null, hash)).document)).toBe(print(parse(own ?? '')));
    }
  });
});

const registered = `query Family($n: Int = 5, $all: Boolean!) {
  me { id children { ...Child invoices(first: $n, after: null) { totalCount } } }
  municipality { name @include(if: $all) __typename }
}
fragment Child on Child { ...Name birthDate }
fragment Name on Child { firstName lastName }`;

describe('a registered document', () => {
  const ask = admitting([registered]);
  const changed = (from: string, to: string) => registered.replace(from, to);

  it.each([
    ['whitespace and comments', registered.replaceAll('\n', ' # so\n\n').replaceAll(' }', '}')],
    ['commas', changed('firstName lastName', 'firstName, lastName')],
    ['order of fields', changed('firstName lastName', 'lastName firstName')],
    ['order of arguments', changed('first: $n, after: null', 'after: null, first: $n')],
    ['order of variables', changed('$n: Int = 5, $all: Boolean!', '$all: Boolean!, $n: Int = 5')],
    [
      'order of fragments',
      `${registered.split('\n').slice(4).reverse().join('\n')}\n${registered.split('\n').slice(0, 4).join('\n')}`,
    ],
    ['__typename everywhere', registered.replaceAll(/(\{)(?=[^{}]*\w)/g, '{ __typename ')],
    ['__typename nowhere', changed('__typename', '')],
    ['a field twice', changed('firstName', 'firstName firstName')],
  ])('is found with another %s', async (_, text) => {
    expect(text).not.toBe(registered);
    expect((await ask(text)).document).toBeDefined();
  });

  it.each([
    ['another field', changed('birthDate', 'birthDate enrolments { id }')],
    ['a field less', changed(' lastName', '')],
    ['another argument', changed('after: null', 'after: "x"')],
    ['another default', changed('= 5', '= 50')],
    ['an alias', changed('firstName', 'nome: firstName')],
    ['__typename by another name', changed('firstName', 'type: __typename firstName')],
    ['a condition on __typename', changed('__typename', '__typename @include(if: $all)')],
    ['a condition less', changed(' @include(if: $all)', '')],
    ['the opposite condition', changed('@include', '@skip')],
    ['another name', changed('query Family', 'query Families')],
    ['a fragment on another type', changed('Name on Child', 'Name on Citizen')],
    ['one fragment more', `${registered} fragment More on Child { id }`],
    ['one operation more', `${registered} query More { municipality { name } }`],
    ['selections under a leaf', changed('birthDate', 'birthDate { __typename }')],
    ['only __typename', changed('totalCount', '__typename')],
  ])('is not found with %s', async (_, text) => {
    expect(text).not.toBe(registered);
    await expect(ask(text)).rejects.toMatchObject({ status: 403 });
  });

  it('takes nothing that is not valid, whatever it was registered as', async () => {
    // Both have one canonical text; the second names two fields with one key.
    const ask = admitting(['{ me { __typename: id } }']);
    expect((await ask('{ me { __typename: id, __typename: id } }')).document).toBeDefined();
    await expect(ask('{ me { __typename: id __typename } }')).rejects.toMatchObject({ status: 400 });
  });

  it('is not found by the hash of another document', async () => {
    const ask = admitting([registered, '{ municipality { name } }']);
    const { createHash } = await import('node:crypto');
    const other = createHash('sha256').update('{ municipality { name } }').digest('hex');
    await expect(ask(registered, other)).rejects.toMatchObject({ status: 400 });
  });
});
