import '../core/runtime-check.ts';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { readDatabaseUrl } from '../core/config.ts';
import { openDatabase } from '../core/database.ts';
import { runCommand } from '../core/main.ts';
import type { Head } from '../subgraphs/shared/audit/chain.ts';
import { verifyAudit } from '../subgraphs/shared/audit/verify-audit.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run audit:verify [-- <log file with audit.head lines>]`: exits with 1 when a chain is not whole. */
await runCommand(async () => {
  const [logPath] = process.argv.slice(2);
  const url = readDatabaseUrl(townEnvironment(process.env));
  const database = await openDatabase({ url, entities: [], migrations: [], statementTimeoutMs: 60_000 });
  try {
    const heads = logPath === undefined ? [] : await headsOf(logPath);
    const { chains, events, pending, faults } = await verifyAudit(database, heads);
    console.log(
      `${chains} chains, ${events} events, ${pending} not linked yet, ${heads.length} ends from the log`,
    );
    for (const { chain, sequence, what } of faults) console.log(`chain ${chain}, link ${sequence}: ${what}`);
    console.log(faults.length === 0 ? 'Every chain is whole.' : `${faults.length} faults.`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await database.destroy();
  }
});

async function headsOf(path: string): Promise<readonly (Head & { readonly chain: string })[]> {
  const heads: (Head & { chain: string })[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (!line.includes('"audit.head"')) continue;
    const { chain, sequence, hash } = JSON.parse(line) as Head & { chain: string };
    heads.push({ chain, sequence, hash });
  }
  return heads;
}
