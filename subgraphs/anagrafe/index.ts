import { visibleChild } from '../shared/family.ts';
import {
  createSubgraph,
  type Subgraph,
  type SubgraphDefinition,
} from '../shared/subgraph/create-subgraph.ts';
import { anagrafeAccess } from './access.ts';
import { toChild } from './child.type.ts';
import { CitizenResolver, signedInCitizen } from './citizen.resolver.ts';
import { MunicipalityResolver, signedInBusiness } from './municipality.resolver.ts';

/** Identity: the signed-in citizen or business, the household and its children. */
export const anagrafeDefinition: SubgraphDefinition = {
  name: 'anagrafe',
  resolvers: [CitizenResolver, MunicipalityResolver],
  orphanedTypes: [],
  access: anagrafeAccess,
  references: {
    Citizen: ({ id }, context) => ifSame(signedInCitizen(context), id),
    Business: ({ id }, context) => ifSame(signedInBusiness(context), id),
    Child: async ({ id }, context) => {
      const child = await visibleChild(context, id);
      return child === null ? null : toChild(child);
    },
  },
};

export function createAnagrafeSubgraph(): Promise<Subgraph> {
  return createSubgraph(anagrafeDefinition);
}

function ifSame<Entity extends { readonly id: string }>(entity: Entity | null, id: string): Entity | null {
  return entity?.id === id ? entity : null;
}
