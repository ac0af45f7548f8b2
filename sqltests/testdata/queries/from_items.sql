-- FROM: joins of all kinds, USING, NATURAL, LATERAL, functions, VALUES, aliases, TABLESAMPLE, set-returning functions.

SELECT e.name, d.title FROM emp e JOIN dept d ON e.dept = d.id ORDER BY e.id;
name text | title text
Ada | Research
Bob | Research
Cy | Sales
Dee | Sales
Flo | Ops
Gus | Ops

SELECT e.name, d.title FROM emp e LEFT JOIN dept d ON e.dept = d.id ORDER BY e.id;
name text | title text
Ada | Research
Bob | Research
Cy | Sales
Dee | Sales
Eve | NULL
Flo | Ops
Gus | Ops
Hal | NULL

SELECT e.name, d.title FROM emp e RIGHT JOIN dept d ON e.dept = d.id ORDER BY d.id, e.id;
name text | title text
Ada | Research
Bob | Research
Cy | Sales
Dee | Sales
Flo | Ops
Gus | Ops
NULL | Empty

SELECT e.name, d.title FROM emp e FULL JOIN dept d ON e.dept = d.id ORDER BY e.id, d.id;
name text | title text
Ada | Research
Bob | Research
Cy | Sales
Dee | Sales
Eve | NULL
Flo | Ops
Gus | Ops
Hal | NULL
NULL | Empty

SELECT e.name, d.title FROM emp e FULL OUTER JOIN dept d ON e.dept = d.id AND d.budget > 0 ORDER BY e.id, d.id;
name text | title text
Ada | Research
Bob | Research
Cy | Sales
Dee | Sales
Eve | NULL
Flo | NULL
Gus | NULL
Hal | NULL
NULL | Ops
NULL | Empty

SELECT count(*) FROM emp, dept;
count int8
32

SELECT count(*) FROM emp CROSS JOIN dept;
count int8
32

SELECT e.name, b.name AS boss FROM emp e LEFT JOIN emp b ON b.id = e.boss ORDER BY e.id;
name text | boss text
Ada | NULL
Bob | Ada
Cy | Ada
Dee | Cy
Eve | Cy
Flo | Ada
Gus | Flo
Hal | Flo

SELECT e.id, d.id FROM emp e JOIN dept d ON e.dept > d.id ORDER BY 1, 2;
id int4 | id int4
3 | 10
4 | 10
6 | 10
6 | 20
7 | 10
7 | 20
8 | 10
8 | 20
8 | 30
8 | 40

SELECT e.id, d.id FROM emp e LEFT JOIN dept d ON e.dept < d.id AND d.city = 'Rome' ORDER BY 1, 2;
id int4 | id int4
1 | 40
2 | 40
3 | 40
4 | 40
5 | NULL
6 | 40
7 | 40
8 | NULL

-- differs: a FULL JOIN may have any condition
SELECT e.id, d.id FROM emp e FULL JOIN dept d ON e.dept > d.id;
ERROR 0A000: FULL JOIN is only supported with merge-joinable or hash-joinable join conditions
~~~~
id int4 | id int4
1 | NULL
2 | NULL
3 | 10
4 | 10
5 | NULL
6 | 10
6 | 20
7 | 10
7 | 20
8 | 10
8 | 20
8 | 30
8 | 40

SELECT e.id FROM emp e FULL JOIN dept d ON true WHERE e.id = 1 ORDER BY 1;
id int4
1
1
1
1

