import { canonicalJson } from '../../skeleton/fingerprint.ts';
import type { Scope } from '../../skeleton/scope.ts';
import { formOf } from '../form-of.ts';
import { attachUploads } from '../uploads/attach-uploads.ts';
import { changeAnswers } from './answers.rules.ts';
import { type ChangeDefinition, changePractice } from './change-practice.ts';
import type { SavePracticeInput } from './filing.input.ts';
import { PracticeSaved, type SavePracticeResult } from './filing.result.ts';
import { answersInvalid } from './refusals.ts';

/** SOSPENDI: keeps the draft, complete or not. What could never be valid is refused and nothing is kept. */
export function savePractice(scope: Scope, input: SavePracticeInput): Promise<typeof SavePracticeResult> {
  return changePractice(scope, saving, input) as Promise<typeof SavePracticeResult>;
}

const saving: ChangeDefinition<SavePracticeInput, PracticeSaved> = {
  name: 'save',
  mayChange: ({ status }) => status === 'DRAFT',
  done: (practice) => Object.assign(new PracticeSaved(), { practice }),
  change: async ({ manager, scope, practice, now, keep }, input) => {
    const { fields } = await formOf(manager, practice);
    const { answers, problems } = changeAnswers(fields, practice.answers, input.answers, scope.language);
    const files = await attachUploads(manager, practice.id, input, now, scope.language);
    if (problems.length + files.problems.length > 0)
      return answersInvalid(scope, [...problems, ...files.problems]);
    const isSame = canonicalJson(answers) === canonicalJson(practice.answers);
    if (isSame && !files.hasChanged) return practice;
    await files.keep();
    return keep({ answers });
  },
};
