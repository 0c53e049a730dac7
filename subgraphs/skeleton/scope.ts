import type { DataSource } from 'typeorm';
import type { AuditStream } from '../../core/audit.ts';
import type { Clock } from '../../core/clock.ts';
import type { Caller } from '../../core/identity/caller.ts';
import type { Log } from '../../core/log.ts';
import type { CalendarDate } from '../../core/values/index.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import type { Grants } from './documents/grants.ts';
import type { Jobs } from './jobs/job.ts';
import type { Pagopa } from './pagopa/pagopa.port.ts';
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
  readonly documents: Grants;
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
  const { caller, requestId, audit } = scope;
  const actor = { kind: caller.kind, id: 'id' in caller ? caller.id : null };
  audit.record({
    action,
    outcome,
    actor,
    level: caller.kind === 'citizen' ? caller.level : null,
    subjectIds,
    requestId,
  });
}
