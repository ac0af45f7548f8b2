-- Whole queries: sub-queries, set operations, WITH, DISTINCT ON, ORDER BY, LIMIT, FETCH, output names.

SELECT name FROM emp WHERE salary > (SELECT avg(salary) FROM emp) ORDER BY name;
name text
Ada
Bob
Cy
Flo

SELECT name, (SELECT title FROM dept WHERE dept.id = emp.dept) FROM emp ORDER BY id;
name text | title text
Ada | Research
Bob | Research
Cy | Sales
Dee | Sales
Eve | NULL
Flo | Ops
Gus | Ops
Hal | NULL

SELECT name FROM emp WHERE dept IN (SELECT id FROM dept WHERE budget > 1000) ORDER BY name;
name text
Ada
Bob
Cy
Dee

SELECT name FROM emp WHERE dept NOT IN (SELECT id FROM dept) ORDER BY name;
name text
Hal

SELECT name FROM emp e WHERE EXISTS (SELECT 1 FROM emp i WHERE i.boss = e.id) ORDER BY name;
name text
Ada
Cy
Flo

SELECT name FROM emp e WHERE NOT EXISTS (SELECT 1 FROM dept d WHERE d.id = e.dept) ORDER BY name;
name text
Eve
Hal

SELECT name FROM emp WHERE id = ANY (SELECT boss FROM emp) ORDER BY name;
name text
Ada
Cy
Flo

SELECT name FROM emp WHERE salary >= ALL (SELECT salary FROM emp WHERE salary IS NOT NULL);
name text
Ada

SELECT name FROM emp WHERE salary >= ALL (SELECT salary FROM emp);
name text

SELECT name FROM emp e WHERE salary = (SELECT max(salary) FROM emp i WHERE i.dept = e.dept) ORDER BY name;
name text
Ada
Cy
Flo
Hal

SELECT name FROM emp e WHERE salary > (SELECT avg(salary) FROM emp i WHERE i.dept = e.dept OR i.boss = e.id) ORDER BY name;
name text
Ada
Cy
Flo

SELECT name, (SELECT count(*) FROM emp i WHERE i.id < e.id), (SELECT string_agg(i.name, ',' ORDER BY i.id) FROM emp i WHERE i.boss = e.id) FROM emp e ORDER BY id;
name text | count int8 | string_agg text
Ada | 0 | Bob,Cy,Flo
Bob | 1 | NULL
Cy | 2 | Dee,Eve
Dee | 3 | NULL
Eve | 4 | NULL
Flo | 5 | Gus,Hal
Gus | 6 | NULL
Hal | 7 | NULL

SELECT (SELECT name FROM emp);
ERROR 21000: more than one row returned by a subquery used as an expression

SELECT (SELECT name FROM emp WHERE false), (SELECT 1 WHERE false) IS NULL;
name text | ?column? bool
NULL | t

SELECT (SELECT id, name FROM emp);
ERROR 42601: subquery must return only one column
POSITION: 1:8

SELECT EXISTS (SELECT 1 FROM emp), NOT EXISTS (SELECT 1 WHERE false), EXISTS (SELECT FROM emp), EXISTS (SELECT 1 / 0);
exists bool | ?column? bool | exists bool | exists bool
t | t | t | t

SELECT 1 = (SELECT 1), (SELECT 2) + 3, ((SELECT 1)), -(SELECT 5), (SELECT 'x') || 'y', (SELECT ARRAY[1,2])[1];
?column? bool | ?column? int4 | ?column? int4 | ?column? int4 | ?column? text | array int4
t | 5 | 1 | -5 | xy | 1

SELECT CASE WHEN EXISTS (SELECT 1 FROM dept WHERE id = emp.dept) THEN 'y' ELSE 'n' END FROM emp ORDER BY id;
case text
y
y
y
y
n
y
y
n

SELECT name FROM emp ORDER BY (SELECT title FROM dept WHERE dept.id = emp.dept) NULLS FIRST, name;
name text
Eve
Hal
Flo
Gus
Ada
Bob
Cy
Dee

