-- What BI tools and IDEs ask that were not recorded, written from what is known of
-- their questions: Metabase, Superset, Grafana, Npgsql and Power BI, DBeaver, DataGrip,
-- Looker, Tableau, dbt, pgAdmin.

-- Npgsql, Power BI: the types, with what they are made of.
SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, CASE WHEN p.proname = 'array_recv' THEN t.typelem WHEN t.typtype = 'd' THEN t.typbasetype ELSE 0 END AS elem, t.typcategory = 'A' AS is_array
FROM pg_type t JOIN pg_namespace ns ON ns.oid = t.typnamespace JOIN pg_proc p ON p.oid = t.typreceive LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE t.typtype IN ('b', 'r', 'm', 'e', 'd') OR t.typtype = 'c' AND c.relkind = 'c' OR t.typtype = 'p' AND t.typname IN ('record', 'void', 'unknown')
ORDER BY CASE WHEN t.typtype = 'b' THEN 0 WHEN t.typtype = 'r' THEN 1 ELSE 2 END, t.oid;
SELECT a.attname, a.atttypid FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid JOIN pg_attribute a ON a.attrelid = t.typrelid WHERE t.typtype = 'c' AND c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY t.oid, a.attnum;
SELECT t.oid, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid ORDER BY t.oid, e.enumsortorder;
SELECT c.table_schema, c.table_name, c.column_name, c.is_nullable, c.data_type, c.udt_name, c.character_maximum_length, c.numeric_precision, c.numeric_scale, c.datetime_precision FROM information_schema.columns c WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2, c.ordinal_position;
SELECT k.table_schema, k.table_name, k.column_name, tc.constraint_type FROM information_schema.key_column_usage k JOIN information_schema.table_constraints tc USING (constraint_schema, constraint_name, table_name) ORDER BY 1, 2, 3;
SELECT rc.constraint_name, rc.unique_constraint_name, rc.update_rule, rc.delete_rule FROM information_schema.referential_constraints rc;
SELECT character_set_name FROM information_schema.character_sets;

-- Metabase
SHOW timezone;
SELECT n.nspname AS schema, c.relname AS name, c.relkind, d.description FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'f', 'm') AND (has_any_column_privilege(current_user, c.oid, 'SELECT') OR has_table_privilege(c.oid, 'SELECT'));
SELECT NULL AS role, t.schemaname AS schema, t.objectname AS table, has_table_privilege(t.fullname, 'SELECT') AS s, has_any_column_privilege(t.fullname, 'UPDATE') AS u, has_table_privilege(t.fullname, 'INSERT') AS i, has_table_privilege(t.fullname, 'DELETE') AS d
FROM (SELECT schemaname, tablename AS objectname, quote_ident(schemaname) || '.' || quote_ident(tablename) AS fullname FROM pg_catalog.pg_tables UNION SELECT schemaname, viewname, quote_ident(schemaname) || '.' || quote_ident(viewname) FROM pg_catalog.pg_views UNION SELECT schemaname, matviewname, quote_ident(schemaname) || '.' || quote_ident(matviewname) FROM pg_catalog.pg_matviews) t
WHERE t.schemaname !~ '^pg_' AND t.schemaname <> 'information_schema' AND has_schema_privilege(t.schemaname, 'USAGE');
SELECT relname, n_live_tup, n_dead_tup, last_analyze FROM pg_stat_user_tables;
SELECT nt.nspname, ct.relname, (information_schema._pg_expandarray(i.indkey)).n AS place, ci.relname AS index, i.indisunique FROM pg_index i JOIN pg_class ct ON ct.oid = i.indrelid JOIN pg_class ci ON ci.oid = i.indexrelid JOIN pg_namespace nt ON nt.oid = ct.relnamespace WHERE i.indpred IS NULL;
SELECT date_trunc('week', (CAST(now() AS timestamp) + INTERVAL '1 day')) - INTERVAL '1 day', percentile_cont(0.5) WITHIN GROUP (ORDER BY n), stddev_pop(n), count(DISTINCT name) FROM ps;

-- Superset
SELECT current_schema(), pg_backend_pid();
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') UNION ALL SELECT matviewname FROM pg_matviews WHERE schemaname = 'public';
SELECT DATE_TRUNC('day', at) AS __timestamp, COUNT(*) AS count FROM ps WHERE at >= '2020-01-01 00:00:00' AND at < TO_TIMESTAMP('2040-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') GROUP BY DATE_TRUNC('day', at) ORDER BY count DESC LIMIT 10000;

