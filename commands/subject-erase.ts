import '../core/runtime-check.ts';
import { eraseSubject } from '../subgraphs/retention/subjects/erase-subject.ts';
import { runSubjectCommand } from './run-subject.ts';

const notes = {
  STRANGER: 'the audit trail does not name the person any more.',
  NAMED_FOR_A_BLOCK:
    'a block names the person, so that the audit trail still does. Lift the block or let it end, then run this again.',
};

/** `npm run subject:erase -- <codice fiscale> [--dry-run]`: erases what may be erased of a person, and says what is kept and why. */
await runSubjectCommand(['dry-run'], async ({ services, code, personIds, has }) => {
  const isDryRun = has('dry-run');
  const { erased, kept, trail } = await eraseSubject(services, code, personIds, { isDryRun });
  for (const { what, count } of erased)
    console.log(`${isDryRun ? 'would erase' : 'erased'} ${count}: ${what}`);
  for (const { table, count, ground } of kept) console.log(`kept ${count} of ${table}: ${ground}`);
  if (erased.length === 0) console.log('There is nothing to erase.');
  console.log('The legacy system, the protocol register and pagoPA hold data of their own.');
  // Apart from the rest, which the operator may hand to the person.
  process.stderr.write(`For the operator, not for the person: ${notes[trail]}\n`);
  if (isDryRun) process.stderr.write('Nothing was erased.\n');
});
