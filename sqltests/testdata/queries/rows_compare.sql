-- Rows: constructors, comparison, IN, IS NULL of rows, fields, whole-row references, CASE, COALESCE and their kin.

SELECT ROW(1, 'a'), (1, 2), ROW(), ROW(1), (1, NULL, 'x y', '', 'a,b', 'q"r');
row record | row record | row record | row record | row record
(1,a) | (1,2) | () | (1) | (1,,"x y","","a,b","q""r")

SELECT ROW(1, 2) = ROW(1, 2), (1, 2) < (1, 3), (1, 2) <> (2, 1), (1, NULL) = (1, NULL), (1, NULL) = (2, NULL), (1, NULL) < (2, 0), (2, NULL) > (1, 1), (1, 2) >= (1, 2);
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | NULL | f | t | t | t

SELECT (1, 2) = (1, 2, 3);
ERROR 42601: unequal number of entries in row expressions
POSITION: 1:15

SELECT (1, 2) = 1;
ERROR 42883: operator does not exist: record = integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15

SELECT (1, 'a') = (1, 'a'), (1, 'a') < (1, 'b'), (1.0, 2) = (1, 2.0);
?column? bool | ?column? bool | ?column? bool
t | t | t

SELECT (1, 2) = ('1', '2'), (1, 2) IS DISTINCT FROM (1, NULL), (1, NULL) IS NOT DISTINCT FROM (1, NULL);
?column? bool | ?column? bool | ?column? bool
t | t | t

SELECT (1, 'x') = (1, 2);
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:12

SELECT (1, 2) IN ((1, 2), (3, 4)), (1, 2) NOT IN ((1, 3)), (1, NULL) IN ((1, 2)), (1, NULL) IN ((2, 2));
?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | NULL | f

-- differs: refused for another reason first
SELECT (1, 2) + (3, 4);
ERROR 42804: row comparison operator must yield type boolean, not type integer
POSITION: 1:15
~~~~
ERROR 0A000: could not determine interpretation of row comparison operator +
POSITION: 1:15

-- differs: only the words of the message differ
SELECT (1, 2) LIKE (3, 4);
ERROR 42883: operator does not exist: integer ~~ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15
~~~~
ERROR 42883: operator does not exist: record ~~ record
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15

SELECT ROW(1, NULL) IS NULL, ROW(NULL, NULL) IS NULL, ROW(1, NULL) IS NOT NULL, ROW(1, 2) IS NOT NULL, ROW() IS NULL, NOT (ROW(1, NULL) IS NULL);
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f | t | f | t | t | t

-- differs: refused for another reason first
SELECT (ROW(1, 2)).f1, (ROW(1, 'b')).f2;
ERROR XX000: failed to find conversion function from unknown to text
~~~~
f1 int4 | f2 text
1 | b

SELECT (ROW(1, 2)).f3;
ERROR 42703: could not identify column "f3" in record data type
POSITION: 1:9

SELECT (ROW(1, 2)).*;
f1 int4 | f2 int4
1 | 2

SELECT e FROM emp e WHERE id < 3 ORDER BY id;
e user
(1,Ada,10,5000.00,,2001-02-03)
(2,Bob,10,3200.50,1,2004-12-31)

SELECT (e).name, (e).dept FROM emp e WHERE (e).id = 3;
name text | dept int4
Cy | 20

-- differs: only the position, detail or hint differs
SELECT (e).nope FROM emp e;
ERROR 42703: column e.nope does not exist
POSITION: 1:9
~~~~
ERROR 42703: column e.nope does not exist
HINT: Perhaps you meant to reference the column "e.name".
POSITION: 1:9

SELECT (e).* FROM emp e WHERE id = 1;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date
1 | Ada | 10 | 5000.00 | NULL | 2001-02-03

-- differs: a known fault
SELECT e.*::text FROM emp e WHERE id = 1;
e text
(1,Ada,10,5000.00,,2001-02-03)
~~~~
text text
(1,Ada,10,5000.00,,2001-02-03)

