-- What tools read of pg_catalog and information_schema. All but the texts of views
-- and defaults is what PostgreSQL 15 prints for the same tables.
CREATE SCHEMA app;
CREATE TABLE t (a int PRIMARY KEY, b varchar(10) NOT NULL DEFAULT 'x', n numeric(10,2), tags text[], at timestamptz,
    CONSTRAINT positive CHECK (a > 0));
CREATE INDEX ON t (b, n);
CREATE MATERIALIZED VIEW m AS SELECT b, count(*) AS c, sum(n) AS total FROM t GROUP BY b;
CREATE VIEW app.v AS SELECT a, b FROM t WHERE a > 1;
COMMENT ON TABLE t IS 'a table';
COMMENT ON COLUMN t.b IS 'the b';
\x
SELECT * FROM information_schema.columns WHERE table_name = 't' AND ordinal_position < 3 ORDER BY ordinal_position;
\x
SELECT * FROM information_schema.tables WHERE table_name IN ('t', 'v', 'm');
SELECT constraint_name, constraint_type FROM information_schema.table_constraints WHERE table_name = 't'
    AND constraint_name NOT LIKE '%not_null' ORDER BY 1;
SELECT * FROM information_schema.key_column_usage WHERE table_name = 't';
SELECT * FROM information_schema.constraint_column_usage WHERE table_name = 't' ORDER BY constraint_name;
SELECT * FROM information_schema.check_constraints WHERE constraint_name = 'positive';
SELECT attname, atttypid, attlen, attnum, atttypmod, attbyval, attalign, attstorage, attnotnull, atthasdef, attcollation
    FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum;
SELECT indnatts, indisunique, indisprimary, indkey, indcollation, indclass, indoption
    FROM pg_index WHERE indrelid = 't'::regclass ORDER BY indexrelid;
SELECT conname, contype, conkey, confupdtype, confdeltype, confmatchtype
    FROM pg_constraint WHERE conrelid = 't'::regclass ORDER BY 1;
SELECT relname, relkind, relpersistence, relnatts, relchecks, relhasindex, relhasrules, relispopulated, relreplident, relam
    FROM pg_class WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'app')) ORDER BY 1;
SELECT * FROM pg_indexes WHERE tablename = 't' ORDER BY 3;
SELECT objsubid, description FROM pg_description WHERE objoid = 't'::regclass ORDER BY 1;
SELECT name, setting, unit, context, vartype, min_val, max_val, enumvals, boot_val FROM pg_settings
    WHERE name IN ('statement_timeout', 'work_mem', 'bytea_output', 'random_page_cost', 'search_path') ORDER BY 1;
SELECT pg_get_indexdef('t_b_n_idx'::regclass), pg_get_indexdef('t_b_n_idx'::regclass, 1, true);
SELECT obj_description('t'::regclass), col_description('t'::regclass, 2);
SELECT 't'::regclass, 't_pkey'::regclass::oid::regclass, 'int4'::regtype, 'public'::regnamespace, 'array_in'::regproc;
SELECT 'nope'::regclass;
SELECT to_regclass('nope') IS NULL AS missing;
SELECT t.typname, p.proname FROM pg_type t JOIN pg_proc p ON p.oid = t.typreceive
    WHERE t.typname IN ('int4', '_int4', 'jsonb') ORDER BY 1;
SELECT current_schema(), current_schemas(true), current_schemas(false);
SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, ord), pg_attribute a
    WHERE i.indrelid = 't'::regclass AND a.attrelid = i.indrelid AND a.attnum = k.attnum AND NOT i.indisprimary ORDER BY k.ord;
