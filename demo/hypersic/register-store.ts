import pg from 'pg';
import type { Clock } from '../../core/clock.ts';
import { instantToRomeLocal, toInstant } from '../../core/values/index.ts';
import { insertFile, insertRows } from '../town/rows.ts';

export interface Correspondent {
  readonly code: string;
  readonly name: string;
  readonly codiceFiscale: string;
  readonly address: string;
  readonly postalCode: string;
  readonly town: string;
  readonly email: string;
}

export interface Entry {
  readonly key: number;
  readonly year: number;
  readonly number: number;
  /** Local time. Shape: `2026-10-15 09:00:00`. */
  readonly registeredAt: string;
  readonly subject: string;
  readonly sender: string;
}

export interface EntrySearch {
  readonly key: number | null;
  readonly year: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly subject: string | null;
  readonly sender: string | null;
}

interface CorrespondentSearch {
  readonly code: string | null;
  readonly codiceFiscale: string | null;
}

interface NewCorrespondent {
  readonly codiceFiscale: string;
  readonly name: string;
  readonly email: string;
}

interface NewEntry {
  readonly kind: string;
  readonly subject: string;
  readonly sender: string;
  readonly previous: { readonly year: number; readonly number: number };
}

// Keys assigned by the service, in a range of their own beside those of the seeded town.
const firstEntryKey = 10_000_000;
const firstEntryNumber = 5_000;
const firstFileId = 1_000_000_000;

