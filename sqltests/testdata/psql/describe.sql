-- What psql's backslash commands show.
CREATE SCHEMA app;
CREATE TABLE t (a int PRIMARY KEY, b varchar(10) NOT NULL DEFAULT 'x', n numeric(10,2), tags text[], at timestamptz,
    CONSTRAINT positive CHECK (a > 0));
CREATE INDEX ON t (b, n);
CREATE STREAM s (k int KEY, at timestamptz, v double precision,
    WATERMARK FOR at AS at - INTERVAL '5 seconds') WITH (partitions = 4);
CREATE MATERIALIZED VIEW m AS SELECT b, count(*) AS c, sum(n) AS total FROM t GROUP BY b;
CREATE VIEW app.v AS SELECT a, b FROM t WHERE a > 1;
CREATE TABLE k AS SELECT k, count(*) AS c FROM s GROUP BY k;
COMMENT ON TABLE t IS 'a table';
COMMENT ON COLUMN t.b IS 'the b';
COMMENT ON SCHEMA app IS 'an application';
\d
\dt
\dt+
\dv app.*
\dm
\di
\dn
\dn+
\l
\du
\dx
\d t
\d+ t
\d s
\d m
\d+ m
\d app.v
\d+ app.v
\d k
\d t_pkey
\d t_b_n_idx
\d nope
\d pg_am
\d millrace.nodes
\df upper
\dTS int4
\dp t
\dconfig work_mem
\sv app.v
\encoding
