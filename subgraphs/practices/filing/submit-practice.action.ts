import type { RequestContext } from '../../shared/request-context.ts';
import { missingFrom } from '../practice/completeness.rules.ts';
import { addEvent } from '../records/add-event.ts';
import { TemplateEntity } from '../records/template.entity.ts';
import { formOf } from '../template/form-of.ts';
import { isOpenOn } from '../template/template.type.ts';
import { attachedTo } from '../uploads/attachment.loader.ts';
import { type ChangeDefinition, changePractice } from './change-practice.ts';
import { fileSubmission } from './file-submission.ts';
import type { SubmitPracticeInput } from './filing.input.ts';
import { PracticeSubmitted, type SubmitPracticeResult } from './filing.result.ts';
import { practiceIncomplete, templateClosed } from './refusals.ts';

/**
 * INVIA: stores the submission, its files and its registration job in one transaction.
 *
 * Once it returns, a crash loses nothing. It does not wait for the protocol register.
 */
export function submitPractice(
  context: RequestContext,
  input: SubmitPracticeInput,
): Promise<typeof SubmitPracticeResult> {
  return changePractice(context, submitting, input) as Promise<typeof SubmitPracticeResult>;
}

const submitting: ChangeDefinition<SubmitPracticeInput, PracticeSubmitted> = {
  name: 'submit',
  mayChange: ({ status }) => status === 'DRAFT',
  done: (practice) => Object.assign(new PracticeSubmitted(), { practice }),
  change: async (change) => {
    const { manager, context, practice, now, keep } = change;
    const { templateId } = practice;
    const template = await manager.findOneByOrFail(TemplateEntity, { id: templateId });
    if (!isOpenOn(template, context.today)) return templateClosed(context, template);
    const form = await formOf(manager, practice);
    const attachments = await attachedTo(manager, practice.id);
    const codes = attachments.map(({ code }) => code);
    const problems = missingFrom(form, practice.answers, codes, context.language);
    if (problems.length > 0) return practiceIncomplete(context, problems);
    const { answers } = practice;
    await fileSubmission(change, { kind: 'FILING', template, form, answers, attachments, reason: null });
    await addEvent(manager, practice, { at: now, status: 'SUBMITTED', note: null }, true);
    return keep({ status: 'SUBMITTED', submittedAt: now });
  },
};
