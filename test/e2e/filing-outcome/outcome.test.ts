import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../../../core/database.ts';
import { createId } from '../../../core/ids.ts';
import { parseCodiceFiscale } from '../../../core/values/index.ts';
import type { FaultKind } from '../../../demo/hypersic/faults.ts';
import { entities } from '../../../subgraphs/registry.ts';
import { createJobs } from '../../../subgraphs/shared/jobs/create-jobs.ts';
import { legacyTownCopy, ownTownCopy } from '../../support/databases.ts';
import { type Filed, fileSubmission, type NewSubmission } from '../../support/filed-practice.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';

let town: TestTown;
let database: DataSource;
let jobs: Awaited<ReturnType<typeof createJobs>>;
let token: string;
beforeAll(async () => {
  const ownUrl = await ownTownCopy();
  town = await openTestTown('in-process', { legacyUrl: await legacyTownCopy(), ownUrl, works: true });
  database = await openDatabase({ url: ownUrl, entities, migrations: [] });
  jobs = await createJobs(database);
  token = await town.tokenOf('RSSCLD84C52A794Q');
}, 60_000);
afterAll(async () => {
  await jobs.close();
  await database.destroy();
  await town.close();
});

const file = (given: Partial<NewSubmission>): Promise<Filed> =>
  fileSubmission(database, { filedAt: new Date(), ...given }, jobs);
const idOf = ({ practiceId }: Filed) => createId('Practice', 'O', practiceId);

