import type { Caller } from '../../../core/identity/caller.ts';

/** Groups of callers, relative to a child and its school services. */
export const audiences = {
  anonymous: 'nobody signed in',
  applicant: 'parent who filed',
  recipient: 'citizen with a share',
  otherParent: 'other parent',
  stranger: 'other citizen',
  business: 'business',
  machine: 'machine',
} as const;
export type AudienceOfRule = keyof typeof audiences;

/** `theirs`: their own data only. `none`: the same answer as for data that does not exist. */
export type Sees = 'all' | 'theirs' | 'none';

/** Who may read or write. */
export interface AccessRule {
  /** For readers: docs/access.md is generated from these. */
  readonly sentence: string;
  readonly sees: Readonly<Record<AudienceOfRule, Sees>>;
  /** A scope that a program's token also needs; without it the answer is an error and not a null. */
  readonly scope?: string;
}

const everybody = all('all');
const citizens = {
  ...all('none'),
  applicant: 'theirs',
  recipient: 'theirs',
  otherParent: 'theirs',
  stranger: 'theirs',
} as const;
const accountHolders = { ...citizens, business: 'theirs' } as const;

/**
 * All access rules. The schema names one for each type and field (`@access`). Whose data a row is, is decided
 * where it is read: loaders take the person from the verified token and from nowhere else.
 */
export const accessRules = {
  PUBLIC: { sentence: 'Anybody, also without signing in. It is about no person.', sees: everybody },
  PART: { sentence: 'Everyone who may see the object that contains it.', sees: all('theirs') },
  SELF: { sentence: 'The citizen or business themselves, signed in.', sees: accountHolders },
  CHILD_FAMILY: {
    sentence:
      'A citizen of the household that a minor lives in, a citizen who filed an application for the child that was accepted, and a citizen with whom that applicant shares the child. Nobody for whom the child is blocked.',
    sees: citizens,
  },
  CHILD_HOUSEHOLD: { sentence: 'A citizen of the household that the child lives in.', sees: citizens },
  SCHOOL_APPLICANT: {
    sentence:
      'The parent who filed the application, once it is accepted, for the enrolment that it made and its period. The other parent sees that somebody else filed, and no more.',
    sees: { ...all('none'), applicant: 'theirs' },
  },
  SCHOOL_SHARED: {
    sentence:
      'The parent who filed the application, as with SCHOOL_APPLICANT; and a citizen with whom that parent shares it, as far as the scopes of the share go, until it ends or is revoked.',
    sees: { ...all('none'), applicant: 'theirs', recipient: 'theirs' },
  },
  SHARE_PARTY: {
    sentence: 'The parent who gave the share; and its recipient, while it works.',
    sees: { ...all('none'), applicant: 'theirs', recipient: 'theirs' },
  },
  PRACTICE_APPLICANT: {
    sentence:
      'The citizen or business that started or filed the practice, and no other parent; nor its applicant, once the child is blocked for them.',
    sees: accountHolders,
  },
  DEBTOR: {
    sentence:
      'The citizen or business that owes it; and a citizen with whom the debtor shares BILLING or PAYING of its child. Only PAYING lets them pay it.',
    sees: accountHolders,
  },
  PAYER: { sentence: 'The citizen or business that owed or paid it.', sees: accountHolders },
  NOTICE_HOLDER: {
    sentence: "Anyone who knows a notice's number and its creditor. It names no person; limited in rate.",
    sees: all('theirs'),
  },
  NOTICE_AND_DEBTOR: {
    sentence:
      "Anyone who knows a notice's number, its creditor and the debtor's code. It names nobody else; limited in rate.",
    sees: all('theirs'),
  },
  CAPABILITY: {
    sentence: 'Anyone holding the id, which cannot be guessed. It names no debtor; limited in rate.',
    sees: all('theirs'),
  },
  PAYMENT_STATUS_MACHINE: {
    sentence: "An integrator's program whose token has the scope payment:status. It names no person.",
    sees: { ...all('none'), machine: 'all' },
    scope: 'payment:status',
  },
  WEBHOOK_OWNER: {
    sentence:
      "An integrator's program whose token has the scope webhooks:manage: the endpoints of its own client, and no other's.",
    sees: { ...all('none'), machine: 'theirs' },
    scope: 'webhooks:manage',
  },
} as const satisfies Readonly<Record<string, AccessRule>>;

export type AccessRuleName = keyof typeof accessRules;

/**
 * A subgraph's rules, by type or field.
 *
 * Shape: `{ Practice: 'PRACTICE_APPLICANT', 'Child.practices': 'PRACTICE_APPLICANT' }`. A type's rule holds for
 * its fields without a rule of their own; each field of Query and Mutation has its own.
 */
export type AccessMap = Readonly<Record<string, AccessRuleName>>;

/** Whether a rule leaves out no kind of caller. */
export function isForEverybody(rule: AccessRuleName): boolean {
  const { sees, scope }: AccessRule = accessRules[rule];
  return scope === undefined && Object.values(sees).every((seen) => seen !== 'none');
}

/** Whether a caller may ask at all; which rows are the caller's is not decided here. */
export function mayAsk(rule: AccessRuleName, caller: Caller): boolean {
  const { sees, scope }: AccessRule = accessRules[rule];
  // Whether a parent is the applicant is known only per child.
  const as = caller.kind === 'citizen' ? 'applicant' : caller.kind;
  if (sees[as] === 'none') return false;
  return scope === undefined || (caller.kind === 'machine' && caller.scopes.includes(scope));
}

function all<const Value extends Sees>(value: Value): Readonly<Record<AudienceOfRule, Value>> {
  return {
    anonymous: value,
    applicant: value,
    recipient: value,
    otherParent: value,
    stranger: value,
    business: value,
    machine: value,
  };
}
