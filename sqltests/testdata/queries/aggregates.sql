-- Aggregates: grouping, FILTER, DISTINCT, ORDER BY inside, WITHIN GROUP, statistics, HAVING, GROUPING SETS.

SELECT count(*), count(dept), count(DISTINCT dept), sum(salary), avg(salary), min(salary), max(salary), sum(id), avg(id) FROM emp;

SELECT count(*), sum(salary), avg(salary), min(name), max(name), array_agg(id), string_agg(name, ','), bool_and(true), json_agg(id) FROM emp WHERE false;

SELECT dept, count(*), sum(salary), avg(salary), min(name), max(hired) FROM emp GROUP BY dept ORDER BY dept;

SELECT dept, count(*) AS n FROM emp GROUP BY dept HAVING count(*) > 1 ORDER BY n DESC, dept;

SELECT dept FROM emp GROUP BY dept HAVING sum(salary) > 4000 ORDER BY dept;

SELECT count(*) FROM emp HAVING count(*) > 100;

SELECT 1 FROM emp HAVING true;

SELECT 1 HAVING 1 = 1;

SELECT name FROM emp HAVING true;

SELECT name, count(*) FROM emp;

SELECT name, count(*) FROM emp GROUP BY dept;

SELECT id, name FROM emp GROUP BY id ORDER BY id;

SELECT e.name, d.title, count(*) FROM emp e JOIN dept d ON d.id = e.dept GROUP BY e.id, d.id ORDER BY e.id;

SELECT name FROM emp GROUP BY 1 ORDER BY 1;

SELECT name FROM emp GROUP BY 2;

SELECT name FROM emp GROUP BY 0;

SELECT name FROM emp GROUP BY 'x';

SELECT upper(name) FROM emp GROUP BY upper(name) ORDER BY 1;

SELECT name FROM emp GROUP BY upper(name);

SELECT upper(name) AS name FROM emp GROUP BY name ORDER BY 1;

SELECT dept + 1 AS d, count(*) FROM emp GROUP BY d ORDER BY d;

SELECT dept + 1, count(*) FROM emp GROUP BY dept + 1 ORDER BY dept + 1;

SELECT dept + 2 FROM emp GROUP BY dept + 1;

SELECT count(*) FROM emp GROUP BY ();

SELECT sum(count(*)) FROM emp GROUP BY dept;

SELECT sum(sum(id)) FROM emp;

SELECT count(*) FROM emp WHERE count(*) > 1;

SELECT count(*) FROM emp GROUP BY count(*);

SELECT * FROM emp JOIN dept ON count(*) = 1;

SELECT sum(name) FROM emp;

SELECT avg(hired) FROM emp;

SELECT sum(b) FROM nums;

SELECT max(b) FROM nums;

SELECT min(jb) FROM docs;

SELECT count() FROM emp;

SELECT count(id, name) FROM emp;

SELECT sum(*) FROM emp;

-- differs: not built yet
SELECT sum() FROM emp;

SELECT nosuch(DISTINCT id) FROM emp;

SELECT upper(DISTINCT name) FROM emp;

SELECT upper(name) FILTER (WHERE true) FROM emp;

SELECT upper(name ORDER BY id) FROM emp;

-- differs: not built yet
SELECT upper(*) FROM emp;

SELECT count(*) FILTER (WHERE dept = 10), sum(salary) FILTER (WHERE dept > 10), count(DISTINCT dept) FILTER (WHERE id < 5), array_agg(id ORDER BY id) FILTER (WHERE boss IS NULL) FROM emp;

SELECT dept, count(*) FILTER (WHERE salary > 3000) FROM emp GROUP BY dept ORDER BY dept;

SELECT count(*) FILTER (WHERE id) FROM emp;

SELECT count(*) FILTER (WHERE count(*) > 1) FROM emp;

SELECT sum(i2), sum(i4), sum(i8), sum(n) FILTER (WHERE id < 4), sum(f4) FILTER (WHERE id < 4), sum(f8) FILTER (WHERE id < 4) FROM nums;

-- differs: not built yet
SELECT pg_typeof(sum(i2)), pg_typeof(sum(i4)), pg_typeof(sum(i8)), pg_typeof(sum(n)), pg_typeof(sum(f4)), pg_typeof(avg(i4)), pg_typeof(avg(f4)), pg_typeof(avg(n)), pg_typeof(count(*)), pg_typeof(max(i2)), pg_typeof(bool_and(b)), pg_typeof(stddev(i4)), pg_typeof(stddev(f8)) FROM nums;

SELECT sum(i8), avg(i8) FROM nums WHERE id IN (2, 4);

SELECT sum(n), avg(n), max(n), min(n) FROM nums;

-- differs: not built yet
SELECT sum(f8), avg(f8), max(f8), min(f8) FROM nums;

