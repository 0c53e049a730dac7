import type pg from 'pg';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { romeDateOf } from '../../core/values/index.ts';
import { insertRows } from '../town/rows.ts';
import { type Decision, decide, type KnownFacts } from './decide.ts';
import { type Case, dueIn15Days, paidIn, takeEffect, yearOf } from './effects.ts';
import { type Application, readApplication } from './read-application.ts';
import type { RegisterStore } from './register-store.ts';

export interface BackOffice {
  /** How long a complete application waits. */
  decideMs: number;
  /** Processes all complete applications; returns their number. */
  work(): Promise<number>;
  close(): Promise<void>;
}

interface Unread {
  readonly entry: number;
  readonly position: number;
  readonly file: number;
}

const roundMs = 250;

/**
 * The town's office: reads filed applications from `istanza.xml`, as an operator reads them on paper, and decides.
 * An incomplete application waits.
 */
export function openBackOffice(
  store: RegisterStore,
  {
    decideMs: firstDecideMs,
    clock,
    log,
  }: { readonly decideMs: number; readonly clock: Clock; readonly log: Log },
): BackOffice {
  let round: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const work = async () => {
    const { rows } = await store.pool.query<Unread>(
      `SELECT "COD_PROT" AS entry, "PROGR" AS position, "ID_FILE" AS file FROM "PROT_ALLEG"
       WHERE "LETTO" = 0 AND "NOME" LIKE '%istanza.xml' AND "DATA_INS" <= now() - $1 * interval '1 millisecond'
       ORDER BY "DATA_INS" LIMIT 50`,
      [office.decideMs],
    );
    let done = 0;
    for (const unread of rows) if (!isClosed && (await dealWith(unread))) done++;
    return done;
  };

  const dealWith = async (unread: Unread): Promise<boolean> => {
    try {
      return await store.writing((client) => readAndDecide(client, unread, clock, store.now()));
    } catch (error) {
      log.error('demo.back-office.failed', { entry: unread.entry, error });
      await markRead(store.pool, unread);
      return false;
    }
  };

  const timer = setInterval(() => {
    round = round.then(work).catch((error: unknown) => {
      if (!isClosed) log.warn('demo.back-office.failed', { error });
    });
  }, roundMs);
  timer.unref();
  const office: BackOffice = {
    decideMs: firstDecideMs,
    work: () => {
      const mine = round.then(work);
      round = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await round;
    },
  };
  return office;
}

/** Whether it was processed: missing files of its list are waited for. */
async function readAndDecide(
  client: pg.ClientBase,
  unread: Unread,
  clock: Clock,
  now: string,
): Promise<boolean> {
  const application = readApplication(await fileText(client, unread.file));
  const { rows: names } = await client.query<{ name: string }>(
    'SELECT "NOME" AS name FROM "PROT_ALLEG" WHERE "COD_PROT" = $1',
    [unread.entry],
  );
  const there = new Set(names.map(({ name }) => name));
  if (application.attachments.some(({ name }) => !there.has(name))) return false;
  await markRead(client, unread);
  if (application.kind === 'RITIRO') {
    await noteWithdrawal(client, unread.entry, application, now);
    return true;
  }
  const filed = application.kind === 'ISTANZA' ? application : await firstApplication(client, unread.entry);
  const opened = await takeUp(client, unread.entry, filed, romeDateOf(clock.now()), now);
  await conclude(opened, decide(filed, await factsOf(opened)));
  return true;
}

