import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { AppError } from '../../../core/errors.ts';
import { parseId } from '../../../core/ids.ts';
import { keepIncomplete } from '../../../core/unreadable.ts';
import type { Audience } from '../../../legacy/ports/practices.port.ts';
import { Document } from '../../shared/documents/document.type.ts';
import { type DocumentSource, documentFor } from '../../shared/documents/document-source.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { AudienceEnum } from '../records/practice-status.type.ts';
import { storedDocument } from '../stored-files/stored-file.document.ts';
import { PracticeCategory, Procedure, ServiceArea, toPracticeCategory, toServiceArea } from './menu.type.ts';
import { formByKey, storedFileById, templateById, templatesByProcedure } from './template.loader.ts';
import { PracticeForm, PracticeTemplate, RequiredAttachment, toForm, toTemplate } from './template.type.ts';

const audienceArgument = { defaultValue: 'CITIZENS', description: 'The audience of the menu.' } as const;

@Resolver(() => Procedure)
export class MenuResolver {
  @Query(() => [ServiceArea], {
    nullable: true,
    description: "The cards of the portal's home page. Public. Errors: LEGACY_UNAVAILABLE.",
  })
  async serviceAreas(
    @Arg('audience', () => AudienceEnum, audienceArgument) audience: Audience,
    @Ctx() { legacy }: RequestContext,
  ): Promise<readonly ServiceArea[]> {
    const areas = await legacy.practices.serviceAreas(audience);
    return keepIncomplete(
      areas,
      areas.map((area) => toServiceArea(area, audience)),
    );
  }

  @Query(() => [PracticeCategory], {
    nullable: true,
    description: 'The procedures, by category. Public. Errors: LEGACY_UNAVAILABLE.',
  })
  async practiceCategories(
    @Arg('audience', () => AudienceEnum, audienceArgument) audience: Audience,
    @Ctx() { legacy }: RequestContext,
  ): Promise<readonly PracticeCategory[]> {
    const categories = await legacy.practices.categories(audience);
    return keepIncomplete(categories, categories.map(toPracticeCategory));
  }

  @FieldResolver(() => [PracticeTemplate], {
    description: 'Newest school year first; those of past years stay listed and are closed.',
  })
  async templates(
    @Root() { code }: Procedure,
    @Ctx() context: RequestContext,
  ): Promise<readonly PracticeTemplate[]> {
    return (await templatesByProcedure(context).load(code)).map((entity) =>
      toTemplate(entity, context.today),
    );
  }
}

@Resolver(() => PracticeTemplate)
export class TemplateResolver {
  @Query(() => PracticeTemplate, {
    nullable: true,
    description: 'A template. Public. Null if there is none with this id.',
  })
  practiceTemplate(
    @Arg('id', () => ID, { description: 'Id of a template, from the list of procedures.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<PracticeTemplate | null> {
    return findTemplate(context, id);
  }

  @FieldResolver(() => Document, {
    nullable: true,
    description: 'Scheda informativa. Null if none is stored.',
  })
  async informationSheet(
    @Root() { entity }: PracticeTemplate,
    @Ctx() context: RequestContext,
  ): Promise<Document | null> {
    const file =
      entity.informationSheetId === null
        ? null
        : await storedFileById(context).load(entity.informationSheetId);
    return file === null ? null : documentFor(context, 'practices', 'InformationSheet', [entity.id], file);
  }

  @FieldResolver(() => PracticeForm, { description: "The template's form." })
  async form(@Root() { entity }: PracticeTemplate, @Ctx() context: RequestContext): Promise<PracticeForm> {
    return toForm(await currentForm(context, entity.id, entity.revision));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "The procedure's term, as its sheet states it, from the day the office opens the application. Unit: days. Null if there is none.",
  })
  async decidedWithinDays(
    @Root() { entity }: PracticeTemplate,
    @Ctx() context: RequestContext,
  ): Promise<number | null> {
    return (await currentForm(context, entity.id, entity.revision)).decidedWithinDays;
  }

  @FieldResolver(() => [RequiredAttachment], { description: 'The files that an applicant attaches.' })
  async requiredAttachments(
    @Root() { entity }: PracticeTemplate,
    @Ctx() context: RequestContext,
  ): Promise<readonly RequiredAttachment[]> {
    return (await currentForm(context, entity.id, entity.revision)).requiredAttachments;
  }
}

export async function findTemplate(context: RequestContext, id: string): Promise<PracticeTemplate | null> {
  const entity = await templateById(context).load(parseId('PracticeTemplate', id)?.join('/') ?? '');
  return entity === null ? null : toTemplate(entity, context.today);
}

/** Public, as templates are. */
export const informationSheet: DocumentSource = async (context, [templateId]) => {
  const template = await templateById(context).load(String(templateId));
  const fileId = template?.informationSheetId ?? null;
  const file = fileId === null ? null : await storedFileById(context).load(fileId);
  return file === null ? null : storedDocument(context, file);
};

async function currentForm(context: RequestContext, templateId: string, revision: string) {
  const form = await formByKey(context).load({ templateId, revision });
  if (form === null)
    throw new AppError('INTERNAL_SERVER_ERROR', 'Internal error.', { cause: 'A form is missing.' });
  return form;
}
