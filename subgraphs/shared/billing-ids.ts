import { createId, parseId } from '../../core/ids.ts';
import type { EnrolmentKey, InstalmentKey, InvoiceKey } from '../../legacy/ports/school-billing.port.ts';

// Ids that school-billing resolves and other subgraphs point to. Parsing gives null for malformed ids. How large a
// number may be is the legacy system's affair: its adapter looks for none that it cannot store.

/**
 * A key that no record has. A malformed id is answered by querying this key, so that the same statements run and
 * take the same time as for another family's id.
 */
export const noBillingKey: InstalmentKey = { year: 0, number: 0, rata: 0 };

export function enrolmentId({ year, number }: EnrolmentKey): string {
  return createId('Enrolment', year, number);
}

export function parseEnrolmentId(id: string): EnrolmentKey | null {
  return toYearAndNumber(parseId('Enrolment', id));
}

export function invoiceId({ year, number }: InvoiceKey): string {
  return createId('Invoice', year, number);
}

export function parseInvoiceId(id: string): InvoiceKey | null {
  return toYearAndNumber(parseId('Invoice', id));
}

export function instalmentId({ year, number, rata }: InstalmentKey): string {
  return createId('Instalment', year, number, rata);
}

export function parseInstalmentId(id: string): InstalmentKey | null {
  return toInstalmentKey(parseId('Instalment', id));
}

/** From the parts of an id or cursor. */
export function toYearAndNumber(parts: readonly string[] | null): InvoiceKey | null {
  const [year, number] = parts ?? [];
  if (parts?.length !== 2 || !isYear(year) || !isCount(number)) return null;
  return { year: Number(year), number: Number(number) };
}

/** From the parts of an id or cursor. */
export function toInstalmentKey(parts: readonly string[] | null): InstalmentKey | null {
  const [year, number, rata] = parts ?? [];
  if (parts?.length !== 3 || !isYear(year) || !isCount(number) || !isCount(rata)) return null;
  return { year: Number(year), number: Number(number), rata: Number(rata) };
}

function isYear(text: string | undefined): boolean {
  return text !== undefined && /^[1-9]\d{3}$/.test(text);
}

/** Up to fifteen digits: as a number they are exact. */
function isCount(text: string | undefined): boolean {
  return text !== undefined && /^(0|[1-9]\d{0,14})$/.test(text);
}
