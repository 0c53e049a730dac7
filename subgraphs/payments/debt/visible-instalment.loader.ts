import { ContractBroken } from '../../../core/unreadable.ts';
import type { InstalmentKey } from '../../../legacy/ports/school-billing.port.ts';
import { instalmentId } from '../../shared/billing-ids.ts';
import { billingScopes, viewerOf } from '../../shared/entitlement.ts';
import { defineLoader } from '../../shared/loader.ts';
import type { PayableInstalment } from './stubs.ts';

/**
 * The instalment of a debt, if the caller is its applicant: the debtor may be another person. One statement for a
 * request.
 */
export const visibleInstalment = defineLoader<InstalmentKey, PayableInstalment | null>(
  async (context, keys) => {
    const { legacy, today } = context;
    const viewer = await viewerOf(context, billingScopes);
    if (viewer === null) return keys.map(() => null);
    const basis = { today, settled: [] };
    const found = await legacy.schoolBilling.instalments(viewer, keys, basis);
    return found.map((one) =>
      one === null || one instanceof ContractBroken ? one : { id: instalmentId(one.key) },
    );
  },
  instalmentId,
);
