-- INSERT, UPDATE, DELETE, ON CONFLICT, RETURNING, PREPARE and EXECUTE, seen from the values they give.

CREATE TABLE w (id int PRIMARY KEY, a int DEFAULT 7, b text, n numeric(6,2));
CREATE TABLE

INSERT INTO w VALUES (1, 10, 'x', 1.005), (2, DEFAULT, NULL, 2);
INSERT 0 2

INSERT INTO w (id, b) VALUES (3, 'three') RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
3 | 7 | three | NULL
INSERT 0 1

INSERT INTO w (b, id) SELECT name, id + 100 FROM emp WHERE id < 3;
INSERT 0 2

INSERT INTO w VALUES (1, 2);
ERROR 23505: duplicate key value violates unique constraint "w_pkey"
DETAIL: Key (id)=(1) already exists.

INSERT INTO w VALUES (1), (1);
ERROR 23505: duplicate key value violates unique constraint "w_pkey"
DETAIL: Key (id)=(1) already exists.

INSERT INTO w VALUES (NULL, 1);
ERROR 23502: null value in column "id" of relation "w" violates not-null constraint
DETAIL: Failing row contains (null, 1, null, null).

INSERT INTO w (id, nope) VALUES (1, 2);
ERROR 42703: column "nope" of relation "w" does not exist
POSITION: 1:20

INSERT INTO w (id, id) VALUES (1, 2);
ERROR 42701: column "id" specified more than once
POSITION: 1:20

INSERT INTO w (id) VALUES (1, 2);
ERROR 42601: INSERT has more expressions than target columns
POSITION: 1:31

INSERT INTO w (id, a) VALUES (1);
ERROR 42601: INSERT has more target columns than expressions
POSITION: 1:20

INSERT INTO w VALUES (4, 'x');
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:26

INSERT INTO w VALUES (4, 1.6, 5, '3.456') RETURNING id, a, b, n, a + 1 AS a1;
id int4 | a int4 | b text | n numeric(6,2) | a1 int4
4 | 2 | 5 | 3.46 | 3
INSERT 0 1

INSERT INTO w VALUES (5, 1, 'x', 123456);
ERROR 22003: numeric field overflow
DETAIL: A field with precision 6, scale 2 must round to an absolute value less than 10^4.

INSERT INTO w VALUES (5, true);
ERROR 42804: column "a" is of type integer but expression is of type boolean
HINT: You will need to rewrite or cast the expression.
POSITION: 1:26

-- differs: only the position, detail or hint differs
INSERT INTO w (id, a) VALUES (5, date '2020-01-01');
ERROR 42804: column "a" is of type integer but expression is of type date
HINT: You will need to rewrite or cast the expression.
POSITION: 1:39
~~~~
ERROR 42804: column "a" is of type integer but expression is of type date
HINT: You will need to rewrite or cast the expression.
POSITION: 1:34

INSERT INTO nope VALUES (1);
ERROR 42P01: relation "nope" does not exist
POSITION: 1:13

-- differs: views cannot be changed
INSERT INTO rich VALUES (1, 'x', 2);
ERROR 23505: duplicate key value violates unique constraint "emp_pkey"
DETAIL: Key (id)=(1) already exists.
~~~~
ERROR 55000: cannot insert into view "rich"
DETAIL: Views cannot be changed in Millrace.
POSITION: 1:13

INSERT INTO w DEFAULT VALUES;
ERROR 23502: null value in column "id" of relation "w" violates not-null constraint
DETAIL: Failing row contains (null, 7, null, null).

INSERT INTO w VALUES (1, 1, 'dup', 1) ON CONFLICT DO NOTHING;
INSERT 0 0

INSERT INTO w VALUES (1, 1, 'dup', 1) ON CONFLICT (id) DO NOTHING RETURNING id;
id int4
INSERT 0 0

INSERT INTO w VALUES (1, 1, 'dup', 1), (50, 5, 'new', 5) ON CONFLICT (id) DO UPDATE SET b = excluded.b, a = w.a + excluded.a RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
1 | 11 | dup | 1.01
50 | 5 | new | 5.00
INSERT 0 2

INSERT INTO w VALUES (1, 99, 'q', 1) ON CONFLICT (id) DO UPDATE SET b = 'never' WHERE w.a > 1000 RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
INSERT 0 0

