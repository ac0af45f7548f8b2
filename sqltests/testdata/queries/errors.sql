-- Errors: names, types, syntax, with message, hint and position.

SELECT nme FROM emp;
ERROR 42703: column "nme" does not exist
HINT: Perhaps you meant to reference the column "emp.name".
POSITION: 1:8

SELECT e.nme FROM emp e;
ERROR 42703: column e.nme does not exist
HINT: Perhaps you meant to reference the column "e.name".
POSITION: 1:8

SELECT emp.nme FROM emp;
ERROR 42703: column emp.nme does not exist
HINT: Perhaps you meant to reference the column "emp.name".
POSITION: 1:8

SELECT Name FROM emp WHERE NAME = 'Ada';
name text
Ada

SELECT "Name" FROM emp;
ERROR 42703: column "Name" does not exist
HINT: Perhaps you meant to reference the column "emp.name".
POSITION: 1:8

SELECT nme FROM emp, dept;
ERROR 42703: column "nme" does not exist
HINT: Perhaps you meant to reference the column "emp.name".
POSITION: 1:8

SELECT xyzzy FROM emp;
ERROR 42703: column "xyzzy" does not exist
POSITION: 1:8

SELECT id FROM emp, dept;
ERROR 42702: column reference "id" is ambiguous
POSITION: 1:8

SELECT x.id FROM emp;
ERROR 42P01: missing FROM-clause entry for table "x"
POSITION: 1:8

SELECT emp.id FROM emp AS e;
ERROR 42P01: invalid reference to FROM-clause entry for table "emp"
HINT: Perhaps you meant to reference the table alias "e".
POSITION: 1:8

SELECT e.id FROM emp;
ERROR 42P01: missing FROM-clause entry for table "e"
POSITION: 1:8

SELECT public.dept.id FROM emp;
ERROR 42P01: missing FROM-clause entry for table "dept"
POSITION: 1:8

SELECT id FROM empp;
ERROR 42P01: relation "empp" does not exist
POSITION: 1:16

SELECT id FROM public.empp;
ERROR 42P01: relation "public.empp" does not exist
POSITION: 1:16

SELECT id FROM nosuch.emp;
ERROR 42P01: relation "nosuch.emp" does not exist
POSITION: 1:16

