-- FROM: joins of all kinds, USING, NATURAL, LATERAL, functions, VALUES, aliases, TABLESAMPLE, set-returning functions.

SELECT e.name, d.title FROM emp e JOIN dept d ON e.dept = d.id ORDER BY e.id;

SELECT e.name, d.title FROM emp e LEFT JOIN dept d ON e.dept = d.id ORDER BY e.id;

SELECT e.name, d.title FROM emp e RIGHT JOIN dept d ON e.dept = d.id ORDER BY d.id, e.id;

SELECT e.name, d.title FROM emp e FULL JOIN dept d ON e.dept = d.id ORDER BY e.id, d.id;

SELECT e.name, d.title FROM emp e FULL OUTER JOIN dept d ON e.dept = d.id AND d.budget > 0 ORDER BY e.id, d.id;

SELECT count(*) FROM emp, dept;

SELECT count(*) FROM emp CROSS JOIN dept;

SELECT e.name, b.name AS boss FROM emp e LEFT JOIN emp b ON b.id = e.boss ORDER BY e.id;

SELECT e.id, d.id FROM emp e JOIN dept d ON e.dept > d.id ORDER BY 1, 2;

SELECT e.id, d.id FROM emp e LEFT JOIN dept d ON e.dept < d.id AND d.city = 'Rome' ORDER BY 1, 2;

-- differs: not built yet
SELECT e.id, d.id FROM emp e FULL JOIN dept d ON e.dept > d.id;

SELECT e.id FROM emp e FULL JOIN dept d ON true WHERE e.id = 1 ORDER BY 1;

SELECT * FROM emp e LEFT JOIN dept d ON false ORDER BY e.id LIMIT 2;

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x(id, v) JOIN (VALUES (2, 'c'), (3, 'd')) y(id, w) USING (id);

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x(id, v) LEFT JOIN (VALUES (2, 'c'), (3, 'd')) y(id, w) USING (id) ORDER BY id;

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x(id, v) FULL JOIN (VALUES (2, 'c'), (3, 'd')) y(id, w) USING (id) ORDER BY id;

SELECT id, x.id, y.id FROM (VALUES (1), (2)) x(id) FULL JOIN (VALUES (2), (3)) y(id) USING (id) ORDER BY id;

SELECT * FROM (VALUES (1, 2)) x(a, b) NATURAL JOIN (VALUES (1, 2), (1, 3)) y(a, b);

SELECT * FROM (VALUES (1, 2)) x(a, b) NATURAL JOIN (VALUES (5)) y(c);

SELECT * FROM (VALUES (1)) x(a) NATURAL FULL JOIN (VALUES (2)) y(a) ORDER BY a;

SELECT * FROM (VALUES (1, 2)) x(a, b) NATURAL LEFT JOIN (VALUES (1, 9)) y(a, c);

SELECT j.id, x.v FROM (VALUES (1, 'a')) x(id, v) JOIN (VALUES (1, 'b')) y(id, v) USING (id) AS j;

SELECT j.* FROM (VALUES (1, 'a')) x(id, v) JOIN (VALUES (1, 'b')) y(id, v) USING (id) AS j;

SELECT * FROM emp JOIN dept USING (nope);

SELECT * FROM emp JOIN dept USING (id, id);

SELECT * FROM emp JOIN dept USING (name);

SELECT id FROM emp JOIN dept ON emp.dept = dept.id;

SELECT * FROM emp JOIN emp ON true;

SELECT * FROM emp, emp;

SELECT * FROM emp e JOIN dept e ON true;

SELECT * FROM emp JOIN dept;

SELECT * FROM emp JOIN dept ON 1;

SELECT * FROM emp e JOIN dept d ON e.dept = x.id;

SELECT * FROM emp e, dept d JOIN nums n ON n.id = e.id;

SELECT a.id FROM (emp a JOIN dept b ON a.dept = b.id) JOIN nums n ON n.id = a.id ORDER BY a.id;

SELECT j.id FROM (emp a CROSS JOIN (SELECT 1 AS one) o) AS j WHERE j.id < 3 ORDER BY 1;

SELECT a.id FROM (emp a CROSS JOIN (SELECT 1 AS one) o) AS j;

SELECT * FROM (emp);

SELECT * FROM (SELECT 1);

SELECT * FROM (SELECT 1 AS a, 2 AS b) AS t(x);

SELECT * FROM (SELECT 1 AS a) AS t(x, y);

SELECT * FROM (VALUES (1, 2), (3, 4)) AS t(x) ORDER BY x;

SELECT x, column2 FROM (VALUES (1, 2)) AS t(x);

SELECT * FROM (VALUES (1), (2, 3)) t;

SELECT * FROM (VALUES (1), ('a')) t;

SELECT * FROM (VALUES (1), (2.5), (NULL)) t(x) ORDER BY x;

SELECT * FROM (VALUES ('1'), ('2')) t(x) ORDER BY x;

SELECT pg_typeof(x), pg_typeof(y) FROM (VALUES (1, 'a'), (2.5, NULL)) t(x, y);

VALUES (1, 'a'), (2, 'b');

