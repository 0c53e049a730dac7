import { isAccepted, isHidden, isOpenTo, viewerParameters } from './applications.ts';
import type { AttachmentRow, InstalmentRow, InvoiceRow, LineRow } from './invoice.rows.ts';
import { isOneOf, isOneOfRows, typed, valueFor } from './wire/dialect.ts';
import { numberRows, type OrderColumn, onPage, type PagedRow } from './wire/pages.ts';
import { defineStatement, type Select, subquery, withColumns } from './wire/statement.ts';

const invoiceKey = ['"f"."ANNO_FATT"', '"f"."NUM_FATT"'];
const isAsked = isOneOfRows(invoiceKey, ['years', 'numbers'], 'integer');

/**
 * The paid amount: hyperSIC's own, and settlements of a position that is not yet marked as paid.
 *
 * Our design: hyperSIC marks a position (STATO `PA`) and raises its rata's PAGATO together.
 */
const paid = (alias: string) => {
  const settledFor = (key: string) => valueFor(key, 'settledIuvs', 'settledEuros', 'numeric');
  const settled = `COALESCE(${settledFor(`"${alias}"."COD_IUV"`)}, ${settledFor(keyText(alias))})`;
  const isShown = `EXISTS (SELECT 1 FROM "PAG_POSIZ" "z" WHERE "z"."COD_IUV" = "${alias}"."COD_IUV" AND "z"."STATO" = 'PA')`;
  const known = `"${alias}"."PAGATO" + ${settled}`;
  return `CASE WHEN ${settled} IS NULL OR ${isShown} OR "${alias}"."PAGATO" >= "${alias}"."IMPORTO" THEN "${alias}"."PAGATO"
    WHEN ${known} > "${alias}"."IMPORTO" THEN "${alias}"."IMPORTO" ELSE ${known} END`;
};

/** Shape: `2026/731/1`. */
const keyText = (alias: string) =>
  ['"ANNO_FATT"', '"NUM_FATT"', '"NUM_RATA"']
    .map((column) => `CAST("${alias}".${column} AS varchar)`)
    .join(` || '/' || `);

/** An instalment's status on the requested day: the only place that decides it. */
const instalmentStatus = (alias: string) => {
  const isUnpaid = `(${paid(alias)}) < "${alias}"."IMPORTO"`;
  return `CASE WHEN "${alias}"."STATO_SDD" = 'I' AND ${isUnpaid} THEN 'DIRECT_DEBIT_RETURNED'
    WHEN "${alias}"."STATO_SDD" = 'P' AND ${isUnpaid} THEN 'DIRECT_DEBIT_PENDING'
    WHEN NOT (${isUnpaid}) THEN 'PAID'
    WHEN (${paid(alias)}) > 0 THEN 'PARTIALLY_PAID'
    WHEN "${alias}"."DATA_SCAD" < ${typed('today', 'date')} THEN 'OVERDUE'
    ELSE 'DUE' END`;
};

/** Only accepted applications of the viewer, or of an applicant who shares the child with the viewer. */
function withAcceptedApplication(select: Select): Select {
  return select
    .innerJoin(
      'SDI_DOMANDE',
      'd',
      `"d"."ANNO_DOM" = "f"."ANNO_DOM" AND "d"."NUM_DOM" = "f"."NUM_DOM" AND ${isAccepted('d')}`,
    )
    .innerJoin(
      'AN_SOGG',
      'r',
      `"r"."COD_SOGG" = "d"."COD_RICH" AND ${isOpenTo('d', 'r')} AND NOT ${isHidden('"f"."COD_ALUN"')}
        AND ("r"."COD_FISC" = :applicant OR "f"."COD_ALUN" = "d"."COD_ALUN")`,
    );
}

function joinedBy(alias: string, other: string): string {
  return `"${alias}"."ANNO_FATT" = "${other}"."ANNO_FATT" AND "${alias}"."NUM_FATT" = "${other}"."NUM_FATT"`;
}

