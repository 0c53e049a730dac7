import { parseCalendarDate, parseCodiceFiscale } from '../../core/values/index.ts';
import { claudia, giulia, marco, paolo } from '../../demo/town/people.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import type { InvoiceFilter, InvoiceKey } from '../../legacy/ports/school-billing.port.ts';

/** What the description of each port is given. */
export interface Contract {
  readonly legacy: Legacy;
  /** Claudia's children. */
  readonly children: readonly ChildKey[];
  /** The result of some work, and how many statements it sent. */
  counted<T>(work: () => Promise<T>): Promise<readonly [T, number]>;
}

export const basis = { today: parseCalendarDate('2026-10-15'), settled: [] };
export const everything: InvoiceFilter = {
  issuedFrom: null,
  issuedTo: null,
  status: null,
  schoolYear: null,
};
/** The invoice that the portal's guide shows. */
export const guides: InvoiceKey = { year: 2020, number: 684 };
export const first = (count: number) => ({ first: count, after: null });

const code = (person: { readonly codiceFiscale: string }) => parseCodiceFiscale(person.codiceFiscale);
export const [ofClaudia, ofMarco, ofGiulia, ofPaolo] = [
  code(claudia),
  code(marco),
  code(giulia),
  code(paolo),
];
