import { isProblem } from '@school-services/client';
import { useState } from 'react';
import {
  type PortalDraftPartsFragment,
  type PortalFieldProblemFragment,
  PortalIntegratePractice,
  PortalSavePractice,
} from '../api/operations.generated.ts';
import type { RequestProblem } from '../api/problems.ts';
import { useAction } from '../api/use-action.ts';
import { type Practice, type Values, valuesOf } from './form-model.ts';
import { useTypedAnswers } from './typed-answers.ts';

export interface DraftState {
  readonly practice: Practice;
  /** What stands in the form now. */
  readonly values: Values;
  readonly hasUnsaved: boolean;
  readonly isSaving: boolean;
  /** What the last save was refused for, field by field. */
  readonly refused: readonly PortalFieldProblemFragment[];
  /** A refusal of the whole, in the server's words. */
  readonly notice: { readonly code: string; readonly text: string } | null;
  readonly failed: RequestProblem | null;
  type(changes: Readonly<Record<string, string>>): void;
  /** Takes the server's values in place of those typed here. */
  discard(): void;
  /** The practice as it was saved, or null where it was not. */
  save(files?: FileChanges): Promise<PortalDraftPartsFragment | null>;
  /** The same, as the answer to the office's request. */
  integrate(files?: FileChanges): Promise<PortalDraftPartsFragment | null>;
}

export interface FileChanges {
  readonly uploadIds?: readonly string[];
  readonly removeAttachmentIds?: readonly string[];
}

/** A practice that is being filled in: what the server holds, and what was typed since. */
export function useDraft(loaded: Practice): DraftState {
  const [practice, setPractice] = useState(loaded);
  const { typed, type, forget, clear } = useTypedAnswers(loaded.id);
  const [refused, setRefused] = useState<readonly PortalFieldProblemFragment[]>([]);
  const [notice, setNotice] = useState<DraftState['notice']>(null);
  const saving = useAction(PortalSavePractice);
  const integrating = useAction(PortalIntegratePractice);

  const inputOf = ({ uploadIds = [], removeAttachmentIds = [] }: FileChanges) => ({
    input: {
      practiceId: practice.id,
      version: practice.version,
      answers: [...typed].map(([code, value]) => ({ code, value: value === '' ? null : value })),
      uploadIds: [...uploadIds],
      removeAttachmentIds: [...removeAttachmentIds],
    },
  });
  const settle = (result: Awaited<ReturnType<typeof saving.run | typeof integrating.run>>) => {
    setRefused([]);
    setNotice(null);
    if (result === null) return null;
    if (result.__typename === 'PracticeSaved' || result.__typename === 'PracticeIntegrated') {
      setPractice((before) => ({ ...before, ...result.practice }));
      forget(typed);
      return result.practice;
    }
    if (result.__typename === 'VersionConflict') setPractice((before) => ({ ...before, ...result.current }));
    if ('problems' in result) setRefused(result.problems);
    if (isProblem(result)) setNotice({ code: result.code, text: result.message });
    return null;
  };
  return {
    practice,
    values: valuesOf(practice.answers, typed),
    hasUnsaved: typed.size > 0,
    isSaving: saving.isRunning || integrating.isRunning,
    refused,
    notice,
    failed: saving.problem ?? integrating.problem,
    type(changes) {
      setRefused((before) => before.filter(({ path }) => !(path.replace('answers.', '') in changes)));
      type(changes);
    },
    discard() {
      clear();
      setNotice(null);
      setRefused([]);
    },
    async save(files = {}) {
      return settle(await saving.run(inputOf(files)));
    },
    async integrate(files = {}) {
      return settle(await integrating.run(inputOf(files)));
    },
  };
}
