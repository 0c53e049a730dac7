import type { BalanceBasis, SchoolBillingPort } from '../../legacy/ports/school-billing.port.ts';
import type { Viewer } from '../../legacy/ports/viewer.ts';
import { balanceBasisOf } from '../shared/balance-basis.ts';
import { type SharingScope, viewerOf } from '../shared/entitlement.ts';
import type { RequestContext } from '../shared/request-context.ts';

/** The basis of balances; loaded only where it matters. */
export type LoadBasis = () => Promise<BalanceBasis>;

/**
 * Queries the legacy system in the caller's name: their own applications, and those that are shared with them under one
 * of these scopes. Callers who are not citizens get `nothing` without a query.
 */
export async function askAsViewer<Answer>(
  context: RequestContext,
  scopes: readonly SharingScope[],
  ask: (port: SchoolBillingPort, viewer: Viewer, basis: LoadBasis) => Promise<Answer>,
  emptyAnswer: Answer,
): Promise<Answer> {
  const viewer = await viewerOf(context, scopes);
  if (viewer === null) return emptyAnswer;
  return ask(context.legacy.schoolBilling, viewer, () => balanceBasisOf(context));
}
