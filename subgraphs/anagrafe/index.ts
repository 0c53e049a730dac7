import { createSubgraph, type Subgraph } from '../skeleton/create-subgraph.ts';
import { visibleChild } from '../skeleton/family.ts';
import { anagrafeAccess } from './access.ts';
import { toChild } from './child.type.ts';
import { CitizenResolver, signedInCitizen } from './citizen.resolver.ts';
import { MunicipalityResolver, signedInBusiness } from './municipality.resolver.ts';

/** Who people are: the citizen or business signed in, their household and children. */
export function createAnagrafeSubgraph(): Promise<Subgraph> {
  return createSubgraph({
    name: 'anagrafe',
    resolvers: [CitizenResolver, MunicipalityResolver],
    orphanedTypes: [],
    access: anagrafeAccess,
    references: {
      Citizen: ({ id }, scope) => ifSame(signedInCitizen(scope), id),
      Business: ({ id }, scope) => ifSame(signedInBusiness(scope), id),
      Child: async ({ id }, scope) => {
        const child = await visibleChild(scope, id);
        return child === null ? null : toChild(child);
      },
    },
  });
}

function ifSame<Entity extends { readonly id: string }>(entity: Entity | null, id: string): Entity | null {
  return entity?.id === id ? entity : null;
}
