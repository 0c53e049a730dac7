import { Ctx, Query, Resolver } from 'type-graphql';
import { body } from '../skeleton/body.ts';
import { recordAccess, type Scope } from '../skeleton/scope.ts';
import { Business } from './business.type.ts';
import { Municipality } from './municipality.type.ts';

@Resolver()
export class MunicipalityResolver {
  @Query(() => Municipality, {
    nullable: true,
    description: 'The body whose services these are. Public. Errors: LEGACY_UNAVAILABLE.',
  })
  async municipality(@Ctx() scope: Scope): Promise<Municipality | null> {
    const found = await body(scope);
    return found === null ? null : { ...found, offices: [...found.offices] };
  }

  @Query(() => Business, {
    nullable: true,
    description: 'The business signed in with its VAT account; null when the caller is anybody else.',
  })
  myBusiness(@Ctx() scope: Scope): Business | null {
    const business = signedInBusiness(scope);
    if (business !== null) recordAccess(scope, 'Business.read', 'allowed', [business.id]);
    return business;
  }
}

export function signedInBusiness({ caller }: Scope): Business | null {
  if (caller.kind !== 'business') return null;
  const { id, partitaIva, name } = caller;
  return { id, partitaIva, name };
}
