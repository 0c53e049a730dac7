import { registerEnumType } from 'type-graphql';

export const SchoolAccessEnum = {
  APPLICANT: 'APPLICANT',
  SHARED: 'SHARED',
  OTHER_PARENT: 'OTHER_PARENT',
  NO_APPLICATION: 'NO_APPLICATION',
} as const;
export type SchoolAccess = keyof typeof SchoolAccessEnum;

registerEnumType(SchoolAccessEnum, {
  name: 'SchoolAccess',
  description:
    'Why the lists of a child may be empty: school data belongs to the parent who filed the application, year by year.',
  valuesConfig: {
    APPLICANT: { description: 'The caller filed the application. Everything is shown once it is accepted.' },
    SHARED: {
      description: 'The applicant shares the child with the caller. What the share names is shown.',
    },
    OTHER_PARENT: { description: 'Another person filed the accepted application. The lists are empty.' },
    NO_APPLICATION: {
      description: 'No application was accepted, and the caller filed none. The lists are empty.',
    },
  },
});