const isWanted = `(${typed('issuedFrom', 'date')} IS NULL OR "f"."DATA_FATT" >= ${typed('issuedFrom', 'date')})
  AND (${typed('issuedTo', 'date')} IS NULL OR "f"."DATA_FATT" <= ${typed('issuedTo', 'date')})
  AND (${typed('schoolYear', 'varchar')} IS NULL OR "d"."ANNO_SCOL" = ${typed('schoolYear', 'varchar')})`;
const anyOf = (column: string, parameter: string) =>
  `(CAST(:${parameter} AS varchar[]) IS NULL OR ${isOneOf(column, parameter, 'varchar')})`;
const isOfChildren = isOneOf('"f"."COD_ALUN"', 'children', 'bpchar');
const isOfChildrenOrAny = `(CAST(:children AS bpchar[]) IS NULL OR ${isOfChildren})`;

const newestFirst: readonly OrderColumn[] = [
  { column: '"f"."DATA_FATT"', direction: 'DESC', parameter: 'afterDate', type: 'date' },
  { column: '"f"."ANNO_FATT"', direction: 'DESC', parameter: 'afterYear', type: 'integer' },
  { column: '"f"."NUM_FATT"', direction: 'DESC', parameter: 'afterNumber', type: 'integer' },
];
const byRata: OrderColumn = {
  column: '"t"."NUM_RATA"',
  direction: 'ASC',
  parameter: 'afterRata',
  type: 'integer',
};

const settledParameters = ['settledIuvs', 'settledEuros'] as const;
const standingParameters = ['today', ...settledParameters] as const;
const filterParameters = ['issuedFrom', 'issuedTo', 'schoolYear', 'status', ...standingParameters] as const;
const cursorParameters = ['afterDate', 'afterYear', 'afterNumber', 'first'] as const;

const headColumns = [
  'ANNO_FATT',
  'NUM_FATT',
  'DATA_FATT',
  'COD_ALUN',
  'PER_DA',
  'PER_A',
  'BANCA_APP',
  'COD_INTE',
];

/** Numbers the invoices; sums and holders are read for the page only. */
function numberedInvoices(listOf: string | null, children: string): string {
  return subquery((select) =>
    numberRows(
      withAcceptedApplication(withColumns(select.select([]), 'f', headColumns).from('SDI_FATT', 'f')),
      newestFirst,
      listOf,
    )
      .where(children)
      .andWhere(isWanted)
      .andWhere(
        `(CAST(:status AS varchar[]) IS NULL OR EXISTS (SELECT 1 FROM "SDI_FATT_RATE" "t"
          WHERE ${joinedBy('t', 'f')} AND ${isOneOf(instalmentStatus('t'), 'status', 'varchar')}))`,
      ),
  );
}

function withSums(select: Select, alias: string): Select {
  const sum = (value: string) =>
    `(SELECT SUM(${value}) FROM "SDI_FATT_RATE" "t" WHERE ${joinedBy('t', alias)})`;
  withColumns(
    select,
    alias,
    headColumns.filter((column) => column !== 'COD_INTE'),
  );
  return withColumns(select, 'i', ['COGNOME', 'NOME', 'COD_FISC'])
    .addSelect(sum('"t"."IMPORTO"'), 'TOT_RATE')
    .addSelect(sum(paid('t')), 'TOT_PAGATO')
    .innerJoin('AN_SOGG', 'i', `"i"."COD_SOGG" = "${alias}"."COD_INTE"`);
}

function cutPage(select: Select, numbered: string): Select {
  return withSums(
    withColumns(select.select([]), 'p', ['POSIZ', 'TOTALE', 'SALTATE']).from(numbered, 'p'),
    'p',
  )
    .where(onPage('p', 'first'))
    .orderBy('"p"."POSIZ"', 'ASC');
}

export const invoicePagesByChild = defineStatement<InvoiceRow & PagedRow>()(
  'invoice_pages_by_child',
  [...viewerParameters, 'children', ...filterParameters, ...cursorParameters],
  (select) => cutPage(select, numberedInvoices('"f"."COD_ALUN"', isOfChildren)),
);

export const invoicePageOf = defineStatement<InvoiceRow & PagedRow>()(
  'invoice_page',
  [...viewerParameters, 'children', ...filterParameters, ...cursorParameters],
  (select) => cutPage(select, numberedInvoices(null, isOfChildrenOrAny)),
);

