-- Settings and commands that psql carries out itself.
\timing on
SELECT 1 AS one;
\timing off
CREATE TABLE t (a int PRIMARY KEY, b text);
-- \watch repeats until a statement fails.
INSERT INTO t VALUES (0, 'once') \watch 0.01
\copy t FROM STDIN
1	one
2	\N
3	tab\there
\.
\copy t TO STDOUT
\copy (SELECT a, b FROM t WHERE a > 1 ORDER BY a) TO STDOUT (FORMAT csv, HEADER)
INSERT INTO t SELECT i, 'row ' || i FROM generate_series(10, 30) AS i;
\set FETCH_COUNT 4
SELECT a, b FROM t WHERE a >= 10 ORDER BY a;
\unset FETCH_COUNT
SELECT a, b FROM t WHERE a = 1 \gdesc
SELECT count(*) AS n, max(a) AS m FROM t \gset
\echo :n :m
\x
SELECT a, b FROM t WHERE a = 2;
\x
SELECT 1; SELECT 2;
BEGIN;
DELETE FROM t WHERE a < 20;
ROLLBACK;
SELECT count(*) FROM t;
BEGIN;
SELECT 1/0;
SELECT 2;
COMMIT;
\set VERBOSITY verbose
SELECT nope FROM t;
\set VERBOSITY default
PREPARE p (int) AS SELECT b FROM t WHERE a = $1;
EXECUTE p (1);
SET statement_timeout = '90s';
SHOW statement_timeout;
RESET ALL;
SHOW statement_timeout;
