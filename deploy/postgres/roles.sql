-- Roles of the school services gateway. Run once as a superuser in our own database, before the first migration:
--
--   psql -v migrate=… -v app=… -v read=… -d school -f deploy/postgres/roles.sql
--
-- The three values are passwords. Then: DATABASE_URL as school_migrate, DATABASE_SERVICE_ROLE=school_app, npm run migrate.
-- It may be repeated, and then sets the passwords.
--   school_migrate  owns the tables; only `npm run migrate` and a restore connect as it
--   school_app      all programs: reads and writes, and can only add to the audit trail, settlements and receipts
--   school_read     people who look: reads everything but the keys of pseudonyms
SELECT format('CREATE ROLE %I LOGIN', name)
  FROM unnest(ARRAY['school_migrate', 'school_app', 'school_read']) AS name
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE school_migrate PASSWORD :'migrate';
ALTER ROLE school_app PASSWORD :'app';
ALTER ROLE school_read PASSWORD :'read';
SELECT format('GRANT ALL ON DATABASE %I TO school_migrate', current_database()) \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO school_app, school_read', current_database()) \gexec
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO school_migrate;
GRANT USAGE ON SCHEMA public TO school_read;
ALTER DEFAULT PRIVILEGES FOR ROLE school_migrate IN SCHEMA public GRANT SELECT ON TABLES TO school_read;
-- Whoever reads these keys can tell whom a pseudonym means.
CREATE OR REPLACE FUNCTION pg_temp.hide_keys() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('public.audit_person') IS NOT NULL THEN REVOKE ALL ON audit_person FROM school_read; END IF;
END $$;
SELECT pg_temp.hide_keys();
