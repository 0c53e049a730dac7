import { Field, ID, InputType } from 'type-graphql';
import type { CalendarDate } from '../../core/values/index.ts';
import type { SharingScope } from '../shared/entitlement.ts';
import { describeKey } from '../shared/idempotency-key.ts';
import { DateScalar } from '../shared/scalars.ts';
import { SharingScopeEnum } from './share.type.ts';

@InputType({ description: 'What to share with whom.' })
export class ShareSchoolDataInput {
  @Field(() => ID, { description: 'A child for whom an application of the caller was accepted.' })
  childId!: string;

  @Field(() => String, { description: 'The recipient: a grown person. Blanks and lower case are accepted.' })
  recipientCodiceFiscale!: string;

  @Field(() => [SharingScopeEnum], { description: 'At least one.' })
  scopes!: readonly SharingScope[];

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the share. Null: until revoked.' })
  endsOn?: CalendarDate | null;

  @Field(() => String, {
    description: describeKey('share', 'a repeated call changes nothing'),
  })
  idempotencyKey!: string;
}

@InputType({ description: 'The share to end.' })
export class RevokeShareInput {
  @Field(() => ID, { description: "A share's id from `Child.shares`." })
  shareId!: string;
}
