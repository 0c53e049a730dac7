import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../core/ids.ts';
import { type CalendarDate, type CodiceFiscale, type Instant, toInstant } from '../../core/values/index.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import { describeEnum } from '../shared/describe-enum.ts';
import type { ReceivedShare, SharingScope } from '../shared/entitlement.ts';
import type { OwnShare } from '../shared/records/share.store.ts';
import { CodiceFiscaleScalar, DateScalar, DateTimeScalar } from '../shared/scalars.ts';

export const SharingScopeEnum = describeEnum<SharingScope>(
  'SharingScope',
  'What a share shows. Never shared: the applicant’s residence, telephone, e-mail and IBAN, answers of applications, sign-ins.',
  {
    ENROLMENT:
      'Enrolments: service, school, class, status and dates. `practice` is null, and `paymentMethod` is UNKNOWN without BILLING.',
    ATTENDANCE: 'Attendance.',
    BILLING: 'Invoices, instalments, attachments, the list as a PDF, debts and their notices.',
    PAYING: 'BILLING, and `startPayment` for these debts. Each person sees their own sessions and receipts.',
    DIET: 'The special diet, which is health data (GDPR art. 9) and part of no other scope. Shown on enrolments: share ENROLMENT with it.',
  },
);

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'What the applicant allows one other person to see and do for one child. Revocable at any time, effective from the next request.',
})
export class SchoolDataShare {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => CodiceFiscaleScalar, { description: 'The recipient, as typed by the applicant.' })
  recipientCodiceFiscale!: CodiceFiscale;

  @Field(() => [SharingScopeEnum], { description: 'What is shared.' })
  scopes!: readonly SharingScope[];

  @Field(() => DateTimeScalar, { description: 'When the share was first given.' })
  createdAt!: Instant;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the share. Null: until revoked.' })
  endsOn!: CalendarDate | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the applicant revoked it. Null: not revoked.',
  })
  revokedAt!: Instant | null;

  childKey!: ChildKey;
}

export function shareId(uuid: string): string {
  return createId('SchoolDataShare', uuid);
}

export function toShare(share: Omit<OwnShare, 'childCode'>): SchoolDataShare {
  const { id, childKey, recipient, scopes, createdAt, endsOn, revokedAt } = share;
  return {
    id: shareId(id),
    recipientCodiceFiscale: recipient,
    scopes,
    createdAt: toInstant(new Date(createdAt)),
    endsOn,
    revokedAt: revokedAt === null ? null : toInstant(new Date(revokedAt)),
    childKey,
  };
}

/** A share as its recipient sees it: only those that work are shown. */
export function toReceivedShare(share: ReceivedShare, recipient: CodiceFiscale): SchoolDataShare {
  return toShare({ ...share, recipient, revokedAt: null });
}
