-- Whole queries: sub-queries, set operations, WITH, DISTINCT ON, ORDER BY, LIMIT, FETCH, output names.

SELECT name FROM emp WHERE salary > (SELECT avg(salary) FROM emp) ORDER BY name;

SELECT name, (SELECT title FROM dept WHERE dept.id = emp.dept) FROM emp ORDER BY id;

SELECT name FROM emp WHERE dept IN (SELECT id FROM dept WHERE budget > 1000) ORDER BY name;

SELECT name FROM emp WHERE dept NOT IN (SELECT id FROM dept) ORDER BY name;

SELECT name FROM emp e WHERE EXISTS (SELECT 1 FROM emp i WHERE i.boss = e.id) ORDER BY name;

SELECT name FROM emp e WHERE NOT EXISTS (SELECT 1 FROM dept d WHERE d.id = e.dept) ORDER BY name;

SELECT name FROM emp WHERE id = ANY (SELECT boss FROM emp) ORDER BY name;

SELECT name FROM emp WHERE salary >= ALL (SELECT salary FROM emp WHERE salary IS NOT NULL);

SELECT name FROM emp WHERE salary >= ALL (SELECT salary FROM emp);

SELECT name FROM emp e WHERE salary = (SELECT max(salary) FROM emp i WHERE i.dept = e.dept) ORDER BY name;

SELECT name FROM emp e WHERE salary > (SELECT avg(salary) FROM emp i WHERE i.dept = e.dept OR i.boss = e.id) ORDER BY name;

SELECT name, (SELECT count(*) FROM emp i WHERE i.id < e.id), (SELECT string_agg(i.name, ',' ORDER BY i.id) FROM emp i WHERE i.boss = e.id) FROM emp e ORDER BY id;

SELECT (SELECT name FROM emp);

SELECT (SELECT name FROM emp WHERE false), (SELECT 1 WHERE false) IS NULL;

SELECT (SELECT id, name FROM emp);

SELECT EXISTS (SELECT 1 FROM emp), NOT EXISTS (SELECT 1 WHERE false), EXISTS (SELECT FROM emp), EXISTS (SELECT 1 / 0);

SELECT 1 = (SELECT 1), (SELECT 2) + 3, ((SELECT 1)), -(SELECT 5), (SELECT 'x') || 'y', (SELECT ARRAY[1,2])[1];

SELECT CASE WHEN EXISTS (SELECT 1 FROM dept WHERE id = emp.dept) THEN 'y' ELSE 'n' END FROM emp ORDER BY id;

SELECT name FROM emp ORDER BY (SELECT title FROM dept WHERE dept.id = emp.dept) NULLS FIRST, name;

SELECT count(*) FROM emp GROUP BY (SELECT city FROM dept WHERE dept.id = emp.dept) ORDER BY 1;

SELECT dept FROM emp GROUP BY dept HAVING count(*) > (SELECT count(*) FROM dept WHERE id = emp.dept) ORDER BY dept;

SELECT * FROM (SELECT * FROM (SELECT id FROM emp) a WHERE id > 5) b ORDER BY id;

SELECT id FROM emp WHERE (dept, boss) IN (SELECT dept, boss FROM emp WHERE id = 3) ORDER BY id;

SELECT id FROM emp WHERE (SELECT count(*) FROM dept) = 4 ORDER BY id LIMIT 1;

SELECT id FROM emp e WHERE id IN (SELECT i.boss FROM emp i WHERE i.dept = e.dept) ORDER BY id;

SELECT id, dept IN (SELECT id FROM dept), dept NOT IN (SELECT id FROM dept), boss IN (SELECT boss FROM emp) FROM emp ORDER BY id;

SELECT e.id FROM emp e WHERE e.id > ALL (SELECT i.id FROM emp i WHERE i.dept = e.dept AND i.id <> e.id) ORDER BY 1;

