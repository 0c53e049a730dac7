import type { ChildKey } from '../ports/child-key.ts';
import type { PageRequest } from '../ports/page.ts';
import type {
  BalanceBasis,
  InstalmentCursor,
  InvoiceCursor,
  InvoiceFilter,
  InvoiceKey,
  SchoolBillingPort,
} from '../ports/school-billing.port.ts';
import type { Viewer } from '../ports/viewer.ts';
import { groupBy } from './by-key.ts';
import { decimalOf, trimmed } from './formats.ts';
import {
  toAttachment,
  toInstalment,
  toInstalmentCursor,
  toInvoice,
  toInvoiceCursor,
  toLine,
  toListedInstalment,
} from './invoice.mapper.ts';
import * as invoices from './invoice.statements.ts';
import { atMostInteger, atMostRata, storable } from './keys.ts';
import { monthOf, monthSpan } from './months.ts';
import { toAttendance, toEnrolment, toSchoolRecord } from './school.mapper.ts';
import * as school from './school.statements.ts';
import type { Connection } from './wire/connection.ts';
import { toPage } from './wire/pages.ts';
import { readFirst, readRows } from './wire/read-rows.ts';

type SchoolMethod = 'recordsByChild' | 'enrolments' | 'attendance';

export function createSchoolBilling(connection: Connection): SchoolBillingPort {
  return { ...createSchool(connection), ...createBilling(connection) };
}

function createSchool({ read }: Connection): Pick<SchoolBillingPort, SchoolMethod> {
  return {
    async recordsByChild(viewer, children) {
      const rows = await read(school.applicationsByChild, { ...sharesOf(viewer), children });
      const rowsOf = groupBy(rows, (row) => trimmed(row.COD_ALUN));
      return children.map((child) => toSchoolRecord(rowsOf(child)));
    },
    async enrolments(viewer, keys) {
      const rows = await read(school.applicationsByKey, { ...sharesOf(viewer), ...toLists(keys) });
      const rowsOf = groupBy(rows, (row) => `${row.ANNO_DOM}/${row.NUM_DOM}`);
      return keys.map(({ year, number }) => readFirst(rowsOf(`${year}/${number}`), toEnrolment));
    },
    async attendance(viewer, keys) {
      if (keys.length === 0) return [];
      const children = [...new Set(keys.map((key) => key.childKey))];
      const rows = await read(school.attendance, {
        ...viewerValues(viewer),
        children,
        ...monthSpan(keys.map((key) => key.month)),
      });
      const rowsOf = groupBy(rows, (row) => `${trimmed(row.COD_ALUN)}/${monthOf(row.DATA_PRES)}`);
      return keys.map(({ childKey, month }) => toAttendance(rowsOf(`${childKey}/${month}`)));
    },
  };
}

