import pg from 'pg';
import type { Clock } from '../../core/clock.ts';
import { addDays, type CalendarDate } from '../../core/values/index.ts';
import { codiceFiscaleOf } from './codice-fiscale-of.ts';
import { createPdf } from './pdf.ts';
import { insertFile, insertRows, type Row } from './rows.ts';

/**
 * Brings the town to at least that many loaded children, with two parents each, one of whom filed every
 * application. Each person and row follows from its number, so a repetition adds none.
 */
export async function loadChildren(url: string, children: number, clock: Clock): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('seed'))`);
    const { rows } = await client.query(
      `SELECT COUNT(*)::int AS known FROM "AN_SOGG" WHERE "COD_SOGG" LIKE 'H%'`,
    );
    const families = Math.ceil(children / childrenAFamily);
    await addPeople(client, Math.ceil(rows[0].known / childrenAFamily), families);
    await addSchoolLife(client, clock.today());
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

const childrenAFamily = 2;
const batchOfFamilies = 2_000;
const attachmentFile = 2_000_000_000;

async function addPeople(client: pg.Client, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += batchOfFamilies) {
    const rows: Row[] = [];
    for (let family = start; family < Math.min(to, start + batchOfFamilies); family++)
      rows.push(...familyRows(family));
    await insertRows(client, 'AN_SOGG', rows);
  }
}

const lastNames =
  'Agazzi Belotti Carminati Donati Esposito Facchetti Gambirasio Invernizzi Lorenzi Maffeis Nava Oberti Pesenti Quarti Ravasio Salvi Testa Ubiali Valsecchi Zanchi'.split(
    ' ',
  );
const women =
  'Alessia Beatrice Chiara Daniela Elena Francesca Giorgia Irene Laura Monica Nadia Ornella Paola Roberta Silvia Teresa'.split(
    ' ',
  );
const men =
  'Andrea Bruno Carlo Davide Emanuele Fabio Gianni Ivan Lorenzo Matteo Nicola Omar Pietro Roberto Stefano Tiziano'.split(
    ' ',
  );

/** Two parents and two children. The applicant is the mother: `G` and an even number. */
function familyRows(family: number): readonly Row[] {
  const name = lastNames[family % lastNames.length] ?? '';
  const fatherName = lastNames[(family * 7 + 3) % lastNames.length] ?? '';
  const turn = Math.floor(family / lastNames.length);
  const given = (names: readonly string[]) => names[turn % names.length] ?? '';
  // Twenty names by sixteen by 9,000 days: nobody shares a code with another.
  const day = Math.floor(turn / women.length);
  const code = (kind: string, index: number) => `${kind}${String(index).padStart(9, '0')}`;
  const person = (
    key: string,
    last: string,
    first: string,
    sex: 'F' | 'M',
    birthDate: CalendarDate,
    tie: string,
  ) => ({
    COD_SOGG: key,
    TIPO_SOGG: 'F',
    COD_FISC: codiceFiscaleOf({ lastName: last, firstName: first, birthDate, sex }),
    COGNOME: last,
    NOME: first,
    DATA_NASC: birthDate,
    COM_NASC: 'Bergamo',
    COD_FAM: `F1${String(family).padStart(8, '0')}`,
    COD_PAR: tie,
    IND_VIA: 'Via dei Mille',
    IND_CIV: String((family % 200) + 1),
    IND_CAP: '24040',
    IND_COM: 'Calvenzano',
    IND_PROV: 'BG',
  });
  const at = (start: string, days: number) => addDays(start as CalendarDate, days);
  return [
    person(code('G', family * 2), name, given(women), 'F', at('1970-01-01', day), 'IS'),
    person(code('G', family * 2 + 1), fatherName, given(men), 'M', at('1970-01-02', day), 'CG'),
    person(
      code('H', family * 2),
      fatherName,
      given(women),
      'F',
      at('2013-01-01', (day * 37 + family) % 1_800),
      'FG',
    ),
    person(
      code('H', family * 2 + 1),
      fatherName,
      given(men),
      'M',
      at('2018-01-01', (day * 41 + family) % 1_800),
      'FG',
    ),
  ];
}

/** What hangs on the children is made where the data is: the server fills its tables from its own rows. */
async function addSchoolLife(client: pg.Client, today: CalendarDate): Promise<void> {
  const bytes = await createPdf({ title: 'Fattura', date: '2020-09-01' }, (page) =>
    page.heading('Fattura mensa scolastica'),
  );
  await insertFile(client, {
    id: attachmentFile,
    name: 'fattura.pdf',
    mediaType: 'application/pdf',
    bytes,
    storedAt: '2020-09-01 10:00:00',
  });
  // Rows with a number beyond the town's own; the child's number is part of every key.
  await client.query(applicationsOfLoaded, [today]);
  await client.query(invoicesOfLoaded, [today]);
  await client.query(rateOfLoaded, [today]);
  await client.query(linesOfLoaded);
  await client.query(attachmentsOfLoaded, [attachmentFile]);
  await client.query(positionsOfLoaded);
}

/** The last three school years of each loaded child, from its third birthday. */
const applicationsOfLoaded = `
  INSERT INTO "SDI_DOMANDE" ("ANNO_DOM", "NUM_DOM", "COD_ALUN", "COD_RICH", "ANNO_SCOL", "COD_SERV", "COD_SCU", "CLASSE", "STATO", "DATA_INI", "DATA_FIN", "MOD_PAG")
  SELECT y, 1000 + CAST(SUBSTRING(h."COD_SOGG", 2) AS integer), h."COD_SOGG",
    'G' || LPAD(CAST(2 * (CAST(SUBSTRING(h."COD_SOGG", 2) AS integer) / 2) AS text), 9, '0'),
    y || '/' || (y + 1), 'MENSA',
    CASE WHEN y - EXTRACT(year FROM h."DATA_NASC") < 6 THEN 'INF1' WHEN y - EXTRACT(year FROM h."DATA_NASC") < 11 THEN 'PRI1' ELSE 'SEC1' END,
    '1A', CASE WHEN make_date(y + 1, 6, 30) < $1 THEN 'C' ELSE 'A' END, make_date(y, 9, 12), make_date(y + 1, 6, 30), 'P'
  FROM "AN_SOGG" h CROSS JOIN generate_series(2023, 2025) y
  WHERE h."COD_SOGG" LIKE 'H%'
  ON CONFLICT DO NOTHING`;

/** Ten a child, three or four a school year. */
const invoicesOfLoaded = `
  INSERT INTO "SDI_FATT" ("ANNO_FATT", "NUM_FATT", "DATA_FATT", "COD_ALUN", "COD_INTE", "ANNO_DOM", "NUM_DOM", "PER_DA", "PER_A", "IMPORTO")
  SELECT d."ANNO_DOM" + p.later, 10000 + (d."NUM_DOM" - 1000) * 4 + p.n, make_date(d."ANNO_DOM" + p.later, p.month, 15), d."COD_ALUN", d."COD_RICH",
    d."ANNO_DOM", d."NUM_DOM", d."ANNO_DOM" + p.later || p.since, d."ANNO_DOM" + p.later || p.until, 46.10 + (d."NUM_DOM" % 20)
  FROM "SDI_DOMANDE" d CROSS JOIN (VALUES (0, 0, 12, '09', '10'), (1, 1, 2, '01', '01'), (2, 1, 4, '02', '03'), (3, 1, 7, '04', '06')) p (n, later, month, since, until)
  WHERE d."COD_ALUN" LIKE 'H%' AND make_date(d."ANNO_DOM" + p.later, p.month, 15) <= $1
    AND (d."ANNO_DOM" > 2023 OR p.n < 2)
  ON CONFLICT DO NOTHING`;

const isLoaded = `f."COD_ALUN" LIKE 'H%'`;

const rateOfLoaded = `
  INSERT INTO "SDI_FATT_RATE" ("ANNO_FATT", "NUM_FATT", "NUM_RATA", "IMPORTO", "PAGATO", "DATA_SCAD", "COD_IUV", "MOD_PAG")
  SELECT f."ANNO_FATT", f."NUM_FATT", 1, f."IMPORTO", CASE WHEN f."DATA_FATT" + 120 < $1 THEN f."IMPORTO" ELSE 0 END, f."DATA_FATT" + 30,
    RIGHT(n.base || LPAD(CAST(MOD(CAST(n.base AS numeric), 93) AS text), 2, '0'), 17), 'P'
  FROM "SDI_FATT" f CROSS JOIN LATERAL (SELECT '302' || LPAD(f."ANNO_FATT" || LPAD(CAST(f."NUM_FATT" AS text), 8, '0'), 13, '0') AS base) n
  WHERE ${isLoaded} ON CONFLICT DO NOTHING`;

const linesOfLoaded = `
  INSERT INTO "SDI_FATT_RIGHE" ("ANNO_FATT", "NUM_FATT", "NUM_RIGA", "DESCR", "QTA", "PREZZO", "IMPORTO")
  SELECT f."ANNO_FATT", f."NUM_FATT", 1, 'Pasti mensa scolastica', 1, f."IMPORTO", f."IMPORTO" FROM "SDI_FATT" f WHERE ${isLoaded} ON CONFLICT DO NOTHING`;

const attachmentsOfLoaded = `
  INSERT INTO "SDI_FATT_ALLEG" ("ANNO_FATT", "NUM_FATT", "PROGR", "TIPOLOGIA", "DESCR", "ID_FILE")
  SELECT f."ANNO_FATT", f."NUM_FATT", 1, 'Fatturazione', 'Fattura ' || f."ANNO_FATT" || '/' || f."NUM_FATT", $1::integer FROM "SDI_FATT" f WHERE ${isLoaded} ON CONFLICT DO NOTHING`;

const positionsOfLoaded = `
  INSERT INTO "PAG_POSIZ" ("ID_POS", "CF_ENTE", "COD_IUV", "COD_AVVISO", "COD_DEB", "CAUSALE", "IMPORTO", "DATA_SCAD", "STATO", "COD_ALUN", "ANNO_FATT", "NUM_FATT", "NUM_RATA")
  SELECT 1000000000 + (f."ANNO_FATT" - 2020) * 100000000 + f."NUM_FATT", e."CF_ENTE", t."COD_IUV", '3' || t."COD_IUV", a."COD_FISC",
    'Mensa scolastica fattura ' || f."ANNO_FATT" || '/' || f."NUM_FATT", t."IMPORTO", t."DATA_SCAD",
    CASE WHEN t."PAGATO" >= t."IMPORTO" THEN 'PA' ELSE 'AP' END, f."COD_ALUN", f."ANNO_FATT", f."NUM_FATT", 1
  FROM "SDI_FATT" f
  JOIN "SDI_FATT_RATE" t ON t."ANNO_FATT" = f."ANNO_FATT" AND t."NUM_FATT" = f."NUM_FATT"
  JOIN "AN_SOGG" a ON a."COD_SOGG" = f."COD_INTE" CROSS JOIN "TAB_ENTE" e
  WHERE ${isLoaded} ON CONFLICT DO NOTHING`;
