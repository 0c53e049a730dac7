import type { AccessRuleName } from '../../subgraphs/shared/access/rules.ts';

export const callerKinds = [
  'anonymous',
  'citizen',
  'business',
  'program',
  'program with payment:status',
  'program with webhooks:manage',
] as const;
export type CallerKind = (typeof callerKinds)[number];

/**
 * What docs/access.md claims of each rule, written by hand: the kinds of callers that it admits, and the relation to
 * an object by which a caller meets it.
 */
export const claims: Readonly<
  Record<AccessRuleName, { readonly admits: readonly CallerKind[]; readonly meets: readonly string[] }>
> = {
  PUBLIC: { admits: callerKinds, meets: ['none'] },
  PART: { admits: callerKinds, meets: [] },
  SELF: { admits: ['citizen', 'business'], meets: ['self'] },
  CHILD_FAMILY: {
    admits: ['citizen'],
    meets: ['applicant', 'household', 'household and applicant', 'recipient'],
  },
  CHILD_HOUSEHOLD: { admits: ['citizen'], meets: ['household', 'household and applicant'] },
  SCHOOL_APPLICANT: { admits: ['citizen'], meets: ['applicant', 'household and applicant'] },
  SCHOOL_SHARED: { admits: ['citizen'], meets: ['applicant', 'household and applicant', 'recipient'] },
  SHARE_PARTY: { admits: ['citizen'], meets: ['giver', 'recipient'] },
  PRACTICE_APPLICANT: { admits: ['citizen', 'business'], meets: ['filer'] },
  DEBTOR: { admits: ['citizen', 'business'], meets: ['debtor', 'recipient'] },
  PAYER: { admits: ['citizen', 'business'], meets: ['debtor', 'payer'] },
  NOTICE_HOLDER: { admits: callerKinds, meets: ['holder of the notice'] },
  NOTICE_AND_DEBTOR: { admits: callerKinds, meets: ["holder of the notice and the debtor's code"] },
  CAPABILITY: { admits: callerKinds, meets: ['holder of the id'] },
  PAYMENT_STATUS_MACHINE: { admits: ['program with payment:status'], meets: [] },
  WEBHOOK_OWNER: { admits: ['program with webhooks:manage'], meets: [] },
};
