import type { SharingScope } from '../../subgraphs/shared/entitlement.ts';
import type { Fact } from './sharing-town.ts';

// Who sees what by shares and blocks, in the words of docs/access.md: it knows nothing of our statements.

export interface ModelShare {
  readonly giver: string;
  readonly recipient: string;
  readonly child: string;
  readonly scopes: readonly SharingScope[];
  readonly endsOn: string | null;
}

export interface ModelBlock {
  readonly person: string;
  readonly child: string;
  readonly until: string | null;
  readonly sinceMs: number;
}

export interface Model {
  shares: ModelShare[];
  blocks: ModelBlock[];
  /** Codes of persons whose data is restricted: shares that they give, receive or are the child of pause. */
  restricted: string[];
  today: string;
}

/** The scopes that show things of a type; every share shows the child. */
const scopesOf: Readonly<Record<string, readonly SharingScope[]>> = {
  Child: ['ENROLMENT', 'ATTENDANCE', 'BILLING', 'PAYING', 'DIET'],
  Enrolment: ['ENROLMENT'],
  Invoice: ['BILLING', 'PAYING'],
  Instalment: ['BILLING', 'PAYING'],
  Debt: ['BILLING', 'PAYING'],
};

export const visibleTypes = [
  'Child',
  'Practice',
  'Protocollo',
  'Enrolment',
  'Invoice',
  'Instalment',
  'Debt',
  'Payment',
] as const;

export class Rules {
  constructor(
    private readonly model: Model,
    private readonly facts: readonly Fact[],
  ) {}

  blockOf(person: string, child: string | null): ModelBlock | undefined {
    const { blocks, today } = this.model;
    return blocks.find(
      (one) => one.person === person && one.child === child && (one.until === null || one.until >= today),
    );
  }

  isApplicant(person: string, child: string): boolean {
    return this.facts.some(
      (fact) => fact.type === 'Child' && fact.isGivable && fact.person === person && fact.child === child,
    );
  }

  /** Givers of a child to a person, of whom one of these scopes works now. */
  givers(person: string, child: string | null, scopes: readonly SharingScope[]): readonly string[] {
    if (child === null || this.blockOf(person, child) !== undefined) return [];
    const { restricted } = this.model;
    if (restricted.includes(person) || restricted.includes(child)) return [];
    return this.model.shares
      .filter((share) => share.recipient === person && share.child === child)
      .filter(({ endsOn }) => endsOn === null || endsOn >= this.model.today)
      .filter((share) => share.scopes.some((scope) => scopes.includes(scope)))
      .map(({ giver }) => giver)
      .filter((giver) => !restricted.includes(giver))
      .filter((giver) => this.blockOf(giver, child) === undefined && this.isApplicant(giver, child));
  }

  private sees(person: string, fact: Fact): boolean {
    if (fact.person !== person)
      return (
        fact.isGivable && this.givers(person, fact.child, scopesOf[fact.type] ?? []).includes(fact.person)
      );
    const block = this.blockOf(person, fact.child);
    return block === undefined || (fact.since !== null && fact.since >= block.sinceMs);
  }

  /** Ids of a type that a person sees. */
  visible(person: string, type: string): ReadonlySet<string> {
    return new Set(
      this.facts.filter((fact) => fact.type === type && this.sees(person, fact)).map(({ id }) => id),
    );
  }

  /** The children whose applicant, or whose recipient by a scope, a person is. */
  opened(person: string, child: string, scopes: readonly SharingScope[]): boolean {
    if (this.blockOf(person, child) !== undefined) return false;
    return this.isApplicant(person, child) || this.givers(person, child, scopes).length > 0;
  }

  /** Whether a person sees an application of their own for a child, which may be undecided. */
  filed(person: string, child: string): boolean {
    return this.facts.some(
      (fact) =>
        fact.type === 'Enrolment' &&
        fact.person === person &&
        fact.child === child &&
        this.sees(person, fact),
    );
  }

  /** Debts that a person may pay: their own, and shared ones with PAYING. */
  payable(person: string): ReadonlySet<string> {
    const debts = this.facts.filter(({ type }) => type === 'Debt');
    return new Set(
      debts
        .filter((debt) =>
          debt.person === person
            ? this.blockOf(person, debt.child) === undefined
            : this.givers(person, debt.child, ['PAYING']).includes(debt.person),
        )
        .map(({ id }) => id),
    );
  }
}
