import type { IncomingMessage, ServerResponse } from 'node:http';
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
  openScope(request: RequestIdentity): unknown;
  /** Answers `/documents/<subgraph>/…`; false when there is no such subgraph. */
  serveDocument(subgraph: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Answers `/uploads/<subgraph>/…`; false when there is no such subgraph. */
  serveUpload(subgraph: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Which parts answer at the moment, by public names. */
  check(): Promise<Readonly<Record<string, boolean>>>;
  close(): Promise<void>;
}
