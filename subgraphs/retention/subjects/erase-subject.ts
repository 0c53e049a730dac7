import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { CodiceFiscale } from '../../../core/values/index.ts';
import { forgetPersons } from '../../shared/audit/person.store.ts';
import { pseudonymsIn } from '../../shared/audit/persons.ts';
import { childId } from '../../shared/family.ts';
import { recordByOperator } from '../../shared/record-access.ts';
import { isNamedByBlock } from '../../shared/records/protection.store.ts';
import type { Services } from '../../shared/request-context.ts';
import { eraseSteps, groundsToKeep } from './erase-steps.ts';
import { listRestrictions } from './restrict-subject.ts';
import { countSubjectRows } from './subject-rows.ts';

export type ErasingServices = Pick<Services, 'database' | 'legacy' | 'clock' | 'audit'>;

export interface ErasureReport {
  readonly erased: readonly { readonly what: string; readonly count: number }[];
  readonly kept: readonly { readonly table: string; readonly count: number; readonly ground: string }[];
  /**
   * For the operator and not for the person: whether the trail still names them. A block keeps the key, since it counts what
   * the blocked person tried; the person must not learn of it.
   */
  readonly trail: 'STRANGER' | 'NAMED_FOR_A_BLOCK';
}

interface Subject {
  readonly code: CodiceFiscale;
  /** Every id by which the trail may know the person, as a child too. */
  readonly ids: readonly string[];
  readonly isBlocked: boolean;
  readonly auditId: string;
}

const dayMs = 24 * 3_600_000;
/** More rows than one person has in any table: a step is one statement. */
const most = 100_000;

/**
 * Erases what may be erased of a person from our own database, in one transaction a step, so that it may end at any of
 * them and be run again. With `isDryRun` everything is done in one transaction that is undone.
 *
 * Errors: LEGACY_UNAVAILABLE; a sentence where the person's data is restricted; with nothing done.
 */
export async function eraseSubject(
  services: ErasingServices,
  code: CodiceFiscale,
  personIds: readonly string[],
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<ErasureReport> {
  const { database, legacy, clock } = services;
  if ((await listRestrictions(services, code)).length > 0)
    throw new Error(
      'The data of this person is restricted, which keeps it: lift that first with subject:restrict and --lift.',
    );
  const [childKeys = []] = await legacy.anagrafe.childKeysOf([code]);
  const subject: Subject = {
    code,
    ids: [...personIds, ...childKeys.map((key) => childId({ key }))],
    isBlocked: await isNamedByBlock(database.manager, code, clock.today()),
    auditId: randomUUID(),
  };
  if (isDryRun) return undone(services, subject);
  const pseudonyms = [...(await pseudonymsIn(database.manager, subject.ids)).values()];
  return erase(services, subject, pseudonyms, (work) => database.transaction(work));
}

/** What would be erased and kept. */
async function undone(services: ErasingServices, subject: Subject): Promise<ErasureReport> {
  const runner = services.database.createQueryRunner();
  await runner.startTransaction();
  try {
    const pseudonyms = [...(await pseudonymsIn(runner.manager, subject.ids)).values()];
    return await erase(services, subject, pseudonyms, (work) => work(runner.manager));
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

async function erase(
  services: ErasingServices,
  subject: Subject,
  pseudonyms: readonly string[],
  inTransaction: <Result>(work: (manager: EntityManager) => Promise<Result>) => Promise<Result>,
): Promise<ErasureReport> {
  const erased: { what: string; count: number }[] = [];
  for (const step of eraseSteps) {
    const before = new Date(services.clock.now().getTime() - step.days * dayMs);
    const count = await inTransaction(async (manager) => {
      const [row] = await manager.query<{ count: number }[]>(step.remove, [before, most, subject.code]);
      if ((row?.count ?? 0) > 0) await record(services, manager, subject);
      return row?.count ?? 0;
    });
    if (count > 0) erased.push({ what: step.what, count });
  }
  const kept = await inTransaction((manager) => countSubjectRows(manager, subject.code, pseudonyms));
  if (!subject.isBlocked)
    await inTransaction(async (manager) => {
      if ((await forgetPersons(manager, subject.ids)) > 0) await record(services, manager, subject);
    });
  return {
    erased,
    kept: kept.map(({ table, count }) => ({ table, count, ground: groundOf(table) })),
    trail: subject.isBlocked ? 'NAMED_FOR_A_BLOCK' : 'STRANGER',
  };
}

function groundOf(table: string): string {
  const ground = groundsToKeep[table];
  if (ground === undefined) throw new Error(`Rows of ${table} are left, and nothing says why.`);
  return ground;
}

/** Records that somebody was erased and when, without naming the person. */
function record(services: ErasingServices, manager: EntityManager, { auditId }: Subject): Promise<void> {
  return recordByOperator(services, manager, 'Subject.erase', [], auditId);
}