-- Grafana
SELECT current_setting('server_version_num')::int / 100 AS version;
SELECT quote_ident(table_name) AS t FROM information_schema.tables WHERE quote_ident(table_schema) NOT IN ('information_schema', 'pg_catalog', '_timescaledb_cache') AND table_type IN ('BASE TABLE', 'VIEW') ORDER BY 1;
SELECT quote_ident(column_name), data_type FROM information_schema.columns WHERE quote_ident(table_schema) IN (SELECT CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END FROM generate_series(array_lower(string_to_array(current_setting('search_path'), ','), 1), array_upper(string_to_array(current_setting('search_path'), ','), 1)) AS i, string_to_array(current_setting('search_path'), ',') s) AND quote_ident(table_name) = 'ps';
SELECT CASE WHEN array_length(parse_ident('public.ps'), 1) = 2 THEN (parse_ident('public.ps'))[1] ELSE 'public' END;
SELECT floor(extract(epoch FROM at) / 300) * 300 AS time, name AS metric, avg(n) AS value FROM ps WHERE at BETWEEN '2020-01-01T00:00:00Z' AND '2040-01-01T00:00:00Z' GROUP BY 1, 2 ORDER BY 1, 2;
SELECT extname FROM pg_extension WHERE extname = 'timescaledb';

-- DBeaver, DataGrip, pgAdmin
SELECT db.oid, db.*, pg_encoding_to_char(db.encoding) AS enc, shobj_description(db.oid, 'pg_database') FROM pg_catalog.pg_database db WHERE db.datallowconn AND NOT db.datistemplate ORDER BY db.datname;
SELECT n.oid, n.*, d.description FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_description d ON d.objoid = n.oid AND d.objsubid = 0 AND d.classoid = 'pg_namespace'::regclass ORDER BY nspname;
SELECT c.oid, c.*, d.description, pg_get_expr(c.relpartbound, c.oid) AS partition_expr, pg_get_partkeydef(c.oid) AS partition_key FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass WHERE c.relnamespace = 'public'::regnamespace AND c.relkind NOT IN ('i', 'I', 'c');
SELECT c.relname, a.*, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) AS def_value, dsc.description, dep.objid FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON a.attrelid = c.oid LEFT JOIN pg_catalog.pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum LEFT JOIN pg_catalog.pg_description dsc ON c.oid = dsc.objoid AND a.attnum = dsc.objsubid LEFT JOIN pg_depend dep ON dep.refobjid = a.attrelid AND dep.deptype = 'i' AND dep.refobjsubid = a.attnum AND dep.classid = dep.refclassid WHERE NOT a.attisdropped AND c.oid = 'ps'::regclass ORDER BY a.attnum;
SELECT c.oid, c.*, t.relname AS tabrelname, rt.relnamespace AS refnamespace, d.description, CASE WHEN c.contype NOT IN ('p', 'u') THEN pg_catalog.pg_get_constraintdef(c.oid) ELSE '' END AS consrc_copy FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_class t ON t.oid = c.conrelid LEFT JOIN pg_catalog.pg_class rt ON rt.oid = c.confrelid LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_constraint'::regclass WHERE c.conrelid = 'ps'::regclass ORDER BY c.oid;
SELECT i.*, i.indkey AS keys, c.relname, c.relnamespace, c.relam, c.reltablespace, tc.relname AS tabrelname, dsc.description, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS pred_expr, pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) AS expr, pg_catalog.pg_relation_size(i.indexrelid) AS index_rel_size, pg_catalog.pg_stat_get_numscans(i.indexrelid) AS index_num_scans FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_class tc ON tc.oid = i.indrelid LEFT JOIN pg_catalog.pg_description dsc ON i.indexrelid = dsc.objoid WHERE i.indrelid = 'ps'::regclass ORDER BY tabrelname, c.relname;
SELECT pg_catalog.pg_get_viewdef('ps_view'::regclass, true), pg_catalog.pg_get_ruledef(r.oid) FROM pg_rewrite r WHERE r.ev_class = 'ps_view'::regclass;
SELECT p.oid, p.*, pg_catalog.pg_get_expr(p.proargdefaults, 0) AS arg_defaults FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'public'::regnamespace;
SELECT datname, xact_commit, blks_read, pg_database_size(datname), age(datfrozenxid) FROM pg_stat_database JOIN pg_database USING (datname);
SELECT a.pid, a.usename, a.application_name, a.client_addr, a.state, a.query, a.backend_start, pg_blocking_pids(a.pid) FROM pg_stat_activity a;
SELECT l.locktype, l.mode, l.granted, l.pid, c.relname FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation;
SELECT name, setting, unit, category, short_desc, vartype, enumvals, min_val, max_val FROM pg_settings ORDER BY name;
SELECT c.oid, c.xmin, c.relname, age(c.xmin) FROM pg_class c LIMIT 5;
SELECT txid_current(), pg_is_in_recovery(), pg_postmaster_start_time();
SELECT word FROM pg_get_keywords() WHERE catcode <> 'U';
SELECT r.rolname, r.rolsuper, ARRAY(SELECT b.rolname FROM pg_auth_members m JOIN pg_roles b ON m.roleid = b.oid WHERE m.member = r.oid) AS memberof FROM pg_roles r;
SELECT pg_size_pretty(pg_total_relation_size('ps')), pg_table_size('ps'), pg_indexes_size('ps');
SELECT has_database_privilege(current_database(), 'CREATE'), has_schema_privilege('public', 'CREATE'), has_function_privilege('lower(text)', 'EXECUTE');
SELECT * FROM pg_available_extensions;
SELECT am.amname, am.oid FROM pg_am am;
SELECT s.sequence_schema, s.sequence_name FROM information_schema.sequences s;
SELECT t.trigger_name FROM information_schema.triggers t;
SELECT v.table_schema, v.table_name, v.view_definition FROM information_schema.views v WHERE v.table_schema = 'public';

