import type { CodiceFiscale } from '../../core/values/index.ts';
import { body } from '../shared/municipality.loader.ts';
import type { RequestContext } from '../shared/request-context.ts';

/** Whom a debt is paid to, by name; by code for a body that is not ours. */
export async function creditorName(context: RequestContext, creditor: CodiceFiscale): Promise<string> {
  const municipality = await body(context);
  return municipality?.codiceFiscale === creditor ? municipality.name : creditor;
}