SELECT * FROM emp e LEFT JOIN dept d ON false ORDER BY e.id LIMIT 2;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date | id int4 | title text | city varchar(0,20) | budget int8
1 | Ada | 10 | 5000.00 | NULL | 2001-02-03 | NULL | NULL | NULL | NULL
2 | Bob | 10 | 3200.50 | 1 | 2004-12-31 | NULL | NULL | NULL | NULL

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x(id, v) JOIN (VALUES (2, 'c'), (3, 'd')) y(id, w) USING (id);
id int4 | v text | w text
2 | b | c

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x(id, v) LEFT JOIN (VALUES (2, 'c'), (3, 'd')) y(id, w) USING (id) ORDER BY id;
id int4 | v text | w text
1 | a | NULL
2 | b | c

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) x(id, v) FULL JOIN (VALUES (2, 'c'), (3, 'd')) y(id, w) USING (id) ORDER BY id;
id int4 | v text | w text
1 | a | NULL
2 | b | c
3 | NULL | d

SELECT id, x.id, y.id FROM (VALUES (1), (2)) x(id) FULL JOIN (VALUES (2), (3)) y(id) USING (id) ORDER BY id;
ERROR 42702: ORDER BY "id" is ambiguous
POSITION: 1:106

SELECT * FROM (VALUES (1, 2)) x(a, b) NATURAL JOIN (VALUES (1, 2), (1, 3)) y(a, b);
a int4 | b int4
1 | 2

SELECT * FROM (VALUES (1, 2)) x(a, b) NATURAL JOIN (VALUES (5)) y(c);
a int4 | b int4 | c int4
1 | 2 | 5

SELECT * FROM (VALUES (1)) x(a) NATURAL FULL JOIN (VALUES (2)) y(a) ORDER BY a;
a int4
1
2

SELECT * FROM (VALUES (1, 2)) x(a, b) NATURAL LEFT JOIN (VALUES (1, 9)) y(a, c);
a int4 | b int4 | c int4
1 | 2 | 9

SELECT j.id, x.v FROM (VALUES (1, 'a')) x(id, v) JOIN (VALUES (1, 'b')) y(id, v) USING (id) AS j;
id int4 | v text
1 | a

SELECT j.* FROM (VALUES (1, 'a')) x(id, v) JOIN (VALUES (1, 'b')) y(id, v) USING (id) AS j;
id int4
1

SELECT * FROM emp JOIN dept USING (nope);
ERROR 42703: column "nope" specified in USING clause does not exist in left table

SELECT * FROM emp JOIN dept USING (id, id);
ERROR 42701: column name "id" appears more than once in USING clause

SELECT * FROM emp JOIN dept USING (name);
ERROR 42703: column "name" specified in USING clause does not exist in right table

SELECT id FROM emp JOIN dept ON emp.dept = dept.id;
ERROR 42702: column reference "id" is ambiguous
POSITION: 1:8

SELECT * FROM emp JOIN emp ON true;
ERROR 42712: table name "emp" specified more than once

SELECT * FROM emp, emp;
ERROR 42712: table name "emp" specified more than once

SELECT * FROM emp e JOIN dept e ON true;
ERROR 42712: table name "e" specified more than once

SELECT * FROM emp JOIN dept;
ERROR 42601: syntax error at end of input
POSITION: 1:28

SELECT * FROM emp JOIN dept ON 1;
ERROR 42804: argument of JOIN/ON must be type boolean, not type integer
POSITION: 1:32

SELECT * FROM emp e JOIN dept d ON e.dept = x.id;
ERROR 42P01: missing FROM-clause entry for table "x"
POSITION: 1:45

SELECT * FROM emp e, dept d JOIN nums n ON n.id = e.id;
ERROR 42P01: invalid reference to FROM-clause entry for table "e"
HINT: There is an entry for table "e", but it cannot be referenced from this part of the query.
POSITION: 1:51

SELECT a.id FROM (emp a JOIN dept b ON a.dept = b.id) JOIN nums n ON n.id = a.id ORDER BY a.id;
id int4
1
2
3
4
6
7

SELECT j.id FROM (emp a CROSS JOIN (SELECT 1 AS one) o) AS j WHERE j.id < 3 ORDER BY 1;
id int4
1
2

