import type { Services } from './request-context.ts';

/** Checks which of the systems behind the subgraphs answer. */
export async function checkServices({
  legacy,
  database,
}: Services): Promise<Readonly<Record<string, boolean>>> {
  const answers = (work: Promise<unknown>) =>
    work.then(
      () => true,
      () => false,
    );
  const [register, own] = await Promise.all([answers(legacy.check()), answers(database.query('SELECT 1'))]);
  return { register, database: own };
}
