import { instantToRomeLocal, nextDay } from '../../core/values/index.ts';
import type { DebtRecord, PaymentsPort } from '../ports/payments.port.ts';
import { groupBy } from './by-key.ts';
import { trimmed } from './formats.ts';
import { toDebt, toKind, toKindCursor, toPayment, toPaymentCursor } from './payments.mapper.ts';
import type { PositionRow } from './payments.statements.ts';
import * as statements from './payments.statements.ts';
import type { Connection } from './wire/connection.ts';
import { foldedPattern } from './wire/dialect.ts';
import { toPage } from './wire/pages.ts';
import { readFirst, readRow, readRows } from './wire/read-rows.ts';

export function createPayments({ read }: Connection): PaymentsPort {
  return {
    async debtsOf(debtors, hidden) {
      const rows = await read(statements.positionsByDebtor, { debtors, hidden });
      const rowsOf = groupBy(rows, (row) => trimmed(row.COD_DEB));
      return debtors.map((debtor) => toDebts(rowsOf(debtor)));
    },
    async debtsByNotice(notices, hidden) {
      const rows = await read(statements.positionsByNotice, {
        notices: notices.map(({ numeroAvviso }) => numeroAvviso),
        creditors: notices.map(({ creditor }) => creditor),
        hidden,
      });
      const rowsOf = groupBy(rows, (row) => `${trimmed(row.COD_AVVISO)} ${trimmed(row.CF_ENTE)}`);
      return notices.map(({ numeroAvviso, creditor }) =>
        readFirst(rowsOf(`${numeroAvviso} ${creditor}`), toDebt),
      );
    },
    async debtsByIuv(iuvs, hidden) {
      const rows = await read(statements.positionsByIuv, { iuvs, hidden });
      const rowsOf = groupBy(rows, (row) => trimmed(row.COD_IUV));
      return iuvs.map((iuv) => readFirst(rowsOf(iuv), toDebt));
    },
    async paymentsOf(payers, { from, to }, page, without) {
      const rows = await read(statements.paymentPages, {
        payers,
        from,
        before: to === null ? null : nextDay(to),
        knownReceipts: without.receiptIds,
        knownIuvs: without.iuvs,
        hidden: without.hidden,
        afterTime: page.after === null ? null : instantToRomeLocal(page.after.paidAt),
        afterReceipt: page.after?.receiptId ?? null,
        first: page.first,
      });
      const rowsOf = groupBy(rows, (row) => trimmed(row.CHI));
      return payers.map((payer) => toPage(rowsOf(payer), page, toPayment, toPaymentCursor));
    },
    async paymentKinds(search, page) {
      const rows = await read(statements.kindPage, {
        pattern: search === null ? null : foldedPattern(search),
        afterName: page.after?.name ?? null,
        afterCode: page.after?.code ?? null,
        first: page.first,
      });
      const rowsOf = groupBy(rows, (row) => row.COD_TIPO);
      // The statement returns a row for each field; the page counts kinds.
      const firsts = rows.filter((row) => rowsOf(row.COD_TIPO)[0] === row);
      return toPage(firsts, page, (row) => toKind([row, ...rowsOf(row.COD_TIPO).slice(1)]), toKindCursor);
    },
    async paymentKindsByCode(codes) {
      const rowsOf = groupBy(await read(statements.kindsByCode, { codes }), (row) => trimmed(row.COD_TIPO));
      return codes.map((code) => {
        const [first, ...more] = rowsOf(code);
        return first === undefined ? null : readRow([first, ...more] as const, toKind);
      });
    },
    async spontaneousKinds({ applicant, hidden }, instalments) {
      const rows = await read(statements.spontaneousKinds, {
        applicant,
        hidden,
        years: instalments.map(({ year }) => year),
        numbers: instalments.map(({ number }) => number),
        rate: instalments.map(({ rata }) => rata),
      });
      const rowsOf = groupBy(rows, (row) => `${row.ANNO_FATT}/${row.NUM_FATT}/${row.NUM_RATA}`);
      return instalments.map(
        ({ year, number, rata }) => rowsOf(`${year}/${number}/${rata}`)[0]?.COD_TIPO_PAG?.trim() || null,
      );
    },
  };
}

/** One debt for each position. [INFER] A position paid twice has two receipts; the first settled it. */
function toDebts(rows: readonly PositionRow[]): readonly DebtRecord[] {
  const seen = new Set<number>();
  return readRows(
    rows.filter(({ ID_POS }) => !seen.has(ID_POS) && seen.add(ID_POS)),
    toDebt,
  );
}
