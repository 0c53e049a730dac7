import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import { instalmentId, invoiceId } from '../skeleton/billing-ids.ts';
import { PageArgs, toPageRequest } from '../skeleton/connection.ts';
import { recordAccess, type Scope } from '../skeleton/scope.ts';
import { askAsApplicant } from './ask-as-applicant.ts';
import { visibleChildById } from './child.reference.ts';
import { BillingCitizen } from './citizen.stub.ts';
import {
  InstalmentConnection,
  instalmentCursor,
  toInstalmentConnection,
} from './instalment-connection.type.ts';
import { InvoiceConnection, invoiceCursor, toInvoiceConnection } from './invoice-connection.type.ts';
import { InvoiceFilterInput, toInvoiceFilter } from './invoice-filter.input.ts';
import { emptyPage } from './invoice-page.loader.ts';

const childIdsAre =
  'Of these children only; all that the caller filed for without it. Ids that are malformed or not of a child the caller may see match nothing.';

@Resolver(() => BillingCitizen)
export class BillingCitizenResolver {
  @FieldResolver(() => InstalmentConnection, {
    nullable: true,
    description:
      "Storico documenti contabili: one row a rata, over all the caller's children or some. Errors: LEGACY_UNAVAILABLE; BAD_USER_INPUT for a page, cursor or filter that is none.",
  })
  async instalments(
    @Root() citizen: BillingCitizen,
    @Arg('childIds', () => [ID], { nullable: true, description: childIdsAre }) ids:
      | string[]
      | null
      | undefined,
    @Arg('filter', () => InvoiceFilterInput, { nullable: true, description: 'All of them without it.' })
    input: InvoiceFilterInput | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() scope: Scope,
  ): Promise<InstalmentConnection> {
    const filter = toInvoiceFilter(input);
    const request = toPageRequest(args, instalmentCursor);
    const children = await visibleKeys(scope, ids ?? null);
    const page = await askAsApplicant(
      scope,
      (port, { codiceFiscale, today }) => port.instalmentsOf(codiceFiscale, children, filter, request, today),
      emptyPage,
    );
    const shown = page.rows.map(({ key }) => instalmentId(key));
    recordAccess(scope, 'Citizen.instalments', 'allowed', [citizen.id, ...shown]);
    return toInstalmentConnection(page);
  }

  @FieldResolver(() => InvoiceConnection, {
    nullable: true,
    description:
      "Documenti contabili over all the caller's children or some, newest first. Errors: LEGACY_UNAVAILABLE; BAD_USER_INPUT for a page, cursor or filter that is none.",
  })
  async invoices(
    @Root() citizen: BillingCitizen,
    @Arg('childIds', () => [ID], { nullable: true, description: childIdsAre }) ids:
      | string[]
      | null
      | undefined,
    @Arg('filter', () => InvoiceFilterInput, { nullable: true, description: 'All of them without it.' })
    input: InvoiceFilterInput | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() scope: Scope,
  ): Promise<InvoiceConnection> {
    const filter = toInvoiceFilter(input);
    const request = toPageRequest(args, invoiceCursor);
    const children = await visibleKeys(scope, ids ?? null);
    const page = await askAsApplicant(
      scope,
      (port, { codiceFiscale, today }) => port.invoicesOf(codiceFiscale, children, filter, request, today),
      emptyPage,
    );
    const shown = page.rows.map(({ key }) => invoiceId(key));
    recordAccess(scope, 'Citizen.invoices', 'allowed', [citizen.id, ...shown]);
    return toInvoiceConnection(page);
  }
}

/** Null means all children. */
async function visibleKeys(scope: Scope, ids: readonly string[] | null): Promise<readonly ChildKey[] | null> {
  if (ids === null) return null;
  const children = await Promise.all([...new Set(ids)].map((id) => visibleChildById(scope).load(id)));
  return children.filter((child) => child !== null).map(({ key }) => key);
}

export function signedInBillingCitizen({ caller }: Scope, id: string): BillingCitizen | null {
  return caller.kind === 'citizen' && caller.id === id ? { id } : null;
}