export const invoicesByKey = defineStatement<InvoiceRow>()(
  'invoices_by_key',
  [...viewerParameters, 'years', 'numbers', ...settledParameters],
  (select) => withSums(withAcceptedApplication(select.select([]).from('SDI_FATT', 'f')), 'f').where(isAsked),
);

function instalmentColumns(select: Select): Select {
  return withColumns(withColumns(select.select([]), 'f', ['DATA_FATT', 'COD_ALUN']), 't', [
    'ANNO_FATT',
    'NUM_FATT',
    'NUM_RATA',
    'IMPORTO',
    'DATA_SCAD',
    'MESSA_RUOLO',
    'COD_IUV',
  ])
    .addSelect(paid('t'), 'PAGATO')
    .addSelect(instalmentStatus('t'), 'CONDIZIONE');
}

function instalments(select: Select): Select {
  return withAcceptedApplication(
    instalmentColumns(select).from('SDI_FATT', 'f').innerJoin('SDI_FATT_RATE', 't', joinedBy('t', 'f')),
  );
}

export const instalmentsByInvoice = defineStatement<InstalmentRow>()(
  'instalments_by_invoice',
  [...viewerParameters, 'years', 'numbers', ...standingParameters],
  (select) => instalments(select).where(isAsked).orderBy('"t"."NUM_RATA"', 'ASC'),
);

export const instalmentPage = defineStatement<InstalmentRow & PagedRow>()(
  'instalment_page',
  [...viewerParameters, 'children', ...filterParameters, ...cursorParameters, 'afterRata'],
  (select) =>
    withColumns(select.select([]), 'p', [
      'POSIZ',
      'TOTALE',
      'SALTATE',
      'COD_ALUN',
      'DATA_FATT',
      'ANNO_FATT',
      'NUM_FATT',
      'NUM_RATA',
      'IMPORTO',
      'PAGATO',
      'DATA_SCAD',
      'MESSA_RUOLO',
      'COD_IUV',
      'CONDIZIONE',
    ])
      .from(
        subquery((inner) =>
          numberRows(instalments(inner), [...newestFirst, byRata], null)
            .where(isOfChildrenOrAny)
            .andWhere(isWanted)
            .andWhere(anyOf(instalmentStatus('t'), 'status')),
        ),
        'p',
      )
      .where(onPage('p', 'first'))
      .orderBy('"p"."POSIZ"', 'ASC'),
);

export const linesByInvoice = defineStatement<LineRow>()(
  'lines_by_invoice',
  [...viewerParameters, 'years', 'numbers'],
  (select) =>
    withAcceptedApplication(
      withColumns(select.select([]), 'l', ['ANNO_FATT', 'NUM_FATT', 'DESCR', 'QTA', 'PREZZO', 'IMPORTO'])
        .from('SDI_FATT', 'f')
        .innerJoin('SDI_FATT_RIGHE', 'l', joinedBy('l', 'f')),
    )
      .where(isAsked)
      .orderBy('"l"."NUM_RIGA"', 'ASC'),
);

export const attachmentsByInvoice = defineStatement<AttachmentRow>()(
  'attachments_by_invoice',
  [...viewerParameters, 'years', 'numbers'],
  (select) =>
    withAcceptedApplication(
      withColumns(
        withColumns(withColumns(select.select([]), 'f', ['COD_ALUN']), 'l', [
          'ANNO_FATT',
          'NUM_FATT',
          'PROGR',
          'TIPOLOGIA',
          'DESCR',
        ]),
        'k',
        ['ID_FILE', 'NOME_FILE', 'TIPO_MIME', 'DIM_BYTE', 'HASH_SHA256'],
      )
        .from('SDI_FATT', 'f')
        .innerJoin('SDI_FATT_ALLEG', 'l', joinedBy('l', 'f')),
    )
      .leftJoin('DOC_FILE', 'k', '"k"."ID_FILE" = "l"."ID_FILE"')
      .where(isAsked)
      .orderBy('"l"."PROGR"', 'ASC'),
);