-- Looker, Tableau, dbt
SELECT COALESCE(COALESCE(CAST((SUM(DISTINCT (CAST(FLOOR(COALESCE(n, 0) * (1000000 * 1.0)) AS DECIMAL(65, 0))) + ('x' || MD5(id::varchar))::bit(64)::bigint::DECIMAL(65) * 18446744073709551616 + ('x' || SUBSTR(MD5(id::varchar), 17))::bit(64)::bigint::DECIMAL(65)) - SUM(DISTINCT ('x' || MD5(id::varchar))::bit(64)::bigint::DECIMAL(65) * 18446744073709551616 + ('x' || SUBSTR(MD5(id::varchar), 17))::bit(64)::bigint::DECIMAL(65))) AS DOUBLE PRECISION) / CAST(1000000 AS DOUBLE PRECISION), 0), 0) AS total FROM ps;
BEGIN READ ONLY;
DECLARE "SQL_CUR0" CURSOR WITH HOLD FOR SELECT "ps"."name" AS "name", SUM("ps"."n") AS "sum:n:ok" FROM "public"."ps" "ps" GROUP BY 1;
FETCH 10 IN "SQL_CUR0";
CLOSE "SQL_CUR0";
COMMIT;
SELECT upper(t.table_type), t.table_schema FROM millrace.information_schema.tables t WHERE t.table_schema ILIKE 'public';
SELECT table_owner.rolname AS owner, sch.nspname, tbl.relname, CASE WHEN tbl.relkind = 'v' THEN 'VIEW' ELSE 'BASE TABLE' END AS type, col.attnum, pg_catalog.format_type(col.atttypid, col.atttypmod) AS column_type FROM pg_catalog.pg_namespace sch JOIN pg_catalog.pg_class tbl ON tbl.relnamespace = sch.oid JOIN pg_catalog.pg_attribute col ON col.attrelid = tbl.oid LEFT JOIN pg_catalog.pg_roles table_owner ON table_owner.oid = tbl.relowner WHERE sch.nspname = 'public' AND NOT pg_is_other_temp_schema(sch.oid) AND tbl.relpersistence IN ('p', 'u') AND tbl.relkind IN ('r', 'v', 'f', 'p', 'm') AND col.attnum > 0 AND NOT col.attisdropped ORDER BY 2, 3, col.attnum;
SELECT grantee, privilege_type FROM information_schema.role_table_grants WHERE grantor = current_role AND grantee <> current_role;
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED;
SELECT EXTRACT(DOW FROM at), TO_CHAR(at, 'YYYY-MM'), CAST(at AS date) - DATE '2020-01-01', RANK() OVER (ORDER BY n DESC), POSITION('a' IN name) FROM ps LIMIT 5;
SELECT 1 / NULLIF(0, 0), CAST('2024-01-01' AS timestamp) AT TIME ZONE 'Europe/Zurich', age(timestamp '2024-03-01', timestamp '2024-01-01'), make_date(2024, 1, 1), date_bin('15 minutes', timestamp '2024-01-01 00:20:00', timestamp '2024-01-01');
