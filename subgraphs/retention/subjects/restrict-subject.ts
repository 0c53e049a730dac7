import type { CodiceFiscale } from '../../../core/values/index.ts';
import { childId } from '../../shared/family.ts';
import { recordByOperator } from '../../shared/record-access.ts';
import type { Services } from '../../shared/request-context.ts';

// Restriction of processing (GDPR art. 18): what is held is kept, and used at the person's own request only.

export type RestrictingServices = Pick<Services, 'database' | 'legacy' | 'clock' | 'audit'>;

export interface Restriction {
  readonly person: CodiceFiscale;
  readonly since: Date;
  readonly reference: string;
}

const maxReference = 200;

/**
 * Restricts the processing of a person's data, from the next request, delivery and step of retention on. Repeated, it
 * leaves the restriction as it is, and only adds ids by which the trail knows the person by now.
 *
 * Errors: LEGACY_UNAVAILABLE, with nothing done.
 */
export async function restrictSubject(
  services: RestrictingServices,
  code: CodiceFiscale,
  personIds: readonly string[],
  reference: string,
): Promise<{ readonly restriction: Restriction; readonly isNew: boolean }> {
  const { database, legacy, clock } = services;
  if (reference.length > maxReference)
    throw new Error(`--reference names the request in at most ${maxReference} characters.`);
  const [keys = []] = await legacy.anagrafe.childKeysOf([code]);
  const childIds = keys.map((key) => childId({ key }));
  return database.transaction(async (manager) => {
    const [row] = await manager.query<(Restriction & { readonly isNew: boolean })[]>(
      `WITH made AS (
         INSERT INTO subject_restriction AS r (person, person_ids, since, reference) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person) WHERE lifted_at IS NULL
           DO UPDATE SET person_ids = ARRAY(SELECT DISTINCT id FROM unnest(r.person_ids || excluded.person_ids) AS id)
         RETURNING person, since, reference, xmax = 0 AS "isNew"
       ) SELECT * FROM made`,
      [code, [...personIds, ...childIds], clock.now(), reference],
    );
    if (row === undefined) throw new Error('A restriction that was just written was expected.');
    const { isNew, ...restriction } = row;
    if (isNew) await recordByOperator(services, manager, 'Subject.restrict', childIds);
    return { restriction, isNew };
  });
}

/** Ends a restriction; false if there is none. */
export async function liftRestriction(services: RestrictingServices, code: CodiceFiscale): Promise<boolean> {
  return services.database.transaction(async (manager) => {
    const [row] = await manager.query<{ count: number }[]>(
      `WITH lifted AS (UPDATE subject_restriction SET lifted_at = $2 WHERE person = $1 AND lifted_at IS NULL RETURNING 1)
       SELECT count(*)::int AS count FROM lifted`,
      [code, services.clock.now()],
    );
    if (row?.count !== 1) return false;
    await recordByOperator(services, manager, 'Subject.lift', []);
    return true;
  });
}

/** Those that are not lifted, the newest first; of one person if a code is given. */
export function listRestrictions(
  { database }: Pick<Services, 'database'>,
  code: CodiceFiscale | null = null,
): Promise<readonly Restriction[]> {
  return database.query(
    `SELECT person, since, reference FROM subject_restriction
     WHERE lifted_at IS NULL AND ($1::text IS NULL OR person = $1) ORDER BY since DESC, id DESC`,
    [code],
  );
}