SELECT e.id FROM emp e WHERE e.salary < SOME (SELECT i.salary FROM emp i WHERE i.boss = e.id) ORDER BY 1;

SELECT (SELECT (SELECT e.id + d.id FROM dept d WHERE d.id = e.dept)) FROM emp e ORDER BY e.id;

SELECT (SELECT max(x) FROM (SELECT i.id AS x FROM emp i WHERE i.dept = e.dept UNION SELECT e.id * 100) u) FROM emp e ORDER BY e.id;

SELECT (SELECT x FROM (VALUES (e.id), (e.id + 1)) v(x) ORDER BY x DESC LIMIT 1) FROM emp e ORDER BY e.id;

SELECT e.id, (SELECT d.title FROM dept d WHERE d.id <= coalesce(e.dept, 0) ORDER BY d.id DESC LIMIT 1) FROM emp e ORDER BY e.id;

SELECT 1 UNION SELECT 2 UNION SELECT 1 ORDER BY 1;

SELECT 1 UNION ALL SELECT 1;

SELECT 1 INTERSECT SELECT 1;

SELECT 1 EXCEPT SELECT 2;

SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 ORDER BY 1;

(SELECT 1 UNION SELECT 2) INTERSECT SELECT 2;

SELECT 1 UNION SELECT 2 EXCEPT SELECT 1;

SELECT dept FROM emp UNION SELECT id FROM dept ORDER BY 1;

SELECT dept FROM emp INTERSECT SELECT id FROM dept ORDER BY 1;

SELECT dept FROM emp EXCEPT SELECT id FROM dept ORDER BY 1;

SELECT dept FROM emp EXCEPT ALL SELECT id FROM dept ORDER BY 1;

SELECT dept FROM emp INTERSECT ALL SELECT dept FROM emp WHERE id < 4 ORDER BY 1;

SELECT id, name FROM emp UNION SELECT id, title FROM dept ORDER BY id LIMIT 3;

SELECT 1 AS a UNION SELECT 2 AS b ORDER BY a;

-- differs: not built yet
SELECT 1 AS a UNION SELECT 2 AS b ORDER BY b;

SELECT 1, 2 UNION SELECT 1;

SELECT 1 UNION SELECT 'a';

SELECT 1 UNION SELECT '2' ORDER BY 1;

SELECT 'a' UNION SELECT 'b' ORDER BY 1;

SELECT 1 UNION SELECT 2.5 ORDER BY 1;

SELECT NULL UNION SELECT 1 ORDER BY 1;

SELECT NULL UNION SELECT NULL;

SELECT 1 UNION SELECT true;

SELECT 1 UNION SELECT 2 ORDER BY 1 + 1;

SELECT name FROM emp UNION SELECT title FROM dept ORDER BY upper(name);

(SELECT id FROM emp ORDER BY id LIMIT 2) UNION ALL (SELECT id FROM dept ORDER BY id DESC LIMIT 1) ORDER BY 1;

SELECT id FROM emp ORDER BY id LIMIT 1 UNION SELECT 2;

SELECT 'x'::varchar(3) UNION SELECT 'y'::varchar(5);

SELECT 'x'::varchar(3) AS v UNION ALL SELECT 'abc'::varchar(3);

SELECT 1::numeric(5,2) UNION ALL SELECT 2::numeric(5,2);

SELECT pg_typeof(x) FROM (SELECT 1 UNION ALL SELECT 2.5) s(x) LIMIT 1;

SELECT pg_typeof(x) FROM (SELECT 1::int2 UNION ALL SELECT 2::int8) s(x) LIMIT 1;

VALUES (1) UNION ALL VALUES (2) ORDER BY 1 DESC;

SELECT * FROM (SELECT 1 UNION SELECT 2) u(x) WHERE x > 1;

WITH a AS (SELECT 1 AS x) SELECT * FROM a;

WITH a(x, y) AS (SELECT 1, 2) SELECT y, x FROM a;

WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT a.x, b.x FROM a, b;

WITH a AS MATERIALIZED (SELECT id FROM emp), b AS NOT MATERIALIZED (SELECT id FROM dept) SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b);

WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a;

WITH a(x) AS (SELECT 1, 2) SELECT * FROM a;

WITH a(x, y) AS (SELECT 1) SELECT * FROM a;

WITH a AS (SELECT * FROM b) SELECT * FROM a;

WITH emp AS (SELECT 99 AS id) SELECT * FROM emp;

WITH a AS (SELECT 1 AS x) SELECT * FROM (WITH b AS (SELECT x + 1 AS y FROM a) SELECT * FROM b) s;

WITH a AS (VALUES (1, 'x'), (2, 'y')) SELECT * FROM a ORDER BY 1;

WITH t AS (SELECT dept, count(*) AS n FROM emp GROUP BY dept) SELECT d.title, coalesce(t.n, 0) FROM dept d LEFT JOIN t ON t.dept = d.id ORDER BY d.id;

WITH a AS (SELECT 1 AS x) SELECT x FROM a UNION ALL SELECT x + 1 FROM a ORDER BY 1;

SELECT (WITH a AS (SELECT max(id) AS m FROM emp) SELECT m FROM a);

WITH a AS (SELECT 1) SELECT 2;

-- differs: not built yet
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t ORDER BY n;

-- differs: not built yet
WITH RECURSIVE t(id, path) AS (SELECT id, name FROM emp WHERE boss IS NULL UNION ALL SELECT e.id, t.path || '/' || e.name FROM emp e JOIN t ON e.boss = t.id) SELECT * FROM t ORDER BY id;

-- differs: not built yet
WITH x AS (DELETE FROM dept WHERE false RETURNING id) SELECT * FROM x;

SELECT DISTINCT dept FROM emp ORDER BY dept;

SELECT DISTINCT dept, boss FROM emp ORDER BY 1, 2;

SELECT DISTINCT ON (dept) dept, name FROM emp ORDER BY dept, salary DESC NULLS LAST;

SELECT DISTINCT ON (dept) name FROM emp ORDER BY dept, name DESC;

SELECT DISTINCT ON (dept, boss) dept, boss, id FROM emp ORDER BY dept, boss, id DESC;

SELECT DISTINCT ON (1) dept, id FROM emp ORDER BY 1, 2;

SELECT DISTINCT ON (dept) dept FROM emp ORDER BY name;

SELECT DISTINCT ON (dept) dept, id FROM emp ORDER BY dept, id LIMIT 2;

SELECT DISTINCT ON (upper(left(name, 1))) name FROM emp ORDER BY upper(left(name, 1)), id;

SELECT DISTINCT name FROM emp ORDER BY id;

SELECT DISTINCT name FROM emp ORDER BY upper(name);

SELECT DISTINCT upper(name) FROM emp ORDER BY upper(name);

SELECT DISTINCT ON () name FROM emp;

SELECT ALL dept FROM emp WHERE id < 3;

SELECT DISTINCT x FROM (VALUES (1.0), (1.00), (NULL), (NULL)) t(x) ORDER BY x;

SELECT name, salary FROM emp ORDER BY salary DESC, name;

SELECT name FROM emp ORDER BY salary NULLS FIRST, name;

SELECT name FROM emp ORDER BY salary DESC NULLS LAST, name DESC;

SELECT name AS n FROM emp ORDER BY n;

SELECT name AS dept FROM emp ORDER BY dept;

SELECT -id AS id FROM emp ORDER BY id;

SELECT -id AS id FROM emp ORDER BY id + 0;

SELECT id, name FROM emp ORDER BY 2 DESC;

SELECT id FROM emp ORDER BY 2;

SELECT id FROM emp ORDER BY 'x';

SELECT id FROM emp ORDER BY 1.5;

