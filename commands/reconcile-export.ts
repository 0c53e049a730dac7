import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import { readReconciliationConfig } from '../core/config.ts';
import { runCommand } from '../core/main.ts';
import { parseCalendarDate } from '../core/values/index.ts';
import { openLegacy, readLegacyConfig } from '../legacy/open-legacy.ts';
import { exportReconciliation } from '../subgraphs/payments/reconciliation/export-reconciliation.action.ts';
import { openReconciliation } from '../subgraphs/payments/reconciliation/open-reconciliation.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run reconcile:export -- [--out folder] [--from YYYY-MM-DD] [--to YYYY-MM-DD]` */
await runCommand(async () => {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: '.' }, from: { type: 'string' }, to: { type: 'string' } },
  });
  const day = (text: string | undefined) => (text === undefined ? null : parseCalendarDate(text));
  const request = { folder: values.out, from: day(values.from), to: day(values.to) };
  const { databaseUrl, legacy } = readReconciliationConfig(townEnvironment(process.env), readLegacyConfig);
  const { services, close } = await openReconciliation(databaseUrl, openLegacy({ ...legacy, poolSize: 1 }));
  try {
    const { path, rows } = await exportReconciliation(services, request);
    console.log(`${path}: ${rows} rows`);
  } finally {
    await close();
  }
});