INSERT INTO w VALUES (1, 99, 'q', 1) ON CONFLICT (id) DO UPDATE SET (a, b) = (excluded.a, 'tuple') RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
1 | 99 | tuple | 1.01
INSERT 0 1

INSERT INTO w VALUES (1, 98, 'q', 1) ON CONFLICT (id) DO UPDATE SET (a, b) = ROW(excluded.a + 1, upper('row')) RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
1 | 99 | ROW | 1.01
INSERT 0 1

-- differs: refused with 0A000
INSERT INTO w VALUES (1, 98, 'q', 1) ON CONFLICT (id) DO UPDATE SET (a, b) = (SELECT d.id, d.title FROM dept d WHERE d.id = 10) RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
1 | 10 | Research | 1.01
INSERT 0 1
~~~~
ERROR 0A000: a sub-query is not supported here
POSITION: 1:50

-- differs: refused with 0A000
INSERT INTO w VALUES (1, 98, 'q', 1) ON CONFLICT (id) DO UPDATE SET (a, b) = (SELECT excluded.a, w.b || '!') RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
1 | 98 | Research! | 1.01
INSERT 0 1
~~~~
ERROR 0A000: a sub-query is not supported here
POSITION: 1:50

-- differs: refused with 0A000
INSERT INTO w VALUES (1, 98, 'q', 1) ON CONFLICT (id) DO UPDATE SET a = (SELECT max(e.id) FROM emp e WHERE e.id < excluded.a) RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
1 | 8 | Research! | 1.01
INSERT 0 1
~~~~
ERROR 0A000: a sub-query is not supported here
POSITION: 1:50

INSERT INTO w VALUES (1, 98, 'q', 1) ON CONFLICT (id) DO UPDATE SET (a, b) = (SELECT 1) RETURNING *;
ERROR 42601: number of columns does not match number of values
POSITION: 1:78

INSERT INTO w VALUES (1, 98, 'q', 1) ON CONFLICT (id) DO UPDATE SET (a, b) = (1) RETURNING *;
ERROR 0A000: source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression
POSITION: 1:79

INSERT INTO w VALUES (1, 98, 'q', 1) ON CONFLICT (id) DO UPDATE SET (a, b) = (1, 2, 3) RETURNING *;
ERROR 42601: number of columns does not match number of values
POSITION: 1:78

INSERT INTO w VALUES (1, 1, 'x', 1), (1, 2, 'y', 2) ON CONFLICT (id) DO UPDATE SET b = excluded.b;
ERROR 21000: ON CONFLICT DO UPDATE command cannot affect row a second time
HINT: Ensure that no rows proposed for insertion within the same command have duplicate constrained values.

INSERT INTO w VALUES (1, 1) ON CONFLICT (a) DO NOTHING;
ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification

-- differs: only the position, detail or hint differs
INSERT INTO w VALUES (1, 1) ON CONFLICT (nope) DO NOTHING;
ERROR 42703: column "nope" does not exist
POSITION: 1:41
~~~~
ERROR 42703: column "nope" does not exist
POSITION: 1:42

INSERT INTO w VALUES (1, 1) ON CONFLICT DO UPDATE SET a = 1;
ERROR 42601: ON CONFLICT DO UPDATE requires inference specification or constraint name
HINT: For example, ON CONFLICT (column_name).
POSITION: 1:29

INSERT INTO w VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET nope = 1;
ERROR 42703: column "nope" of relation "w" does not exist
POSITION: 1:60

INSERT INTO w VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = nope.b;
ERROR 42P01: missing FROM-clause entry for table "nope"
POSITION: 1:64

-- differs: a known fault
INSERT INTO w AS t VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = t.a + 1, b = DEFAULT RETURNING t.*;
id int4 | a int4 | b text | n numeric(6,2)
1 | 9 | NULL | 1.01
INSERT 0 1
~~~~
id int4 | a int4 | b text | n numeric(6,2)
1 | 100 | NULL | 1.01
INSERT 0 1

-- differs: only the words of the message differ
INSERT INTO w AS t VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = w.a + 1;
ERROR 42P01: invalid reference to FROM-clause entry for table "w"
HINT: Perhaps you meant to reference the table alias "t".
POSITION: 1:69
~~~~
ERROR 42P01: missing FROM-clause entry for table "w"
POSITION: 1:69

