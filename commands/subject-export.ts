import '../core/runtime-check.ts';
import { subjectRows } from '../subgraphs/retention/subjects/subject-rows.ts';
import { runSubjectCommand } from './run-subject.ts';

/** `npm run --silent subject:export -- <codice fiscale>`: what our own database holds about a person, as JSON. Exits with 1 for a code that is not one. */
await runSubjectCommand([], async ({ services, code, personIds }) => {
  const tables = await subjectRows(services.database, code, personIds);
  console.log(JSON.stringify({ subject: code, madeAt: services.clock.now().toISOString(), tables }, null, 2));
  if (Object.keys(tables).length === 0) process.stderr.write('Nothing is held about this person.\n');
});
