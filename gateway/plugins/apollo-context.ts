import type { DocumentNode } from 'graphql';
import type { RequestIdentity } from '../hosts/subgraph-host.ts';
import type { GatewayRequest } from '../transport/transport.ts';

/** The context that Apollo passes from the HTTP layer to the executor. */
export interface ApolloContext {
  readonly identity: RequestIdentity;
  readonly request: GatewayRequest;
  /** The key under which the caller's requests are counted. */
  readonly limitedAs: string;
  /** The admitted document: measured and valid. */
  readonly document: DocumentNode;
}