SELECT count(*) FROM emp GROUP BY (SELECT city FROM dept WHERE dept.id = emp.dept) ORDER BY 1;
count int8
2
2
4

SELECT dept FROM emp GROUP BY dept HAVING count(*) > (SELECT count(*) FROM dept WHERE id = emp.dept) ORDER BY dept;
dept int4
10
20
30
99
NULL

SELECT * FROM (SELECT * FROM (SELECT id FROM emp) a WHERE id > 5) b ORDER BY id;
id int4
6
7
8

SELECT id FROM emp WHERE (dept, boss) IN (SELECT dept, boss FROM emp WHERE id = 3) ORDER BY id;
id int4
3

SELECT id FROM emp WHERE (SELECT count(*) FROM dept) = 4 ORDER BY id LIMIT 1;
id int4
1

SELECT id FROM emp e WHERE id IN (SELECT i.boss FROM emp i WHERE i.dept = e.dept) ORDER BY id;
id int4
1
3
6

SELECT id, dept IN (SELECT id FROM dept), dept NOT IN (SELECT id FROM dept), boss IN (SELECT boss FROM emp) FROM emp ORDER BY id;
id int4 | ?column? bool | ?column? bool | ?column? bool
1 | t | f | NULL
2 | t | f | t
3 | t | f | t
4 | t | f | t
5 | NULL | NULL | t
6 | t | f | t
7 | t | f | t
8 | f | t | t

SELECT e.id FROM emp e WHERE e.id > ALL (SELECT i.id FROM emp i WHERE i.dept = e.dept AND i.id <> e.id) ORDER BY 1;
id int4
2
4
5
7
8

SELECT e.id FROM emp e WHERE e.salary < SOME (SELECT i.salary FROM emp i WHERE i.boss = e.id) ORDER BY 1;
id int4

SELECT (SELECT (SELECT e.id + d.id FROM dept d WHERE d.id = e.dept)) FROM emp e ORDER BY e.id;
?column? int4
11
12
23
24
NULL
36
37
NULL

SELECT (SELECT max(x) FROM (SELECT i.id AS x FROM emp i WHERE i.dept = e.dept UNION SELECT e.id * 100) u) FROM emp e ORDER BY e.id;
max int4
100
200
300
400
500
600
700
800

SELECT (SELECT x FROM (VALUES (e.id), (e.id + 1)) v(x) ORDER BY x DESC LIMIT 1) FROM emp e ORDER BY e.id;
x int4
2
3
4
5
6
7
8
9

SELECT e.id, (SELECT d.title FROM dept d WHERE d.id <= coalesce(e.dept, 0) ORDER BY d.id DESC LIMIT 1) FROM emp e ORDER BY e.id;
id int4 | title text
1 | Research
2 | Research
3 | Sales
4 | Sales
5 | NULL
6 | Ops
7 | Ops
8 | Empty

SELECT 1 UNION SELECT 2 UNION SELECT 1 ORDER BY 1;
?column? int4
1
2

SELECT 1 UNION ALL SELECT 1;
?column? int4
1
1

SELECT 1 INTERSECT SELECT 1;
?column? int4
1

SELECT 1 EXCEPT SELECT 2;
?column? int4
1

SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 ORDER BY 1;
?column? int4
1

(SELECT 1 UNION SELECT 2) INTERSECT SELECT 2;
?column? int4
2

SELECT 1 UNION SELECT 2 EXCEPT SELECT 1;
?column? int4
2

SELECT dept FROM emp UNION SELECT id FROM dept ORDER BY 1;
dept int4
10
20
30
40
99
NULL

SELECT dept FROM emp INTERSECT SELECT id FROM dept ORDER BY 1;
dept int4
10
20
30

SELECT dept FROM emp EXCEPT SELECT id FROM dept ORDER BY 1;
dept int4
99
NULL

SELECT dept FROM emp EXCEPT ALL SELECT id FROM dept ORDER BY 1;
dept int4
10
20
30
99
NULL

