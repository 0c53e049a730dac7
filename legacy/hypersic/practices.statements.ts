import { isHidden } from './applications.ts';
import { isOneOf, typed } from './wire/dialect.ts';
import { numberRows, onPage, type PagedRow } from './wire/pages.ts';
import { defineStatement, type Select, subquery, withColumns } from './wire/statement.ts';

export interface AreaRow {
  readonly COD_AREA: string;
  readonly TITOLO: string;
  readonly DESCR: string;
  readonly URL: string;
  readonly COD_VOCE: string | null;
  readonly V_TITOLO: string | null;
  readonly V_DESCR: string | null;
  readonly RICH_LOGIN: number | null;
  readonly V_URL: string | null;
}

export interface CategoryRow {
  readonly COD_CAT: string;
  readonly TITOLO: string;
  readonly AVVISO: string;
  readonly COD_PROC: string | null;
  readonly P_TITOLO: string | null;
}

export interface EntryRow {
  readonly COD_PROT: number;
  readonly ANNO: number;
  readonly NUMERO: number;
  readonly DATA_REG: string;
  readonly OGGETTO: string;
  readonly STATO: string;
  readonly ESITO: string;
  readonly COD_PRAT: number | null;
  /** Of the practice that the office made of the entry; null without one. */
  readonly I_STATO: string | null;
}

/** One event or document of a practice; both null for a practice without either. */
export interface PracticeRow {
  readonly CHI: string;
  readonly COD_PRAT: number;
  readonly OGGETTO: string;
  readonly COD_ALUN: string;
  readonly CANALE: string;
  readonly STATO: string;
  readonly DATA_INS: string;
  readonly DATA_AGG: string;
  readonly COD_PROT: number | null;
  readonly ANNO: number | null;
  readonly NUMERO: number | null;
  readonly DATA_REG: string | null;
  readonly P_OGGETTO: string | null;
  readonly ESITO: string | null;
  /** E event, D document. */
  readonly SPECIE: string | null;
  readonly PROGR: number | null;
  readonly MOMENTO: string | null;
  readonly CODICE: string | null;
  readonly TESTO: string | null;
  readonly ID_FILE: number | null;
  readonly NOME_FILE: string | null;
  readonly TIPO_MIME: string | null;
  readonly DIM_BYTE: number | null;
  readonly HASH_SHA256: string | null;
}

export const areas = defineStatement<AreaRow>()('areas', ['audience'], (select) =>
  withColumns(withColumns(select.select([]), 'a', ['COD_AREA', 'TITOLO', 'DESCR', 'URL']), 'v', [
    'COD_VOCE',
    ['TITOLO', 'V_TITOLO'],
    ['DESCR', 'V_DESCR'],
    'RICH_LOGIN',
    ['URL', 'V_URL'],
  ])
    .from('PORT_AREE', 'a')
    .leftJoin('PORT_VOCI', 'v', '"v"."COD_AREA" = "a"."COD_AREA" AND "v"."UTENZA" = "a"."UTENZA"')
    .where('"a"."UTENZA" = :audience')
    .orderBy('"a"."ORDINE"', 'ASC')
    .addOrderBy('"a"."COD_AREA"', 'ASC')
    .addOrderBy('"v"."ORDINE"', 'ASC'),
);

export const categories = defineStatement<CategoryRow>()('categories', ['audience'], (select) =>
  withColumns(withColumns(select.select([]), 'c', ['COD_CAT', 'TITOLO', 'AVVISO']), 'p', [
    'COD_PROC',
    ['TITOLO', 'P_TITOLO'],
  ])
    .from('PRAT_CATEG', 'c')
    .leftJoin('PRAT_PROC', 'p', '"p"."COD_CAT" = "c"."COD_CAT"')
    .where('"c"."UTENZA" = :audience')
    .orderBy('"c"."TITOLO"', 'ASC')
    .addOrderBy('"c"."COD_CAT"', 'ASC')
    .addOrderBy('"p"."ORDINE"', 'ASC'),
);

/**
 * People by codice fiscale, organisations by partita IVA.
 *
 * Nearly all have a blank partita IVA. Without `> ''` Postgres expects one of them for each code and reads the table.
 */
