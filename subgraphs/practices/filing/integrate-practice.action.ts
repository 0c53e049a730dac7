import { IsNull } from 'typeorm';
import type { RequestContext } from '../../shared/request-context.ts';
import type { FieldProblem } from '../../shared/shared-types.ts';
import { changeAnswers, type StoredAnswers } from '../practice/answers.rules.ts';
import { missingAttachments } from '../practice/completeness.rules.ts';
import { addEvent } from '../records/add-event.ts';
import { IntegrationRequestEntity } from '../records/registration.entity.ts';
import { TemplateEntity } from '../records/template.entity.ts';
import { formOf } from '../template/form-of.ts';
import { attachUploads } from '../uploads/attach-uploads.ts';
import { type ChangeDefinition, changePractice } from './change-practice.ts';
import { fileSubmission } from './file-submission.ts';
import type { SavePracticeInput } from './filing.input.ts';
import { type IntegratePracticeResult, PracticeIntegrated } from './filing.result.ts';
import { answersInvalid, practiceIncomplete } from './refusals.ts';

/**
 * Files the answer to the office's request, files and corrected answers, as a submission of its own.
 *
 * The practice is SUBMITTED until the protocol register shows the files; then the registration job sets it back to
 * REGISTERED.
 */
export function integratePractice(
  context: RequestContext,
  input: SavePracticeInput,
): Promise<typeof IntegratePracticeResult> {
  return changePractice(context, integrating, input) as Promise<typeof IntegratePracticeResult>;
}

const integrating: ChangeDefinition<SavePracticeInput, PracticeIntegrated> = {
  name: 'integrate',
  mayChange: ({ status }) => status === 'INTEGRATION_REQUESTED',
  done: (practice) => Object.assign(new PracticeIntegrated(), { practice }),
  change: async (change, input) => {
    const { manager, context, practice, now, keep } = change;
    const { templateId, id: practiceId } = practice;
    const form = await formOf(manager, practice);
    const { answers, problems } = changeAnswers(
      form.fields,
      practice.answers,
      input.answers,
      context.language,
    );
    const files = await attachUploads(manager, practiceId, input, now, context.language);
    if (problems.length + files.problems.length > 0)
      return answersInvalid(context, [...problems, ...files.problems]);

    const requests = await manager.findBy(IntegrationRequestEntity, { practiceId, answeredAt: IsNull() });
    const wanted = requests.flatMap(({ attachments }) => attachments);
    const codes = files.added.map(({ code }) => code);
    const missing = missingAttachments(wanted, codes, context.language);
    const changed = changedAnswers(practice.answers, answers);
    const isEmpty = files.added.length === 0 && Object.keys(changed).length === 0;
    if (missing.length > 0 || isEmpty)
      return practiceIncomplete(context, missing.length > 0 ? missing : [nothingAdded(context)]);

    await files.keep();
    const template = await manager.findOneByOrFail(TemplateEntity, { id: templateId });
    const what = { answers: changed, attachments: files.added, asked: wanted, reason: null };
    await fileSubmission(change, { kind: 'INTEGRATION', template, form, ...what });
    await addEvent(manager, practice, { at: now, status: 'SUBMITTED', note: null }, true);
    return keep({ answers, status: 'SUBMITTED' });
  },
};

function changedAnswers(before: StoredAnswers, after: StoredAnswers): StoredAnswers {
  return Object.fromEntries(
    Object.entries(after).filter(([code, { value }]) => value !== before[code]?.value),
  );
}

function nothingAdded({ language }: RequestContext): FieldProblem {
  const message =
    language === 'it'
      ? 'Allegare un file o correggere una risposta.'
      : 'Attach a file or put an answer right.';
  return { path: 'uploadIds', code: 'NOTHING_ADDED', message };
}
