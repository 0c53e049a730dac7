import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { AuditEvent, ChildRelation } from '../../core/audit.ts';
import { idsOf } from '../../core/identity/person-id.ts';
import { childRelations } from './child-relations.ts';
import type { RequestContext, Services } from './request-context.ts';

/** Records one audit event for a read, allowed or refused. */
export function recordAccess(
  context: RequestContext,
  action: string,
  outcome: 'allowed' | 'refused',
  subjectIds: readonly string[],
): void {
  context.audit.record(eventOf(context, action, outcome, subjectIds));
}

/** Records one audit event for a write, in the transaction that writes. */
export async function recordWrite(
  context: RequestContext,
  manager: EntityManager,
  action: string,
  subjectIds: readonly string[],
): Promise<void> {
  await context.audit.recordIn(manager, eventOf(context, action, 'allowed', subjectIds));
}

/**
 * Records what an operator does by a command, in the transaction that writes. Without a person: operators are known by the
 * system that they sign in to. `id` is the same for all events of one command.
 */
export async function recordByOperator(
  { audit }: Pick<Services, 'audit'>,
  manager: EntityManager,
  action: string,
  subjectIds: readonly string[],
  id: string = randomUUID(),
): Promise<void> {
  await audit.recordIn(manager, {
    action,
    outcome: 'allowed',
    actor: { kind: 'operator', id: null },
    level: null,
    subjectIds,
    requestId: id,
    auditId: id,
  });
}

function eventOf(
  context: RequestContext,
  action: string,
  outcome: AuditEvent['outcome'],
  subjectIds: readonly string[],
): AuditEvent {
  const { caller, requestId, auditId } = context;
  const known = childRelations(context);
  const relations: Record<string, ChildRelation> = {};
  for (const subject of known.size === 0 ? [] : subjectIds) {
    const relation = known.get(subject);
    if (relation !== undefined) relations[subject] = relation;
  }
  const id = 'id' in caller ? caller.id : caller.kind === 'machine' ? caller.clientId : null;
  const level = caller.kind === 'citizen' ? caller.level : null;
  const [, ...formerIds] = idsOf(caller);
  const actor = { kind: caller.kind, id, ...(formerIds.length === 0 ? {} : { formerIds }) };
  return {
    action,
    outcome,
    actor,
    level,
    subjectIds,
    relations,
    requestId,
    auditId,
  };
}
