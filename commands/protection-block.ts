import '../core/runtime-check.ts';
import { systemClock } from '../core/clock.ts';
import { block, readBlock } from '../subgraphs/shared/sharing/protection.ts';
import { lineOf, runProtection } from './run-protection.ts';

/** `npm run protection:block -- --child <cf> --person <cf> [--until <date>] --reference <act>`: the child does not exist for the person any more. */
await runProtection(
  (options) => void readBlock(options, systemClock.today()),
  async (services, options) => [`blocked: ${lineOf(await block(services, options))}`],
);
