import '../core/runtime-check.ts';
import { readPersonsConfig } from '../core/config.ts';
import { openDatabase } from '../core/database.ts';
import { allPersonIds } from '../core/identity/person-id.ts';
import { runCommand } from '../core/main.ts';
import { isCodiceFiscale } from '../core/values/index.ts';
import { readLegacyConfig } from '../legacy/open-legacy.ts';
import { subjectRows } from '../subgraphs/subjects/subject-rows.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run --silent subject:export -- <codice fiscale>`: what our own database holds about a person, as JSON. Exits with 1 for a code that is not one. */
await runCommand(async () => {
  const code = (process.argv[2] ?? '').replace(/\s/g, '').toUpperCase();
  if (!isCodiceFiscale(code) || process.argv.length > 3)
    throw new Error('Give one codice fiscale or partita IVA: check every character.');
  const { services, idSecrets } = readPersonsConfig(townEnvironment(process.env), readLegacyConfig);
  const database = await openDatabase({
    url: services.databaseUrl,
    entities: [],
    migrations: [],
    statementTimeoutMs: 60_000,
  });
  try {
    const ids = allPersonIds(idSecrets, code);
    const tables = await subjectRows(database, code, ids);
    console.log(JSON.stringify({ subject: code, madeAt: new Date().toISOString(), tables }, null, 2));
    if (Object.keys(tables).length === 0) process.stderr.write('Nothing is held about this person.\n');
  } finally {
    await database.destroy();
  }
});
