import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { projectFile } from '../../../core/project-root.ts';
import { keptInUse, retentionRules } from '../../../subgraphs/retention/retention.table.ts';

it('docs/data-protection.md has the table of periods as the code has it', () => {
  const rows = retentionRules.map(({ id, what, days, leastDays, variable, ground, tables }) => {
    const changed = variable === null ? 'fixed' : `\`${variable}\`, at least ${leastDays}`;
    return `| ${id} | ${what} | ${days} | ${changed} | ${ground} | ${tables.map((table) => `\`${table}\``).join(', ')} |`;
  });
  const kept = Object.entries(keptInUse).map(([table, why]) => `| \`${table}\` | ${why} |`);
  const text = readFileSync(projectFile('docs/data-protection.md'), 'utf8');
  const written = text.split('\n');
  expect([...rows, ...kept].filter((row) => !written.includes(row))).toEqual([]);
  expect(written.filter((line) => /^\| [a-z-]+ \| .*`[a-z_]+` \|$/.test(line))).toEqual(rows);
});
