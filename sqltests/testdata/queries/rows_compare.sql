-- Rows: constructors, comparison, IN, IS NULL of rows, fields, whole-row references, CASE, COALESCE and their kin.

SELECT ROW(1, 'a'), (1, 2), ROW(), ROW(1), (1, NULL, 'x y', '', 'a,b', 'q"r');

SELECT ROW(1, 2) = ROW(1, 2), (1, 2) < (1, 3), (1, 2) <> (2, 1), (1, NULL) = (1, NULL), (1, NULL) = (2, NULL), (1, NULL) < (2, 0), (2, NULL) > (1, 1), (1, 2) >= (1, 2);

SELECT (1, 2) = (1, 2, 3);

SELECT (1, 2) = 1;

SELECT (1, 'a') = (1, 'a'), (1, 'a') < (1, 'b'), (1.0, 2) = (1, 2.0);

SELECT (1, 2) = ('1', '2'), (1, 2) IS DISTINCT FROM (1, NULL), (1, NULL) IS NOT DISTINCT FROM (1, NULL);

SELECT (1, 'x') = (1, 2);

SELECT (1, 2) IN ((1, 2), (3, 4)), (1, 2) NOT IN ((1, 3)), (1, NULL) IN ((1, 2)), (1, NULL) IN ((2, 2));

-- differs: not built yet
SELECT (1, 2) + (3, 4);

-- differs: not built yet
SELECT (1, 2) LIKE (3, 4);

SELECT ROW(1, NULL) IS NULL, ROW(NULL, NULL) IS NULL, ROW(1, NULL) IS NOT NULL, ROW(1, 2) IS NOT NULL, ROW() IS NULL, NOT (ROW(1, NULL) IS NULL);

-- differs: not built yet
SELECT (ROW(1, 2)).f1, (ROW(1, 'b')).f2;

-- differs: not built yet
SELECT (ROW(1, 2)).f3;

-- differs: not built yet
SELECT (ROW(1, 2)).*;

-- differs: not built yet
SELECT e FROM emp e WHERE id < 3 ORDER BY id;

SELECT (e).name, (e).dept FROM emp e WHERE (e).id = 3;

-- differs: not built yet
SELECT (e).nope FROM emp e;

SELECT (e).* FROM emp e WHERE id = 1;

-- differs: not built yet
SELECT e.*::text FROM emp e WHERE id = 1;

-- differs: not built yet
SELECT row_to_json(e) FROM emp e WHERE id < 3 ORDER BY id;

SELECT count(e), count(e.*), count(DISTINCT e) FROM emp e;

-- differs: not built yet
SELECT e IS NULL, e IS NOT NULL FROM emp e ORDER BY id;

-- differs: not built yet
SELECT ROW(e.*) FROM emp e WHERE id = 1;

-- differs: not built yet
SELECT ROW(e.*, 1) FROM emp e WHERE id = 1;

SELECT ROW(e, 1) FROM emp e WHERE id = 1;

SELECT e = e FROM emp e WHERE id = 1;

-- differs: not built yet
SELECT p FROM pairs p ORDER BY p;

-- differs: not built yet
SELECT p FROM pairs p ORDER BY p DESC;

SELECT max(p::text) FROM pairs p;

SELECT a, b FROM pairs WHERE (a, b) > (1, 2) ORDER BY a, b;

SELECT a, b FROM pairs WHERE (a, b) IN (SELECT b, a FROM pairs) ORDER BY a, b;

SELECT a, b FROM pairs WHERE (a, b) NOT IN (SELECT a, b FROM pairs WHERE v = 'p') ORDER BY a, b;

SELECT a, b FROM pairs WHERE (a, v) = (1, 'p');

SELECT (a, b) = ANY(SELECT 1, 1) FROM pairs ORDER BY a, b;

SELECT (a, b) >= ALL(SELECT a, b FROM pairs) FROM pairs ORDER BY a, b;

-- differs: not built yet
SELECT ROW(1, 2) = (SELECT 1, 2), (1, 3) < (SELECT 1, 2);

SELECT (1, 2) = (SELECT 1);

SELECT (SELECT ROW(1, 'x'));

SELECT (SELECT 1, 2);

SELECT CASE WHEN 1 = 1 THEN 'a' ELSE 'b' END, CASE 2 WHEN 1 THEN 'x' WHEN 2 THEN 'y' END, CASE WHEN false THEN 1 END, CASE NULL WHEN NULL THEN 1 ELSE 2 END;

SELECT CASE WHEN true THEN 1 ELSE 2.5 END, CASE WHEN false THEN 1 ELSE 2.5 END, CASE WHEN true THEN '1' ELSE 2 END, CASE WHEN true THEN NULL ELSE 'x' END;

SELECT CASE WHEN true THEN 1 ELSE 'x' END;

SELECT CASE WHEN true THEN 1 ELSE true END;

SELECT CASE WHEN 1 THEN 2 END;

SELECT CASE 1 WHEN 'x' THEN 2 END;

-- differs: not built yet
SELECT CASE 1 WHEN true THEN 2 END;

SELECT CASE END;

SELECT CASE WHEN 1 = 0 THEN 1 / 0 ELSE 5 END, CASE WHEN true OR 1 / 0 = 1 THEN 6 END;

SELECT CASE i4 WHEN 0 THEN 'zero' WHEN 42 THEN 'answer' ELSE 'other' END, CASE WHEN i4 > 0 THEN i4 WHEN i4 < 0 THEN -1::int8 END FROM nums ORDER BY id;

