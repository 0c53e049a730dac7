import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { toConnection, toPageRequest } from '../shared/connection.ts';
import { visibleChildren } from '../shared/family.ts';
import { recordAccess } from '../shared/record-access.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { accessLogPage } from './access-log.store.ts';
import {
  AccessLogArgs,
  AccessLogConnection,
  accessLogCursor,
  toEntry,
  toLogRange,
} from './access-log.type.ts';
import { BillingChild } from './child.stub.ts';

@Resolver(() => BillingChild)
export class AccessLogResolver {
  @FieldResolver(() => AccessLogConnection, {
    nullable: true,
    description:
      "For the applicant: reads and changes of this child's data, newest first, merged by person, day and kind. An event appears within seconds. Null for anyone else. Errors: LEGACY_UNAVAILABLE; BAD_USER_INPUT if the page, cursor or days are not valid.",
  })
  async accessLog(
    @Root() { id, key }: BillingChild,
    @Args(() => AccessLogArgs) args: AccessLogArgs,
    @Ctx() context: RequestContext,
  ): Promise<AccessLogConnection | null> {
    const request = toPageRequest(args, accessLogCursor);
    const range = toLogRange(args);
    const children = await visibleChildren(context);
    const isApplicant = children.some((child) => child.key === key && child.hasApplication);
    recordAccess(context, 'Child.accessLog', isApplicant ? 'allowed' : 'refused', [id]);
    if (!isApplicant) return null;
    const page = await accessLogPage(context, id, range, request);
    return toConnection(page, accessLogCursor, (row) => row, toEntry);
  }
}
