import '../core/runtime-check.ts';
import { readReconciliationConfig } from '../core/config.ts';
import { runCommand } from '../core/main.ts';
import { openLegacy, readLegacyConfig } from '../legacy/open-legacy.ts';
import { importReconciliation } from '../subgraphs/payments/reconciliation/import-reconciliation.action.ts';
import { describeReport } from '../subgraphs/payments/reconciliation/import-report.ts';
import { openReconciliation } from '../subgraphs/payments/reconciliation/open-reconciliation.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run reconcile:import -- <file>` */
await runCommand(async () => {
  const [path, ...more] = process.argv.slice(2);
  if (path === undefined || more.length > 0)
    throw new Error('Name one file: npm run reconcile:import -- <file>');
  const { databaseUrl, legacy } = readReconciliationConfig(townEnvironment(process.env), readLegacyConfig);
  const { services, close } = await openReconciliation(databaseUrl, openLegacy({ ...legacy, poolSize: 1 }));
  try {
    for (const report of await importReconciliation(services, path)) console.log(describeReport(report));
  } finally {
    await close();
  }
});
