import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { childId, visibleChildren } from '../shared/family.ts';
import { recordAccess } from '../shared/record-access.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { BillingChild, toBillingChild } from './child.stub.ts';
import { BillingCitizen } from './citizen.stub.ts';
import { revokeShare } from './revoke-share.action.ts';
import { RevokeShareInput, ShareSchoolDataInput } from './share.input.ts';
import { ownShares, receivedShares } from './share.loader.ts';
import {
  type RevokeShareResult,
  RevokeShareResultUnion,
  type ShareSchoolDataResult,
  ShareSchoolDataResultUnion,
} from './share.result.ts';
import { SchoolDataShare, toShare } from './share.type.ts';
import { shareSchoolData } from './share-school-data.action.ts';

@Resolver(() => BillingChild)
export class ChildSharesResolver {
  @FieldResolver(() => [SchoolDataShare], {
    nullable: true,
    description:
      "The applicant's shares of this child's school data, ended ones included, newest first. Null for anyone else; recipients find theirs in `me.receivedShares`. Errors: LEGACY_UNAVAILABLE.",
  })
  async shares(
    @Root() { id, key }: BillingChild,
    @Ctx() context: RequestContext,
  ): Promise<readonly SchoolDataShare[] | null> {
    const [children, given] = await Promise.all([visibleChildren(context), ownShares(context)]);
    const isApplicant = children.some((child) => child.key === key && child.hasApplication);
    recordAccess(context, 'Child.shares', isApplicant ? 'allowed' : 'refused', [id]);
    return isApplicant ? given.filter(({ childKey }) => childKey === key).map(toShare) : null;
  }
}

@Resolver(() => BillingCitizen)
export class ReceivedSharesResolver {
  @FieldResolver(() => [SchoolDataShare], {
    nullable: true,
    description:
      'School data that others share with the caller now, newest first. Errors: LEGACY_UNAVAILABLE.',
  })
  receivedShares(@Ctx() context: RequestContext): Promise<readonly SchoolDataShare[]> {
    return receivedShares(context);
  }
}

@Resolver(() => SchoolDataShare)
export class ShareResolver {
  @FieldResolver(() => BillingChild, {
    nullable: true,
    description: 'The child. Null if the caller may no longer see the child.',
  })
  async child(
    @Root() { childKey }: SchoolDataShare,
    @Ctx() context: RequestContext,
  ): Promise<BillingChild | null> {
    const children = await visibleChildren(context);
    const isVisible = children.some((child) => childId(child) === childId({ key: childKey }));
    return isVisible ? toBillingChild(childKey) : null;
  }

  @Mutation(() => ShareSchoolDataResultUnion, {
    nullable: true,
    description:
      'Lets another person see parts of the school data of a child for whom the caller filed. Repeating it with the same person replaces scopes and end. It works from the next request. NotAllowed codes: NOT_ALLOWED (no such child), NOT_APPLICANT, SHARED_BY_ANOTHER. Errors: LEGACY_UNAVAILABLE.',
  })
  shareSchoolData(
    @Arg('input', () => ShareSchoolDataInput, { description: 'What to share with whom.' })
    input: ShareSchoolDataInput,
    @Ctx() context: RequestContext,
  ): Promise<ShareSchoolDataResult> {
    return shareSchoolData(context, input);
  }

  @Mutation(() => RevokeShareResultUnion, {
    nullable: true,
    description:
      'Ends a share that the caller gave: the recipient’s next request shows nothing, and addresses of documents stop. Repeating it is safe. NotAllowed codes: NOT_ALLOWED (no such share), NOT_GIVER. Errors: LEGACY_UNAVAILABLE.',
  })
  revokeShare(
    @Arg('input', () => RevokeShareInput, { description: 'The share to end.' })
    { shareId }: RevokeShareInput,
    @Ctx() context: RequestContext,
  ): Promise<RevokeShareResult> {
    return revokeShare(context, shareId);
  }
}
