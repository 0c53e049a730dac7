import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../../../core/database.ts';
import { createId } from '../../../core/ids.ts';
import { parseCodiceFiscale } from '../../../core/values/index.ts';
import { claudia, luca, paolo } from '../../../demo/town/people.ts';
import { entities } from '../../../subgraphs/registry.ts';
import { createJobs } from '../../../subgraphs/shared/jobs/create-jobs.ts';
import { legacyTownCopy, ownTownCopy } from '../../support/databases.ts';
import { type Filed, fileSubmission, type NewSubmission } from '../../support/filed-practice.ts';
import { openPdf, structureOf, textOf } from '../../support/read-pdf.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';

let town: TestTown;
let database: DataSource;
let jobs: Awaited<ReturnType<typeof createJobs>>;
beforeAll(async () => {
  const ownUrl = await ownTownCopy();
  town = await openTestTown('in-process', { legacyUrl: await legacyTownCopy(), ownUrl, works: true });
  database = await openDatabase({ url: ownUrl, entities, migrations: [] });
  jobs = await createJobs(database);
}, 60_000);
afterAll(async () => {
  await jobs.close();
  await database.destroy();
  await town.close();
});

const childOf = (key: string | null): NonNullable<NewSubmission['child']> =>
  ({
    key,
    codiceFiscale: parseCodiceFiscale(luca.codiceFiscale),
    firstName: 'Luca',
    lastName: 'Bianchi',
    birthDate: luca.birthDate,
  }) as never;

const answers = { SCUOLA: 'Scuola primaria di Calvenzano', CLASSE: '5A', PAG_PAGOPA: 'true' };

async function decided(filed: Filed, person: { readonly codiceFiscale: string }) {
  const authorization = `Bearer ${await town.tokenOf(person.codiceFiscale)}`;
  const id = createId('Practice', 'O', filed.practiceId);
  const query = `{ practice(id: "${id}") { status child { id } protocollo { outcome } summary { downloadUrl } } me { children { codiceFiscale } } }`;
  for (;;) {
    const { data } = (await (await town.post({ query }, { authorization })).json()) as {
      data: {
        practice: {
          status: string;
          child: unknown;
          protocollo: { outcome: string } | null;
          summary: { downloadUrl: string };
        };
        me: { children: readonly { codiceFiscale: string }[] };
      };
    };
    if (['ACCEPTED', 'REJECTED'].includes(data.practice.status)) return data;
    await wait(100);
  }
}

/** Files of an entry as the office has them, by the ends of their names. */
async function filesOf({ reference }: Filed, end: string): Promise<Buffer> {
  const { rows } = await town.hypersic.standIn.store.pool.query(
    `SELECT b."DATI" FROM "PROT_ALLEG" a JOIN "DOC_FILE_BLOCCHI" b ON b."ID_FILE" = a."ID_FILE"
     WHERE a."NOME" LIKE $1 ORDER BY b."PROGR"`,
    [`${reference}%${end}`],
  );
  return Buffer.concat(rows.map(({ DATI }) => DATI));
}

const spoken = async (bytes: Uint8Array) => textOf(await structureOf(await openPdf(bytes)));

it('reaches the office marked as one for a child of another household, and tells its applicant nothing', async () => {
  const applicant = parseCodiceFiscale(paolo.codiceFiscale);
  const filed = await fileSubmission(
    database,
    { filedAt: new Date(), applicant, child: childOf(null), answers },
    jobs,
  );
  const { practice, me } = await decided(filed, paolo);
  expect((await filesOf(filed, 'istanza.xml')).toString()).toContain('<alunno anagrafe="ALTRO_NUCLEO">');
  expect(await spoken(await filesOf(filed, 'riepilogo.pdf'))).toContain('diverso da quello del richiedente');
  const own = await fetch(practice.summary.downloadUrl);
  const shown = await spoken(new Uint8Array(await own.arrayBuffer()));
  expect(shown).toContain('dati dichiarati dal richiedente');
  expect(shown).not.toMatch(/nucleo|residente|ufficio/i);
  expect([practice.status, practice.child, me.children]).toEqual(['REJECTED', null, []]);
}, 60_000);

it('marks a child of the household, and an unknown child, as such', async () => {
  const applicant = parseCodiceFiscale(claudia.codiceFiscale);
  // A provisional codice fiscale is shorter than its column.
  await town.hypersic.standIn.store.pool.query(
    `UPDATE "AN_SOGG" SET "COD_FISC" = '12345678903' WHERE "COD_SOGG" = 'A000000004'`,
  );
  const cases: readonly [NonNullable<NewSubmission['child']>, string][] = [
    [childOf('A000000003'), '<alunno codice="A000000003" anagrafe="NUCLEO_DEL_RICHIEDENTE">'],
    [
      { ...childOf(null), codiceFiscale: parseCodiceFiscale('NVENOE22C10A794X') },
      '<alunno anagrafe="SCONOSCIUTO">',
    ],
    [
      { ...childOf(null), codiceFiscale: parseCodiceFiscale('123 4567 8903') },
      '<alunno anagrafe="NUCLEO_DEL_RICHIEDENTE">',
    ],
  ];
  for (const [child, expected] of cases) {
    const filed = await fileSubmission(
      database,
      { filedAt: new Date(), applicant, child, answers, procedureCode: 'RESID' },
      jobs,
    );
    await decided(filed, claudia);
    expect((await filesOf(filed, 'istanza.xml')).toString()).toContain(expected);
    expect(await spoken(await filesOf(filed, 'riepilogo.pdf'))).not.toContain('ufficio');
  }
}, 60_000);
