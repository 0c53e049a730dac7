import { isAccepted, isHidden } from './applications.ts';
import { folded, isOneOf, isOneOfRows, typed } from './wire/dialect.ts';
import { numberRows, onPage, type PagedRow } from './wire/pages.ts';
import { defineStatement, type Select, subquery, withColumns } from './wire/statement.ts';

export interface ReceiptColumns {
  readonly ID_RICEV: string | null;
  readonly DATA_PAG: string | null;
  readonly IMP_RICEV: string | null;
  readonly PSP: string | null;
  readonly COD_PAG: string | null;
  readonly NOM_PAG: string | null;
}

export interface PositionRow extends ReceiptColumns {
  readonly ID_POS: number;
  readonly CF_ENTE: string;
  readonly COD_IUV: string;
  readonly COD_AVVISO: string;
  readonly COD_DEB: string;
  readonly CAUSALE: string;
  readonly IMPORTO: string;
  readonly DATA_SCAD: string | null;
  readonly STATO: string;
  readonly COD_ALUN: string | null;
  readonly ANNO_FATT: number;
  readonly NUM_FATT: number;
  readonly NUM_RATA: number;
}

export interface PaymentRow extends ReceiptColumns, PagedRow {
  readonly CHI: string;
  readonly COD_DEB: string;
  readonly COD_AVVISO: string;
  readonly CAUSALE: string;
}

export interface KindRow {
  readonly COD_TIPO: string;
  readonly DESCR: string;
  readonly COD_CAMPO: string | null;
  readonly ETICH: string | null;
  readonly AIUTO: string | null;
  readonly OBBLIGO: number | null;
  readonly NASCOSTO: number | null;
  readonly OPZIONI: string | null;
}

export interface SpontaneousKindRow {
  readonly ANNO_FATT: number;
  readonly NUM_FATT: number;
  readonly NUM_RATA: number;
  readonly COD_TIPO_PAG: string;
}

const receiptColumns = [
  'ID_RICEV',
  'DATA_PAG',
  ['IMPORTO', 'IMP_RICEV'],
  'PSP',
  'COD_PAG',
  'NOM_PAG',
] as const;

const childOfInvoice = `(SELECT "w"."COD_ALUN" FROM "SDI_FATT" "w"
  WHERE "w"."ANNO_FATT" = "p"."ANNO_FATT" AND "w"."NUM_FATT" = "p"."NUM_FATT")`;

/**
 * Whether a position concerns a hidden child, by its own key or by its invoice's. The invoice is looked up by its key:
 * for an `EXISTS` with the same condition Postgres reads all invoices of the town into a hash table.
 */
const isOfHidden = `(${isHidden('"p"."COD_ALUN"')} OR ${isHidden(childOfInvoice)})`;

/** The position's own key of the child, or its invoice's. */
const childOfPosition = `CASE WHEN "p"."COD_ALUN" <> '' THEN "p"."COD_ALUN" ELSE ${childOfInvoice} END`;

function positions(select: Select): Select {
  return withColumns(
    withColumns(select.select([]), 'p', [
      'ID_POS',
      'CF_ENTE',
      'COD_IUV',
      'COD_AVVISO',
      'COD_DEB',
      'CAUSALE',
      'IMPORTO',
      'DATA_SCAD',
      'STATO',
      'ANNO_FATT',
      'NUM_FATT',
      'NUM_RATA',
    ]).addSelect(childOfPosition, 'COD_ALUN'),
    'q',
    receiptColumns,
  )
    .from('PAG_POSIZ', 'p')
    .leftJoin('PAG_RICEV', 'q', '"q"."ID_POS" = "p"."ID_POS"')
    .orderBy('CASE WHEN "p"."DATA_SCAD" IS NULL THEN 1 ELSE 0 END', 'ASC')
    .addOrderBy('"p"."DATA_SCAD"', 'ASC')
    .addOrderBy('"p"."ID_POS"', 'ASC')
    .addOrderBy('"q"."DATA_PAG"', 'ASC');
}