function createBilling({ read }: Connection): Omit<SchoolBillingPort, SchoolMethod> {
  /** The rows of each invoice, for statements that take invoices as two parallel lists. */
  const perInvoice = async <Row extends { readonly ANNO_FATT: number; readonly NUM_FATT: number }>(
    rows: Promise<readonly Row[]>,
  ) => {
    const rowsOf = groupBy(await rows, (row) => `${row.ANNO_FATT}/${row.NUM_FATT}`);
    return ({ year, number }: InvoiceKey) => rowsOf(`${year}/${number}`);
  };

  return {
    async invoicesByChild(viewer, children, filter, page, basis) {
      const values = listValues(viewer, children, filter, page, basis);
      const rows = await read(invoices.invoicePagesByChild, values);
      const rowsOf = groupBy(rows, (row) => trimmed(row.COD_ALUN));
      return children.map((child) => toPage(rowsOf(child), page, toInvoice, toInvoiceCursor));
    },
    async invoicesOf(viewer, children, filter, page, basis) {
      const values = listValues(viewer, children, filter, page, basis);
      return toPage(await read(invoices.invoicePageOf, values), page, toInvoice, toInvoiceCursor);
    },
    async invoices(viewer, keys, { settled }) {
      const values = { ...viewerValues(viewer), ...toLists(keys), ...toSettled(settled) };
      const rowsOf = await perInvoice(read(invoices.invoicesByKey, values));
      return keys.map((key) => readFirst(rowsOf(key), toInvoice));
    },
    async instalmentsOf(viewer, children, filter, page, basis) {
      const afterRata = page.after === null ? null : atMostRata(page.after.key.rata);
      const values = { ...listValues(viewer, children, filter, page, basis), afterRata };
      const rows = await read(invoices.instalmentPage, values);
      return toPage(rows, page, toListedInstalment, toInstalmentCursor);
    },
    async instalments(viewer, keys, basis) {
      const rowsOf = await perInvoice(
        read(invoices.instalmentsByInvoice, {
          ...viewerValues(viewer),
          ...toLists(keys),
          ...toBalanceValues(basis),
        }),
      );
      return keys.map((key) =>
        readFirst(
          rowsOf(key).filter((row) => row.NUM_RATA === key.rata),
          toInstalment,
        ),
      );
    },
    async instalmentsByInvoice(viewer, keys, basis) {
      const rowsOf = await perInvoice(
        read(invoices.instalmentsByInvoice, {
          ...viewerValues(viewer),
          ...toLists(keys),
          ...toBalanceValues(basis),
        }),
      );
      return keys.map((key) => readRows(rowsOf(key), toInstalment));
    },
    async linesByInvoice(viewer, keys) {
      const rowsOf = await perInvoice(
        read(invoices.linesByInvoice, { ...viewerValues(viewer), ...toLists(keys) }),
      );
      return keys.map((key) => readRows(rowsOf(key), toLine));
    },
    async attachmentsByInvoice(viewer, keys) {
      const rowsOf = await perInvoice(
        read(invoices.attachmentsByInvoice, { ...viewerValues(viewer), ...toLists(keys) }),
      );
      return keys.map((key) => readRows(rowsOf(key), toAttachment));
    },
  };
}

function sharesOf({ applicant, shares, hidden }: Viewer) {
  return {
    applicant,
    givers: shares.map(({ giver }) => giver),
    givenChildren: shares.map(({ childKey }) => childKey),
    hidden,
  };
}

function viewerValues(viewer: Viewer) {
  const { applicant, givers, ...more } = sharesOf(viewer);
  return { applicant, applicants: [...new Set([applicant, ...givers])], givers, ...more };
}

function listValues(
  viewer: Viewer,
  children: readonly ChildKey[] | null,
  filter: InvoiceFilter,
  page: PageRequest<InvoiceCursor | InstalmentCursor>,
  basis: BalanceBasis,
) {
  return {
    ...viewerValues(viewer),
    children,
    ...toFilter(filter),
    ...toBalanceValues(basis),
    ...toCursor(page),
  };
}

function toLists(keys: readonly InvoiceKey[]) {
  return { years: keys.map(({ year }) => year), numbers: keys.map(({ number }) => storable(number)) };
}

function toFilter({ issuedFrom, issuedTo, status, schoolYear }: InvoiceFilter) {
  return { issuedFrom, issuedTo, status, schoolYear };
}

function toBalanceValues({ today, settled }: BalanceBasis) {
  return { today, ...toSettled(settled) };
}

/** A settlement of an instalment without IUV has the instalment's own key. */
function toSettled(settled: BalanceBasis['settled']) {
  return {
    settledIuvs: settled.map(({ iuv, instalment: key }) =>
      key ? `${key.year}/${key.number}/${key.rata}` : iuv,
    ),
    settledEuros: settled.map(({ amount }) => decimalOf(amount)),
  };
}

function toCursor({ first, after }: PageRequest<InvoiceCursor | InstalmentCursor>) {
  return {
    first,
    afterDate: after?.issuedOn ?? null,
    afterYear: after?.key.year ?? null,
    afterNumber: after === null ? null : atMostInteger(after.key.number),
  };
}
