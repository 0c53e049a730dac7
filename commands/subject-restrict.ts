import '../core/runtime-check.ts';
import { liftRestriction, restrictSubject } from '../subgraphs/retention/subjects/restrict-subject.ts';
import { restrictionLine, runSubjectCommand } from './run-subject.ts';

/**
 * `npm run subject:restrict -- <codice fiscale> [--reference <request>] [--lift]`: keeps a person's data and uses it at the
 * person's own request only, until it is lifted. `subject:restrictions` lists those that are restricted.
 */
await runSubjectCommand(
  ['lift'],
  async ({ services, code, personIds, has, textOf }) => {
    if (has('lift')) {
      const isLifted = await liftRestriction(services, code);
      console.log(isLifted ? 'The restriction is lifted.' : 'The data of this person is not restricted.');
      return;
    }
    const { restriction, isNew } = await restrictSubject(services, code, personIds, textOf('reference'));
    console.log(`${isNew ? 'restricted' : 'restricted already'}: ${restrictionLine(restriction)}`);
  },
  ['reference'],
);
