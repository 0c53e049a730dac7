import { parseArgs } from 'node:util';
import { readPersonsConfig } from '../core/config.ts';
import { allPersonIds } from '../core/identity/person-id.ts';
import { processLog, runCommand } from '../core/main.ts';
import { type CodiceFiscale, codiceFiscaleOf } from '../core/values/index.ts';
import { readLegacyConfig } from '../legacy/open-legacy.ts';
import { openServices } from '../subgraphs/open-services.ts';
import type { Restriction } from '../subgraphs/retention/subjects/restrict-subject.ts';
import type { Services } from '../subgraphs/shared/request-context.ts';
import { townEnvironment } from './town-environment.ts';

export interface SubjectCommand {
  readonly services: Services;
  readonly code: CodiceFiscale;
  /** Every id by which the audit trail may know the person. */
  readonly personIds: readonly string[];
  /** Whether a flag was given. */
  has(flag: string): boolean;
  /** An option's text; empty without it. */
  textOf(option: string): string;
}

/** Runs a command about one person, named by the code that is its one argument. A code that is not one is refused before anything is opened. */
export function runSubjectCommand(
  flags: readonly string[],
  work: (command: SubjectCommand) => Promise<void>,
  options: readonly string[] = [],
): Promise<void> {
  return runCommand(async () => {
    const { code, values } = readArguments(flags, options);
    const config = readPersonsConfig(townEnvironment(process.env), readLegacyConfig);
    const { services, close } = await openServices(
      { ...config.services, legacy: config.legacy },
      { log: processLog('warn') },
    );
    try {
      const personIds = allPersonIds(config.idSecrets, code);
      await work({
        services,
        code,
        personIds,
        has: (flag) => values[flag] === true,
        textOf: (option) => String(values[option] ?? '').trim(),
      });
    } finally {
      await close();
    }
  });
}

export function restrictionLine({ person, since, reference }: Restriction): string {
  return `person ${person}: since ${since.toISOString()}${reference === '' ? '' : ` (${reference})`}`;
}

function readArguments(flags: readonly string[], options: readonly string[]) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' }] as const)),
      ...Object.fromEntries(options.map((option) => [option, { type: 'string' }] as const)),
    },
  });
  const code = codiceFiscaleOf(positionals.join(' '));
  if (code === null) throw new Error('Give one codice fiscale or partita IVA: check every character.');
  return { code, values };
}
