import { canonicalJson } from '../../shared/fingerprint.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { changeAnswers } from '../practice/answers.rules.ts';
import { formOf } from '../template/form-of.ts';
import { attachUploads } from '../uploads/attach-uploads.ts';
import { type ChangeDefinition, changePractice } from './change-practice.ts';
import type { SavePracticeInput } from './filing.input.ts';
import { PracticeSaved, type SavePracticeResult } from './filing.result.ts';
import { answersInvalid } from './refusals.ts';

/** SOSPENDI: saves the draft, complete or not. Input that can never be valid is refused, and nothing is saved. */
export function savePractice(
  context: RequestContext,
  input: SavePracticeInput,
): Promise<typeof SavePracticeResult> {
  return changePractice(context, saving, input) as Promise<typeof SavePracticeResult>;
}

const saving: ChangeDefinition<SavePracticeInput, PracticeSaved> = {
  name: 'save',
  mayChange: ({ status }) => status === 'DRAFT',
  done: (practice) => Object.assign(new PracticeSaved(), { practice }),
  change: async ({ manager, context, practice, now, keep }, input) => {
    const { fields } = await formOf(manager, practice);
    const { answers, problems } = changeAnswers(fields, practice.answers, input.answers, context.language);
    const files = await attachUploads(manager, practice.id, input, now, context.language);
    if (problems.length + files.problems.length > 0)
      return answersInvalid(context, [...problems, ...files.problems]);
    const isSame = canonicalJson(answers) === canonicalJson(practice.answers);
    if (isSame && !files.hasChanged) return practice;
    await files.keep();
    return keep({ answers });
  },
};