const isApplicant = `(("a"."TIPO_SOGG" = 'F' AND ${isOneOf('"a"."COD_FISC"', 'applicants', 'bpchar')})
  OR ("a"."TIPO_SOGG" = 'G' AND "a"."PART_IVA" > '' AND ${isOneOf('"a"."PART_IVA"', 'applicants', 'bpchar')}))`;
const applicantCode = `CASE WHEN "a"."TIPO_SOGG" = 'G' THEN "a"."PART_IVA" ELSE "a"."COD_FISC" END`;

const hiddenParameters = ['hidden', 'hiddenEntries', 'shownEntries'] as const;

/** Whether an entry, or a practice with one, is shown: it is in `shownEntries`, or neither the child nor the entry is hidden. */
function isShown(child: string, entry: string): string {
  return `(${isOneOf(entry, 'shownEntries', 'integer')} OR NOT (${isHidden(child)}
    OR COALESCE(${isOneOf(entry, 'hiddenEntries', 'integer')}, FALSE)))`;
}

const happenings = `(${[
  `SELECT "COD_PRAT", CAST('E' AS varchar) AS "SPECIE", "PROGR", "DATA_ORA" AS "MOMENTO", CAST("STATO" AS varchar) AS "CODICE",
     "NOTE" AS "TESTO", 0 AS "ID_FILE" FROM "PRAT_EVENTI"`,
  `SELECT "COD_PRAT", CAST('D' AS varchar), "PROGR", "DATA_EMI", CAST("TIPO" AS varchar), CAST("DESCR" AS varchar(400)), "ID_FILE" FROM "PRAT_DOC"`,
].join(' UNION ALL ')})`;

export const practicesByApplicant = defineStatement<PracticeRow>()(
  'practices_by_applicant',
  ['applicants', ...hiddenParameters],
  (select) => {
    withColumns(select.select(applicantCode, 'CHI'), 'i', [
      'COD_PRAT',
      'OGGETTO',
      'COD_ALUN',
      'CANALE',
      'STATO',
      'DATA_INS',
      'DATA_AGG',
    ]);
    withColumns(select, 'g', ['COD_PROT', 'ANNO', 'NUMERO', 'DATA_REG', ['OGGETTO', 'P_OGGETTO'], 'ESITO']);
    withColumns(select, 'h', ['SPECIE', 'PROGR', 'MOMENTO', 'CODICE', 'TESTO']);
    return withColumns(select, 'k', ['ID_FILE', 'NOME_FILE', 'TIPO_MIME', 'DIM_BYTE', 'HASH_SHA256'])
      .from('AN_SOGG', 'a')
      .innerJoin('PRAT_ISTANZE', 'i', '"i"."COD_RICH" = "a"."COD_SOGG"')
      .leftJoin('PROT_GEN', 'g', '"g"."COD_PROT" = "i"."COD_PROT"')
      .leftJoin(happenings, 'h', '"h"."COD_PRAT" = "i"."COD_PRAT"')
      .leftJoin('DOC_FILE', 'k', '"k"."ID_FILE" = "h"."ID_FILE"')
      .where(isApplicant)
      .andWhere(isShown('"i"."COD_ALUN"', '"i"."COD_PROT"'))
      .orderBy('"i"."DATA_INS"', 'DESC')
      .addOrderBy('"i"."COD_PRAT"', 'DESC')
      .addOrderBy('"h"."PROGR"', 'ASC');
  },
);

const entryColumns = ['COD_PROT', 'ANNO', 'NUMERO', 'DATA_REG', 'OGGETTO', 'STATO', 'ESITO'];

function entries(select: Select): Select {
  return withColumns(withColumns(select.select(applicantCode, 'CHI'), 'g', entryColumns), 'i', [
    'COD_PRAT',
    ['STATO', 'I_STATO'],
  ])
    .from('AN_SOGG', 'a')
    .innerJoin('PROT_GEN', 'g', '"g"."COD_MITT" = "a"."COD_SOGG"')
    .leftJoin('PRAT_ISTANZE', 'i', '"i"."COD_PROT" = "g"."COD_PROT"')
    .where(isApplicant)
    .andWhere(isShown('"i"."COD_ALUN"', '"g"."COD_PROT"'));
}