SELECT a.id FROM (emp a CROSS JOIN (SELECT 1 AS one) o) AS j;
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: There is an entry for table "a", but it cannot be referenced from this part of the query.
POSITION: 1:8

SELECT * FROM (emp);
ERROR 42601: syntax error at or near ")"
POSITION: 1:19

SELECT * FROM (SELECT 1);
ERROR 42601: subquery in FROM must have an alias
HINT: For example, FROM (SELECT ...) [AS] foo.
POSITION: 1:15

SELECT * FROM (SELECT 1 AS a, 2 AS b) AS t(x);
x int4 | b int4
1 | 2

SELECT * FROM (SELECT 1 AS a) AS t(x, y);
ERROR 42P10: table "t" has 1 columns available but 2 columns specified

SELECT * FROM (VALUES (1, 2), (3, 4)) AS t(x) ORDER BY x;
x int4 | column2 int4
1 | 2
3 | 4

SELECT x, column2 FROM (VALUES (1, 2)) AS t(x);
x int4 | column2 int4
1 | 2

SELECT * FROM (VALUES (1), (2, 3)) t;
ERROR 42601: VALUES lists must all be the same length
POSITION: 1:29

SELECT * FROM (VALUES (1), ('a')) t;
ERROR 22P02: invalid input syntax for type integer: "a"
POSITION: 1:29

SELECT * FROM (VALUES (1), (2.5), (NULL)) t(x) ORDER BY x;
x numeric
1
2.5
NULL

SELECT * FROM (VALUES ('1'), ('2')) t(x) ORDER BY x;
x text
1
2

SELECT pg_typeof(x), pg_typeof(y) FROM (VALUES (1, 'a'), (2.5, NULL)) t(x, y);
pg_typeof regtype | pg_typeof regtype
numeric | text
numeric | text

VALUES (1, 'a'), (2, 'b');
column1 int4 | column2 text
1 | a
2 | b

VALUES (1), (2) ORDER BY 1 DESC;
column1 int4
2
1

VALUES (1), (2) ORDER BY column1 LIMIT 1;
column1 int4
1

VALUES (DEFAULT);
ERROR 42601: DEFAULT is not allowed in this context
POSITION: 1:9

VALUES ();
ERROR 42601: syntax error at or near ")"
POSITION: 1:9

TABLE dept;
id int4 | title text | city varchar(0,20) | budget int8
10 | Research | Bern | 100000
20 | Sales | Oslo | 9000000000
30 | Ops | NULL | NULL
40 | Empty | Rome | 0

TABLE dept ORDER BY id LIMIT 1;
id int4 | title text | city varchar(0,20) | budget int8
10 | Research | Bern | 100000

TABLE nope;
ERROR 42P01: relation "nope" does not exist
POSITION: 1:7

SELECT * FROM ONLY dept ORDER BY id;
id int4 | title text | city varchar(0,20) | budget int8
10 | Research | Bern | 100000
20 | Sales | Oslo | 9000000000
30 | Ops | NULL | NULL
40 | Empty | Rome | 0

SELECT * FROM dept * ORDER BY id;
id int4 | title text | city varchar(0,20) | budget int8
10 | Research | Bern | 100000
20 | Sales | Oslo | 9000000000
30 | Ops | NULL | NULL
40 | Empty | Rome | 0

SELECT * FROM nope;
ERROR 42P01: relation "nope" does not exist
POSITION: 1:15

SELECT * FROM public.nope;
ERROR 42P01: relation "public.nope" does not exist
POSITION: 1:15

SELECT * FROM nope.dept;
ERROR 42P01: relation "nope.dept" does not exist
POSITION: 1:15

-- differs: only the words of the message differ
SELECT * FROM a.b.c;
ERROR 0A000: cross-database references are not implemented: "a.b.c"
POSITION: 1:15
~~~~
ERROR 0A000: cross-database references are not implemented: a.b.c
POSITION: 1:15

