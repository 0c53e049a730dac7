import type { CalendarDate, CodiceFiscale } from '../../core/values/index.ts';
import type { SchoolBillingPort } from '../../legacy/ports/school-billing.port.ts';
import type { Scope } from '../skeleton/scope.ts';

/** In whose name the register is asked, and on which day. */
export interface Applicant {
  readonly codiceFiscale: CodiceFiscale;
  readonly today: CalendarDate;
}

/** Asks the register in the caller's name; who is no citizen gets `nothing`, and the register is not asked. */
export async function askAsApplicant<Answer>(
  { caller, legacy, today }: Scope,
  ask: (port: SchoolBillingPort, applicant: Applicant) => Promise<Answer>,
  nothing: Answer,
): Promise<Answer> {
  if (caller.kind !== 'citizen') return nothing;
  return ask(legacy.schoolBilling, { codiceFiscale: caller.codiceFiscale, today });
}
