import type { AuditStream } from '../core/audit.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import type { ServicesConfig } from '../core/config.ts';
import { ensureMigrated, openDatabase } from '../core/database.ts';
import { createFileKeys } from '../core/file-keys.ts';
import type { Log } from '../core/log.ts';
import { type LegacyConfig, openLegacy } from '../legacy/open-legacy.ts';
import { createPagopa } from './payments/pagopa/create-pagopa.ts';
import { entities, migrations } from './registry.ts';
import { missingFileKeys } from './rotate-files.ts';
import { createAuditKeys } from './shared/audit/audit-keys.ts';
import { openAuditTrail } from './shared/audit/open-audit-trail.ts';
import { createGrants } from './shared/grants.ts';
import { createJobs } from './shared/jobs/create-jobs.ts';
import { noPagopa } from './shared/pagopa/no-pagopa.ts';
import type { Services } from './shared/request-context.ts';
import { createSettlements } from './shared/settlements/settlement.store.ts';
import { webhookRulesFor } from './shared/webhook-rules.ts';

/** Addresses of documents work for five minutes: enough to look at a document and save it. */
const grantLifetimeMs = 5 * 60_000;

/** Opens everything that subgraphs work with. */
export async function openServices(
  config: ServicesConfig & { readonly legacy: LegacyConfig; readonly clock?: Clock },
  { log, ...own }: { readonly log: Log; readonly audit?: AuditStream | null },
): Promise<{ readonly services: Services; close(): Promise<void> }> {
  const { clock = systemClock, documentSecrets: secrets, publicUrl } = config;
  const database = await openDatabase({ url: config.databaseUrl, entities, migrations });
  await ensureMigrated(database);
  const fileKeys = createFileKeys(config.fileKeys);
  const missing = await missingFileKeys(database, fileKeys);
  if (missing.length > 0) log.error('files.keyMissing', { keys: missing });
  const legacy = openLegacy({ ...config.legacy, log });
  // It may come later: until then what needs it is missing, and the rest answers.
  legacy.check().catch(({ cause }: Error) => log.warn('legacy.unreachable', { because: String(cause) }));
  const documents = createGrants({ secrets, publicUrl, lifetimeMs: grantLifetimeMs, clock });
  const settlements = createSettlements(database);
  const jobs = await createJobs(database);
  const auditKeys = createAuditKeys(config.auditSecrets);
  const audit = own.audit ?? openAuditTrail({ database, keys: auditKeys, clock, log });
  const paying = {
    returnOrigins: config.payment.returnOrigins,
    lockMs: config.payment.lockMinutes * 60_000,
    segregationCode: config.pagopa?.terms.segregationCode ?? '',
    gpdSegregationCode: config.pagopa?.terms.gpdSegregationCode ?? '',
    spontaneous: {
      days: config.payment.spontaneousDays,
      highestCents: new Map([...config.payment.highestEuros].map(([kind, euros]) => [kind, euros * 100])),
    },
  };
  return {
    services: {
      legacy,
      database,
      settlements,
      jobs,
      pagopa:
        config.pagopa === null
          ? noPagopa
          : createPagopa(config.pagopa, { log, clock, watch: config.legacy.watch }),
      paying,
      webhooks: webhookRulesFor(config),
      documents,
      fileKeys,
      retention: { config: config.retention, auditKeys },
      notices: config.notices,
      clock,
      log,
      audit,
    },
    close: async () => {
      await jobs.close();
      await audit.close();
      await Promise.all([database.destroy(), legacy.close()]);
    },
  };
}
