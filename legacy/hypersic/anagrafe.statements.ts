import { isAccepted } from './applications.ts';
import { isOneOf, isOneOfRows } from './wire/dialect.ts';
import { defineStatement, subquery, withColumns } from './wire/statement.ts';

export interface SubjectRow {
  readonly COD_SOGG: string;
  readonly COD_FISC: string;
  readonly COGNOME: string;
  readonly NOME: string;
  readonly DATA_NASC: string | null;
  readonly COM_NASC: string;
  readonly COD_PAR: string;
  readonly IND_VIA: string;
  readonly IND_CIV: string;
  readonly IND_CAP: string;
  readonly IND_COM: string;
  readonly IND_PROV: string;
  readonly E_MAIL: string;
  readonly TELEF: string;
}

/** A member of a citizen's family, the citizen included. */
export interface FamilyRow extends SubjectRow {
  readonly CF_CITT: string;
  /** 1 or 0: the citizen; E_CONV: of the citizen's household; E_DOM: a child of the citizen's accepted application. */
  readonly E_CITT: number;
  readonly E_CONV: number;
  readonly E_DOM: number;
  /** The applicant who shares the child; empty for the other ties, which have a row of their own. */
  readonly CF_COND: string;
}

export interface BusinessRow {
  readonly PART_IVA: string;
  readonly RAG_SOC: string;
}

export interface MunicipalityRow {
  readonly CF_ENTE: string;
  readonly DESCR: string;
  readonly PROV: string;
  readonly UFFICIO: string | null;
  readonly TELEF: string | null;
  readonly E_MAIL: string | null;
}

const isCitizen = `"c"."TIPO_SOGG" = 'F' AND ${isOneOf('"c"."COD_FISC"', 'citizens', 'bpchar')}`;

function tie(kind: 'CITT' | 'CONV' | 'DOM', person: string): string {
  const is = (other: string) => `${kind === other ? 1 : 0} AS "E_${other}"`;
  return `"c"."COD_FISC" AS "CF_CITT", ${person} AS "COD_SOGG", ${is('CITT')}, ${is('CONV')}, ${is('DOM')},
    CAST('' AS varchar) AS "CF_COND"`;
}

// Each tie has an index of its own; one join with OR would scan the whole table of residents.
const ties = `(${[
  subquery((s) => s.select(tie('CITT', '"c"."COD_SOGG"')).from('AN_SOGG', 'c').where(isCitizen)),
  subquery((s) =>
    s
      .select(tie('CONV', '"m"."COD_SOGG"'))
      .from('AN_SOGG', 'c')
      .innerJoin('AN_SOGG', 'm', `"m"."COD_FAM" = "c"."COD_FAM" AND "m"."COD_SOGG" <> "c"."COD_SOGG"`)
      .where(`"c"."COD_FAM" <> '' AND ${isCitizen}`),
  ),
  subquery((s) =>
    s
      .select(tie('DOM', '"d"."COD_ALUN"'))
      .from('AN_SOGG', 'c')
      .innerJoin('SDI_DOMANDE', 'd', `"d"."COD_RICH" = "c"."COD_SOGG" AND ${isAccepted('d')}`)
      .where(isCitizen),
  ),
  // Shared children: found by the giver, since the recipient need not be a resident.
  subquery((s) =>
    s
      .select(`CAST('' AS varchar), "d"."COD_ALUN", 0, 0, 0, CAST("c"."COD_FISC" AS varchar)`)
      .from('AN_SOGG', 'c')
      .innerJoin('SDI_DOMANDE', 'd', `"d"."COD_RICH" = "c"."COD_SOGG" AND ${isAccepted('d')}`)
      .where(
        `"c"."TIPO_SOGG" = 'F' AND ${isOneOfRows(['"c"."COD_FISC"', '"d"."COD_ALUN"'], ['givers', 'givenChildren'], 'bpchar')}`,
      ),
  ),
].join(' UNION ALL ')})`;

