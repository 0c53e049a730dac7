import { Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../core/ids.ts';
import type { InvoiceAttachmentRecord } from '../../legacy/ports/school-billing.port.ts';

@ObjectType({ simpleResolvers: true, description: 'A file that belongs to an invoice.' })
export class InvoiceAttachment {
  @Field(() => ID, {
    description: 'Opaque and permanent. Two attachments with the same description have different ids.',
  })
  id!: string;

  @Field(() => String, { description: 'In Italian, as recorded. Shape: `Fatturazione`.' })
  kind!: string;

  @Field(() => String, { description: 'Not unique within an invoice. Shape: `Fattura 2020/684`.' })
  description!: string;

  record!: InvoiceAttachmentRecord;
}

export function toInvoiceAttachment(record: InvoiceAttachmentRecord): InvoiceAttachment {
  const { invoice, sequence, kind, description } = record;
  const id = createId('InvoiceAttachment', invoice.year, invoice.number, sequence);
  return { id, kind, description, record };
}
