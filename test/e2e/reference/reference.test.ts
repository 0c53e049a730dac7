import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createClient } from '../../../clients/typescript/src/create-client.ts';
import {
  Children,
  CreateWebhookEndpoint,
  Debts,
  Invoices,
  SavePractice,
  SendTestWebhook,
  StartPayment,
  StartPractice,
  SubmitPractice,
  TemplateForm,
} from '../../../clients/typescript/src/operations.generated.ts';
import { isProblem, type SuccessOf } from '../../../clients/typescript/src/problems.ts';
import { uploadFile } from '../../../clients/typescript/src/upload-file.ts';
import { waitForNumber, waitForPayment } from '../../../clients/typescript/src/wait-for.ts';
import { verifyWebhook } from '../../../clients/typescript/src/webhooks.ts';
import { answersFile, readAnswers, readExamples } from '../../../commands/reference/read-examples.ts';
import { createId, parseId } from '../../../core/ids.ts';
import { iuvOf } from '../../../core/values/index.ts';
import { envelope } from '../../../demo/pagopa/node-client.ts';
import { sendReceiptRequest } from '../../../demo/pagopa/node-messages.ts';
import { claudia, creditorCode } from '../../../demo/town/people.ts';
import { legacyTownCopy, ownTownCopy } from '../../support/databases.ts';
import { freePort } from '../../support/free-port.ts';
import { noticeNumber, station } from '../../support/pagopa.ts';
import { callNode, payment } from '../../support/pagopa-node.ts';
import { openReceiver, type Receiver } from '../../support/webhook-receiver.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';
import { runExamples } from './run-examples.ts';
import { openIntegratorFolder } from './run-program.ts';

let town: TestTown;
let receiver: Receiver;
let legacyUrl: string;
let ownUrl: string;
beforeAll(async () => {
  [legacyUrl, ownUrl] = await Promise.all([legacyTownCopy(), ownTownCopy()]);
  receiver = await openReceiver();
  town = await openTestTown('in-process', { legacyUrl, ownUrl, works: true, keepsAudit: true });
}, 60_000);
afterAll(async () => {
  await town.close();
  await receiver.close();
});

describe("the reference's examples", () => {
  it('have the answers that docs/examples/answers.json holds; npm run docs:examples writes it anew', async () => {
    const outcomes = await runExamples(town, await readExamples(), receiver.url, legacyUrl);
    if (process.env.WRITE_EXAMPLES === 'true')
      await writeFile(answersFile, `${JSON.stringify(outcomes, null, 2)}\n`);
    expect(outcomes).toEqual(await readAnswers());
  }, 120_000);
});

function succeeded<Result extends { readonly __typename?: string }>(
  result: Result | null | undefined,
): SuccessOf<Result> {
  if (result == null || isProblem(result)) throw new Error(JSON.stringify(result));
  return result as SuccessOf<Result>;
}

const clientOf = async (token: Promise<string>) =>
  createClient({ url: town.graphqlUrl, token: await token, language: 'en' });

describe('the TypeScript client', () => {
  const everyMs = 50;

  it('files an application with a file, pays a debt, and receives both as verified events', async () => {
    const program = await clientOf(town.machineToken('webhooks:manage payment:events'));
    const parent = await clientOf(town.tokenOf(claudia.codiceFiscale));
    receiver.received.splice(0);
    const { secret, endpoint } = succeeded(
      (
        await program.mutate(CreateWebhookEndpoint, {
          input: { url: receiver.url, eventTypes: ['DEBT_SETTLED'] },
        })
      ).createWebhookEndpoint,
    );
    const ping = await program.mutate(SendTestWebhook, { input: { endpointId: endpoint.id } });
    expect(succeeded(ping.sendTestWebhook).status).toBe(204);

    const templateId = createId('PracticeTemplate', 'DIETA-2026');
    const { practiceTemplate } = await parent.query(TemplateForm, { id: templateId });
    const kinds = new Map(practiceTemplate?.form.fields.map(({ code, kind }) => [String(code), kind]));
    const { me } = await parent.query(Children, {});
    const luca = me?.children?.find(({ firstName }) => firstName === 'Luca')?.id ?? '';
    const { startPractice } = await parent.mutate(StartPractice, { input: { templateId, childId: luca } });
    const { practice } = succeeded(startPractice);
    const bytes = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
    const file = { attachmentCode: 'CERT_MEDICO', fileName: 'certificato.pdf', content: bytes };
    const upload = await uploadFile(parent, { practiceId: String(practice.id), ...file });
    if (isProblem(upload)) throw new Error(upload.message);
    const values = { TEXT: 'Priva di lattosio', DATE: '2026-12-01', CHECKBOX: 'true', NOTE: null };
    const answers = practice.problems
      .filter(({ path }) => path.startsWith('answers.'))
      .map(({ path }) => path.slice('answers.'.length))
      .map((code) => ({ code, value: values[kinds.get(code) ?? 'TEXT'] }));
    const given = {
      practiceId: practice.id,
      version: practice.version,
      answers,
      uploadIds: [upload.uploadId],
    };
    const { practice: whole } = succeeded((await parent.mutate(SavePractice, { input: given })).savePractice);
    expect(whole.problems).toEqual([]);
    const sent = { input: { practiceId: practice.id, version: whole.version } };
    succeeded((await parent.mutate(SubmitPractice, sent)).submitPractice);
    const registered = await waitForNumber(parent, String(practice.id), { everyMs });
    expect(registered?.protocollo?.number).toEqual(expect.any(Number));

    const { me: debtor } = await parent.query(Debts, { status: ['PAYABLE'] });
    const debt = debtor?.debts?.[0];
    const payment = { debtIds: [debt?.id ?? ''], returnUrl: 'http://localhost:5173/paid' };
    const { session } = succeeded((await parent.mutate(StartPayment, { input: payment })).startPayment);
    const form = new URLSearchParams({ action: 'pay' });
    await fetch(session.checkoutUrl ?? '', { method: 'POST', body: form, redirect: 'manual' });
    expect(await waitForPayment(parent, String(session.id), { everyMs })).toMatchObject({
      status: 'SETTLED',
      amount: debt?.amount,
    });
    const events = (await receiver.got(2)).map(({ body, headers }) => verifyWebhook(secret, body, headers));
    expect(events.map(({ type }) => type)).toEqual(['ping', 'debt.settled']);
    expect(events[1]?.data).toEqual({ creditor: '00300120169', iuv: debt?.iuv });
  }, 60_000);

  it('is what the programs of examples/ install and run', async () => {
    const folder = await openIntegratorFolder();
    try {
      const parent = await clientOf(town.tokenOf(claudia.codiceFiscale));
      const { me } = await parent.query(Children, {});
      let expected = '';
      for (const { id, firstName, lastName } of me?.children ?? []) {
        expected += `${firstName} ${lastName}\n`;
        const rows = parent.rows(Invoices, { childIds: [id], first: 50 }, (data) => data.me?.invoices);
        for await (const { year, number, outstanding } of rows)
          expected += `  ${year}/${number}: ${(outstanding / 100).toFixed(2)} EUR to pay\n`;
      }
      expect(expected).toMatch(/^Luca Bianchi\n {2}2026\/731: /);
      const TOKEN = await town.tokenOf(claudia.codiceFiscale);
      expect(await folder.run('children.mjs', { API: town.graphqlUrl, TOKEN })).toBe(expected);

      const program = await clientOf(town.machineToken('webhooks:manage payment:events'));
      const PORT = String(await freePort());
      const input = { url: `http://127.0.0.1:${PORT}/`, eventTypes: ['DEBT_SETTLED' as const] };
      const { secret, endpoint } = succeeded(
        (await program.mutate(CreateWebhookEndpoint, { input })).createWebhookEndpoint,
      );
      const running = await folder.start('receiver.mjs', { PORT, SECRET: secret });
      try {
        const printed = once(running.stdout as NonNullable<typeof running.stdout>, 'data');
        await program.mutate(SendTestWebhook, { input: { endpointId: endpoint.id } });
        const [text] = await printed;
        expect(String(text)).toMatch(new RegExp(`^ping \\{\\s+endpointId: '${endpoint.id}'\\s+\\}`));
      } finally {
        running.kill();
      }
    } finally {
      await folder.remove();
    }
  }, 60_000);
});