SELECT dept FROM emp INTERSECT ALL SELECT dept FROM emp WHERE id < 4 ORDER BY 1;
dept int4
10
10
20

SELECT id, name FROM emp UNION SELECT id, title FROM dept ORDER BY id LIMIT 3;
id int4 | name text
1 | Ada
2 | Bob
3 | Cy

SELECT 1 AS a UNION SELECT 2 AS b ORDER BY a;
a int4
1
2

-- differs: only the position, detail or hint differs
SELECT 1 AS a UNION SELECT 2 AS b ORDER BY b;
ERROR 42703: column "b" does not exist
HINT: There is a column named "b" in table "*SELECT* 2", but it cannot be referenced from this part of the query.
POSITION: 1:44
~~~~
ERROR 42703: column "b" does not exist
POSITION: 1:44

SELECT 1, 2 UNION SELECT 1;
ERROR 42601: each UNION query must have the same number of columns
POSITION: 1:26

SELECT 1 UNION SELECT 'a';
ERROR 22P02: invalid input syntax for type integer: "a"
POSITION: 1:23

SELECT 1 UNION SELECT '2' ORDER BY 1;
?column? int4
1
2

SELECT 'a' UNION SELECT 'b' ORDER BY 1;
?column? text
a
b

SELECT 1 UNION SELECT 2.5 ORDER BY 1;
?column? numeric
1
2.5

SELECT NULL UNION SELECT 1 ORDER BY 1;
?column? int4
1
NULL

SELECT NULL UNION SELECT NULL;
?column? text
NULL

SELECT 1 UNION SELECT true;
ERROR 42804: UNION types integer and boolean cannot be matched
POSITION: 1:23

SELECT 1 UNION SELECT 2 ORDER BY 1 + 1;
ERROR 0A000: invalid UNION/INTERSECT/EXCEPT ORDER BY clause
DETAIL: Only result column names can be used, not expressions or functions.
HINT: Add the expression/function to every SELECT, or move the UNION into a FROM clause.
POSITION: 1:34

SELECT name FROM emp UNION SELECT title FROM dept ORDER BY upper(name);
ERROR 0A000: invalid UNION/INTERSECT/EXCEPT ORDER BY clause
DETAIL: Only result column names can be used, not expressions or functions.
HINT: Add the expression/function to every SELECT, or move the UNION into a FROM clause.
POSITION: 1:60

(SELECT id FROM emp ORDER BY id LIMIT 2) UNION ALL (SELECT id FROM dept ORDER BY id DESC LIMIT 1) ORDER BY 1;
id int4
1
2
40

SELECT id FROM emp ORDER BY id LIMIT 1 UNION SELECT 2;
ERROR 42601: syntax error at or near "UNION"
POSITION: 1:40

SELECT 'x'::varchar(3) UNION SELECT 'y'::varchar(5);
varchar varchar
x
y

SELECT 'x'::varchar(3) AS v UNION ALL SELECT 'abc'::varchar(3);
v varchar(0,3)
abc
x

SELECT 1::numeric(5,2) UNION ALL SELECT 2::numeric(5,2);
numeric numeric(5,2)
1.00
2.00

SELECT pg_typeof(x) FROM (SELECT 1 UNION ALL SELECT 2.5) s(x) LIMIT 1;
pg_typeof regtype
numeric

SELECT pg_typeof(x) FROM (SELECT 1::int2 UNION ALL SELECT 2::int8) s(x) LIMIT 1;
pg_typeof regtype
bigint

VALUES (1) UNION ALL VALUES (2) ORDER BY 1 DESC;
column1 int4
2
1

SELECT * FROM (SELECT 1 UNION SELECT 2) u(x) WHERE x > 1;
x int4
2

WITH a AS (SELECT 1 AS x) SELECT * FROM a;
x int4
1

WITH a(x, y) AS (SELECT 1, 2) SELECT y, x FROM a;
y int4 | x int4
2 | 1

WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT a.x, b.x FROM a, b;
x int4 | x int4
1 | 2

