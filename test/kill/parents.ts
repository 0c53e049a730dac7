import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../../clients/typescript/src/create-client.ts';
import { operation } from '../../clients/typescript/src/operation.ts';
import { retryingFetch } from '../../clients/typescript/src/retrying-fetch.ts';
import { askDatabase, type Rows } from '../support/ask-database.ts';

/** What parents were told is done: ids of practices, and of attempts to pay. */
export class Acknowledged {
  readonly started = new Set<string>();
  readonly submitted = new Set<string>();
  readonly sessions = new Set<string>();

  toString(): string {
    const { started, submitted, sessions } = this;
    return `${started.size} drafts, ${submitted.size} applications and ${sessions.size} payments acknowledged`;
  }
}

export interface Load {
  /** A token of the next parent; each is asked for once. */
  readonly nextToken: () => Promise<string>;
  /** Where the server answers at this moment. */
  readonly url: () => string;
  readonly acknowledged: Acknowledged;
  readonly isOver: () => boolean;
  /** Counts what was asked and what failed. */
  readonly tally?: Tally;
  /** Each parent files one application more, with a file, and reads the file back. */
  readonly withFiles?: boolean;
}

/**
 * A refusal with a code and a sentence: the legacy system or pagoPA did not answer in time, in a run whose counterparts share the
 * machine with everything else. It is no request that was lost on the way.
 */
const refusals = /PaymentUnavailable|"code":"(LEGACY_UNAVAILABLE|PAGOPA_UNAVAILABLE|TIMEOUT|OVERLOADED)"/;

/** How many requests were asked, and what the failed ones got; a repeated request counts again. */
export class Tally {
  asked = 0;
  readonly failed: string[] = [];
  /** Operations: requests of one that our client repeats by itself count once. */
  operations = 0;
  /** What our client handed to its caller as a failure, for all its repetitions. */
  readonly givenUp: string[] = [];

  /** What got no answer, or one that names no counterpart. */
  get lost(): readonly string[] {
    return this.failed.filter((failure) => !refusals.test(failure));
  }

  /** Of the operations. */
  get lostByClients(): readonly string[] {
    return this.givenUp.filter((failure) => !refusals.test(failure));
  }

  toString(): string {
    const { asked, failed, lost, operations, lostByClients } = this;
    const refused = failed.length - lost.length;
    return `${asked} requests, ${lost.length} lost (${percent(lost.length, asked)}), ${refused} refused as a counterpart was slow; ${operations} operations, ${lostByClients.length} failed in our client (${percent(lostByClients.length, operations)})`;
  }
}

export function percent(part: number, whole: number): string {
  return `${((part / Math.max(1, whole)) * 100).toFixed(3)} %`;
}

interface Parent extends Load {
  readonly token: string;
}

export type Ask = (sql: string) => Promise<Rows>;

export function asking(url: string): Ask {
  return (sql) => askDatabase(url, sql);
}

/** The n-th of the loaded parents who file for their children, counted from nought. */
export const loadedParent = (nth: number) =>
  `SELECT DISTINCT s."COD_SOGG", s."COD_FISC" AS code FROM "AN_SOGG" s JOIN "SDI_DOMANDE" d ON d."COD_RICH" = s."COD_SOGG"
   WHERE s."COD_SOGG" LIKE 'G%' ORDER BY 1 OFFSET ${nth} LIMIT 1`;

/** The loaded have paid everything, at GPD: what fell due in the last year is due again, and held by our station. */
export const dueAgain = `
  DELETE FROM "PAG_RICEV" r USING "PAG_POSIZ" p
    WHERE p."ID_POS" = r."ID_POS" AND p."ID_POS" >= 1000000000 AND p."DATA_SCAD" > CURRENT_DATE - 365;
  UPDATE "PAG_POSIZ" p SET "STATO" = 'AP', "DATA_SCAD" = CURRENT_DATE + 30, "COD_AVVISO" = n.notice, "COD_IUV" = SUBSTRING(n.notice, 2)
    FROM (SELECT f."ID_POS" AS id, f.first16 || LPAD(MOD(f.first16::numeric, 93)::text, 2, '0') AS notice
          FROM (SELECT "ID_POS", '301' || SUBSTRING("COD_AVVISO", 4, 13) AS first16 FROM "PAG_POSIZ") f) n
    WHERE n.id = p."ID_POS" AND p."ID_POS" >= 1000000000 AND p."DATA_SCAD" > CURRENT_DATE - 365`;

