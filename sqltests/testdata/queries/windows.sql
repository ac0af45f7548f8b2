-- Window functions: ranking, offsets, every frame with EXCLUDE, named windows, errors.

SELECT id, row_number() OVER (ORDER BY id), rank() OVER (ORDER BY dept), dense_rank() OVER (ORDER BY dept), percent_rank() OVER (ORDER BY dept), cume_dist() OVER (ORDER BY dept), ntile(3) OVER (ORDER BY id) FROM emp ORDER BY id;

SELECT id, lag(id) OVER (ORDER BY id), lead(id) OVER (ORDER BY id), lag(id, 2) OVER (ORDER BY id), lag(id, 2, -1) OVER (ORDER BY id), lead(name, 1, 'none') OVER (ORDER BY id), lag(id, -1) OVER (ORDER BY id), lag(id, NULL) OVER (ORDER BY id) FROM emp ORDER BY id;

SELECT id, first_value(name) OVER (ORDER BY id), last_value(name) OVER (ORDER BY id), nth_value(name, 2) OVER (ORDER BY id), nth_value(name, 9) OVER (ORDER BY id), last_value(name) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM emp ORDER BY id;

SELECT id, dept, sum(id) OVER (PARTITION BY dept ORDER BY id), count(*) OVER (PARTITION BY dept), sum(id) OVER (), avg(salary) OVER (PARTITION BY dept) FROM emp ORDER BY id;

SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), sum(id) OVER (ORDER BY id ROWS 2 PRECEDING), sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), sum(id) OVER (ORDER BY id ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING), sum(id) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING) FROM emp ORDER BY id;

SELECT id, dept, sum(id) OVER (ORDER BY dept RANGE BETWEEN 10 PRECEDING AND 10 FOLLOWING), sum(id) OVER (ORDER BY dept RANGE BETWEEN CURRENT ROW AND 10 FOLLOWING), sum(id) OVER (ORDER BY dept RANGE UNBOUNDED PRECEDING), sum(id) OVER (ORDER BY dept DESC RANGE BETWEEN 10 PRECEDING AND CURRENT ROW) FROM emp ORDER BY id;

SELECT id, dept, sum(id) OVER (ORDER BY dept GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING), sum(id) OVER (ORDER BY dept GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), count(*) OVER (ORDER BY dept GROUPS 1 PRECEDING), sum(id) OVER (ORDER BY dept GROUPS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM emp ORDER BY id;

SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW), sum(id) OVER (ORDER BY dept ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE GROUP), sum(id) OVER (ORDER BY dept, id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES), sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE NO OTHERS) FROM emp WHERE dept <> 30 ORDER BY id;

