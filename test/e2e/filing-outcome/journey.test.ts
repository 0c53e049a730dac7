import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createId } from '../../../core/ids.ts';
import type { DemoPerson } from '../../../demo/town/people.ts';
import * as people from '../../../demo/town/people.ts';
import { legacyTownCopy, ownTownCopy } from '../../support/databases.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';

let town: TestTown;
let token: string;
beforeAll(async () => {
  town = await openTestTown('http', {
    legacyUrl: await legacyTownCopy(),
    ownUrl: await ownTownCopy(),
    works: true,
  });
  token = await town.tokenOf('RSSCLD84C52A794Q');
}, 60_000);
afterAll(() => town.close());

// biome-ignore lint/suspicious/noExplicitAny: answers are compared below, field by field.
type Data = any;

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const response = await town.post({ query, variables }, { authorization: `Bearer ${token}` });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const problem = '... on Problem { code message }';
const mutate = async (name: string, type: string, done: string, input: Record<string, unknown>) => {
  const fields = `practice { id version status problems { path message } }`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on ${done} { ${fields} } ${problem} } }`;
  const { [name]: outcome } = await ask(query, { input });
  expect(outcome).toMatchObject({ __typename: done });
  return outcome.practice;
};
const start = (input: Record<string, unknown>) =>
  mutate('startPractice', 'StartPracticeInput', 'PracticeStarted', input);
const save = (input: Record<string, unknown>) =>
  mutate('savePractice', 'SavePracticeInput', 'PracticeSaved', input);
const submit = (input: Record<string, unknown>) =>
  mutate('submitPractice', 'SubmitPracticeInput', 'PracticeSubmitted', input);

async function upload(practiceId: string, attachmentCode: string): Promise<string> {
  const bytes = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
  const file = { fileName: 'certificato.pdf', mediaType: 'application/pdf', sizeBytes: bytes.length };
  const input = { practiceId, attachmentCode, ...file };
  const { createUpload } = await ask(
    `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on UploadTicket { uploadId uploadUrl } ... on Problem { code message } } }`,
    { input },
  );
  expect(createUpload.__typename).toBe('UploadTicket');
  const put = await fetch(createUpload.uploadUrl, {
    method: 'PUT',
    body: bytes,
    headers: { 'content-type': 'application/pdf' },
  });
  expect(put.ok).toBe(true);
  return createUpload.uploadId;
}

const answersOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([code, value]) => ({ code, value }));

/** Names and codes that a form asks for when it is not filled in from the legacy system. */
function missingNames(problems: readonly { readonly path: string }[], parent: DemoPerson, child: DemoPerson) {
  const known: Readonly<Record<string, string>> = {
    RICH_COGNOME: parent.lastName,
    RICH_NOME: parent.firstName,
    RICH_CF: parent.codiceFiscale,
    ALUN_COGNOME: child.lastName,
    ALUN_NOME: child.firstName,
    ALUN_CF: child.codiceFiscale,
  };
  const codes = problems.map(({ path }) => path.replace('answers.', ''));
  return Object.fromEntries(codes.flatMap((code) => (known[code] ? [[code, known[code]]] : [])));
}

const sofia = createId('Child', 'A000000004');
const wanted = {
  SCUOLA: "Scuola dell'infanzia di Calvenzano",
  CLASSE: 'Girasoli',
  GIORNO_1: 'true',
  GIORNO_3: 'true',
  PAG_PAGOPA: 'true',
  DIETA: 'true',
  DIETA_QUALE: 'Priva di lattosio',
  PRIVACY: 'true',
};

/** From AVVIA PRATICA to INVIA, suspended once between. */
async function fileEnrolment(idempotencyKey: string): Promise<string> {
  const started = await start({
    templateId: createId('PracticeTemplate', 'ISCR-2026'),
    childId: sofia,
    idempotencyKey,
  });
  const { SCUOLA, ...rest } = wanted;
  const suspended = await save({
    practiceId: started.id,
    version: started.version,
    answers: answersOf({ SCUOLA }),
  });
  // Another device goes on where this one stopped.
  const { practice: resumed } = await ask(
    `{ practice(id: "${started.id}") { version status answers { code value } } }`,
  );
  expect(resumed).toMatchObject({ status: 'DRAFT', version: suspended.version });
  expect(resumed.answers).toContainEqual({ code: 'SCUOLA', value: SCUOLA });
  const uploadId = await upload(started.id, 'CERT_MEDICO');
  const whole = await save({
    practiceId: started.id,
    version: resumed.version,
    answers: answersOf({ ...rest, ...missingNames(started.problems, people.claudia, people.sofia) }),
    uploadIds: [uploadId],
  });
  expect(whole.problems).toEqual([]);
  const sent = await submit({ practiceId: started.id, version: whole.version });
  expect(sent.status).toBe('SUBMITTED');
  return started.id;
}

async function untilAccepted(id: string): Promise<Data> {
  for (;;) {
    const { practice } = await ask(
      `{ practice(id: "${id}") { status protocollo { number year outcome } attachments { attachmentCode } history { status } } }`,
    );
    if (practice.status === 'ACCEPTED') return practice;
    await wait(100);
  }
}

describe('from AVVIA PRATICA to the outcome in Consultazione protocolli', () => {
  it('Claudia enrols Sofia: started, suspended, resumed, sent, registered, accepted, enrolled', async () => {
    const id = await fileEnrolment('journey');
    const { protocollo, attachments, history } = await untilAccepted(id);
    expect(protocollo).toMatchObject({ outcome: 'Domanda accolta.' });
    expect(attachments).toEqual([{ attachmentCode: 'CERT_MEDICO' }]);
    expect(history.map(({ status }: Data) => status).slice(-3)).toEqual([
      'SUBMITTED',
      'REGISTERED',
      'ACCEPTED',
    ]);
    const { me } = await ask(
      `{ me { ... on Citizen {
        protocolli(number: ${protocollo.number}, year: ${protocollo.year}) { edges { node { status practice { id } } } }
        children { firstName enrolments { classroom diet paymentMethod status practice { id } } } } } }`,
    );
    expect(me.protocolli.edges).toEqual([{ node: { status: 'ACCEPTED', practice: { id } } }]);
    const { enrolments } = me.children.find(({ firstName }: Data) => firstName === 'Sofia');
    expect(enrolments).toContainEqual({
      classroom: 'Girasoli',
      diet: 'Priva di lattosio',
      paymentMethod: 'PAGOPA',
      status: 'ACTIVE',
      practice: { id },
    });
  }, 60_000);

  it('Giulia withdraws what she filed before it had a number, and both entries are there', async () => {
    const claudias = token;
    token = await town.tokenOf('FRRGLI88S43F205Z');
    town.hypersic.standIn.faults.isDown = true;
    const started = await start({
      templateId: createId('PracticeTemplate', 'MODPAG-2026'),
      childId: createId('Child', 'A000000006'),
    });
    const names = missingNames(started.problems, people.giulia, people.tommaso);
    const answers = answersOf({ PAG_PAGOPA: 'true', PRIVACY: 'true', ...names });
    const whole = await save({ practiceId: started.id, version: started.version, answers });
    expect(whole.problems).toEqual([]);
    const sent = await submit({ practiceId: started.id, version: whole.version });
    const input = { practiceId: started.id, version: sent.version, reason: 'Ci ho ripensato' };
    const withdrawn = await mutate('withdrawPractice', 'WithdrawPracticeInput', 'PracticeWithdrawn', input);
    expect(withdrawn.status).toBe('WITHDRAWN');
    town.hypersic.standIn.faults.isDown = false;
    for (;;) {
      const { practice } = await ask(`{ practice(id: "${started.id}") { status history { note } } }`);
      expect(practice.status).toBe('WITHDRAWN');
      const notes: string[] = practice.history.map(({ note }: Data) => note ?? '');
      if (notes.some((note) => note.startsWith('Ritiro registrato con protocollo'))) break;
      await wait(100);
    }
    const { me } = await ask(
      `{ me { ... on Citizen { protocolli { edges { node { subject practice { id } } } } } } }`,
    );
    const ours = me.protocolli.edges.filter(({ node }: Data) => node.practice?.id === started.id);
    expect(ours.map(({ node }: Data) => node.subject.startsWith('Ritiro: '))).toEqual([true, false]);
    token = claudias;
  }, 60_000);
});
