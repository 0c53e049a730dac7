import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The product as it is built and shipped, with the types of its source: `npm run build` comes first.

export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** A program of the product. */
export const program = (path: string) => join(projectFolder, 'dist', path);

/** The settings of Node.js and of its allocator with which deploy/ starts the product. */
export function shippedSettings(): Readonly<Record<string, string>> {
  const unit = readFileSync(join(projectFolder, 'deploy/systemd/school-gateway@.service'), 'utf8');
  const line = /^Environment="NODE_OPTIONS=([^"]+)" MALLOC_ARENA_MAX=(\d+)$/m.exec(unit);
  if (line === null) throw new Error('The systemd unit of the gateway has no line with NODE_OPTIONS.');
  const [, NODE_OPTIONS = '', MALLOC_ARENA_MAX = ''] = line;
  return { NODE_OPTIONS, MALLOC_ARENA_MAX };
}

const built = (path: string) => import(new URL(`../dist/${path}`, import.meta.url).href);

type Clock = typeof import('../core/clock.ts');
type Config = typeof import('../core/config.ts');
type Verifier = typeof import('../core/identity/token-verifier.ts');
type Log = typeof import('../core/log.ts');
type Cluster = typeof import('../demo/postgres/start-cluster.ts');
type Seed = typeof import('../demo/town/seed-apart.ts');
type Load = typeof import('../demo/town/load-children.ts');
type OpenLegacy = typeof import('../legacy/open-legacy.ts');
type Migrate = typeof import('../subgraphs/migrate.ts');

/** What prepares a measurement. Loaded when asked for: no contestant needs it. */
export async function groundwork() {
  const [clock, cluster, seed, load, migrate] = (await Promise.all([
    built('core/clock.js'),
    built('demo/postgres/start-cluster.js'),
    built('demo/town/seed-apart.js'),
    built('demo/town/load-children.js'),
    built('subgraphs/migrate.js'),
  ])) as [Clock, Cluster, Seed, Load, Migrate];
  return { ...clock, ...cluster, ...seed, ...load, ...migrate };
}

/** What a peer puts our subgraphs on. */
export async function subgraphParts() {
  const [config, verifier, log, legacy, services, registry, scope] = (await Promise.all([
    built('core/config.js'),
    built('core/identity/token-verifier.js'),
    built('core/log.js'),
    built('legacy/open-legacy.js'),
    built('subgraphs/open-services.js'),
    built('subgraphs/registry.js'),
    built('subgraphs/shared/request-context.js'),
  ])) as [
    Config,
    Verifier,
    Log,
    OpenLegacy,
    typeof import('../subgraphs/open-services.ts'),
    typeof import('../subgraphs/registry.ts'),
    typeof import('../subgraphs/shared/request-context.ts'),
  ];
  return { ...config, ...verifier, ...log, ...legacy, ...services, ...registry, ...scope };
}

/** What the hand-written server shares with the product: its statements, its token check, its signed addresses. */
export async function limitParts() {
  const [verifier, grants, clock, ids, settlements, records, entitlements, ...statements] =
    (await Promise.all([
      built('core/identity/token-verifier.js'),
      built('subgraphs/shared/grants.js'),
      built('core/clock.js'),
      built('core/ids.js'),
      built('subgraphs/shared/settlements/settlement.store.js'),
      built('subgraphs/payments/records/payment-records.js'),
      built('subgraphs/shared/records/entitlement.store.js'),
      built('legacy/hypersic/anagrafe.statements.js'),
      built('legacy/hypersic/school.statements.js'),
      built('legacy/hypersic/invoice.statements.js'),
      built('legacy/hypersic/payments.statements.js'),
      built('legacy/hypersic/practices.statements.js'),
    ])) as [
      Verifier,
      typeof import('../subgraphs/shared/grants.ts'),
      Clock,
      typeof import('../core/ids.ts'),
      typeof import('../subgraphs/shared/settlements/settlement.store.ts'),
      typeof import('../subgraphs/payments/records/payment-records.ts'),
      typeof import('../subgraphs/shared/records/entitlement.store.ts'),
      typeof import('../legacy/hypersic/anagrafe.statements.ts'),
      typeof import('../legacy/hypersic/school.statements.ts'),
      typeof import('../legacy/hypersic/invoice.statements.ts'),
      typeof import('../legacy/hypersic/payments.statements.ts'),
      typeof import('../legacy/hypersic/practices.statements.ts'),
    ];
  const { settledOfDebtors } = settlements;
  const { recordsOfDebtor } = records;
  const { entitlementOfPerson } = entitlements;
  const [anagrafe, school, invoices, payments, practices] = statements;
  const own = { settledOfDebtors, recordsOfDebtor, entitlementOfPerson };
  const shared = { ...verifier, ...grants, ...clock, ...ids, ...own };
  return { ...shared, anagrafe, school, invoices, payments, practices };
}

/** The statements by which the product keeps its audit trail. */
export async function auditStatements() {
  return (await built(
    'subgraphs/shared/audit/audit.store.js',
  )) as typeof import('../subgraphs/shared/audit/audit.store.ts');
}
