import { join } from 'node:path';
import writeWorkbook from 'write-excel-file/node';
import { projectFile } from '../../../core/project-root.ts';
import { sheetOf, workbooks } from './workbooks.ts';

/** `npm run forms:write`: the five workbooks of the demo town, as an operator would export them. */
for (const name of Object.keys(workbooks)) {
  const data = sheetOf(name).map((row) => row.map((value) => (value === '' ? null : { value })));
  const path = join(projectFile('demo', 'town', 'forms'), `${name}.xlsx`);
  await writeWorkbook(data as never, { sheet: 'Dati Specifici' }).toFile(path);
  console.log(path);
}
