import type { CodiceFiscale } from '../../core/values/index.ts';
import type { SchoolBillingPort, Standing } from '../../legacy/ports/school-billing.port.ts';
import type { Scope } from '../skeleton/scope.ts';
import { standingOf } from '../skeleton/settlements/standing.ts';

/** In whose name the register is asked. */
export interface Applicant {
  readonly codiceFiscale: CodiceFiscale;
  /** What decides how instalments stand; asked for only where it matters. */
  standing(): Promise<Standing>;
}

/** Asks the register in the caller's name; who is no citizen gets `nothing`, and the register is not asked. */
export async function askAsApplicant<Answer>(
  scope: Scope,
  ask: (port: SchoolBillingPort, applicant: Applicant) => Promise<Answer>,
  nothing: Answer,
): Promise<Answer> {
  const { caller, legacy } = scope;
  if (caller.kind !== 'citizen') return nothing;
  return ask(legacy.schoolBilling, {
    codiceFiscale: caller.codiceFiscale,
    standing: () => standingOf(scope),
  });
}