WITH a AS MATERIALIZED (SELECT id FROM emp), b AS NOT MATERIALIZED (SELECT id FROM dept) SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b);
count int8 | count int8
8 | 4

WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a;
ERROR 42712: WITH query name "a" specified more than once
POSITION: 1:23

WITH a(x) AS (SELECT 1, 2) SELECT * FROM a;
x int4 | ?column? int4
1 | 2

WITH a(x, y) AS (SELECT 1) SELECT * FROM a;
ERROR 42P10: WITH query "a" has 1 columns available but 2 columns specified
POSITION: 1:6

WITH a AS (SELECT * FROM b) SELECT * FROM a;
ERROR 42P01: relation "b" does not exist
POSITION: 1:26

WITH emp AS (SELECT 99 AS id) SELECT * FROM emp;
id int4
99

WITH a AS (SELECT 1 AS x) SELECT * FROM (WITH b AS (SELECT x + 1 AS y FROM a) SELECT * FROM b) s;
y int4
2

WITH a AS (VALUES (1, 'x'), (2, 'y')) SELECT * FROM a ORDER BY 1;
column1 int4 | column2 text
1 | x
2 | y

WITH t AS (SELECT dept, count(*) AS n FROM emp GROUP BY dept) SELECT d.title, coalesce(t.n, 0) FROM dept d LEFT JOIN t ON t.dept = d.id ORDER BY d.id;
title text | coalesce int8
Research | 2
Sales | 2
Ops | 2
Empty | 0

WITH a AS (SELECT 1 AS x) SELECT x FROM a UNION ALL SELECT x + 1 FROM a ORDER BY 1;
x int4
1
2

SELECT (WITH a AS (SELECT max(id) AS m FROM emp) SELECT m FROM a);
m int4
8

WITH a AS (SELECT 1) SELECT 2;
?column? int4
2

WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t ORDER BY n;
n int4
1
2
3
4
5

WITH RECURSIVE t(id, path) AS (SELECT id, name FROM emp WHERE boss IS NULL UNION ALL SELECT e.id, t.path || '/' || e.name FROM emp e JOIN t ON e.boss = t.id) SELECT * FROM t ORDER BY id;
id int4 | path text
1 | Ada
2 | Ada/Bob
3 | Ada/Cy
4 | Ada/Cy/Dee
5 | Ada/Cy/Eve
6 | Ada/Flo
7 | Ada/Flo/Gus
8 | Ada/Flo/Hal

-- differs: there are no physical rows, no writes inside a query and no sub-query in LIMIT
WITH x AS (DELETE FROM dept WHERE false RETURNING id) SELECT * FROM x;
id int4
~~~~
ERROR 0A000: data-modifying statements in WITH are not supported
POSITION: 1:6

SELECT DISTINCT dept FROM emp ORDER BY dept;
dept int4
10
20
30
99
NULL

SELECT DISTINCT dept, boss FROM emp ORDER BY 1, 2;
dept int4 | boss int4
10 | 1
10 | NULL
20 | 1
20 | 3
30 | 1
30 | 6
99 | 6
NULL | 3

SELECT DISTINCT ON (dept) dept, name FROM emp ORDER BY dept, salary DESC NULLS LAST;
dept int4 | name text
10 | Ada
20 | Cy
30 | Flo
99 | Hal
NULL | Eve

SELECT DISTINCT ON (dept) name FROM emp ORDER BY dept, name DESC;
name text
Bob
Dee
Gus
Hal
Eve

SELECT DISTINCT ON (dept, boss) dept, boss, id FROM emp ORDER BY dept, boss, id DESC;
dept int4 | boss int4 | id int4
10 | 1 | 2
10 | NULL | 1
20 | 1 | 3
20 | 3 | 4
30 | 1 | 6
30 | 6 | 7
99 | 6 | 8
NULL | 3 | 5

SELECT DISTINCT ON (1) dept, id FROM emp ORDER BY 1, 2;
dept int4 | id int4
10 | 1
20 | 3
30 | 6
99 | 8
NULL | 5

