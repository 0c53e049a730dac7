/** SQL: who an actor of the log is to the child's applicant (`self`). */
const roleOf = (self: string) => `CASE WHEN c.actor_kind = 'machine' THEN 'INTEGRATOR'
  WHEN c.actor_kind NOT IN ('citizen', 'business') THEN 'SYSTEM'
  WHEN c.actor_id = nullif(${self}, '') THEN 'YOU'
  WHEN c.relation = 'SHARED' THEN 'SHARED_WITH'
  WHEN c.relation IN ('APPLICANT', 'HOUSEHOLD') THEN 'OTHER_PARENT'
  ELSE 'OTHER_PERSON' END`;

/**
 * SQL: the part of a child's log that its applicant sees. Left out: attempts of persons for whom the child is blocked, which
 * would tell where somebody looks for it, and what operators did about that.
 */
const isOfLog = `c.child = $1 AND c.relation <> 'BLOCKED' AND c.actor_kind <> 'operator'`;

/** SQL: tells rows of one day apart, and names nobody. */
const keyOfRow = `role || '.' || action || '.' || left(md5($1 || coalesce(actor_id, '')), 12)`;

/**
 * One page of a child's log: counts by actor, day and action from the index by child; no event is read itself.
 *
 * The days are looked up one by one, the newest first, and each is counted by itself until the page is full: a page costs
 * its own days, however many events the child has. The order of the inner query is that of the loop over days.
 */
export const accessOfChild = {
  name: 'access_of_child',
  text: `WITH RECURSIVE days AS (
      (SELECT c.day FROM audit_child c WHERE c.child = $1 AND ($3::date IS NULL OR c.day >= $3::date)
        AND c.day <= least($4::date, $5::date, 'infinity') ORDER BY c.day DESC LIMIT 1)
      UNION ALL
      SELECT next.day FROM days d CROSS JOIN LATERAL (SELECT c.day FROM audit_child c
        WHERE c.child = $1 AND c.day < d.day AND ($3::date IS NULL OR c.day >= $3::date) ORDER BY c.day DESC LIMIT 1) next
    ), page AS (
      SELECT d.day, g.* FROM days d CROSS JOIN LATERAL (
        SELECT *, ${keyOfRow} AS key FROM (
          SELECT a.action, c.actor_kind, c.actor_id, ${roleOf('$2')} AS role,
            sum(a.times) FILTER (WHERE NOT c.is_refused) AS count, sum(a.times) FILTER (WHERE c.is_refused) AS refused
          FROM audit_child c CROSS JOIN LATERAL unnest(c.actions, c.times) AS a (action, times)
          WHERE ${isOfLog} AND c.day = d.day
          GROUP BY a.action, c.actor_kind, c.actor_id, role
        ) AS counted ORDER BY key
      ) g
      WHERE $5::date IS NULL OR d.day < $5::date OR g.key > $6
      LIMIT $7
    )
    SELECT day::text AS day, role, CASE WHEN role = 'INTEGRATOR' THEN actor_id END AS program, action,
      coalesce(count, 0)::float8 AS count, coalesce(refused, 0)::float8 AS refused, key
    FROM page p ORDER BY p.day DESC, key`,
};

/** How many entries all pages have, and whether any is not behind `$5` and `$6`: counted without reading what was done how often. */
export const sizeOfAccess = {
  name: 'size_of_access',
  text: `SELECT count(*)::float8 AS total,
      coalesce(bool_or(CASE WHEN day = $5::date THEN ${keyOfRow} <= $6 ELSE day > $5::date END), false) AS "hasBefore"
    FROM (
      SELECT DISTINCT c.day, c.actor_kind, c.actor_id, ${roleOf('$2')} AS role, c.action FROM audit_child_entry c
      WHERE ${isOfLog} AND ($3::date IS NULL OR c.day >= $3::date) AND ($4::date IS NULL OR c.day <= $4::date)
    ) AS entries`,
};
