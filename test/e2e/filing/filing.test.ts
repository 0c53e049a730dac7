import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amina, claudia, marco, paolo } from '../../../demo/town/people.ts';
import { ownTownCopy } from '../../support/databases.ts';
import {
  type FiledFragment,
  FormsToFileDocument,
  SaveDocument,
  StartDocument,
  SubmitDocument,
  UploadDocument,
  WithdrawDocument,
} from '../client.generated.ts';
import { openTestTown, type TestTown, transports } from '../open-test-town.ts';

const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(150_000)]);

describe.each(transports)('filing an application, %s', (transport) => {
  let town: TestTown;
  beforeAll(async () => {
    town = await openTestTown(transport, { ownUrl: await ownTownCopy() });
  });
  afterAll(() => town.close());

  const formsOf = async (token: string) => (await town.ask(FormsToFileDocument, {}, token)).data;
  const enrolmentOf = async (token: string) => {
    const data = await formsOf(token);
    const templates = data?.practiceCategories?.flatMap(({ procedures }) =>
      procedures.flatMap(({ templates }) => templates),
    );
    const template = templates?.find(({ title }) => title === 'Modello Iscrizione Mensa A.S. 2026/2027');
    const child = data?.me?.children?.find(({ firstName }) => firstName === 'Sofia');
    return { template, childId: child?.id ?? '' };
  };
  const practiceOf = (result: { readonly practice?: FiledFragment } | null | undefined) => {
    if (result?.practice === undefined) throw new Error(`No practice: ${JSON.stringify(result)}`);
    return result.practice;
  };

  it('lets Claudia start Sofia’s enrolment, suspend it, go on elsewhere, attach a PDF and send it', async () => {
    const token = await town.tokenOf(claudia.codiceFiscale);
    const { template, childId } = await enrolmentOf(token);
    expect(template).toMatchObject({ isOpen: true, concernsChild: true });
    const input = { templateId: template?.id ?? '', childId, idempotencyKey: 'claudia-1' };
    const { data: started } = await town.ask(StartDocument, { input }, token);
    const draft = practiceOf(started?.startPractice as { practice: FiledFragment });
    expect(draft).toMatchObject({
      title: template?.title,
      status: 'DRAFT',
      version: 1,
      child: { firstName: 'Sofia' },
    });
    const certified = draft.answers.filter((answer) => answer.certified).map(({ code }) => code);
    expect(certified).toEqual(
      expect.arrayContaining(['RICH_CF', 'RICH_IND', 'RICH_EMAIL', 'ALUN_CF', 'ALUN_NASCITA']),
    );
    expect(draft.problems.map(({ path }) => path)).toEqual([
      'answers.SCUOLA',
      'answers.CLASSE',
      'answers.PRIVACY',
      'answers.GIORNO_1',
      'answers.PAG_PAGOPA',
    ]);

    // SOSPENDI with half of it.
    const half = [
      {
        code: 'SCUOLA',
        value: template?.form.fields.find(({ code }) => code === 'SCUOLA')?.options[0] ?? '',
      },
      { code: 'GIORNO_1', value: 'true' },
      { code: 'DIETA', value: 'true' },
    ];
    const { data: suspended } = await town.ask(
      SaveDocument,
      { input: { practiceId: draft.id, version: 1, answers: half } },
      token,
    );
    expect(suspended?.savePractice?.__typename).toBe('PracticeSaved');

    // Another device: a new sign-in finds the draft in the list.
    const elsewhere = await town.tokenOf(claudia.codiceFiscale, 'cie', 3);
    const found = (await formsOf(elsewhere))?.me?.practices?.edges
      .map(({ node }) => node)
      .find(({ id }) => id === draft.id);
    expect(found).toMatchObject({ version: 2, status: 'DRAFT' });

    const file = {
      practiceId: draft.id,
      attachmentCode: 'CERT_MEDICO',
      fileName: 'certificato.pdf',
      mediaType: 'application/pdf',
    };
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    const { data: announced } = await town.ask(
      UploadDocument,
      { input: { ...file, sizeBytes: pdf.length, sha256 } },
      elsewhere,
    );
    if (announced?.createUpload?.__typename !== 'UploadTicket') throw new Error(JSON.stringify(announced));
    const { uploadId, uploadUrl } = announced.createUpload;
    const sent = await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(pdf) });
    expect([sent.status, await sent.json()]).toEqual([
      201,
      { uploadId, mediaType: 'application/pdf', sizeBytes: pdf.length, sha256 },
    ]);

    const rest = [
      { code: 'CLASSE', value: 'Farfalle' },
      { code: 'PAG_PAGOPA', value: 'true' },
      { code: 'DIETA_QUALE', value: 'Priva di lattosio' },
      { code: 'PRIVACY', value: 'true' },
    ];
    const { data: saved } = await town.ask(
      SaveDocument,
      { input: { practiceId: draft.id, version: 2, answers: rest, uploadIds: [uploadId] } },
      elsewhere,
    );
    const complete = practiceOf(saved?.savePractice as { practice: FiledFragment });
    expect(complete).toMatchObject({
      version: 3,
      problems: [],
      attachments: [{ id: uploadId, attachmentCode: 'CERT_MEDICO' }],
    });

    const { data: filed } = await town.ask(
      SubmitDocument,
      { input: { practiceId: draft.id, version: 3 } },
      elsewhere,
    );
    const submitted = practiceOf(filed?.submitPractice as { practice: FiledFragment });
    expect(submitted).toMatchObject({
      id: draft.id,
      status: 'SUBMITTED',
      history: [{ status: 'DRAFT' }, { status: 'SUBMITTED' }],
    });
    const back = await fetch(submitted.attachments[0]?.document?.downloadUrl ?? '');
    expect(
      createHash('sha256')
        .update(Buffer.from(await back.arrayBuffer()))
        .digest('hex'),
    ).toBe(sha256);

    const { data: again } = await town.ask(
      SubmitDocument,
      { input: { practiceId: draft.id, version: 3 } },
      token,
    );
    expect(again?.submitPractice?.__typename).toBe('PracticeSubmitted');
    const { data: anew } = await town.ask(
      StartDocument,
      { input: { templateId: input.templateId, childId } },
      token,
    );
    expect(anew?.startPractice).toMatchObject({ __typename: 'AlreadyFiled', code: 'ALREADY_FILED' });

    // Nobody else: not the father, who sees Sofia, nor a stranger.
    for (const other of [marco, paolo]) {
      const theirs = await town.tokenOf(other.codiceFiscale);
      const { data } = await town.ask(
        WithdrawDocument,
        { input: { practiceId: draft.id, version: 4 } },
        theirs,
      );
      expect(data?.withdrawPractice).toMatchObject({ __typename: 'NotAllowed', code: 'NOT_ALLOWED' });
    }
    const { data: withdrawn } = await town.ask(
      WithdrawDocument,
      { input: { practiceId: draft.id, version: 4 } },
      token,
    );
    expect(withdrawn?.withdrawPractice).toMatchObject({
      __typename: 'PracticeWithdrawn',
      practice: { status: 'WITHDRAWN' },
    });
    expect(town.logLines.join('\n')).not.toMatch(/RSSCLD|BNCSFO|certificato|lattosio/);
  });

  it('lets Amina find the draft that she suspended, and go on with it', async () => {
    const token = await town.tokenOf(amina.codiceFiscale);
    const [draft, ...more] = (await formsOf(token))?.me?.practices?.edges.map(({ node }) => node) ?? [];
    expect(more).toEqual([]);
    expect(draft).toMatchObject({
      title: 'Modello Iscrizione Mensa A.S. 2026/2027',
      status: 'DRAFT',
      child: { firstName: 'Yasmine' },
    });
    const input = {
      practiceId: draft?.id ?? '',
      version: draft?.version ?? 0,
      answers: [{ code: 'CLASSE', value: '4A' }],
    };
    const { data } = await town.ask(SaveDocument, { input }, token);
    expect(practiceOf(data?.savePractice as { practice: FiledFragment }).version).toBe(
      (draft?.version ?? 0) + 1,
    );
  });

  it('refuses in the caller’s language, as data, and passes what subgraphs say of a file', async () => {
    const token = await town.tokenOf(claudia.codiceFiscale);
    const { template, childId } = await enrolmentOf(token);
    const { data } = await town.ask(
      StartDocument,
      { input: { templateId: template?.id ?? '', childId } },
      token,
    );
    const draft = practiceOf(data?.startPractice as { practice: FiledFragment });
    const query =
      'mutation ($input: SavePracticeInput!) { savePractice(input: $input) { ... on AnswersInvalid { problems { code message } } } }';
    const input = {
      practiceId: draft.id,
      version: draft.version,
      answers: [{ code: 'SCUOLA', value: 'Altrove' }],
    };
    const answer = await town.post(
      { query, variables: { input } },
      { authorization: `Bearer ${token}`, 'accept-language': 'en' },
    );
    const { savePractice } = (
      (await answer.json()) as { data: { savePractice: { problems: { message: string }[] } } }
    ).data;
    expect(savePractice.problems[0]?.message).toMatch(/^Choose one of the answers: Scuola dell'infanzia/);

    const file = {
      practiceId: draft.id,
      attachmentCode: 'CERT_MEDICO',
      fileName: 'a.pdf',
      mediaType: 'application/pdf',
      sizeBytes: pdf.length,
    };
    const { data: announced } = await town.ask(UploadDocument, { input: file }, token);
    if (announced?.createUpload?.__typename !== 'UploadTicket') throw new Error(JSON.stringify(announced));
    const { uploadUrl } = announced.createUpload;
    const html = await fetch(uploadUrl, {
      method: 'PUT',
      body: '<html>',
      headers: { 'accept-language': 'en' },
    });
    expect([html.status, await html.json()]).toMatchObject([
      415,
      {
        errors: [
          {
            message:
              'The content of the file is not of a type that is accepted, or not of the type that was announced.',
            extensions: { code: 'MEDIA_TYPE_DIFFERS' },
          },
        ],
      },
    ]);
    const large = await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(6 * 1024 * 1024) });
    expect(large.status).toBe(413);
    const nowhere = await fetch(uploadUrl.replace('/practices/', '/nowhere/'), { method: 'PUT', body: 'x' });
    expect(nowhere.status).toBe(404);
    expect((await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(pdf) })).status).toBe(201);
    await town.ask(WithdrawDocument, { input: { practiceId: draft.id, version: draft.version } }, token);
  });
});
