import type { Block, PdfContent } from '../../../core/pdf/content.ts';
import {
  addCents,
  type CalendarDate,
  formatEuro,
  formatItalianDate,
  formatNumeroAvviso,
  fullName,
  romeDateOf,
} from '../../../core/values/index.ts';
import type { MunicipalityRecord } from '../../../legacy/ports/anagrafe.port.ts';
import type { PaymentCursor, PaymentRecord } from '../../../legacy/ports/payments.port.ts';
import type { Document } from '../../shared/documents/document.type.ts';
import { type DocumentSource, documentFor } from '../../shared/documents/document-source.ts';
import { letterheadOf } from '../../shared/documents/letterhead.ts';
import { fileToMake, makeDocument } from '../../shared/documents/made-document.ts';
import { municipalityOf } from '../../shared/municipality.loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { paymentPage } from '../payment/payment.loader.ts';

interface Range {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** The address of an estratto conto. It always contains the payments of the caller who downloads it. */
export function statementDocument(context: RequestContext, range: Range): Document {
  return documentFor(
    context,
    'payments',
    'PaymentStatement',
    [range.from, range.to],
    fileToMake(nameOf(range)),
  );
}

export const statementSource: DocumentSource = async (context, [from, to]) => {
  const { caller } = context;
  if (caller.kind !== 'citizen') return null;
  const range = { from: from as CalendarDate, to: to as CalendarDate };
  const [payments, municipality] = await Promise.all([
    allPayments(context, caller.codiceFiscale, range),
    municipalityOf(context),
  ]);
  const holder = `${fullName(caller)}, ${caller.codiceFiscale}`;
  const content = toContent({ range, payments, holder, municipality, today: context.today });
  return makeDocument(context, nameOf(range), content);
};

/**
 * More payments than anyone makes; beyond it, the PDF says that payments are missing and suggests a shorter
 * period.
 */
const maxRows = 2_000;

async function allPayments(
  context: RequestContext,
  payer: Parameters<typeof paymentPage>[1],
  range: Range,
): Promise<readonly PaymentRecord[]> {
  const rows: PaymentRecord[] = [];
  for (let after: PaymentCursor | null = null; rows.length <= maxRows; ) {
    const page = await paymentPage(context, payer, range, { first: 100, after });
    rows.push(...page.rows);
    const last: PaymentRecord | undefined = page.rows.at(-1);
    if (!page.hasNextPage || last === undefined) break;
    after = last.receipt;
  }
  return rows;
}

function nameOf({ from, to }: Range): string {
  return `estratto-conto-${from}-${to}.pdf`;
}

interface Statement {
  readonly range: Range;
  readonly payments: readonly PaymentRecord[];
  readonly holder: string;
  readonly municipality: MunicipalityRecord | null;
  readonly today: CalendarDate;
}

function toContent({ range, payments, holder, municipality, today }: Statement): PdfContent {
  const period = `dal ${formatItalianDate(range.from)} al ${formatItalianDate(range.to)}`;
  return {
    title: `Estratto conto dei pagamenti ${period}`,
    author: municipality?.name ?? '',
    date: today,
    layout: 'landscape',
    blocks: [
      ...letterheadOf(municipality),
      { kind: 'heading', level: 1, text: 'Estratto conto dei pagamenti' },
      {
        kind: 'facts',
        facts: [
          { label: 'Intestato a', value: holder },
          { label: 'Periodo', value: period },
          { label: 'Aggiornato al', value: formatItalianDate(today) },
        ],
      },
      ...rowsOf(payments),
    ],
  };
}

function rowsOf(payments: readonly PaymentRecord[]): readonly Block[] {
  if (payments.length === 0) return [{ kind: 'text', text: 'Nessun pagamento in questo periodo.' }];
  const shown = payments.slice(0, maxRows);
  const total = addCents(...shown.map(({ receipt }) => receipt.amount));
  const count = shown.length === 1 ? '1 pagamento' : `${shown.length} pagamenti`;
  return [
    {
      kind: 'table',
      head: ['DATA', 'CAUSALE', 'CODICE AVVISO', 'PAGATO DA', 'RICEVUTO DA', 'IMPORTO'],
      rows: shown.map(toCells),
      rowHeader: 1,
      rightAligned: [5],
    },
    { kind: 'text', look: 'strong', text: `Totale di ${count}: ${formatEuro(total)} euro` },
    ...(payments.length > maxRows
      ? [
          {
            kind: 'text',
            text: `Sono elencati solo i ${maxRows} pagamenti più recenti: per gli altri, richiedere periodi più brevi.`,
          } as const,
        ]
      : []),
  ];
}

function toCells({ receipt, description, numeroAvviso }: PaymentRecord): readonly string[] {
  const { paidAt, payerName, pspName, amount } = receipt;
  return [
    formatItalianDate(romeDateOf(new Date(paidAt))),
    description,
    formatNumeroAvviso(numeroAvviso),
    payerName ?? '',
    pspName,
    formatEuro(amount),
  ];
}