INSERT INTO w VALUES (1, 1) ON CONFLICT ON CONSTRAINT w_pkey DO UPDATE SET a = 0 RETURNING id, a;
id int4 | a int4
1 | 0
INSERT 0 1

INSERT INTO w VALUES (1, 1) ON CONFLICT ON CONSTRAINT nope DO NOTHING;
ERROR 42704: constraint "nope" for table "w" does not exist

UPDATE w SET a = a + 1 WHERE id = 1 RETURNING id, a;
id int4 | a int4
1 | 1
UPDATE 1

UPDATE w SET (a, b) = (5, 'five') WHERE id = 2 RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
2 | 5 | five | 2.00
UPDATE 1

UPDATE w SET (a, b) = (SELECT e.id, e.name FROM emp e WHERE e.id = 3) WHERE id = 2 RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
2 | 3 | Cy | 2.00
UPDATE 1

UPDATE w SET (a, b) = ROW(DEFAULT, DEFAULT) WHERE id = 2 RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
2 | 7 | NULL | 2.00
UPDATE 1

UPDATE w SET b = d.title FROM dept d WHERE d.id = 10 AND w.id = 3 RETURNING w.id, w.b, d.city;
id int4 | b text | city varchar(0,20)
3 | Research | Bern
UPDATE 1

UPDATE w SET a = DEFAULT, n = n * 2 WHERE id = 4 RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
4 | 7 | 5 | 6.92
UPDATE 1

UPDATE w SET nope = 1;
ERROR 42703: column "nope" of relation "w" does not exist
POSITION: 1:14

UPDATE w SET a = 'x';
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:18

UPDATE w SET a = 1, a = 2;
ERROR 42601: multiple assignments to same column "a"

UPDATE w SET a = true;
ERROR 42804: column "a" is of type integer but expression is of type boolean
HINT: You will need to rewrite or cast the expression.
POSITION: 1:18

UPDATE w SET id = 1 WHERE id = 2;
ERROR 23505: duplicate key value violates unique constraint "w_pkey"
DETAIL: Key (id)=(1) already exists.

UPDATE w SET id = id + 1000 WHERE id = 50 RETURNING id;
id int4
1050
UPDATE 1

UPDATE w SET id = NULL WHERE id = 3;
ERROR 23502: null value in column "id" of relation "w" violates not-null constraint
DETAIL: Failing row contains (null, 7, Research, null).

UPDATE w SET n = 99999;
ERROR 22003: numeric field overflow
DETAIL: A field with precision 6, scale 2 must round to an absolute value less than 10^4.

UPDATE nope SET a = 1;
ERROR 42P01: relation "nope" does not exist
POSITION: 1:8

UPDATE w SET a = nope;
ERROR 42703: column "nope" does not exist
POSITION: 1:18

UPDATE w SET a = (SELECT count(*) FROM emp WHERE dept = w.a) WHERE id < 5 RETURNING id, a;
id int4 | a int4
1 | 0
2 | 0
3 | 0
4 | 0
UPDATE 4

UPDATE w SET a = 1 WHERE count(*) > 1;
ERROR 42803: aggregate functions are not allowed in WHERE
POSITION: 1:26

UPDATE w SET a = sum(a);
ERROR 42803: aggregate functions are not allowed in UPDATE
POSITION: 1:18

UPDATE w t SET a = 3 WHERE t.id = 4 RETURNING t.a;
a int4
3
UPDATE 1

UPDATE w t SET a = w.a;
ERROR 42P01: invalid reference to FROM-clause entry for table "w"
HINT: Perhaps you meant to reference the table alias "t".
POSITION: 1:20

UPDATE w SET w.a = 1;
ERROR 42703: column "w" of relation "w" does not exist
POSITION: 1:14

UPDATE w SET b = b || '.' FROM emp e, dept d WHERE e.dept = d.id AND w.id = e.id RETURNING w.id, w.b, d.title;
id int4 | b text | title text
1 | NULL | Research
2 | NULL | Research
3 | Research. | Sales
4 | 5. | Sales
UPDATE 4

DELETE FROM w WHERE id = 1050 RETURNING *;
id int4 | a int4 | b text | n numeric(6,2)
1050 | 5 | new | 5.00
DELETE 1

