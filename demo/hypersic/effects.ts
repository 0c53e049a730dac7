import type pg from 'pg';
import { addDays, type CalendarDate, formatItalianDate, schoolYearOf } from '../../core/values/index.ts';
import { italianEuros } from '../town/billing.ts';
import { insertRows } from '../town/rows.ts';
import { townPdf } from '../town/town-pdf.ts';
import type { Application } from './read-application.ts';
import { nextSubjectCode, storeBytes } from './register-store.ts';

/** An application at the office. */
export interface Case {
  readonly client: pg.ClientBase;
  readonly application: Application;
  /** Its entry in the protocol register; the office's own record has the same number. */
  readonly entryKey: number;
  /** AN_SOGG. */
  readonly applicant: string;
  /** AN_SOGG; '' for a child without a record. */
  readonly child: string;
  readonly today: CalendarDate;
  /** Local time. */
  readonly now: string;
}

/** Applies an accepted application to the town; returns the key of its child. */
export async function takeEffect(opened: Case): Promise<string> {
  switch (opened.application.procedure) {
    case 'ISCR':
      return enrol(opened);
    case 'DIETA':
      await changeEnrolment(opened, '"DIETA" = $4', opened.application.answers.DIETA_QUALE ?? '');
      return opened.child;
    case 'MODPAG':
      await changeEnrolment(opened, '"MOD_PAG" = $4', methodOf(opened.application));
      return opened.child;
    case 'RESID':
      await move(opened);
      return opened.child;
    case 'CERT':
      await certify(opened);
      return opened.child;
    default:
      return opened.child;
  }
}

/** A new enrolment replaces one that the same parent made for the same school year. */
async function enrol(opened: Case): Promise<string> {
  const { client, application, applicant, entryKey, today } = opened;
  const { answers } = application;
  const child = opened.child === '' ? await addChild(opened) : opened.child;
  const schoolYear = yearOf(opened);
  const year = Number(schoolYear.slice(0, 4));
  await client.query(
    `UPDATE "SDI_DOMANDE" SET "STATO" = 'C', "DATA_FIN" = LEAST("DATA_FIN", $4::date)
     WHERE "COD_ALUN" = $1 AND "COD_RICH" = $2 AND "ANNO_SCOL" = $3 AND "COD_SERV" = 'MENSA' AND "STATO" = 'A'`,
    [child, applicant, schoolYear, today],
  );
  const { rows: schools } = await client.query('SELECT "COD_SCU" FROM "SDI_SCUOLE" WHERE "DESCR" = $1', [
    answers.SCUOLA,
  ]);
  const { rows } = await client.query(
    `SELECT 1 + GREATEST(5000, MAX("NUM_DOM")) AS next FROM "SDI_DOMANDE" WHERE "ANNO_DOM" = $1`,
    [year],
  );
  const wanted = answers.DATA_INIZIO ?? '';
  const first = `${year}-09-12` as CalendarDate;
  await insertRows(client, 'SDI_DOMANDE', [
    {
      ANNO_DOM: year,
      NUM_DOM: rows[0].next,
      COD_ALUN: child,
      COD_RICH: applicant,
      ANNO_SCOL: schoolYear,
      COD_SERV: 'MENSA',
      COD_SCU: schools[0]?.COD_SCU ?? '',
      CLASSE: (answers.CLASSE ?? '').slice(0, 10),
      STATO: 'A',
      DATA_INI: /^\d{4}-\d{2}-\d{2}$/.test(wanted) && wanted > first ? wanted : first,
      DATA_FIN: `${year + 1}-06-30`,
      MOD_PAG: methodOf(application),
      DIETA: answers.DIETA === 'true' ? (answers.DIETA_QUALE ?? '') : '',
      BANCA_APP: '',
      COD_PRAT: entryKey,
    },
  ]);
  return child;
}

