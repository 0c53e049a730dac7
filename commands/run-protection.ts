import { parseArgs } from 'node:util';
import { readPersonsConfig } from '../core/config.ts';
import { allPersonIds } from '../core/identity/person-id.ts';
import { processLog, runCommand } from '../core/main.ts';
import { readLegacyConfig } from '../legacy/open-legacy.ts';
import { openServices } from '../subgraphs/open-services.ts';
import type { Services } from '../subgraphs/shared/request-context.ts';
import type { BlockedAttempts } from '../subgraphs/shared/sharing/blocked-attempts.ts';
import type { ProtectionBlock } from '../subgraphs/shared/sharing/protection.ts';
import { townEnvironment } from './town-environment.ts';

/** The options of `protection:block` and `protection:lift`; empty where they are missing. */
export interface ProtectionOptions {
  readonly child: string;
  readonly person: string;
  readonly until: string | null;
  readonly reference: string;
}

/** The ids of a person by which the audit trail may know them. */
export type PersonIdsOf = (code: string) => readonly string[];

/** Runs one of the protection commands against the town that the environment names. `check` refuses options before anything is opened. */
export function runProtection(
  check: (options: ProtectionOptions) => void,
  work: (
    services: Services,
    options: ProtectionOptions,
    personIdsOf: PersonIdsOf,
  ) => Promise<readonly string[]>,
): Promise<void> {
  return runCommand(async () => {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { child: text, person: text, until: text, reference: text } });
    const { child = '', person = '', until = null, reference = '' } = values;
    check({ child, person, until, reference });
    const config = readPersonsConfig(townEnvironment(process.env), readLegacyConfig);
    const { services, close } = await openServices(
      { ...config.services, legacy: config.legacy },
      { log: processLog() },
    );
    const personIdsOf: PersonIdsOf = (code) => allPersonIds(config.idSecrets, code);
    try {
      for (const line of await work(services, { child, person, until, reference }, personIdsOf))
        console.log(line);
    } finally {
      await close();
    }
  });
}

/** One line a block. */
export function lineOf(block: ProtectionBlock): string {
  const { child, person, since, until, reference, liftedAt, applications } = block;
  const end = until === null ? 'until it is lifted' : `until ${until}`;
  const filed = applications === 0 ? '' : `; applications started since: ${applications}`;
  const lifted = liftedAt === null ? '' : `; lifted ${liftedAt.toISOString()}`;
  return `child ${child}, person ${person}: since ${since.toISOString()}, ${end} (${reference})${filed}${lifted}`;
}

/** Shape: `; refused requests for the child: 3 (Child.read 3); other refused requests: 1; the last one …`. Empty without any. */
export function attemptsText({ ofChild, others, lastAt }: BlockedAttempts): string {
  if (lastAt === null) return '';
  const actions = Object.entries(ofChild);
  const count = actions.reduce((sum, [, times]) => sum + times, 0);
  const list = actions.map(([action, times]) => `${action} ${times}`).join(', ');
  const named = count === 0 ? '' : `; refused requests for the child: ${count} (${list})`;
  const rest = others === 0 ? '' : `; other refused requests: ${others}`;
  return `${named}${rest}; the last one ${lastAt.toISOString()}`;
}