SELECT id, dept, array_agg(id) OVER (ORDER BY dept RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) IS NULL, count(*) OVER (ORDER BY dept RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP), count(*) OVER (ORDER BY dept GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM emp ORDER BY id;

SELECT id, hired, count(*) OVER (ORDER BY hired RANGE BETWEEN interval '6 years' PRECEDING AND interval '1 day' FOLLOWING), min(id) OVER (ORDER BY hired RANGE BETWEEN interval '1 year' PRECEDING AND CURRENT ROW) FROM emp ORDER BY id;

SELECT id, salary, count(*) OVER (ORDER BY salary RANGE BETWEEN 1000 PRECEDING AND 500.5 FOLLOWING), first_value(id) OVER (ORDER BY salary, id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp ORDER BY id;

SELECT id, count(*) OVER (ORDER BY f8 RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM nums ORDER BY id;

SELECT id, ts, count(*) OVER (ORDER BY ts RANGE BETWEEN interval '1 day' PRECEDING AND interval '1 day' FOLLOWING) FROM times ORDER BY id;

SELECT id, count(*) OVER (ORDER BY t RANGE BETWEEN interval '12 hours' PRECEDING AND CURRENT ROW) FROM times ORDER BY id;

SELECT id, count(*) OVER w, sum(id) OVER w, row_number() OVER (w ORDER BY id) FROM emp WINDOW w AS (PARTITION BY dept) ORDER BY id;

SELECT id, sum(id) OVER w2 FROM emp WINDOW w AS (PARTITION BY dept), w2 AS (w ORDER BY id DESC) ORDER BY id;

SELECT id, sum(id) OVER (w ROWS 1 PRECEDING) FROM emp WINDOW w AS (ORDER BY id) ORDER BY id;

SELECT sum(id) OVER nope FROM emp;

SELECT sum(id) OVER (w PARTITION BY dept) FROM emp WINDOW w AS (ORDER BY id);

SELECT sum(id) OVER (w ORDER BY dept) FROM emp WINDOW w AS (ORDER BY id);

SELECT sum(id) OVER (w) FROM emp WINDOW w AS (ORDER BY id ROWS 1 PRECEDING);

SELECT sum(id) OVER w FROM emp WINDOW w AS (ORDER BY id), w AS (ORDER BY dept);

SELECT row_number() FROM emp;

SELECT row_number(1) OVER () FROM emp;

SELECT upper(name) OVER () FROM emp;

SELECT nosuch(1) OVER () FROM emp;

SELECT id FROM emp WHERE row_number() OVER () = 1;

SELECT count(*) FROM emp GROUP BY row_number() OVER ();

SELECT sum(row_number() OVER ()) FROM emp;

SELECT sum(sum(id) OVER ()) OVER () FROM emp;

SELECT count(*) FROM emp HAVING row_number() OVER () > 1;

SELECT * FROM emp JOIN dept ON row_number() OVER () = 1;

SELECT id FROM emp LIMIT row_number() OVER ();

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED FOLLOWING AND 1 FOLLOWING) FROM emp;

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND UNBOUNDED PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY id ROWS -1 PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY id ROWS NULL PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY id ROWS id PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY id ROWS 1.6 PRECEDING), sum(id) OVER (ORDER BY id ROWS '2' PRECEDING) FROM emp ORDER BY 1;

SELECT sum(id) OVER (ORDER BY id, dept RANGE 1 PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY name RANGE 1 PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY hired RANGE 1 PRECEDING) FROM emp;

SELECT sum(id) OVER (ORDER BY id RANGE -1 PRECEDING) FROM emp;

SELECT sum(id) OVER (GROUPS 1 PRECEDING) FROM emp;

SELECT sum(id) OVER (RANGE 1 PRECEDING) FROM emp;

SELECT ntile(0) OVER () FROM emp;

SELECT ntile(NULL) OVER () FROM emp;

SELECT nth_value(id, 0) OVER () FROM emp;

SELECT lag(id, 1, 'x') OVER () FROM emp;

SELECT lag(id, 1, 1.5) OVER (ORDER BY id), pg_typeof(lag(id, 1, 1.5) OVER (ORDER BY id)) FROM emp ORDER BY id;

SELECT count(DISTINCT id) OVER () FROM emp;

SELECT string_agg(name, ',' ORDER BY name) OVER () FROM emp;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id) OVER () FROM emp;

SELECT id, count(*) FILTER (WHERE dept = 10) OVER (ORDER BY id), sum(id) FILTER (WHERE id % 2 = 0) OVER (ORDER BY id ROWS 2 PRECEDING) FROM emp ORDER BY id;

SELECT row_number() FILTER (WHERE true) OVER () FROM emp;

SELECT id, string_agg(name, '') OVER (ORDER BY id), array_agg(id) OVER (ORDER BY id ROWS 1 PRECEDING), json_agg(id) OVER (ORDER BY id), bool_or(dept = 10) OVER (ORDER BY id) FROM emp ORDER BY id;

SELECT id, min(salary) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), max(name) OVER (ORDER BY id ROWS 2 PRECEDING), avg(id) OVER (ORDER BY id ROWS 3 PRECEDING), stddev(id) OVER (ORDER BY id), variance(salary) OVER (ORDER BY id ROWS 2 PRECEDING) FROM emp ORDER BY id;

SELECT id, rank() OVER (PARTITION BY dept ORDER BY salary DESC NULLS LAST), row_number() OVER (PARTITION BY boss ORDER BY hired, id) FROM emp ORDER BY id;

SELECT * FROM (SELECT id, dept, row_number() OVER (PARTITION BY dept ORDER BY salary DESC NULLS LAST, id) AS rn FROM emp) s WHERE rn = 1 ORDER BY dept;

SELECT dept, name FROM (SELECT *, rank() OVER (PARTITION BY dept ORDER BY hired) r FROM emp) s WHERE r <= 1 ORDER BY dept, name;

