import type { DataSource, EntityManager } from 'typeorm';
import type { AuditEvent, AuditStream } from '../../core/audit.ts';
import type { Clock } from '../../core/clock.ts';
import type { NoticeConfig } from '../../core/config.ts';
import type { Caller } from '../../core/identity/caller.ts';
import type { Log } from '../../core/log.ts';
import type { CalendarDate } from '../../core/values/index.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import type { Grants } from './documents/grants.ts';
import type { Jobs } from './jobs/job.ts';
import type { Pagopa } from './pagopa/pagopa.port.ts';
import type { PayingRules } from './pagopa/paying-rules.ts';
import type { Settlements } from './settlements/settlements.ts';

/** What a subgraph stands on, made once a process. */
export interface Ground {
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

/** One request, as resolvers see it. All subgraphs of a process share the same one. */
export interface Scope extends Ground {
  readonly caller: Caller;
  readonly requestId: string;
  /** The language of messages. */
  readonly language: 'it' | 'en';
  /** The same for the whole request, also over midnight. */
  readonly today: CalendarDate;
}

export function createScope(
  ground: Ground,
  request: Pick<Scope, 'caller' | 'requestId' | 'language'>,
): Scope {
  return {
    ...ground,
    ...request,
    log: ground.log.child({ requestId: request.requestId }),
    today: ground.clock.today(),
  };
}

/** Leaves one event for who saw, or was refused, what. */
export function recordAccess(
  scope: Scope,
  action: string,
  outcome: 'allowed' | 'refused',
  subjectIds: readonly string[],
): void {
  scope.audit.record(eventOf(scope, action, outcome, subjectIds));
}

/** Leaves one event for what is written, in the transaction that writes it. */
export async function recordWrite(
  scope: Scope,
  manager: EntityManager,
  action: string,
  subjectIds: readonly string[],
): Promise<void> {
  await scope.audit.recordIn(manager, eventOf(scope, action, 'allowed', subjectIds));
}

function eventOf(
  { caller, requestId }: Scope,
  action: string,
  outcome: AuditEvent['outcome'],
  subjectIds: readonly string[],
): AuditEvent {
  const id = 'id' in caller ? caller.id : caller.kind === 'machine' ? caller.clientId : null;
  const level = caller.kind === 'citizen' ? caller.level : null;
  return { action, outcome, actor: { kind: caller.kind, id }, level, subjectIds, requestId };
}
