import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { practiceOfEntry } from '../skeleton/filed-here.ts';
import type { Scope } from '../skeleton/scope.ts';
import { Enrolment } from './enrolment.type.ts';
import { BillingPractice, toBillingPractice } from './practice.stub.ts';

@Resolver(() => Enrolment)
export class EnrolmentResolver {
  @FieldResolver(() => BillingPractice, {
    nullable: true,
    description: 'The application that made it. Null when the register names none.',
  })
  async practice(
    @Root() { practiceKey, entryKey }: Enrolment,
    @Ctx() scope: Scope,
  ): Promise<BillingPractice | null> {
    if (practiceKey === null) return null;
    const id = entryKey === null ? null : await practiceOfEntry(scope).load(entryKey);
    return id === null ? toBillingPractice(practiceKey) : { id };
  }
}
