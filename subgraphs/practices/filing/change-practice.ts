import type { EntityManager } from 'typeorm';
import { fingerprintOf } from '../../skeleton/fingerprint.ts';
import { type NotAllowed, notAllowed, Problem } from '../../skeleton/problem.ts';
import { recordAccess, recordWrite, type Scope } from '../../skeleton/scope.ts';
import { PracticeEntity } from '../practice.entity.ts';
import { findPractice, forgetPractices } from '../practice.loader.ts';
import { type Practice, toPracticeHere } from '../practice.type.ts';
import type { NotEditable, VersionConflict } from './filing.result.ts';
import { notEditable, versionConflict } from './refusals.ts';
import { type Filer, filerOf, lockOwnPractice, uuidOf } from './who-may.ts';

/** One change of a practice by its applicant, in one transaction and behind a lock on the practice. */
export interface ChangeInProgress {
  readonly manager: EntityManager;
  readonly scope: Scope;
  readonly filer: Filer;
  readonly practice: PracticeEntity;
  readonly now: Date;
  /** Writes what changed and raises the version. */
  keep(changes: Partial<PracticeEntity>): Promise<PracticeEntity>;
}

export interface ChangeDefinition<Input, Done> {
  /** Shape: `save`, for the event `Practice.save`. */
  readonly name: string;
  readonly mayChange: (practice: PracticeEntity) => boolean;
  /** What the applicant is told when it was done, or had been done by the same request before. */
  readonly done: (practice: Practice) => Done;
  /** The practice as it became, or why it did not. Nothing is written when it refuses. */
  readonly change: (change: ChangeInProgress, input: Input) => Promise<PracticeEntity | Problem>;
}

/**
 * Runs a change: the caller's own practice, at the right stage, of the version that the caller saw.
 *
 * The last change asked for once more in the same words is answered as before and done once.
 */
export async function changePractice<
  Input extends { readonly practiceId: string; readonly version: number },
  Done extends object,
>(
  scope: Scope,
  definition: ChangeDefinition<Input, Done>,
  input: Input,
): Promise<Done | Problem | NotAllowed | NotEditable | VersionConflict> {
  const filer = filerOf(scope);
  const uuid = uuidOf(input.practiceId);
  const outcome =
    filer === null
      ? notAllowed(scope)
      : uuid === null
        ? await refuseElsewhere(scope, input.practiceId)
        : await changeLocked(scope, filer, uuid, definition, input);
  if (!(outcome instanceof Problem)) return definition.done(toPracticeHere(outcome));
  recordAccess(scope, `Practice.${definition.name}`, 'refused', [input.practiceId]);
  return outcome;
}

async function changeLocked<Input extends { readonly practiceId: string; readonly version: number }, Done>(
  scope: Scope,
  filer: Filer,
  uuid: string,
  { name, mayChange, change }: ChangeDefinition<Input, Done>,
  input: Input,
): Promise<PracticeEntity | Problem> {
  const lastWrite = fingerprintOf(name, input);
  const now = scope.clock.now();
  try {
    return await scope.database.transaction(async (manager) => {
      const practice = await lockOwnPractice(manager, filer, uuid);
      if (practice === null) return notAllowed(scope);
      if (practice.lastWrite === lastWrite && practice.version === input.version + 1) return practice;
      if (!mayChange(practice)) return notEditable(scope, practice.status);
      if (practice.version !== input.version) return versionConflict(scope, practice);
      const keep = async (changes: Partial<PracticeEntity>) => {
        const written = { ...changes, version: practice.version + 1, updatedAt: now, lastWrite };
        await manager.update(PracticeEntity, practice.id, written as object);
        return { ...practice, ...written };
      };
      const outcome = await change({ manager, scope, filer, practice, now, keep }, input);
      if (!(outcome instanceof Problem))
        await recordWrite(scope, manager, `Practice.${name}`, [input.practiceId]);
      return outcome;
    });
  } finally {
    forgetPractices(scope);
  }
}

/** The caller's practices of the counter or the previous portal are not changed here; any other is not theirs. */
async function refuseElsewhere(scope: Scope, id: string): Promise<Problem> {
  const practice = await findPractice(scope, id);
  return practice === null ? notAllowed(scope) : notEditable(scope, practice.status);
}
