import type { PageRequest } from '../ports/page.ts';
import type {
  BalanceBasis,
  InstalmentCursor,
  InvoiceCursor,
  InvoiceFilter,
  InvoiceKey,
  SchoolBillingPort,
} from '../ports/school-billing.port.ts';
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
import { monthOf, monthSpan } from './months.ts';
import { toAttendance, toEnrolment, toSchoolRecord } from './school.mapper.ts';
import * as school from './school.statements.ts';
import type { Connection } from './wire/connection.ts';
import { toPage } from './wire/pages.ts';
import { readFirst, readRows } from './wire/read-rows.ts';

export function createSchoolBilling(connection: Connection): SchoolBillingPort {
  const { read } = connection;

  /** The rows of each invoice, for statements that take invoices as two parallel lists. */
  const perInvoice = async <Row extends { readonly ANNO_FATT: number; readonly NUM_FATT: number }>(
    rows: Promise<readonly Row[]>,
  ) => {
    const rowsOf = groupBy(await rows, (row) => `${row.ANNO_FATT}/${row.NUM_FATT}`);
    return ({ year, number }: InvoiceKey) => rowsOf(`${year}/${number}`);
  };

  return {
    async recordsByChild(applicant, children) {
      const rows = await read(school.applicationsByChild, { applicant, children });
      const rowsOf = groupBy(rows, (row) => trimmed(row.COD_ALUN));
      return children.map((child) => toSchoolRecord(rowsOf(child)));
    },
    async enrolments(applicant, keys) {
      const rows = await read(school.applicationsByKey, { applicant, ...toLists(keys) });
      const rowsOf = groupBy(rows, (row) => `${row.ANNO_DOM}/${row.NUM_DOM}`);
      return keys.map(({ year, number }) => readFirst(rowsOf(`${year}/${number}`), toEnrolment));
    },
    async invoicesByChild(applicant, children, filter, page, basis) {
      const values = {
        applicant,
        children,
        ...toFilter(filter),
        ...toBalanceValues(basis),
        ...toCursor(page),
      };
      const rows = await read(invoices.invoicePagesByChild, values);
      const rowsOf = groupBy(rows, (row) => trimmed(row.COD_ALUN));
      return children.map((child) => toPage(rowsOf(child), page, toInvoice, toInvoiceCursor));
    },
    async invoicesOf(applicant, children, filter, page, basis) {
      const values = {
        applicant,
        children,
        ...toFilter(filter),
        ...toBalanceValues(basis),
        ...toCursor(page),
      };
      return toPage(await read(invoices.invoicePageOf, values), page, toInvoice, toInvoiceCursor);
    },
    async invoices(applicant, keys, { settled }) {
      const values = { applicant, ...toLists(keys), ...toSettled(settled) };
      const rowsOf = await perInvoice(read(invoices.invoicesByKey, values));
      return keys.map((key) => readFirst(rowsOf(key), toInvoice));
    },
    async instalmentsOf(applicant, children, filter, page, basis) {
      const afterRata = page.after?.key.rata ?? null;
      const values = {
        applicant,
        children,
        ...toFilter(filter),
        ...toBalanceValues(basis),
        ...toCursor(page),
        afterRata,
      };
      const rows = await read(invoices.instalmentPage, values);
      return toPage(rows, page, toListedInstalment, toInstalmentCursor);
    },
    async instalments(applicant, keys, basis) {
      const rowsOf = await perInvoice(
        read(invoices.instalmentsByInvoice, { applicant, ...toLists(keys), ...toBalanceValues(basis) }),
      );
      return keys.map((key) =>
        readFirst(
          rowsOf(key).filter((row) => row.NUM_RATA === key.rata),
          toInstalment,
        ),
      );
    },
    async instalmentsByInvoice(applicant, keys, basis) {
      const rowsOf = await perInvoice(
        read(invoices.instalmentsByInvoice, { applicant, ...toLists(keys), ...toBalanceValues(basis) }),
      );
      return keys.map((key) => readRows(rowsOf(key), toInstalment));
    },
    async linesByInvoice(applicant, keys) {
      const rowsOf = await perInvoice(read(invoices.linesByInvoice, { applicant, ...toLists(keys) }));
      return keys.map((key) => readRows(rowsOf(key), toLine));
    },
    async attachmentsByInvoice(applicant, keys) {
      const rowsOf = await perInvoice(read(invoices.attachmentsByInvoice, { applicant, ...toLists(keys) }));
      return keys.map((key) => readRows(rowsOf(key), toAttachment));
    },
    async attendance(applicant, keys) {
      if (keys.length === 0) return [];
      const children = [...new Set(keys.map((key) => key.childKey))];
      const rows = await read(school.attendance, {
        applicant,
        children,
        ...monthSpan(keys.map((key) => key.month)),
      });
      const rowsOf = groupBy(rows, (row) => `${trimmed(row.COD_ALUN)}/${monthOf(row.DATA_PRES)}`);
      return keys.map(({ childKey, month }) => toAttendance(rowsOf(`${childKey}/${month}`)));
    },
  };
}

function toLists(keys: readonly InvoiceKey[]) {
  return { years: keys.map(({ year }) => year), numbers: keys.map(({ number }) => number) };
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
    afterNumber: after?.key.number ?? null,
  };
}
