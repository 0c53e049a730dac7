import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CitizenCaller } from '../../core/identity/caller.ts';
import { fieldOf, keepIncomplete } from '../../core/unreadable.ts';
import type { CalendarDate } from '../../core/values/index.ts';
import { familyOf, visibleChild, visibleChildren } from '../shared/family.ts';
import { recordAccess } from '../shared/record-access.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { DateScalar, EmailAddressScalar } from '../shared/scalars.ts';
import { Address } from './address.type.ts';
import { Child, toChild } from './child.type.ts';
import { Citizen } from './citizen.type.ts';
import { HouseholdMember } from './household-member.type.ts';

@Resolver(() => Citizen)
export class CitizenResolver {
  @Query(() => Citizen, {
    nullable: true,
    description:
      'The citizen signed in with a digital identity; null for other callers. While the legacy system is down, the answer comes from the token.',
  })
  me(@Ctx() context: RequestContext): Citizen | null {
    const citizen = signedInCitizen(context);
    if (citizen !== null) recordAccess(context, 'Citizen.read', 'allowed', [citizen.id]);
    return citizen;
  }

  @Query(() => Child, {
    nullable: true,
    description:
      'A child that the caller may see. Null if the child does not exist or the caller may not see it; the two answers are identical. Errors: LEGACY_UNAVAILABLE.',
  })
  async child(
    @Arg('id', () => ID, { description: "A child's id from `children`." }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Child | null> {
    const child = await visibleChild(context, id);
    return child === null ? null : toChild(child);
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      'Date of birth, from the digital identity or else from the residents’ records. Null if neither has it.',
  })
  async birthDate(@Ctx() context: RequestContext): Promise<CalendarDate | null> {
    const signedIn = callerOf(context)?.birthDate;
    if (signedIn != null) return signedIn;
    const { citizen } = await familyOf(context);
    return citizen === null ? null : fieldOf(citizen, 'birthDate');
  }

  @FieldResolver(() => Address, {
    nullable: true,
    description: 'Residence. Null if the citizen is not a resident.',
  })
  async residence(@Ctx() context: RequestContext): Promise<Address | null> {
    return (await familyOf(context)).citizen?.residence ?? null;
  }

  @FieldResolver(() => EmailAddressScalar, {
    nullable: true,
    description: 'From the digital identity, or else from the residents’ records. Null if neither has it.',
  })
  async email(@Ctx() context: RequestContext): Promise<string | null> {
    return callerOf(context)?.email ?? (await familyOf(context)).citizen?.email ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'From the digital identity, or else from the residents’ records. Null if neither has it.',
  })
  async phone(@Ctx() context: RequestContext): Promise<string | null> {
    return callerOf(context)?.phone ?? (await familyOf(context)).citizen?.phone ?? null;
  }

  @FieldResolver(() => [HouseholdMember], {
    nullable: true,
    description:
      'The other members of the citizen’s household. Empty if the citizen is not a resident. Errors: LEGACY_UNAVAILABLE.',
  })
  async household(@Ctx() context: RequestContext): Promise<readonly HouseholdMember[]> {
    return (await familyOf(context)).household;
  }

  @FieldResolver(() => [Child], {
    nullable: true,
    description:
      "Minors of the caller's household, children for whom an application of the caller was accepted, and those whose applicants share them with the caller; eldest first. Errors: LEGACY_UNAVAILABLE.",
  })
  async children(@Root() citizen: Citizen, @Ctx() context: RequestContext): Promise<readonly Child[]> {
    const visible = await visibleChildren(context);
    const children = keepIncomplete(visible, visible.map(toChild));
    recordAccess(context, 'Citizen.children', 'allowed', [citizen.id, ...children.map(({ id }) => id)]);
    return children;
  }
}

export function signedInCitizen({ caller }: RequestContext): Citizen | null {
  if (caller.kind !== 'citizen') return null;
  const { id, codiceFiscale, firstName, lastName, signInMethod } = caller;
  return { id, codiceFiscale, firstName, lastName, signInMethod };
}

function callerOf({ caller }: RequestContext): CitizenCaller | null {
  return caller.kind === 'citizen' ? caller : null;
}
