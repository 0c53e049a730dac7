import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { In, IsNull, Not } from 'typeorm';
import { Document } from '../../shared/documents/document.type.ts';
import { type DocumentSource, documentFor } from '../../shared/documents/document-source.ts';
import { defineLoader } from '../../shared/loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { ownPractices } from '../practice/practice.loader.ts';
import { Practice } from '../practice/practice.type.ts';
import { SubmissionEntity } from '../records/submission.entity.ts';
import { storedDocument } from '../stored-files/stored-file.document.ts';
import type { StoredFileEntity } from '../stored-files/stored-file.entity.ts';
import { storedFileById } from '../template/template.loader.ts';

@Resolver(() => Practice)
export class SummaryResolver {
  @FieldResolver(() => Document, {
    nullable: true,
    description:
      'The application as filed, as a PDF. Null for a draft, for the moments before the PDF is made, and for practices filed elsewhere.',
  })
  async summary(@Root() { origin }: Practice, @Ctx() context: RequestContext): Promise<Document | null> {
    if (origin.kind === 'elsewhere' || origin.entity.submittedAt === null) return null;
    const file = await summaryOf(context, origin.entity.id);
    return file === null
      ? null
      : documentFor(context, 'practices', 'PracticeSummary', [origin.entity.id], file);
  }
}

/** The summary of a practice's filing, for its applicant only. */
export const summaryDocument: DocumentSource = async (context, [id]) => {
  const practices = await ownPractices(context);
  const isOwn = practices.some(({ origin }) => origin.kind === 'here' && origin.entity.id === id);
  const file = isOwn ? await summaryOf(context, String(id)) : null;
  return file === null ? null : storedDocument(context, file);
};

async function summaryOf(context: RequestContext, practiceId: string): Promise<StoredFileEntity | null> {
  const fileId = await summaryFileIds(context).load(practiceId);
  return fileId === null ? null : storedFileById(context).load(fileId);
}

const summaryFileIds = defineLoader<string, string | null>(
  async ({ database }, practiceIds) => {
    const found = await database.getRepository(SubmissionEntity).find({
      select: { practiceId: true, summaryFileId: true },
      where: { practiceId: In(practiceIds), kind: 'FILING', summaryFileId: Not(IsNull()) },
    });
    return practiceIds.map((id) => found.find(({ practiceId }) => practiceId === id)?.summaryFileId ?? null);
  },
  (id) => id,
);