export const positionsByDebtor = defineStatement<PositionRow>()(
  'positions_by_debtor',
  ['debtors', 'hidden'],
  (select) =>
    positions(select).where(`${isOneOf('"p"."COD_DEB"', 'debtors', 'bpchar')} AND NOT ${isOfHidden}`),
);

export const positionsByNotice = defineStatement<PositionRow>()(
  'positions_by_notice',
  ['notices', 'creditors', 'hidden'],
  (select) =>
    positions(select)
      .where(isOneOfRows(['"p"."COD_AVVISO"', '"p"."CF_ENTE"'], ['notices', 'creditors'], 'varchar'))
      .andWhere(`NOT ${isOfHidden}`),
);

export const positionsByIuv = defineStatement<PositionRow>()(
  'positions_by_iuv',
  ['iuvs', 'hidden'],
  (select) => positions(select).where(`${isOneOf('"p"."COD_IUV"', 'iuvs', 'varchar')} AND NOT ${isOfHidden}`),
);

// Debtor and payer have an index each; UNION removes rows found by both.
const theirReceipts = `(${[
  subquery((s) =>
    s
      .select('"p"."COD_DEB" AS "CHI", "q"."ID_RICEV" AS "ID_RICEV"')
      .from('PAG_POSIZ', 'p')
      .innerJoin('PAG_RICEV', 'q', '"q"."ID_POS" = "p"."ID_POS"')
      .where(isOneOf('"p"."COD_DEB"', 'payers', 'bpchar')),
  ),
  subquery((s) =>
    s
      .select('"q"."COD_PAG" AS "CHI", "q"."ID_RICEV" AS "ID_RICEV"')
      .from('PAG_RICEV', 'q')
      .where(isOneOf('"q"."COD_PAG"', 'payers', 'bpchar')),
  ),
].join(' UNION ')})`;

const numberedPayments = subquery((select) =>
  numberRows(
    withColumns(
      withColumns(select.select('"t"."CHI"', 'CHI'), 'p', ['COD_DEB', 'COD_AVVISO', 'CAUSALE']),
      'q',
      receiptColumns,
    )
      .from(theirReceipts, 't')
      .innerJoin('PAG_RICEV', 'q', '"q"."ID_RICEV" = "t"."ID_RICEV"')
      .innerJoin('PAG_POSIZ', 'p', '"p"."ID_POS" = "q"."ID_POS"'),
    [
      { column: '"q"."DATA_PAG"', direction: 'DESC', parameter: 'afterTime', type: 'timestamp' },
      { column: '"q"."ID_RICEV"', direction: 'DESC', parameter: 'afterReceipt', type: 'varchar' },
    ],
    '"t"."CHI"',
  )
    .where(`(${typed('from', 'date')} IS NULL OR "q"."DATA_PAG" >= ${typed('from', 'date')})`)
    // The day after the last requested one.
    .andWhere(`(${typed('before', 'date')} IS NULL OR "q"."DATA_PAG" < ${typed('before', 'date')})`)
    .andWhere(`NOT (${isOneOf('"q"."ID_RICEV"', 'knownReceipts', 'varchar')})`)
    .andWhere(`NOT (${isOneOf('"p"."COD_IUV"', 'knownIuvs', 'varchar')})`)
    .andWhere(`NOT ${isOfHidden}`),
);

export const paymentPages = defineStatement<PaymentRow>()(
  'payment_pages',
  ['payers', 'from', 'before', 'knownReceipts', 'knownIuvs', 'hidden', 'afterTime', 'afterReceipt', 'first'],
  (select) =>
    withColumns(select.select([]), 'z', [
      'POSIZ',
      'TOTALE',
      'SALTATE',
      'CHI',
      'COD_DEB',
      'COD_AVVISO',
      'CAUSALE',
      ...receiptColumns.map((column) => (typeof column === 'string' ? column : column[1])),
    ])
      .from(numberedPayments, 'z')
      .where(onPage('z', 'first'))
      .orderBy('"z"."POSIZ"', 'ASC'),
);

