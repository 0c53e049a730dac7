import { ContractBroken } from '../../../core/unreadable.ts';
import type { Services } from '../request-context.ts';

/** Checks which of the systems behind the subgraphs answer, and whether the legacy tables are as documented. */
export async function checkServices({
  legacy,
  database,
}: Services): Promise<Readonly<Record<string, boolean>>> {
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error,
    );
  const [legacyFailure, ownFailure] = await Promise.all([
    failureOf(legacy.check()),
    failureOf(database.query('SELECT 1')),
  ]);
  const areTablesBroken = legacyFailure instanceof ContractBroken;
  return {
    register: legacyFailure === null || areTablesBroken,
    registerTables: !areTablesBroken,
    database: ownFailure === null,
  };
}
