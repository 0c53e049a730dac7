import pg from 'pg';
import type { Clock } from '../../core/clock.ts';
import type { CalendarDate } from '../../core/values/index.ts';
import {
  applicationsOfLoaded,
  attachmentsOfLoaded,
  invoicesOfLoaded,
  linesOfLoaded,
  loadedPeriodsAt,
  loadedYearsAt,
  positionsOfLoaded,
  rateOfLoaded,
  receiptsOfLoaded,
} from './loaded-billing.ts';
import { familiesOf, familyRows } from './loaded-people.ts';
import { insertFile, insertRows } from './rows.ts';
import { townPdf } from './town-pdf.ts';

/**
 * Adds children until the town has that many, with two parents each, one of whom filed every application; returns
 * the number of new ones.
 *
 * Each person and row follows from its number, so a repetition adds none. Shape: 1 to 500,000 children.
 */
export async function loadChildren(url: string, children: number, clock: Clock): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('seed'))`);
    const { rows } = await client.query<{ known: number }>(
      `SELECT COUNT(*)::int AS known FROM "AN_SOGG" WHERE "COD_SOGG" LIKE 'H%'`,
    );
    const known = rows[0]?.known ?? 0;
    await addPeople(client, known, children);
    await addSchoolLife(client, clock.today());
    await client.query('COMMIT');
    await client.query('ANALYZE');
    return Math.max(children - known, 0);
  } finally {
    await client.end();
  }
}

const batchOfFamilies = 2_000;
const attachmentFile = 2_000_000_000;

/** The last known family may be incomplete, so it is written again: existing rows stay. */
async function addPeople(client: pg.Client, known: number, children: number): Promise<void> {
  const end = familiesOf(children);
  for (let start = Math.max(familiesOf(known) - 1, 0); start < end; start += batchOfFamilies) {
    const families = Array.from({ length: Math.min(batchOfFamilies, end - start) }, (_, i) => start + i);
    await insertRows(
      client,
      'AN_SOGG',
      families.flatMap((family) => familyRows(family, children)),
    );
  }
  // The planner needs statistics of the new rows for the join that finds each child's applicant.
  await client.query('ANALYZE "AN_SOGG"');
}

async function addSchoolLife(client: pg.Client, today: CalendarDate): Promise<void> {
  await addSharedFile(client);
  const periods = loadedPeriodsAt(today);
  await client.query(applicationsOfLoaded, [today, loadedYearsAt(today)]);
  await client.query(invoicesOfLoaded, [
    periods.map(({ schoolYear }) => schoolYear),
    periods.map(({ place }) => place),
    periods.map(({ issuedOn }) => issuedOn),
    periods.map(({ from }) => from),
    periods.map(({ to }) => to),
  ]);
  await client.query(linesOfLoaded);
  await client.query(rateOfLoaded, [today]);
  await client.query(attachmentsOfLoaded, [attachmentFile]);
  await client.query(positionsOfLoaded);
  await client.query(receiptsOfLoaded);
}

async function addSharedFile(client: pg.Client): Promise<void> {
  const title = 'Fattura mensa scolastica';
  const bytes = await townPdf(title, '2020-09-01', [{ kind: 'heading', level: 1, text: title }]);
  await insertFile(client, {
    id: attachmentFile,
    name: 'fattura.pdf',
    mediaType: 'application/pdf',
    bytes,
    storedAt: '2020-09-01 10:00:00',
  });
}