SELECT sum(f4) FROM nums WHERE id = 4 OR id = 2;

SELECT sum(x) FROM (VALUES (1e308::float8), (1e308)) t(x);

SELECT avg(x), sum(x) FROM (VALUES (1.1), (2.22), (3.333)) t(x);

SELECT avg(x) FROM (VALUES (1), (2), (2)) t(x);

SELECT bool_and(b), bool_or(b), every(b), bool_and(b) FILTER (WHERE id = 2) FROM nums;

SELECT bit_and(i4), bit_or(i4), bit_xor(i4), bit_and(i2), bit_or(i8) FROM nums WHERE id > 6;

SELECT stddev(id), stddev_pop(id), stddev_samp(id), variance(id), var_pop(id), var_samp(id) FROM emp;

SELECT stddev(salary), var_pop(salary), stddev(f8) FILTER (WHERE false) FROM emp, nums WHERE nums.id = 1;

SELECT variance(x), stddev_pop(x) FROM (VALUES (1.5::float8), (2.5), (4)) t(x);

SELECT variance(x), var_pop(x), stddev(x) FROM (VALUES (5)) t(x);

-- differs: not built yet
SELECT corr(y, x), covar_pop(y, x), covar_samp(y, x), regr_avgx(y, x), regr_avgy(y, x), regr_count(y, x), regr_intercept(y, x), regr_r2(y, x), regr_slope(y, x), regr_sxx(y, x), regr_sxy(y, x), regr_syy(y, x) FROM (VALUES (1::float8, 2::float8), (2, 4), (4, 5), (NULL, 1)) t(y, x);

SELECT corr(1, 1), regr_slope(x, x) FROM (VALUES (1::float8)) t(x);

SELECT string_agg(name, ', ' ORDER BY name DESC), array_agg(name ORDER BY dept NULLS FIRST, id), string_agg(DISTINCT title, ',' ORDER BY title) FROM emp LEFT JOIN dept d ON d.id = dept;

SELECT string_agg(DISTINCT name, ',' ORDER BY id) FROM emp;

SELECT array_agg(DISTINCT dept ORDER BY dept NULLS FIRST), array_agg(DISTINCT upper(left(name, 1)) ORDER BY upper(left(name, 1)) DESC) FROM emp;

SELECT sum(DISTINCT dept), avg(DISTINCT salary), count(DISTINCT (dept, boss)) FROM emp;

SELECT count(DISTINCT dept, boss) FROM emp;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY salary), percentile_disc(0.5) WITHIN GROUP (ORDER BY salary), mode() WITHIN GROUP (ORDER BY dept), percentile_cont(ARRAY[0, 0.25, 1]) WITHIN GROUP (ORDER BY id), percentile_disc(ARRAY[0.1, NULL]) WITHIN GROUP (ORDER BY name) FROM emp;

SELECT dept, percentile_disc(0.5) WITHIN GROUP (ORDER BY name) FROM emp GROUP BY dept ORDER BY dept;

SELECT percentile_cont(2) WITHIN GROUP (ORDER BY id) FROM emp;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY name) FROM emp;

SELECT percentile_cont(0.5) FROM emp;

SELECT percentile_disc(id) WITHIN GROUP (ORDER BY name) FROM emp;

SELECT sum(id) WITHIN GROUP (ORDER BY id) FROM emp;

SELECT mode() WITHIN GROUP (ORDER BY salary DESC) FROM emp;

SELECT percentile_cont(0.3) WITHIN GROUP (ORDER BY iv), percentile_disc(0.5) WITHIN GROUP (ORDER BY d) FROM times;

-- differs: not built yet
SELECT rank(3) WITHIN GROUP (ORDER BY id), dense_rank(3) WITHIN GROUP (ORDER BY dept), percent_rank(3) WITHIN GROUP (ORDER BY id), cume_dist(3) WITHIN GROUP (ORDER BY id) FROM emp;

-- differs: not built yet
SELECT rank('x', 5) WITHIN GROUP (ORDER BY name, id) FROM emp;

-- differs: not built yet
SELECT rank(1, 2) WITHIN GROUP (ORDER BY id) FROM emp;

SELECT dept, boss, count(*) FROM emp GROUP BY GROUPING SETS ((dept), (boss), ()) ORDER BY dept, boss, count;

SELECT dept, boss, count(*), grouping(dept), grouping(dept, boss) FROM emp GROUP BY ROLLUP (dept, boss) ORDER BY grouping(dept, boss), dept, boss;

SELECT dept, boss, count(*) FROM emp GROUP BY CUBE (dept, boss) ORDER BY dept, boss, count;

SELECT dept, boss, sum(id) FROM emp GROUP BY dept, ROLLUP (boss) ORDER BY dept, boss, sum;

