import type { Block, PdfContent } from '../../core/pdf/content.ts';
import {
  type CalendarDate,
  formatEuro,
  formatItalianDate,
  listedName,
  subtractCents,
} from '../../core/values/index.ts';
import type { ChildRecord, MunicipalityRecord } from '../../legacy/ports/anagrafe.port.ts';
import type { InvoiceFilter, SchoolBillingPort } from '../../legacy/ports/school-billing.port.ts';
import { balanceBasisOf } from '../shared/balance-basis.ts';
import type { DocumentSource } from '../shared/documents/document-source.ts';
import { letterheadOf } from '../shared/documents/letterhead.ts';
import { fileToMake, makeDocument } from '../shared/documents/made-document.ts';
import { billingScopes, viewerOf } from '../shared/entitlement.ts';
import { visibleChild } from '../shared/family.ts';
import { municipalityOf } from '../shared/municipality.loader.ts';
import type { RequestContext } from '../shared/request-context.ts';

type Row = Awaited<ReturnType<SchoolBillingPort['instalmentsOf']>>['rows'][number];

/** "Storico documenti contabili" as a PDF, drawn when it is downloaded, for the parent who filed for the child and a recipient of its invoices. */
export const invoiceListDocument: DocumentSource = async (context, [childId, filter]) => {
  const child = await visibleChild(context, String(childId));
  if (child === null || !(await mayListInvoices(context, child))) return null;
  const [list, municipality] = await Promise.all([
    newestRows(context, child, JSON.parse(String(filter))),
    municipalityOf(context),
  ]);
  const content = toContent(municipality, child, list, context.today);
  return { ...(await makeDocument(context, invoiceListFile.fileName, content)), childKey: child.key };
};

/** Whether the caller filed for the child, or is shown its invoices by a parent who did. */
export async function mayListInvoices(context: RequestContext, child: ChildRecord): Promise<boolean> {
  const viewer = await viewerOf(context, billingScopes);
  if (viewer === null) return false;
  return child.hasApplication || viewer.shares.some(({ childKey }) => childKey === child.key);
}

export const invoiceListFile = fileToMake('documenti-contabili.pdf');

/** Most rows of the list; the newest are kept. */
const maxRows = 1_000;

interface List {
  readonly rows: readonly Row[];
  /** Number of rows found, whether shown or not. */
  readonly total: number;
}

async function newestRows(context: RequestContext, child: ChildRecord, filter: InvoiceFilter): Promise<List> {
  const { legacy } = context;
  const viewer = await viewerOf(context, billingScopes);
  if (viewer === null) return { rows: [], total: 0 };
  const basis = await balanceBasisOf(context);
  const rows: Row[] = [];
  let total = 0;
  for (let after: { issuedOn: CalendarDate; key: Row['key'] } | null = null; rows.length < maxRows; ) {
    const page = await legacy.schoolBilling.instalmentsOf(
      viewer,
      [child.key],
      filter,
      { first: 100, after },
      basis,
    );
    rows.push(...page.rows);
    total = page.totalCount;
    const last: Row | undefined = page.rows.at(-1);
    if (!page.hasNextPage || last === undefined) break;
    after = { issuedOn: last.issuedOn, key: last.key };
  }
  return { rows, total };
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

function toContent(
  municipality: MunicipalityRecord | null,
  child: ChildRecord,
  { rows, total }: List,
  today: CalendarDate,
): PdfContent {
  const name = listedName(child);
  const list: Block = {
    kind: 'table',
    head: columns,
    rows: rows.map((row) => toCells(row, name)),
    rowHeader: 1,
    rightAligned: numeric,
  };
  const shortened: Block = { kind: 'text', text: `Sono elencati i ${rows.length} più recenti.` };
  return {
    author: municipality?.name ?? '',
    title: `Documenti contabili di ${name}`,
    date: today,
    layout: 'landscape',
    blocks: [
      ...letterheadOf(municipality),
      { kind: 'heading', level: 1, text: 'Storico documenti contabili' },
      { kind: 'text', text: `${name}, al ${formatItalianDate(today)}` },
      { kind: 'text', text: total === 1 ? 'Trovato 1 risultato' : `Trovati ${total} risultati` },
      ...(total > rows.length ? [shortened] : []),
      ...(rows.length > 0 ? [list] : []),
    ],
  };
}

function toCells({ issuedOn, key, amount, paid, dueOn, messaARuolo }: Row, name: string): readonly string[] {
  return [
    formatItalianDate(issuedOn),
    String(key.number),
    String(key.rata),
    name,
    formatEuro(amount),
    formatEuro(subtractCents(amount, paid)),
    formatEuro(paid),
    dueOn === null ? '' : formatItalianDate(dueOn),
    messaARuolo ? 'sì' : 'no',
  ];
}
