-- After a restore and before any program starts: no number of a notice may be given twice.
--   psql -v last=<highest number that GPD holds> -d school -f deploy/postgres/after-restore.sql
SELECT setval('spontaneous_notice', greatest(:last::bigint, (SELECT last_value FROM spontaneous_notice)));
