import '../core/runtime-check.ts';
import { listBlocks } from '../subgraphs/shared/sharing/protection.ts';
import { lineOf, runProtection } from './run-protection.ts';

/** `npm run protection:list`: every block, and what the blocked persons filed for the child since. */
await runProtection(async (services) => {
  const blocks = await listBlocks(services);
  return [...blocks.map(lineOf), `${blocks.length} blocks.`];
});
