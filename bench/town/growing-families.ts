import pg from 'pg';

/** Families and children of each size: enough of them that callers differ. */
export const familiesOfEach = 40;
export const familySizes = [1, 5, 20] as const;
export const invoiceCounts = [10, 100, 1_000] as const;

/** Which loaded children a family of each size is made of: slices that do not meet. */
const firstOf = { 1: 0, 5: 1_000, 20: 3_000 } as const;
/** The children that get more invoices. */
const moreFrom = { 100: 6_000, 1000: 7_000 } as const;
const key = (column: string) => `'H' || LPAD(CAST(${column} AS text), 9, '0')`;

/** Gives some mothers of a loaded town 1, 5 or 20 children, and some children 100 or 1,000 invoices. */
export async function growFamilies(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const size of familySizes) await gatherFamilies(client, firstOf[size], size);
    for (const [count, first] of Object.entries(moreFrom))
      await addInvoices(client, first, Number(count) - 10);
  } finally {
    await client.end();
  }
}

/** The mothers that measure a family size, by codice fiscale. */
export function callersBySize(client: pg.Client, size: (typeof familySizes)[number]) {
  return mothersOf(client, firstOf[size], size);
}

/** The mothers whose eldest loaded child has so many invoices. */
export function callersByInvoices(client: pg.Client, count: (typeof invoiceCounts)[number]) {
  return count === 10 ? mothersOf(client, firstOf[1], 1) : mothersOf(client, moreFrom[count], 20);
}

async function mothersOf(client: pg.Client, first: number, step: number): Promise<readonly string[]> {
  const { rows } = await client.query<{ code: string }>(
    `SELECT g."COD_FISC" AS code FROM generate_series(0, ${familiesOfEach - 1}) f
     JOIN LATERAL (SELECT "COD_RICH" FROM "SDI_DOMANDE" WHERE "COD_ALUN" = ${key(`${first} + f * ${step}`)} LIMIT 1) d ON true
     JOIN "AN_SOGG" g ON g."COD_SOGG" = d."COD_RICH"`,
  );
  return rows.map(({ code }) => code.trim());
}

/** Each slice of so many children becomes one family: that of its first child. */
async function gatherFamilies(client: pg.Client, first: number, size: number): Promise<void> {
  const moved = `
    SELECT ${key(`${first} + f * ${size} + n`)} AS child, m."COD_SOGG" AS mother, m."COD_FISC" AS code, m."COD_FAM" AS family
    FROM generate_series(0, ${familiesOfEach - 1}) f, generate_series(0, ${size - 1}) n,
      LATERAL (SELECT g.* FROM "AN_SOGG" h JOIN "AN_SOGG" g ON g."COD_FAM" = h."COD_FAM" AND g."COD_PAR" = 'IS'
               WHERE h."COD_SOGG" = ${key(`${first} + f * ${size}`)}) m`;
  await client.query(`CREATE TEMP TABLE moved ON COMMIT PRESERVE ROWS AS ${moved}`);
  // Brothers and sisters outside the slice leave, so that the family has the size it is measured for.
  await client.query(
    `UPDATE "AN_SOGG" a SET "COD_FAM" = '' FROM (SELECT DISTINCT family FROM moved) m
     WHERE a."COD_FAM" = m.family AND a."COD_PAR" = 'FG' AND a."COD_SOGG" NOT IN (SELECT child FROM moved)`,
  );
  const updates = [
    `UPDATE "SDI_DOMANDE" d SET "COD_RICH" = 'A000000009' FROM (SELECT DISTINCT mother FROM moved) m
     WHERE d."COD_RICH" = m.mother AND d."COD_ALUN" NOT IN (SELECT child FROM moved)`,
    `UPDATE "AN_SOGG" a SET "COD_FAM" = m.family FROM moved m WHERE a."COD_SOGG" = m.child`,
    `UPDATE "SDI_DOMANDE" d SET "COD_RICH" = m.mother FROM moved m WHERE d."COD_ALUN" = m.child`,
    `UPDATE "SDI_FATT" f SET "COD_INTE" = m.mother FROM moved m WHERE f."COD_ALUN" = m.child`,
    `UPDATE "PAG_POSIZ" p SET "COD_DEB" = m.code FROM moved m WHERE p."COD_ALUN" = m.child`,
  ];
  for (const update of updates) await client.query(update);
  await client.query('DROP TABLE moved');
}

async function addInvoices(client: pg.Client, first: number, more: number): Promise<void> {
  const place = `1000000 + f * 2000 + n + ${more > 500 ? 500_000 : 0}`;
  const invoices = `FROM generate_series(0, ${familiesOfEach - 1}) f, generate_series(1, ${more}) n`;
  await client.query(
    `INSERT INTO "SDI_FATT" ("ANNO_FATT", "NUM_FATT", "DATA_FATT", "COD_ALUN", "COD_INTE", "ANNO_DOM", "NUM_DOM", "PER_DA", "PER_A", "IMPORTO")
     SELECT 2024, ${place}, DATE '2021-01-01' + n, d."COD_ALUN", d."COD_RICH", d."ANNO_DOM", d."NUM_DOM", '202401', '202402', 92.20
     FROM generate_series(0, ${familiesOfEach - 1}) f
     JOIN LATERAL (SELECT * FROM "SDI_DOMANDE" WHERE "COD_ALUN" = ${key(`${first} + f * 20`)} ORDER BY "ANNO_DOM" DESC LIMIT 1) d ON true,
     generate_series(1, ${more}) n`,
  );
  const parts = [
    `"SDI_FATT_RATE" ("ANNO_FATT", "NUM_FATT", "NUM_RATA", "IMPORTO", "DATA_SCAD") SELECT 2024, ${place}, 1, 92.20, DATE '2021-02-01' + n`,
    `"SDI_FATT_RIGHE" ("ANNO_FATT", "NUM_FATT", "NUM_RIGA", "DESCR", "QTA", "PREZZO", "IMPORTO") SELECT 2024, ${place}, 1, 'Pasti mensa scolastica', 20, 4.61, 92.20`,
    `"SDI_FATT_ALLEG" ("ANNO_FATT", "NUM_FATT", "PROGR", "TIPOLOGIA", "DESCR", "ID_FILE") SELECT 2024, ${place}, 1, 'Fatturazione', 'Fattura', 2000000000`,
  ];
  for (const part of parts) await client.query(`INSERT INTO ${part} ${invoices}`);
}
