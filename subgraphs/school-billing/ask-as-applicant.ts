import type { CodiceFiscale } from '../../core/values/index.ts';
import type { BalanceBasis, SchoolBillingPort } from '../../legacy/ports/school-billing.port.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { balanceBasisOf } from '../shared/settlements/balance-basis.ts';

/** In whose name the register is asked. */
export interface Applicant {
  readonly codiceFiscale: CodiceFiscale;
  /** What decides how instalments stand; asked for only where it matters. */
  basis(): Promise<BalanceBasis>;
}

/** Asks the register in the caller's name; who is no citizen gets `nothing`, and the register is not asked. */
export async function askAsApplicant<Answer>(
  context: RequestContext,
  ask: (port: SchoolBillingPort, applicant: Applicant) => Promise<Answer>,
  nothing: Answer,
): Promise<Answer> {
  const { caller, legacy } = context;
  if (caller.kind !== 'citizen') return nothing;
  return ask(legacy.schoolBilling, {
    codiceFiscale: caller.codiceFiscale,
    basis: () => balanceBasisOf(context),
  });
}