VALUES (1), (2) ORDER BY 1 DESC;

VALUES (1), (2) ORDER BY column1 LIMIT 1;

VALUES (DEFAULT);

VALUES ();

TABLE dept;

TABLE dept ORDER BY id LIMIT 1;

TABLE nope;

SELECT * FROM ONLY dept ORDER BY id;

SELECT * FROM dept * ORDER BY id;

SELECT * FROM nope;

SELECT * FROM public.nope;

SELECT * FROM nope.dept;

-- differs: not built yet
SELECT * FROM a.b.c;

-- differs: not built yet
SELECT * FROM a.b.c.d;

SELECT x.* FROM dept;

SELECT dept.* FROM dept d;

SELECT d.nope FROM dept d;

SELECT nope FROM dept;

SELECT titel FROM dept;

SELECT d.titel FROM dept d;

SELECT e.id, x.n FROM emp e, LATERAL (SELECT count(*) AS n FROM emp i WHERE i.boss = e.id) x ORDER BY e.id;

SELECT e.id, x.name FROM emp e LEFT JOIN LATERAL (SELECT i.name FROM emp i WHERE i.boss = e.id ORDER BY i.id LIMIT 1) x ON true ORDER BY e.id;

SELECT d.id, x.* FROM dept d CROSS JOIN LATERAL (SELECT name, salary FROM emp WHERE dept = d.id ORDER BY salary DESC NULLS LAST LIMIT 1) x ORDER BY d.id;

SELECT * FROM emp e, (SELECT e.id) x;

SELECT * FROM LATERAL (SELECT 1) x;

SELECT d.id, g FROM dept d, generate_series(1, d.id / 10) g ORDER BY d.id, g;

SELECT d.id, g FROM dept d LEFT JOIN LATERAL generate_series(1, d.id / 10 - 2) g ON true ORDER BY d.id, g;

SELECT * FROM emp e RIGHT JOIN LATERAL (SELECT e.id) x ON true;

SELECT d.id, x.y FROM dept d, LATERAL (SELECT d.id * 2 AS y) x, LATERAL (SELECT x.y + 1 AS z) w WHERE w.z > 50 ORDER BY 1;

SELECT * FROM generate_series(1, 3);

SELECT * FROM generate_series(1, 10, 4) AS s;

SELECT s, s + 1 FROM generate_series(1, 2) AS s;

SELECT s.x FROM generate_series(1, 2) AS s(x);

SELECT * FROM generate_series(5, 1, -2) AS s(n);

SELECT * FROM generate_series(1, 3, 0);

SELECT * FROM generate_series(1, NULL);

SELECT * FROM generate_series(1.0, 2.0, 0.5) x;

SELECT * FROM generate_series(1::int8, 3);

SELECT * FROM generate_series('a', 'b');

SELECT * FROM generate_series(1, 3) WITH ORDINALITY;

SELECT * FROM generate_series(4, 6) WITH ORDINALITY AS t(v, n) ORDER BY n DESC;

SELECT * FROM unnest(ARRAY['a','b']) WITH ORDINALITY AS t(v, n);

SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(5, 7)) AS t(a, b);

SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['x'])) WITH ORDINALITY AS t(a, b, n);

-- differs: not built yet
SELECT * FROM ROWS FROM (json_to_record('{"a":1}') AS (a int), generate_series(1, 2)) AS t;

SELECT * FROM upper('x');

SELECT * FROM upper('x') AS u;

SELECT u FROM upper('x') u;

SELECT * FROM abs(-5) AS t(v), lower('A');

SELECT * FROM count(*);

SELECT * FROM sum(1);

SELECT * FROM row_number();

SELECT * FROM nosuch(1);

SELECT * FROM current_date AS d WHERE d IS NULL;

SELECT * FROM pg_typeof(1), now() n WHERE n IS NULL;

SELECT * FROM coalesce(1, 2) c;

SELECT * FROM json_each('{"a":1}') AS j(k, v);

SELECT * FROM json_each('{"a":1}') AS j(k, v, x);

SELECT key FROM json_each('{"a":1,"b":2}') WHERE value::text = '2';

SELECT * FROM generate_series(1, 2) g(a, b);

-- differs: not built yet
SELECT * FROM generate_series(1, 2) AS g(a int);

SELECT generate_series(1, 3);

SELECT generate_series(1, 2), generate_series(1, 3);

SELECT generate_series(1, 2) + 10, 'x';

SELECT generate_series(1, 2), count(*) FROM dept;

-- differs: not built yet
SELECT count(generate_series(1, 3));

SELECT sum(x) FROM (SELECT generate_series(1, 4) AS x) s;

SELECT id, generate_series(1, id) FROM emp WHERE id < 4 ORDER BY 1, 2;

-- differs: not built yet
SELECT generate_series(1, generate_series(1, 3));

SELECT unnest(ARRAY[1,2]), unnest(ARRAY['a','b','c']);

SELECT 1 WHERE generate_series(1, 2) = 1;

-- differs: not built yet
SELECT CASE WHEN true THEN generate_series(1, 2) END;