const numberedEntries = subquery((select) =>
  numberRows(
    entries(select),
    [
      { column: '"g"."DATA_REG"', direction: 'DESC', parameter: 'afterTime', type: 'timestamp' },
      { column: '"g"."COD_PROT"', direction: 'DESC', parameter: 'afterKey', type: 'integer' },
    ],
    applicantCode,
  )
    .andWhere(`(${typed('year', 'integer')} IS NULL OR "g"."ANNO" = ${typed('year', 'integer')})`)
    .andWhere(`(${typed('number', 'integer')} IS NULL OR "g"."NUMERO" = ${typed('number', 'integer')})`),
);

export const entryPages = defineStatement<EntryRow & PagedRow & { readonly CHI: string }>()(
  'entry_pages',
  ['applicants', ...hiddenParameters, 'year', 'number', 'afterTime', 'afterKey', 'first'],
  (select) =>
    withColumns(select.select([]), 'z', [
      'POSIZ',
      'TOTALE',
      'SALTATE',
      'CHI',
      ...entryColumns,
      'COD_PRAT',
      'I_STATO',
    ])
      .from(numberedEntries, 'z')
      .where(onPage('z', 'first'))
      .orderBy('"z"."POSIZ"', 'ASC'),
);

export const entriesByKey = defineStatement<EntryRow>()(
  'entries_by_key',
  ['applicants', ...hiddenParameters, 'keys'],
  (select) => entries(select).andWhere(isOneOf('"g"."COD_PROT"', 'keys', 'integer')),
);

/** A file that the office asked for, or a double; columns that do not apply are null. */
export interface EntryProgressRow {
  readonly COD_PROT: number;
  readonly P_STATO: string;
  readonly ESITO: string;
  readonly STATO: string | null;
  readonly DATA_AGG: string | null;
  readonly COD_ALUN: string | null;
  readonly PROGR: number | null;
  readonly DATA_RICH: string | null;
  readonly TESTO: string | null;
  readonly DATA_SCAD: string | null;
  readonly COD_ALLEG: string | null;
  readonly DESCR: string | null;
  readonly OBBLIGO: number | null;
  readonly TIPI_MIME: string | null;
  readonly MAX_BYTE: number | null;
  readonly D_COD_PROT: number | null;
  readonly D_NUMERO: number | null;
  readonly D_ANNO: number | null;
}

export const entryProgress = defineStatement<EntryProgressRow>()('standings', ['keys'], (select) => {
  withColumns(select.select([]), 'g', ['COD_PROT', ['STATO', 'P_STATO'], 'ESITO']);
  withColumns(select, 'i', ['STATO', 'DATA_AGG', 'COD_ALUN']);
  withColumns(select, 'q', ['PROGR', 'DATA_RICH', 'TESTO', 'DATA_SCAD']);
  withColumns(select, 'l', ['COD_ALLEG', 'DESCR', 'OBBLIGO', 'TIPI_MIME', 'MAX_BYTE']);
  return withColumns(select, 'd', [
    ['COD_PROT', 'D_COD_PROT'],
    ['NUMERO', 'D_NUMERO'],
    ['ANNO', 'D_ANNO'],
  ])
    .from('PROT_GEN', 'g')
    .leftJoin('PRAT_ISTANZE', 'i', '"i"."COD_PROT" = "g"."COD_PROT"')
    .leftJoin('PRAT_INTEGR', 'q', '"q"."COD_PRAT" = "i"."COD_PRAT"')
    .leftJoin('PRAT_INTEGR_ALL', 'l', '"l"."COD_PRAT" = "q"."COD_PRAT" AND "l"."PROGR" = "q"."PROGR"')
    .leftJoin(
      'PROT_GEN',
      'd',
      `"d"."COD_MITT" = "g"."COD_MITT" AND "d"."COD_MITT" <> '' AND "d"."OGGETTO" = "g"."OGGETTO" AND "d"."COD_PROT" <> "g"."COD_PROT"`,
    )
    .where(isOneOf('"g"."COD_PROT"', 'keys', 'integer'))
    .orderBy('"q"."PROGR"', 'ASC')
    .addOrderBy('"l"."COD_ALLEG"', 'ASC')
    .addOrderBy('"d"."COD_PROT"', 'ASC');
});
