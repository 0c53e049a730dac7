import { Field, ObjectType } from 'type-graphql';
import { isCalendarDate } from '../../core/values/index.ts';
import type { Page } from '../../legacy/ports/page.ts';
import type { InvoiceCursor, InvoiceRecord } from '../../legacy/ports/school-billing.port.ts';
import { toYearAndNumber } from '../shared/billing-ids.ts';
import { Connection, type CursorFormat, toConnection } from '../shared/connection.ts';
import { Invoice, toInvoice } from './invoice.type.ts';

@ObjectType({ simpleResolvers: true, description: 'One invoice of a page.' })
export class InvoiceEdge {
  @Field(() => String, { description: 'Cursor of this row; pass it as `after`.' })
  cursor!: string;

  @Field(() => Invoice, { description: 'The invoice.' })
  node!: Invoice;
}

@ObjectType({
  simpleResolvers: true,
  implements: Connection,
  description: 'A page of invoices: newest first, then by year and number downwards.',
})
export class InvoiceConnection extends Connection {
  @Field(() => [InvoiceEdge], { description: 'The invoices of this page.' })
  edges!: InvoiceEdge[];
}

export const invoiceCursor: CursorFormat<InvoiceCursor> = {
  name: 'InvoiceCursor',
  toParts: ({ issuedOn, key }) => [issuedOn, key.year, key.number],
  toKey: ([issuedOn = '', ...rest]) => {
    const key = toYearAndNumber(rest);
    return isCalendarDate(issuedOn) && key !== null ? { issuedOn, key } : null;
  },
};

export function toInvoiceConnection(page: Page<InvoiceRecord, InvoiceCursor>): InvoiceConnection {
  const siblings = page.rows.map(({ key }) => key);
  return toConnection(
    page,
    invoiceCursor,
    (row) => row,
    (row) => toInvoice(row, siblings),
  );
}