SELECT row_to_json(e) FROM emp e WHERE id < 3 ORDER BY id;
row_to_json json
{"id":1,"name":"Ada","dept":10,"salary":5000.00,"boss":null,"hired":"2001-02-03"}
{"id":2,"name":"Bob","dept":10,"salary":3200.50,"boss":1,"hired":"2004-12-31"}

SELECT count(e), count(e.*), count(DISTINCT e) FROM emp e;
count int8 | count int8 | count int8
8 | 8 | 8

SELECT e IS NULL, e IS NOT NULL FROM emp e ORDER BY id;
?column? bool | ?column? bool
f | f
f | t
f | t
f | f
f | f
f | t
f | t
f | t

SELECT ROW(e.*) FROM emp e WHERE id = 1;
row record
(1,Ada,10,5000.00,,2001-02-03)

SELECT ROW(e.*, 1) FROM emp e WHERE id = 1;
row record
(1,Ada,10,5000.00,,2001-02-03,1)

SELECT ROW(e, 1) FROM emp e WHERE id = 1;
row record
("(1,Ada,10,5000.00,,2001-02-03)",1)

SELECT e = e FROM emp e WHERE id = 1;
?column? bool
t

SELECT p FROM pairs p ORDER BY p;
p user
(1,1,p)
(1,2,q)
(1,3,)
(2,1,p)
(2,2,r)
(3,1,)

SELECT p FROM pairs p ORDER BY p DESC;
p user
(3,1,)
(2,2,r)
(2,1,p)
(1,3,)
(1,2,q)
(1,1,p)

SELECT max(p::text) FROM pairs p;
max text
(3,1,)

SELECT a, b FROM pairs WHERE (a, b) > (1, 2) ORDER BY a, b;
a int4 | b int4
1 | 3
2 | 1
2 | 2
3 | 1

SELECT a, b FROM pairs WHERE (a, b) IN (SELECT b, a FROM pairs) ORDER BY a, b;
a int4 | b int4
1 | 1
1 | 2
1 | 3
2 | 1
2 | 2
3 | 1

SELECT a, b FROM pairs WHERE (a, b) NOT IN (SELECT a, b FROM pairs WHERE v = 'p') ORDER BY a, b;
a int4 | b int4
1 | 2
1 | 3
2 | 2
3 | 1

SELECT a, b FROM pairs WHERE (a, v) = (1, 'p');
a int4 | b int4
1 | 1

SELECT (a, b) = ANY(SELECT 1, 1) FROM pairs ORDER BY a, b;
?column? bool
t
f
f
f
f
f

SELECT (a, b) >= ALL(SELECT a, b FROM pairs) FROM pairs ORDER BY a, b;
?column? bool
f
f
f
f
f
t

SELECT ROW(1, 2) = (SELECT 1, 2), (1, 3) < (SELECT 1, 2);
?column? bool | ?column? bool
t | f

SELECT (1, 2) = (SELECT 1);
ERROR 42601: subquery has too few columns
POSITION: 1:15

SELECT (SELECT ROW(1, 'x'));
row record
(1,x)

SELECT (SELECT 1, 2);
ERROR 42601: subquery must return only one column
POSITION: 1:8

SELECT CASE WHEN 1 = 1 THEN 'a' ELSE 'b' END, CASE 2 WHEN 1 THEN 'x' WHEN 2 THEN 'y' END, CASE WHEN false THEN 1 END, CASE NULL WHEN NULL THEN 1 ELSE 2 END;
case text | case text | case int4 | case int4
a | y | NULL | 2

SELECT CASE WHEN true THEN 1 ELSE 2.5 END, CASE WHEN false THEN 1 ELSE 2.5 END, CASE WHEN true THEN '1' ELSE 2 END, CASE WHEN true THEN NULL ELSE 'x' END;
case numeric | case numeric | case int4 | case text
1 | 2.5 | 1 | NULL

SELECT CASE WHEN true THEN 1 ELSE 'x' END;
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:35

SELECT CASE WHEN true THEN 1 ELSE true END;
ERROR 42804: CASE types boolean and integer cannot be matched
POSITION: 1:28

