import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DataSource, In } from 'typeorm';
import { openDatabase } from '../../../../core/database.ts';
import { AppError } from '../../../../core/errors.ts';
import { createLog } from '../../../../core/log.ts';
import { parseCodiceFiscale } from '../../../../core/values/index.ts';
import { openLegacy } from '../../../../legacy/open-legacy.ts';
import type { Legacy } from '../../../../legacy/ports/legacy.ts';
import { PracticeEntity } from '../../../../subgraphs/practices/records/practice.entity.ts';
import {
  FollowEntity,
  IntegrationRequestEntity,
  RegisterDoubleEntity,
} from '../../../../subgraphs/practices/records/registration.entity.ts';
import { SubmissionEntity } from '../../../../subgraphs/practices/records/submission.entity.ts';
import { findDoubles } from '../../../../subgraphs/practices/registration/find-doubles.action.ts';
import { followPractices } from '../../../../subgraphs/practices/registration/follow-practices.job.ts';
import { registerSubmission } from '../../../../subgraphs/practices/registration/register-submission.job.ts';
import { lock } from '../../../../subgraphs/practices/registration/with-advisory-lock.ts';
import { entities } from '../../../../subgraphs/registry.ts';
import { createJobs } from '../../../../subgraphs/shared/jobs/create-jobs.ts';
import type { Services } from '../../../../subgraphs/shared/request-context.ts';
import { testFileKeys } from '../../../support/file-keys.ts';
import { type Filed, fileSubmission } from '../../../support/filed-practice.ts';
import { type FakeClock, fakeClock } from '../../../support/fragile-register.ts';
import { copyOfMigrated } from '../../../support/migrated-database.ts';
import { addTemplate } from '../../../support/own-database.ts';
import { openRegisterTown, type RegisterTown } from '../../../support/register-town.ts';

const signal = new AbortController().signal;
let town: RegisterTown;
let database: DataSource;
let legacy: Legacy;
let jobs: Awaited<ReturnType<typeof createJobs>>;
let clock: FakeClock;
let services: Services;
let lines: { readonly level: string; readonly event: string }[] = [];

beforeAll(async () => {
  clock = fakeClock('2026-10-15T07:00:00Z');
  town = await openRegisterTown({ clock });
  const url = await copyOfMigrated();
  database = await openDatabase({ url, entities, migrations: [] });
  await addTemplate({ database, sent: () => [] });
  jobs = await createJobs(database);
  legacy = openLegacy(town.config);
  const log = createLog((line) => void lines.push(JSON.parse(line)));
  services = { database, legacy, jobs, clock, log, fileKeys: testFileKeys } as unknown as Services;
});
beforeEach(() => {
  lines = [];
});
afterAll(async () => {
  await jobs.close();
  await legacy.close();
  await database.destroy();
  await town.close();
});

async function registered(): Promise<Filed> {
  const filed = await fileSubmission(database, { filedAt: clock.now(), hasSummary: true });
  expect(await registerSubmission.run(services, filed.id, signal)).toBeNull();
  return filed;
}
const follow = async (ms = 2_000) => {
  clock.advance(ms);
  return followPractices.run(services, 'due', signal);
};
const statusOf = async ({ practiceId }: Filed) =>
  (await database.getRepository(PracticeEntity).findOneByOrFail({ id: practiceId })).status;
const entry = `(SELECT "COD_PROT" FROM "PROT_GEN" WHERE "OGGETTO" LIKE '%' || $1)`;
const decide = ({ reference }: Filed, status: string) =>
  town.query(`UPDATE "PROT_GEN" SET "STATO" = $2, "ESITO" = 'Parole' WHERE "COD_PROT" = ${entry}`, [
    reference,
    status,
  ]);

