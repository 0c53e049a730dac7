import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { AppError } from '../../core/errors.ts';
import { parseId } from '../../core/ids.ts';
import type { Audience } from '../../legacy/ports/practices.port.ts';
import { Document } from '../skeleton/documents/document.type.ts';
import { type DocumentSource, documentFor } from '../skeleton/documents/document-source.ts';
import type { Scope } from '../skeleton/scope.ts';
import { PracticeCategory, Procedure, ServiceArea, toPracticeCategory, toServiceArea } from './menu.type.ts';
import { AudienceEnum } from './practice-status.type.ts';
import { storedDocument } from './stored-file.document.ts';
import { formByKey, storedFileById, templateById, templatesByProcedure } from './template.loader.ts';
import { PracticeForm, PracticeTemplate, RequiredAttachment, toForm, toTemplate } from './template.type.ts';

const audienceArgument = { defaultValue: 'CITIZENS', description: 'Whose menu.' } as const;

@Resolver(() => Procedure)
export class MenuResolver {
  @Query(() => [ServiceArea], {
    nullable: true,
    description: "The cards of the portal's home page. Public. Errors: LEGACY_UNAVAILABLE.",
  })
  async serviceAreas(
    @Arg('audience', () => AudienceEnum, audienceArgument) audience: Audience,
    @Ctx() { legacy }: Scope,
  ): Promise<readonly ServiceArea[]> {
    return (await legacy.practices.serviceAreas(audience)).map((area) => toServiceArea(area, audience));
  }

  @Query(() => [PracticeCategory], {
    nullable: true,
    description: 'What can be applied for, by category. Public. Errors: LEGACY_UNAVAILABLE.',
  })
  async practiceCategories(
    @Arg('audience', () => AudienceEnum, audienceArgument) audience: Audience,
    @Ctx() { legacy }: Scope,
  ): Promise<readonly PracticeCategory[]> {
    return (await legacy.practices.categories(audience)).map(toPracticeCategory);
  }

  @FieldResolver(() => [PracticeTemplate], {
    description: 'Newest school year first; those of past years stay listed and are closed.',
  })
  async templates(@Root() { code }: Procedure, @Ctx() scope: Scope): Promise<readonly PracticeTemplate[]> {
    return (await templatesByProcedure(scope).load(code)).map((entity) => toTemplate(entity, scope.today));
  }
}

@Resolver(() => PracticeTemplate)
export class TemplateResolver {
  @Query(() => PracticeTemplate, {
    nullable: true,
    description: 'A template. Public. Null when there is none.',
  })
  practiceTemplate(
    @Arg('id', () => ID, { description: "A template's id, as procedures give it." }) id: string,
    @Ctx() scope: Scope,
  ): Promise<PracticeTemplate | null> {
    return findTemplate(scope, id);
  }

  @FieldResolver(() => Document, {
    nullable: true,
    description: 'Scheda informativa. Null when none is stored.',
  })
  async informationSheet(
    @Root() { entity }: PracticeTemplate,
    @Ctx() scope: Scope,
  ): Promise<Document | null> {
    const file =
      entity.informationSheetId === null ? null : await storedFileById(scope).load(entity.informationSheetId);
    return file === null ? null : documentFor(scope, 'practices', 'InformationSheet', [entity.id], file);
  }

  @FieldResolver(() => PracticeForm, { description: 'What is asked.' })
  async form(@Root() { entity }: PracticeTemplate, @Ctx() scope: Scope): Promise<PracticeForm> {
    return toForm(await currentForm(scope, entity.id, entity.revision));
  }

  @FieldResolver(() => [RequiredAttachment], { description: 'Files that are asked for.' })
  async requiredAttachments(
    @Root() { entity }: PracticeTemplate,
    @Ctx() scope: Scope,
  ): Promise<readonly RequiredAttachment[]> {
    return (await currentForm(scope, entity.id, entity.revision)).requiredAttachments;
  }
}

export async function findTemplate(scope: Scope, id: string): Promise<PracticeTemplate | null> {
  const entity = await templateById(scope).load(parseId('PracticeTemplate', id)?.join('/') ?? '');
  return entity === null ? null : toTemplate(entity, scope.today);
}

/** Public: who may see a template may see its sheet. */
export const informationSheet: DocumentSource = async (scope, [templateId]) => {
  const template = await templateById(scope).load(String(templateId));
  const fileId = template?.informationSheetId ?? null;
  const file = fileId === null ? null : await storedFileById(scope).load(fileId);
  return file === null ? null : storedDocument(scope.database, file);
};

async function currentForm(scope: Scope, templateId: string, revision: string) {
  const form = await formByKey(scope).load({ templateId, revision });
  if (form === null)
    throw new AppError('INTERNAL_SERVER_ERROR', 'Internal error.', { cause: 'A form is missing.' });
  return form;
}