const personColumns = [
  'COD_SOGG',
  'COD_FISC',
  'COGNOME',
  'NOME',
  'DATA_NASC',
  'COM_NASC',
  'COD_PAR',
  'IND_VIA',
  'IND_CIV',
  'IND_CAP',
  'IND_COM',
  'IND_PROV',
  'E_MAIL',
  'TELEF',
];

export const families = defineStatement<FamilyRow>()(
  'families',
  ['citizens', 'givers', 'givenChildren'],
  (select) =>
    withColumns(
      select
        .select('"t"."CF_CITT"', 'CF_CITT')
        .addSelect('"t"."CF_COND"', 'CF_COND')
        .addSelect('MAX("t"."E_CITT")', 'E_CITT')
        .addSelect('MAX("t"."E_CONV")', 'E_CONV')
        .addSelect('MAX("t"."E_DOM")', 'E_DOM'),
      'p',
      personColumns,
    )
      .from(ties, 't')
      .innerJoin('AN_SOGG', 'p', `"p"."COD_SOGG" = "t"."COD_SOGG" AND "p"."TIPO_SOGG" = 'F'`)
      .groupBy(
        ['"t"."CF_CITT"', '"t"."CF_COND"', ...personColumns.map((column) => `"p"."${column}"`)].join(', '),
      )
      .orderBy('"p"."DATA_NASC"', 'ASC')
      .addOrderBy('"p"."COD_SOGG"', 'ASC')
      .addOrderBy('"t"."CF_COND"', 'ASC'),
);

export interface RegistrationRow {
  /** 0 not resident, 1 in the applicant's household, 2 in another; null for an unknown child. */
  readonly POSTO: number | null;
}

export const childRegistration = defineStatement<RegistrationRow>()(
  'child_registration',
  ['applicant', 'codes', 'keys'],
  (select) =>
    select
      .select(
        `MAX(CASE WHEN "p"."COD_FAM" = '' THEN 0
          WHEN EXISTS (SELECT 1 FROM "AN_SOGG" "c" WHERE "c"."TIPO_SOGG" = 'F' AND "c"."COD_FISC" = :applicant
            AND "c"."COD_FAM" = "p"."COD_FAM") THEN 1 ELSE 2 END)`,
        'POSTO',
      )
      .from('AN_SOGG', 'p')
      .where(`"p"."TIPO_SOGG" = 'F'`)
      .andWhere(
        `(${isOneOf('"p"."COD_FISC"', 'codes', 'bpchar')} OR ${isOneOf('"p"."COD_SOGG"', 'keys', 'bpchar')})`,
      ),
);

export interface KeyRow {
  readonly COD_FISC: string;
  readonly COD_SOGG: string;
}

export const childKeys = defineStatement<KeyRow>()('child_keys', ['codes'], (select) =>
  withColumns(select.select([]), 'p', ['COD_FISC', 'COD_SOGG'])
    .from('AN_SOGG', 'p')
    .where(`"p"."TIPO_SOGG" = 'F' AND ${isOneOf('"p"."COD_FISC"', 'codes', 'bpchar')}`)
    .orderBy('"p"."COD_SOGG"', 'ASC'),
);

export const businesses = defineStatement<BusinessRow>()('businesses', ['codes'], (select) =>
  withColumns(select.select([]), 'a', ['PART_IVA', 'RAG_SOC'])
    .from('AN_SOGG', 'a')
    .where(`"a"."TIPO_SOGG" = 'G' AND ${isOneOf('"a"."PART_IVA"', 'codes', 'bpchar')}`)
    .orderBy('"a"."COD_SOGG"', 'ASC'),
);

export const municipality = defineStatement<MunicipalityRow>()('municipality', [], (select) =>
  withColumns(withColumns(select.select([]), 'e', ['CF_ENTE', 'DESCR', 'PROV']), 'u', [
    ['DESCR', 'UFFICIO'],
    'TELEF',
    'E_MAIL',
  ])
    .from('TAB_ENTE', 'e')
    .leftJoin('TAB_UFFICI', 'u', '1 = 1')
    .orderBy('"u"."ORDINE"', 'ASC')
    .addOrderBy('"u"."COD_UFF"', 'ASC'),
);
