import type { CodiceFiscale } from '../../core/values/index.ts';
import { defineOnce } from '../skeleton/loader.ts';
import type { Scope } from '../skeleton/scope.ts';

/** The body that this gateway serves; null when the register does not say. */
export const body = defineOnce(({ legacy }) => legacy.anagrafe.municipality());

/** Whom a debt is paid to, by name; by code for a body that is not ours. */
export async function creditorName(scope: Scope, creditor: CodiceFiscale): Promise<string> {
  const municipality = await body(scope);
  return municipality?.codiceFiscale === creditor ? municipality.name : creditor;
}
