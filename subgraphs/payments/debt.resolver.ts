import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { childId, childKeyOf, ifVisibleChild } from '../skeleton/family.ts';
import { recordAccess, type Scope } from '../skeleton/scope.ts';
import { Debt, debtId, toDebt } from './debt.type.ts';
import { type DebtStatus, DebtStatusEnum } from './debt-status.type.ts';
import { ownDebts } from './debtor.loader.ts';
import { PayingBusiness, PayingChild, PayingCitizen } from './stubs.ts';

const statusArgument = {
  nullable: true,
  description: 'Only those of one of these; all by default.',
} as const;
type Statuses = readonly DebtStatus[] | null | undefined;

@Resolver(() => Debt)
export class DebtResolver {
  @Query(() => Debt, {
    nullable: true,
    description:
      'A debt of the caller. Null when there is no such debt or it is another’s: the two cannot be told apart. Errors: LEGACY_UNAVAILABLE.',
  })
  debt(
    @Arg('id', () => ID, { description: "A debt's id, as lists give it." }) id: string,
    @Ctx() scope: Scope,
  ): Promise<Debt | null> {
    return findDebt(scope, id);
  }

  @FieldResolver(() => PayingChild, {
    nullable: true,
    description:
      'Whom it is for. Null when it is for no child, or for one that the caller may no longer see.',
  })
  async child(@Root() { childKey }: Debt, @Ctx() scope: Scope): Promise<PayingChild | null> {
    return childKey === null ? null : ifVisibleChild(scope, childId({ key: childKey }));
  }
}

@Resolver(() => PayingChild)
export class PayingChildResolver {
  @FieldResolver(() => [Debt], {
    nullable: true,
    description: "The caller's own debts for this child, by due date. Errors: LEGACY_UNAVAILABLE.",
  })
  debts(
    @Root() { id }: PayingChild,
    @Arg('status', () => [DebtStatusEnum], statusArgument) status: Statuses,
    @Ctx() scope: Scope,
  ): Promise<readonly Debt[]> {
    return listDebts(scope, id, status, childKeyOf(id));
  }
}

@Resolver(() => PayingCitizen)
export class PayingCitizenResolver {
  @FieldResolver(() => [Debt], {
    nullable: true,
    description: 'Everything the caller owes or owed, by due date. Errors: LEGACY_UNAVAILABLE.',
  })
  debts(
    @Root() { id }: PayingCitizen,
    @Arg('status', () => [DebtStatusEnum], statusArgument) status: Statuses,
    @Ctx() scope: Scope,
  ): Promise<readonly Debt[]> {
    return listDebts(scope, id, status);
  }
}

@Resolver(() => PayingBusiness)
export class PayingBusinessResolver {
  @FieldResolver(() => [Debt], {
    nullable: true,
    description: 'Everything the business owes or owed, by due date. Errors: LEGACY_UNAVAILABLE.',
  })
  debts(
    @Root() { id }: PayingBusiness,
    @Arg('status', () => [DebtStatusEnum], statusArgument) status: Statuses,
    @Ctx() scope: Scope,
  ): Promise<readonly Debt[]> {
    return listDebts(scope, id, status);
  }
}

/** Malformed, unknown and another's are the same null after the same statement, and leave the same event. */
export async function findDebt(scope: Scope, id: string): Promise<Debt | null> {
  const record = (await ownDebts(scope)).find((debt) => debtId(debt) === id) ?? null;
  recordAccess(scope, 'Debt.read', record === null ? 'refused' : 'allowed', [id]);
  return record === null ? null : toDebt(record);
}

async function listDebts(
  scope: Scope,
  of: string,
  status: Statuses,
  childKey?: string | null,
): Promise<readonly Debt[]> {
  const debts = (await ownDebts(scope)).filter(
    (debt) =>
      (childKey === undefined || debt.childKey === childKey) &&
      (status == null || status.includes(debt.status)),
  );
  recordAccess(scope, 'Debt.list', 'allowed', [of]);
  return debts.map(toDebt);
}