-- differs: refused for another reason first
SELECT * FROM a.b.c.d;
ERROR 42601: improper qualified name (too many dotted names): a.b.c.d
POSITION: 1:15
~~~~
ERROR 0A000: cross-database references are not implemented: a.b.c.d
POSITION: 1:15

SELECT x.* FROM dept;
ERROR 42P01: missing FROM-clause entry for table "x"
POSITION: 1:8

SELECT dept.* FROM dept d;
ERROR 42P01: invalid reference to FROM-clause entry for table "dept"
HINT: Perhaps you meant to reference the table alias "d".
POSITION: 1:8

SELECT d.nope FROM dept d;
ERROR 42703: column d.nope does not exist
POSITION: 1:8

SELECT nope FROM dept;
ERROR 42703: column "nope" does not exist
POSITION: 1:8

SELECT titel FROM dept;
ERROR 42703: column "titel" does not exist
HINT: Perhaps you meant to reference the column "dept.title".
POSITION: 1:8

SELECT d.titel FROM dept d;
ERROR 42703: column d.titel does not exist
HINT: Perhaps you meant to reference the column "d.title".
POSITION: 1:8

SELECT e.id, x.n FROM emp e, LATERAL (SELECT count(*) AS n FROM emp i WHERE i.boss = e.id) x ORDER BY e.id;
id int4 | n int8
1 | 3
2 | 0
3 | 2
4 | 0
5 | 0
6 | 2
7 | 0
8 | 0

SELECT e.id, x.name FROM emp e LEFT JOIN LATERAL (SELECT i.name FROM emp i WHERE i.boss = e.id ORDER BY i.id LIMIT 1) x ON true ORDER BY e.id;
id int4 | name text
1 | Bob
2 | NULL
3 | Dee
4 | NULL
5 | NULL
6 | Gus
7 | NULL
8 | NULL

SELECT d.id, x.* FROM dept d CROSS JOIN LATERAL (SELECT name, salary FROM emp WHERE dept = d.id ORDER BY salary DESC NULLS LAST LIMIT 1) x ORDER BY d.id;
id int4 | name text | salary numeric(10,2)
10 | Ada | 5000.00
20 | Cy | 3200.50
30 | Flo | 4100.25

SELECT * FROM emp e, (SELECT e.id) x;
ERROR 42P01: invalid reference to FROM-clause entry for table "e"
HINT: There is an entry for table "e", but it cannot be referenced from this part of the query.
POSITION: 1:30

SELECT * FROM LATERAL (SELECT 1) x;
?column? int4
1

SELECT d.id, g FROM dept d, generate_series(1, d.id / 10) g ORDER BY d.id, g;
id int4 | g int4
10 | 1
20 | 1
20 | 2
30 | 1
30 | 2
30 | 3
40 | 1
40 | 2
40 | 3
40 | 4

SELECT d.id, g FROM dept d LEFT JOIN LATERAL generate_series(1, d.id / 10 - 2) g ON true ORDER BY d.id, g;
id int4 | g int4
10 | NULL
20 | NULL
30 | 1
40 | 1
40 | 2

SELECT * FROM emp e RIGHT JOIN LATERAL (SELECT e.id) x ON true;
ERROR 42P10: invalid reference to FROM-clause entry for table "e"
DETAIL: The combining JOIN type must be INNER or LEFT for a LATERAL reference.
POSITION: 1:48

SELECT d.id, x.y FROM dept d, LATERAL (SELECT d.id * 2 AS y) x, LATERAL (SELECT x.y + 1 AS z) w WHERE w.z > 50 ORDER BY 1;
id int4 | y int4
30 | 60
40 | 80

SELECT * FROM generate_series(1, 3);
generate_series int4
1
2
3

SELECT * FROM generate_series(1, 10, 4) AS s;
s int4
1
5
9

SELECT s, s + 1 FROM generate_series(1, 2) AS s;
s int4 | ?column? int4
1 | 2
2 | 3

