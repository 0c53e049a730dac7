import { describeEnum } from '../shared/describe-enum.ts';

export const SchoolAccessEnum = describeEnum(
  'SchoolAccess',
  'Why the lists of a child may be empty: school data belongs to the parent who filed the application, year by year.',
  {
    APPLICANT: 'The caller filed the application. Everything is shown once it is accepted.',
    SHARED: 'The applicant shares the child with the caller. What the share names is shown.',
    OTHER_PARENT: 'Another person filed the accepted application. The lists are empty.',
    NO_APPLICATION: 'No application was accepted, and the caller filed none. The lists are empty.',
  },
);
export type SchoolAccess = keyof typeof SchoolAccessEnum;
