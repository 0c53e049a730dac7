import '../core/runtime-check.ts';
import { access, constants, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { readAuditConfig } from '../core/config.ts';
import { openDatabase } from '../core/database.ts';
import { runCommand } from '../core/main.ts';
import { createAuditKeys } from '../subgraphs/shared/audit/audit-keys.ts';
import type { Finding } from '../subgraphs/shared/audit/finding.ts';
import { readHeads } from '../subgraphs/shared/audit/read-heads.ts';
import { verifyAudit } from '../subgraphs/shared/audit/verify-audit.ts';
import { townEnvironment } from './town-environment.ts';

const mostLines = 1_000;

/**
 * `npm run audit:verify [-- <log file> …]`: exits with 1 if a chain is broken. `-` reads the log from stdin:
 * `journalctl -u school --output short | npm run audit:verify -- -`
 */
await runCommand(async () => {
  const paths = process.argv.slice(2);
  await requireFiles(paths.filter((path) => path !== '-'));
  const { databaseUrl, auditSecrets } = readAuditConfig(townEnvironment(process.env));
  const database = await openDatabase({
    url: databaseUrl,
    entities: [],
    migrations: [],
    statementTimeoutMs: 60_000,
  });
  try {
    let [heads, unreadable] = [0, 0];
    const noted = readHeads(linesOf(paths));
    const counted = async function* () {
      for await (const head of noted.heads) {
        heads++;
        yield head;
      }
      unreadable = noted.unreadable;
    };
    const { chains, events, pending, faults, remarks } = await verifyAudit(
      database,
      createAuditKeys(auditSecrets),
      counted(),
    );
    console.log(`${chains} chains, ${events} events, ${pending} not linked yet, ${heads} ends from the log`);
    if (unreadable > 0) console.log(`${unreadable} lines of the log name an end that cannot be read.`);
    print(remarks);
    print(faults);
    console.log(faults.length === 0 ? 'Every chain is whole.' : `${faults.length} faults.`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await database.destroy();
  }
});

/** Before the trail is read, which takes long. */
async function requireFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths)
    await access(path, constants.R_OK).catch(() => {
      throw new Error(`${path} cannot be read: name files of the log, or - for stdin.`);
    });
}

async function* linesOf(paths: readonly string[]): AsyncIterable<string> {
  for (const path of paths) {
    if (path === '-') yield* createInterface({ input: process.stdin });
    else yield* (await open(path)).readLines();
  }
}

function print(findings: readonly Finding[]): void {
  for (const { chain, sequence, what } of findings.slice(0, mostLines))
    console.log(`chain ${chain}, link ${sequence}: ${what}`);
  if (findings.length > mostLines) console.log(`and ${findings.length - mostLines} more`);
}
