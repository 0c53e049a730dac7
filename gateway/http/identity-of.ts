import type { Response } from 'express';
import type { RequestIdentity } from '../hosts/subgraph-host.ts';

/** The caller, as `authenticate` stored it. */
export function identityOf(response: Response): RequestIdentity {
  return response.locals.identity as RequestIdentity;
}