/** The office's record of an application, created when the office first opens it. */
async function takeUp(
  client: pg.ClientBase,
  entryKey: number,
  application: Application,
  today: Case['today'],
  now: string,
): Promise<Case> {
  const { rows: entries } = await client.query(
    'SELECT "COD_MITT", "DATA_REG"::text FROM "PROT_GEN" WHERE "COD_PROT" = $1',
    [entryKey],
  );
  const applicant = String(entries[0].COD_MITT).trim();
  const { rows: children } = await client.query(
    'SELECT "COD_SOGG" FROM "AN_SOGG" WHERE "COD_FISC" = $1 ORDER BY "COD_SOGG" LIMIT 1',
    [application.child?.codiceFiscale ?? '?'],
  );
  const child = String(children[0]?.COD_SOGG ?? '').trim();
  const isNew = await client.query('SELECT 1 FROM "PRAT_ISTANZE" WHERE "COD_PRAT" = $1', [entryKey]);
  if (isNew.rowCount === 0) {
    await insertRows(client, 'PRAT_ISTANZE', [
      {
        COD_PRAT: entryKey,
        COD_RICH: applicant,
        COD_ALUN: child,
        COD_PROC: application.procedure.slice(0, 8),
        OGGETTO: application.title.slice(0, 200),
        CANALE: 'O',
        STATO: 'RE',
        DATA_INS: entries[0].DATA_REG,
        DATA_AGG: now,
        COD_PROT: entryKey,
      },
    ]);
    await addEvent(client, entryKey, 'RE', 'Protocollata', entries[0].DATA_REG);
  }
  return { client, application, entryKey, applicant, child, today, now };
}

async function factsOf(opened: Case): Promise<KnownFacts> {
  const { client, application, applicant, child, entryKey } = opened;
  const { rows: schools } = await client.query<{ name: string }>('SELECT "DESCR" AS name FROM "SDI_SCUOLE"');
  const enrolled = await client.query(
    `SELECT 1 FROM "SDI_DOMANDE" WHERE "COD_ALUN" = $1 AND "COD_RICH" = $2 AND "ANNO_SCOL" = $3 AND "STATO" = 'A'`,
    [child, applicant, yearOf(opened)],
  );
  return {
    attachmentCodes: await attachmentCodes(client, entryKey),
    schools: schools.map(({ name }) => name),
    isEnrolled: (enrolled.rowCount ?? 0) > 0,
    paidCents:
      application.procedure === 'CERT'
        ? await paidIn(client, child, applicant, application.answers.ANNO ?? '')
        : 0,
  };
}

async function conclude(opened: Case, decision: Decision): Promise<void> {
  const { client, entryKey, now, today } = opened;
  const child = decision.kind === 'accept' ? await takeEffect(opened) : opened.child;
  const status = { accept: 'AC', reject: 'RI', ask: 'IN' }[decision.kind];
  if (decision.kind === 'ask') await ask(client, entryKey, decision, today, now);
  await client.query(
    'UPDATE "PRAT_ISTANZE" SET "STATO" = $2, "DATA_AGG" = $3, "COD_ALUN" = $4 WHERE "COD_PRAT" = $1',
    [entryKey, status, now, child],
  );
  const outcome = decision.kind === 'ask' ? '' : decision.words;
  await client.query('UPDATE "PROT_GEN" SET "STATO" = $2, "ESITO" = $3 WHERE "COD_PROT" = $1', [
    entryKey,
    status,
    outcome,
  ]);
  await addEvent(client, entryKey, status, decision.words, now);
}

async function ask(
  client: pg.ClientBase,
  practice: number,
  { words, attachment }: Extract<Decision, { kind: 'ask' }>,
  today: Case['today'],
  now: string,
): Promise<void> {
  const { rows } = await client.query<{ next: number }>(
    'SELECT 1 + COALESCE(MAX("PROGR"), 0) AS next FROM "PRAT_INTEGR" WHERE "COD_PRAT" = $1',
    [practice],
  );
  const key = { COD_PRAT: practice, PROGR: rows[0]?.next ?? 1 };
  await insertRows(client, 'PRAT_INTEGR', [
    { ...key, DATA_RICH: now, TESTO: words, DATA_SCAD: dueIn15Days(today) },
  ]);
  await insertRows(client, 'PRAT_INTEGR_ALL', [
    {
      ...key,
      COD_ALLEG: attachment.code,
      DESCR: attachment.label,
      OBBLIGO: -1,
      TIPI_MIME: 'application/pdf;image/jpeg;image/png',
      MAX_BYTE: 5 * 1024 * 1024,
    },
  ]);
}