async function addChild({ client, application }: Case): Promise<string> {
  const { child } = application;
  if (child === null) return '';
  const code = await nextSubjectCode(client);
  await insertRows(client, 'AN_SOGG', [
    {
      COD_SOGG: code,
      TIPO_SOGG: 'F',
      COD_FISC: child.codiceFiscale,
      PART_IVA: '',
      COGNOME: child.lastName.slice(0, 50),
      NOME: child.firstName.slice(0, 50),
      RAG_SOC: '',
      DATA_NASC: child.birthDate,
      COM_NASC: '',
      COD_FAM: '',
      COD_PAR: '',
      IND_VIA: '',
      IND_CIV: '',
      IND_CAP: '',
      IND_COM: '',
      IND_PROV: '',
      E_MAIL: '',
      TELEF: '',
    },
  ]);
  return code;
}

async function changeEnrolment(opened: Case, change: string, value: string): Promise<void> {
  await opened.client.query(
    `UPDATE "SDI_DOMANDE" SET ${change} WHERE "COD_ALUN" = $1 AND "COD_RICH" = $2 AND "ANNO_SCOL" = $3 AND "STATO" = 'A'`,
    [opened.child, opened.applicant, yearOf(opened), value],
  );
}

async function move({ client, application: { answers }, child }: Case): Promise<void> {
  await client.query(
    `UPDATE "AN_SOGG" SET "IND_VIA" = $2, "IND_CIV" = $3, "IND_CAP" = CASE WHEN $4 = '' THEN "IND_CAP" ELSE $4 END,
       "IND_COM" = $5 WHERE "COD_SOGG" = $1`,
    [
      child,
      (answers.NUOVO_IND ?? '').slice(0, 80),
      (answers.NUOVO_CIVICO ?? '').slice(0, 10),
      (answers.NUOVO_CAP ?? '').slice(0, 5),
      (answers.NUOVO_COMUNE ?? '').slice(0, 60),
    ],
  );
}

/** The applicant's payments for a child in a year, in cents. */
export async function paidIn(
  client: pg.ClientBase,
  child: string,
  applicant: string,
  year: string,
): Promise<number> {
  const { rows } = await client.query(
    `SELECT COALESCE(SUM(r."PAGATO") * 100, 0)::int AS cents FROM "SDI_FATT" f
     JOIN "SDI_FATT_RATE" r ON r."ANNO_FATT" = f."ANNO_FATT" AND r."NUM_FATT" = f."NUM_FATT"
     JOIN "SDI_DOMANDE" d ON d."ANNO_DOM" = f."ANNO_DOM" AND d."NUM_DOM" = f."NUM_DOM"
     WHERE f."COD_ALUN" = $1 AND d."COD_RICH" = $2 AND f."ANNO_FATT"::text = $3`,
    [child, applicant, year],
  );
  return rows[0].cents;
}

async function certify(opened: Case): Promise<void> {
  const { client, application, child, applicant, entryKey, today, now } = opened;
  const year = application.answers.ANNO ?? '';
  const title = `Certificazione spese mensa scolastica ${year}`;
  const cents = await paidIn(client, child, applicant, year);
  const pupil = `${application.child?.firstName ?? ''} ${application.child?.lastName ?? ''}`.trim();
  const bytes = await townPdf(title, today, [
    { kind: 'heading', level: 1, text: title },
    { kind: 'text', text: 'Si certifica quanto è stato pagato per la mensa scolastica.' },
    {
      kind: 'facts',
      facts: [
        { label: 'Alunno', value: pupil },
        { label: 'Anno', value: year },
        { label: 'Importo pagato', value: `${italianEuros(cents)} €` },
        { label: 'Rilasciata il', value: formatItalianDate(today) },
      ],
    },
  ]);
  const file = await storeBytes(client, `certificazione-spese-${year}.pdf`, bytes, now);
  await insertRows(client, 'PRAT_DOC', [
    { COD_PRAT: entryKey, PROGR: 1, TIPO: 'E', DESCR: title, DATA_EMI: now, ID_FILE: file },
  ]);
}

function methodOf({ answers }: Application): string {
  return answers.PAG_SDD === 'true' ? 'D' : 'P';
}

export function yearOf({ application, today }: Pick<Case, 'application' | 'today'>): string {
  return application.schoolYear ?? schoolYearOf(today);
}

export const dueIn15Days = (today: CalendarDate) => addDays(today, 15);