SELECT DISTINCT ON (dept) dept FROM emp ORDER BY name;
ERROR 42P10: SELECT DISTINCT ON expressions must match initial ORDER BY expressions
POSITION: 1:21

SELECT DISTINCT ON (dept) dept, id FROM emp ORDER BY dept, id LIMIT 2;
dept int4 | id int4
10 | 1
20 | 3

SELECT DISTINCT ON (upper(left(name, 1))) name FROM emp ORDER BY upper(left(name, 1)), id;
name text
Ada
Bob
Cy
Dee
Eve
Flo
Gus
Hal

SELECT DISTINCT name FROM emp ORDER BY id;
ERROR 42P10: for SELECT DISTINCT, ORDER BY expressions must appear in select list
POSITION: 1:40

SELECT DISTINCT name FROM emp ORDER BY upper(name);
ERROR 42P10: for SELECT DISTINCT, ORDER BY expressions must appear in select list
POSITION: 1:40

SELECT DISTINCT upper(name) FROM emp ORDER BY upper(name);
upper text
ADA
BOB
CY
DEE
EVE
FLO
GUS
HAL

SELECT DISTINCT ON () name FROM emp;
ERROR 42601: syntax error at or near ")"
POSITION: 1:21

SELECT ALL dept FROM emp WHERE id < 3;
dept int4
10
10

SELECT DISTINCT x FROM (VALUES (1.0), (1.00), (NULL), (NULL)) t(x) ORDER BY x;
x numeric
1.0
NULL

SELECT name, salary FROM emp ORDER BY salary DESC, name;
name text | salary numeric(10,2)
Dee | NULL
Ada | 5000.00
Flo | 4100.25
Bob | 3200.50
Cy | 3200.50
Hal | 2500.00
Eve | 1000.00
Gus | 0.00

SELECT name FROM emp ORDER BY salary NULLS FIRST, name;
name text
Dee
Gus
Eve
Hal
Bob
Cy
Flo
Ada

SELECT name FROM emp ORDER BY salary DESC NULLS LAST, name DESC;
name text
Ada
Flo
Cy
Bob
Hal
Eve
Gus
Dee

SELECT name AS n FROM emp ORDER BY n;
n text
Ada
Bob
Cy
Dee
Eve
Flo
Gus
Hal

SELECT name AS dept FROM emp ORDER BY dept;
dept text
Ada
Bob
Cy
Dee
Eve
Flo
Gus
Hal

SELECT -id AS id FROM emp ORDER BY id;
id int4
-8
-7
-6
-5
-4
-3
-2
-1

SELECT -id AS id FROM emp ORDER BY id + 0;
id int4
-1
-2
-3
-4
-5
-6
-7
-8

SELECT id, name FROM emp ORDER BY 2 DESC;
id int4 | name text
8 | Hal
7 | Gus
6 | Flo
5 | Eve
4 | Dee
3 | Cy
2 | Bob
1 | Ada

SELECT id FROM emp ORDER BY 2;
ERROR 42P10: ORDER BY position 2 is not in select list
POSITION: 1:29

SELECT id FROM emp ORDER BY 'x';
ERROR 42601: non-integer constant in ORDER BY
POSITION: 1:29

SELECT id FROM emp ORDER BY 1.5;
ERROR 42601: non-integer constant in ORDER BY
POSITION: 1:29

SELECT id FROM emp ORDER BY nope;
ERROR 42703: column "nope" does not exist
HINT: Perhaps you meant to reference the column "emp.name".
POSITION: 1:29

SELECT id AS x, dept AS x FROM emp ORDER BY x;
ERROR 42702: ORDER BY "x" is ambiguous
POSITION: 1:45

SELECT id FROM emp ORDER BY dept USING <, id USING >;
id int4
2
1
4
3
7
6
8
5

-- differs: refused for another reason first
SELECT id FROM emp ORDER BY dept USING ~~;
ERROR 42883: operator does not exist: integer ~~ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:40
~~~~
ERROR 42809: operator ~~ is not a valid ordering operator
HINT: Ordering operators must be "<" or ">" members of btree operator families.
POSITION: 1:29

