import { instantToRomeLocal, nextDay } from '../../core/values/index.ts';
import type { DebtRecord, PaymentsPort } from '../ports/payments.port.ts';
import { groupBy } from './by-key.ts';
import { toDebt, toKind, toPayment } from './payments.mapper.ts';
import type { PositionRow } from './payments.statements.ts';
import * as statements from './payments.statements.ts';
import type { Connection } from './wire/connection.ts';
import { toPage } from './wire/pages.ts';

export function createPayments({ read }: Connection): PaymentsPort {
  return {
    async debtsOf(debtors) {
      const rows = await read(statements.positionsByDebtor, { debtors });
      const rowsOf = groupBy(rows, (row) => row.COD_DEB.trim());
      return debtors.map((debtor) => toDebts(rowsOf(debtor)));
    },
    async debtsByNotice(notices) {
      const rows = await read(statements.positionsByNotice, {
        notices: notices.map(({ numeroAvviso }) => numeroAvviso),
        creditors: notices.map(({ creditor }) => creditor),
      });
      const rowsOf = groupBy(rows, (row) => `${row.COD_AVVISO.trim()} ${row.CF_ENTE.trim()}`);
      return notices.map(
        ({ numeroAvviso, creditor }) => toDebts(rowsOf(`${numeroAvviso} ${creditor}`))[0] ?? null,
      );
    },
    async debtsByIuv(iuvs) {
      const rows = await read(statements.positionsByIuv, { iuvs });
      const rowsOf = groupBy(rows, (row) => row.COD_IUV.trim());
      return iuvs.map((iuv) => toDebts(rowsOf(iuv))[0] ?? null);
    },
    async paymentsOf(payers, { from, to }, page, without = { receiptIds: [], iuvs: [] }) {
      const rows = await read(statements.paymentPages, {
        payers,
        from,
        before: to === null ? null : nextDay(to),
        knownReceipts: without.receiptIds,
        knownIuvs: without.iuvs,
        afterTime: page.after === null ? null : instantToRomeLocal(page.after.paidAt),
        afterReceipt: page.after?.receiptId ?? null,
        first: page.first,
      });
      const rowsOf = groupBy(rows, (row) => row.CHI.trim());
      return payers.map((payer) => {
        const { rows: found, ...place } = toPage(rowsOf(payer), page, toPayment);
        return { ...place, rows: found.filter((payment) => payment !== null) };
      });
    },
    async paymentKinds(search, page) {
      const rows = await read(statements.kindPage, {
        pattern: search === null ? null : `%${search.toUpperCase().replace(/[!%_]/g, '!$&')}%`,
        afterName: page.after?.name ?? null,
        afterCode: page.after?.code ?? null,
        first: page.first,
      });
      const rowsOf = groupBy(rows, (row) => row.COD_TIPO);
      // One row a field came; the page is of kinds.
      const firsts = rows.filter((row) => rowsOf(row.COD_TIPO)[0] === row);
      const { rows: found, ...place } = toPage(firsts, page, (row) => toKind(rowsOf(row.COD_TIPO)));
      return { ...place, rows: found.filter((kind) => kind !== null) };
    },
    async paymentKindsByCode(codes) {
      const rowsOf = groupBy(await read(statements.kindsByCode, { codes }), (row) => row.COD_TIPO.trim());
      return codes.map((code) => toKind(rowsOf(code)));
    },
    async spontaneousKinds(applicant, instalments) {
      const rows = await read(statements.spontaneousKinds, {
        applicant,
        years: instalments.map(({ year }) => year),
        numbers: instalments.map(({ number }) => number),
        rate: instalments.map(({ rata }) => rata),
      });
      const rowsOf = groupBy(rows, (row) => `${row.ANNO_FATT}/${row.NUM_FATT}/${row.NUM_RATA}`);
      return instalments.map(
        ({ year, number, rata }) => rowsOf(`${year}/${number}/${rata}`)[0]?.COD_TIPO_PAG.trim() || null,
      );
    },
  };
}

/** One debt a position. [INFER] A position paid twice has two receipts; the first settled it. */
function toDebts(rows: readonly PositionRow[]): readonly DebtRecord[] {
  const seen = new Set<number>();
  return rows.filter(({ ID_POS }) => !seen.has(ID_POS) && seen.add(ID_POS)).map(toDebt);
}
