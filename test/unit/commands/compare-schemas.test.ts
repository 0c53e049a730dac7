import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { compareSchemas, undatedDeprecations } from '../../../commands/contract/compare-schemas.ts';
import { newestRelease, release } from '../../../commands/contract/released.ts';
import { changelogOf, describeComparison } from '../../../commands/contract/report.ts';
import { projectFile } from '../../../core/project-root.ts';
import { readManifest } from '../../../gateway/trusted-operations/manifest.ts';
import { nameOf } from '../../../gateway/trusted-operations/registered-operations.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const released = `
type Query {
  child(id: ID!, year: Int = 2026, wing: String @deprecated(reason: "Since 2025-11-27: ask for rooms")): Child
  search(filter: Filter): [Found!]!
  old: String @deprecated(reason: "Since 2025-11-27: use child")
  older: String @deprecated(reason: "Since 2025-11-28: use child")
  vague: String @deprecated
}
type Mutation { pay(input: PayInput!): PayResult }
interface Named { name: String }
type Child implements Named { id: ID! name: String age: Int! status: Status school: School invoices: [Invoice!] }
type School implements Named { id: ID! name: String }
type Invoice { id: ID! cents: Int! }
enum Status { ENROLLED WAITING GONE @deprecated(reason: "Since 2024-01-01: use WAITING") }
union Found = Child | School
input Filter { status: Status text: String page: Page }
input Page { first: Int = 20 after: String }
input PayInput { debtIds: [ID!]! note: String }
union PayResult = Paid | Refused
type Paid { id: ID! }
type Refused { code: String! message: String }
`;

const operations = [
  ['app', 'query Kid($id: ID!) { child(id: $id, year: 2025) { name age status invoices { cents } } }'],
  ['app', 'query Lost { old older }'],
  [
    'kiosk',
    'query Search($f: Filter) { search(filter: $f) { ... on School { name } ... on Named { name } } }',
  ],
  [
    'kiosk',
    'mutation Pay($input: PayInput!) { pay(input: $input) { ... on Paid { id } ... on Refused { code } } }',
  ],
].map(([client = '', body = '']) => ({ client, body, name: nameOf(body) }));

const today = new Date('2026-11-27T10:00:00Z');

async function compared(from: string, to: string, text = released) {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return compareSchemas(buildSchema(text), buildSchema(changed), operations, today);
}

describe('a breaking change is refused and names what it breaks', () => {
  it.each<[what: string, from: string, to: string, breaks: string[]]>([
    ['a field removed', 'cents: Int!', 'euro: Int', ['Kid']],
    ['a field removed that nobody asks for', ' message: String', '', []],
    ['a type changed', 'age: Int!', 'age: String!', ['Kid']],
    ['an answer that may be null', 'cents: Int!', 'cents: Int', ['Kid']],
    ['a list in place of one', 'school: School', 'school: [School]', []],
    ['one in place of a list', '[Found!]!', 'Found', ['Search']],
    ['an element that may be null', '[Found!]!', '[Found]!', ['Search']],
    ['an argument removed', ', year: Int = 2026', '', ['Kid']],
    ['an argument that is required now', 'year: Int = 2026', 'year: Int! ', ['Kid']],
    [
      'an argument added that is required',
      'search(filter: Filter)',
      'search(filter: Filter, lang: ID!)',
      ['Search'],
    ],
    ["an argument's type changed", 'child(id: ID!', 'child(id: Int!', ['Kid']],
    ['an input field removed', ' note: String', '', ['Pay']],
    ['an input field that is required now', 'note: String', 'note: String!', ['Pay']],
    ['an input field added that is required', 'note: String', 'note: String by: ID!', ['Pay']],
    ['an input field of another type', 'first: Int = 20', 'first: String', ['Search']],
    ['an enum value removed', 'ENROLLED WAITING', 'ENROLLED', ['Kid', 'Search']],
    ['a union member removed', 'Found = Child | School', 'Found = Child', ['Search']],
    ['an interface removed', 'School implements Named', 'School', ['Search']],
    ['a type renamed', 'type Paid { id: ID! }', 'type Done { id: ID! }', ['Pay']],
    ['a type of another kind', 'type Paid { id: ID! }', 'interface Paid { id: ID! }', ['Pay']],
    [
      'a removal after less than twelve months',
      '  older: String @deprecated(reason: "Since 2025-11-28: use child")',
      '',
      ['Lost'],
    ],
    ['a removal without a date', '  vague: String @deprecated', '', []],
  ])('%s', async (_, from, to, breaks) => {
    const repaired = to.includes('type Done') ? released.replace('= Paid |', '= Done |') : released;
    const changed = repaired
      .replace(from, to)
      .replace(
        'union PayResult = Paid',
        to.startsWith('interface Paid')
          ? 'type PaidNow implements Paid { id: ID! } union PayResult = PaidNow'
          : 'union PayResult = Paid',
      );
    expect(changed).not.toBe(released);
    const found = await compareSchemas(buildSchema(released), buildSchema(changed), operations, today);
    expect(found.breaking.length).toBeGreaterThan(0);
    const named = new Set(found.breaking.flatMap((change) => change.breaks.map(({ name }) => name)));
    expect([...named].sort()).toEqual(breaks);
  });
});

describe('a change that breaks nobody passes', () => {
  it.each<[what: string, from: string, to: string]>([
    ['a field added', 'cents: Int!', 'cents: Int! paid: Boolean'],
    ['a type added', 'type Paid {', 'type Room { id: ID! } type Paid {'],
    ['an argument added that is optional', 'search(filter: Filter)', 'search(filter: Filter, lang: ID)'],
    ['an argument added with a default', 'search(filter: Filter)', 'search(filter: Filter, size: Int! = 5)'],
    ['an argument that is no longer required', 'child(id: ID!', 'child(id: ID'],
    ['an answer that is never null', 'status: Status school', 'status: Status! school'],
    ['an input field added that is optional', 'note: String', 'note: String by: ID'],
    ['an input field that is no longer required', 'debtIds: [ID!]!', 'debtIds: [ID!]'],
    ['a deprecation', ' age: Int!', ' age: Int! @deprecated(reason: "Since 2026-11-27: use id")'],
    ['a description', 'type Paid', '"Paid now." type Paid'],
    ['an enum value added', 'ENROLLED', 'ENROLLED SUSPENDED'],
    ['a union member added', '= Paid | Refused', '= Paid | Refused | School'],
    ['another default', 'year: Int = 2026', 'year: Int = 2027'],
    [
      'a field removed after twelve months',
      '  old: String @deprecated(reason: "Since 2025-11-27: use child")',
      '',
    ],
    [
      'an argument removed after twelve months',
      ', wing: String @deprecated(reason: "Since 2025-11-27: ask for rooms")',
      '',
    ],
    [
      'an enum value removed after two years',
      ' GONE @deprecated(reason: "Since 2024-01-01: use WAITING")',
      '',
    ],
  ])('%s', async (_, from, to) => {
    const { breaking, removals, dangerous, safe } = await compared(from, to);
    expect(breaking).toEqual([]);
    expect(removals.length + dangerous.length + safe.length).toBeGreaterThan(0);
  });

  it('unless the removed member is still used, which is told', async () => {
    const { removals } = await compared(
      '  old: String @deprecated(reason: "Since 2025-11-27: use child")',
      '',
    );
    expect(removals.map(({ breaks }) => breaks.map(({ client, name }) => [client, name]))).toEqual([
      [['app', 'Lost']],
    ]);
  });
});

describe('the report', () => {
  it('names operations and clients, and writes the CHANGELOG', async () => {
    const comparison = await compared('cents: Int!', 'euro: Int');
    expect(describeComparison(comparison, '1.0.0')).toBe(
      [
        'Since 1.0.0:',
        '',
        'Breaking: not before twelve months of @deprecated, with its date in the reason:',
        "  - Field 'cents' was removed from object type 'Invoice'",
        '      breaks Kid of app',
        '',
        'Compatible:',
        "  - Field 'euro' was added to object type 'Invoice'",
      ].join('\n'),
    );
    expect(changelogOf(comparison)).toBe(
      '* Field `cents` was removed from object type `Invoice`.\n* Field `euro` was added to object type `Invoice`.',
    );
  });

  it('finds deprecations without a date', () => {
    expect(undatedDeprecations(buildSchema(released))).toEqual(['Query.vague']);
  });
});

describe('the released schemas', () => {
  it('are of versions, and the newest has the highest number', async () => {
    const { writeFile, readdir } = await import('node:fs/promises');
    const folder = await temporaryFolder('released');
    expect(await newestRelease(folder)).toBeNull();
    for (const version of ['0.9.0', '0.10.0']) await release(folder, version, `# ${version}`);
    expect(await newestRelease(folder)).toEqual({ version: '0.10.0', sdl: '# 0.10.0' });
    await expect(release(folder, '0.9.1', '')).rejects.toThrow('Version 0.10.0 is released');
    expect((await readdir(folder)).length).toBe(2);
    await writeFile(`${folder}/next.graphql`, '');
    await expect(newestRelease(folder)).rejects.toThrow('next.graphql is not the name');
  });

  it("hold today's, without a breaking change; removing a field names the project's own operation", async () => {
    const newest = await newestRelease(projectFile('schema', 'released'));
    const [before, now] = [newest?.sdl ?? '', readFileSync(projectFile('schema', 'api.graphql'), 'utf8')];
    const own = readManifest(readFileSync(projectFile('schema', 'documents.json'), 'utf8'));
    const operations = own.map((body) => ({ client: '', body, name: nameOf(body) }));
    const unchanged = await compareSchemas(buildSchema(before), buildSchema(now), operations, new Date());
    expect(unchanged.breaking).toEqual([]);
    const without = now.replaceAll('  outstanding: EuroCents!', '  open: EuroCents!');
    expect(without).not.toBe(now);
    const { breaking } = await compareSchemas(
      buildSchema(before),
      buildSchema(without),
      operations,
      new Date(),
    );
    expect(breaking[0]?.breaks.map(({ name }) => name)).toContain('Flagship');
  });
});