SELECT CASE WHEN 1 THEN 2 END;
ERROR 42804: argument of CASE/WHEN must be type boolean, not type integer
POSITION: 1:18

SELECT CASE 1 WHEN 'x' THEN 2 END;
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:20

SELECT CASE 1 WHEN true THEN 2 END;
ERROR 42883: operator does not exist: integer = boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15

SELECT CASE END;
ERROR 42601: syntax error at or near "END"
POSITION: 1:13

SELECT CASE WHEN 1 = 0 THEN 1 / 0 ELSE 5 END, CASE WHEN true OR 1 / 0 = 1 THEN 6 END;
case int4 | case int4
5 | 6

SELECT CASE i4 WHEN 0 THEN 'zero' WHEN 42 THEN 'answer' ELSE 'other' END, CASE WHEN i4 > 0 THEN i4 WHEN i4 < 0 THEN -1::int8 END FROM nums ORDER BY id;
case text | case int8
zero | NULL
other | 1
other | -1
other | 2147483647
other | -1
other | NULL
answer | 42
answer | 42

SELECT CASE dept WHEN 10 THEN salary ELSE 0 END AS x, CASE WHEN salary IS NULL THEN 'none' WHEN salary > 3000 THEN 'high' ELSE 'low' END FROM emp ORDER BY id;
x numeric | case text
5000.00 | high
3200.50 | high
0 | high
0 | none
0 | low
0 | high
0 | low
0 | low

SELECT id, CASE WHEN i4 = 0 THEN NULL ELSE 100 / i4 END FROM nums ORDER BY id;
id int4 | case int4
1 | NULL
2 | 100
3 | -100
4 | 0
5 | 0
6 | NULL
7 | 2
8 | 2

SELECT sum(CASE WHEN dept = 10 THEN 1 ELSE 0 END), count(CASE WHEN dept = 10 THEN 1 END) FROM emp;
sum int8 | count int8
2 | 2

SELECT coalesce(NULL, 1, 2), coalesce(NULL, NULL), coalesce(NULL::text, 'x'), coalesce(1, 1 / 0), coalesce(1.5, 2);
coalesce int4 | coalesce text | coalesce text | coalesce int4 | coalesce numeric
1 | NULL | x | 1 | 1.5

SELECT coalesce(1, 'x');
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:20

SELECT coalesce();
ERROR 42601: syntax error at or near ")"
POSITION: 1:17

SELECT coalesce(NULL, 'a', 'b'), coalesce(salary, 0), coalesce(boss::text, name) FROM emp ORDER BY id;
coalesce text | coalesce numeric | coalesce text
a | 5000.00 | Ada
a | 3200.50 | 1
a | 3200.50 | 1
a | 0 | 3
a | 1000.00 | 3
a | 4100.25 | 1
a | 0.00 | 6
a | 2500.00 | 6

SELECT nullif(1, 1), nullif(1, 2), nullif('a', 'b'), nullif(1, 1.0), nullif(NULL, 1), nullif(1, NULL);
nullif int4 | nullif int4 | nullif text | nullif numeric | nullif int4 | nullif int4
NULL | 1 | a | NULL | NULL | 1

SELECT nullif(1, 'x');
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:18

