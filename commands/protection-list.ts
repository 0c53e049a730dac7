import '../core/runtime-check.ts';
import { attemptsOf } from '../subgraphs/shared/sharing/blocked-attempts.ts';
import { listBlocks } from '../subgraphs/shared/sharing/protection.ts';
import { attemptsText, lineOf, runProtection } from './run-protection.ts';

const anything = () => undefined;

/** `npm run protection:list`: every block, what the blocked persons filed for the child since, and what they were refused. */
await runProtection(anything, async (services, _, personIdsOf) => {
  const blocks = await listBlocks(services);
  const attempts = await attemptsOf(services.database, blocks, personIdsOf);
  const lines = blocks.map((block, position) => {
    const tried = attempts[position];
    return lineOf(block) + (tried === undefined ? '' : attemptsText(tried));
  });
  return [...lines, `${blocks.length} blocks.`];
});