SELECT s.x FROM generate_series(1, 2) AS s(x);
x int4
1
2

SELECT * FROM generate_series(5, 1, -2) AS s(n);
n int4
1
3
5

SELECT * FROM generate_series(1, 3, 0);
ERROR 22023: step size cannot equal zero

SELECT * FROM generate_series(1, NULL);
generate_series int4

SELECT * FROM generate_series(1.0, 2.0, 0.5) x;
x numeric
1.0
1.5
2.0

SELECT * FROM generate_series(1::int8, 3);
generate_series int8
1
2
3

SELECT * FROM generate_series('a', 'b');
ERROR 42725: function generate_series(unknown, unknown) is not unique
HINT: Could not choose a best candidate function. You might need to add explicit type casts.
POSITION: 1:15

SELECT * FROM generate_series(1, 3) WITH ORDINALITY;
generate_series int4 | ordinality int8
1 | 1
2 | 2
3 | 3

SELECT * FROM generate_series(4, 6) WITH ORDINALITY AS t(v, n) ORDER BY n DESC;
v int4 | n int8
6 | 3
5 | 2
4 | 1

SELECT * FROM unnest(ARRAY['a','b']) WITH ORDINALITY AS t(v, n);
v text | n int8
a | 1
b | 2

SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(5, 7)) AS t(a, b);
a int4 | b int4
1 | 5
2 | 6
NULL | 7

SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['x'])) WITH ORDINALITY AS t(a, b, n);
a int4 | b text | n int8
1 | x | 1
2 | NULL | 2

-- differs: column definition lists are refused
SELECT * FROM ROWS FROM (json_to_record('{"a":1}') AS (a int), generate_series(1, 2)) AS t;
a int4 | generate_series int4
1 | 1
NULL | 2
~~~~
ERROR 0A000: a column definition list is not supported for this function
POSITION: 1:15

SELECT * FROM upper('x');
upper text
X

SELECT * FROM upper('x') AS u;
u text
X

SELECT u FROM upper('x') u;
u text
X

SELECT * FROM abs(-5) AS t(v), lower('A');
v int4 | lower text
5 | a

SELECT * FROM count(*);
ERROR 42803: aggregate functions are not allowed in functions in FROM
POSITION: 1:15

SELECT * FROM sum(1);
ERROR 42803: aggregate functions are not allowed in functions in FROM
POSITION: 1:15

SELECT * FROM row_number();
ERROR 42809: window function row_number requires an OVER clause
POSITION: 1:15

