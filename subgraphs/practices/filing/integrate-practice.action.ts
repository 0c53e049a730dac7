import { IsNull } from 'typeorm';
import type { Scope } from '../../skeleton/scope.ts';
import type { FieldProblem } from '../../skeleton/shared-types.ts';
import { addEvent } from '../add-event.ts';
import { formOf } from '../form-of.ts';
import { IntegrationRequestEntity } from '../registration/registration.entity.ts';
import { TemplateEntity } from '../template.entity.ts';
import { attachUploads } from '../uploads/attach-uploads.ts';
import { changeAnswers, type StoredAnswers } from './answers.rules.ts';
import { type ChangeDefinition, changePractice } from './change-practice.ts';
import { missingAttachments } from './completeness.rules.ts';
import { fileSubmission } from './file-submission.ts';
import type { SavePracticeInput } from './filing.input.ts';
import { type IntegratePracticeResult, PracticeIntegrated } from './filing.result.ts';
import { answersInvalid, practiceIncomplete } from './refusals.ts';

/**
 * Answers what the office asked for: files, and answers put right, as a submission of its own.
 *
 * It is SUBMITTED once more until the register shows them; the registrar sets it back to REGISTERED.
 */
export function integratePractice(
  scope: Scope,
  input: SavePracticeInput,
): Promise<typeof IntegratePracticeResult> {
  return changePractice(scope, integrating, input) as Promise<typeof IntegratePracticeResult>;
}

const integrating: ChangeDefinition<SavePracticeInput, PracticeIntegrated> = {
  name: 'integrate',
  mayChange: ({ status }) => status === 'INTEGRATION_REQUESTED',
  done: (practice) => Object.assign(new PracticeIntegrated(), { practice }),
  change: async (change, input) => {
    const { manager, scope, practice, now, keep } = change;
    const { templateId, id: practiceId } = practice;
    const form = await formOf(manager, practice);
    const { answers, problems } = changeAnswers(form.fields, practice.answers, input.answers, scope.language);
    const files = await attachUploads(manager, practiceId, input, now, scope.language);
    if (problems.length + files.problems.length > 0)
      return answersInvalid(scope, [...problems, ...files.problems]);

    const requests = await manager.findBy(IntegrationRequestEntity, { practiceId, answeredAt: IsNull() });
    const wanted = requests.flatMap(({ attachments }) => attachments);
    const codes = files.added.map(({ code }) => code);
    const missing = missingAttachments(wanted, codes, scope.language);
    const changed = changedAnswers(practice.answers, answers);
    const isEmpty = files.added.length === 0 && Object.keys(changed).length === 0;
    if (missing.length > 0 || isEmpty)
      return practiceIncomplete(scope, missing.length > 0 ? missing : [nothingAdded(scope)]);

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

function nothingAdded({ language }: Scope): FieldProblem {
  const message =
    language === 'it'
      ? 'Allegare un file o correggere una risposta.'
      : 'Attach a file or put an answer right.';
  return { path: 'uploadIds', code: 'NOTHING_ADDED', message };
}
