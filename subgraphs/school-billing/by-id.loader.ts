import { ContractBroken, type Found } from '../../core/unreadable.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type {
  EnrolmentRecord,
  InstalmentRecord,
  InvoiceRecord,
  SchoolBillingPort,
} from '../../legacy/ports/school-billing.port.ts';
import type { Viewer } from '../../legacy/ports/viewer.ts';
import { noBillingKey, parseEnrolmentId, parseInstalmentId, parseInvoiceId } from '../shared/billing-ids.ts';
import { billingScopes, entitlementOf, namedChildren, type SharingScope } from '../shared/entitlement.ts';
import { defineLoader } from '../shared/loader.ts';
import { recordReads } from '../shared/record-reads.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { askAsViewer, type LoadBasis } from './ask-as-viewer.ts';
import { toShownEnrolment } from './shared-enrolment.rules.ts';

const enrolmentRecordById = defineById<EnrolmentRecord>(
  'Enrolment.read',
  ['ENROLMENT'],
  (port, viewer, ids) =>
    port.enrolments(
      viewer,
      ids.map((id) => parseEnrolmentId(id) ?? noBillingKey),
    ),
);

/** The enrolment that an id names, as the caller may see it. */
export async function findEnrolment(context: RequestContext, id: string): Promise<EnrolmentRecord | null> {
  const found = await enrolmentRecordById(context).load(id);
  return found === null ? null : toShownEnrolment(await entitlementOf(context), found);
}

export const invoiceById = defineById<InvoiceRecord>(
  'Invoice.read',
  billingScopes,
  async (port, viewer, ids, basis) =>
    port.invoices(
      viewer,
      ids.map((id) => parseInvoiceId(id) ?? noBillingKey),
      await basis(),
    ),
);

export const instalmentById = defineById<InstalmentRecord>(
  'Instalment.read',
  billingScopes,
  async (port, viewer, ids, basis) =>
    port.instalments(
      viewer,
      ids.map((id) => parseInstalmentId(id) ?? noBillingKey),
      await basis(),
    ),
);

/**
 * The object that an id names, if the caller filed for it, or it is shared with the caller.
 *
 * Malformed ids, unknown ids and ids of other families give the same null after the same query, and the same audit event.
 */
function defineById<Item extends { readonly childKey: ChildKey }>(
  action: string,
  scopes: readonly SharingScope[],
  ask: (
    port: SchoolBillingPort,
    viewer: Viewer,
    ids: readonly string[],
    basis: LoadBasis,
  ) => Promise<readonly Found<Item>[]>,
) {
  return defineLoader<string, Item | null>(
    async (context, ids) => {
      const noRecords = ids.map(() => null);
      const found = await askAsViewer<readonly Found<Item>[]>(
        context,
        scopes,
        (port, viewer, basis) => ask(port, viewer, ids, basis),
        noRecords,
      );
      const children = await namedChildren(context, found.map(childOf), true);
      recordReads(context, action, ids, found, children);
      return found;
    },
    (id) => id,
  );
}

function childOf(found: Found<{ readonly childKey: ChildKey }>): ChildKey | null {
  return found === null || found instanceof ContractBroken ? null : found.childKey;
}
