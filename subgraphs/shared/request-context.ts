import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AuditStream } from '../../core/audit.ts';
import type { Clock } from '../../core/clock.ts';
import type { NoticeConfig } from '../../core/config.ts';
import type { FileKeys } from '../../core/file-keys.ts';
import type { Caller } from '../../core/identity/caller.ts';
import type { Log } from '../../core/log.ts';
import type { RetentionConfig } from '../../core/retention-config.ts';
import type { CalendarDate } from '../../core/values/index.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import type { AuditKeys } from './audit/audit-keys.ts';
import type { Grants } from './grants.ts';
import type { Jobs } from './job-queue.ts';
import type { Pagopa } from './pagopa/pagopa.port.ts';
import type { PayingRules } from './pagopa/paying-rules.ts';
import type { Settlements } from './settlements/settlement.store.ts';
import type { WebhookRules } from './webhook-rules.ts';

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
  readonly webhooks: WebhookRules;
  readonly documents: Grants;
  /** Encrypts what is stored of files and secrets. */
  readonly fileKeys: FileKeys;
  /** How long data is kept, and the keys that sign the ends of removed parts of the audit trail. */
  readonly retention: { readonly config: RetentionConfig; readonly auditKeys: AuditKeys };
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
