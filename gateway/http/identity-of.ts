import type { Response } from 'express';
import type { RequestIdentity } from '../hosts/subgraph-host.ts';

/** Who asks, as `authenticate` found out. */
export function identityOf(response: Response): RequestIdentity {
  return response.locals.identity as RequestIdentity;
}
