import type { AccessMap } from '../shared/access/rules.ts';

export const anagrafeAccess: AccessMap = {
  'Query.municipality': 'PUBLIC',
  'Query.me': 'SELF',
  'Query.myBusiness': 'SELF',
  'Query.child': 'CHILD_FAMILY',
  Municipality: 'PUBLIC',
  Office: 'PUBLIC',
  Citizen: 'SELF',
  HouseholdMember: 'PART',
  Business: 'SELF',
  Child: 'CHILD_FAMILY',
  'Child.residence': 'CHILD_HOUSEHOLD',
  Address: 'PART',
};
