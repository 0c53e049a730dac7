import type { EntityManager } from 'typeorm';
import { entitlementOf } from '../../shared/entitlement.ts';
import { fingerprintOf } from '../../shared/fingerprint.ts';
import { type NotAllowed, notAllowed, Problem } from '../../shared/problem.ts';
import { recordAccess, recordWrite } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { findPractice, forgetPractices } from '../practice/practice.loader.ts';
import { type Practice, toPracticeHere } from '../practice/practice.type.ts';
import { type Filer, filerOf, lockOwnPractice, uuidOf } from '../records/filing-rights.ts';
import { PracticeEntity } from '../records/practice.entity.ts';
import type { NotEditable, VersionConflict } from './filing.result.ts';
import { notEditable, versionConflict } from './refusals.ts';

/** One change of a practice by its applicant, in one transaction, with the practice locked. */
export interface ChangeInProgress {
  readonly manager: EntityManager;
  readonly context: RequestContext;
  readonly filer: Filer;
  readonly practice: PracticeEntity;
  readonly now: Date;
  /** Writes the changes and increments the version. */
  keep(changes: Partial<PracticeEntity>): Promise<PracticeEntity>;
}

export interface ChangeDefinition<Input, Done> {
  /** Shape: `save`, for the event `Practice.save`. */
  readonly name: string;
  readonly mayChange: (practice: PracticeEntity) => boolean;
  /** The result for the applicant, for the first call and for its repetition. */
  readonly done: (practice: Practice) => Done;
  /** The practice after the change, or the reason for a refusal. A refusal writes nothing. */
  readonly change: (change: ChangeInProgress, input: Input) => Promise<PracticeEntity | Problem>;
}

/**
 * Runs a change of the caller's own practice, at the right stage, of the version that the caller read.
 *
 * A repetition of the last change gets the same result and changes nothing.
 */
export async function changePractice<
  Input extends { readonly practiceId: string; readonly version: number },
  Done extends object,
>(
  context: RequestContext,
  definition: ChangeDefinition<Input, Done>,
  input: Input,
): Promise<Done | Problem | NotAllowed | NotEditable | VersionConflict> {
  const filer = filerOf(context);
  const uuid = uuidOf(input.practiceId);
  const outcome =
    filer === null
      ? notAllowed(context)
      : uuid === null
        ? await refuseElsewhere(context, input.practiceId)
        : await changeLocked(context, filer, uuid, definition, input);
  if (!(outcome instanceof Problem)) return definition.done(toPracticeHere(outcome));
  recordAccess(context, `Practice.${definition.name}`, 'refused', [input.practiceId]);
  return outcome;
}

async function changeLocked<Input extends { readonly practiceId: string; readonly version: number }, Done>(
  context: RequestContext,
  filer: Filer,
  uuid: string,
  { name, mayChange, change }: ChangeDefinition<Input, Done>,
  input: Input,
): Promise<PracticeEntity | Problem> {
  const lastWrite = fingerprintOf(name, input);
  const now = context.clock.now();
  const entitlement = await entitlementOf(context);
  try {
    return await context.database.transaction(async (manager) => {
      const practice = await lockOwnPractice(entitlement, manager, filer, uuid);
      if (practice === null) return notAllowed(context);
      if (practice.lastWrite === lastWrite && practice.version === input.version + 1) return practice;
      if (!mayChange(practice)) return notEditable(context, practice.status);
      if (practice.version !== input.version) return versionConflict(context, practice);
      const keep = async (changes: Partial<PracticeEntity>) => {
        const written = { ...changes, version: practice.version + 1, updatedAt: now, lastWrite };
        await manager.update(PracticeEntity, practice.id, written as object);
        return { ...practice, ...written };
      };
      const outcome = await change({ manager, context, filer, practice, now, keep }, input);
      if (!(outcome instanceof Problem))
        await recordWrite(context, manager, `Practice.${name}`, [input.practiceId]);
      return outcome;
    });
  } finally {
    forgetPractices(context);
  }
}

/**
 * The caller's practices filed at the counter or on the previous portal cannot be changed here; any other id is
 * not the caller's.
 */
async function refuseElsewhere(context: RequestContext, id: string): Promise<Problem> {
  const practice = await findPractice(context, id);
  return practice === null ? notAllowed(context) : notEditable(context, practice.status);
}
