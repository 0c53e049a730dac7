import type {
  InstalmentRecord,
  InvoiceAttachmentRecord,
  InvoiceKey,
  InvoiceLineRecord,
  SchoolBillingPort,
} from '../../legacy/ports/school-billing.port.ts';
import { defineLoader } from '../skeleton/loader.ts';
import { type Applicant, askAsApplicant } from './ask-as-applicant.ts';

export const instalmentsOf = defineParts<InstalmentRecord>(
  async (port, { codiceFiscale, standing }, invoices) =>
    port.instalmentsByInvoice(codiceFiscale, invoices, await standing()),
);

export const linesOf = defineParts<InvoiceLineRecord>((port, { codiceFiscale }, invoices) =>
  port.linesByInvoice(codiceFiscale, invoices),
);

export const attachmentsOf = defineParts<InvoiceAttachmentRecord>((port, { codiceFiscale }, invoices) =>
  port.attachmentsByInvoice(codiceFiscale, invoices),
);

/** Lists that hang on invoices; the reading of the invoices was recorded when they were found. */
function defineParts<Part>(
  ask: (
    port: SchoolBillingPort,
    applicant: Applicant,
    invoices: readonly InvoiceKey[],
  ) => Promise<readonly (readonly Part[])[]>,
) {
  return defineLoader<InvoiceKey, readonly Part[]>(
    (scope, invoices) =>
      askAsApplicant(
        scope,
        (port, applicant) => ask(port, applicant, invoices),
        invoices.map(() => []),
      ),
    ({ year, number }) => `${year}/${number}`,
  );
}
