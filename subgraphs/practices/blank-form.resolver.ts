import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { renderPdf } from '../../core/pdf/render-pdf.ts';
import { body } from '../skeleton/body.ts';
import { Document } from '../skeleton/documents/document.type.ts';
import { type DocumentSource, documentFor } from '../skeleton/documents/document-source.ts';
import { fileToMake, madeDocument } from '../skeleton/documents/made-document.ts';
import type { Scope } from '../skeleton/scope.ts';
import { blankFormContent } from './blank-form.content.ts';
import { formByKey, templateById } from './template.loader.ts';
import { PracticeTemplate } from './template.type.ts';

@Resolver(() => PracticeTemplate)
export class BlankFormResolver {
  @FieldResolver(() => Document, {
    nullable: true,
    description:
      'The form as a PDF to fill by hand or on a screen, and to send by e-mail to `contact`. Made when it is fetched.',
  })
  blankForm(@Root() { entity }: PracticeTemplate, @Ctx() scope: Scope): Document {
    return documentFor(scope, 'practices', 'BlankForm', [entity.id], fileToMake(nameOf(entity.id)));
  }
}

/** Public: who may see a template may see its form. */
export const blankFormSource: DocumentSource = async (scope, [id]) => {
  const template = await templateById(scope).load(String(id));
  if (template === null) return null;
  const [form, municipality] = await Promise.all([
    formByKey(scope).load({ templateId: template.id, revision: template.revision }),
    body(scope),
  ]);
  if (form === null) return null;
  const bytes = await renderPdf(blankFormContent(template, form, municipality, scope.today));
  return madeDocument(nameOf(template.id), bytes);
};

function nameOf(templateId: string): string {
  return `modulo-${templateId.toLowerCase()}.pdf`;
}