SELECT upper();
ERROR 42883: function upper() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT upper(1, 2, 3);
ERROR 42883: function upper(integer, integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT upperr('x');
ERROR 42883: function upperr(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT public.upper('x');
ERROR 42883: function public.upper(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT pg_catalog.upper('x'), pg_catalog.lower('X');
upper text | lower text
X | x

SELECT nosuch.upper('x');
ERROR 3F000: schema "nosuch" does not exist
POSITION: 1:8

SELECT length(1);
ERROR 42883: function length(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT length(true, 1);
ERROR 42883: function length(boolean, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT substring(1);
ERROR 42883: function substring(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT round('x');
ERROR 22P02: invalid input syntax for type double precision: "x"
POSITION: 1:14

SELECT round(true);
ERROR 42883: function round(boolean) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT abs('x'::text);
ERROR 42883: function abs(text) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT now(1);
ERROR 42883: function now(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT date_trunc(1, now());
ERROR 42883: function date_trunc(integer, timestamp with time zone) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT 1 + 'a'::text;
ERROR 42883: operator does not exist: integer + text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 'a' - 'b';
ERROR 42725: operator is not unique: unknown - unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
POSITION: 1:12

SELECT 'a'::text - 'b'::text;
ERROR 42883: operator does not exist: text - text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:18

SELECT - 'a'::text;
ERROR 42883: operator does not exist: - text
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
POSITION: 1:8

SELECT true + 1;
ERROR 42883: operator does not exist: boolean + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:13

SELECT 1 AND 2;
ERROR 42804: argument of AND must be type boolean, not type integer
POSITION: 1:8

SELECT NOT 'x';
ERROR 22P02: invalid input syntax for type boolean: "x"
POSITION: 1:12

SELECT 1 = 'a'::text;
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 1 = true;
ERROR 42883: operator does not exist: integer = boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT now() = 1;
ERROR 42883: operator does not exist: timestamp with time zone = integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:14

SELECT now() + 1;
ERROR 42883: operator does not exist: timestamp with time zone + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:14

SELECT date '2020-01-01' + time '10:00' + 1;
ERROR 42883: operator does not exist: timestamp without time zone + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:41

SELECT '{1,2}'::int[] = 1;
ERROR 42883: operator does not exist: integer[] = integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:23

SELECT '{"a":1}'::json = '{"a":1}'::json;
ERROR 42883: operator does not exist: json = json
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:24

SELECT 1 IN ('a');
ERROR 22P02: invalid input syntax for type integer: "a"
POSITION: 1:14

SELECT 1 IN (1, 'a'::text);
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 1 BETWEEN 'a' AND 2;
ERROR 22P02: invalid input syntax for type integer: "a"
POSITION: 1:18

SELECT 1 LIKE 'a';
ERROR 42883: operator does not exist: integer ~~ unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 'a' LIKE 1;
ERROR 42883: operator does not exist: unknown ~~ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:12

SELECT CASE WHEN 'x' THEN 1 END;
ERROR 22P02: invalid input syntax for type boolean: "x"
POSITION: 1:18

SELECT CASE WHEN 1 = 1 THEN 1 ELSE 'a'::text END;
ERROR 42804: CASE types text and integer cannot be matched
POSITION: 1:29

SELECT CASE 1 WHEN 'a'::text THEN 1 END;
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15

SELECT coalesce(1, 'a'::text);
ERROR 42804: COALESCE types integer and text cannot be matched
POSITION: 1:20

SELECT coalesce(1, true);
ERROR 42804: COALESCE types integer and boolean cannot be matched
POSITION: 1:20

SELECT greatest(1, 'a'::text);
ERROR 42804: GREATEST types integer and text cannot be matched
POSITION: 1:20

SELECT nullif(1, 'a'::text);
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT ARRAY[1, 'a'::text];
ERROR 42804: ARRAY types integer and text cannot be matched
POSITION: 1:17

SELECT ARRAY[1, true];
ERROR 42804: ARRAY types integer and boolean cannot be matched
POSITION: 1:17

SELECT (ARRAY[1])['a'::text];
ERROR 42804: array subscript must have type integer
POSITION: 1:19

SELECT 1[1];
ERROR 42601: syntax error at or near "["
POSITION: 1:9

SELECT (1, 2)[1];
ERROR 42601: syntax error at or near "["
POSITION: 1:14

SELECT 1::nosuch;
ERROR 42704: type "nosuch" does not exist
POSITION: 1:11

SELECT 1::date;
ERROR 42846: cannot cast type integer to date
POSITION: 1:9

SELECT true::date;
ERROR 42846: cannot cast type boolean to date
POSITION: 1:12

SELECT '2020-01-01'::date::bool;
ERROR 42846: cannot cast type date to boolean
POSITION: 1:26

SELECT ARRAY[1]::int;
ERROR 42846: cannot cast type integer[] to integer
POSITION: 1:16

SELECT 'abc'::int;
ERROR 22P02: invalid input syntax for type integer: "abc"
POSITION: 1:8

SELECT '1.5'::int;
ERROR 22P02: invalid input syntax for type integer: "1.5"
POSITION: 1:8

SELECT ' '::int;
ERROR 22P02: invalid input syntax for type integer: " "
POSITION: 1:8

SELECT '12a'::numeric;
ERROR 22P02: invalid input syntax for type numeric: "12a"
POSITION: 1:8

SELECT 'abc'::bool;
ERROR 22P02: invalid input syntax for type boolean: "abc"
POSITION: 1:8

SELECT 'abc'::date;
ERROR 22007: invalid input syntax for type date: "abc"
POSITION: 1:8

SELECT '2020-99-99'::date;
ERROR 22008: date/time field value out of range: "2020-99-99"
HINT: Perhaps you need a different "datestyle" setting.
POSITION: 1:8

SELECT 'abc'::timestamp;
ERROR 22007: invalid input syntax for type timestamp: "abc"
POSITION: 1:8

SELECT 'abc'::interval;
ERROR 22007: invalid input syntax for type interval: "abc"
POSITION: 1:8

SELECT 'abc'::uuid;
ERROR 22P02: invalid input syntax for type uuid: "abc"
POSITION: 1:8

SELECT '{'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: The input string ended unexpectedly.
POSITION: 1:8

SELECT '{1'::int[];
ERROR 22P02: malformed array literal: "{1"
DETAIL: Unexpected end of input.
POSITION: 1:8

SELECT 'abc'::float8;
ERROR 22P02: invalid input syntax for type double precision: "abc"
POSITION: 1:8

SELECT 99999999999::int;
ERROR 22003: integer out of range

SELECT 99999::int2;
ERROR 22003: smallint out of range

SELECT '99999'::int2;
ERROR 22003: value "99999" is out of range for type smallint
POSITION: 1:8

SELECT '9999999999999999999'::int8;
ERROR 22003: value "9999999999999999999" is out of range for type bigint
POSITION: 1:8

SELECT 1e10::int;
ERROR 22003: integer out of range

SELECT 1 / 0;
ERROR 22012: division by zero

SELECT 1 % 0;
ERROR 22012: division by zero

SELECT 1.0 / 0;
ERROR 22012: division by zero

SELECT 1 / (id - 1) FROM emp;
ERROR 22012: division by zero

SELECT sqrt(-1);
ERROR 2201F: cannot take square root of a negative number

SELECT ln(0);
ERROR 2201E: cannot take logarithm of zero

SELECT 2147483647 + 1;
ERROR 22003: integer out of range

SELECT 9223372036854775807 + 1;
ERROR 22003: bigint out of range

SELECT abs(-2147483648);
ERROR 22003: integer out of range

SELECT chr(0);
ERROR 54000: null character not permitted

SELECT repeat('x', 2000000000);
ERROR 54000: requested length too large

SELECT substr('x', 1, -1);
ERROR 22011: negative substring length not allowed

SELECT split_part('a', 'b', 0);
ERROR 22023: field position must not be zero

SELECT to_char(1, '9V.9');
ERROR 42601: cannot use "V" and decimal point together

SELECT extract(foo FROM now());
ERROR 22023: unit "foo" not recognized for type timestamp with time zone

-- differs: only the words of the message differ
SELECT extract(year FROM 1);
ERROR 42883: function pg_catalog.extract(unknown, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8
~~~~
ERROR 42883: function extract(unknown, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT make_date(2020, 13, 1);
ERROR 22008: date field value out of range: 2020-13-01

SELECT now() AT TIME ZONE 'nope';
ERROR 22023: time zone "nope" not recognized

SELECT 'x' ~ '(';
ERROR 2201B: invalid regular expression: parentheses () not balanced

SELECT regexp_replace('x', '[', 'y');
ERROR 2201B: invalid regular expression: brackets [] not balanced

SELECT 'x' SIMILAR TO '(';
ERROR 2201B: invalid regular expression: parentheses () not balanced

SELECT 'a' LIKE 'a\';
?column? bool
f

SELECT count(*) FROM emp WHERE name;
ERROR 42804: argument of WHERE must be type boolean, not type text
POSITION: 1:32

SELECT count(*) FROM emp WHERE 1;
ERROR 42804: argument of WHERE must be type boolean, not type integer
POSITION: 1:32

SELECT * FROM emp HAVING id > 1;
ERROR 42803: column "emp.id" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT id FROM emp GROUP BY name;
ERROR 42803: column "emp.id" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT emp.id, count(*) FROM emp;
ERROR 42803: column "emp.id" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT count(count(*)) FROM emp;
ERROR 42803: aggregate function calls cannot be nested
POSITION: 1:14

SELECT id FROM emp WHERE sum(id) > 1;
ERROR 42803: aggregate functions are not allowed in WHERE
POSITION: 1:26

SELECT id FROM emp ORDER BY sum(id);
ERROR 42803: column "emp.id" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT sum(id) FROM emp ORDER BY id;
ERROR 42803: column "emp.id" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:34

SELECT DISTINCT id FROM emp ORDER BY name;
ERROR 42P10: for SELECT DISTINCT, ORDER BY expressions must appear in select list
POSITION: 1:38

SELECT id FROM emp UNION SELECT name FROM emp;
ERROR 42804: UNION types integer and text cannot be matched
POSITION: 1:33

SELECT id, name FROM emp UNION SELECT id FROM emp;
ERROR 42601: each UNION query must have the same number of columns
POSITION: 1:39

SELECT id FROM emp ORDER BY 5;
ERROR 42P10: ORDER BY position 5 is not in select list
POSITION: 1:29

SELECT id FROM emp GROUP BY 5;
ERROR 42P10: GROUP BY position 5 is not in select list
POSITION: 1:29

SELECT id FROM emp LIMIT 'a';
ERROR 22P02: invalid input syntax for type bigint: "a"
POSITION: 1:26

SELECT id FROM emp LIMIT -5;
ERROR 2201W: LIMIT must not be negative

SELECT id FROM emp OFFSET -5;
ERROR 2201X: OFFSET must not be negative

SELECT (SELECT id FROM emp);
ERROR 21000: more than one row returned by a subquery used as an expression

SELECT (SELECT id, name FROM emp LIMIT 1);
ERROR 42601: subquery must return only one column
POSITION: 1:8

SELECT id FROM emp WHERE id IN (SELECT id, name FROM emp);
ERROR 42601: subquery has too many columns
POSITION: 1:29

SELECT id FROM emp WHERE id = (SELECT name FROM emp LIMIT 1);
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:29

SELECT * FROM emp e WHERE e.id = d.id;
ERROR 42P01: missing FROM-clause entry for table "d"
POSITION: 1:34

SELECT * FROM emp JOIN dept USING (dept);
ERROR 42703: column "dept" specified in USING clause does not exist in right table

SELECT * FROM (SELECT id FROM emp) WHERE id = 1;
ERROR 42601: subquery in FROM must have an alias
HINT: For example, FROM (SELECT ...) [AS] foo.
POSITION: 1:15

SELECT * FROM emp e, dept e;
ERROR 42712: table name "e" specified more than once

SELECT FROM;
ERROR 42601: syntax error at end of input
POSITION: 1:12

SELECT id emp;
ERROR 42703: column "id" does not exist
POSITION: 1:8

SELECT id name FROM emp WHERE id = 1;
name int4
1

SELCT 1;
ERROR 42601: syntax error at or near "SELCT"
POSITION: 1:1

SELECT 1 FORM emp;
ERROR 42601: syntax error at or near "emp"
POSITION: 1:15

SELECT 1,, 2;
ERROR 42601: syntax error at or near ","
POSITION: 1:10

SELECT (1, 2;
ERROR 42601: syntax error at end of input
POSITION: 1:13

SELECT 1 2;
ERROR 42601: syntax error at or near "2"
POSITION: 1:10

SELECT 'a' 'b';
ERROR 42601: syntax error at or near "'b'"
POSITION: 1:12

SELECT 1 WHERE;
ERROR 42601: syntax error at end of input
POSITION: 1:15

SELECT * FROM emp WHERE id = ;
ERROR 42601: syntax error at end of input
POSITION: 1:30

SELECT * FROM emp WHERE id == 1;
ERROR 42883: operator does not exist: integer == integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:28

-- differs: the words belong to ksqlDB's language here
SELECT * FROM emp WHERE id => 1;
ERROR 42601: syntax error at or near "=>"
POSITION: 1:28
~~~~
ERROR 42601: a lambda function is not allowed here
HINT: It is an argument of TRANSFORM, FILTER and REDUCE.
POSITION: 1:25

SELECT * FROM emp ORDER id;
ERROR 42601: syntax error at or near "id"
POSITION: 1:25

SELECT * FROM emp GROUP id;
ERROR 42601: syntax error at or near "id"
POSITION: 1:25

SELECT * FROM emp LIMIT;
ERROR 42601: syntax error at end of input
POSITION: 1:24

SELECT * FROM emp WHERE id IN ();
ERROR 42601: syntax error at or near ")"
POSITION: 1:32

SELECT * FROM emp WHERE id IN (1,);
ERROR 42601: syntax error at or near ")"
POSITION: 1:34

SELECT * FROM emp WHERE id BETWEEN 1;
ERROR 42601: syntax error at end of input
POSITION: 1:37

SELECT * FROM emp WHERE id BETWEEN 1 AND;
ERROR 42601: syntax error at end of input
POSITION: 1:41

SELECT * FROM emp WHERE id IS;
ERROR 42601: syntax error at end of input
POSITION: 1:30

SELECT * FROM emp WHERE id IS 5;
ERROR 42601: syntax error at or near "5"
POSITION: 1:31

SELECT * FROM emp WHERE id NOT 5;
ERROR 42601: syntax error at or near "NOT"
POSITION: 1:28

SELECT * FROM emp WHERE NOT;
ERROR 42601: syntax error at end of input
POSITION: 1:28

SELECT * FROM emp WHERE id LIKE;
ERROR 42601: syntax error at end of input
POSITION: 1:32

SELECT CASE WHEN 1 THEN;
ERROR 42601: syntax error at end of input
POSITION: 1:24

SELECT CASE 1;
ERROR 42601: syntax error at end of input
POSITION: 1:14

SELECT CASE WHEN true THEN 1 ELSE;
ERROR 42601: syntax error at end of input
POSITION: 1:34

SELECT CAST(1 AS int;
ERROR 42601: syntax error at end of input
POSITION: 1:21

SELECT CAST(1);
ERROR 42601: syntax error at or near ")"
POSITION: 1:14

SELECT EXTRACT(year now());
ERROR 42601: syntax error at or near "now"
POSITION: 1:21

SELECT count(* FROM emp;
ERROR 42601: syntax error at or near "FROM"
POSITION: 1:16

SELECT count(DISTINCT) FROM emp;
ERROR 42601: syntax error at or near ")"
POSITION: 1:22

SELECT sum(DISTINCT *) FROM emp;
ERROR 42601: syntax error at or near "*"
POSITION: 1:21

SELECT @ FROM emp;
ERROR 42601: syntax error at or near "FROM"
POSITION: 1:10

SELECT 5 % % 2;
ERROR 42601: syntax error at or near "%"
POSITION: 1:12

SELECT a.;
ERROR 42601: syntax error at end of input
POSITION: 1:10

SELECT .a;
ERROR 42601: syntax error at or near "."
POSITION: 1:8

SELECT a..b;
ERROR 42601: syntax error at or near ".."
POSITION: 1:9

SELECT $;
ERROR 42601: syntax error at or near "$"
POSITION: 1:8

SELECT $1a;
ERROR 42601: trailing junk after parameter at or near "$1a"
POSITION: 1:8

SELECT #1;
ERROR 42883: operator does not exist: # integer
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
POSITION: 1:8

SELECT 1 #;
ERROR 42601: syntax error at end of input
POSITION: 1:11

SELECT ~;
ERROR 42601: syntax error at end of input
POSITION: 1:9

-- differs: the words belong to ksqlDB's language here
SELECT `a`;
ERROR 42601: syntax error at end of input
POSITION: 1:11
~~~~
ERROR 42703: column "a" does not exist
POSITION: 1:8

SELECT 1; SELECT 2 FROM;
ERROR 42601: syntax error at end of input
POSITION: 1:24

SELECT "unclosed;
ERROR 42601: unterminated quoted identifier at or near ""unclosed"
POSITION: 1:8

SELECT 'unclosed;
ERROR 42601: unterminated quoted string at or near "'unclosed"
POSITION: 1:8

SELECT /* unclosed;
ERROR 42601: unterminated /* comment at or near "/* unclosed"
POSITION: 1:8

SELECT E'\u12';
ERROR 22025: invalid Unicode escape
HINT: Unicode escapes must be \uXXXX or \UXXXXXXXX.
POSITION: 1:10

SELECT 1 UNION;
ERROR 42601: syntax error at end of input
POSITION: 1:15

SELECT 1 UNION ALL ALL SELECT 2;
ERROR 42601: syntax error at or near "ALL"
POSITION: 1:20

SELECT 1 INTERSECT;
ERROR 42601: syntax error at end of input
POSITION: 1:19

(SELECT 1;
ERROR 42601: syntax error at end of input
POSITION: 1:10

SELECT 1);
ERROR 42601: syntax error at or near ")"
POSITION: 1:9

VALUES (1), ;
ERROR 42601: syntax error at end of input
POSITION: 1:13

VALUES 1;
ERROR 42601: syntax error at or near "1"
POSITION: 1:8

WITH a AS SELECT 1 SELECT 2;
ERROR 42601: syntax error at or near "SELECT"
POSITION: 1:11

WITH a (SELECT 1) SELECT 2;
ERROR 42601: syntax error at or near "SELECT"
POSITION: 1:9

WITH SELECT 1;
ERROR 42601: syntax error at or near "SELECT"
POSITION: 1:6

INSERT INTO emp;
ERROR 42601: syntax error at end of input
POSITION: 1:16

INSERT emp VALUES (1);
ERROR 42601: syntax error at or near "emp"
POSITION: 1:8

INSERT INTO emp VALUES;
ERROR 42601: syntax error at end of input
POSITION: 1:23

INSERT INTO emp VALUES 1;
ERROR 42601: syntax error at or near "1"
POSITION: 1:24

INSERT INTO emp (id VALUES (1);
ERROR 42601: syntax error at or near "VALUES"
POSITION: 1:21

UPDATE emp;
ERROR 42601: syntax error at end of input
POSITION: 1:11

UPDATE emp SET;
ERROR 42601: syntax error at end of input
POSITION: 1:15

UPDATE emp SET id;
ERROR 42601: syntax error at end of input
POSITION: 1:18

UPDATE emp SET id = ;
ERROR 42601: syntax error at end of input
POSITION: 1:21

UPDATE SET id = 1;
ERROR 42601: syntax error at or near "="
POSITION: 1:15

DELETE emp;
ERROR 42601: syntax error at or near "emp"
POSITION: 1:8

DELETE FROM;
ERROR 42601: syntax error at end of input
POSITION: 1:12

DELETE FROM emp WHERE;
ERROR 42601: syntax error at end of input
POSITION: 1:22

TABLE;
ERROR 42601: syntax error at end of input
POSITION: 1:6

EXECUTE;
ERROR 42601: syntax error at end of input
POSITION: 1:8

PREPARE x;
ERROR 42601: syntax error at end of input
POSITION: 1:10

PREPARE x AS;
ERROR 42601: syntax error at end of input
POSITION: 1:13

FOO BAR;
ERROR 42601: syntax error at or near "FOO"
POSITION: 1:1

SELECT * FROM emp FETCH FIRST;
ERROR 42601: syntax error at end of input
POSITION: 1:30

SELECT * FROM emp FETCH FIRST 1;
ERROR 42601: syntax error at end of input
POSITION: 1:32

SELECT * FROM emp FOR;
ERROR 42601: syntax error at end of input
POSITION: 1:22

SELECT * FROM emp FOR UPDATE OF;
ERROR 42601: syntax error at end of input
POSITION: 1:32

-- differs: only the words of the message differ
SELECT DISTINCT ON id FROM emp;
ERROR 42601: syntax error at or near "id"
POSITION: 1:20
~~~~
ERROR 42601: syntax error at or near "ON"
POSITION: 1:17

SELECT ALL DISTINCT id FROM emp;
ERROR 42601: syntax error at or near "DISTINCT"
POSITION: 1:12

SELECT id FROM emp AS;
ERROR 42601: syntax error at end of input
POSITION: 1:22

SELECT id AS FROM emp;
ERROR 42601: syntax error at or near "emp"
POSITION: 1:19

-- differs: only the words of the message differ
SELECT sum(id) OVER (PARTITION dept) FROM emp;
ERROR 42601: syntax error at or near "dept"
POSITION: 1:32
~~~~
ERROR 42601: syntax error at or near "PARTITION"
POSITION: 1:22

SELECT interval '1 day' dayy;
dayy interval
1 day

SELECT interval 1 day;
ERROR 42601: syntax error at or near "1"
POSITION: 1:17

SELECT timestamp;
ERROR 42703: column "timestamp" does not exist
POSITION: 1:8

-- differs: only the words of the message differ
SELECT timestamp with time zone;
ERROR 42601: syntax error at end of input
POSITION: 1:32
~~~~
ERROR 42601: syntax error at or near "with"
POSITION: 1:18

SELECT date;
ERROR 42703: column "date" does not exist
POSITION: 1:8

SELECT int 5;
ERROR 42601: syntax error at or near "5"
POSITION: 1:12

SELECT x'12' y'12';
ERROR 42601: syntax error at or near "'12'"
POSITION: 1:15

SELECT array[1,2;
ERROR 42601: syntax error at end of input
POSITION: 1:17

SELECT row(1,2;
ERROR 42601: syntax error at end of input
POSITION: 1:15

SELECT 1 = ANY;
ERROR 42601: syntax error at end of input
POSITION: 1:15

SELECT 1 = ANY (1, 2);
ERROR 42601: syntax error at or near ","
POSITION: 1:18

SELECT 1 = ANY ();
ERROR 42601: syntax error at or near ")"
POSITION: 1:17

SELECT exists;
ERROR 42703: column "exists" does not exist
POSITION: 1:8

SELECT exists(1);
ERROR 42601: syntax error at or near "1"
POSITION: 1:15

SELECT not exists (SELECT 1;
ERROR 42601: syntax error at end of input
POSITION: 1:28

SELECT ((((1)));
ERROR 42601: syntax error at end of input
POSITION: 1:16

SELECT user.x;
ERROR 42601: syntax error at or near "."
POSITION: 1:12

SELECT current_user.x;
ERROR 42601: syntax error at or near "."
POSITION: 1:20

SELECT all 1 from;
ERROR 42601: syntax error at end of input
POSITION: 1:18

SELECT end;
ERROR 42601: syntax error at or near "end"
POSITION: 1:8

SELECT null.x;
ERROR 42601: syntax error at or near "."
POSITION: 1:12

SELECT select;
ERROR 42601: syntax error at or near "select"
POSITION: 1:8

SELECT 1 AS select, 2 AS from, 3 where;
ERROR 42601: syntax error at end of input
POSITION: 1:39

SELECT * FROM select;
ERROR 42601: syntax error at or near "select"
POSITION: 1:15

SELECT * FROM user;
user name
millrace

SELECT * FROM "user";
ERROR 42P01: relation "user" does not exist
POSITION: 1:15

SELECT * FROM order;
ERROR 42601: syntax error at or near "order"
POSITION: 1:15

-- differs: only the words of the message differ
SELECT * FROM current_date.x;
ERROR 42601: syntax error at or near "."
POSITION: 1:27
~~~~
ERROR 42601: syntax error at or near "current_date"
POSITION: 1:15

CREATE TABLE dept (a int);
ERROR 42P07: relation "dept" already exists

DROP TABLE nosuch;
ERROR 42P01: table "nosuch" does not exist
