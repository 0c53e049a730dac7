import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import { readReconciliationConfig } from '../core/config.ts';
import { openDatabase } from '../core/database.ts';
import { runCommand } from '../core/main.ts';
import { parseSchoolYear } from '../core/values/index.ts';
import { openLegacy, readLegacyConfig } from '../legacy/open-legacy.ts';
import { importForms } from '../subgraphs/practices/forms/import-forms.action.ts';
import { readFormSource } from '../subgraphs/practices/forms/read-form-source.ts';
import { entities, migrations } from '../subgraphs/registry.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run forms:import -- <file.xlsx> [more files] [--school-year 2026/2027]` */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'school-year': { type: 'string' } },
  });
  if (positionals.length === 0)
    throw new Error('Name a workbook: npm run forms:import -- <file.xlsx> [--school-year 2026/2027]');
  const given = values['school-year'];
  const schoolYear = given === undefined ? null : parseSchoolYear(given);
  const sources = await Promise.all(positionals.map((path) => readFormSource(path, schoolYear)));
  const config = readReconciliationConfig(townEnvironment(process.env), readLegacyConfig);
  const legacy = openLegacy({ ...config.legacy, poolSize: 1 });
  const database = await openDatabase({ url: config.databaseUrl, entities, migrations, poolSize: 1 });
  try {
    for (const { templateId, revision, fields, outcome } of await importForms(
      database,
      legacy.forms,
      sources,
    ))
      console.log(`${templateId}: ${outcome} ${revision}, ${fields} fields`);
  } finally {
    await Promise.all([database.destroy(), legacy.close()]);
  }
});
