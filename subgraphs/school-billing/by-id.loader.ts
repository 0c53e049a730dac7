import type {
  EnrolmentRecord,
  InstalmentRecord,
  InvoiceRecord,
  SchoolBillingPort,
} from '../../legacy/ports/school-billing.port.ts';
import {
  noBillingKey,
  parseEnrolmentId,
  parseInstalmentId,
  parseInvoiceId,
} from '../skeleton/billing-ids.ts';
import { defineLoader } from '../skeleton/loader.ts';
import { recordReads } from '../skeleton/record-reads.ts';
import { type Applicant, askAsApplicant } from './ask-as-applicant.ts';

export const enrolmentById = defineById<EnrolmentRecord>('Enrolment.read', (port, { codiceFiscale }, ids) =>
  port.enrolments(
    codiceFiscale,
    ids.map((id) => parseEnrolmentId(id) ?? noBillingKey),
  ),
);

export const invoiceById = defineById<InvoiceRecord>(
  'Invoice.read',
  async (port, { codiceFiscale, standing }, ids) =>
    port.invoices(
      codiceFiscale,
      ids.map((id) => parseInvoiceId(id) ?? noBillingKey),
      await standing(),
    ),
);

export const instalmentById = defineById<InstalmentRecord>(
  'Instalment.read',
  async (port, { codiceFiscale, standing }, ids) =>
    port.instalments(
      codiceFiscale,
      ids.map((id) => parseInstalmentId(id) ?? noBillingKey),
      await standing(),
    ),
);

/**
 * What an id names, if the caller filed for it.
 *
 * Malformed, unknown and somebody else's are the same null after the same question, and leave the same event.
 */
function defineById<Found>(
  action: string,
  ask: (
    port: SchoolBillingPort,
    applicant: Applicant,
    ids: readonly string[],
  ) => Promise<readonly (Found | null)[]>,
) {
  return defineLoader<string, Found | null>(
    async (scope, ids) => {
      const nothing = ids.map(() => null);
      const found = await askAsApplicant<readonly (Found | null)[]>(
        scope,
        (port, applicant) => ask(port, applicant, ids),
        nothing,
      );
      recordReads(scope, action, ids, found);
      return found;
    },
    (id) => id,
  );
}
