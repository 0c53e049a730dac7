-- Roles of the school services gateway. Run as a superuser in our own database, before the first migration, and again
-- after each one: until then school_read does not see the new tables.
--
--   psql -v migrate=… -v app=… -v read=… -d school -f deploy/postgres/roles.sql
--
-- The three values are passwords. Then: DATABASE_URL as school_migrate, DATABASE_SERVICE_ROLE=school_app, npm run migrate.
-- Each run sets the passwords.
--   school_migrate  owns the tables; only `npm run migrate` and a restore connect as it
--   school_app      all programs: reads and writes, and can only add to the audit trail, settlements and receipts
--   school_read     people who look: reads everything but keys (of pseudonyms, of webhooks) and the contents of files
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
GRANT SELECT ON ALL TABLES IN SCHEMA public TO school_read;
-- The key of a pseudonym tells whom it means; the key of a webhook signs as we do; files hold medical certificates.
SELECT format('REVOKE ALL ON %I FROM school_read', name)
  FROM unnest(ARRAY['audit_person', 'webhook_secret', 'stored_file_chunk']) AS name
  WHERE to_regclass('public.' || name) IS NOT NULL \gexec
