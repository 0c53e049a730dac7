import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileAddress } from '../../core/http/file-address.ts';
import type { Caller } from '../../core/identity/caller.ts';
import type { SubgraphTransport } from '../transport/transport.ts';

/** What every request carries to a subgraph, in this process or elsewhere. */
export interface RequestIdentity {
  readonly caller: Caller;
  readonly requestId: string;
  readonly language: 'it' | 'en';
}

/**
 * Where the subgraphs run: in this process, or behind HTTP. The rest of the gateway does not see the difference.
 */
export interface SubgraphHost {
  readonly transport: SubgraphTransport;
  /** The context of resolvers in this process; null if the subgraphs run elsewhere. */
  openContext(request: RequestIdentity): unknown;
  /** Sends or receives the file that an address names; false if there is no such subgraph. */
  serveFile(address: FileAddress, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** The availability of each part, by public name. */
  check(): Promise<Readonly<Record<string, boolean>>>;
  close(): Promise<void>;
}
