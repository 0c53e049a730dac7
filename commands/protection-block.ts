import '../core/runtime-check.ts';
import { block } from '../subgraphs/shared/sharing/protection.ts';
import { lineOf, runProtection } from './run-protection.ts';

/** `npm run protection:block -- --child <cf> --person <cf> [--until <date>] --reference <act>`: the child does not exist for the person any more. */
await runProtection(async (services, options) => [`blocked: ${lineOf(await block(services, options))}`]);