describe('following', () => {
  it('looks again in an hour when there is nothing to follow', async () => {
    expect((await follow())?.getTime()).toBe(clock.now().getTime() + 3_600_000);
  });

  it('asks for all that are due in one statement, and says when the next is', async () => {
    const filed = [await registered(), await registered(), await registered()];
    await decide(filed[1] as Filed, 'AC');
    town.statements.length = 0;
    const next = await follow();
    expect(town.statements).toEqual(['standings']);
    expect(next?.getTime()).toBe(clock.now().getTime() + 1_000);
    expect(await Promise.all(filed.map(statusOf))).toEqual(['REGISTERED', 'ACCEPTED', 'REGISTERED']);
    town.statements.length = 0;
    await followPractices.run(services, 'due', signal);
    expect(town.statements).toEqual([]);
  });

  it('lets no practice that cannot be read hold up the others, and tells the operator', async () => {
    const filed = [await registered(), await registered(), await registered()];
    for (const one of filed) await decide(one, 'RI');
    await town.query(
      `INSERT INTO "PRAT_ISTANZE" ("COD_PRAT", "COD_RICH", "OGGETTO", "CANALE", "STATO", "DATA_INS", "DATA_AGG", "COD_PROT")
       SELECT "COD_PROT", "COD_MITT", 'x', 'O', 'IN', now(), now(), "COD_PROT" FROM "PROT_GEN" WHERE "COD_PROT" = ${entry}`,
      [filed[1]?.reference],
    );
    await town.query(
      `INSERT INTO "PRAT_INTEGR" SELECT "COD_PROT", 1, 'infinity', 'x' FROM "PROT_GEN" WHERE "COD_PROT" = ${entry}`,
      [filed[1]?.reference],
    );
    await follow();
    expect(await Promise.all(filed.map(statusOf))).toEqual(['REJECTED', 'REGISTERED', 'REJECTED']);
    expect(lines).toMatchObject([{ level: 'error', event: 'practices.follow.unreadable' }]);
    const { practiceId } = filed[1] as Filed;
    const { nextAt } = await database.getRepository(FollowEntity).findOneByOrFail({ practiceId });
    expect(nextAt.getTime()).toBe(clock.now().getTime() + 15 * 60_000);
  });

  it('waits 30 seconds for a legacy system that is down', async () => {
    const filed = await registered();
    const entryProgress = () => Promise.reject(new AppError('LEGACY_UNAVAILABLE', 'down'));
    const down = { ...services, legacy: { ...legacy, practices: { ...legacy.practices, entryProgress } } };
    clock.advance(2_000);
    const next = await followPractices.run(down, 'due', signal);
    expect(next?.getTime()).toBe(clock.now().getTime() + 30_000);
    expect(lines).toMatchObject([{ level: 'warn', event: 'practices.follow.failed' }]);
    await decide(filed, 'AC');
    await follow();
    expect(await statusOf(filed)).toBe('ACCEPTED');
  });

  it('keeps what the office asks for, with our media types and size where it names none', async () => {
    const filed = await registered();
    const practice = `SELECT "COD_PROT", "COD_MITT" FROM "PROT_GEN" WHERE "COD_PROT" = ${entry}`;
    await town.query(
      `INSERT INTO "PRAT_ISTANZE" ("COD_PRAT", "COD_RICH", "OGGETTO", "CANALE", "STATO", "DATA_INS", "DATA_AGG", "COD_PROT")
       SELECT "COD_PROT", "COD_MITT", 'x', 'O', 'IN', now(), now(), "COD_PROT" FROM (${practice}) AS p`,
      [filed.reference],
    );
    await town.query(
      `INSERT INTO "PRAT_INTEGR" SELECT "COD_PROT", 3, '2026-10-16 09:00', 'Serve altro.', '2026-10-30' FROM (${practice}) AS p`,
      [filed.reference],
    );
    await town.query(
      `INSERT INTO "PRAT_INTEGR_ALL"
       SELECT "COD_PROT", 3, code, code, obbligo, types, bytes FROM (${practice}) AS p,
         (VALUES ('A', -1, '', 0), ('B', 0, 'image/png', 1000)) AS f (code, obbligo, types, bytes)`,
      [filed.reference],
    );
    await decide(filed, 'IN');
    await follow();
    const { practiceId } = filed;
    const kept = await database.getRepository(IntegrationRequestEntity).findBy({ practiceId });
    const usual = { mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 5_242_880 };
    expect(kept).toMatchObject([
      {
        sequence: 3,
        requestedAt: new Date('2026-10-16T07:00:00Z'),
        message: 'Serve altro.',
        dueOn: '2026-10-30',
        answeredAt: null,
        attachments: [
          { code: 'A', label: 'A', required: true, ...usual },
          { code: 'B', label: 'B', required: false, mediaTypes: ['image/png'], maxBytes: 1_000 },
        ],
      },
    ]);
    await follow();
    expect(await database.getRepository(IntegrationRequestEntity).countBy({ practiceId })).toBe(1);
  });

  it('finds an entry that was made twice, links it, and reports it once', async () => {
    const filed = await registered();
    await town.query(
      `INSERT INTO "PROT_GEN" ("COD_PROT", "ANNO", "NUMERO", "DATA_REG", "TIPOLOGIA", "OGGETTO", "COD_MITT", "STATO")
       SELECT 99000000, "ANNO", 9900, "DATA_REG", "TIPOLOGIA", "OGGETTO", "COD_MITT", "STATO" FROM "PROT_GEN"
       WHERE "COD_PROT" = ${entry}`,
      [filed.reference],
    );
    await follow();
    await follow();
    expect(lines).toMatchObject([
      { level: 'error', event: 'register.double', submission: filed.id, number: 9_900, year: 2026 },
    ]);
    const found = await findDoubles(services, new Date('2026-10-01'));
    expect(found).toMatchObject([
      { reference: filed.reference, double: { number: 9_900, year: 2026, fileName: null } },
    ]);
    expect(lines.length).toBe(1);
  });
});