describe('debt.settled', () => {
  it('follows a receipt while ten thousand events wait for a dead endpoint', async () => {
    const program = await clientOf(town.machineToken('webhooks:manage payment:events'));
    const dead = await openDeadReceiver();
    const live = await openReceiver();
    try {
      const endpointAt = async (url: string) => {
        const input = { url, eventTypes: ['DEBT_SETTLED' as const] };
        const { createWebhookEndpoint } = await program.mutate(CreateWebhookEndpoint, { input });
        return String(succeeded(createWebhookEndpoint).endpoint.id);
      };
      await addWaiting(await endpointAt(dead.url), 10_000);
      await endpointAt(live.url);
      const tookMs: number[] = [];
      for (let n = 1; n <= samples; n++) {
        // Not in step with the worker, which looks twice a second.
        await wait(samples > 2 ? Math.random() * 1_000 : 0);
        const iuv = iuvOf(noticeNumber(700_000 + n));
        const sentAt = performance.now();
        expect((await callNode({ url: town.listenerUrl }, 'paSendRTV2', receiptOf(n))).outcome).toBe('OK');
        await live.got(n);
        tookMs.push(performance.now() - sentAt);
        expect(live.received.at(-1)?.event.data).toEqual({ creditor: creditorCode, iuv });
      }
      expect(live.received).toHaveLength(samples);
      if (samples > 2) report(tookMs);
    } finally {
      await Promise.all([dead.close(), live.close()]);
    }
  }, 600_000);
});

/** `npm run bench:webhooks` takes 60. */
const samples = Number(process.env.WEBHOOK_SAMPLES ?? 2);

function receiptOf(n: number): string {
  const numeroAvviso = noticeNumber(700_000 + n);
  const receiptId = `bench${String(n).padStart(27, '0')}`;
  return envelope(
    sendReceiptRequest(station, {
      ...payment,
      receiptId,
      noticeNumber: numeroAvviso,
      iuv: iuvOf(numeroAvviso),
    }),
  );
}

/** Takes connections and never answers, in the measurement; in the test there is nothing at its address. */
async function openDeadReceiver() {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  if (samples <= 2) await close();
  return { url: `http://127.0.0.1:${port}/`, close };
}

async function addWaiting(endpointId: string, count: number): Promise<void> {
  const own = new pg.Client(ownUrl);
  await own.connect();
  try {
    await own.query(
      `WITH event AS (INSERT INTO webhook_event (type, object, data)
         SELECT 'DEBT_SETTLED', 'old/' || n, '{}' FROM generate_series(1, $1::int) AS n RETURNING id, object)
       INSERT INTO webhook_delivery (endpoint_id, event_id, object) SELECT $2, id, object FROM event`,
      [count, parseId('WebhookEndpoint', endpointId)?.[0]],
    );
  } finally {
    await own.end();
  }
}

function report(tookMs: readonly number[]): void {
  const sorted = tookMs.toSorted((a, b) => a - b).map(Math.round);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  process.stdout.write(
    `receipt to debt.settled, ${sorted.length} samples: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms\n`,
  );
  expect(at(0.95)).toBeLessThan(2_000);
}
