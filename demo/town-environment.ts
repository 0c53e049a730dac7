import { type DemoHypersic, hypersicEnvironment } from './hypersic/open-hypersic.ts';
import { pagopaEnvironment } from './pagopa/open-pagopa.ts';
import type { PagopaStandIn } from './pagopa/start-pagopa.ts';
import type { DemoSecrets } from './secrets.ts';

/** The configuration of a program that runs in its own process with the demo's counterparts. */
export function townEnvironment(town: {
  readonly ownUrl: string;
  readonly legacyUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly publicUrl: string;
  readonly secrets: DemoSecrets;
  readonly hypersic: DemoHypersic;
  readonly pagopa: PagopaStandIn;
}): Readonly<Record<string, string>> {
  const { secrets } = town;
  return {
    NODE_ENV: 'development',
    DATABASE_URL: town.ownUrl,
    HYPERSIC_DATABASE_URL: town.legacyUrl,
    OIDC_ISSUER: town.issuer,
    OIDC_AUDIENCE: town.audience,
    ID_SECRET: secrets.id,
    DOCUMENT_SECRETS: secrets.documents,
    AUDIT_SECRETS: secrets.audit,
    FILE_KEYS: `demo:${secrets.files}`,
    SUBGRAPH_SECRET: secrets.subgraph,
    PUBLIC_URL: town.publicUrl,
    ...hypersicEnvironment(town.hypersic),
    ...pagopaEnvironment(town.pagopa, secrets.pagopa),
  };
}
