import {
  type AccessMap,
  type AccessRule,
  type AccessRuleName,
  type AudienceOfRule,
  accessRules,
  audiences,
  type Sees,
} from '../subgraphs/shared/access/rules.ts';
import type { Subgraph } from '../subgraphs/shared/subgraph/create-subgraph.ts';

const words: Readonly<Record<Sees, string>> = { all: 'yes', theirs: 'theirs', none: '–' };
const columns = Object.keys(audiences) as AudienceOfRule[];

/** docs/access.md: the access rules in a form for people who do not read code. */
export function accessDocument(subgraphs: readonly Pick<Subgraph, 'name' | 'access'>[]): string {
  const rules = Object.entries(accessRules) as [AccessRuleName, AccessRule][];
  const places = subgraphs.map(({ name, access }) => [name, access] as const);
  return [
    '# Who may see what',
    '',
    'Made by `npm run schema` from the rules in `subgraphs/shared/access/rules.ts` and the `access.ts` of each',
    'subgraph; do not edit it by hand. A type or field without a rule is not built. What somebody may not see is',
    'answered exactly as what does not exist. *theirs* means: as far as the sentence makes it their own.',
    '',
    'One guard enforces them (`subgraphs/shared/access/enforce-rules.ts`): at root fields, at entities and at fields with',
    'a rule of their own. Any other type is reached only through these. Its rule is PART, or PUBLIC if every way to it',
    'is; a rule in any other place stops the build. The guard decides by the kind of caller; loaders decide whose rows',
    'they read, and take the person from the verified token.',
    '',
    'A sign-in below level 2 (SPID level 1) and a token that has expired or is not good are refused as a whole (401),',
    'for public fields too.',
    '',
    ...sharing,
    '## The rules',
    '',
    row(['rule', ...columns.map((column) => audiences[column])]),
    row(['---', ...columns.map(() => '---')]),
    ...rules.map(([name, { sees }]) => row([`**${name}**`, ...columns.map((column) => words[sees[column]])])),
    '',
    ...rules.flatMap(([name, { sentence }]) => [
      `### ${name}`,
      '',
      sentence,
      '',
      ...places.flatMap(([subgraph, access]) => placesOf(name, subgraph, access)),
      '',
    ]),
  ].join('\n');
}

/** Who sees what of a child by shares and blocks, which are no rule of a place. */
const sharing: readonly string[] = [
  '## Shares and blocks',
  '',
  'An applicant shares parts of a child; a court or the office blocks a child for a person. `test/subgraph/shared/sharing`',
  'compares every root, entity, edge, notice and file with plain SQL for each of these callers, and for random courses of them.',
  '',
  row(['caller', 'sees of the child, beside what is their own']),
  row(['---', '---']),
  row(['shared with ENROLMENT', 'the child; enrolments, without application and diet']),
  row(['shared with ATTENDANCE', "the child; the days of the giver's enrolments"]),
  row([
    'shared with BILLING',
    "the child; invoices, instalments and debts, their files, the list as a PDF, a debt's payment with its date",
  ]),
  row(['shared with PAYING', 'the same, and may pay the debts']),
  row(['shared with DIET', 'the child; the diet of enrolments that they see']),
  row([
    'shared with all',
    "all of these; never the giver's residence, contacts, IBAN, applications, sessions or receipts",
  ]),
  row(['revoked, or ended', 'nothing, from the next request; addresses of files stop']),
  row([
    'giver is blocked, or no application of theirs is accepted any more',
    'nothing, for as long as that is so',
  ]),
  row(['blocked, as parent, applicant or recipient', 'nothing: the answers of a child that does not exist']),
  '',
];

function placesOf(rule: AccessRuleName, subgraph: string, access: AccessMap): readonly string[] {
  const names = Object.keys(access).filter((name) => access[name] === rule);
  return names.length === 0 ? [] : [`* ${subgraph}: ${names.map((name) => `\`${name}\``).join(', ')}`];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
