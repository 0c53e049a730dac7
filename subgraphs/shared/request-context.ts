import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuditEvent, AuditStream, ChildRelation } from '../../core/audit.ts';
import type { Clock } from '../../core/clock.ts';
import type { NoticeConfig } from '../../core/config.ts';
import type { Caller } from '../../core/identity/caller.ts';
import type { Log } from '../../core/log.ts';
import type { CalendarDate } from '../../core/values/index.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import { childRelations } from './child-relations.ts';
import type { Grants } from './grants.ts';
import type { Jobs } from './jobs/job.ts';
import type { Pagopa } from './pagopa/pagopa.port.ts';
import type { PayingRules } from './pagopa/paying-rules.ts';
import type { Settlements } from './settlements/settlements.ts';

/** Everything that a subgraph works with, opened once per process. */
export interface Services {
  readonly legacy: Legacy;
  /** Our own tables. */
  readonly database: DataSource;
  readonly settlements: Settlements;
  /** Work for the worker, asked for in the transaction that needs it. */
  readonly jobs: Jobs;
  readonly pagopa: Pagopa;
  readonly paying: PayingRules;
  readonly documents: Grants;
  readonly notices: NoticeConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: AuditStream;
}

/** One request as resolvers see it. All subgraphs of a process share it. */
export interface RequestContext extends Services {
  readonly caller: Caller;
  readonly requestId: string;
  /** The request in the audit trail. Ours alone: a client can choose `requestId`. */
  readonly auditId: string;
  /** The language of messages. */
  readonly language: 'it' | 'en';
  /** The same for the whole request, also over midnight. */
  readonly today: CalendarDate;
}

export function createRequestContext(
  services: Services,
  request: Pick<RequestContext, 'caller' | 'requestId' | 'language'>,
): RequestContext {
  return {
    ...services,
    ...request,
    auditId: randomUUID(),
    log: services.log.child({ requestId: request.requestId }),
    today: services.clock.today(),
  };
}

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
  const actor = { kind: caller.kind, id };
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