SELECT * FROM nosuch(1);
ERROR 42883: function nosuch(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15

SELECT * FROM current_date AS d WHERE d IS NULL;
d date

SELECT * FROM pg_typeof(1), now() n WHERE n IS NULL;
pg_typeof regtype | n timestamptz

SELECT * FROM coalesce(1, 2) c;
c int4
1

SELECT * FROM json_each('{"a":1}') AS j(k, v);
k text | v json
a | 1

SELECT * FROM json_each('{"a":1}') AS j(k, v, x);
ERROR 42P10: table "j" has 2 columns available but 3 columns specified

SELECT key FROM json_each('{"a":1,"b":2}') WHERE value::text = '2';
key text
b

SELECT * FROM generate_series(1, 2) g(a, b);
ERROR 42P10: table "g" has 1 columns available but 2 columns specified

-- differs: column definition lists are refused
SELECT * FROM generate_series(1, 2) AS g(a int);
ERROR 42601: a column definition list is only allowed for functions returning "record"
POSITION: 1:42
~~~~
ERROR 0A000: a column definition list is not supported for this function
POSITION: 1:15

SELECT generate_series(1, 3);
generate_series int4
1
2
3

SELECT generate_series(1, 2), generate_series(1, 3);
generate_series int4 | generate_series int4
1 | 1
2 | 2
NULL | 3

SELECT generate_series(1, 2) + 10, 'x';
?column? int4 | ?column? text
11 | x
12 | x

SELECT generate_series(1, 2), count(*) FROM dept;
generate_series int4 | count int8
1 | 4
2 | 4

SELECT count(generate_series(1, 3));
ERROR 0A000: aggregate function calls cannot contain set-returning function calls
HINT: You might be able to move the set-returning function into a LATERAL FROM item.
POSITION: 1:14

SELECT sum(x) FROM (SELECT generate_series(1, 4) AS x) s;
sum int8
10

SELECT id, generate_series(1, id) FROM emp WHERE id < 4 ORDER BY 1, 2;
id int4 | generate_series int4
1 | 1
2 | 1
2 | 2
3 | 1
3 | 2
3 | 3

SELECT generate_series(1, generate_series(1, 3));
generate_series int4
1
1
1
2
2
3

SELECT unnest(ARRAY[1,2]), unnest(ARRAY['a','b','c']);
unnest int4 | unnest text
1 | a
2 | b
NULL | c

SELECT 1 WHERE generate_series(1, 2) = 1;
ERROR 0A000: set-returning functions are not allowed in WHERE
POSITION: 1:16

SELECT CASE WHEN true THEN generate_series(1, 2) END;
ERROR 0A000: set-returning functions are not allowed in CASE
HINT: You might be able to move the set-returning function into a LATERAL FROM item.
POSITION: 1:28

SELECT coalesce(generate_series(1, 2), 0);
ERROR 0A000: set-returning functions are not allowed in COALESCE
HINT: You might be able to move the set-returning function into a LATERAL FROM item.
POSITION: 1:17

-- differs: refused with 0A000
SELECT id FROM emp ORDER BY generate_series(1, 2), id LIMIT 3;
id int4
1
2
3
~~~~
ERROR 0A000: set-returning functions are not allowed in ORDER BY
POSITION: 1:29

SELECT DISTINCT generate_series(1, 3) % 2 AS x ORDER BY x;
x int4
0
1

SELECT generate_series(1, 3) AS g ORDER BY g DESC LIMIT 2;
g int4
3
2

SELECT generate_series(1, 3) LIMIT 1 OFFSET 1;
generate_series int4
2

SELECT dept, unnest(array_agg(id ORDER BY id)) FROM emp GROUP BY dept ORDER BY 1, 2;
dept int4 | unnest int4
10 | 1
10 | 2
20 | 3
20 | 4
30 | 6
30 | 7
99 | 8
NULL | 5

-- differs: refused with 0A000
SELECT unnest(ARRAY[1,2]) AS u, sum(1) GROUP BY u ORDER BY u;
u int4 | sum int8
1 | 1
2 | 1
~~~~
ERROR 0A000: set-returning functions are not supported in GROUP BY
POSITION: 1:49

SELECT (SELECT generate_series(1, 2));
ERROR 21000: more than one row returned by a subquery used as an expression

SELECT (SELECT generate_series(1, 1));
generate_series int4
1

SELECT id FROM emp WHERE id IN (SELECT generate_series(2, 3)) ORDER BY id;
id int4
2
3

-- differs: TABLESAMPLE is refused
SELECT * FROM emp TABLESAMPLE system (100) ORDER BY id LIMIT 2;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date
1 | Ada | 10 | 5000.00 | NULL | 2001-02-03
2 | Bob | 10 | 3200.50 | 1 | 2004-12-31
~~~~
ERROR 0A000: TABLESAMPLE is not supported
POSITION: 1:15

-- differs: TABLESAMPLE is refused
SELECT count(*) FROM emp TABLESAMPLE bernoulli (100) REPEATABLE (5);
count int8
8
~~~~
ERROR 0A000: TABLESAMPLE is not supported
POSITION: 1:22

-- differs: TABLESAMPLE is refused
SELECT count(*) FROM emp TABLESAMPLE bernoulli (0);
count int8
0
~~~~
ERROR 0A000: TABLESAMPLE is not supported
POSITION: 1:22

-- differs: TABLESAMPLE is refused
SELECT * FROM emp TABLESAMPLE bernoulli (200);
ERROR 2202H: sample percentage must be between 0 and 100
~~~~
ERROR 0A000: TABLESAMPLE is not supported
POSITION: 1:15

-- differs: TABLESAMPLE is refused
SELECT * FROM emp TABLESAMPLE nope (10);
ERROR 42704: tablesample method nope does not exist
POSITION: 1:31
~~~~
ERROR 0A000: TABLESAMPLE is not supported
POSITION: 1:15

-- differs: TABLESAMPLE is refused
SELECT * FROM emp TABLESAMPLE system ('x');
ERROR 22P02: invalid input syntax for type real: "x"
POSITION: 1:39
~~~~
ERROR 0A000: TABLESAMPLE is not supported
POSITION: 1:15

-- differs: TABLESAMPLE is refused
SELECT * FROM emp TABLESAMPLE system (10, 20);
ERROR 2202H: tablesample method system requires 1 argument, not 2
POSITION: 1:31
~~~~
ERROR 0A000: TABLESAMPLE is not supported
POSITION: 1:15

SELECT * FROM (SELECT 1) x TABLESAMPLE system (10);
ERROR 42601: syntax error at or near "TABLESAMPLE"
POSITION: 1:28

-- differs: TABLESAMPLE is refused
SELECT * FROM rich TABLESAMPLE system (10);
ERROR 0A000: TABLESAMPLE clause can only be applied to tables and materialized views
POSITION: 1:15
~~~~
ERROR 0A000: TABLESAMPLE is not supported
POSITION: 1:15

SELECT * FROM rich ORDER BY id;
id int4 | name text | salary numeric(10,2)
1 | Ada | 5000.00
2 | Bob | 3200.50
3 | Cy | 3200.50
6 | Flo | 4100.25

SELECT r.name, r FROM rich r WHERE r.id = 1;
name text | r user
Ada | (1,Ada,5000.00)

SELECT * FROM none;
id int4 | name text

SELECT n.* FROM none n FULL JOIN (SELECT 1) x ON true;
id int4 | name text
NULL | NULL

SELECT e.*, d.* FROM emp e JOIN dept d ON d.id = e.dept WHERE e.id = 1;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date | id int4 | title text | city varchar(0,20) | budget int8
1 | Ada | 10 | 5000.00 | NULL | 2001-02-03 | 10 | Research | Bern | 100000

SELECT e.id AS a, e.id AS a FROM emp e WHERE id = 1;
a int4 | a int4
1 | 1

SELECT a FROM (SELECT 1 AS a, 2 AS a) s;
ERROR 42702: column reference "a" is ambiguous
POSITION: 1:8

SELECT * FROM (SELECT 1 AS a, 2 AS a) s;
a int4 | a int4
1 | 2

SELECT s.* FROM (SELECT id, name FROM emp) s WHERE s.id = 2;
id int4 | name text
2 | Bob

SELECT t.x FROM (SELECT 1) t(x) JOIN (SELECT 1) u(x) USING (x);
x int4
1

-- differs: a known fault
SELECT x FROM (SELECT 1) t(x) JOIN (SELECT 1.0) u(x) USING (x);
x numeric
1.0
~~~~
x numeric
1

SELECT * FROM (SELECT 'a' AS x) t JOIN (SELECT 'a'::text AS x) u USING (x);
x text
a

-- differs: only the position, detail or hint differs
SELECT * FROM (SELECT 1 AS x) t JOIN (SELECT 'a'::text AS x) u USING (x);
ERROR 42804: JOIN/USING types integer and text cannot be matched
~~~~
ERROR 42804: JOIN/USING types integer and text cannot be matched
POSITION: 1:33

SELECT e1.id, e2.id FROM emp e1 JOIN emp e2 ON e1.hired = e2.hired AND e1.id < e2.id;
id int4 | id int4
3 | 4

SELECT e.id, d.id, n.id FROM emp e LEFT JOIN dept d ON d.id = e.dept LEFT JOIN nums n ON n.id = e.id AND d.id IS NOT NULL ORDER BY 1;
id int4 | id int4 | id int4
1 | 10 | 1
2 | 10 | 2
3 | 20 | 3
4 | 20 | 4
5 | NULL | NULL
6 | 30 | 6
7 | 30 | 7
8 | NULL | NULL

SELECT e.id FROM emp e LEFT JOIN dept d ON d.id = e.dept WHERE d.id IS NULL ORDER BY 1;
id int4
5
8

SELECT d.id FROM dept d LEFT JOIN emp e ON e.dept = d.id WHERE e.id IS NULL;
id int4
40

SELECT a.x, b.x, c.x FROM (VALUES (1), (2)) a(x) LEFT JOIN ((VALUES (2), (3)) b(x) JOIN (VALUES (3), (4)) c(x) ON c.x = b.x + 1) ON b.x = a.x ORDER BY 1;
x int4 | x int4 | x int4
1 | NULL | NULL
2 | 2 | 3

SELECT count(*) FROM emp a, emp b, emp c WHERE a.id = b.boss AND b.id = c.boss;
count int8
4

SELECT * FROM dept d(a, b) WHERE a = 10;
a int4 | b text | city varchar(0,20) | budget int8
10 | Research | Bern | 100000

SELECT * FROM dept AS d(a, b, c, e, f);
ERROR 42P10: table "d" has 4 columns available but 5 columns specified

SELECT d.id FROM dept AS d(a);
ERROR 42703: column d.id does not exist
POSITION: 1:8

SELECT f.* FROM (SELECT * FROM dept) AS f(x) WHERE x = 20;
x int4 | title text | city varchar(0,20) | budget int8
20 | Sales | Oslo | 9000000000

SELECT 1 FROM dept WHERE id = 10 AND title = 'Research' OR city IS NULL;
?column? int4
1
1

SELECT * FROM dept WHERE title;
ERROR 42804: argument of WHERE must be type boolean, not type text
POSITION: 1:26

SELECT * FROM dept WHERE NULL;
id int4 | title text | city varchar(0,20) | budget int8

SELECT * FROM dept WHERE id = (SELECT max(dept) FROM emp WHERE dept < 25);
id int4 | title text | city varchar(0,20) | budget int8
20 | Sales | Oslo | 9000000000

SELECT pg_typeof(d) FROM (SELECT 1 AS d) d;
pg_typeof regtype
integer

SELECT "d"."id" FROM "dept" "d" WHERE "d".id = 10;
id int4
10

SELECT * FROM dept ORDER BY;
ERROR 42601: syntax error at end of input
POSITION: 1:28

SELECT * FROM;
ERROR 42601: syntax error at end of input
POSITION: 1:14

SELECT * FROM dept d e;
ERROR 42601: syntax error at or near "e"
POSITION: 1:22

SELECT * FROM dept, ;
ERROR 42601: syntax error at end of input
POSITION: 1:21

SELECT * FROM dept WHERE;
ERROR 42601: syntax error at end of input
POSITION: 1:25

SELECT * FROM dept LEFT dept;
ERROR 42601: syntax error at or near "dept"
POSITION: 1:25

SELECT * FROM dept CROSS JOIN emp ON true;
ERROR 42601: syntax error at or near "ON"
POSITION: 1:35

SELECT * FROM dept JOIN emp ON true USING (id);
ERROR 42601: syntax error at or near "USING"
POSITION: 1:37

SELECT * dept;
ERROR 42601: syntax error at or near "dept"
POSITION: 1:10
