import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileAddress } from '../../core/http/file-address.ts';
import type { Caller } from '../../core/identity/caller.ts';
import type { SubgraphTransport } from '../transport/transport.ts';

/** What every request brings along, whoever answers it. */
export interface RequestIdentity {
  readonly caller: Caller;
  readonly requestId: string;
  readonly language: 'it' | 'en';
}

/** Where the subgraphs live: in this process, or behind HTTP. The gateway knows no other difference. */
export interface SubgraphHost {
  readonly transport: SubgraphTransport;
  /** What resolvers of this process get as their context; null when they run elsewhere. */
  openContext(request: RequestIdentity): unknown;
  /** Sends a file, or takes one, as its address says; false when there is no such subgraph. */
  serveFile(address: FileAddress, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Which parts answer at the moment, by public names. */
  check(): Promise<Readonly<Record<string, boolean>>>;
  close(): Promise<void>;
}
