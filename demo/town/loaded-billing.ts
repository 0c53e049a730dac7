import { type CalendarDate, schoolYearOf } from '../../core/values/index.ts';
import { dayIn } from './pupils.ts';

/** A period that every loaded child is billed for. */
export interface LoadedPeriod {
  /** 2025 is the school year 2025/2026. */
  readonly schoolYear: number;
  /** 0 to 3, its place in the school year: the last digit, modulo 4, of the invoice's number. */
  readonly place: number;
  readonly issuedOn: CalendarDate;
  /** AAAAMM. */
  readonly from: string;
  readonly to: string;
}

const periods = [
  { issued: [0, '12-15'], from: [0, '09'], to: [0, '10'] },
  { issued: [1, '02-15'], from: [0, '11'], to: [0, '12'] },
  { issued: [1, '04-15'], from: [1, '01'], to: [1, '02'] },
  { issued: [1, '07-15'], from: [1, '03'], to: [1, '06'] },
] as const;
const invoicesAChild = 10;

/** The latest ten periods billed by today, oldest first. */
export function loadedPeriodsAt(today: CalendarDate): readonly LoadedPeriod[] {
  const current = currentYear(today);
  return [current - 3, current - 2, current - 1, current]
    .flatMap((schoolYear) =>
      periods.map(({ issued, from, to }, place) => ({
        schoolYear,
        place,
        issuedOn: dayIn(schoolYear + issued[0], issued[1]),
        from: `${schoolYear + from[0]}${from[1]}`,
        to: `${schoolYear + to[0]}${to[1]}`,
      })),
    )
    .filter(({ issuedOn }) => issuedOn <= today)
    .slice(-invoicesAChild);
}

/** The school years of the children's enrolments: the billed ones and the current one. */
export function loadedYearsAt(today: CalendarDate): readonly number[] {
  return [...new Set([...loadedPeriodsAt(today).map(({ schoolYear }) => schoolYear), currentYear(today)])];
}

const currentYear = (today: CalendarDate) => Number(schoolYearOf(today).slice(0, 4));

// These statements create the rows inside the server, from its own tables. Numbers follow from the child's, and
// all lie beyond the town's own.

/** `$1` today, `$2` the school years. */
export const applicationsOfLoaded = `
  INSERT INTO "SDI_DOMANDE" ("ANNO_DOM", "NUM_DOM", "COD_ALUN", "COD_RICH", "ANNO_SCOL", "COD_SERV", "COD_SCU", "CLASSE",
    "STATO", "DATA_INI", "DATA_FIN", "MOD_PAG")
  SELECT y, 1000 + CAST(SUBSTRING(h."COD_SOGG", 2) AS integer), h."COD_SOGG", g."COD_SOGG", y || '/' || (y + 1), 'MENSA',
    CASE WHEN a.age < 6 THEN 'INF1' WHEN a.age < 11 THEN 'PRI1' ELSE 'SEC1' END,
    CASE WHEN a.age < 6 THEN 'Farfalle' WHEN a.age < 11 THEN (a.age - 5) || 'A' ELSE LEAST(a.age - 10, 3) || 'B' END,
    CASE WHEN make_date(y + 1, 6, 30) < $1 THEN 'C' ELSE 'A' END, make_date(y, 9, 12), make_date(y + 1, 6, 30), 'P'
  FROM "AN_SOGG" h
  JOIN "AN_SOGG" g ON g."COD_FAM" = h."COD_FAM" AND g."COD_PAR" = 'IS'
  CROSS JOIN UNNEST($2::integer[]) y
  CROSS JOIN LATERAL (SELECT y - CAST(EXTRACT(year FROM h."DATA_NASC") AS integer) AS age) a
  WHERE h."COD_SOGG" LIKE 'H%'
  ON CONFLICT DO NOTHING`;

/** `$1` to `$5` the columns of the periods. */
export const invoicesOfLoaded = `
  INSERT INTO "SDI_FATT" ("ANNO_FATT", "NUM_FATT", "DATA_FATT", "COD_ALUN", "COD_INTE", "ANNO_DOM", "NUM_DOM", "PER_DA", "PER_A", "IMPORTO")
  SELECT EXTRACT(year FROM p.issued), 10000 + (d."NUM_DOM" - 1000) * 4 + p.place, p.issued, d."COD_ALUN", d."COD_RICH",
    d."ANNO_DOM", d."NUM_DOM", p.since, p.until, 4.61 * (18 + MOD(d."NUM_DOM" + p.place * 7, 20))
  FROM "SDI_DOMANDE" d
  JOIN UNNEST($1::integer[], $2::integer[], $3::date[], $4::text[], $5::text[]) p (year, place, issued, since, until)
    ON p.year = d."ANNO_DOM"
  WHERE d."COD_ALUN" LIKE 'H%'
  ON CONFLICT DO NOTHING`;

const isLoaded = `f."COD_ALUN" LIKE 'H%'`;

