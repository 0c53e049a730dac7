import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import { keepIncomplete } from '../../../core/unreadable.ts';
import { toInstant } from '../../../core/values/index.ts';
import type { ChildKey } from '../../../legacy/ports/anagrafe.port.ts';
import type { PracticeKey } from '../../../legacy/ports/keys.ts';
import type { PracticeRecord } from '../../../legacy/ports/practices.port.ts';
import type { Document } from '../../shared/documents/document.type.ts';
import { type DocumentSource, documentFor, legacyDocument } from '../../shared/documents/document-source.ts';
import { childId, ifVisibleChild } from '../../shared/family.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { FieldProblem } from '../../shared/shared-types.ts';
import { mayChange } from '../records/filing-rights.ts';
import { formByKey, templateById } from '../template/template.loader.ts';
import { PracticeForm, PracticeTemplate, toForm, toTemplate } from '../template/template.type.ts';
import { toAttachment } from '../uploads/attachment.document.ts';
import { attachmentsByPractice } from '../uploads/attachment.loader.ts';
import { PracticeAttachment } from '../uploads/attachment.type.ts';
import { missingFrom } from './completeness.rules.ts';
import { eventsByPractice, findPractice, ownPractices } from './practice.loader.ts';
import { Answer, Practice, PracticeEvent } from './practice.type.ts';
import { PractisingChild } from './stubs.ts';

@Resolver(() => Answer)
export class AnswerResolver {
  @FieldResolver(() => Boolean, {
    description:
      'Whether `savePractice` or `integratePractice` accepts a new answer now. False once it was filed, and false for a certified answer unless the form allows the applicant to change it.',
  })
  async editable(
    @Root() { code, certified, practice }: Answer,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    if (!mayChange(practice.status)) return false;
    if (!certified) return true;
    const form = await formByKey(context).load(practice);
    return form?.fields.find((field) => field.code === code)?.isEditable === true;
  }
}

@Resolver(() => Practice)
export class PracticeResolver {
  @Query(() => Practice, {
    nullable: true,
    description:
      "A practice of the caller. Null if there is no such practice or it is another person's: the two cases look the same. Errors: LEGACY_UNAVAILABLE.",
  })
  practice(
    @Arg('id', () => ID, { description: 'Id of a practice, from a list.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Practice | null> {
    return findPractice(context, id);
  }

  @FieldResolver(() => PracticeTemplate, {
    nullable: true,
    description: 'Null for practices filed elsewhere.',
  })
  async template(
    @Root() { origin }: Practice,
    @Ctx() context: RequestContext,
  ): Promise<PracticeTemplate | null> {
    if (origin.kind === 'elsewhere') return null;
    const entity = await templateById(context).load(origin.entity.templateId);
    return entity === null ? null : toTemplate(entity, context.today);
  }

  @FieldResolver(() => PracticeForm, {
    nullable: true,
    description: 'The revision of the form these answers belong to. Null for practices filed elsewhere.',
  })
  async form(@Root() { origin }: Practice, @Ctx() context: RequestContext): Promise<PracticeForm | null> {
    const form = origin.kind === 'elsewhere' ? null : await formByKey(context).load(origin.entity);
    return form === null ? null : toForm(form);
  }

  @FieldResolver(() => PractisingChild, {
    nullable: true,
    description: 'Null if the practice concerns no child, or one that the caller may no longer see.',
  })
  async child(
    @Root() { childKey }: Practice,
    @Ctx() context: RequestContext,
  ): Promise<PractisingChild | null> {
    return childKey === null ? null : ifVisibleChild(context, childId({ key: childKey as ChildKey }));
  }

  @FieldResolver(() => [FieldProblem], {
    description: 'The problems that keep this draft from being filed. Empty if it can be submitted.',
  })
  async problems(
    @Root() { origin, status }: Practice,
    @Ctx() context: RequestContext,
  ): Promise<readonly FieldProblem[]> {
    if (origin.kind === 'elsewhere' || status !== 'DRAFT') return [];
    const [form, attached] = await Promise.all([
      formByKey(context).load(origin.entity),
      attachmentsByPractice(context).load(origin.entity.id),
    ]);
    const codes = attached.map(({ code }) => code);
    return form === null ? [] : missingFrom(form, origin.entity.answers, codes, context.language);
  }

  @FieldResolver(() => [PracticeEvent], { description: 'Its milestones, in order.' })
  async history(
    @Root() { origin }: Practice,
    @Ctx() context: RequestContext,
  ): Promise<readonly PracticeEvent[]> {
    if (origin.kind === 'elsewhere') return origin.record.history;
    const events = await eventsByPractice(context).load(origin.entity.id);
    return events.map(({ at, status, note }) => ({ at: toInstant(at), status, note }));
  }

  @FieldResolver(() => [PracticeAttachment], { description: 'Attachments that the applicant added.' })
  async attachments(
    @Root() { origin }: Practice,
    @Ctx() context: RequestContext,
  ): Promise<readonly PracticeAttachment[]> {
    if (origin.kind === 'here') {
      const attached = await attachmentsByPractice(context).load(origin.entity.id);
      return attached.map((attachment) => toAttachment(context, attachment));
    }
    const { key, documents } = origin.record;
    const attached = documents.filter(({ isOutcome }) => !isOutcome);
    return keepIncomplete(
      documents,
      attached.map((document) => ({
        id: createId('PracticeAttachment', key, document.sequence),
        attachmentCode: String(document.sequence),
        document: fileOf(context, key, document),
      })),
    );
  }
}

export function fileOf(
  context: RequestContext,
  key: PracticeKey,
  { sequence, file }: PracticeRecord['documents'][number],
): Document | null {
  return file === null ? null : documentFor(context, 'practices', 'PracticeDocument', [key, sequence], file);
}

/** A document that the office issued for a practice, for as long as the practice is the caller's. */
export const practiceDocument: DocumentSource = async (context, [key, sequence]) => {
  const practices = await ownPractices(context);
  const record = practices.flatMap(({ origin }) => origin.record ?? []);
  const found = record
    .find((one) => one.key === String(key))
    ?.documents.find((one) => one.sequence === sequence);
  return found?.file == null ? null : legacyDocument(context, found.file);
};
