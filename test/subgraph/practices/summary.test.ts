import { createHash, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import { SubmissionEntity } from '../../../subgraphs/practices/records/submission.entity.ts';
import {
  StoredFileChunkEntity,
  StoredFileEntity,
} from '../../../subgraphs/practices/stored-files/stored-file.entity.ts';
import { enrolmentOfSofia } from '../../support/filings.ts';
import { addDraft, addTemplate, type OwnDatabase, openOwnDatabase } from '../../support/own-database.ts';
import { claudia, paolo } from '../../support/people.ts';
import { askPractices, practicesSubgraph, practicesTown } from '../../support/practices-town.ts';

const bytes = Buffer.from('%PDF-1.7 a summary');
const sha256 = createHash('sha256').update(bytes).digest('hex');

describe('the summary of a practice', () => {
  let own: OwnDatabase;
  let filed: string;
  let waiting: string;
  beforeAll(async () => {
    own = await openOwnDatabase();
    await addTemplate(own);
    const submittedAt = new Date('2026-10-15T07:00:00Z');
    filed = await addDraft(own, { status: 'SUBMITTED', submittedAt });
    waiting = await addDraft(own, { status: 'SUBMITTED', submittedAt });
    await addSubmission(filed, await addFile());
    await addSubmission(waiting, null);
  });
  afterAll(() => own.database.destroy());

  async function addFile(): Promise<string> {
    const id = randomUUID();
    const file = {
      id,
      fileName: 'riepilogo.pdf',
      mediaType: 'application/pdf',
      sizeBytes: bytes.length,
      sha256,
    };
    await own.database.getRepository(StoredFileEntity).insert(file);
    await own.database.getRepository(StoredFileChunkEntity).insert({ fileId: id, sequence: 0, bytes });
    return id;
  }

  async function addSubmission(practiceId: string, summaryFileId: string | null): Promise<void> {
    const asFiled = JSON.stringify(enrolmentOfSofia({ practiceId }));
    await own.database.getRepository(SubmissionEntity).insert({
      id: randomUUID(),
      practiceId,
      kind: 'FILING',
      reference: practiceId.slice(0, 8),
      asFiled,
      sha256: createHash('sha256').update(asFiled).digest('hex'),
      filedAt: new Date('2026-10-15T07:00:00Z'),
      summaryFileId,
      failures: 0,
    });
  }

  const summaryOf = async (id: string, as: Caller = claudia) => {
    const query = `{ practice(id: "${createId('Practice', 'O', id)}") { summary { fileName mediaType sizeBytes sha256 downloadUrl } } }`;
    const { data } = await askPractices(query, practicesTown().legacy, own.database, as);
    return (data as { practice: { summary: Record<string, unknown> | null } | null }).practice;
  };

  const download = async (id: string, as: Caller = claudia) => {
    const { documents } = await practicesSubgraph();
    const context = { caller: as, database: own.database, legacy: practicesTown().legacy } as never;
    const document = await documents.PracticeSummary?.(context, [id]);
    return document == null ? null : buffer(await document.read({ start: 0, end: document.sizeBytes - 1 }));
  };

  it('is the file that the worker made, for its applicant', async () => {
    expect(await summaryOf(filed)).toEqual({
      summary: {
        fileName: 'riepilogo.pdf',
        mediaType: 'application/pdf',
        sizeBytes: bytes.length,
        sha256,
        downloadUrl: expect.stringContaining('/documents/practices/'),
      },
    });
    expect(await download(filed)).toEqual(bytes);
  });

  it('is null until it was made', async () => {
    expect(await summaryOf(waiting)).toEqual({ summary: null });
    expect(await download(waiting)).toBeNull();
  });

  it('is nobody else’s, neither asked for nor fetched', async () => {
    expect(await summaryOf(filed, paolo)).toBeNull();
    expect(await download(filed, paolo)).toBeNull();
  });

  it('costs two statements more, however many practices are listed', async () => {
    const ids = [filed, waiting, filed].map((id) => createId('Practice', 'O', id));
    const fields = ids.map((id, n) => `p${n}: practice(id: "${id}") { summary { fileName } }`);
    own.sent();
    await askPractices(`{ ${fields.join(' ')} }`, practicesTown().legacy, own.database);
    expect(own.sent()).toHaveLength(4);
  });
});