-- differs: refused for another reason first
SELECT nullif(1);
ERROR 42601: syntax error at or near ")"
POSITION: 1:16
~~~~
ERROR 42883: function nullif(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT nullif(1.50, 1.5), pg_typeof(nullif(1, 2.5)), pg_typeof(nullif('a', 'b')), nullif(name, 'Ada') FROM emp WHERE id < 3 ORDER BY id;
nullif numeric | pg_typeof regtype | pg_typeof regtype | nullif text
NULL | numeric | text | NULL
NULL | numeric | text | Bob

SELECT 1 IN (1, 2), 3 IN (1, 2), 3 IN (1, NULL), NULL IN (1), 1 NOT IN (2, NULL), 1 NOT IN (1, NULL), 'a' IN ('a', 'b'), 1 IN (1.0, 2), 1.0 IN (1);
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | NULL | NULL | NULL | f | t | t | t

SELECT 1 IN (1, 'x');
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:17

SELECT 1 IN ('1', '2'), '1' IN (1, 2), date '2020-01-01' IN ('2020-01-01');
?column? bool | ?column? bool | ?column? bool
t | t | t

SELECT 1 IN (true);
ERROR 42883: operator does not exist: integer = boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 1 IN ();
ERROR 42601: syntax error at or near ")"
POSITION: 1:14

SELECT 1 IN (SELECT id FROM emp), 99 NOT IN (SELECT boss FROM emp), 1 NOT IN (SELECT boss FROM emp WHERE boss IS NOT NULL), NULL IN (SELECT id FROM none), 1 IN (SELECT id FROM none);
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | NULL | f | f | f

SELECT 1 IN (SELECT 1, 2);
ERROR 42601: subquery has too many columns
POSITION: 1:10

SELECT 1 IN (SELECT name FROM emp);
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT true IS TRUE, NULL IS TRUE, false IS NOT TRUE, NULL IS UNKNOWN, true IS NOT UNKNOWN, NULL IS FALSE, NULL IS NOT FALSE, 1 IS NULL, NULL IS NULL, 1 IS NOT NULL, 1 ISNULL, 1 NOTNULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | t | t | f | t | f | t | t | f | t

SELECT 1 IS TRUE;
ERROR 42804: argument of IS TRUE must be type boolean, not type integer
POSITION: 1:8

SELECT 'yes' IS TRUE, 'x' IS NULL;
?column? bool | ?column? bool
t | f

SELECT 1 = 1 IS TRUE, NOT NULL IS NULL, 1 + 1 IS NULL, -1 IS NOT NULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | f | t

SELECT 1 IS NULL IS NOT NULL, 'a' || NULL IS NULL;
?column? bool | ?column? bool
t | t

SELECT b, b IS TRUE, b IS FALSE, b IS UNKNOWN, b IS NOT TRUE, NOT b, b AND NULL, b OR NULL FROM nums ORDER BY id;
b bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f | f | t | f | t | t | f | NULL
t | t | f | f | f | f | NULL | t
f | f | t | f | t | t | f | NULL
t | t | f | f | f | f | NULL | t
NULL | f | f | t | t | NULL | NULL | NULL
NULL | f | f | t | t | NULL | NULL | NULL
t | t | f | f | f | f | NULL | t
f | f | t | f | t | t | f | NULL

SELECT b = true, b <> true, b > false, b IN (true, NULL), b::int FROM nums ORDER BY id;
?column? bool | ?column? bool | ?column? bool | ?column? bool | b int4
f | t | f | NULL | 0
t | f | t | t | 1
f | t | f | NULL | 0
t | f | t | t | 1
NULL | NULL | NULL | NULL | NULL
NULL | NULL | NULL | NULL | NULL
t | f | t | t | 1
f | t | f | NULL | 0

SELECT 'a' IS NORMALIZED, 'ä' IS NFC NORMALIZED, U&'a\0308' IS NFC NORMALIZED, U&'a\0308' IS NFD NORMALIZED, 'x' IS NOT NFKC NORMALIZED;
is_normalized bool | is_normalized bool | is_normalized bool | is_normalized bool | ?column? bool
t | t | f | t | f

SELECT 1 IS OF (int);
ERROR 42601: syntax error at or near "OF"
POSITION: 1:13

SELECT 1 IS DOCUMENT;
ERROR 42804: argument of IS DOCUMENT must be type xml, not type integer
POSITION: 1:8

-- differs: there are no physical rows, no writes inside a query and no sub-query in LIMIT
SELECT pg_column_size(1) IS NULL, (SELECT 1) = 1, (SELECT NULL) IS NULL;
?column? bool | ?column? bool | ?column? bool
f | t | t
~~~~
ERROR 42883: function pg_column_size(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT (1, 2) BETWEEN (0, 0) AND (1, 5), (1, 2) IS NULL;
?column? bool | ?column? bool
t | f

SELECT ROW(1, ROW(2, 3)), ROW(ARRAY[1,2], 'x'), ROW(NULL), ROW(true, 1.50, '2020-01-01'::date);
row record | row record | row record | row record
(1,"(2,3)") | ("{1,2}",x) | () | (t,1.50,2020-01-01)

SELECT ROW(1, 2)::text, (1, 'a b')::text;
row text | row text
(1,2) | (1,"a b")

SELECT ROW(1, 2)::int;
ERROR 42846: cannot cast type record to integer
POSITION: 1:17

SELECT record '(1,2)';
ERROR 0A000: input of anonymous composite types is not implemented
POSITION: 1:15

SELECT (VALUES (1)), (VALUES (1), (2));
ERROR 21000: more than one row returned by a subquery used as an expression

SELECT d, d.title FROM dept d WHERE d IS NOT NULL ORDER BY d.id;
d user | title text
(10,Research,Bern,100000) | Research
(20,Sales,Oslo,9000000000) | Sales
(40,Empty,Rome,0) | Empty

SELECT d::text FROM dept d ORDER BY d;
d text
(10,Research,Bern,100000)
(20,Sales,Oslo,9000000000)
(30,Ops,,)
(40,Empty,Rome,0)

SELECT name FROM emp ORDER BY ROW(dept, name);
name text
Ada
Bob
Cy
Dee
Flo
Gus
Hal
Eve

SELECT ROW(dept, boss) AS r, count(*) FROM emp GROUP BY r ORDER BY r;
r record | count int8
(10,1) | 1
(10,) | 1
(20,1) | 1
(20,3) | 1
(30,1) | 1
(30,6) | 1
(99,6) | 1
(,3) | 1

SELECT DISTINCT ROW(dept, dept) FROM emp ORDER BY 1;
row record
(10,10)
(20,20)
(30,30)
(99,99)
(,)

SELECT emp.* FROM emp WHERE id = 2;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date
2 | Bob | 10 | 3200.50 | 1 | 2004-12-31

SELECT emp FROM emp WHERE id = 2;
emp user
(2,Bob,10,3200.50,1,2004-12-31)

SELECT dept.title FROM emp;
ERROR 42P01: missing FROM-clause entry for table "dept"
POSITION: 1:8

SELECT emp.name FROM emp e;
ERROR 42P01: invalid reference to FROM-clause entry for table "emp"
HINT: Perhaps you meant to reference the table alias "e".
POSITION: 1:8

SELECT e.name.x FROM emp e;
ERROR 42P01: missing FROM-clause entry for table "name"
POSITION: 1:8

SELECT public.emp.name FROM public.emp WHERE id = 1;
name text
Ada

SELECT public.emp.name FROM emp e;
ERROR 42P01: invalid reference to FROM-clause entry for table "emp"
HINT: Perhaps you meant to reference the table alias "e".
POSITION: 1:8

SELECT other.emp.name FROM emp;
ERROR 42P01: invalid reference to FROM-clause entry for table "emp"
HINT: There is an entry for table "emp", but it cannot be referenced from this part of the query.
POSITION: 1:8

SELECT a.b.c.d.e FROM emp;
ERROR 42601: improper qualified name (too many dotted names): a.b.c.d.e
POSITION: 1:8

SELECT e.oid FROM emp e;
ERROR 42703: column e.oid does not exist
HINT: Perhaps you meant to reference the column "e.id".
POSITION: 1:8

SELECT upper(e) FROM emp e;
ERROR 42883: function upper(emp) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: a known fault
SELECT name(e) FROM emp e WHERE id = 1;
name text
Ada
~~~~
name name
(1,Ada,10,5000.00,,2001-02-03)

SELECT e.upper FROM emp e;
ERROR 42703: column e.upper does not exist
POSITION: 1:8

-- differs: there are no physical rows, no writes inside a query and no sub-query in LIMIT
SELECT ctid IS NULL FROM emp WHERE id = 1;
?column? bool
f
~~~~
ERROR 42703: column "ctid" does not exist
POSITION: 1:8
