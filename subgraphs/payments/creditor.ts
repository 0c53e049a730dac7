import type { CodiceFiscale } from '../../core/values/index.ts';
import { body } from '../skeleton/body.ts';
import type { Scope } from '../skeleton/scope.ts';

/** Whom a debt is paid to, by name; by code for a body that is not ours. */
export async function creditorName(scope: Scope, creditor: CodiceFiscale): Promise<string> {
  const municipality = await body(scope);
  return municipality?.codiceFiscale === creditor ? municipality.name : creditor;
}
