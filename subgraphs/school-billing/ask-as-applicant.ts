import type { CodiceFiscale } from '../../core/values/index.ts';
import type { BalanceBasis, SchoolBillingPort } from '../../legacy/ports/school-billing.port.ts';
import { balanceBasisOf } from '../shared/balance-basis.ts';
import type { RequestContext } from '../shared/request-context.ts';

/** The person in whose name the legacy system is queried. */
export interface Applicant {
  readonly codiceFiscale: CodiceFiscale;
  /** The basis of balances; loaded only where it matters. */
  basis(): Promise<BalanceBasis>;
}

/** Queries the legacy system in the caller's name. Callers who are not citizens get `nothing` without a query. */
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