SELECT id FROM emp ORDER BY -id LIMIT 2;
id int4
8
7

SELECT id FROM emp ORDER BY id LIMIT 0;
id int4

SELECT id FROM emp ORDER BY id LIMIT ALL OFFSET 6;
id int4
7
8

SELECT id FROM emp ORDER BY id LIMIT NULL OFFSET NULL;
id int4
1
2
3
4
5
6
7
8

SELECT id FROM emp ORDER BY id OFFSET 6;
id int4
7
8

SELECT id FROM emp ORDER BY id OFFSET 2 LIMIT 2;
id int4
3
4

SELECT id FROM emp ORDER BY id LIMIT 1 + 1;
id int4
1
2

-- differs: there are no physical rows, no writes inside a query and no sub-query in LIMIT
SELECT id FROM emp ORDER BY id LIMIT (SELECT 2);
id int4
1
2
~~~~
ERROR 0A000: a sub-query in LIMIT is not supported
POSITION: 1:38

SELECT id FROM emp ORDER BY id LIMIT -1;
ERROR 2201W: LIMIT must not be negative

SELECT id FROM emp ORDER BY id OFFSET -1;
ERROR 2201X: OFFSET must not be negative

SELECT id FROM emp LIMIT id;
ERROR 42P10: argument of LIMIT must not contain variables
POSITION: 1:26

SELECT id FROM emp LIMIT 'x';
ERROR 22P02: invalid input syntax for type bigint: "x"
POSITION: 1:26

SELECT id FROM emp ORDER BY id LIMIT '2';
id int4
1
2

SELECT id FROM emp ORDER BY id LIMIT 1.6;
id int4
1
2

SELECT id FROM emp LIMIT count(*);
ERROR 42803: aggregate functions are not allowed in LIMIT
POSITION: 1:26

SELECT id FROM emp LIMIT 1, 2;
ERROR 42601: LIMIT #,# syntax is not supported
HINT: Use separate LIMIT and OFFSET clauses.
POSITION: 1:20

SELECT id FROM emp ORDER BY id FETCH FIRST 2 ROWS ONLY;
id int4
1
2

SELECT id FROM emp ORDER BY id FETCH NEXT ROW ONLY;
id int4
1

SELECT id FROM emp ORDER BY id OFFSET 1 ROW FETCH FIRST 2 ROWS ONLY;
id int4
2
3

SELECT id, salary FROM emp ORDER BY salary DESC NULLS LAST FETCH FIRST 3 ROWS WITH TIES;
id int4 | salary numeric(10,2)
1 | 5000.00
6 | 4100.25
2 | 3200.50
3 | 3200.50

SELECT dept FROM emp ORDER BY dept FETCH FIRST 1 ROW WITH TIES;
dept int4
10
10

SELECT dept FROM emp FETCH FIRST 1 ROW WITH TIES;
ERROR 42601: WITH TIES cannot be specified without ORDER BY clause

SELECT id FROM emp ORDER BY id FETCH FIRST (1 + 1) ROWS ONLY;
id int4
1
2

SELECT id FROM emp ORDER BY id FETCH FIRST ROWS ONLY LIMIT 2;
ERROR 42601: syntax error at or near "LIMIT"
POSITION: 1:54

SELECT id FROM emp ORDER BY id FOR UPDATE LIMIT 1;
id int4
1

SELECT id FROM emp WHERE id = 1 FOR UPDATE;
id int4
1

SELECT id FROM emp e WHERE id = 1 FOR SHARE OF e NOWAIT;
id int4
1

-- differs: accepted by Millrace
SELECT count(*) FROM emp FOR UPDATE;
ERROR 0A000: FOR UPDATE is not allowed with aggregate functions
~~~~
count int8
8

-- differs: accepted by Millrace
SELECT id FROM emp FOR UPDATE OF nope;
ERROR 42P01: relation "nope" in FOR UPDATE clause not found in FROM clause
POSITION: 1:34
~~~~
id int4
1
2
3
4
5
6
7
8

