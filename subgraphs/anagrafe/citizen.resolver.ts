import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CitizenCaller } from '../../core/identity/caller.ts';
import type { CalendarDate } from '../../core/values/index.ts';
import { familyOf, visibleChild, visibleChildren } from '../skeleton/family.ts';
import { DateScalar, EmailAddressScalar } from '../skeleton/scalars.ts';
import { recordAccess, type Scope } from '../skeleton/scope.ts';
import { Address } from './address.type.ts';
import { Child, toChild } from './child.type.ts';
import { Citizen } from './citizen.type.ts';
import { HouseholdMember } from './household-member.type.ts';

@Resolver(() => Citizen)
export class CitizenResolver {
  @Query(() => Citizen, {
    nullable: true,
    description:
      'The citizen signed in with a digital identity; null when the caller is anybody else. If only the register is down, it answers from the token.',
  })
  me(@Ctx() scope: Scope): Citizen | null {
    const citizen = signedInCitizen(scope);
    if (citizen !== null) recordAccess(scope, 'Citizen.read', 'allowed', [citizen.id]);
    return citizen;
  }

  @Query(() => Child, {
    nullable: true,
    description:
      'A child the caller may see. Null when there is no such child or the caller may not see it: the two cannot be told apart. Errors: LEGACY_UNAVAILABLE.',
  })
  async child(
    @Arg('id', () => ID, { description: "A child's id, as `children` gives it." }) id: string,
    @Ctx() scope: Scope,
  ): Promise<Child | null> {
    const child = await visibleChild(scope, id);
    return child === null ? null : toChild(child);
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: 'Day of birth, as the digital identity or else the register says. Null when neither does.',
  })
  async birthDate(@Ctx() scope: Scope): Promise<CalendarDate | null> {
    return callerOf(scope)?.birthDate ?? (await familyOf(scope)).citizen?.birthDate ?? null;
  }

  @FieldResolver(() => Address, {
    nullable: true,
    description: 'Where the register says that the citizen lives. Null for who is not resident here.',
  })
  async residence(@Ctx() scope: Scope): Promise<Address | null> {
    return (await familyOf(scope)).citizen?.residence ?? null;
  }

  @FieldResolver(() => EmailAddressScalar, {
    nullable: true,
    description: 'From the digital identity, or else from the register. Null when neither has one.',
  })
  async email(@Ctx() scope: Scope): Promise<string | null> {
    return callerOf(scope)?.email ?? (await familyOf(scope)).citizen?.email ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'From the digital identity, or else from the register. Null when neither has one.',
  })
  async phone(@Ctx() scope: Scope): Promise<string | null> {
    return callerOf(scope)?.phone ?? (await familyOf(scope)).citizen?.phone ?? null;
  }

  @FieldResolver(() => [HouseholdMember], {
    nullable: true,
    description:
      'The household without the citizen. Empty for who is not resident here. Errors: LEGACY_UNAVAILABLE.',
  })
  async household(@Ctx() scope: Scope): Promise<readonly HouseholdMember[]> {
    return (await familyOf(scope)).household;
  }

  @FieldResolver(() => [Child], {
    nullable: true,
    description:
      "Minors of the caller's household, and children the caller has filed an application for; eldest first. Errors: LEGACY_UNAVAILABLE.",
  })
  async children(@Root() citizen: Citizen, @Ctx() scope: Scope): Promise<readonly Child[]> {
    const children = (await visibleChildren(scope)).map(toChild);
    recordAccess(scope, 'Citizen.children', 'allowed', [citizen.id, ...children.map(({ id }) => id)]);
    return children;
  }
}

export function signedInCitizen({ caller }: Scope): Citizen | null {
  if (caller.kind !== 'citizen') return null;
  const { id, codiceFiscale, firstName, lastName, signInMethod } = caller;
  return { id, codiceFiscale, firstName, lastName, signInMethod };
}

function callerOf({ caller }: Scope): CitizenCaller | null {
  return caller.kind === 'citizen' ? caller : null;
}