DELETE FROM w USING dept d WHERE d.id = 10 AND w.id = 101 RETURNING w.id, d.title;
id int4 | title text
101 | Research
DELETE 1

DELETE FROM w WHERE nope = 1;
ERROR 42703: column "nope" does not exist
POSITION: 1:21

DELETE FROM nope;
ERROR 42P01: relation "nope" does not exist
POSITION: 1:13

DELETE FROM w t WHERE t.id = 102;
DELETE 1

DELETE FROM w WHERE id IN (SELECT id FROM emp WHERE dept = 20) RETURNING id;
id int4
3
4
DELETE 2

SELECT * FROM w ORDER BY id;
id int4 | a int4 | b text | n numeric(6,2)
1 | 0 | NULL | 1.01
2 | 0 | NULL | 2.00

PREPARE p1 AS SELECT $1 + 1;
PREPARE

EXECUTE p1(41);
?column? int4
42

EXECUTE p1('41');
?column? int4
42

EXECUTE p1('x');
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:12

EXECUTE p1;
ERROR 42601: wrong number of parameters for prepared statement "p1"
DETAIL: Expected 1 parameters but got 0.

EXECUTE p1(1, 2);
ERROR 42601: wrong number of parameters for prepared statement "p1"
DETAIL: Expected 1 parameters but got 2.

EXECUTE nope;
ERROR 26000: prepared statement "nope" does not exist

PREPARE p1 AS SELECT 1;
ERROR 42P05: prepared statement "p1" already exists

PREPARE p2(int, text) AS SELECT $1 * 2 AS d, $2 || '!' AS t, $1;
PREPARE

EXECUTE p2(21, 'x');
d int4 | t text | ?column? int4
42 | x! | 21

EXECUTE p2(1 + 1, upper('y'));
d int4 | t text | ?column? int4
4 | Y! | 2

EXECUTE p2(NULL, NULL);
d int4 | t text | ?column? int4
NULL | NULL | NULL

-- differs: only the words of the message differ
EXECUTE p2((SELECT 1), 'x');
ERROR 0A000: cannot use subquery in EXECUTE parameter
POSITION: 1:12
~~~~
ERROR 0A000: cannot use subquery in DEFAULT expression
POSITION: 1:12

EXECUTE p2(1.6, 5);
d int4 | t text | ?column? int4
4 | 5! | 2

PREPARE p3 AS SELECT name FROM emp WHERE dept = $1 AND salary > $2 ORDER BY name;
PREPARE

EXECUTE p3(10, 100);
name text
Ada
Bob

PREPARE p4 AS SELECT $1;
PREPARE

EXECUTE p4('x');
?column? text
x

PREPARE p5 AS SELECT $2 + 1;
ERROR 42P18: could not determine data type of parameter $1

PREPARE p6(int) AS SELECT $1 || 'x', $1 = 1;
PREPARE

EXECUTE p6(1);
?column? text | ?column? bool
1x | t

PREPARE p7 AS SELECT $1 = $2;
PREPARE

PREPARE p8 AS SELECT $1::int + $2::numeric AS s, $3::text[];
PREPARE

EXECUTE p8(1, 2.5, '{a,b}');
s numeric | text text[]
3.5 | {a,b}

PREPARE p9 AS INSERT INTO w VALUES ($1, $2, $3) RETURNING *;
PREPARE

EXECUTE p9(7, 8, 'nine');
id int4 | a int4 | b text | n numeric(6,2)
7 | 8 | nine | NULL
INSERT 0 1

PREPARE p10 AS SELECT * FROM emp WHERE id = ANY($1) ORDER BY id;
PREPARE

EXECUTE p10('{1,2}');
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date
1 | Ada | 10 | 5000.00 | NULL | 2001-02-03
2 | Bob | 10 | 3200.50 | 1 | 2004-12-31

EXECUTE p10(ARRAY[3]);
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date
3 | Cy | 20 | 3200.50 | 1 | 2010-06-15

PREPARE p11 AS SELECT id FROM emp ORDER BY id LIMIT $1 OFFSET $2;
PREPARE

EXECUTE p11(2, 3);
id int4
4
5

EXECUTE p11(NULL, 6);
id int4
7
8

