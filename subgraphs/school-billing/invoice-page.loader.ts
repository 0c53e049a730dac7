import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type { Page, PageRequest } from '../../legacy/ports/page.ts';
import type { InvoiceCursor, InvoiceFilter, InvoiceRecord } from '../../legacy/ports/school-billing.port.ts';
import { invoiceId } from '../shared/billing-ids.ts';
import { billingScopes } from '../shared/entitlement.ts';
import { childId } from '../shared/family.ts';
import { defineLoader } from '../shared/loader.ts';
import { recordAccess } from '../shared/record-access.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { askAsViewer } from './ask-as-viewer.ts';

export interface InvoicePageKey {
  readonly childKey: ChildKey;
  readonly filter: InvoiceFilter;
  readonly page: PageRequest<InvoiceCursor>;
}

/** One page of a child's invoices. Children with the same filter and page share one query. */
export const invoicePageOf = defineLoader<InvoicePageKey, Page<InvoiceRecord, InvoiceCursor>>(
  async (context, keys) => {
    const groups = [...Map.groupBy(keys, groupOf).values()];
    const answers = await Promise.all(groups.map((group) => askForGroup(context, group)));
    const pages = new Map(answers.flat());
    recordInvoices(context, keys, [...pages.values()]);
    return keys.map((key) => pages.get(key) ?? emptyPage);
  },
  (key) => `${key.childKey} ${groupOf(key)}`,
);

export const emptyPage = { rows: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false } as const;

function groupOf({ filter, page }: InvoicePageKey): string {
  const { issuedFrom, issuedTo, status, schoolYear } = filter;
  return JSON.stringify([issuedFrom, issuedTo, status, schoolYear, page]);
}

async function askForGroup(
  context: RequestContext,
  group: readonly InvoicePageKey[],
): Promise<readonly (readonly [InvoicePageKey, Page<InvoiceRecord, InvoiceCursor>])[]> {
  const [first] = group;
  if (first === undefined) return [];
  const pages = await askAsViewer<readonly Page<InvoiceRecord, InvoiceCursor>[]>(
    context,
    billingScopes,
    async (port, viewer, basis) =>
      port.invoicesByChild(
        viewer,
        group.map(({ childKey }) => childKey),
        first.filter,
        first.page,
        await basis(),
      ),
    [],
  );
  return group.map((key, position) => [key, pages[position] ?? emptyPage]);
}

function recordInvoices(
  context: RequestContext,
  keys: readonly InvoicePageKey[],
  pages: readonly Page<InvoiceRecord, InvoiceCursor>[],
): void {
  const children = new Set(keys.map(({ childKey }) => childId({ key: childKey })));
  const invoices = new Set(pages.flatMap(({ rows }) => rows.map(({ key }) => invoiceId(key))));
  recordAccess(context, 'Child.invoices', 'allowed', [...children, ...invoices]);
}
