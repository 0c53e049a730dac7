import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { errorCodes } from '../../../core/errors.ts';
import { projectFile } from '../../../core/project-root.ts';
import { scalars } from '../../../subgraphs/shared/scalars.ts';

function sectionsOf(page: string): readonly string[] {
  const text = readFileSync(projectFile('docs', page), 'utf8');
  return [...text.matchAll(/^## (\w+)$/gm)].map(([, title = '']) => title);
}

it('has a section for each error code, and a code for each section', () => {
  expect(sectionsOf('errors.md')).toEqual([...errorCodes]);
});

it('has a section for each scalar, where @specifiedBy points', () => {
  expect([...sectionsOf('scalars.md')].sort()).toEqual(scalars.map(({ name }) => name).sort());
  for (const { name, specifiedByURL } of scalars) {
    expect(specifiedByURL?.endsWith(`docs/scalars.md#${name.toLowerCase()}`)).toBe(true);
  }
});
