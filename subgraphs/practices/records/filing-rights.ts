import type { EntityManager } from 'typeorm';
import type { BusinessCaller, CitizenCaller } from '../../../core/identity/caller.ts';
import { createId, isUuid, parseId } from '../../../core/ids.ts';
import type { Audience } from '../../../legacy/ports/practices.port.ts';
import { type Entitlement, isHiddenPractice } from '../../shared/entitlement.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { PracticeEntity } from './practice.entity.ts';
import type { PracticeStatus } from './practice-status.type.ts';
import type { TemplateEntity } from './template.entity.ts';

// All rights on practices are decided here. A practice belongs to the person who started it, and to nobody else.

/** Only a citizen with a digital identity or a business may file; programs and anonymous callers may not. */
export type Filer = CitizenCaller | BusinessCaller;

export function filerOf({ caller }: RequestContext): Filer | null {
  return caller.kind === 'citizen' || caller.kind === 'business' ? caller : null;
}

/** Whether a template is meant for this kind of caller. */
export function mayUse({ audiences }: TemplateEntity, filer: Filer): boolean {
  const audience: Audience = filer.kind === 'citizen' ? 'CITIZENS' : 'BUSINESSES';
  return audiences.includes(audience);
}

/**
 * The caller's own practice, locked until the transaction ends; null if it is unknown, another person's, or
 * hidden from the caller. The entitlement is read before the transaction: one that waits for a second session of the
 * pool while it holds the first may wait for itself.
 */
export async function lockOwnPractice(
  entitlement: Entitlement,
  manager: EntityManager,
  filer: Filer,
  uuid: string,
): Promise<PracticeEntity | null> {
  const practice = await manager.findOne(PracticeEntity, {
    where: { id: uuid, applicant: filer.codiceFiscale },
    lock: { mode: 'pessimistic_write' },
  });
  return practice === null || isHiddenPractice(entitlement, practice) ? null : practice;
}

/** The key of a practice that was started here; null for any other id. */
export function uuidOf(practiceId: string): string | null {
  const [origin, uuid = '', ...more] = parseId('Practice', practiceId) ?? [];
  const isOurs = origin === 'O' && more.length === 0 && isUuid(uuid);
  return isOurs ? uuid : null;
}

export function practiceId(uuid: string): string {
  return createId('Practice', 'O', uuid);
}

/** Whether files and answers may still change. */
export function mayChange(status: PracticeStatus): boolean {
  return status === 'DRAFT' || status === 'INTEGRATION_REQUESTED';
}

/** Whether the practice can be withdrawn: it was filed and has no outcome. */
export function mayWithdraw(status: PracticeStatus): boolean {
  return status === 'SUBMITTED' || status === 'REGISTERED' || status === 'INTEGRATION_REQUESTED';
}
