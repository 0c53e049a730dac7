import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { keepIncomplete, nothingIn } from '../../../core/unreadable.ts';
import { namedChildren } from '../../shared/entitlement.ts';
import { childId, childKeyOf, ifVisibleChild } from '../../shared/family.ts';
import { recordAccess } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { Debt, debtId, toDebt } from './debt.type.ts';
import { type DebtStatus, DebtStatusEnum } from './debt-status.type.ts';
import { childKeyOfDebt } from './debt-view.ts';
import { ownDebts } from './debtor.loader.ts';
import { PayableInstalment, PayingBusiness, PayingChild, PayingCitizen } from './stubs.ts';
import { visibleInstalment } from './visible-instalment.loader.ts';

const statusArgument = {
  nullable: true,
  description: 'Limits the list to these statuses; all by default.',
} as const;
type Statuses = readonly DebtStatus[] | null | undefined;

@Resolver(() => Debt)
export class DebtResolver {
  @Query(() => Debt, {
    nullable: true,
    description:
      'A debt of the caller. Null if it does not exist or belongs to another debtor; the two answers are identical. Errors: LEGACY_UNAVAILABLE.',
  })
  debt(
    @Arg('id', () => ID, { description: "A debt's id from a list." }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Debt | null> {
    return findDebt(context, id);
  }

  @FieldResolver(() => PayingChild, {
    nullable: true,
    description: 'The child concerned. Null if there is none, or the caller may no longer see the child.',
  })
  async child(@Root() { childKey }: Debt, @Ctx() context: RequestContext): Promise<PayingChild | null> {
    return childKey === null ? null : ifVisibleChild(context, childId({ key: childKey }));
  }

  @FieldResolver(() => PayableInstalment, {
    nullable: true,
    description:
      'The instalment that it pays. Null if there is none, or if its application was not filed by the caller or not accepted. Errors: LEGACY_UNAVAILABLE.',
  })
  instalment(
    @Root() { instalmentKey }: Debt,
    @Ctx() context: RequestContext,
  ): Promise<PayableInstalment | null> | null {
    return instalmentKey === null ? null : visibleInstalment(context).load(instalmentKey);
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
    @Ctx() context: RequestContext,
  ): Promise<readonly Debt[]> {
    return listDebts(context, id, status, childKeyOf(id));
  }
}

@Resolver(() => PayingCitizen)
export class PayingCitizenResolver {
  @FieldResolver(() => [Debt], {
    nullable: true,
    description: 'All debts of the caller, by due date. Errors: LEGACY_UNAVAILABLE.',
  })
  debts(
    @Root() { id }: PayingCitizen,
    @Arg('status', () => [DebtStatusEnum], statusArgument) status: Statuses,
    @Ctx() context: RequestContext,
  ): Promise<readonly Debt[]> {
    return listDebts(context, id, status);
  }
}

@Resolver(() => PayingBusiness)
export class PayingBusinessResolver {
  @FieldResolver(() => [Debt], {
    nullable: true,
    description: 'All debts of the business, by due date. Errors: LEGACY_UNAVAILABLE.',
  })
  debts(
    @Root() { id }: PayingBusiness,
    @Arg('status', () => [DebtStatusEnum], statusArgument) status: Statuses,
    @Ctx() context: RequestContext,
  ): Promise<readonly Debt[]> {
    return listDebts(context, id, status);
  }
}

/**
 * A malformed id, an unknown one and another person's are all null after the same statement, and record the same
 * audit event.
 */
export async function findDebt(context: RequestContext, id: string): Promise<Debt | null> {
  const own = await ownDebts(context);
  const record = own.find((debt) => debtId(debt) === id) ?? null;
  const children = record === null ? [] : await namedChildren(context, [childKeyOfDebt(record)], false);
  recordAccess(context, 'Debt.read', record === null ? 'refused' : 'allowed', [id, ...children]);
  return record === null ? nothingIn(own) : toDebt(record);
}

async function listDebts(
  context: RequestContext,
  subjectId: string,
  status: Statuses,
  childKey?: string | null,
): Promise<readonly Debt[]> {
  const own = await ownDebts(context);
  const debts = own.filter(
    (debt) =>
      (childKey === undefined || debt.childKey === childKey) &&
      (status == null || status.includes(debt.status)),
  );
  const children = await namedChildren(context, debts.map(childKeyOfDebt), false);
  recordAccess(context, 'Debt.list', 'allowed', [...new Set([subjectId, ...children])]);
  return keepIncomplete(own, debts.map(toDebt));
}
