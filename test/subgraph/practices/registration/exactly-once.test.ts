import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { silentLog } from '../../../../core/log.ts';
import { parseCodiceFiscale } from '../../../../core/values/index.ts';
import type { Legacy } from '../../../../legacy/ports/legacy.ts';
import {
  PracticeEntity,
  PracticeEventEntity,
} from '../../../../subgraphs/practices/records/practice.entity.ts';
import { RegisterDoubleEntity } from '../../../../subgraphs/practices/records/registration.entity.ts';
import {
  SubmissionEntity,
  SubmissionFileEntity,
} from '../../../../subgraphs/practices/records/submission.entity.ts';
import { registerSubmission } from '../../../../subgraphs/practices/registration/register-submission.job.ts';
import type { Services } from '../../../../subgraphs/shared/request-context.ts';
import { testFileKeys } from '../../../support/file-keys.ts';
import { type Filed, fileSubmission } from '../../../support/filed-practice.ts';
import {
  type Chance,
  Crash,
  createFragileRegister,
  fakeClock,
  fragileDatabase,
} from '../../../support/fragile-register.ts';
import { addTemplate, type OwnDatabase, openOwnDatabase } from '../../../support/own-database.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const settleMs = 10_000;
const signal = new AbortController().signal;
// `npm run soak` takes more of them.
const towns = Number(process.env.REGISTRATION_RUNS ?? 15);
const firstSeed = Number(process.env.REGISTRATION_SEED ?? 1);

let own: OwnDatabase;
beforeAll(async () => {
  own = await openOwnDatabase();
  await addTemplate(own);
});
afterAll(() => own.database.destroy());

/** Three submissions of one applicant whom the protocol register does not know, worked on until all are registered. */
async function registerAll(seed: number): Promise<number> {
  const random = seededRandom(seed);
  const clock = fakeClock('2026-10-15T07:00:00Z');
  const chance: Chance = { random, ofFault: 0.16, count: 0 };
  const protocolRegister = createFragileRegister(clock, settleMs, chance, seed * 1_000);
  const applicant = parseCodiceFiscale('RSSCLD84C52A794Q');
  const filed: Filed[] = [];
  for (let index = 0; index < 3; index++) {
    const attachments = Array.from({ length: Math.floor(random() * 4) }, (_, at) => ({
      code: `ALLEGATO${at}`,
      bytes: Buffer.alloc(10, at),
    }));
    // One in forty is rendered too.
    const hasSummary = random() > 0.025;
    filed.push(
      await fileSubmission(own.database, { filedAt: clock.now(), applicant, attachments, hasSummary }),
    );
  }
  const runOnce = async (id: string) => {
    const life = { isOver: false };
    const services = {
      legacy: {
        protocolRegister: protocolRegister.of(life),
        anagrafe: { municipality: async () => null, childRegistration: async () => 'OTHER_HOUSEHOLD' },
      } as unknown as Legacy,
      database: fragileDatabase(own.database, life, chance),
      fileKeys: testFileKeys,
      jobs: { add: (manager: EntityManager) => manager.query('SELECT 1') },
      clock,
      log: silentLog,
    } as unknown as Services;
    try {
      return await registerSubmission.run(services, id, signal);
    } catch (error) {
      if (!(error instanceof Crash) && !life.isOver) throw error;
      // Somebody takes it up again at once, or long after.
      return new Date(clock.now().getTime() + random() ** 3 * 3 * settleMs);
    }
  };
  const due = new Map(filed.map(({ id }) => [id, clock.now()] as const));
  for (let runs = 0; due.size > 0; runs++) {
    if (runs > 2_000) throw new Error(`Seed ${seed} does not come to an end.`);
    const [[id, at] = ['', clock.now()]] = [...due].sort(([, a], [, b]) => a.getTime() - b.getTime());
    clock.advance(at.getTime() - clock.now().getTime());
    // Now and then two workers have the same submission, or all that are left, whether it is their time or not.
    const ids = random() < 0.2 ? [...due.keys()] : [id];
    const workers = random() < 0.15 ? [...ids, id] : ids;
    const answers = await Promise.all(workers.map(async (one) => [one, await runOnce(one)] as const));
    for (const one of new Set(workers)) {
      const next = answers.filter(([of]) => of === one).map(([, when]) => when);
      if (next.includes(null)) due.delete(one);
      else due.set(one, next.reduce(earlier) ?? clock.now());
    }
  }
  clock.advance(settleMs);
  protocolRegister.settle();
  await expectOnce(seed, filed, protocolRegister);
  return chance.count;
}

const earlier = (a: Date | null, b: Date | null) => (a === null || b === null ? null : a < b ? a : b);

async function expectOnce(
  seed: number,
  filed: readonly Filed[],
  { senders, entries }: ReturnType<typeof createFragileRegister>,
): Promise<void> {
  expect([seed, senders.length, entries.length]).toEqual([seed, 1, filed.length]);
  const { manager } = own.database;
  for (const { id, practiceId, reference } of filed) {
    const held = entries.filter(({ subject }) => subject.endsWith(`- Rif. ${reference}`));
    const files = await manager.findBy(SubmissionFileEntity, { submissionId: id });
    expect([seed, held.map(({ attachments }) => [...attachments].sort())]).toEqual([
      seed,
      [files.map(({ registerName }) => registerName).sort()],
    ]);
    const submission = await manager.findOneByOrFail(SubmissionEntity, { id });
    expect(submission).toMatchObject({ entryKey: String(held[0]?.key), failures: 0, nextAttemptAt: null });
    expect(submission.completedAt).not.toBeNull();
    expect(await manager.findOneByOrFail(PracticeEntity, { id: practiceId })).toMatchObject({
      status: 'REGISTERED',
    });
    expect(await manager.countBy(PracticeEventEntity, { practiceId, status: 'REGISTERED' })).toBe(1);
    expect(await manager.countBy(RegisterDoubleEntity, { submissionId: id })).toBe(0);
  }
}

describe('a submission', () => {
  it(
    'is registered exactly once, whatever crashes and whatever the protocol register does',
    async () => {
      let points = 0;
      const seeds = Array.from({ length: towns }, (_, index) => firstSeed + index);
      const lane = async () => {
        for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift())
          points += await registerAll(seed);
      };
      await Promise.all([lane(), lane(), lane()]);
      console.info(`${points} crashes and faults, ${towns * 3} submissions`);
      expect(points).toBeGreaterThan((1_000 * towns) / 60);
    },
    120_000 + towns * 5_000,
  );
});
