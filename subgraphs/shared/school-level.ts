import { registerEnumType } from 'type-graphql';
import type { SchoolLevel } from '../../legacy/ports/school-billing.port.ts';

/** One subgraph has it as input, another as output: a value that only one of them knew would break composition. */
export const SchoolLevelEnum = {
  INFANZIA: 'INFANZIA',
  PRIMARIA: 'PRIMARIA',
  SECONDARIA: 'SECONDARIA',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<SchoolLevel, SchoolLevel>;

registerEnumType(SchoolLevelEnum, {
  name: 'SchoolLevel',
  description: 'The level of a school.',
  valuesConfig: {
    INFANZIA: { description: "Scuola dell'infanzia: up to 6 years of age." },
    PRIMARIA: { description: 'Scuola primaria: 6 to 11.' },
    SECONDARIA: { description: 'Scuola secondaria di primo grado: 11 to 14.' },
    UNKNOWN: { description: 'A code of the legacy system that this API does not know.' },
  },
});
