import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { projectFile } from '../../../core/project-root.ts';

it('a program’s constants stand before the call that runs it: later ones do not exist yet when it does', () => {
  const late: string[] = [];
  for (const folder of ['commands', 'demo'])
    for (const name of readdirSync(projectFile(folder)).filter((file) => file.endsWith('.ts'))) {
      const [, ...after] = readFileSync(projectFile(folder, name), 'utf8').split(/^await (?=run\w+\()/m);
      if (/^(?:const|let|class) /m.test(after.join(''))) late.push(`${folder}/${name}`);
    }
  expect(late).toEqual([]);
});
