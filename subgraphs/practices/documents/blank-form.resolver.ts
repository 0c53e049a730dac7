import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Document } from '../../shared/documents/document.type.ts';
import { type DocumentSource, documentFor } from '../../shared/documents/document-source.ts';
import { fileToMake, makeDocument } from '../../shared/documents/made-document.ts';
import { municipalityOf } from '../../shared/municipality.loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { formByKey, templateById } from '../template/template.loader.ts';
import { PracticeTemplate } from '../template/template.type.ts';
import { blankFormContent } from './blank-form.content.ts';

@Resolver(() => PracticeTemplate)
export class BlankFormResolver {
  @FieldResolver(() => Document, {
    nullable: true,
    description:
      'The form as a PDF to fill in by hand or on a screen, and to send by e-mail to `contact`. Generated on download.',
  })
  blankForm(@Root() { entity }: PracticeTemplate, @Ctx() context: RequestContext): Document {
    return documentFor(context, 'practices', 'BlankForm', [entity.id], fileToMake(nameOf(entity.id)));
  }
}

/** Public, as templates are. */
export const blankFormSource: DocumentSource = async (context, [id]) => {
  const template = await templateById(context).load(String(id));
  if (template === null) return null;
  const [form, municipality] = await Promise.all([
    formByKey(context).load({ templateId: template.id, revision: template.revision }),
    municipalityOf(context),
  ]);
  if (form === null) return null;
  const content = blankFormContent(template, form, municipality, context.today);
  return makeDocument(context, nameOf(template.id), content);
};

function nameOf(templateId: string): string {
  return `modulo-${templateId.toLowerCase()}.pdf`;
}