/** hyperSIC's own access to its database: the adapter's may only read. */
export function openRegisterStore(url: string, clock: Clock) {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  const now = () => instantToRomeLocal(toInstant(clock.now()));

  /** One write at a time, so that entry numbers have no gap. */
  const writing = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('register'))`);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };

  return {
    pool,
    writing,
    now,
    close: () => pool.end(),

    correspondents: (search: CorrespondentSearch) => findCorrespondents(pool, search),
    addCorrespondent: (person: NewCorrespondent) => writing((client) => insertCorrespondent(client, person)),
    entries: (search: EntrySearch) => findEntries(pool, search),
    attachments: (keys: readonly number[]) => findAttachments(pool, keys),
    addEntry: (entry: NewEntry) => writing((client) => insertEntry(client, entry, now())),
    /** A missing entry is ignored: the service does not report it either. */
    addAttachment: (entryKey: number, name: string, bytes: Buffer) =>
      writing((client) => insertAttachment(client, entryKey, { name, bytes, storedAt: now() })),
  };
}

export type RegisterStore = ReturnType<typeof openRegisterStore>;

async function findCorrespondents(
  pool: pg.Pool,
  { code, codiceFiscale }: CorrespondentSearch,
): Promise<readonly Correspondent[]> {
  const { rows } = await pool.query(
    `SELECT * FROM "AN_SOGG" WHERE ($1::text IS NULL OR "COD_SOGG" = $1) AND ($2::text IS NULL OR "COD_FISC" = $2)
     ORDER BY "COD_SOGG" LIMIT 100`,
    [code, codiceFiscale],
  );
  return rows.map((row) => ({
    code: row.COD_SOGG.trim(),
    name: row.RAG_SOC.trim() || `${row.COGNOME} ${row.NOME}`.trim(),
    codiceFiscale: row.COD_FISC.trim(),
    address: `${row.IND_VIA} ${row.IND_CIV}`.trim(),
    postalCode: row.IND_CAP.trim(),
    town: row.IND_COM,
    email: row.E_MAIL,
  }));
}

/** Returns the new code. */
async function insertCorrespondent(
  client: pg.ClientBase,
  { codiceFiscale, name, email }: NewCorrespondent,
): Promise<string> {
  const code = await nextSubjectCode(client);
  const isBody = /^\d{11}$/.test(codiceFiscale);
  const [lastName = '', ...firstNames] = name.split(' ');
  await insertRows(client, 'AN_SOGG', [
    {
      COD_SOGG: code,
      TIPO_SOGG: isBody ? 'G' : 'F',
      COD_FISC: codiceFiscale,
      PART_IVA: isBody ? codiceFiscale : '',
      COGNOME: isBody ? '' : lastName.slice(0, 50),
      NOME: isBody ? '' : firstNames.join(' ').slice(0, 50),
      RAG_SOC: isBody ? name : '',
      COM_NASC: '',
      COD_FAM: '',
      COD_PAR: '',
      IND_VIA: '',
      IND_CIV: '',
      IND_CAP: '',
      IND_COM: '',
      IND_PROV: '',
      E_MAIL: email,
      TELEF: '',
    },
  ]);
  return code;
}

async function findEntries(
  pool: pg.Pool,
  { key, year, from, to, subject, sender }: EntrySearch,
): Promise<readonly Entry[]> {
  const { rows } = await pool.query(
    `SELECT "COD_PROT", "ANNO", "NUMERO", "DATA_REG"::text, "OGGETTO", "COD_MITT" FROM "PROT_GEN"
     WHERE ($1::int IS NULL OR "COD_PROT" = $1) AND ($2::int IS NULL OR "ANNO" = $2)
       AND ($3::date IS NULL OR "DATA_REG" >= $3) AND ($4::date IS NULL OR "DATA_REG" < $4::date + 1)
       AND ($5::text IS NULL OR "OGGETTO" LIKE '%' || $5 || '%') AND ($6::text IS NULL OR "COD_MITT" = $6)
     ORDER BY "COD_PROT" LIMIT 500`,
    [key, year, from, to, subject, sender],
  );
  return rows.map(toEntry);
}

async function findAttachments(pool: pg.Pool, keys: readonly number[]) {
  const { rows } = await pool.query(
    `SELECT "COD_PROT" AS entry, "ID_FILE" AS file, "NOME" AS name FROM "PROT_ALLEG" WHERE "COD_PROT" = ANY($1)
     ORDER BY "COD_PROT", "PROGR"`,
    [keys],
  );
  return rows as readonly { readonly entry: number; readonly file: number; readonly name: string }[];
}

async function insertEntry(
  client: pg.ClientBase,
  { kind, subject, sender, previous }: NewEntry,
  at: string,
): Promise<Entry> {
  const { rows } = await client.query(
    `INSERT INTO "PROT_GEN" ("COD_PROT", "ANNO", "NUMERO", "DATA_REG", "TIPOLOGIA", "OGGETTO", "COD_MITT", "STATO",
       "ANNO_PREC", "NUM_PREC")
     SELECT 1 + GREATEST($1::int, (SELECT MAX("COD_PROT") FROM "PROT_GEN")), EXTRACT(YEAR FROM $2::timestamp)::int,
       1 + GREATEST($3::int, (SELECT MAX("NUMERO") FROM "PROT_GEN" WHERE "ANNO" = EXTRACT(YEAR FROM $2::timestamp))),
       $2, $4, $5, $6, 'RE', $7, $8
     RETURNING "COD_PROT", "ANNO", "NUMERO", "DATA_REG"::text, "OGGETTO", "COD_MITT"`,
    [firstEntryKey, at, firstEntryNumber, kind, subject, sender, previous.year, previous.number],
  );
  return toEntry(rows[0]);
}

async function insertAttachment(
  client: pg.ClientBase,
  entryKey: number,
  { name, bytes, storedAt }: { readonly name: string; readonly bytes: Buffer; readonly storedAt: string },
): Promise<void> {
  const found = await client.query('SELECT 1 FROM "PROT_GEN" WHERE "COD_PROT" = $1', [entryKey]);
  if (found.rowCount === 0) return;
  const id = await storeBytes(client, name, bytes, storedAt);
  await client.query(
    `INSERT INTO "PROT_ALLEG" ("COD_PROT", "PROGR", "NOME", "ID_FILE")
     SELECT $1, 1 + COALESCE(MAX("PROGR"), 0), $2, $3 FROM "PROT_ALLEG" WHERE "COD_PROT" = $1`,
    [entryKey, name, id],
  );
}

/** Adds a file to the document store; returns its id. */
export async function storeBytes(
  client: pg.ClientBase,
  name: string,
  bytes: Buffer,
  storedAt: string,
): Promise<number> {
  const { rows } = await client.query(
    `SELECT 1 + GREATEST($1::int, (SELECT MAX("ID_FILE") FROM "DOC_FILE" WHERE "ID_FILE" < 2000000000)) AS id`,
    [firstFileId],
  );
  const id = Number(rows[0].id);
  await insertFile(client, { id, name, mediaType: mediaTypeOf(name), bytes, storedAt });
  return id;
}

/** Keys of people added through the service start with C. */
export async function nextSubjectCode(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query(
    `SELECT COALESCE(MAX(SUBSTRING("COD_SOGG", 2)::int), 0) + 1 AS next FROM "AN_SOGG" WHERE "COD_SOGG" LIKE 'C%'`,
  );
  return `C${String(rows[0].next).padStart(9, '0')}`;
}

function toEntry(row: Record<string, string>): Entry {
  return {
    key: Number(row.COD_PROT),
    year: Number(row.ANNO),
    number: Number(row.NUMERO),
    registeredAt: String(row.DATA_REG).slice(0, 19),
    subject: String(row.OGGETTO),
    sender: String(row.COD_MITT).trim(),
  };
}

function mediaTypeOf(name: string): string {
  const known: Readonly<Record<string, string>> = {
    pdf: 'application/pdf',
    xml: 'application/xml',
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
  };
  return known[name.toLowerCase().split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}
