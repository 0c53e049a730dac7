import type { SchoolLevel } from '../../legacy/ports/school-billing.port.ts';
import { describeEnum } from './describe-enum.ts';

/** One subgraph has it as input, another as output: a value that only one of them knew would break composition. */
export const SchoolLevelEnum = describeEnum<SchoolLevel>('SchoolLevel', 'The level of a school.', {
  INFANZIA: "Scuola dell'infanzia: up to 6 years of age.",
  PRIMARIA: 'Scuola primaria: 6 to 11.',
  SECONDARIA: 'Scuola secondaria di primo grado: 11 to 14.',
  UNKNOWN: 'A code of the legacy system that this API does not know.',
});