function withFields(select: Select, alias: string): Select {
  return withColumns(select, 'k', ['COD_CAMPO', 'ETICH', 'AIUTO', 'OBBLIGO', 'NASCOSTO', 'OPZIONI']).leftJoin(
    'PAG_TIPI_CAMPI',
    'k',
    `"k"."COD_TIPO" = "${alias}"."COD_TIPO"`,
  );
}

const numberedKinds = subquery((select) =>
  numberRows(
    withColumns(select.select([]), 't', ['COD_TIPO', 'DESCR']).from('PAG_TIPI', 't'),
    [
      { column: '"t"."DESCR"', direction: 'ASC', parameter: 'afterName', type: 'varchar' },
      { column: '"t"."COD_TIPO"', direction: 'ASC', parameter: 'afterCode', type: 'varchar' },
    ],
    null,
  )
    .where('"t"."ATTIVO" = -1')
    .andWhere(
      `(${typed('pattern', 'varchar')} IS NULL OR ${folded('"t"."DESCR"')} LIKE ${typed('pattern', 'varchar')} ESCAPE '!')`,
    ),
);

export const kindPage = defineStatement<KindRow & PagedRow>()(
  'kind_page',
  ['pattern', 'afterName', 'afterCode', 'first'],
  (select) =>
    withFields(
      withColumns(select.select([]), 'z', ['POSIZ', 'TOTALE', 'SALTATE', 'COD_TIPO', 'DESCR']).from(
        numberedKinds,
        'z',
      ),
      'z',
    )
      .where(onPage('z', 'first'))
      .orderBy('"z"."POSIZ"', 'ASC')
      .addOrderBy('"k"."PROGR"', 'ASC'),
);

export const kindsByCode = defineStatement<KindRow>()('kinds_by_code', ['codes'], (select) =>
  withFields(withColumns(select.select([]), 't', ['COD_TIPO', 'DESCR']).from('PAG_TIPI', 't'), 't')
    .where(`"t"."ATTIVO" = -1 AND ${isOneOf('"t"."COD_TIPO"', 'codes', 'bpchar')}`)
    .orderBy('"k"."PROGR"', 'ASC'),
);

/** The applicant's instalments whose direct debit the bank returned unpaid. */
export const spontaneousKinds = defineStatement<SpontaneousKindRow>()(
  'spontaneous_kinds',
  ['applicant', 'hidden', 'years', 'numbers', 'rate'],
  (select) =>
    withColumns(withColumns(select.select([]), 't', ['ANNO_FATT', 'NUM_FATT', 'NUM_RATA']), 's', [
      'COD_TIPO_PAG',
    ])
      .from('SDI_FATT_RATE', 't')
      .innerJoin('SDI_FATT', 'f', '"f"."ANNO_FATT" = "t"."ANNO_FATT" AND "f"."NUM_FATT" = "t"."NUM_FATT"')
      .innerJoin(
        'SDI_DOMANDE',
        'd',
        `"d"."ANNO_DOM" = "f"."ANNO_DOM" AND "d"."NUM_DOM" = "f"."NUM_DOM" AND ${isAccepted('d')}`,
      )
      .innerJoin('AN_SOGG', 'r', '"r"."COD_SOGG" = "d"."COD_RICH" AND "r"."COD_FISC" = :applicant')
      .innerJoin('SDI_SERV', 's', '"s"."COD_SERV" = "d"."COD_SERV"')
      .where(
        isOneOfRows(
          ['"t"."ANNO_FATT"', '"t"."NUM_FATT"', '"t"."NUM_RATA"'],
          ['years', 'numbers', 'rate'],
          'integer',
        ),
      )
      .andWhere(
        `"t"."STATO_SDD" = 'I' AND "t"."PAGATO" < "t"."IMPORTO" AND NOT ${isHidden('"f"."COD_ALUN"')}`,
      ),
);