describe('registering', () => {
  it('answers the requests of the office that are open, and no others, with an integration', async () => {
    const [asked, other] = [await registered(), await registered()];
    const before = new Date('2026-10-01T08:00:00Z');
    const request = { requestedAt: before, message: 'Serve il certificato.', dueOn: null, attachments: [] };
    await database.getRepository(IntegrationRequestEntity).insert([
      { ...request, practiceId: asked.practiceId, sequence: 1, answeredAt: before },
      { ...request, practiceId: asked.practiceId, sequence: 2, answeredAt: null },
      { ...request, practiceId: other.practiceId, sequence: 1, answeredAt: null },
    ]);
    const { practiceId } = asked;
    const { id } = await fileSubmission(database, { kind: 'INTEGRATION', practiceId, filedAt: clock.now() });
    expect(await registerSubmission.run(services, id, signal)).toBeNull();
    const answered = await database
      .getRepository(IntegrationRequestEntity)
      .find({ where: { practiceId: In([practiceId, other.practiceId]) }, order: { sequence: 'ASC' } });
    expect(answered.filter((one) => one.practiceId === practiceId).map((one) => one.answeredAt)).toEqual([
      before,
      clock.now(),
    ]);
    expect(answered.filter((one) => one.practiceId !== practiceId).map((one) => one.answeredAt)).toEqual([
      null,
    ]);
  });

  it('lets an integration wait ten seconds longer than the filing before it', async () => {
    const { id, practiceId } = await fileSubmission(database, { filedAt: clock.now(), hasSummary: true });
    const integration = await fileSubmission(database, {
      kind: 'INTEGRATION',
      practiceId,
      filedAt: clock.now(),
      hasSummary: true,
    });
    const wait = async () => {
      const next = await registerSubmission.run(services, integration.id, signal);
      return (next?.getTime() ?? 0) - clock.now().getTime();
    };
    expect(await wait()).toBe(10_000);
    const nextAttemptAt = new Date(clock.now().getTime() + 60_000);
    await database.getRepository(SubmissionEntity).update({ id }, { nextAttemptAt });
    expect(await wait()).toBe(70_000);
    await database.getRepository(SubmissionEntity).update({ id }, { nextAttemptAt: new Date(0) });
    expect(await wait()).toBe(10_000);
  });

  it('takes the first of two entries that an earlier attempt left, and reports the second', async () => {
    const other = await registered();
    const filed = await fileSubmission(database, { filedAt: clock.now(), hasSummary: true });
    await town.query(
      `INSERT INTO "PROT_GEN" ("COD_PROT", "ANNO", "NUMERO", "DATA_REG", "TIPOLOGIA", "OGGETTO", "COD_MITT", "STATO")
       SELECT 99100001 + n, "ANNO", 8901 + n, "DATA_REG", "TIPOLOGIA", 'x - Rif. ' || $2, "COD_MITT", "STATO"
       FROM "PROT_GEN", generate_series(0, 1) AS n WHERE "COD_PROT" = ${entry}`,
      [other.reference, filed.reference],
    );
    await database
      .getRepository(SubmissionEntity)
      .update({ id: filed.id }, { entryAttemptedAt: new Date(clock.now().getTime() - 3_600_000) });
    expect(await registerSubmission.run(services, filed.id, signal)).toBeNull();
    expect(lines).toMatchObject([{ event: 'register.double', submission: filed.id, number: 8_902 }]);
    expect(await database.getRepository(SubmissionEntity).findOneByOrFail({ id: filed.id })).toMatchObject({
      entryNumber: 8_901,
    });
    expect(await database.getRepository(RegisterDoubleEntity).countBy({ submissionId: filed.id })).toBe(1);
  });

  it('uses a sender whom the office adds between the look and the lock, and adds none', async () => {
    const applicant = parseCodiceFiscale('VRDLGU50A01F205N');
    const filed = await fileSubmission(database, { filedAt: clock.now(), applicant, hasSummary: true });
    let looks = 0;
    const findSenders: typeof legacy.protocolRegister.findSenders = async (code) => {
      const found = await legacy.protocolRegister.findSenders(code);
      if (looks++ === 0)
        await town.query(
          `INSERT INTO "AN_SOGG" ("COD_SOGG", "TIPO_SOGG", "COD_FISC") VALUES ('Z000000002', 'F', $1)`,
          [applicant],
        );
      return found;
    };
    const watched = {
      ...services,
      legacy: { ...legacy, protocolRegister: { ...legacy.protocolRegister, findSenders } },
    };
    expect(await registerSubmission.run(watched, filed.id, signal)).toBeNull();
    expect(looks).toBe(2);
    expect(await town.query('SELECT "COD_SOGG" FROM "AN_SOGG" WHERE "COD_FISC" = $1', [applicant])).toEqual([
      { COD_SOGG: 'Z000000002' },
    ]);
    expect(
      await town.query('SELECT "COD_MITT" FROM "PROT_GEN" WHERE "OGGETTO" LIKE \'%\' || $1', [
        filed.reference,
      ]),
    ).toEqual([{ COD_MITT: 'Z000000002' }]);
  });

  it('waits a second while another submission adds the same sender', async () => {
    const applicant = parseCodiceFiscale('BNCLGU80A01F205D');
    const filed = await fileSubmission(database, { filedAt: clock.now(), applicant, hasSummary: true });
    const other = database.createQueryRunner();
    await lock(other.manager, `sender ${applicant}`);
    const next = await registerSubmission.run(services, filed.id, signal);
    expect(next?.getTime()).toBe(clock.now().getTime() + 1_000);
    await other.query('SELECT pg_advisory_unlock_all()');
    await other.release();
    expect(await registerSubmission.run(services, filed.id, signal)).toBeNull();
  });

  it('reports a refusal to the operator and tries again slowly, without losing anything', async () => {
    const applicant = parseCodiceFiscale('FRRGLI88S43F205Z');
    await town.query(
      `INSERT INTO "AN_SOGG" ("COD_SOGG", "TIPO_SOGG", "COD_FISC") VALUES ('Z000000001', 'F', $1)`,
      [applicant],
    );
    const filed = await fileSubmission(database, { filedAt: clock.now(), applicant, hasSummary: true });
    const next = await registerSubmission.run(services, filed.id, signal);
    expect(next?.getTime()).toBe(clock.now().getTime() + 5 * 60_000);
    expect(lines).toMatchObject([
      { level: 'error', event: 'register.refused', reference: filed.reference, failures: 1 },
    ]);
    expect(await statusOf(filed)).toBe('SUBMITTED');
    await town.query(`DELETE FROM "AN_SOGG" WHERE "COD_SOGG" = 'Z000000001'`);
    clock.advance(5 * 60_000);
    expect(await registerSubmission.run(services, filed.id, signal)).toBeNull();
    expect(await statusOf(filed)).toBe('REGISTERED');
  });

  it('costs an hour of the protocol register’s absence minutes, and nothing else', async () => {
    const filed = await fileSubmission(database, { filedAt: clock.now(), hasSummary: true });
    town.standIn.faults.isDown = true;
    const began = clock.now().getTime();
    let tries = 0;
    for (; clock.now().getTime() < began + 3_600_000; tries++) {
      const next = await registerSubmission.run(services, filed.id, signal);
      clock.advance((next?.getTime() ?? 0) - clock.now().getTime());
    }
    town.standIn.faults.isDown = false;
    expect(tries).toBeLessThan(25);
    expect(clock.now().getTime() - began).toBeLessThan(3_600_000 + 5 * 60_000);
    // Too many failures in a row closed the way for a moment.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await registerSubmission.run(services, filed.id, signal)).toBeNull();
    expect(await statusOf(filed)).toBe('REGISTERED');
  });
});