async function ask(query: string): Promise<Record<string, never>> {
  const response = await town.post({ query }, { authorization: `Bearer ${token}` });
  const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

interface Shown {
  readonly status: string;
  readonly protocollo: {
    readonly number: number;
    readonly year: number;
    readonly outcome: string | null;
    readonly status: string;
  } | null;
  readonly nextRegistrationAttemptAt: string | null;
}

async function practiceOf(filed: Filed, more = ''): Promise<Shown & Record<string, never>> {
  const { practice } = await ask(
    `{ practice(id: "${idOf(filed)}") { status nextRegistrationAttemptAt protocollo { id number year outcome status } ${more} } }`,
  );
  const { status, protocollo } = practice as unknown as Shown;
  // At every moment of its way.
  expect(protocollo?.status ?? status).toBe(status);
  return practice as unknown as Shown & Record<string, never>;
}

/** Waits until a practice is something; the time limit of the test ends it. */
async function until(filed: Filed, status: string, more = '') {
  for (;;) {
    const practice = await practiceOf(filed, more);
    if (practice.status === status) return practice;
    await wait(100);
  }
}

async function sofiasEnrolments() {
  const { me } = await ask(
    `{ me { ... on Citizen { children { firstName residence { street town } enrolments(schoolYear: "2026/2027") { classroom status diet paymentMethod school { name } practice { id status } } } } } }`,
  );
  const { children } = me as unknown as {
    children: { firstName: string; enrolments: Record<string, unknown>[] }[];
  };
  return children.find(({ firstName }) => firstName === 'Sofia')?.enrolments ?? [];
}

const enrolment = { SCUOLA: "Scuola dell'infanzia di Calvenzano", CLASSE: 'Api', PAG_PAGOPA: 'true' };
const certificate = { code: 'CERT_MEDICO', bytes: Buffer.from('%PDF-1.7 certificato') };

describe('what becomes of an application', () => {
  it('is registered, accepted, and has made the enrolment, under one id wherever it is met', async () => {
    const filed = await file({
      answers: enrolment,
      attachments: [{ code: 'ALTRO', bytes: Buffer.from('%PDF-') }],
    });
    const practice = await until(filed, 'ACCEPTED', 'history { status note } channel summary { fileName }');
    expect(practice.protocollo).toMatchObject({ outcome: 'Domanda accolta.', number: expect.any(Number) });
    const { number, year } = practice.protocollo ?? { number: 0, year: 0 };
    expect(practice).toMatchObject({
      channel: 'ONLINE',
      summary: { fileName: expect.stringMatching(/\.pdf$/) },
      history: [
        { status: 'SUBMITTED' },
        { status: 'REGISTERED', note: `Registrata con protocollo n. ${number}/${year}.` },
        { status: 'ACCEPTED', note: 'Domanda accolta.' },
      ],
    });
    const made = (await sofiasEnrolments()).filter(({ classroom }) => classroom === 'Api');
    expect(made).toContainEqual(
      expect.objectContaining({ status: 'ACTIVE', practice: { id: idOf(filed), status: 'ACCEPTED' } }),
    );
    const { me } = await ask(
      `{ me { ... on Citizen { practices(first: 100) { totalCount edges { node { id title } } } protocolli(year: ${year}, number: ${number}) { edges { node { status outcome practice { id } } } } } } }`,
    );
    const { practices, protocolli } = me as unknown as {
      practices: { edges: { node: { id: string } }[] };
      protocolli: { edges: unknown[] };
    };
    expect(practices.edges.filter(({ node }) => node.id === idOf(filed)).length).toBe(1);
    const key = await database.query('SELECT entry_key FROM practice_submission WHERE id = $1', [filed.id]);
    const asTheirs = createId('Practice', 'L', key[0].entry_key);
    expect(practices.edges.filter(({ node }) => node.id === asTheirs)).toEqual([]);
    expect(protocolli.edges).toEqual([
      { node: { status: 'ACCEPTED', outcome: 'Domanda accolta.', practice: { id: idOf(filed) } } },
    ]);
    // The legacy system's id finds it too.
    expect(await ask(`{ practice(id: "${asTheirs}") { id } }`)).toEqual({ practice: { id: idOf(filed) } });
  }, 60_000);

  it('waits for what the office asks, which goes to the same entry', async () => {
    const answers = { ...enrolment, CLASSE: 'Farfalle', DIETA: 'true', DIETA_QUALE: 'Priva di glutine' };
    const filed = await file({ answers });
    const fields =
      'integrationRequest { message dueOn attachments { code label mediaTypes maxBytes required } }';
    const asked = await until(filed, 'INTEGRATION_REQUESTED', fields);
    expect(asked.integrationRequest).toMatchObject({
      message: 'Per la dieta speciale occorre il certificato del medico curante.',
      dueOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      attachments: [{ code: 'CERT_MEDICO', required: true, maxBytes: 5_242_880 }],
    });
    await file({ kind: 'INTEGRATION', practiceId: filed.practiceId, attachments: [certificate] });
    const accepted = await until(filed, 'ACCEPTED', 'integrationRequest { message } history { status }');
    expect(accepted.protocollo).toMatchObject({ number: asked.protocollo?.number });
    expect(accepted.integrationRequest).toBeNull();
    expect((accepted.history as unknown as { status: string }[]).map(({ status }) => status)).toEqual([
      'SUBMITTED',
      'REGISTERED',
      'INTEGRATION_REQUESTED',
      'REGISTERED',
      'ACCEPTED',
    ]);
    expect(await sofiasEnrolments()).toContainEqual(
      expect.objectContaining({ classroom: 'Farfalle', diet: 'Priva di glutine' }),
    );
  }, 60_000);

  it('changes diet, payment method and address, and issues the certificate', async () => {
    const enrolled = await file({ answers: { ...enrolment, CLASSE: 'Coccinelle' } });
    await until(enrolled, 'ACCEPTED');
    const diet = { DIETA_QUALE: 'Priva di uova', DIETA_DAL: '2026-11-01' };
    const changes = [
      await file({ procedureCode: 'DIETA', answers: diet, attachments: [certificate] }),
      await file({
        procedureCode: 'MODPAG',
        answers: { PAG_SDD: 'true', IBAN: 'IT60X0542811101000000123456' },
      }),
      await file({
        procedureCode: 'RESID',
        answers: { NUOVO_IND: 'Via Milano', NUOVO_CIVICO: '7', NUOVO_CAP: '24040', NUOVO_COMUNE: 'Misano' },
      }),
    ];
    const asked = await file({ procedureCode: 'CERT', answers: { ANNO: '2025' } });
    for (const change of changes) await until(change, 'ACCEPTED');
    expect(await sofiasEnrolments()).toContainEqual(
      expect.objectContaining({ classroom: 'Coccinelle', diet: 'Priva di uova', paymentMethod: 'SDD' }),
    );
    const { me } = await ask(
      '{ me { ... on Citizen { children { firstName residence { street town } } } } }',
    );
    expect(me).toMatchObject({
      children: expect.arrayContaining([
        { firstName: 'Sofia', residence: { street: 'Via Milano', town: 'Misano' } },
      ]),
    });
    const issued = await until(
      asked,
      'ACCEPTED',
      'outcomeDocuments { title document { downloadUrl fileName } }',
    );
    const [certified] = issued.outcomeDocuments as unknown as {
      title: string;
      document: { downloadUrl: string };
    }[];
    expect(certified?.title).toBe('Certificazione spese mensa scolastica 2025');
    const pdf = await fetch(certified?.document.downloadUrl ?? '');
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-');
  }, 60_000);

  it('is rejected with the office’s reason', async () => {
    const filed = await file({ answers: { ...enrolment, SCUOLA: 'Scuola di Hogwarts' } });
    const { protocollo } = await until(filed, 'REJECTED');
    expect(protocollo?.outcome).toMatch(/^Domanda respinta: la scuola/);
  }, 60_000);

  it('adds a child that was unknown to the applicant’s children, once it is accepted', async () => {
    const child = {
      key: null,
      codiceFiscale: parseCodiceFiscale('NVENOE22C10A794X'),
      firstName: 'Noè',
      lastName: 'Neve',
      birthDate: '2022-03-10',
    } as NonNullable<NewSubmission['child']>;
    const names = async () => {
      const { me } = await ask('{ me { ... on Citizen { children { firstName } } } }');
      return (me as unknown as { children: { firstName: string }[] }).children.map(
        ({ firstName }) => firstName,
      );
    };
    expect(await names()).not.toContain('Noè');
    const filed = await file({ child, answers: enrolment });
    await until(filed, 'ACCEPTED');
    expect(await names()).toContain('Noè');
    const { child: shown } = await practiceOf(filed, 'child { firstName }');
    expect(shown).toEqual({ firstName: 'Noè' });
  }, 60_000);

  it('stays withdrawn although an outcome follows, and the withdrawal cites the first entry', async () => {
    town.hypersic.backOffice.decideMs = 3_600_000;
    const filed = await file({ answers: enrolment });
    const { protocollo } = await until(filed, 'REGISTERED');
    const withdrawal = await file({
      kind: 'WITHDRAWAL',
      practiceId: filed.practiceId,
      reason: 'Cambio scuola',
    });
    await until(filed, 'WITHDRAWN');
    const { rows } = await town.hypersic.standIn.store.pool.query(
      `SELECT "OGGETTO", "NUM_PREC", "ANNO_PREC" FROM "PROT_GEN" WHERE "OGGETTO" LIKE '%' || $1`,
      [withdrawal.reference],
    );
    expect(rows).toMatchObject([
      {
        NUM_PREC: protocollo?.number,
        ANNO_PREC: protocollo?.year,
        OGGETTO: expect.stringMatching(/^Ritiro: /),
      },
    ]);
    // The office had decided already: its outcome is shown beside.
    await town.hypersic.standIn.store.pool.query(
      `UPDATE "PROT_GEN" SET "STATO" = 'AC', "ESITO" = 'Domanda accolta.' WHERE "OGGETTO" LIKE '%' || $1`,
      [filed.reference],
    );
    for (;;) {
      const practice = await practiceOf(filed, 'history { status }');
      const statuses = (practice.history as unknown as { status: string }[]).map(({ status }) => status);
      if (statuses.includes('ACCEPTED')) {
        expect(practice.status).toBe('WITHDRAWN');
        expect(practice.protocollo?.outcome).toBe('Domanda accolta.');
        break;
      }
      await wait(100);
    }
    town.hypersic.backOffice.decideMs = 0;
  }, 60_000);

  it('is delayed and not lost while the protocol register is down, and says when it is tried again', async () => {
    town.hypersic.standIn.faults.isDown = true;
    const filed = await file({ answers: enrolment });
    for (;;) {
      const { status, nextRegistrationAttemptAt } = await practiceOf(filed);
      expect(status).toBe('SUBMITTED');
      if (nextRegistrationAttemptAt !== null) {
        expect(Date.parse(nextRegistrationAttemptAt)).toBeGreaterThan(Date.now() - 1_000);
        break;
      }
      await wait(50);
    }
    town.hypersic.standIn.faults.isDown = false;
    const accepted = await until(filed, 'ACCEPTED');
    expect(accepted.nextRegistrationAttemptAt).toBeNull();
  }, 60_000);

  it('reaches the same outcome when the protocol register fails in any way but a refusal', async () => {
    // Chance would plan a refusal one day, which waits for the office. The model of registration meets faults at
    // random.
    const { faults } = town.hypersic.standIn;
    faults.delayMs = 300;
    for (const [operation, ...kinds] of faultsByOperation)
      faults.planned.push(...kinds.map((kind) => ({ operation, kind })));
    const filed = await Promise.all(
      [1, 2, 3].map(() => file({ answers: enrolment, attachments: [certificate] })),
    );
    for (const one of filed) await until(one, 'ACCEPTED');
    expect(faults.planned).toEqual([]);
    for (const { reference } of filed) {
      const { rows } = await town.hypersic.standIn.store.pool.query(
        `SELECT ARRAY(SELECT "NOME" FROM "PROT_ALLEG" a WHERE a."COD_PROT" = g."COD_PROT" ORDER BY 1) AS names
         FROM "PROT_GEN" g WHERE "OGGETTO" LIKE '%' || $1`,
        [reference],
      );
      expect(rows).toEqual([
        {
          names: ['01-riepilogo.pdf', '02-cert_medico.pdf', '03-istanza.xml'].map(
            (name) => `${reference}-${name}`,
          ),
        },
      ]);
    }
  }, 60_000);
});

const faultsByOperation: readonly (readonly [string, ...FaultKind[]])[] = [
  ['GetCorrispondente', 'reset-before', 'in-band', 'slow'],
  ['InsertProtocolloGenerale', 'reset-after', 'fault-after', 'reset-late'],
  ['GetProtocolloGenerale', 'fault', 'reset-before'],
  ['InsertAllegatoProtocolloGenerale', 'reset-after', 'fault', 'slow', 'reset-late', 'reset-before'],
];
