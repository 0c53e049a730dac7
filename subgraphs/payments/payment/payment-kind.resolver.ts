import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { parseId } from '../../../core/ids.ts';
import type { PaymentKindRecord } from '../../../legacy/ports/payments.port.ts';
import { PageArgs, toConnection, toPageRequest } from '../../shared/connection.ts';
import { defineLoader } from '../../shared/loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import {
  type PaymentKind,
  PaymentKindConnection,
  paymentKindCursor,
  toPaymentKind,
} from './payment-kind.type.ts';

@Resolver()
export class PaymentKindResolver {
  @Query(() => PaymentKindConnection, {
    nullable: true,
    description:
      'Kinds of payment that can be started without a notice, by name. Public. Errors: LEGACY_UNAVAILABLE, BAD_USER_INPUT.',
  })
  async paymentKinds(
    @Arg('search', () => String, {
      nullable: true,
      description: 'A part of the name: case, accents and apostrophes make no difference.',
    })
    search: string | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { legacy }: RequestContext,
  ): Promise<PaymentKindConnection> {
    const request = toPageRequest(page, paymentKindCursor);
    const found = await legacy.payments.paymentKinds(search?.trim() || null, request);
    return toConnection(found, paymentKindCursor, (kind) => kind, toPaymentKind);
  }
}

export const kindByCode = defineLoader<string, PaymentKindRecord | null>(
  ({ legacy }, codes) => legacy.payments.paymentKindsByCode(codes),
  (code) => code,
);

export async function findPaymentKind(context: RequestContext, id: string): Promise<PaymentKind | null> {
  const code = parseId('PaymentKind', id)?.join('/') ?? '';
  const record = await kindByCode(context).load(code);
  return record === null ? null : toPaymentKind(record);
}
