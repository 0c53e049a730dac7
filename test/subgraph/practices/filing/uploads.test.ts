import { createHash, randomBytes } from 'node:crypto';
import {
  createServer,
  IncomingMessage,
  type Server,
  ServerResponse,
  request as sendRequest,
} from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createFileKeys } from '../../../../core/file-keys.ts';
import { createId, parseId } from '../../../../core/ids.ts';
import { cleanUpload } from '../../../../subgraphs/practices/uploads/clean-upload.job.ts';
import { missingFileKeys, rotateFiles } from '../../../../subgraphs/rotate-files.ts';
import { serveDocument } from '../../../../subgraphs/shared/documents/serve-document.ts';
import { serveUpload } from '../../../../subgraphs/shared/uploads/serve-upload.ts';
import { testFileKeyList, testFileKeys } from '../../../support/file-keys.ts';
import {
  completeAnswers,
  type FilingTown,
  filing,
  marco,
  openFilingTown,
  paolo,
  sofia,
} from '../../../support/filing-town.ts';

/** Bytes that begin as a PDF does. */
function pdf(size: number): Buffer {
  const bytes = randomBytes(size);
  bytes.write('%PDF-1.7\n');
  return bytes;
}
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let town: FilingTown;
/** Services that fail for a while. */
let failing: { database?: DataSource } = {};
let server: Server;
let base: string;
beforeAll(async () => {
  town = await openFilingTown();
  server = createServer((request, response) => {
    const about = { requestId: 'request-1', language: 'it' } as const;
    const serve = request.url?.startsWith('/uploads/') ? serveUpload : serveDocument;
    void serve(town.subgraph, { ...town.services, ...failing }, about, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await town.close();
});

interface UploadAnswer {
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

const here = (url: string) => base + new URL(url).pathname;
const put = async (url: string, body: Buffer, headers: Record<string, string> = {}) => {
  const response = await fetch(here(url), { method: 'PUT', body: new Uint8Array(body), headers });
  return { status: response.status, body: (await response.json()) as UploadAnswer };
};
const codeOf = ({ status, body }: { readonly status: number; readonly body: UploadAnswer }) =>
  `${status} ${body.errors[0]?.extensions.code}`;
const count = async (table: string) =>
  Number((await town.database.query(`SELECT count(*) AS count FROM ${table}`))[0].count);

let drafts = 0;
async function draft(): Promise<{
  practiceId: string;
  announce: (more?: object) => ReturnType<ReturnType<typeof filing>['upload']>;
}> {
  drafts++;
  const templateId = await town.addTemplate({ id: `U-${drafts}` });
  const { practice } = await filing(town).start({ templateId, childId: sofia });
  const file = {
    practiceId: practice.id,
    attachmentCode: 'CERT',
    fileName: 'certificato.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 10_000,
  };
  return { practiceId: practice.id, announce: (more = {}) => filing(town).upload({ ...file, ...more }) };
}

describe('an upload', () => {
  it('is kept in chunks as it comes, attached by a save, and read back by who sent it', async () => {
    const { practiceId, announce } = await draft();
    const bytes = pdf(150_001);
    const ticket = await announce({ sizeBytes: bytes.length, sha256: sha256Of(bytes).toUpperCase() });
    expect(ticket).toMatchObject({ __typename: 'UploadTicket', expiresAt: '2026-10-15T07:15:00.000Z' });
    // It is looked at again after a day.
    const [job] = await town.database.query(
      `SELECT start_after FROM pgboss.job WHERE name = 'practices.clean-upload' AND singleton_key = $1`,
      [parseId('PracticeAttachment', ticket.uploadId)?.[0]],
    );
    expect(job.start_after).toEqual(new Date('2026-10-16T07:00:00Z'));
    const received = await put(ticket.uploadUrl, bytes);
    expect(received).toEqual({
      status: 201,
      body: {
        uploadId: ticket.uploadId,
        mediaType: 'application/pdf',
        sizeBytes: bytes.length,
        sha256: sha256Of(bytes),
      },
    });
    // Received is not attached.
    expect(
      (await town.ask(`{ practice(id: "${practiceId}") { attachments { id } } }`)).practice.attachments,
    ).toEqual([]);
    const input = { practiceId, version: 1, answers: completeAnswers, uploadIds: [ticket.uploadId] };
    const saved = await filing(town).save(input);
    expect(saved.practice).toMatchObject({
      version: 2,
      problems: [],
      attachments: [
        {
          id: ticket.uploadId,
          attachmentCode: 'CERT',
          document: { fileName: 'certificato.pdf', sizeBytes: bytes.length, sha256: sha256Of(bytes) },
        },
      ],
    });
    expect((await filing(town).save(input)).practice.attachments).toHaveLength(1);
    const address = saved.practice.attachments[0].document.downloadUrl;
    const back = Buffer.from(await (await fetch(here(address))).arrayBuffer());
    expect(sha256Of(back)).toBe(sha256Of(bytes));
    expect(address).not.toContain('certificato-di');
  });

  it('is encrypted at rest chunk by chunk, and encrypted anew in steps that may be cut at any time', async () => {
    const { practiceId, announce } = await draft();
    const bytes = pdf(150_001);
    const { uploadId, uploadUrl } = await announce({ sizeBytes: bytes.length });
    expect((await put(uploadUrl, bytes)).status).toBe(201);
    const saved = await filing(town).save({ practiceId, version: 1, answers: [], uploadIds: [uploadId] });
    const address = here(saved.practice.attachments[0].document.downloadUrl);
    const back = async () => sha256Of(Buffer.from(await (await fetch(address)).arrayBuffer()));
    const where = `file_id = (SELECT file_id FROM practice_attachment WHERE id = $1)`;
    const id = (parseId('PracticeAttachment', uploadId) ?? [])[0];
    const chunks = async () =>
      town.database.query(`SELECT * FROM stored_file_chunk WHERE ${where} ORDER BY sequence`, [id]);
    const [first, , last] = await chunks();
    expect(first).toMatchObject({ key_id: 'demo', bytes: null });
    expect(first.sealed.includes(bytes.subarray(0, 64))).toBe(false);
    expect([first.sealed.length, last.sealed.length]).toEqual([65_564, 150_001 - 131_072 + 28]);

    // As before there were keys.
    await town.database.query(
      `UPDATE stored_file_chunk SET key_id = NULL, sealed = NULL, bytes = $2 WHERE ${where} AND sequence = 0`,
      [id, bytes.subarray(0, 65_536)],
    );
    expect(await back()).toBe(sha256Of(bytes));

    const next = createFileKeys([{ id: 'next', secret: Buffer.alloc(32, 8) }, ...testFileKeyList]);
    const cut = {
      ...next,
      seal: (place: string, part: Uint8Array) => {
        if (place.endsWith(' 2')) throw new Error('The process ends here.');
        return next.seal(place, part);
      },
    };
    const { faults } = await rotateFiles(town.database, cut);
    expect(faults.length).toBeGreaterThan(0);
    Object.assign(town.services, { fileKeys: next });
    expect(await back()).toBe(sha256Of(bytes));
    expect(await rotateFiles(town.database, next)).toMatchObject({ faults: [] });
    expect((await chunks()).map((chunk: { key_id: string }) => chunk.key_id)).toEqual([
      'next',
      'next',
      'next',
    ]);
    expect(await back()).toBe(sha256Of(bytes));

    expect(await missingFileKeys(town.database, testFileKeys)).toEqual(['next']);
    const lost = await rotateFiles(town.database, createFileKeys(testFileKeyList));
    expect(lost.faults[0]).toMatch(
      /^The key next is not in FILE_KEYS: stored_file_chunk .+ cannot be read\.$/,
    );
    await rotateFiles(
      town.database,
      createFileKeys([...testFileKeyList, { id: 'next', secret: Buffer.alloc(32, 8) }]),
    );
    expect(await missingFileKeys(town.database, testFileKeys)).toEqual([]);
  });

  it('goes with the filing under a name of its own, and can be removed no more', async () => {
    const { practiceId, announce } = await draft();
    const ids = [];
    for (const fileName of ['perché no.pdf', '../../perché no.pdf']) {
      const ticket = await announce({ fileName, sizeBytes: 70_000 });
      await put(ticket.uploadUrl, pdf(70_000));
      ids.push(ticket.uploadId);
    }
    await filing(town).save({ practiceId, version: 1, answers: completeAnswers, uploadIds: ids });
    const submitted = await filing(town).submit({ practiceId, version: 2 });
    expect(submitted.__typename).toBe('PracticeSubmitted');
    const [{ id, reference, as_filed }] = await town.database.query(
      'SELECT * FROM practice_submission WHERE practice_id = $1',
      [parseId('Practice', practiceId)?.[1]],
    );
    const files = await town.database.query(
      'SELECT * FROM practice_submission_file WHERE submission_id = $1 ORDER BY sequence',
      [id],
    );
    expect(files.map((file: { register_name: string }) => file.register_name)).toEqual([
      `${reference}-02-perche_no.pdf`,
      `${reference}-03-perche_no.pdf`,
    ]);
    expect(JSON.parse(as_filed).attachments).toMatchObject([
      {
        code: 'CERT',
        label: 'Certificato medico',
        fileName: 'perché no.pdf',
        mediaType: 'application/pdf',
        sizeBytes: 70_000,
      },
      { fileName: 'perché no.pdf' },
    ]);
  });

  it('leaves with its bytes when the draft lets it go, or is discarded', async () => {
    const [filesBefore, chunksBefore] = [await count('stored_file'), await count('stored_file_chunk')];
    const { practiceId, announce } = await draft();
    const large = { sizeBytes: 70_000 };
    const [one, two, three] = [await announce(large), await announce(large), await announce()];
    for (const ticket of [one, two]) await put(ticket.uploadUrl, pdf(70_000));
    await filing(town).save({ practiceId, version: 1, answers: [], uploadIds: [one.uploadId, two.uploadId] });
    const saved = await filing(town).save({
      practiceId,
      version: 2,
      answers: [],
      removeAttachmentIds: [one.uploadId],
    });
    expect(saved.practice.attachments.map(({ id }: { id: string }) => id)).toEqual([two.uploadId]);
    expect(await count('stored_file')).toBe(filesBefore + 1);
    await filing(town).withdraw({ practiceId, version: 3 });
    expect([await count('stored_file'), await count('stored_file_chunk')]).toEqual([
      filesBefore,
      chunksBefore,
    ]);
    expect(codeOf(await put(three.uploadUrl, pdf(10)))).toBe('404 NOT_FOUND');
  });

  it('is refused before a byte is sent when it could not be right', async () => {
    const { announce, practiceId } = await draft();
    for (const [more, code] of [
      [{ attachmentCode: 'ZZZ' }, 'UNKNOWN_ATTACHMENT'],
      [{ mediaType: 'application/x-msdownload' }, 'MEDIA_TYPE_NOT_ACCEPTED'],
      [{ mediaType: 'text/html' }, 'MEDIA_TYPE_NOT_ACCEPTED'],
      [{ mediaType: 'image/jpeg' }, 'MEDIA_TYPE_NOT_ACCEPTED'],
      [{ sizeBytes: 200_001 }, 'TOO_LARGE'],
      [{ sizeBytes: 0 }, 'EMPTY'],
      [{ sizeBytes: -1 }, 'EMPTY'],
      [{ sha256: 'abc' }, 'SHA256_INVALID'],
      [{ fileName: '' }, 'FILE_NAME_INVALID'],
      [{ fileName: 'x'.repeat(201) }, 'FILE_NAME_INVALID'],
      [{ fileName: 'fdp\u202egpj.exe' }, 'FILE_NAME_INVALID'],
    ] as const) {
      const refusal = await announce(more);
      expect([refusal.__typename, refusal.code]).toEqual(['UploadRefused', code]);
      expect(refusal.message.length).toBeGreaterThan(10);
    }
    expect((await announce({ sizeBytes: 200_001 })).message).toContain('0,2 MB');
    for (const as of [marco, paolo]) {
      const kind = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10 };
      const file = { practiceId, attachmentCode: 'CERT', ...kind };
      expect((await filing(town, as).upload(file)).__typename).toBe('NotAllowed');
      expect(town.audit.events.at(-1)).toMatchObject({
        action: 'Practice.upload',
        outcome: 'refused',
        actor: { id: as.id },
        subjectIds: [practiceId],
      });
    }
  });

  it('is refused when what comes is not what was announced, and leaves nothing', async () => {
    const { announce } = await draft();
    const [filesBefore, chunksBefore] = [await count('stored_file'), await count('stored_file_chunk')];
    const script = Buffer.concat([Buffer.from('MZ'), randomBytes(5_000)]);
    for (const [more, bytes, expected] of [
      [{}, Buffer.alloc(0), '422 EMPTY'],
      [{}, script, '415 MEDIA_TYPE_DIFFERS'],
      [{}, Buffer.from('<html><script>x()</script></html>'), '415 MEDIA_TYPE_DIFFERS'],
      [{ mediaType: 'image/png' }, pdf(5_000), '415 MEDIA_TYPE_DIFFERS'],
      [{}, pdf(200_001), '413 TOO_LARGE'],
      [{ sizeBytes: 5_000 }, pdf(5_001), '422 SIZE_DIFFERS'],
      [{ sha256: 'a'.repeat(64) }, pdf(70_000), '422 SHA256_DIFFERS'],
    ] as const) {
      const sizeBytes = Math.min(Math.max(bytes.length, 1), 200_000);
      const ticket = await announce({ sizeBytes, ...more });
      const answer = await put(ticket.uploadUrl, bytes);
      expect(codeOf(answer)).toBe(expected);
    }
    expect([await count('stored_file'), await count('stored_file_chunk')]).toEqual([
      filesBefore,
      chunksBefore,
    ]);
  });

  it('is what its bytes are, whatever the browser called it, under a name of that type', async () => {
    const templateId = await town.addTemplate(
      { id: 'PHOTOS' },
      {
        requiredAttachments: [
          {
            ...{ code: 'FOTO', label: 'Foto', required: false, maxBytes: 1_000 },
            mediaTypes: ['image/jpeg', 'image/heic', 'application/pdf'],
          },
        ],
      },
    );
    const { practice } = await filing(town).start({ templateId, childId: sofia });
    const heic = Buffer.concat([
      Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'latin1'),
      randomBytes(50),
    ]);
    const jpeg = Buffer.concat([Buffer.from('ffd8ffe000104a464946000101', 'hex'), randomBytes(50)]);
    for (const [announced, fileName, bytes, expected] of [
      ['image/heif', 'IMG_1.HEIC', heic, ['image/heic', 'IMG_1.HEIC']],
      ['', 'IMG_2.HEIC', heic, ['image/heic', 'IMG_2.HEIC']],
      ['application/octet-stream', 'senza nome', jpeg, ['image/jpeg', 'senza nome.jpg']],
      ['image/jpg', 'foto.JPG', jpeg, ['image/jpeg', 'foto.JPG']],
      ['image/jpeg', 'foto.jpg', heic, ['image/heic', 'foto.jpg.heic']],
      ['', 'modulo', Buffer.concat([Buffer.alloc(100), pdf(50)]), ['application/pdf', 'modulo.pdf']],
      ['', 'pagina.html', Buffer.from('<html></html>'), null],
      ['image/jpeg', 'a.jpg', pdf(50), null],
      ['application/pdf', 'a.pdf', jpeg, null],
      ['image/jpeg', 'a.jpg', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(9)]), null],
    ] as const) {
      const file = { practiceId: practice.id, attachmentCode: 'FOTO', fileName, sizeBytes: bytes.length };
      const ticket = await filing(town).upload({ ...file, mediaType: announced });
      const answer = await put(ticket.uploadUrl, bytes);
      if (expected === null) expect([fileName, codeOf(answer)]).toEqual([fileName, '415 MEDIA_TYPE_DIFFERS']);
      else {
        const [{ media_type, file_name }] = await town.database.query(
          'SELECT * FROM stored_file WHERE sha256 = $1 AND file_name = $2',
          [sha256Of(bytes), expected[1]],
        );
        expect([answer.status, media_type, file_name]).toEqual([201, ...expected]);
      }
    }
  });

  it('may have exactly as many bytes as the form accepts, and not one more', async () => {
    const { announce } = await draft();
    const exact = pdf(200_000);
    const ticket = await announce({ sizeBytes: 200_000 });
    expect((await put(ticket.uploadUrl, exact)).status).toBe(201);
    const another = await announce({ sizeBytes: 200_000 });
    const streamed = await fetch(here(another.uploadUrl), {
      ...{ method: 'PUT', duplex: 'half' },
      body: new Blob([new Uint8Array(exact)]).stream(),
    } as RequestInit);
    expect(streamed.status).toBe(201);
    const over = await announce({ sizeBytes: 200_000 });
    const longer = await fetch(here(over.uploadUrl), {
      ...{ method: 'PUT', duplex: 'half' },
      body: new Blob([new Uint8Array(exact), new Uint8Array(1)]).stream(),
    } as RequestInit);
    expect(longer.status).toBe(413);
  });

  it('is found at its address as it was given, with nothing appended', async () => {
    const { announce } = await draft();
    const ticket = await announce({ sizeBytes: 100 });
    for (const more of ['A', '=', '/', '/a', '?a=1', '.pdf', '%20', '//'])
      expect([
        more,
        (await fetch(here(ticket.uploadUrl) + more, { method: 'PUT', body: new Uint8Array(pdf(100)) }))
          .status,
      ]).toEqual([more, 404]);
    expect((await put(ticket.uploadUrl, pdf(100))).status).toBe(201);
  });

  it('is cut at its limit while it comes, also when nobody said how long it is', async () => {
    const { announce } = await draft();
    const ticket = await announce();
    const parts = Array.from({ length: 8 }, () => pdf(40_000));
    const stream = new ReadableStream({
      pull(controller) {
        const part = parts.shift();
        if (part === undefined) controller.close();
        else controller.enqueue(new Uint8Array(part));
      },
    });
    const response = await fetch(here(ticket.uploadUrl), {
      method: 'PUT',
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect([response.status, ((await response.json()) as UploadAnswer).errors[0]?.message]).toEqual([
      413,
      'Il file è più grande di quanto è accettato.',
    ]);
  });

  it('may be begun again after it broke off, and takes one file only', async () => {
    const { announce, practiceId } = await draft();
    const ticket = await announce();
    const chunksBefore = await count('stored_file_chunk');
    const broken = sendRequest(here(ticket.uploadUrl), {
      method: 'PUT',
      headers: { 'content-length': '150000' },
    });
    broken.on('error', () => undefined);
    broken.write(pdf(100_000));
    await until(async () => (await count('stored_file_chunk')) > chunksBefore);
    // While it arrives, nobody else may send, and nothing can be attached.
    expect(codeOf(await put(ticket.uploadUrl, pdf(10_000)))).toBe('409 IN_PROGRESS');
    const early = await filing(town).save({
      practiceId,
      version: 1,
      answers: [],
      uploadIds: [ticket.uploadId],
    });
    expect(early.problems).toMatchObject([{ path: 'uploadIds', code: 'UPLOAD_NOT_RECEIVED' }]);
    broken.destroy();
    await until(async () => (await count('stored_file_chunk')) === chunksBefore);
    expect((await put(ticket.uploadUrl, pdf(10_000))).status).toBe(201);
    expect(codeOf(await put(ticket.uploadUrl, pdf(10_000)))).toBe('409 ALREADY_RECEIVED');
  });

  it('is answered when it was cut, however much of it is still to come', async () => {
    const { announce } = await draft();
    const ticket = await announce();
    const id = parseId('PracticeAttachment', ticket.uploadId)?.[0];
    const cut = sendRequest(here(ticket.uploadUrl), { method: 'PUT' });
    const answer = new Promise<number | undefined>((resolve, reject) => {
      cut.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    const isBegun = async () =>
      (await town.database.query('SELECT file_id FROM practice_attachment WHERE id = $1', [id]))[0]
        .file_id !== null;
    cut.write(pdf(100_000));
    await until(isBegun);
    cut.write(pdf(150_000));
    await until(async () => !(await isBegun()));
    cut.end();
    expect(await answer).toBe(413);
  });

  it.each([
    [5 * 60_000 - 1, 201],
    [5 * 60_000, 400],
  ])('that takes %i ms is answered %i: after five minutes another may take its place', async (ms, status) => {
    const { announce } = await draft();
    const ticket = await announce({ sizeBytes: 150_000 });
    const chunksBefore = await count('stored_file_chunk');
    const slow = sendRequest(here(ticket.uploadUrl), { method: 'PUT' });
    const answer = new Promise<number | undefined>((resolve, reject) => {
      slow.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    slow.write(pdf(70_000));
    await until(async () => (await count('stored_file_chunk')) > chunksBefore);
    const before = town.time.now;
    town.time.now = new Date(before.getTime() + ms);
    slow.end(pdf(80_000));
    expect(await answer).toBe(status);
    town.time.now = before;
  });

  it('that is refused before its end is the last request of its connection', async () => {
    const connectionAfter = async (isComplete: boolean) => {
      const request = Object.assign(new IncomingMessage(new Socket()), {
        method: 'GET',
        complete: isComplete,
      });
      request.on('error', () => undefined).destroy();
      const response = new ServerResponse(request);
      const about = { requestId: 'request-1', language: 'it' } as const;
      await serveUpload(town.subgraph, town.services, about, request, response);
      // What is gone or complete is not read on.
      return [response.statusCode, response.getHeader('connection'), request.readableFlowing];
    };
    expect(await connectionAfter(false)).toEqual([405, 'close', null]);
    expect(await connectionAfter(true)).toEqual([405, undefined, null]);
  });

  it('that is refused is read to its end, so that its sender sees the refusal and not a reset', async () => {
    const request = Object.assign(new IncomingMessage(new Socket()), { method: 'POST' });
    const about = { requestId: 'request-1', language: 'it' } as const;
    const served = serveUpload(town.subgraph, town.services, about, request, new ServerResponse(request));
    request.push(pdf(200_000));
    request.push(null);
    await served;
    expect(request.readableEnded).toBe(true);
  });

  it('that our database fails says whether to send it again later, and its address still works', async () => {
    const { announce } = await draft();
    const ticket = await announce();
    const refused = async (code: string) => {
      const fails = async () => {
        throw Object.assign(new Error('SQL'), { driverError: { code } });
      };
      failing = { database: Object.create(town.database, { transaction: { value: fails } }) };
      const response = await fetch(here(ticket.uploadUrl), { method: 'PUT', body: 'bytes' });
      const { errors } = (await response.json()) as UploadAnswer;
      return [response.headers.get('retry-after'), `${response.status} ${errors[0]?.extensions.code}`];
    };
    expect(await refused('57P01')).toEqual(['5', '503 SUBGRAPH_UNAVAILABLE']);
    expect(await refused('23505')).toEqual([null, '500 INTERNAL_SERVER_ERROR']);
    failing = {};
    expect((await put(ticket.uploadUrl, pdf(10_000))).status).toBe(201);
  });

  it('of many at once on one address is one', async () => {
    const { announce } = await draft();
    const ticket = await announce({ sizeBytes: 100_000 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => put(ticket.uploadUrl, pdf(100_000))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
  });

  it('takes up where a process died: after a while another attempt removes what was left', async () => {
    const { announce } = await draft();
    const ticket = await announce();
    const id = parseId('PracticeAttachment', ticket.uploadId)?.[0];
    const left = '3f0c1c3e-1111-4222-8333-444455556666';
    await town.database.query(
      'UPDATE practice_attachment SET file_id = $2, receiving_since = $3 WHERE id = $1',
      [id, left, town.time.now],
    );
    await town.database.query(`INSERT INTO stored_file_chunk VALUES ($1, 0, '\\x00')`, [left]);
    expect(codeOf(await put(ticket.uploadUrl, pdf(10_000)))).toBe('409 IN_PROGRESS');
    const before = town.time.now;
    town.time.now = new Date(before.getTime() + 6 * 60_000);
    expect((await put(ticket.uploadUrl, pdf(10_000))).status).toBe(201);
    town.time.now = before;
    expect(await town.database.query('SELECT * FROM stored_file_chunk WHERE file_id = $1', [left])).toEqual(
      [],
    );
  });

  it('works by its own address only, by PUT only, and for a while only', async () => {
    const { announce, practiceId } = await draft();
    const ticket = await announce();
    expect((await fetch(here(ticket.uploadUrl))).status).toBe(405);
    expect((await fetch(here(ticket.uploadUrl), { method: 'POST', body: 'x' })).headers.get('allow')).toBe(
      'PUT',
    );
    expect(codeOf(await put(`${ticket.uploadUrl}x`, pdf(10)))).toBe('404 NOT_FOUND');
    expect(codeOf(await put(ticket.uploadUrl, pdf(10), { 'content-encoding': 'gzip' }))).toBe(
      '415 ENCODING_NOT_ACCEPTED',
    );
    // An address to read is none to write, and the other way round.
    const asDocument = ticket.uploadUrl.replace('/uploads/', '/documents/');
    expect((await fetch(here(`${asDocument}/a.pdf`))).status).toBe(404);
    const parts = parseId('PracticeAttachment', ticket.uploadId) as readonly string[];
    const grant = { kind: 'PracticeAttachment', parts, caller: { kind: 'anonymous' } } as const;
    const { uploadUrl } = town.services.documents.signUpload('practices', grant, 60_000);
    expect(codeOf(await put(uploadUrl, pdf(10)))).toBe('404 NOT_FOUND');
    const before = town.time.now;
    town.time.now = new Date(before.getTime() + 15 * 60_000);
    expect(codeOf(await put(ticket.uploadUrl, pdf(10)))).toBe('410 EXPIRED');
    town.time.now = before;
    await town.database.query(`UPDATE practice SET status = 'SUBMITTED' WHERE id = $1`, [
      parseId('Practice', practiceId)?.[1],
    ]);
    expect(codeOf(await put(ticket.uploadUrl, pdf(10)))).toBe('404 NOT_FOUND');
    expect(
      await filing(town).upload({
        practiceId,
        attachmentCode: 'CERT',
        fileName: 'a.pdf',
        mediaType: 'application/pdf',
        sizeBytes: 10,
      }),
    ).toMatchObject({
      __typename: 'UploadRefused',
      code: 'NOT_EDITABLE',
    });
  });

  it('cannot be attached to, or removed from, anybody else’s practice', async () => {
    const [mine, other] = [await draft(), await draft()];
    const ticket = await mine.announce();
    await put(ticket.uploadUrl, pdf(1_000));
    const unknown = createId('PracticeAttachment', '3f0c1c3e-1111-4222-8333-444455556666');
    for (const id of [ticket.uploadId, unknown, 'nonsense']) {
      const attach = await filing(town).save({
        practiceId: other.practiceId,
        version: 1,
        answers: [],
        uploadIds: [id],
      });
      const remove = await filing(town).save({
        practiceId: other.practiceId,
        version: 1,
        answers: [],
        removeAttachmentIds: [id],
      });
      expect([attach.problems[0].code, remove.problems[0].code]).toEqual([
        'UPLOAD_UNKNOWN',
        'ATTACHMENT_UNKNOWN',
      ]);
    }
  });

  it('is counted: a practice has no room for more than twenty', async () => {
    const { announce } = await draft();
    for (let index = 0; index < 20; index++) await announce();
    expect(await announce()).toMatchObject({ __typename: 'UploadRefused', code: 'TOO_MANY' });
  });

  it('is forgotten after a day when no save attached it, and kept when one did', async () => {
    const { announce, practiceId } = await draft();
    const small = { sizeBytes: 1_000 };
    const [kept, lost] = [await announce(small), await announce(small)];
    for (const ticket of [kept, lost]) await put(ticket.uploadUrl, pdf(1_000));
    await filing(town).save({ practiceId, version: 1, answers: [], uploadIds: [kept.uploadId] });
    const filesBefore = await count('stored_file');
    const waiting = await town.waiting(cleanUpload.queue);
    for (const ticket of [kept, lost]) {
      const id = parseId('PracticeAttachment', ticket.uploadId)?.[0] ?? '';
      expect(waiting).toContain(id);
      expect(await cleanUpload.run(town.services, id, AbortSignal.timeout(1_000))).toBeNull();
    }
    expect(await count('stored_file')).toBe(filesBefore - 1);
    const { practice } = await town.ask(`{ practice(id: "${practiceId}") { attachments { id } } }`);
    expect(practice.attachments).toEqual([{ id: kept.uploadId }]);
  });
});

describe('answering a request for integration', () => {
  it('files what was asked for once, as a submission of its own, and is SUBMITTED until the protocol register has it', async () => {
    const { practiceId, announce } = await draft();
    const first = await announce({ sizeBytes: 1_000 });
    await put(first.uploadUrl, pdf(1_000));
    await filing(town).save({
      practiceId,
      version: 1,
      answers: completeAnswers,
      uploadIds: [first.uploadId],
    });
    await filing(town).submit({ practiceId, version: 2 });
    const uuid = parseId('Practice', practiceId)?.[1];
    await town.database.query(`UPDATE practice SET status = 'INTEGRATION_REQUESTED' WHERE id = $1`, [uuid]);
    await town.database.query(
      `UPDATE practice_submission SET entry_key = 99, entry_number = 4711, entry_year = 2026, completed_at = now() WHERE practice_id = $1`,
      [uuid],
    );
    const asked = [
      {
        code: 'ISEE',
        label: 'Attestazione ISEE',
        mediaTypes: ['application/pdf'],
        maxBytes: 5_000,
        required: true,
      },
    ];
    await town.database.query(
      `INSERT INTO practice_integration_request (practice_id, sequence, requested_at, message, attachments) VALUES ($1, 1, now(), 'Serve l’ISEE.', $2)`,
      [uuid, JSON.stringify(asked)],
    );
    const { integrate, save } = filing(town);
    const base = { practiceId, version: 3, answers: [] as { code: string; value: string }[] };
    expect(await save(base)).toMatchObject({ __typename: 'NotEditable', status: 'INTEGRATION_REQUESTED' });
    expect((await integrate(base)).problems).toMatchObject([
      { path: 'attachments.ISEE', code: 'REQUIRED', message: 'Allegare "Attestazione ISEE".' },
    ]);
    expect((await integrate({ ...base, removeAttachmentIds: [first.uploadId] })).problems).toMatchObject([
      { code: 'ATTACHMENT_FILED' },
    ]);
    expect((await integrate({ ...base, answers: [{ code: 'IBAN', value: 'x' }] })).problems).toMatchObject([
      { code: 'IBAN_INVALID' },
    ]);
    const ticket = await announce({ attachmentCode: 'ISEE', fileName: 'isee', sizeBytes: 4_000 });
    await put(ticket.uploadUrl, pdf(4_000));
    const input = { ...base, answers: [{ code: 'CLASSE', value: 'Api' }], uploadIds: [ticket.uploadId] };
    const all = await Promise.all([integrate(input), integrate(input), integrate(input)]);
    expect(all.map(({ __typename }) => __typename)).toEqual(all.map(() => 'PracticeIntegrated'));
    expect(all[0].practice).toMatchObject({ status: 'SUBMITTED', version: 4 });
    const [, integration, ...more] = await town.database.query(
      'SELECT * FROM practice_submission WHERE practice_id = $1 ORDER BY kind',
      [uuid],
    );
    expect([integration.kind, more]).toEqual(['INTEGRATION', []]);
    expect(JSON.parse(integration.as_filed)).toMatchObject({
      answers: [{ code: 'CLASSE', value: 'Api' }],
      attachments: [{ code: 'ISEE', label: 'Attestazione ISEE', fileName: 'isee.pdf' }],
      previousEntry: { number: 4711, year: 2026 },
    });
    expect(await town.waiting('practices.register')).toContain(integration.id);
    expect((await integrate({ ...base, version: 4 })).__typename).toBe('NotEditable');
  });

  it('wants something to send, where the office said nothing of what', async () => {
    const { practiceId } = await draft();
    await town.database.query(`UPDATE practice SET status = 'INTEGRATION_REQUESTED' WHERE id = $1`, [
      parseId('Practice', practiceId)?.[1],
    ]);
    const refusal = await filing(town).integrate({ practiceId, version: 1, answers: [] });
    expect([refusal.__typename, refusal.problems[0].code]).toEqual(['PracticeIncomplete', 'NOTHING_ADDED']);
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await isTrue()).toBe(true);
}
