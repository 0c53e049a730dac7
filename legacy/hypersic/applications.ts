import { isOneOf, isOneOfRows } from './wire/dialect.ts';

// All rules about which school data an application (a row of SDI_DOMANDE) opens, and to which person.

/** The parameters of `isOpenTo`. */
export const viewerParameters = ['applicant', 'applicants', 'givers', 'givenChildren', 'hidden'] as const;

/**
 * Whether an application is the viewer's own, or of an applicant who shares its child with the viewer; and not for a
 * hidden child. `person` is the alias of the applicant's record.
 *
 * All applicants come as one list first, which an index finds; which of their children is shared is checked after that.
 */
export function isOpenTo(application: string, person: string): string {
  const isOwn = `"${person}"."COD_FISC" = :applicant`;
  return `${isOneOf(`"${person}"."COD_FISC"`, 'applicants', 'bpchar')}
    AND (${isOwn} OR ${isShared(application, person)}) AND NOT ${isHidden(`"${application}"."COD_ALUN"`)}`;
}

/** Whether the applicant shares the child of an application with the viewer. */
export function isShared(application: string, person: string): string {
  const columns = [`"${person}"."COD_FISC"`, `"${application}"."COD_ALUN"`];
  return isOneOfRows(columns, ['givers', 'givenChildren'], 'bpchar');
}

/** Whether a column holds the key of a hidden child: a short list that is read once a statement. */
export function isHidden(child: string): string {
  return `COALESCE(${child} IN (SELECT "v"."COD_SOGG" FROM "AN_SOGG" "v" WHERE ${isOneOf('"v"."COD_FISC"', 'hidden', 'bpchar')}), FALSE)`;
}

/**
 * Applications that the office accepted: active, suspended or ended ones.
 *
 * Anyone who knows a child's codice fiscale can file for it: until the office accepts it, an application opens no
 * data of the child. An unknown code is not an acceptance.
 */
export function isAccepted(application: string): string {
  return `"${application}"."STATO" IN ('A', 'S', 'C')`;
}

/**
 * Applications that their own applicant sees: accepted ones, and undecided ones for a child of the applicant's
 * household, which open no data that the household does not see anyway.
 */
export function isShownToApplicant(application: string, applicant: string): string {
  const isOfHousehold = `EXISTS (SELECT 1 FROM "AN_SOGG" "u" WHERE "u"."COD_SOGG" = "${application}"."COD_ALUN"
    AND "u"."COD_FAM" = "${applicant}"."COD_FAM" AND "u"."COD_FAM" <> '')`;
  return `(${isAccepted(application)} OR ("${application}"."STATO" <> 'R' AND ${isOfHousehold}))`;
}

/**
 * Whether a service's day belongs to an enrolment: to its school year, from its first day to its last.
 *
 * `2020/2021` runs from 1 September 2020 to 31 August 2021. An ended enrolment without a last day covers no day,
 * because its end is unknown. The year is compared as text: a malformed school year matches nothing.
 */
export function coversDay(application: string, day: string): string {
  const firstYear = `CAST(EXTRACT(YEAR FROM ${day}) AS integer) - CASE WHEN EXTRACT(MONTH FROM ${day}) < 9 THEN 1 ELSE 0 END`;
  const schoolYear = `CONCAT(${firstYear}, '/', ${firstYear} + 1)`;
  return `"${application}"."ANNO_SCOL" = ${schoolYear}
    AND ("${application}"."DATA_INI" IS NULL OR ${day} >= "${application}"."DATA_INI")
    AND (${day} <= "${application}"."DATA_FIN" OR ("${application}"."DATA_FIN" IS NULL AND "${application}"."STATO" <> 'C'))`;
}
