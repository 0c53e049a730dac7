import {
  coversDay,
  isAccepted,
  isHidden,
  isOpenTo,
  isShared,
  isShownToApplicant,
  viewerParameters,
} from './applications.ts';
import { isOneOf, isOneOfRows } from './wire/dialect.ts';
import { defineStatement, type Select, withColumns } from './wire/statement.ts';

export interface ApplicationRow {
  readonly ANNO_DOM: number;
  readonly NUM_DOM: number;
  readonly COD_ALUN: string;
  readonly ANNO_SCOL: string;
  readonly COD_SERV: string;
  readonly SERVIZIO: string | null;
  readonly COD_SCU: string;
  readonly SCUOLA: string | null;
  readonly COD_GRADO: string | null;
  readonly CLASSE: string;
  readonly STATO: string;
  readonly DATA_INI: string | null;
  readonly DATA_FIN: string | null;
  readonly MOD_PAG: string;
  readonly DIETA: string;
  readonly COD_PRAT: number;
  readonly COD_PROT: number | null;
  /** 1 when the viewer filed it. */
  readonly PROPRIA: number;
  /** 1 when its applicant shares the child with the viewer. */
  readonly CONDIVISA: number;
  readonly CF_RICH: string;
}

export interface AttendanceRow {
  readonly COD_ALUN: string;
  readonly DATA_PRES: string;
  readonly STATO: string;
}

const isOwn = '"r"."COD_FISC" = :applicant';
const isGiven = `(NOT (${isOwn}) AND ${isAccepted('d')} AND ${isShared('d', 'r')})`;

const yearsParameters = ['applicant', 'givers', 'givenChildren', 'hidden'] as const;

function applications(select: Select): Select {
  withColumns(select.select([]), 'd', [
    'ANNO_DOM',
    'NUM_DOM',
    'COD_ALUN',
    'ANNO_SCOL',
    'COD_SERV',
    'COD_SCU',
    'CLASSE',
    'STATO',
    'DATA_INI',
    'DATA_FIN',
    'MOD_PAG',
    'DIETA',
    'COD_PRAT',
  ]);
  withColumns(select, 's', [['DESCR', 'SERVIZIO']]);
  withColumns(select, 'i', ['COD_PROT']);
  return (
    withColumns(select, 'c', [['DESCR', 'SCUOLA'], 'COD_GRADO'])
      .addSelect(`CASE WHEN ${isOwn} THEN 1 ELSE 0 END`, 'PROPRIA')
      .addSelect(`CASE WHEN ${isGiven} THEN 1 ELSE 0 END`, 'CONDIVISA')
      .addSelect(`CASE WHEN ${isGiven} THEN "r"."COD_FISC" ELSE '' END`, 'CF_RICH')
      .from('SDI_DOMANDE', 'd')
      .innerJoin('AN_SOGG', 'r', '"r"."COD_SOGG" = "d"."COD_RICH"')
      .leftJoin('SDI_SERV', 's', '"s"."COD_SERV" = "d"."COD_SERV"')
      .leftJoin('SDI_SCUOLE', 'c', '"c"."COD_SCU" = "d"."COD_SCU"')
      .leftJoin('PRAT_ISTANZE', 'i', '"i"."COD_PRAT" = "d"."COD_PRAT"')
      // Of other applicants' applications only the year of an accepted one is returned.
      .where(`((${isOwn} AND ${isShownToApplicant('d', 'r')}) OR (NOT (${isOwn}) AND ${isAccepted('d')}))`)
      .andWhere(`NOT ${isHidden('"d"."COD_ALUN"')}`)
      .orderBy('"d"."ANNO_SCOL"', 'DESC')
      .addOrderBy('"d"."ANNO_DOM"', 'DESC')
      .addOrderBy('"d"."NUM_DOM"', 'DESC')
  );
}

export const applicationsByChild = defineStatement<ApplicationRow>()(
  'applications_by_child',
  [...yearsParameters, 'children'],
  (select) => applications(select).andWhere(isOneOf('"d"."COD_ALUN"', 'children', 'bpchar')),
);

export const applicationsByKey = defineStatement<ApplicationRow>()(
  'applications_by_key',
  [...yearsParameters, 'years', 'numbers'],
  (select) =>
    applications(select)
      .andWhere(isOneOfRows(['"d"."ANNO_DOM"', '"d"."NUM_DOM"'], ['years', 'numbers'], 'integer'))
      .andWhere(`(${isOwn} OR ${isGiven})`),
);

/** Days of accepted enrolments that the viewer sees. */
export const attendance = defineStatement<AttendanceRow>()(
  'attendance',
  [...viewerParameters, 'children', 'from', 'to'],
  (select) =>
    withColumns(select.select([]), 'p', ['COD_ALUN', 'DATA_PRES', 'STATO'])
      .from('SDI_PRES', 'p')
      .where(isOneOf('"p"."COD_ALUN"', 'children', 'bpchar'))
      .andWhere('"p"."DATA_PRES" >= CAST(:from AS date) AND "p"."DATA_PRES" <= CAST(:to AS date)')
      .andWhere(
        `EXISTS (${select
          .subQuery()
          .select('1')
          .from('SDI_DOMANDE', 'd')
          .innerJoin('AN_SOGG', 'r', '"r"."COD_SOGG" = "d"."COD_RICH"')
          .where('"d"."COD_ALUN" = "p"."COD_ALUN" AND "d"."COD_SERV" = "p"."COD_SERV"')
          .andWhere(`${isAccepted('d')} AND ${isOpenTo('d', 'r')}`)
          .andWhere(coversDay('d', '"p"."DATA_PRES"'))
          .getQuery()
          .slice(1, -1)})`,
      )
      .orderBy('"p"."DATA_PRES"', 'ASC'),
);
