import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Document } from '../shared/documents/document.type.ts';
import { documentFor } from '../shared/documents/document-source.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { InvoiceAttachment } from './invoice-attachment.type.ts';

@Resolver(() => InvoiceAttachment)
export class InvoiceAttachmentResolver {
  @FieldResolver(() => Document, {
    nullable: true,
    description: 'The file. Null if the legacy system lists the attachment without a file.',
  })
  document(@Root() { record }: InvoiceAttachment, @Ctx() context: RequestContext): Document | null {
    const { invoice, sequence, file } = record;
    if (file === null) return null;
    const parts = [invoice.year, invoice.number, sequence];
    return documentFor(context, 'school-billing', 'InvoiceAttachment', parts, file);
  }
}
