import type { ServerResponse } from 'node:http';

/** Facts of a request for its log line, in addition to those of its connection. Nothing that a client wrote. */
export interface RequestFacts {
  /** A registered operation's name, or the hash of the document. */
  readonly operation?: string;
  /** Of the first error that was sent. */
  readonly code?: string;
}

const known = new WeakMap<ServerResponse, RequestFacts>();

/** Adds to what the log will say of a request. */
export function noteFacts(response: ServerResponse, facts: RequestFacts): void {
  known.set(response, { ...known.get(response), ...facts });
}

export function factsOf(response: ServerResponse): RequestFacts {
  return known.get(response) ?? {};
}

/** The status of the response; 499, as proxies use it, if the client left before its end. */
export function statusOf(response: ServerResponse): number {
  return response.writableFinished ? response.statusCode : 499;
}
