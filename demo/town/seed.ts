import { readFile } from 'node:fs/promises';
import pg from 'pg';
import type { Clock } from '../../core/clock.ts';
import { projectFile } from '../../core/project-root.ts';
import { addDays, type CalendarDate, formatItalianDate } from '../../core/values/index.ts';
import {
  type Bill,
  billsAt,
  invoiceRow,
  lineRows,
  positionRow,
  positionRows,
  rataRows,
  receiptRow,
  receiptRows,
} from './billing.ts';
import { eventRows, type Filing, filingsAt, outcomeRow, practiceRow, protocolloRow } from './filings.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { kindFieldRows, kindRows } from './payment-kinds.ts';
import { trattoria } from './people.ts';
import { areaRows, categoryRows, entryRows, procedureRows } from './portal.ts';
import { insertFile, insertRows } from './rows.ts';
import { applicationRows, attendanceRows, schoolRows, serviceRows } from './schools.ts';
import { municipalityRows, officeRows, subjectRows } from './subjects.ts';
import { townPdf } from './town-pdf.ts';

/**
 * Creates hyperSIC's tables if they are missing and adds the town's data up to the clock's today.
 *
 * It can be repeated at any time: existing rows stay unchanged, except enrolments whose year is over. All or
 * nothing, and one process at a time.
 */
export async function seedLegacy(url: string, clock: Clock): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('seed'))`);
    await createTables(client);
    await addTown(client, clock.today());
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

/** Existing tables stay unchanged: a town of an earlier version gets the missing ones. */
async function createTables(client: pg.Client): Promise<void> {
  await client.query('SET LOCAL client_min_messages = warning');
  for (const path of [
    ['legacy', 'hypersic', 'tables.sql'],
    ['demo', 'hypersic', 'tables.sql'],
  ])
    await client.query(await readFile(projectFile(...path), 'utf8'));
}

async function addTown(client: pg.Client, today: CalendarDate): Promise<void> {
  await insertRows(client, 'TAB_ENTE', municipalityRows);
  await insertRows(client, 'TAB_UFFICI', officeRows);
  await insertRows(client, 'AN_SOGG', subjectRows);
  await insertRows(client, 'PORT_AREE', areaRows);
  await insertRows(client, 'PORT_VOCI', entryRows);
  await insertRows(client, 'PRAT_CATEG', categoryRows);
  await insertRows(client, 'PRAT_PROC', procedureRows);
  await insertRows(client, 'PAG_TIPI', kindRows);
  await insertRows(client, 'PAG_TIPI_CAMPI', kindFieldRows);
  await insertRows(client, 'SDI_SERV', serviceRows);
  await insertRows(client, 'SDI_SCUOLE', schoolRows);
  await addFilings(client, filingsAt(today));
  await insertRows(client, 'SDI_DOMANDE', applicationRows(today));
  await client.query(`UPDATE "SDI_DOMANDE" SET "STATO" = 'C' WHERE "STATO" = 'A' AND "DATA_FIN" < $1`, [
    today,
  ]);
  await insertRows(client, 'SDI_PRES', attendanceRows(today));
  await addBills(client, billsAt(today));
  await addTrattoria(client, today);
}

async function addFilings(client: pg.Client, filings: readonly Filing[]): Promise<void> {
  await insertRows(client, 'PRAT_ISTANZE', filings.map(practiceRow));
  await insertRows(client, 'PRAT_EVENTI', filings.flatMap(eventRows));
  await insertRows(client, 'PROT_GEN', filings.map(protocolloRow));
  for (const filing of filings.filter(({ issued }) => issued !== '')) {
    await insertRows(client, 'PRAT_DOC', [outcomeRow(filing)]);
    const bytes = await townPdf(filing.issued, filing.filedOn, [
      { kind: 'heading', level: 1, text: filing.issued },
      { kind: 'text', text: `Rilasciata su richiesta del ${formatItalianDate(filing.filedOn)}.` },
    ]);
    const storedAt = `${addDays(filing.filedOn, 12)} 11:05:40`;
    await insertFile(client, {
      id: filing.key,
      name: `esito-${filing.key}.pdf`,
      mediaType: 'application/pdf',
      bytes,
      storedAt,
    });
  }
}

/** Only new bills: an issued invoice never changes. */
async function addBills(client: pg.Client, bills: readonly Bill[]): Promise<void> {
  const { rows } = await client.query(
    `SELECT "ANNO_FATT" || '/' || "NUM_FATT" AS key FROM "SDI_FATT" WHERE "COD_ALUN" < 'G'`,
  );
  const known = new Set(rows.map(({ key }) => key));
  const fresh = bills.filter(({ year, number }) => !known.has(`${year}/${number}`));
  await insertRows(client, 'SDI_FATT', fresh.map(invoiceRow));
  await insertRows(client, 'SDI_FATT_RIGHE', fresh.flatMap(lineRows));
  await insertRows(client, 'SDI_FATT_RATE', fresh.flatMap(rataRows));
  await insertRows(client, 'PAG_POSIZ', fresh.flatMap(positionRows));
  await insertRows(client, 'PAG_RICEV', fresh.flatMap(receiptRows));
  for (const bill of fresh) await addAttachments(client, bill);
}

/** The guide's invoice has two attachments of one description: the invoice and its copy. */
async function addAttachments(client: pg.Client, bill: Bill): Promise<void> {
  const title = `Fattura ${bill.year}/${bill.number}`;
  const titles = bill.number === 684 ? [title, `${title} (copia)`] : [title];
  for (const [index, pdfTitle] of titles.entries()) {
    const id = (bill.year - 2000) * 1_000_000 + bill.number * 10 + index;
    await insertRows(client, 'SDI_FATT_ALLEG', [
      {
        ANNO_FATT: bill.year,
        NUM_FATT: bill.number,
        PROGR: index + 1,
        TIPOLOGIA: 'Fatturazione',
        DESCR: title,
        ID_FILE: id,
      },
    ]);
    await insertFile(client, {
      id,
      name: `fattura-${bill.year}-${bill.number}${index === 0 ? '' : '-copia'}.pdf`,
      mediaType: 'application/pdf',
      bytes: await invoicePdf(bill, pdfTitle),
      storedAt: `${bill.issuedOn} 10:00:00`,
    });
  }
}

/** The business owes this year's waste tax and paid last year's. */
async function addTrattoria(client: pg.Client, today: CalendarDate): Promise<void> {
  const year = Number(today.slice(0, 4));
  const due = (taxYear: number) => `${taxYear}-12-16` as CalendarDate;
  const position = (taxYear: number, isPaid: boolean) =>
    positionRow({
      key: 900_000_000 + taxYear,
      debtor: trattoria.partitaIva,
      text: `Rifiuti anno ${taxYear}`,
      amount: 84_250,
      dueOn: due(taxYear),
      isPaid,
      child: '',
      rata: [0, 0, 0],
    });
  await insertRows(client, 'PAG_POSIZ', [position(year - 1, true), position(year, false)]);
  await insertRows(client, 'PAG_RICEV', [
    receiptRow(900_000_000 + year - 1, 84_250, `${addDays(due(year - 1), -5)} 09:12:44`, {
      code: trattoria.partitaIva,
      name: trattoria.name,
    }),
  ]);
}
