import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../shared/request-context.ts';
import { invoiceById } from './by-id.loader.ts';
import { Instalment, toInstalment } from './instalment.type.ts';
import { Invoice, toInvoice } from './invoice.type.ts';
import { InvoiceAttachment, toInvoiceAttachment } from './invoice-attachment.type.ts';
import { InvoiceLine } from './invoice-line.type.ts';
import { attachmentsOf, instalmentsOf, linesOf } from './invoice-parts.loader.ts';

@Resolver(() => Invoice)
export class InvoiceResolver {
  @Query(() => Invoice, {
    nullable: true,
    description:
      'An invoice for an application that the caller filed. Null if the invoice does not exist or the caller may not see it; the two answers are identical. Errors: LEGACY_UNAVAILABLE.',
  })
  async invoice(
    @Arg('id', () => ID, { description: "An invoice's id from `invoices`." }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Invoice | null> {
    const found = await invoiceById(context).load(id);
    return found === null ? null : toInvoice(found);
  }

  @FieldResolver(() => [InvoiceLine], {
    description: 'Lines, in printed order. Errors: LEGACY_UNAVAILABLE.',
  })
  lines(@Root() invoice: Invoice, @Ctx() context: RequestContext): Promise<readonly InvoiceLine[]> {
    return linesOf(context, invoice, (lines) => lines);
  }

  @FieldResolver(() => [Instalment], {
    description: 'Instalments (*rate*), by number. Errors: LEGACY_UNAVAILABLE.',
  })
  instalments(@Root() invoice: Invoice, @Ctx() context: RequestContext): Promise<readonly Instalment[]> {
    return instalmentsOf(context, invoice, (records) =>
      records.map((record) => toInstalment(record, invoice)),
    );
  }

  @FieldResolver(() => [InvoiceAttachment], {
    description: 'Attached files. Descriptions may repeat. Errors: LEGACY_UNAVAILABLE.',
  })
  attachments(
    @Root() invoice: Invoice,
    @Ctx() context: RequestContext,
  ): Promise<readonly InvoiceAttachment[]> {
    return attachmentsOf(context, invoice, (records) => records.map(toInvoiceAttachment));
  }
}
