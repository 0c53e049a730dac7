import type { CodiceFiscale } from '../../../core/values/index.ts';
import { municipalityOf } from '../../shared/municipality.loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';

/** The creditor's name; its code if it is not this municipality. */
export async function creditorName(context: RequestContext, creditor: CodiceFiscale): Promise<string> {
  const municipality = await municipalityOf(context);
  return municipality?.codiceFiscale === creditor ? municipality.name : creditor;
}