SELECT 1, 'a', 1.5, NULL, true, now() IS NULL, id, id + 1, -id, upper(name), name::text, name::varchar(3), CAST(id AS text), (id), emp.id, e2.id AS z FROM emp, (SELECT 1 AS id) e2 WHERE emp.id = 1;
ERROR 42702: column reference "id" is ambiguous
POSITION: 1:48

SELECT count(*), count(id), sum(id) + 1, max(name), CASE WHEN true THEN 1 END, CASE WHEN true THEN 1 ELSE min(id) END, coalesce(max(boss), 1), nullif(1, 2), greatest(1, 2), ARRAY[1], ROW(1), (SELECT 1), (SELECT max(id) FROM emp), EXISTS (SELECT 1), ARRAY(SELECT 1) FROM emp;
count int8 | count int8 | ?column? int8 | max text | case int4 | min int4 | coalesce int4 | nullif int4 | greatest int4 | array int4[] | row record | ?column? int4 | max int4 | exists bool | array int4[]
8 | 8 | 37 | Hal | 1 | 1 | 6 | 1 | 2 | {1} | (1) | 1 | 8 | t | {1}

SELECT extract(year FROM date '2020-01-01'), substring('abc' FROM 2), position('a' IN 'b'), trim(' x '), overlay('abc' PLACING 'x' FROM 1), 'a' LIKE 'b', 'a' ~ 'b', 1 BETWEEN 0 AND 2, 1 IN (1), 1 IS NULL, interval '1 day', date '2020-01-01', 'x'::date IS NULL FROM emp WHERE false;
ERROR 22007: invalid input syntax for type date: "x"
POSITION: 1:243

SELECT current_date IS NULL AS a, date '2020-01-01' AT TIME ZONE 'UTC', (ARRAY[1,2])[1], '{"a":1}'::jsonb -> 'a', ('{"a":1}'::jsonb)['a'], current_user = user, 'a' COLLATE "C", (1, 2) = (1, 2), NOT true, 1::int4::text::name;
a bool | timezone timestamp | array int4 | ?column? jsonb | jsonb jsonb | ?column? bool | ?column? text | ?column? bool | ?column? bool | name name
f | 2020-01-01 00:00:00 | 1 | 1 | 1 | t | a | t | f | 1

SELECT d.budget::int, d.budget::numeric(10,2), -d.budget, d.budget || '' FROM dept d WHERE id = 10;
budget int4 | budget numeric(10,2) | ?column? int8 | ?column? text
100000 | 100000.00 | -100000 | 100000

SELECT x.y FROM (SELECT 1 AS y) x, (SELECT 2 AS z) w;
y int4
1

SELECT "?column?" FROM (SELECT 1) s;
?column? int4
1

SELECT current_schema, current_catalog IS NULL, current_role IS NULL, localtime IS NULL;
current_schema name | ?column? bool | ?column? bool | ?column? bool
public | f | f | f

SELECT a.id, b.id, a.id FROM emp a, dept b WHERE a.id = 1 AND b.id = 10;
id int4 | id int4 | id int4
1 | 10 | 1

SELECT emp.*, emp.id FROM emp WHERE id = 2;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date | id int4
2 | Bob | 10 | 3200.50 | 1 | 2004-12-31 | 2

SELECT *, 1 AS one FROM dept WHERE id = 10;
id int4 | title text | city varchar(0,20) | budget int8 | one int4
10 | Research | Bern | 100000 | 1

SELECT *, * FROM dept WHERE id = 10;
id int4 | title text | city varchar(0,20) | budget int8 | id int4 | title text | city varchar(0,20) | budget int8
10 | Research | Bern | 100000 | 10 | Research | Bern | 100000

SELECT 1 AS a, a + 1;
ERROR 42703: column "a" does not exist
POSITION: 1:16

SELECT id AS a FROM emp WHERE a = 1;
ERROR 42703: column "a" does not exist
POSITION: 1:31

