import { Ctx, Query, Resolver } from 'type-graphql';
import { municipalityOf } from '../shared/municipality.loader.ts';
import { recordAccess } from '../shared/record-access.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { Business } from './business.type.ts';
import { Municipality } from './municipality.type.ts';

@Resolver()
export class MunicipalityResolver {
  @Query(() => Municipality, {
    nullable: true,
    description: 'The municipality that offers these services. Public. Errors: LEGACY_UNAVAILABLE.',
  })
  async municipality(@Ctx() context: RequestContext): Promise<Municipality | null> {
    const found = await municipalityOf(context);
    return found === null ? null : { ...found, offices: [...found.offices] };
  }

  @Query(() => Business, {
    nullable: true,
    description: 'The business signed in with its VAT account; null for other callers.',
  })
  myBusiness(@Ctx() context: RequestContext): Business | null {
    const business = signedInBusiness(context);
    if (business !== null) recordAccess(context, 'Business.read', 'allowed', [business.id]);
    return business;
  }
}

export function signedInBusiness({ caller }: RequestContext): Business | null {
  if (caller.kind !== 'business') return null;
  const { id, partitaIva, name } = caller;
  return { id, partitaIva, name };
}
