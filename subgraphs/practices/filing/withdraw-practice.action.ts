import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../../shared/request-context.ts';
import { addEvent } from '../records/add-event.ts';
import { mayWithdraw } from '../records/filing-rights.ts';
import { PracticeEntity, PracticeEventEntity } from '../records/practice.entity.ts';
import { TemplateEntity } from '../records/template.entity.ts';
import { formOf } from '../template/form-of.ts';
import { removeAllAttachments } from '../uploads/remove-attachments.ts';
import { type ChangeDefinition, changePractice } from './change-practice.ts';
import { fileSubmission } from './file-submission.ts';
import type { WithdrawPracticeInput } from './filing.input.ts';
import { PracticeWithdrawn, type WithdrawPracticeResult } from './filing.result.ts';

const mostReasonCharacters = 1_000;

/**
 * Deletes a draft with its files, or files the withdrawal of a submitted practice.
 *
 * A withdrawal is a submission like any other: it is registered after the filing that it withdraws, even if that
 * has no number yet.
 */
export function withdrawPractice(
  context: RequestContext,
  input: WithdrawPracticeInput,
): Promise<typeof WithdrawPracticeResult> {
  return changePractice(context, withdrawing, input) as Promise<typeof WithdrawPracticeResult>;
}

const withdrawing: ChangeDefinition<WithdrawPracticeInput, PracticeWithdrawn> = {
  name: 'withdraw',
  mayChange: ({ status }) => status === 'DRAFT' || mayWithdraw(status),
  done: (practice) => Object.assign(new PracticeWithdrawn(), { practice }),
  change: async (change, input) => {
    const { manager, practice, now, keep } = change;
    if (practice.status === 'DRAFT') return discard(manager, practice);
    const { templateId } = practice;
    const template = await manager.findOneByOrFail(TemplateEntity, { id: templateId });
    const form = await formOf(manager, practice);
    const reason = input.reason?.trim().slice(0, mostReasonCharacters).toWellFormed() || null;
    await fileSubmission(change, {
      kind: 'WITHDRAWAL',
      template,
      form,
      answers: {},
      attachments: [],
      reason,
    });
    await addEvent(manager, practice, { at: now, status: 'WITHDRAWN', note: null }, true);
    return keep({ status: 'WITHDRAWN' });
  },
};

async function discard(manager: EntityManager, practice: PracticeEntity): Promise<PracticeEntity> {
  await removeAllAttachments(manager, practice.id);
  await manager.delete(PracticeEventEntity, { practiceId: practice.id });
  await manager.delete(PracticeEntity, practice.id);
  return { ...practice, status: 'WITHDRAWN', answers: {} };
}