/** A withdrawal is an entry of its own that refers to the first; a decided practice stays decided. */
async function noteWithdrawal(
  client: pg.ClientBase,
  entryKey: number,
  application: Application,
  now: string,
): Promise<void> {
  const { rows } = await client.query<{ key: number; status: string }>(
    `SELECT f."COD_PROT" AS key, TRIM(f."STATO") AS status FROM "PROT_GEN" g
     JOIN "PROT_GEN" f ON f."ANNO" = g."ANNO_PREC" AND f."NUMERO" = g."NUM_PREC" WHERE g."COD_PROT" = $1`,
    [entryKey],
  );
  const first = rows[0];
  const isOpen = first !== undefined && (first.status === 'RE' || first.status === 'IN');
  if (isOpen) {
    const words = application.reason === null ? 'Ritirata.' : `Ritirata: ${application.reason}`.slice(0, 400);
    await client.query(`UPDATE "PROT_GEN" SET "STATO" = 'RT' WHERE "COD_PROT" = $1`, [first.key]);
    const { rowCount } = await client.query(
      `UPDATE "PRAT_ISTANZE" SET "STATO" = 'RT', "DATA_AGG" = $2 WHERE "COD_PRAT" = $1`,
      [first.key, now],
    );
    if (rowCount) await addEvent(client, first.key, 'RT', words, now);
    // Requests that the office has not read are dropped.
    await client.query('UPDATE "PROT_ALLEG" SET "LETTO" = -1 WHERE "COD_PROT" = $1', [first.key]);
  }
  await client.query(`UPDATE "PROT_GEN" SET "STATO" = $2, "ESITO" = $3 WHERE "COD_PROT" = $1`, [
    entryKey,
    isOpen ? 'AC' : 'RI',
    isOpen ? 'Ritiro annotato.' : 'La domanda era già stata decisa.',
  ]);
}

async function addEvent(
  client: pg.ClientBase,
  practice: number,
  status: string,
  note: string,
  at: string,
): Promise<void> {
  await client.query(
    `INSERT INTO "PRAT_EVENTI" ("COD_PRAT", "PROGR", "DATA_ORA", "STATO", "NOTE")
     SELECT $1, 1 + COALESCE(MAX("PROGR"), 0), $2, $3, $4 FROM "PRAT_EVENTI" WHERE "COD_PRAT" = $1`,
    [practice, at, status, note.slice(0, 400)],
  );
}

/** All `istanza.xml` files of an entry, the application's own first. */
async function applicationsOf(client: pg.ClientBase, entryKey: number): Promise<readonly Application[]> {
  const { rows } = await client.query<{ file: number }>(
    `SELECT "ID_FILE" AS file FROM "PROT_ALLEG" WHERE "COD_PROT" = $1 AND "NOME" LIKE '%istanza.xml' ORDER BY "PROGR"`,
    [entryKey],
  );
  const applications: Application[] = [];
  for (const { file } of rows) applications.push(readApplication(await fileText(client, file)));
  return applications;
}

async function firstApplication(client: pg.ClientBase, entryKey: number): Promise<Application> {
  const first = (await applicationsOf(client, entryKey)).find(({ kind }) => kind === 'ISTANZA');
  if (first === undefined) throw new Error('An integration of nothing.');
  return first;
}

async function attachmentCodes(client: pg.ClientBase, entryKey: number): Promise<readonly string[]> {
  const applications = await applicationsOf(client, entryKey);
  return applications.flatMap(({ attachments }) => attachments.map(({ code }) => code));
}

async function fileText(client: pg.ClientBase, file: number): Promise<string> {
  const { rows } = await client.query<{ DATI: Buffer }>(
    'SELECT "DATI" FROM "DOC_FILE_BLOCCHI" WHERE "ID_FILE" = $1 ORDER BY "PROGR"',
    [file],
  );
  return Buffer.concat(rows.map(({ DATI }) => DATI)).toString('utf8');
}

async function markRead(client: Pick<pg.ClientBase, 'query'> | pg.Pool, { entry, position }: Unread) {
  await client.query('UPDATE "PROT_ALLEG" SET "LETTO" = -1 WHERE "COD_PROT" = $1 AND "PROGR" = $2', [
    entry,
    position,
  ]);
}