SELECT CASE dept WHEN 10 THEN salary ELSE 0 END AS x, CASE WHEN salary IS NULL THEN 'none' WHEN salary > 3000 THEN 'high' ELSE 'low' END FROM emp ORDER BY id;

SELECT id, CASE WHEN i4 = 0 THEN NULL ELSE 100 / i4 END FROM nums ORDER BY id;

SELECT sum(CASE WHEN dept = 10 THEN 1 ELSE 0 END), count(CASE WHEN dept = 10 THEN 1 END) FROM emp;

SELECT coalesce(NULL, 1, 2), coalesce(NULL, NULL), coalesce(NULL::text, 'x'), coalesce(1, 1 / 0), coalesce(1.5, 2);

SELECT coalesce(1, 'x');

SELECT coalesce();

SELECT coalesce(NULL, 'a', 'b'), coalesce(salary, 0), coalesce(boss::text, name) FROM emp ORDER BY id;

SELECT nullif(1, 1), nullif(1, 2), nullif('a', 'b'), nullif(1, 1.0), nullif(NULL, 1), nullif(1, NULL);

SELECT nullif(1, 'x');

-- differs: not built yet
SELECT nullif(1);

SELECT nullif(1.50, 1.5), pg_typeof(nullif(1, 2.5)), pg_typeof(nullif('a', 'b')), nullif(name, 'Ada') FROM emp WHERE id < 3 ORDER BY id;

SELECT 1 IN (1, 2), 3 IN (1, 2), 3 IN (1, NULL), NULL IN (1), 1 NOT IN (2, NULL), 1 NOT IN (1, NULL), 'a' IN ('a', 'b'), 1 IN (1.0, 2), 1.0 IN (1);

SELECT 1 IN (1, 'x');

SELECT 1 IN ('1', '2'), '1' IN (1, 2), date '2020-01-01' IN ('2020-01-01');

SELECT 1 IN (true);

SELECT 1 IN ();

SELECT 1 IN (SELECT id FROM emp), 99 NOT IN (SELECT boss FROM emp), 1 NOT IN (SELECT boss FROM emp WHERE boss IS NOT NULL), NULL IN (SELECT id FROM none), 1 IN (SELECT id FROM none);

SELECT 1 IN (SELECT 1, 2);

SELECT 1 IN (SELECT name FROM emp);

SELECT true IS TRUE, NULL IS TRUE, false IS NOT TRUE, NULL IS UNKNOWN, true IS NOT UNKNOWN, NULL IS FALSE, NULL IS NOT FALSE, 1 IS NULL, NULL IS NULL, 1 IS NOT NULL, 1 ISNULL, 1 NOTNULL;

SELECT 1 IS TRUE;

SELECT 'yes' IS TRUE, 'x' IS NULL;

SELECT 1 = 1 IS TRUE, NOT NULL IS NULL, 1 + 1 IS NULL, -1 IS NOT NULL;

SELECT 1 IS NULL IS NOT NULL, 'a' || NULL IS NULL;

SELECT b, b IS TRUE, b IS FALSE, b IS UNKNOWN, b IS NOT TRUE, NOT b, b AND NULL, b OR NULL FROM nums ORDER BY id;

SELECT b = true, b <> true, b > false, b IN (true, NULL), b::int FROM nums ORDER BY id;

-- differs: not built yet
SELECT 'a' IS NORMALIZED, 'ä' IS NFC NORMALIZED, U&'a\0308' IS NFC NORMALIZED, U&'a\0308' IS NFD NORMALIZED, 'x' IS NOT NFKC NORMALIZED;

SELECT 1 IS OF (int);

-- differs: not built yet
SELECT 1 IS DOCUMENT;

-- differs: not built yet
SELECT pg_column_size(1) IS NULL, (SELECT 1) = 1, (SELECT NULL) IS NULL;

SELECT (1, 2) BETWEEN (0, 0) AND (1, 5), (1, 2) IS NULL;

SELECT ROW(1, ROW(2, 3)), ROW(ARRAY[1,2], 'x'), ROW(NULL), ROW(true, 1.50, '2020-01-01'::date);

SELECT ROW(1, 2)::text, (1, 'a b')::text;

SELECT ROW(1, 2)::int;

SELECT record '(1,2)';

SELECT (VALUES (1)), (VALUES (1), (2));

-- differs: not built yet
SELECT d, d.title FROM dept d WHERE d IS NOT NULL ORDER BY d.id;

SELECT d::text FROM dept d ORDER BY d;

SELECT name FROM emp ORDER BY ROW(dept, name);

SELECT ROW(dept, boss) AS r, count(*) FROM emp GROUP BY r ORDER BY r;

SELECT DISTINCT ROW(dept, dept) FROM emp ORDER BY 1;

SELECT emp.* FROM emp WHERE id = 2;

-- differs: not built yet
SELECT emp FROM emp WHERE id = 2;

SELECT dept.title FROM emp;

SELECT emp.name FROM emp e;

SELECT e.name.x FROM emp e;

SELECT public.emp.name FROM public.emp WHERE id = 1;

SELECT public.emp.name FROM emp e;

SELECT other.emp.name FROM emp;

SELECT a.b.c.d.e FROM emp;

SELECT e.oid FROM emp e;

-- differs: not built yet
SELECT upper(e) FROM emp e;

-- differs: not built yet
SELECT name(e) FROM emp e WHERE id = 1;

SELECT e.upper FROM emp e;

-- differs: not built yet
SELECT ctid IS NULL FROM emp WHERE id = 1;

