import '../core/runtime-check.ts';
import { writeFile } from 'node:fs/promises';
import { renderPdf } from '../core/pdf/render-pdf.ts';
import { subjectContent } from '../subgraphs/retention/subjects/subject.content.ts';
import { subjectRows } from '../subgraphs/retention/subjects/subject-rows.ts';
import { runSubjectCommand } from './run-subject.ts';

/**
 * `npm run --silent subject:export -- <codice fiscale> [--pdf <file>]`: what our own database holds about a person, as JSON on
 * stdout, and to be read as a PDF in a new file. Exits with 1 for a code that is not one.
 */
await runSubjectCommand(
  [],
  async ({ services, code, personIds, textOf }) => {
    const madeAt = services.clock.now();
    const tables = await subjectRows(services.database, code, personIds);
    const file = textOf('pdf');
    if (file !== '') {
      const municipality = await services.legacy.anagrafe.municipality();
      const bytes = await renderPdf(subjectContent({ subject: code, madeAt, tables, municipality }));
      await writeNew(file, bytes);
    }
    console.log(JSON.stringify({ subject: code, madeAt: madeAt.toISOString(), tables }, null, 2));
    if (Object.keys(tables).length === 0) process.stderr.write('Nothing is held about this person.\n');
  },
  ['pdf'],
);

/** A file that only its owner reads, and none that is there already. */
async function writeNew(file: string, bytes: Buffer): Promise<void> {
  await writeFile(file, bytes, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${file} is there already: name a new file.`) : error;
  });
}