-- differs: there are no physical rows, no writes inside a query and no sub-query in LIMIT
SELECT id INTO nosuchtable FROM emp WHERE false AND true AND 1 = nope;
ERROR 42703: column "nope" does not exist
HINT: Perhaps you meant to reference the column "emp.name".
POSITION: 1:66
~~~~
ERROR 0A000: SELECT INTO is not supported
POSITION: 1:1

SELECT name FROM emp WHERE id = 1 AND name = 'Ada' AND NOT dept = 20 AND salary BETWEEN 4999 AND 5001 AND boss IS NULL;
name text
Ada

SELECT id FROM emp WHERE dept = 10 OR dept IS NULL ORDER BY id;
id int4
1
2
5

SELECT id FROM emp WHERE NOT (dept = 10 AND boss IS NULL) ORDER BY id;
id int4
2
3
4
5
6
7
8

SELECT id FROM emp WHERE salary / nullif(dept, 10) > 1 ORDER BY id;
id int4
3
6
8

SELECT id FROM emp WHERE id > 2 AND id <= 5 AND id <> 4 ORDER BY id DESC;
id int4
5
3

SELECT id FROM emp WHERE name > 'C' AND name < 'G' ORDER BY name;
id int4
3
4
5
6

SELECT id FROM emp WHERE hired = '2010-06-15' ORDER BY id;
id int4
3
4

SELECT id FROM emp WHERE hired BETWEEN '2001-01-01' AND date '2011-01-01' ORDER BY id;
id int4
1
2
3
4

SELECT id FROM emp WHERE salary = 3200.5 ORDER BY id;
id int4
2
3

SELECT id FROM emp WHERE id = 1.0;
id int4
1

SELECT id FROM emp WHERE id = 1.5;
id int4

SELECT id FROM emp WHERE id = '1';
id int4
1

SELECT id FROM emp WHERE id = 'x';
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:31

SELECT id FROM emp WHERE id = 99999999999;
id int4

SELECT id FROM emp WHERE id IN ('1', '2') ORDER BY id;
id int4
1
2

SELECT id FROM emp WHERE name = 5;
ERROR 42883: operator does not exist: text = integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:31

SELECT id FROM emp WHERE name LIKE 5;
ERROR 42883: operator does not exist: text ~~ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:31

SELECT a, b FROM pairs WHERE a = 1 AND b = 2;
a int4 | b int4
1 | 2

SELECT a, b FROM pairs WHERE a = 1 ORDER BY b DESC;
a int4 | b int4
1 | 3
1 | 2
1 | 1

SELECT a, b FROM pairs WHERE a > 1 AND b >= 2 ORDER BY 1, 2;
a int4 | b int4
2 | 2

SELECT a, max(b) FROM pairs GROUP BY a ORDER BY a DESC;
a int4 | max int4
3 | 1
2 | 2
1 | 3

SELECT id FROM emp e WHERE id = (SELECT min(id) FROM emp WHERE dept = e.dept) ORDER BY id;
id int4
1
3
6
8

SELECT * FROM (SELECT id, lag(id) OVER (ORDER BY id) AS prev FROM emp) s WHERE prev IS NULL OR prev = 3;
id int4 | prev int4
1 | NULL
4 | 3

-- differs: without ORDER BY an aggregate takes its input in an order of its own, so that views are deterministic
SELECT string_agg(s, '') FROM (SELECT chr(64 + g) AS s FROM generate_series(1, 5) g ORDER BY g DESC) x;
string_agg text
EDCBA
~~~~
string_agg text
ABCDE

SELECT count(*) FROM (SELECT DISTINCT dept FROM emp) s;
count int8
5

SELECT sum(n) FROM (SELECT count(*) AS n FROM emp GROUP BY dept UNION ALL SELECT 100) s;
sum numeric
108

SELECT id % 2 = 0 AS even, count(*) FROM emp GROUP BY even ORDER BY even;
even bool | count int8
f | 4
t | 4

SELECT * FROM emp WHERE id = 1 LIMIT 1 OFFSET 1;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date
