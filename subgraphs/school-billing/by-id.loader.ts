import type { Found } from '../../core/unreadable.ts';
import type {
  EnrolmentRecord,
  InstalmentRecord,
  InvoiceRecord,
  SchoolBillingPort,
} from '../../legacy/ports/school-billing.port.ts';
import { noBillingKey, parseEnrolmentId, parseInstalmentId, parseInvoiceId } from '../shared/billing-ids.ts';
import { defineLoader } from '../shared/loader.ts';
import { recordReads } from '../shared/record-reads.ts';
import { type Applicant, askAsApplicant } from './ask-as-applicant.ts';

export const enrolmentById = defineById<EnrolmentRecord>('Enrolment.read', (port, { codiceFiscale }, ids) =>
  port.enrolments(
    codiceFiscale,
    ids.map((id) => parseEnrolmentId(id) ?? noBillingKey),
  ),
);

export const invoiceById = defineById<InvoiceRecord>(
  'Invoice.read',
  async (port, { codiceFiscale, basis }, ids) =>
    port.invoices(
      codiceFiscale,
      ids.map((id) => parseInvoiceId(id) ?? noBillingKey),
      await basis(),
    ),
);

export const instalmentById = defineById<InstalmentRecord>(
  'Instalment.read',
  async (port, { codiceFiscale, basis }, ids) =>
    port.instalments(
      codiceFiscale,
      ids.map((id) => parseInstalmentId(id) ?? noBillingKey),
      await basis(),
    ),
);

/**
 * The object that an id names, if the caller filed for it.
 *
 * Malformed ids, unknown ids and ids of other families give the same null after the same query, and the same audit event.
 */
function defineById<Item>(
  action: string,
  ask: (
    port: SchoolBillingPort,
    applicant: Applicant,
    ids: readonly string[],
  ) => Promise<readonly Found<Item>[]>,
) {
  return defineLoader<string, Item | null>(
    async (context, ids) => {
      const nothing = ids.map(() => null);
      const found = await askAsApplicant<readonly Found<Item>[]>(
        context,
        (port, applicant) => ask(port, applicant, ids),
        nothing,
      );
      recordReads(context, action, ids, found);
      return found;
    },
    (id) => id,
  );
}
