import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { practiceOfEntry } from '../shared/filed-here.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { Enrolment } from './enrolment.type.ts';
import { BillingPractice, toBillingPractice } from './practice.stub.ts';

@Resolver(() => Enrolment)
export class EnrolmentResolver {
  @FieldResolver(() => BillingPractice, {
    nullable: true,
    description: 'The application that led to it. Null if none is recorded.',
  })
  async practice(
    @Root() { practiceKey, entryKey }: Enrolment,
    @Ctx() context: RequestContext,
  ): Promise<BillingPractice | null> {
    if (practiceKey === null) return null;
    const id = entryKey === null ? null : await practiceOfEntry(context).load(entryKey);
    return id === null ? toBillingPractice(practiceKey) : { id };
  }
}
