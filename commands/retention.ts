import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import { readWorkerConfig } from '../core/config.ts';
import { processLog, runCommand } from '../core/main.ts';
import { romeDateOf } from '../core/values/index.ts';
import { readLegacyConfig } from '../legacy/open-legacy.ts';
import { openServices } from '../subgraphs/open-services.ts';
import { listOverdue, type RuleReport, runRetention } from '../subgraphs/retention/run-retention.ts';
import { listRestrictions } from '../subgraphs/retention/subjects/restrict-subject.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run retention -- [--dry-run]`: removes what is kept for long enough, as the worker does daily; or only says what it would. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' } } });
  const config = readWorkerConfig(townEnvironment(process.env), readLegacyConfig);
  const { services, close } = await openServices(
    { ...config.services, legacy: config.legacy },
    { log: processLog('warn') },
  );
  try {
    const reports = await listOverdue(services, services.retention);
    for (const line of tableOf(reports)) console.log(line);
    const held = await listRestrictions(services);
    if (held.length > 0) console.log(`Kept besides: the data of ${held.length} persons that is restricted.`);
    if (values['dry-run']) return console.log('Nothing was removed.');
    const removed = await runRetention(services, services.retention);
    const texts = [...removed].map(([id, count]) => `${id} ${count}`);
    console.log(texts.length === 0 ? 'There was nothing to remove.' : `Removed: ${texts.join(', ')}.`);
  } finally {
    await close();
  }
});

function tableOf(reports: readonly RuleReport[]): readonly string[] {
  const rows = reports.map(({ rule, days, before, count, oldest }) => [
    rule.id,
    String(days),
    romeDateOf(before),
    String(count),
    oldest === null ? '-' : romeDateOf(oldest),
    rule.variable ?? '-',
    rule.what,
  ]);
  const all = [['rule', 'days', 'before', 'rows', 'oldest', 'variable', 'of'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
