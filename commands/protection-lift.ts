import '../core/runtime-check.ts';
import { lift, readLift } from '../subgraphs/shared/sharing/protection.ts';
import { lineOf, runProtection } from './run-protection.ts';

/** `npm run protection:lift -- --child <cf> --person <cf> --reference <act>`: the child exists for the person again. */
await runProtection(
  (options) => void readLift(options),
  async (services, options) => [`lifted: ${lineOf(await lift(services, options))}`],
);