SELECT id, sum(id) OVER (ORDER BY id) - lag(id) OVER (ORDER BY id) AS x, round(100.0 * id / sum(id) OVER (), 1) AS pct FROM emp ORDER BY id;

SELECT dept, sum(id), sum(sum(id)) OVER (ORDER BY dept NULLS FIRST), rank() OVER (ORDER BY sum(id) DESC) FROM emp GROUP BY dept ORDER BY dept;

SELECT DISTINCT dept, count(*) OVER (PARTITION BY dept) FROM emp ORDER BY dept;

SELECT id FROM emp ORDER BY row_number() OVER (ORDER BY name DESC) LIMIT 3;

SELECT id, first_value(id) OVER (PARTITION BY dept ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), last_value(id) OVER (PARTITION BY dept ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), nth_value(id, 2) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM emp ORDER BY id;

-- differs: not built yet
SELECT first_value(x) IGNORE NULLS OVER () FROM (VALUES (1)) t(x);

SELECT x, lag(x) OVER (ORDER BY x), rank() OVER (ORDER BY x), sum(x) OVER (ORDER BY x) FROM (VALUES (1), (2), (2), (NULL), (3)) t(x) ORDER BY x;

SELECT x, y, dense_rank() OVER (ORDER BY x DESC NULLS LAST, y), count(y) OVER (PARTITION BY x) FROM (VALUES (1, 'a'), (1, NULL), (NULL, 'b'), (2, 'a')) t(x, y) ORDER BY x, y;

SELECT sum(count(*)) OVER (), count(*) FROM emp;

SELECT row_number() OVER (ORDER BY (SELECT 1)), count(*) OVER (PARTITION BY (SELECT 1)) FROM dept ORDER BY 1;

SELECT id, (SELECT sum(d.id) OVER () FROM dept d WHERE d.id = e.dept) FROM emp e ORDER BY id;

SELECT rank() OVER (ORDER BY jb) FROM docs ORDER BY 1;

SELECT id, sum(i8) OVER (ORDER BY id ROWS 1 PRECEDING), sum(n) OVER (ORDER BY id ROWS 1 PRECEDING) FROM nums WHERE id < 6 ORDER BY id;

SELECT id, avg(f8) OVER (ORDER BY id ROWS 1 PRECEDING), sum(f4) OVER (ORDER BY id ROWS 1 PRECEDING) FROM nums WHERE id IN (1, 2, 3, 6, 8) ORDER BY id;

SELECT pg_typeof(row_number() OVER ()), pg_typeof(rank() OVER ()), pg_typeof(ntile(2) OVER ()), pg_typeof(percent_rank() OVER ()), pg_typeof(cume_dist() OVER ()), pg_typeof(lag('x'::text) OVER ()), pg_typeof(sum(1) OVER ());

SELECT ntile(4) OVER (ORDER BY x), x FROM generate_series(1, 10) x ORDER BY x;

SELECT id, sum(id) OVER (PARTITION BY dept, boss ORDER BY id), count(*) OVER (PARTITION BY dept > 15) FROM emp ORDER BY id;

SELECT id, lead(id, id) OVER (ORDER BY id) FROM emp ORDER BY id;

SELECT count(*) OVER (ORDER BY id ROWS BETWEEN 9223372036854775807 FOLLOWING AND UNBOUNDED FOLLOWING) FROM dept;

SELECT sum(id) OVER (ORDER BY 1) FROM emp WHERE id < 3;

SELECT sum(id) OVER (PARTITION BY 1 ORDER BY 'a' ROWS 1 PRECEDING) FROM emp WHERE id < 3;

SELECT x, last_value(x) OVER (ORDER BY x), last_value(x) OVER (ORDER BY x DESC) FROM (VALUES (1), (1), (2)) t(x) ORDER BY x;

SELECT OVER FROM emp;

SELECT sum(id) OVER FROM emp;

SELECT sum(id) OVER (ORDER BY) FROM emp;

SELECT sum(id) OVER (ROWS) FROM emp;

SELECT sum(id) OVER (ROWS BETWEEN 1 PRECEDING) FROM emp;

SELECT over.x FROM (SELECT 1 AS x) AS over;