SELECT dept, count(*) FROM emp GROUP BY GROUPING SETS ((dept), (dept)) ORDER BY dept;

SELECT dept, count(*) FROM emp GROUP BY DISTINCT GROUPING SETS ((dept), (dept)) ORDER BY dept;

SELECT dept, boss, count(*) FROM emp GROUP BY GROUPING SETS (ROLLUP (dept), CUBE (boss)) ORDER BY dept, boss, count;

SELECT dept, count(*) FROM emp GROUP BY ROLLUP (dept) HAVING grouping(dept) = 1;

SELECT grouping(name) FROM emp GROUP BY dept;

SELECT grouping(dept) FROM emp;

SELECT count(*) FROM emp WHERE false GROUP BY GROUPING SETS ((), (dept));

SELECT extract(year FROM hired) AS y, dept, count(*) FROM emp GROUP BY CUBE (1, 2) ORDER BY 1, 2, 3;

SELECT (dept, boss), count(*) FROM emp GROUP BY ROLLUP ((dept, boss)) ORDER BY 1, 2;

SELECT dept, sum(sum(id)) OVER (ORDER BY dept) FROM emp GROUP BY dept ORDER BY dept;

SELECT dept, rank() OVER (ORDER BY count(*) DESC), count(*) FROM emp GROUP BY dept ORDER BY dept;

SELECT d.title, (SELECT count(*) FROM emp e WHERE e.dept = d.id), (SELECT max(salary) FROM emp e WHERE e.dept = d.id) FROM dept d ORDER BY d.id;

-- differs: not built yet
SELECT (SELECT sum(e.id) FROM dept d WHERE d.id = 10) FROM emp e;

SELECT (SELECT sum(e.id + d.id) FROM dept d) FROM emp e WHERE e.id < 3 ORDER BY e.id;

-- differs: not built yet
SELECT (SELECT count(*) FROM dept d WHERE d.id = max(e.dept)) FROM emp e;

SELECT max(id) + 1, -max(id), max(id) || 'x', coalesce(max(boss), 0), CASE WHEN count(*) > 5 THEN 'many' ELSE 'few' END FROM emp;

SELECT min(id), max(id) FROM emp GROUP BY dept > 15 ORDER BY 1;

SELECT DISTINCT count(*) FROM emp GROUP BY dept ORDER BY 1;

SELECT DISTINCT dept FROM emp GROUP BY dept, boss ORDER BY dept;

SELECT count(*) FROM emp GROUP BY dept ORDER BY dept DESC NULLS LAST;

SELECT count(*) AS c FROM emp GROUP BY dept ORDER BY c, max(id);

SELECT dept FROM emp GROUP BY dept ORDER BY count(*) DESC, dept LIMIT 2;

SELECT dept AS id, count(*) FROM emp GROUP BY id ORDER BY 2, 1;

SELECT e.dept FROM emp e GROUP BY dept ORDER BY e.dept;

SELECT * FROM emp GROUP BY id ORDER BY id;

SELECT * FROM emp GROUP BY dept;

SELECT e.*, count(*) FROM emp e GROUP BY e.id ORDER BY e.id LIMIT 1;

SELECT any_value(id) FROM emp;

SELECT array_agg(x ORDER BY x DESC) FROM generate_series(1, 5) x;

SELECT sum(x) FROM generate_series(1, 1000) x;

SELECT avg(x)::numeric(10,3), sum(x::numeric) / count(*) FROM generate_series(1, 10) x;

-- differs: not built yet
SELECT range_agg(int4range(1, 2));

SELECT max(ARRAY[id, dept]) FROM emp;

SELECT max(ROW(id)) FROM emp;

SELECT min(t), max(t), min(k), max(c) FROM words;

SELECT max('x'), min(NULL), sum(NULL::int), count(NULL), max(1);

SELECT sum('1');

SELECT count(*) OVER () FROM emp GROUP BY dept ORDER BY 1;

SELECT bit_and(true);

SELECT dept, json_object_agg(name, id ORDER BY id) FROM emp GROUP BY dept ORDER BY dept;

SELECT sum(id ORDER BY id), max(DISTINCT id), count(ALL dept), sum(ALL id) FROM emp;

SELECT string_agg('a', ',') FROM emp;

SELECT string_agg(E'\\x01'::bytea, E'\\xff'::bytea) FROM dept;

-- differs: not built yet
SELECT xmlagg('x');

SELECT avg(interval '1 day'), sum(time '10:00' - time '09:00') FROM dept;

SELECT sum(time '10:00');

SELECT regr_count(1, 2), covar_pop(1, 2);

SELECT floor(avg(salary)), round(avg(salary), 1), avg(salary)::int FROM emp;

SELECT count(*) c, dept d FROM emp GROUP BY d ORDER BY c DESC, d NULLS FIRST FETCH FIRST 3 ROWS ONLY;

