import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createPdf } from '../../core/pdf.ts';
import { type CalendarDate, formatEuro, subtractCents } from '../../core/values/index.ts';
import type { RegisteredChild } from '../../legacy/ports/anagrafe.port.ts';
import type { InvoiceFilter, SchoolBillingPort } from '../../legacy/ports/school-billing.port.ts';
import type { DocumentSource } from '../skeleton/documents/document-source.ts';
import { visibleChild } from '../skeleton/family.ts';
import type { Scope } from '../skeleton/scope.ts';
import { standingOf } from '../skeleton/settlements/standing.ts';

type Row = Awaited<ReturnType<SchoolBillingPort['instalmentsOf']>>['rows'][number];

/** "Storico documenti contabili" as a PDF, made when it is fetched, for who may see the child. */
export const invoiceListDocument: DocumentSource = async (scope, [childId, filter]) => {
  const child = await visibleChild(scope, String(childId));
  if (child === null || scope.caller.kind !== 'citizen') return null;
  const [rows, body] = await Promise.all([
    allRows(scope, child, JSON.parse(String(filter))),
    scope.legacy.anagrafe.municipality(),
  ]);
  const bytes = await render(body?.name ?? '', child, rows, scope.today);
  return {
    fileName: invoiceListFile.fileName,
    mediaType: invoiceListFile.mediaType,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    read: async ({ start, end }) => Readable.from([bytes.subarray(start, end + 1)]),
  };
};

/** Nothing is known of it before it is made. */
export const invoiceListFile = {
  fileName: 'documenti-contabili.pdf',
  mediaType: 'application/pdf',
  sizeBytes: null,
  sha256: null,
} as const;

/** A list longer than this is no list any more: the newest are in it. */
const maxRows = 1_000;

async function allRows(scope: Scope, child: RegisteredChild, filter: InvoiceFilter): Promise<readonly Row[]> {
  const { caller, legacy } = scope;
  if (caller.kind !== 'citizen') return [];
  const standing = await standingOf(scope);
  const rows: Row[] = [];
  for (let after: { issuedOn: CalendarDate; key: Row['key'] } | null = null; rows.length < maxRows; ) {
    const page = await legacy.schoolBilling.instalmentsOf(
      caller.codiceFiscale,
      [child.key],
      filter,
      { first: 100, after },
      standing,
    );
    rows.push(...page.rows);
    const last: Row | undefined = page.rows.at(-1);
    if (!page.hasNextPage || last === undefined) break;
    after = { issuedOn: last.issuedOn, key: last.key };
  }
  return rows;
}

// [PORTAL] facts §3.4: the columns of the portal's list, in its order.
const columns = [
  'DATA',
  'NUMERO',
  'RATA',
  'NOMINATIVO',
  'IMPORTO',
  'DA PAGARE',
  'PAGATO',
  'SCADENZA',
  'MESSA A RUOLO',
];
const numeric = [1, 2, 4, 5, 6];

function render(
  author: string,
  child: RegisteredChild,
  rows: readonly Row[],
  today: CalendarDate,
): Promise<Buffer> {
  const name = `${child.lastName} ${child.firstName}`;
  return createPdf(
    { author, title: `Documenti contabili di ${name}`, date: today, layout: 'landscape' },
    (page) => {
      page.text(author);
      page.heading('Storico documenti contabili');
      page.text(`${name}, al ${italianDate(today)}`);
      page.text(rows.length === 1 ? 'Trovato 1 risultato' : `Trovati ${rows.length} risultati`);
      if (rows.length > 0)
        page.table(
          columns,
          rows.map((row) => toCells(row, name)),
          numeric,
        );
    },
  );
}

function toCells({ issuedOn, key, amount, paid, dueOn, messaARuolo }: Row, name: string): readonly string[] {
  return [
    italianDate(issuedOn),
    String(key.number),
    String(key.rata),
    name,
    formatEuro(amount),
    formatEuro(subtractCents(amount, paid)),
    formatEuro(paid),
    dueOn === null ? '' : italianDate(dueOn),
    messaARuolo ? 'sì' : 'no',
  ];
}

function italianDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
