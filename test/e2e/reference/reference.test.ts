import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answersFile, readAnswers, readExamples } from '../../../commands/reference/read-examples.ts';
import { legacyTownCopy, ownTownCopy } from '../../support/databases.ts';
import { openReceiver, type Receiver } from '../../support/webhook-receiver.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';
import { runExamples } from './run-examples.ts';

let town: TestTown;
let receiver: Receiver;
beforeAll(async () => {
  const [legacyUrl, ownUrl] = await Promise.all([legacyTownCopy(), ownTownCopy()]);
  receiver = await openReceiver();
  town = await openTestTown('in-process', { legacyUrl, ownUrl, works: true, keepsAudit: true });
}, 60_000);
afterAll(async () => {
  await town.close();
  await receiver.close();
});

describe("the reference's examples", () => {
  it('have the answers that docs/examples/answers.json holds; npm run docs:examples writes it anew', async () => {
    const outcomes = await runExamples(town, await readExamples(), receiver.url);
    if (process.env.WRITE_EXAMPLES === 'true')
      await writeFile(answersFile, `${JSON.stringify(outcomes, null, 2)}\n`);
    expect(outcomes).toEqual(await readAnswers());
  }, 120_000);
});