/** One parent after the other files for each child, and pays what is due, until it is over; several at once. */
export async function fileAndPay(load: Load, atOnce: number): Promise<void> {
  const lane = async () => {
    while (!load.isOver()) await visit({ ...load, token: await load.nextToken() });
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function visit(parent: Parent): Promise<void> {
  const { me, practiceCategories } = (await untilAnswered(
    parent,
    `{ me { children { id debts { id status } } } practiceCategories { procedures { templates { id title isOpen } } } }`,
  )) as unknown as Home;
  const templates = practiceCategories
    .flatMap(({ procedures }) => procedures)
    .flatMap((procedure) => procedure.templates);
  const template = templates.find(({ title, isOpen }) => isOpen && /certificazione/i.test(title));
  assert.ok(template, 'a form that parents can fill in');
  for (const { id, debts } of me.children) {
    await file(parent, template.id, id);
    const due = debts.find(({ status }) => status === 'PAYABLE');
    if (due !== undefined) await pay(parent, due.id);
    await sleep(50 + Math.random() * 300);
  }
  const diet = templates.find(({ title, isOpen }) => isOpen && /dieta/i.test(title));
  const [child] = me.children;
  if (parent.withFiles && diet !== undefined && child !== undefined)
    await fileWithFile(parent, diet.id, child.id);
}

interface Home {
  readonly me: {
    readonly children: readonly {
      readonly id: string;
      readonly debts: readonly { readonly id: string; readonly status: string }[];
    }[];
  };
  readonly practiceCategories: readonly {
    readonly procedures: readonly {
      readonly templates: readonly {
        readonly id: string;
        readonly title: string;
        readonly isOpen: boolean;
      }[];
    }[];
  }[];
}

async function file(parent: Parent, templateId: string, childId: string): Promise<void> {
  const draft = await start(parent, templateId, childId);
  await saveAndSubmit(parent, draft, [{ code: 'ANNO', value: '2025' }, consent]);
}

const consent = { code: 'PRIVACY', value: 'true' };

/** With a certificate: sent to one process, attached by another as it comes, and read back. */
async function fileWithFile(parent: Parent, templateId: string, childId: string): Promise<void> {
  const draft = await start(parent, templateId, childId);
  const bytes = certificate(draft.id);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const announced = {
    attachmentCode: 'CERT_MEDICO',
    fileName: 'certificato.pdf',
    mediaType: 'application/pdf',
  };
  // What is broken off is announced anew: an address works once.
  let uploadId = '';
  for (let tries = 0; uploadId === '' && tries < 40; tries++) {
    const { createUpload } = await untilAnswered(
      parent,
      `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on UploadTicket { uploadId uploadUrl } ... on Problem { code } } }`,
      { practiceId: draft.id, sizeBytes: bytes.length, sha256, ...announced },
    );
    const ticket = outcome(createUpload, 'UploadTicket') as { uploadId: string; uploadUrl: string };
    const sent = await attempt(parent, ticket.uploadUrl, { method: 'PUT', body: new Uint8Array(bytes) });
    if (sent !== null) uploadId = ticket.uploadId;
    else await sleep(250);
  }
  const answers = [
    { code: 'DIETA_QUALE', value: 'Priva di lattosio' },
    { code: 'DIETA_DAL', value: '2026-11-01' },
    consent,
  ];
  const { attachments } = await saveAndSubmit(parent, draft, answers, [uploadId]);
  const url = attachments[0]?.document?.downloadUrl ?? '';
  let back: ArrayBuffer | null = null;
  for (let tries = 0; back === null && tries < 40; tries++) {
    back = await attempt(parent, url, {});
    if (back === null) await sleep(250);
  }
  assert.ok(back !== null && bytes.equals(new Uint8Array(back)), 'a file is not what was sent');
}

/** A PDF of its own for each application, of 40 kB. */
function certificate(id: string): Buffer {
  const comment = `%${createHash('sha256').update(id).digest('hex')}\n`.repeat(600);
  return Buffer.from(`%PDF-1.4\n${comment}1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
}

async function start(parent: Parent, templateId: string, childId: string): Promise<Draft> {
  const started = await untilAnswered(
    parent,
    `mutation ($input: StartPracticeInput!) { startPractice(input: $input) { __typename ... on PracticeStarted { practice { id version problems { path } } } } }`,
    { templateId, childId, idempotencyKey: randomUUID() },
  );
  const draft = outcome(started.startPractice, 'PracticeStarted').practice as Draft;
  parent.acknowledged.started.add(draft.id);
  return draft;
}

async function saveAndSubmit(
  parent: Parent,
  { id, version, problems }: Draft,
  answers: readonly { readonly code: string; readonly value: string }[],
  uploadIds: readonly string[] = [],
): Promise<Filed> {
  const asksForEmail = problems.some(({ path }) => path === 'answers.RICH_EMAIL');
  const email = asksForEmail ? [{ code: 'RICH_EMAIL', value: 'genitore@example.com' }] : [];
  const saved = await untilAnswered(
    parent,
    `mutation ($input: SavePracticeInput!) { savePractice(input: $input) { __typename ... on PracticeSaved { practice { version attachments { document { downloadUrl } } } } ... on VersionConflict { current { version attachments { document { downloadUrl } } } } ... on Problem { code } } }`,
    {
      practiceId: id,
      version,
      answers: [...answers, ...email],
      ...(uploadIds.length > 0 ? { uploadIds } : {}),
    },
  );
  // Of an attempt whose answer was lost, the repetition finds what it did.
  const done = saved.savePractice as { readonly practice?: Filed; readonly current?: Filed };
  const practice = done.practice ?? done.current;
  assert.equal(practice?.version, version + 1, JSON.stringify(saved));
  const submitted = await untilAnswered(
    parent,
    `mutation ($input: SubmitPracticeInput!) { submitPractice(input: $input) { __typename ... on PracticeIncomplete { problems { path } } ... on Problem { code } } }`,
    { practiceId: id, version: practice.version },
  );
  outcome(submitted.submitPractice, 'PracticeSubmitted');
  parent.acknowledged.submitted.add(id);
  return practice;
}

interface Filed {
  readonly version: number;
  readonly attachments: readonly { readonly document: { readonly downloadUrl: string } | null }[];
}

interface Draft {
  readonly id: string;
  readonly version: number;
  readonly problems: readonly { readonly path: string }[];
}

async function pay(parent: Parent, debtId: string): Promise<void> {
  const input = { debtIds: [debtId], returnUrl: 'http://127.0.0.1:1/back', idempotencyKey: randomUUID() };
  const ask = () =>
    untilAnswered(
      parent,
      `mutation ($input: StartPaymentInput!) { startPayment(input: $input) { __typename ... on PaymentStarted { session { id checkoutUrl } } ... on Problem { code } } }`,
      input,
    );
  let { startPayment } = await ask();
  // pagoPA runs on this machine, which may be busy.
  for (let tries = 0; isUnavailable(startPayment) && tries < 20; tries++) {
    parent.tally?.failed.push('PaymentUnavailable');
    await sleep(1_000);
    ({ startPayment } = await ask());
  }
  const { session } = outcome(startPayment, 'PaymentStarted') as {
    session: { id: string; checkoutUrl: string };
  };
  parent.acknowledged.sessions.add(session.id);
  // Whether the money moved, pagoPA's ledger says: it asks us first, and we, or it, may just have died.
  await fetch(session.checkoutUrl, {
    method: 'POST',
    body: new URLSearchParams({ action: 'pay' }),
    redirect: 'manual',
  }).catch(() => undefined);
}

function isUnavailable(result: unknown): boolean {
  return (result as { __typename?: string })?.__typename === 'PaymentUnavailable';
}

function outcome(result: unknown, wanted: string): Record<string, unknown> {
  const found = result as Record<string, unknown>;
  assert.equal(found.__typename, wanted, JSON.stringify(found));
  return found;
}

/**
 * Asks by our client for TypeScript, or by GET with its `fetch`; as a patient person, what fails all the same is asked again,
 * in the same words.
 */
export async function untilAnswered(
  { url, token, tally, asksByGet = false }: Pick<Parent, 'url' | 'token' | 'tally'> & { asksByGet?: boolean },
  query: string,
  input?: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  let last = '';
  const name = `${asksByGet ? 'GET of ' : ''}${query.slice(0, 40)}`;
  const counted = counting(name, tally);
  const ask = () =>
    asksByGet ? askByGet(counted, url(), token, query) : askByClient(counted, url(), token, query, input);
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(250)) {
    if (tally) tally.operations++;
    try {
      return await ask();
    } catch (error) {
      const { message, code } = error as { readonly message: string; readonly code?: string };
      last = `${message} "code":"${code}"`;
      tally?.givenUp.push(`${name} ${last}`);
    }
  }
  throw new Error(`No answer to ${query}: ${last}`);
}

const timeoutMs = 10_000;
type Data = Record<string, unknown>;

async function askByClient(
  counted: typeof fetch,
  url: string,
  token: string,
  query: string,
  input?: unknown,
) {
  const client = createClient({ url, token, timeoutMs, fetch: counted });
  const parsed = operation<Data, Data>(query);
  return query.startsWith('mutation') ? client.mutate(parsed, { input }) : client.query(parsed, {});
}

async function askByGet(counted: typeof fetch, url: string, token: string, query: string): Promise<Data> {
  const send = retryingFetch({ fetch: counted, retries: 3, longestWaitMs: 30_000, timeoutMs });
  const response = await send(`${url}?${new URLSearchParams({ query })}`, {
    headers: { 'apollo-require-preflight': '1', authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  const data = answered(text);
  if (data === null) throw new Error(text.slice(0, 300) || `${response.status} without a body`);
  return data;
}

/** Counts each request that our client sends, and whose answer it reads to the end. */
function counting(name: string, tally: Tally | undefined): typeof fetch {
  const failed = (text: string) => void tally?.failed.push(`${name} ${text.slice(0, 300)}`);
  return async (target, init) => {
    if (tally) tally.asked++;
    try {
      const response = await fetch(target, init);
      const text = await response.clone().text();
      if (answered(text) === null) failed(text || `${response.status} without a body`);
      return response;
    } catch (error) {
      failed(reasonOf(error as Error));
      throw error;
    }
  };
}

function reasonOf({ message, cause }: Error): string {
  return `${message} ${(cause as Error | undefined)?.message ?? ''}`;
}

function answered(text: string): Record<string, unknown> | null {
  try {
    const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown>; errors?: unknown };
    return data && !errors ? data : null;
  } catch {
    return null;
  }
}

/** The bytes of the answer; null if there was none, or another status than 2xx. */
export async function attempt(
  { tally }: Pick<Load, 'tally'>,
  url: string,
  init: RequestInit,
): Promise<ArrayBuffer | null> {
  if (tally) tally.asked++;
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) });
    const bytes = await answer.arrayBuffer();
    if (answer.ok) return bytes;
    tally?.failed.push(
      `${init.method ?? 'GET'} of a file: ${answer.status} ${Buffer.from(bytes).toString().slice(0, 200)}`,
    );
  } catch (error) {
    tally?.failed.push(`${init.method ?? 'GET'} of a file: ${(error as Error).message}`);
  }
  return null;
}

/** When the protocol register has everything that was filed. */
export async function untilRegistered(own: Ask, withinMs = 240_000): Promise<void> {
  const waiting = 'SELECT count(*)::int AS open FROM practice_submission WHERE completed_at IS NULL';
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(250)) {
    const [row] = await own(waiting);
    if (row?.open === 0) return;
  }
  throw new Error('Some applications did not reach the protocol register.');
}

/** Everything acknowledged is there: kept, filed once, once in the protocol register, with its audit event, and paid once. */
export async function assertKept(
  { started, submitted, sessions }: Acknowledged,
  own: Ask,
  legacyDatabase: Ask,
): Promise<void> {
  const idOf = (row: Record<string, unknown>) => Buffer.from(`Practice:O/${row.id}`).toString('base64url');
  const kept = new Map((await own('SELECT id, status FROM practice')).map((row) => [idOf(row), row.status]));
  for (const id of started) assert.ok(kept.has(id), 'an acknowledged draft is lost');
  for (const id of submitted) assert.notEqual(kept.get(id), 'DRAFT', 'an acknowledged application is lost');
  const submissions = await own('SELECT reference, practice_id FROM practice_submission');
  assert.equal(new Set(submissions.map((row) => row.practice_id)).size, submissions.length, 'filed twice');
  assert.ok(submissions.length >= submitted.size, 'an acknowledged application is lost');
  const entries = await legacyDatabase('SELECT "OGGETTO" AS subject FROM "PROT_GEN"');
  const times = submissions.map(
    ({ reference }) => entries.filter(({ subject }) => String(subject).includes(String(reference))).length,
  );
  assert.deepEqual([...new Set(times)], [1], 'an application is not in the protocol register exactly once');
  const [events] = await own(
    `SELECT count(*)::int AS sent FROM audit_event WHERE event LIKE '%"Practice.submit"%' AND event LIKE '%"allowed"%'`,
  );
  assert.ok(Number(events?.sent) >= submitted.size, 'an application was filed without its audit event');
  const held = new Set((await own('SELECT id FROM payment_session')).map(({ id }) => id));
  for (const id of sessions) assert.ok(held.has(id), 'an acknowledged payment is lost');
}

/** What pagoPA was told that we took: a receipt each, and each debt paid and settled once. */
export async function assertReceiptsKept(
  payments: readonly { readonly iuv: string; readonly receiptId: string; readonly delivery: string }[],
  own: Ask,
): Promise<void> {
  assert.equal(new Set(payments.map(({ iuv }) => iuv)).size, payments.length, 'a debt was paid twice');
  const receipts = await own('SELECT receipt_id, settles FROM payment_receipt');
  for (const { receiptId, delivery } of payments) {
    const found = receipts.filter((row) => row.receipt_id === receiptId);
    if (delivery === 'taken') assert.equal(found.length, 1, 'a receipt that was acknowledged is lost');
    assert.ok(
      found.every(({ settles }) => settles),
      'a receipt settles nothing',
    );
  }
  const settled = await own(`SELECT iuv FROM settlement WHERE source = 'RECEIPT'`);
  assert.equal(settled.length, receipts.length, 'what a receipt says is not settled, or twice');
}