EXECUTE p11(-1, 0);
ERROR 2201W: LIMIT must not be negative

PREPARE p12 AS SELECT coalesce($1, 5), CASE WHEN $2 THEN 1 ELSE 2 END, $3 IN (1, 2), $4 LIKE 'a%', $5 BETWEEN 1 AND 2.5;
PREPARE

EXECUTE p12(NULL, true, 1, 'abc', 2);
coalesce int4 | case int4 | ?column? bool | ?column? bool | ?column? bool
5 | 1 | t | t | t

PREPARE p13(nosuchtype) AS SELECT $1;
ERROR 42704: type "nosuchtype" does not exist
POSITION: 1:13

PREPARE p14 AS SELECT nope FROM emp;
ERROR 42703: column "nope" does not exist
HINT: Perhaps you meant to reference the column "emp.name".
POSITION: 1:23

PREPARE p15 AS CREATE TABLE x (a int);
ERROR 42601: syntax error at or near "CREATE"
POSITION: 1:16

DEALLOCATE p1;
DEALLOCATE

EXECUTE p1(1);
ERROR 26000: prepared statement "p1" does not exist

DEALLOCATE nope;
ERROR 26000: prepared statement "nope" does not exist

DEALLOCATE ALL;
DEALLOCATE ALL

EXECUTE p2(1, 'x');
ERROR 26000: prepared statement "p2" does not exist

-- differs: only the position, detail or hint differs
SELECT $1;
ERROR 42P02: there is no parameter $1
POSITION: 1:8
~~~~
ERROR 42P02: there is no parameter $1

-- differs: only the position, detail or hint differs
INSERT INTO w VALUES ($1);
ERROR 42P02: there is no parameter $1
POSITION: 1:23
~~~~
ERROR 42P02: there is no parameter $1

INSERT INTO w (id, a) VALUES (60, (SELECT max(id) FROM emp)), (61, 1 + 1) RETURNING a;
a int4
2
8
INSERT 0 2

INSERT INTO w (id, a) SELECT g, g * 2 FROM generate_series(70, 72) g RETURNING id, a;
id int4 | a int4
70 | 140
71 | 142
72 | 144
INSERT 0 3

INSERT INTO w (id) VALUES (80), (81) ON CONFLICT (id) DO NOTHING RETURNING id, a, b;
id int4 | a int4 | b text
80 | 7 | NULL
81 | 7 | NULL
INSERT 0 2

-- differs: only the position, detail or hint differs
INSERT INTO w (id, b) TABLE pairs;
ERROR 42601: INSERT has more expressions than target columns
~~~~
ERROR 42601: INSERT has more expressions than target columns
POSITION: 1:23

INSERT INTO w (id, a, b) TABLE pairs;
ERROR 23505: duplicate key value violates unique constraint "w_pkey"
DETAIL: Key (id)=(1) already exists.

INSERT INTO w (id, b) (SELECT 90, 'p') RETURNING id;
id int4
90
INSERT 0 1

WITH x AS (SELECT 91 AS i) INSERT INTO w (id) SELECT i FROM x RETURNING id;
id int4
91
INSERT 0 1

WITH x AS (SELECT 91 AS i) UPDATE w SET a = i FROM x WHERE w.id = x.i RETURNING id, a;
id int4 | a int4
91 | 91
UPDATE 1

WITH x AS (SELECT 91 AS i) DELETE FROM w USING x WHERE id = i RETURNING id;
id int4
91
DELETE 1

INSERT INTO w (id) VALUES (92) RETURNING nope;
ERROR 42703: column "nope" does not exist
POSITION: 1:42

INSERT INTO w (id) VALUES (92) RETURNING count(*);
ERROR 42803: aggregate functions are not allowed in RETURNING
POSITION: 1:42

INSERT INTO w (id) VALUES (93) RETURNING id AS "the id", w.id, (SELECT 1), upper('x');
"the id" int4 | id int4 | ?column? int4 | upper text
93 | 93 | 1 | X
INSERT 0 1

DELETE FROM w RETURNING sum(id);
ERROR 42803: aggregate functions are not allowed in RETURNING
POSITION: 1:25

TRUNCATE w;
TRUNCATE TABLE

SELECT count(*) FROM w;
count int8
0

DROP TABLE w;
DROP TABLE