SELECT id FROM emp ORDER BY nope;

SELECT id AS x, dept AS x FROM emp ORDER BY x;

SELECT id FROM emp ORDER BY dept USING <, id USING >;

-- differs: not built yet
SELECT id FROM emp ORDER BY dept USING ~~;

SELECT id FROM emp ORDER BY -id LIMIT 2;

SELECT id FROM emp ORDER BY id LIMIT 0;

SELECT id FROM emp ORDER BY id LIMIT ALL OFFSET 6;

SELECT id FROM emp ORDER BY id LIMIT NULL OFFSET NULL;

SELECT id FROM emp ORDER BY id OFFSET 6;

SELECT id FROM emp ORDER BY id OFFSET 2 LIMIT 2;

SELECT id FROM emp ORDER BY id LIMIT 1 + 1;

-- differs: not built yet
SELECT id FROM emp ORDER BY id LIMIT (SELECT 2);

SELECT id FROM emp ORDER BY id LIMIT -1;

SELECT id FROM emp ORDER BY id OFFSET -1;

SELECT id FROM emp LIMIT id;

SELECT id FROM emp LIMIT 'x';

SELECT id FROM emp ORDER BY id LIMIT '2';

SELECT id FROM emp ORDER BY id LIMIT 1.6;

SELECT id FROM emp LIMIT count(*);

SELECT id FROM emp LIMIT 1, 2;

SELECT id FROM emp ORDER BY id FETCH FIRST 2 ROWS ONLY;

SELECT id FROM emp ORDER BY id FETCH NEXT ROW ONLY;

SELECT id FROM emp ORDER BY id OFFSET 1 ROW FETCH FIRST 2 ROWS ONLY;

SELECT id, salary FROM emp ORDER BY salary DESC NULLS LAST FETCH FIRST 3 ROWS WITH TIES;

SELECT dept FROM emp ORDER BY dept FETCH FIRST 1 ROW WITH TIES;

SELECT dept FROM emp FETCH FIRST 1 ROW WITH TIES;

SELECT id FROM emp ORDER BY id FETCH FIRST (1 + 1) ROWS ONLY;

SELECT id FROM emp ORDER BY id FETCH FIRST ROWS ONLY LIMIT 2;

SELECT id FROM emp ORDER BY id FOR UPDATE LIMIT 1;

SELECT id FROM emp WHERE id = 1 FOR UPDATE;

SELECT id FROM emp e WHERE id = 1 FOR SHARE OF e NOWAIT;

-- differs: not built yet
SELECT count(*) FROM emp FOR UPDATE;

-- differs: not built yet
SELECT id FROM emp FOR UPDATE OF nope;

SELECT 1, 'a', 1.5, NULL, true, now() IS NULL, id, id + 1, -id, upper(name), name::text, name::varchar(3), CAST(id AS text), (id), emp.id, e2.id AS z FROM emp, (SELECT 1 AS id) e2 WHERE emp.id = 1;

SELECT count(*), count(id), sum(id) + 1, max(name), CASE WHEN true THEN 1 END, CASE WHEN true THEN 1 ELSE min(id) END, coalesce(max(boss), 1), nullif(1, 2), greatest(1, 2), ARRAY[1], ROW(1), (SELECT 1), (SELECT max(id) FROM emp), EXISTS (SELECT 1), ARRAY(SELECT 1) FROM emp;

SELECT extract(year FROM date '2020-01-01'), substring('abc' FROM 2), position('a' IN 'b'), trim(' x '), overlay('abc' PLACING 'x' FROM 1), 'a' LIKE 'b', 'a' ~ 'b', 1 BETWEEN 0 AND 2, 1 IN (1), 1 IS NULL, interval '1 day', date '2020-01-01', 'x'::date IS NULL FROM emp WHERE false;

