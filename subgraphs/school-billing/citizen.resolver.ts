import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { isIdOf } from '../../core/identity/person-id.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import { instalmentId, invoiceId } from '../shared/billing-ids.ts';
import { toPageRequest } from '../shared/connection.ts';
import { billingScopes, namedChildren } from '../shared/entitlement.ts';
import { recordAccess } from '../shared/record-access.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { askAsViewer } from './ask-as-viewer.ts';
import { visibleKeys } from './child.reference.ts';
import { BillingCitizen } from './citizen.stub.ts';
import {
  InstalmentConnection,
  instalmentCursor,
  toInstalmentConnection,
} from './instalment-connection.type.ts';
import { InvoiceConnection, invoiceCursor, toInvoiceConnection } from './invoice-connection.type.ts';
import { toInvoiceFilter } from './invoice-filter.input.ts';
import { FamilyInvoiceListArgs } from './invoice-list.input.ts';
import { emptyPage } from './invoice-page.loader.ts';

@Resolver(() => BillingCitizen)
export class BillingCitizenResolver {
  @FieldResolver(() => InstalmentConnection, {
    nullable: true,
    description:
      "Storico documenti contabili: one row per rata, for all or some of the caller's children. Errors: LEGACY_UNAVAILABLE; BAD_USER_INPUT if the page, cursor or filter is not valid.",
  })
  async instalments(
    @Root() citizen: BillingCitizen,
    @Args(() => FamilyInvoiceListArgs) args: FamilyInvoiceListArgs,
    @Ctx() context: RequestContext,
  ): Promise<InstalmentConnection> {
    const filter = toInvoiceFilter(args.filter);
    const request = toPageRequest(args, instalmentCursor);
    const children = await visibleKeys(context, args.childIds ?? null);
    const page = await askAsViewer(
      context,
      billingScopes,
      async (port, viewer, basis) => port.instalmentsOf(viewer, children, filter, request, await basis()),
      emptyPage,
    );
    const shown = page.rows.map(({ key }) => instalmentId(key));
    const named = await childrenOf(context, page.rows);
    recordAccess(context, 'Citizen.instalments', 'allowed', [citizen.id, ...named, ...shown]);
    return toInstalmentConnection(page);
  }

  @FieldResolver(() => InvoiceConnection, {
    nullable: true,
    description:
      "*Documenti contabili* for all or some of the caller's children, newest first. Errors: LEGACY_UNAVAILABLE; BAD_USER_INPUT if the page, cursor or filter is not valid.",
  })
  async invoices(
    @Root() citizen: BillingCitizen,
    @Args(() => FamilyInvoiceListArgs) args: FamilyInvoiceListArgs,
    @Ctx() context: RequestContext,
  ): Promise<InvoiceConnection> {
    const filter = toInvoiceFilter(args.filter);
    const request = toPageRequest(args, invoiceCursor);
    const children = await visibleKeys(context, args.childIds ?? null);
    const page = await askAsViewer(
      context,
      billingScopes,
      async (port, viewer, basis) => port.invoicesOf(viewer, children, filter, request, await basis()),
      emptyPage,
    );
    const shown = page.rows.map(({ key }) => invoiceId(key));
    const named = await childrenOf(context, page.rows);
    recordAccess(context, 'Citizen.invoices', 'allowed', [citizen.id, ...named, ...shown]);
    return toInvoiceConnection(page);
  }
}

function childrenOf(context: RequestContext, rows: readonly { readonly childKey: ChildKey }[]) {
  return namedChildren(
    context,
    rows.map(({ childKey }) => childKey),
    true,
  );
}

export function signedInBillingCitizen({ caller }: RequestContext, id: string): BillingCitizen | null {
  return caller.kind === 'citizen' && isIdOf(caller, id) ? { id } : null;
}