-- differs: not built yet
SELECT coalesce(generate_series(1, 2), 0);

-- differs: not built yet
SELECT id FROM emp ORDER BY generate_series(1, 2), id LIMIT 3;

SELECT DISTINCT generate_series(1, 3) % 2 AS x ORDER BY x;

SELECT generate_series(1, 3) AS g ORDER BY g DESC LIMIT 2;

SELECT generate_series(1, 3) LIMIT 1 OFFSET 1;

SELECT dept, unnest(array_agg(id ORDER BY id)) FROM emp GROUP BY dept ORDER BY 1, 2;

-- differs: not built yet
SELECT unnest(ARRAY[1,2]) AS u, sum(1) GROUP BY u ORDER BY u;

SELECT (SELECT generate_series(1, 2));

SELECT (SELECT generate_series(1, 1));

SELECT id FROM emp WHERE id IN (SELECT generate_series(2, 3)) ORDER BY id;

-- differs: not built yet
SELECT * FROM emp TABLESAMPLE system (100) ORDER BY id LIMIT 2;

-- differs: not built yet
SELECT count(*) FROM emp TABLESAMPLE bernoulli (100) REPEATABLE (5);

-- differs: not built yet
SELECT count(*) FROM emp TABLESAMPLE bernoulli (0);

-- differs: not built yet
SELECT * FROM emp TABLESAMPLE bernoulli (200);

-- differs: not built yet
SELECT * FROM emp TABLESAMPLE nope (10);

-- differs: not built yet
SELECT * FROM emp TABLESAMPLE system ('x');

-- differs: not built yet
SELECT * FROM emp TABLESAMPLE system (10, 20);

SELECT * FROM (SELECT 1) x TABLESAMPLE system (10);

-- differs: not built yet
SELECT * FROM rich TABLESAMPLE system (10);

SELECT * FROM rich ORDER BY id;

-- differs: not built yet
SELECT r.name, r FROM rich r WHERE r.id = 1;

SELECT * FROM none;

SELECT n.* FROM none n FULL JOIN (SELECT 1) x ON true;

SELECT e.*, d.* FROM emp e JOIN dept d ON d.id = e.dept WHERE e.id = 1;

SELECT e.id AS a, e.id AS a FROM emp e WHERE id = 1;

SELECT a FROM (SELECT 1 AS a, 2 AS a) s;

SELECT * FROM (SELECT 1 AS a, 2 AS a) s;

SELECT s.* FROM (SELECT id, name FROM emp) s WHERE s.id = 2;

SELECT t.x FROM (SELECT 1) t(x) JOIN (SELECT 1) u(x) USING (x);

-- differs: not built yet
SELECT x FROM (SELECT 1) t(x) JOIN (SELECT 1.0) u(x) USING (x);

SELECT * FROM (SELECT 'a' AS x) t JOIN (SELECT 'a'::text AS x) u USING (x);

-- differs: not built yet
SELECT * FROM (SELECT 1 AS x) t JOIN (SELECT 'a'::text AS x) u USING (x);

SELECT e1.id, e2.id FROM emp e1 JOIN emp e2 ON e1.hired = e2.hired AND e1.id < e2.id;

SELECT e.id, d.id, n.id FROM emp e LEFT JOIN dept d ON d.id = e.dept LEFT JOIN nums n ON n.id = e.id AND d.id IS NOT NULL ORDER BY 1;

SELECT e.id FROM emp e LEFT JOIN dept d ON d.id = e.dept WHERE d.id IS NULL ORDER BY 1;

SELECT d.id FROM dept d LEFT JOIN emp e ON e.dept = d.id WHERE e.id IS NULL;

SELECT a.x, b.x, c.x FROM (VALUES (1), (2)) a(x) LEFT JOIN ((VALUES (2), (3)) b(x) JOIN (VALUES (3), (4)) c(x) ON c.x = b.x + 1) ON b.x = a.x ORDER BY 1;

SELECT count(*) FROM emp a, emp b, emp c WHERE a.id = b.boss AND b.id = c.boss;

SELECT * FROM dept d(a, b) WHERE a = 10;

SELECT * FROM dept AS d(a, b, c, e, f);

SELECT d.id FROM dept AS d(a);

SELECT f.* FROM (SELECT * FROM dept) AS f(x) WHERE x = 20;

SELECT 1 FROM dept WHERE id = 10 AND title = 'Research' OR city IS NULL;

SELECT * FROM dept WHERE title;

SELECT * FROM dept WHERE NULL;

SELECT * FROM dept WHERE id = (SELECT max(dept) FROM emp WHERE dept < 25);

SELECT pg_typeof(d) FROM (SELECT 1 AS d) d;

SELECT "d"."id" FROM "dept" "d" WHERE "d".id = 10;

SELECT * FROM dept ORDER BY;

SELECT * FROM;

SELECT * FROM dept d e;

SELECT * FROM dept, ;

SELECT * FROM dept WHERE;

SELECT * FROM dept LEFT dept;

SELECT * FROM dept CROSS JOIN emp ON true;

SELECT * FROM dept JOIN emp ON true USING (id);

SELECT * dept;

