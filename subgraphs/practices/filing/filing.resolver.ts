import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../shared/request-context.ts';
import { createUpload } from './create-upload.action.ts';
import {
  CreateUploadInput,
  SavePracticeInput,
  StartPracticeInput,
  SubmitPracticeInput,
  WithdrawPracticeInput,
} from './filing.input.ts';
import {
  CreateUploadResult,
  IntegratePracticeResult,
  SavePracticeResult,
  StartPracticeResult,
  SubmitPracticeResult,
  WithdrawPracticeResult,
} from './filing.result.ts';
import { integratePractice } from './integrate-practice.action.ts';
import { savePractice } from './save-practice.action.ts';
import { startPractice } from './start-practice.action.ts';
import { submitPractice } from './submit-practice.action.ts';
import { withdrawPractice } from './withdraw-practice.action.ts';

@Resolver()
export class FilingResolver {
  @Mutation(() => StartPracticeResult, {
    nullable: true,
    description:
      'AVVIA PRATICA. Returns the open draft of the same template and child if there is one. Errors: LEGACY_UNAVAILABLE.',
  })
  startPractice(
    @Arg('input', () => StartPracticeInput, { description: 'The practice to start.' })
    input: StartPracticeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof StartPracticeResult> {
    return startPractice(context, input);
  }

  @Mutation(() => SavePracticeResult, {
    nullable: true,
    description: 'SOSPENDI: saves the draft, complete or not.',
  })
  savePractice(
    @Arg('input', () => SavePracticeInput, { description: 'The changes to save.' }) input: SavePracticeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SavePracticeResult> {
    return savePractice(context, input);
  }

  @Mutation(() => SubmitPracticeResult, {
    nullable: true,
    description:
      'INVIA. Durable once it returns PracticeSubmitted. Repeating it never files twice: the same call gets the same result, any other gets NotEditable.',
  })
  submitPractice(
    @Arg('input', () => SubmitPracticeInput, { description: 'The practice to file.' })
    input: SubmitPracticeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SubmitPracticeResult> {
    return submitPractice(context, input);
  }

  @Mutation(() => IntegratePracticeResult, {
    nullable: true,
    description: "Answers the office's request for integration.",
  })
  integratePractice(
    @Arg('input', () => SavePracticeInput, { description: 'The changes to send.' }) input: SavePracticeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof IntegratePracticeResult> {
    return integratePractice(context, input);
  }

  @Mutation(() => WithdrawPracticeResult, {
    nullable: true,
    description: 'Withdraws a submitted practice that has no outcome yet, or discards a draft for good.',
  })
  withdrawPractice(
    @Arg('input', () => WithdrawPracticeInput, { description: 'The practice to withdraw.' })
    input: WithdrawPracticeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof WithdrawPracticeResult> {
    return withdrawPractice(context, input);
  }

  @Mutation(() => CreateUploadResult, {
    nullable: true,
    description: 'Creates a one-use address to PUT the bytes of an attachment to.',
  })
  createUpload(
    @Arg('input', () => CreateUploadInput, { description: 'The file.' }) input: CreateUploadInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof CreateUploadResult> {
    return createUpload(context, input);
  }
}
