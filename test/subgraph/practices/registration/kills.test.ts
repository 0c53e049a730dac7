import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { systemClock } from '../../../../core/clock.ts';
import { openDatabase } from '../../../../core/database.ts';
import { projectFile } from '../../../../core/project-root.ts';
import { PracticeEntity } from '../../../../subgraphs/practices/records/practice.entity.ts';
import { SubmissionFileEntity } from '../../../../subgraphs/practices/records/submission.entity.ts';
import { entities } from '../../../../subgraphs/registry.ts';
import { type Filed, fileSubmission } from '../../../support/filed-practice.ts';
import { copyOfMigrated } from '../../../support/migrated-database.ts';
import { addTemplate } from '../../../support/own-database.ts';
import { openRegisterTown, type RegisterTown } from '../../../support/register-town.ts';
import { typescript } from '../../../support/typescript.ts';

const kills = Number(process.env.REGISTRATION_KILLS ?? 4);

let town: RegisterTown;
let database: DataSource;
let ownUrl: string;
beforeAll(async () => {
  town = await openRegisterTown({ timeoutMs: 400, settleMs: 800, clock: systemClock });
  ownUrl = await copyOfMigrated();
  database = await openDatabase({ url: ownUrl, entities, migrations: [] });
  await addTemplate({ database, sent: () => [] });
});
afterAll(async () => {
  await database.destroy();
  await town.close();
});

/** A process that is ready to work and waits for a word. */
async function startProcess(): Promise<ChildProcess> {
  const child = fork(projectFile('test', 'support', 'registering-process.ts'), {
    execArgv: [...typescript],
  });
  child.send({ ownUrl, legacy: { ...town.config, observe: undefined } });
  await once(child, 'message');
  return child;
}

it(
  'registers exactly once what processes leave that are killed on any line',
  async () => {
    const filed: Filed[] = [];
    const file = async () => {
      const attachments = [1, 2].map((at) => ({ code: `ALLEGATO${at}`, bytes: Buffer.alloc(70_000, at) }));
      const hasSummary = filed.length > 0;
      filed.push(await fileSubmission(database, { filedAt: new Date(), attachments, hasSummary }));
    };
    // Calls that take a while are there to be killed in; those that are cut have their effect later, or never.
    town.standIn.faults.percent = 25;
    town.standIn.faults.delayMs = 150;
    let next = startProcess();
    let interrupted = 0;
    for (let kill = 0; kill < kills; kill++) {
      await file();
      const child = await next;
      next = startProcess();
      child.send('go');
      await Promise.race([wait(20 + Math.random() * 250), once(child, 'exit')]);
      if (child.exitCode === null) interrupted++;
      child.kill('SIGKILL');
    }
    expect(interrupted).toBeGreaterThan(kills / 2);
    town.standIn.faults.percent = 0;
    const last = await next;
    last.send('go');
    expect(await once(last, 'exit')).toEqual([0, null]);

    const entries = await town.query<{ OGGETTO: string; FILES: string[] }>(
      `SELECT "OGGETTO", ARRAY(SELECT "NOME" FROM "PROT_ALLEG" a WHERE a."COD_PROT" = g."COD_PROT" ORDER BY 1) AS "FILES"
     FROM "PROT_GEN" g WHERE "COD_PROT" > 10000000`,
    );
    expect(entries.length).toBe(filed.length);
    for (const { id, practiceId, reference } of filed) {
      const files = await database.getRepository(SubmissionFileEntity).findBy({ submissionId: id });
      const held = entries.filter(({ OGGETTO }) => OGGETTO.endsWith(reference)).map(({ FILES }) => FILES);
      expect(held).toEqual([files.map(({ registerName }) => registerName).sort()]);
      expect(await database.getRepository(PracticeEntity).findOneBy({ id: practiceId })).toMatchObject({
        status: 'REGISTERED',
      });
    }
  },
  60_000 + kills * 15_000,
);
