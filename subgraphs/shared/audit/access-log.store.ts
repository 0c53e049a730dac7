/**
 * Counts by actor, day and action from the index by child: no event is read itself.
 *
 * Left out: attempts of persons for whom the child is blocked, which would tell where somebody looks for it, and what
 * operators did about that.
 */
export const accessOfChild = {
  name: 'access_of_child',
  text: `WITH counted AS (
      SELECT c.day, a.action, c.actor_kind, c.actor_id,
        CASE WHEN c.actor_kind = 'machine' THEN 'INTEGRATOR'
          WHEN c.actor_kind NOT IN ('citizen', 'business') THEN 'SYSTEM'
          WHEN c.actor_id = $2 THEN 'YOU'
          WHEN c.relation = 'SHARED' THEN 'SHARED_WITH'
          WHEN c.relation IN ('APPLICANT', 'HOUSEHOLD') THEN 'OTHER_PARENT'
          ELSE 'OTHER_PERSON' END AS role,
        sum(a.times) FILTER (WHERE NOT c.is_refused) AS count, sum(a.times) FILTER (WHERE c.is_refused) AS refused
      FROM audit_child c CROSS JOIN LATERAL unnest(c.actions, c.times) AS a (action, times)
      WHERE c.child = $1 AND c.relation <> 'BLOCKED' AND c.actor_kind <> 'operator'
        AND ($3::date IS NULL OR c.day >= $3::date) AND ($4::date IS NULL OR c.day <= $4::date)
      GROUP BY c.day, a.action, c.actor_kind, c.actor_id, role
    ), named AS (
      SELECT *, role || '.' || action || '.' || left(md5($1 || coalesce(actor_id, '')), 12) AS key FROM counted
    )
    SELECT day::text AS day, role, CASE WHEN role = 'INTEGRATOR' THEN actor_id END AS program, action,
      coalesce(count, 0)::float8 AS count, coalesce(refused, 0)::float8 AS refused, key,
      (SELECT count(*) FROM named)::float8 AS total,
      (SELECT count(*) FROM named n WHERE $5::date IS NOT NULL AND NOT (n.day < $5::date OR (n.day = $5::date AND n.key > $6)))::float8
        AS before
    FROM named WHERE $5::date IS NULL OR day < $5::date OR (day = $5::date AND key > $6)
    ORDER BY day DESC, key LIMIT $7`,
};
