import {
  createSubgraph,
  type Subgraph,
  type SubgraphDefinition,
} from '../shared/subgraph/create-subgraph.ts';
import { integrationsAccess } from './access.ts';
import { EndpointResolver, findOwnEndpoint } from './endpoint/endpoint.resolver.ts';
import { CreateWebhooks1796000001000 } from './migrations/create-webhooks-1796000001000.ts';
import { SealSecrets1796200001000 } from './migrations/seal-secrets-1796200001000.ts';

export const integrationsMigrations = [CreateWebhooks1796000001000, SealSecrets1796200001000];

/** Webhooks of integrators: their endpoints, and what is delivered there. */
export const integrationsDefinition: SubgraphDefinition = {
  name: 'integrations',
  resolvers: [EndpointResolver],
  orphanedTypes: [],
  access: integrationsAccess,
  references: { WebhookEndpoint: ({ id }, context) => findOwnEndpoint(context, id) },
};

export function createIntegrationsSubgraph(): Promise<Subgraph> {
  return createSubgraph(integrationsDefinition);
}