SELECT current_date IS NULL AS a, date '2020-01-01' AT TIME ZONE 'UTC', (ARRAY[1,2])[1], '{"a":1}'::jsonb -> 'a', ('{"a":1}'::jsonb)['a'], current_user = user, 'a' COLLATE "C", (1, 2) = (1, 2), NOT true, 1::int4::text::name;

SELECT d.budget::int, d.budget::numeric(10,2), -d.budget, d.budget || '' FROM dept d WHERE id = 10;

SELECT x.y FROM (SELECT 1 AS y) x, (SELECT 2 AS z) w;

SELECT "?column?" FROM (SELECT 1) s;

SELECT current_schema, current_catalog IS NULL, current_role IS NULL, localtime IS NULL;

SELECT a.id, b.id, a.id FROM emp a, dept b WHERE a.id = 1 AND b.id = 10;

SELECT emp.*, emp.id FROM emp WHERE id = 2;

SELECT *, 1 AS one FROM dept WHERE id = 10;

SELECT *, * FROM dept WHERE id = 10;

SELECT 1 AS a, a + 1;

SELECT id AS a FROM emp WHERE a = 1;

-- differs: not built yet
SELECT id INTO nosuchtable FROM emp WHERE false AND true AND 1 = nope;

SELECT name FROM emp WHERE id = 1 AND name = 'Ada' AND NOT dept = 20 AND salary BETWEEN 4999 AND 5001 AND boss IS NULL;

SELECT id FROM emp WHERE dept = 10 OR dept IS NULL ORDER BY id;

SELECT id FROM emp WHERE NOT (dept = 10 AND boss IS NULL) ORDER BY id;

SELECT id FROM emp WHERE salary / nullif(dept, 10) > 1 ORDER BY id;

SELECT id FROM emp WHERE id > 2 AND id <= 5 AND id <> 4 ORDER BY id DESC;

SELECT id FROM emp WHERE name > 'C' AND name < 'G' ORDER BY name;

SELECT id FROM emp WHERE hired = '2010-06-15' ORDER BY id;

SELECT id FROM emp WHERE hired BETWEEN '2001-01-01' AND date '2011-01-01' ORDER BY id;

SELECT id FROM emp WHERE salary = 3200.5 ORDER BY id;

SELECT id FROM emp WHERE id = 1.0;

SELECT id FROM emp WHERE id = 1.5;

SELECT id FROM emp WHERE id = '1';

SELECT id FROM emp WHERE id = 'x';

SELECT id FROM emp WHERE id = 99999999999;

SELECT id FROM emp WHERE id IN ('1', '2') ORDER BY id;

SELECT id FROM emp WHERE name = 5;

SELECT id FROM emp WHERE name LIKE 5;

SELECT a, b FROM pairs WHERE a = 1 AND b = 2;

SELECT a, b FROM pairs WHERE a = 1 ORDER BY b DESC;

SELECT a, b FROM pairs WHERE a > 1 AND b >= 2 ORDER BY 1, 2;

SELECT a, max(b) FROM pairs GROUP BY a ORDER BY a DESC;

SELECT id FROM emp e WHERE id = (SELECT min(id) FROM emp WHERE dept = e.dept) ORDER BY id;

SELECT * FROM (SELECT id, lag(id) OVER (ORDER BY id) AS prev FROM emp) s WHERE prev IS NULL OR prev = 3;

-- differs: not built yet
SELECT string_agg(s, '') FROM (SELECT chr(64 + g) AS s FROM generate_series(1, 5) g ORDER BY g DESC) x;

SELECT count(*) FROM (SELECT DISTINCT dept FROM emp) s;

SELECT sum(n) FROM (SELECT count(*) AS n FROM emp GROUP BY dept UNION ALL SELECT 100) s;

SELECT id % 2 = 0 AS even, count(*) FROM emp GROUP BY even ORDER BY even;

SELECT * FROM emp WHERE id = 1 LIMIT 1 OFFSET 1;