export const linesOfLoaded = `
  INSERT INTO "SDI_FATT_RIGHE" ("ANNO_FATT", "NUM_FATT", "NUM_RIGA", "DESCR", "QTA", "PREZZO", "IMPORTO")
  SELECT f."ANNO_FATT", f."NUM_FATT", 1, 'Pasti mensa scolastica', f."IMPORTO" / 4.61, 4.61, f."IMPORTO"
  FROM "SDI_FATT" f WHERE ${isLoaded} ON CONFLICT DO NOTHING`;

/** `$1` today. The summer's invoice has two rate; four months after its issue an invoice was paid. */
export const rateOfLoaded = `
  INSERT INTO "SDI_FATT_RATE" ("ANNO_FATT", "NUM_FATT", "NUM_RATA", "IMPORTO", "PAGATO", "DATA_SCAD", "COD_IUV", "MOD_PAG")
  SELECT f."ANNO_FATT", f."NUM_FATT", r.rata, a.amount, CASE WHEN f."DATA_FATT" + 120 < $1 THEN a.amount ELSE 0 END,
    f."DATA_FATT" + 30 * r.rata, RIGHT(b.first16 || LPAD(CAST(MOD(CAST(b.first16 AS numeric), 93) AS text), 2, '0'), 17), 'P'
  FROM "SDI_FATT" f
  CROSS JOIN LATERAL (SELECT CASE WHEN MOD(f."NUM_FATT", 4) = 3 THEN 2 ELSE 1 END AS rate) n
  CROSS JOIN LATERAL generate_series(1, n.rate) r (rata)
  CROSS JOIN LATERAL (SELECT ROUND(f."IMPORTO" / n.rate, 2) AS share) s
  CROSS JOIN LATERAL (SELECT CASE WHEN r.rata < n.rate THEN s.share ELSE f."IMPORTO" - s.share * (n.rate - 1) END AS amount) a
  CROSS JOIN LATERAL (SELECT '302' || f."ANNO_FATT" || LPAD(CAST(f."NUM_FATT" AS text), 7, '0') || LPAD(CAST(r.rata AS text), 2, '0') AS first16) b
  WHERE ${isLoaded} ON CONFLICT DO NOTHING`;

/** `$1` the one file that all share. */
export const attachmentsOfLoaded = `
  INSERT INTO "SDI_FATT_ALLEG" ("ANNO_FATT", "NUM_FATT", "PROGR", "TIPOLOGIA", "DESCR", "ID_FILE")
  SELECT f."ANNO_FATT", f."NUM_FATT", 1, 'Fatturazione', 'Fattura ' || f."ANNO_FATT" || '/' || f."NUM_FATT", $1::integer
  FROM "SDI_FATT" f WHERE ${isLoaded} ON CONFLICT DO NOTHING`;

export const positionsOfLoaded = `
  INSERT INTO "PAG_POSIZ" ("ID_POS", "CF_ENTE", "COD_IUV", "COD_AVVISO", "COD_DEB", "CAUSALE", "IMPORTO", "DATA_SCAD", "STATO",
    "COD_ALUN", "ANNO_FATT", "NUM_FATT", "NUM_RATA")
  SELECT 1000000000 + MOD(f."ANNO_FATT", 10) * 100000000 + f."NUM_FATT" * 4 + t."NUM_RATA", e."CF_ENTE", t."COD_IUV",
    '3' || t."COD_IUV", a."COD_FISC",
    'Mensa scolastica fattura ' || f."ANNO_FATT" || '/' || f."NUM_FATT" || ' rata ' || t."NUM_RATA", t."IMPORTO", t."DATA_SCAD",
    CASE WHEN t."PAGATO" >= t."IMPORTO" THEN 'PA' ELSE 'AP' END, f."COD_ALUN", f."ANNO_FATT", f."NUM_FATT", t."NUM_RATA"
  FROM "SDI_FATT" f
  JOIN "SDI_FATT_RATE" t ON t."ANNO_FATT" = f."ANNO_FATT" AND t."NUM_FATT" = f."NUM_FATT"
  JOIN "AN_SOGG" a ON a."COD_SOGG" = f."COD_INTE" CROSS JOIN "TAB_ENTE" e
  WHERE ${isLoaded} ON CONFLICT DO NOTHING`;

/** Only if there is none: a position may have been paid in the running town since. */
export const receiptsOfLoaded = `
  INSERT INTO "PAG_RICEV" ("ID_RICEV", "ID_POS", "DATA_PAG", "IMPORTO", "PSP", "COD_PAG", "NOM_PAG")
  SELECT 'R' || LPAD(CAST(p."ID_POS" AS text), 12, '0'), p."ID_POS", p."DATA_SCAD" - 3 + time '18:42:07', p."IMPORTO",
    'Banca Intermediaria Demo S.p.A.', a."COD_FISC", a."NOME" || ' ' || a."COGNOME"
  FROM "PAG_POSIZ" p
  JOIN "SDI_FATT" f ON f."ANNO_FATT" = p."ANNO_FATT" AND f."NUM_FATT" = p."NUM_FATT"
  JOIN "AN_SOGG" a ON a."COD_SOGG" = f."COD_INTE"
  WHERE ${isLoaded} AND p."STATO" = 'PA' AND NOT EXISTS (SELECT 1 FROM "PAG_RICEV" q WHERE q."ID_POS" = p."ID_POS")
  ON CONFLICT DO NOTHING`;
