import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * SQL: adds the entries that rows of `audit_child` belong to. In the order of the key, so that two processes wait for
 * each other and never deadlock.
 */
const listEntries = (rows: string) => `
  INSERT INTO audit_child_entry (child, day, actor_kind, actor_id, relation, action)
  SELECT DISTINCT r.child, r.day, r.actor_kind, coalesce(r.actor_id, ''), r.relation, a.action
  FROM ${rows} r CROSS JOIN LATERAL unnest(r.actions) AS a (action) ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT DO NOTHING`;

/**
 * The entries of each child's log: a row for a day, an actor and an action, however often it was done. They are counted for
 * `Child.accessLog.totalCount`. Triggers keep them, so that they are exact whatever version of our programs writes.
 */
export class ListAccessEntries1796400000000 implements MigrationInterface {
  readonly name = 'ListAccessEntries1796400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_child_entry (
        child text NOT NULL, day date NOT NULL, actor_kind text NOT NULL,
        -- Empty for actors without an id.
        actor_id text NOT NULL, relation text NOT NULL, action text NOT NULL,
        PRIMARY KEY (child, day, actor_kind, actor_id, relation, action)
      );
      CREATE TRIGGER audit_child_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_child_entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

      CREATE FUNCTION list_audit_child() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
          ${listEntries('added')};
          RETURN NULL;
        END $$;
      CREATE TRIGGER audit_child_listed AFTER INSERT ON audit_child REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION list_audit_child();

      -- Retention removes rows of audit_child: the entries without any row go with them.
      CREATE FUNCTION unlist_audit_child() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
          DELETE FROM audit_child_entry e USING (SELECT DISTINCT child, day FROM removed) r
          WHERE e.child = r.child AND e.day = r.day AND NOT EXISTS (
            SELECT FROM audit_child c WHERE c.child = e.child AND c.day = e.day AND c.actor_kind = e.actor_kind
              AND coalesce(c.actor_id, '') = e.actor_id AND c.relation = e.relation AND e.action = ANY (c.actions));
          RETURN NULL;
        END $$;
      CREATE TRIGGER audit_child_unlisted AFTER DELETE ON audit_child REFERENCING OLD TABLE AS removed
        FOR EACH STATEMENT EXECUTE FUNCTION unlist_audit_child();
      REVOKE EXECUTE ON FUNCTION list_audit_child, unlist_audit_child FROM PUBLIC;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER audit_child_listed ON audit_child; DROP TRIGGER audit_child_unlisted ON audit_child;
      DROP FUNCTION list_audit_child, unlist_audit_child; DROP TABLE audit_child_entry`);
  }
}

/** Lists the rows of before: some children after the other, each step for itself, while our programs go on writing. */
export class FillAccessEntries1796400001000 implements MigrationInterface {
  readonly name = 'FillAccessEntries1796400001000';
  readonly transaction = false;

  up(runner: QueryRunner): Promise<void> {
    return fillEntries((statement, values) => runner.query(statement, values));
  }

  async down(): Promise<void> {}
}

const rowsAtOnce = 100_000;

/** Can be repeated. `query` returns rows. */
export async function fillEntries(
  query: (statement: string, values: string[]) => Promise<{ child: string }[]>,
): Promise<void> {
  for (let after = ''; ; ) {
    const [last] = await query(
      `SELECT max(child) AS child FROM (
         SELECT child FROM audit_child WHERE child > $1 ORDER BY child LIMIT ${rowsAtOnce}) AS next`,
      [after],
    );
    if (!last?.child) return;
    await query(listEntries('(SELECT * FROM audit_child WHERE child > $1 AND child <= $2)'), [
      after,
      last.child,
    ]);
    after = last.child;
  }
}
