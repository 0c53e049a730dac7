-- Roles of the school services gateway. Run as a superuser in our own database, before the first migration, and again
-- after each one: until then school_read does not see the new tables.
--
--   psql -v ON_ERROR_STOP=1 -v migrate=… -v app=… -v read=… -d school -f deploy/postgres/roles.sql
--
-- The three values are passwords. Then: DATABASE_URL as school_migrate, DATABASE_SERVICE_ROLE=school_app, npm run migrate.
-- Each run sets the passwords. The demo and the tests run this file too.
--   school_migrate  owns the tables; only `npm run migrate` and a restore connect as it
--   school_app      all programs: reads and writes, and can only add to the audit trail, settlements and receipts
--   school_read     people who look: reads everything but keys (of pseudonyms, of webhooks) and the contents of files
DO $$
DECLARE one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['school_migrate', 'school_app', 'school_read'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one) THEN EXECUTE format('CREATE ROLE %I LOGIN', one); END IF;
  END LOOP;
END $$;
ALTER ROLE school_migrate PASSWORD :'migrate';
ALTER ROLE school_app PASSWORD :'app';
ALTER ROLE school_read PASSWORD :'read';
DO $$
DECLARE
  one record;
  -- The key of a pseudonym tells whom it means; the key of a webhook signs as we do; files hold medical certificates.
  closed CONSTANT text[] := ARRAY['audit_person', 'webhook_secret', 'stored_file_chunk'];
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT ALL ON DATABASE %I TO school_migrate', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO school_app, school_read', current_database());
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  GRANT ALL ON SCHEMA public TO school_migrate;
  -- What another role made before there were these roles: tables, with their sequences and indexes. That role keeps its
  -- rights, so that programs that still connect as it go on until they are replaced.
  FOR one IN
    SELECT DISTINCT rolname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
    WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'pgboss'))
      AND NOT rolsuper AND rolname NOT IN ('school_migrate', 'school_app', 'school_read')
  LOOP
    EXECUTE format('GRANT school_migrate TO %I', one.rolname);
  END LOOP;
  FOR one IN
    SELECT format('ALTER SCHEMA %I OWNER TO school_migrate', nspname) AS change
    FROM pg_namespace WHERE nspname = 'pgboss' AND nspowner <> 'school_migrate'::regrole
    UNION ALL
    SELECT format('ALTER %s %s OWNER TO school_migrate',
      CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass)
    FROM pg_class c WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'pgboss'))
      AND relkind IN ('r', 'p', 'v', 'S') AND relowner <> 'school_migrate'::regrole
      -- Sequences of columns go with their table. Partitions do not.
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND (d.deptype = 'e' OR relkind = 'S' AND d.deptype IN ('a', 'i')))
    UNION ALL
    SELECT format('ALTER ROUTINE %s OWNER TO school_migrate', oid::regprocedure)
    FROM pg_proc p WHERE pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'pgboss'))
      AND proowner <> 'school_migrate'::regrole
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('ALTER TYPE %s OWNER TO school_migrate', oid::regtype)
    FROM pg_type WHERE typnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'pgboss'))
      AND typtype = 'e' AND typowner <> 'school_migrate'::regrole
  LOOP
    EXECUTE one.change;
  END LOOP;
  GRANT USAGE ON SCHEMA public TO school_read;
  GRANT SELECT ON ALL TABLES IN SCHEMA public TO school_read;
  FOR one IN SELECT name FROM unnest(closed) AS name WHERE to_regclass('public.' || name) IS NOT NULL LOOP
    EXECUTE format('REVOKE ALL ON %I FROM school_read', one.name);
  END LOOP;
END $$;
