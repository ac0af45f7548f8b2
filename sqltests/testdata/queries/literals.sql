-- Literals: numbers, strings in every quoting, typed literals, key words as values.

SELECT 1, -1, 0, 2147483647, 2147483648, -2147483648, 9223372036854775807, 9223372036854775808;
?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int8 | ?column? int4 | ?column? int8 | ?column? numeric
1 | -1 | 0 | 2147483647 | 2147483648 | -2147483648 | 9223372036854775807 | 9223372036854775808

SELECT 1.5, .5, 5., 1e3, 1E-3, 1.5e+2, 0.1e0;
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric
1.5 | 0.5 | 5 | 1000 | 0.001 | 150 | 0.1

SELECT 12345678901234567890123456789012345678901234567890;
?column? numeric
12345678901234567890123456789012345678901234567890

SELECT 1_000;
ERROR 42601: trailing junk after numeric literal at or near "1_000"
POSITION: 1:8

SELECT 0x1F;
ERROR 42601: trailing junk after numeric literal at or near "0x1F"
POSITION: 1:8

SELECT 1.2.3;
ERROR 42601: syntax error at or near ".3"
POSITION: 1:11

SELECT 123abc;
ERROR 42601: trailing junk after numeric literal at or near "123abc"
POSITION: 1:8

SELECT 1e;
ERROR 42601: trailing junk after numeric literal at or near "1e"
POSITION: 1:8

SELECT 'it''s', E'a\tb', E'\x41\102\u0043', E'a\\b', E'\'';
?column? text | ?column? text | ?column? text | ?column? text | ?column? text
it's | "a\tb" | ABC | a\b | '

SELECT E'\q', E'\e\f';
?column? text | ?column? text
q | "e\f"

SELECT E'\u00', 1;
ERROR 22025: invalid Unicode escape
HINT: Unicode escapes must be \uXXXX or \UXXXXXXXX.
POSITION: 1:10

SELECT E'\U0001F600';
?column? text
😀

-- differs: only the position, detail or hint differs
SELECT E'\xff';
ERROR 22021: invalid byte sequence for encoding "UTF8": 0xff
~~~~
ERROR 22021: invalid byte sequence for encoding "UTF8": 0xff
POSITION: 1:8

SELECT 'one'
  'two';
?column? text
onetwo

SELECT 'one' 'two';
ERROR 42601: syntax error at or near "'two'"
POSITION: 1:14

SELECT $$dollar 'quoted'$$, $tag$with $$ inside$tag$;
?column? text | ?column? text
dollar 'quoted' | with $$ inside

SELECT U&'d\0061t\+000061', U&'\\';
?column? text | ?column? text
data | \

SELECT U&'d!0061t' UESCAPE '!';
?column? text
dat

SELECT U&'\00';
ERROR 42601: invalid Unicode escape
HINT: Unicode escapes must be \XXXX or \+XXXXXX.
POSITION: 1:11

-- differs: a known fault
SELECT N'national';
bpchar bpchar
national
~~~~
?column? text
national

-- differs: there are no bit strings
SELECT B'1010', X'1F';
?column? oid1560 | ?column? oid1560
1010 | 00011111
~~~~
ERROR 0A000: bit string literals are not supported
POSITION: 1:8

-- differs: there are no bit strings
SELECT B'12';
ERROR 22P02: "2" is not a valid binary digit
POSITION: 1:8
~~~~
ERROR 0A000: bit string literals are not supported
POSITION: 1:8

-- differs: there are no bit strings
SELECT X'1G';
ERROR 22P02: "G" is not a valid hexadecimal digit
POSITION: 1:8
~~~~
ERROR 0A000: bit string literals are not supported
POSITION: 1:8

SELECT 'abc;
ERROR 42601: unterminated quoted string at or near "'abc"
POSITION: 1:8

SELECT "abc;
ERROR 42601: unterminated quoted identifier at or near ""abc"
POSITION: 1:8

SELECT $$abc;
ERROR 42601: unterminated dollar-quoted string at or near "$$abc"
POSITION: 1:8

SELECT /* abc;
ERROR 42601: unterminated /* comment at or near "/* abc"
POSITION: 1:8

SELECT "";
ERROR 42601: zero-length delimited identifier at or near """"
POSITION: 1:8

SELECT NULL, TRUE, FALSE, true AND NULL;
?column? text | ?column? bool | ?column? bool | ?column? bool
NULL | t | f | NULL

SELECT date '2020-02-30';
ERROR 22008: date/time field value out of range: "2020-02-30"
POSITION: 1:13

SELECT date '2020-02-29', time '12:34:56', timestamp '2020-01-01 10:00', timestamptz '2020-01-01 10:00+02';
date date | time time | timestamp timestamp | timestamptz timestamptz
2020-02-29 | 12:34:56 | 2020-01-01 10:00:00 | 2020-01-01 08:00:00+00

SELECT int4 '42', int8 '43', numeric '1.50', float8 '2.5', bool 'yes', text 'x', "char" 'y', name 'z';
int4 int4 | int8 int8 | numeric numeric | float8 float8 | bool bool | text text | char char | name name
42 | 43 | 1.50 | 2.5 | t | x | y | z

SELECT integer '42', bigint '43', smallint '44', real '1.5', double precision '2.5', decimal '1.5', boolean 'off';
int4 int4 | int8 int8 | int2 int2 | float4 float4 | float8 float8 | numeric numeric | bool bool
42 | 43 | 44 | 1.5 | 2.5 | 1.5 | f

SELECT int4 '4.2';
ERROR 22P02: invalid input syntax for type integer: "4.2"
POSITION: 1:13

SELECT bool 'maybe';
ERROR 22P02: invalid input syntax for type boolean: "maybe"
POSITION: 1:13

SELECT varchar(3) 'abcdef', char(3) 'a', character varying 'b', numeric(4,1) '12.35', bpchar 'q ';
varchar varchar(0,3) | bpchar bpchar(0,3) | varchar varchar | numeric numeric(4,1) | bpchar bpchar
abc | "a  " | b | 12.4 | "q "

SELECT timestamp(0) '2020-01-01 10:00:00.6', time(1) '10:00:00.66', interval(0) '1.7 seconds';
timestamp timestamp(mod 0) | time time(mod 1) | interval interval(32766,-4)
2020-01-01 10:00:01 | 10:00:00.7 | 00:00:02

SELECT timestamp with time zone '2020-06-01 00:00 Europe/Berlin', timestamp without time zone '2020-06-01 00:00+05';
timestamptz timestamptz | timestamp timestamp
2020-05-31 22:00:00+00 | 2020-06-01 00:00:00

SELECT time without time zone '10:00';
time time
10:00:00

SELECT interval '1' year, interval '2' month, interval '3' day, interval '4' hour, interval '5' minute, interval '6.5' second;
interval interval(4,-5) | interval interval(2,-5) | interval interval(8,-5) | interval interval(1024,-5) | interval interval(2048,-5) | interval interval(4096,-5)
1 year | 2 mons | 3 days | 04:00:00 | 00:05:00 | 00:00:06.5

SELECT interval '1-2' year to month, interval '3 4' day to hour, interval '3 4:5' day to minute, interval '3 4:5:6' day to second;
interval interval(6,-5) | interval interval(1032,-5) | interval interval(3080,-5) | interval interval(7176,-5)
1 year 2 mons | 3 days 04:00:00 | 3 days 04:05:00 | 3 days 04:05:06

SELECT interval '4:5' hour to minute, interval '4:5:6' hour to second, interval '5:6' minute to second;
interval interval(3072,-5) | interval interval(7168,-5) | interval interval(6144,-5)
04:05:00 | 04:05:06 | 00:05:06

SELECT interval '1 day 2 hours' hour, interval '1 year 2 months' year, interval '90 minutes' hour;
interval interval(1024,-5) | interval interval(4,-5) | interval interval(1024,-5)
1 day 02:00:00 | 1 year | 01:00:00

SELECT interval(2) '1.23456 seconds', interval '1.23456' second(2);
interval interval(32766,-2) | interval interval(4095,-2)
00:00:01.23 | 00:00:01.23

SELECT interval '1' foo;
foo interval
00:00:01

SELECT uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', json '{"a":1}', jsonb '{"b": 2, "a":1}', bytea '\x01ff';
uuid uuid | json json | jsonb jsonb | bytea bytea
a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | {"a":1} | {"a": 1, "b": 2} | \x01ff

SELECT uuid 'nope';
ERROR 22P02: invalid input syntax for type uuid: "nope"
POSITION: 1:13

SELECT json '{a}';
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "a" is invalid.
POSITION: 1:13

SELECT jsonb '{"a":}';
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected JSON value, but found "}".
POSITION: 1:14

SELECT int4[] '{1,2}', '{1,2}'::int[], text[] '{a,b}';
ERROR 42601: syntax error at or near "]"
POSITION: 1:13

SELECT int[] '{1,b}';
ERROR 42601: syntax error at or near "]"
POSITION: 1:12

SELECT foo 'bar';
ERROR 42704: type "foo" does not exist
POSITION: 1:8

SELECT regclass 'emp', regtype 'int4', oid '12';
regclass regclass | regtype regtype | oid oid
emp | integer | 12

SELECT regclass 'nope';
ERROR 42P01: relation "nope" does not exist
POSITION: 1:17

SELECT regtype 'nope';
ERROR 42704: type "nope" does not exist
POSITION: 1:16

SELECT current_date IS NULL, current_timestamp = now(), localtime IS NULL, localtimestamp IS NULL, current_time IS NULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f | t | f | f | f

SELECT current_timestamp(0) IS NULL, localtimestamp(3) IS NULL, current_time(2) IS NULL, localtime(1) IS NULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool
f | f | f | f

-- differs: there is no time with time zone
SELECT pg_typeof(current_timestamp), pg_typeof(current_date), pg_typeof(localtimestamp), pg_typeof(localtime), pg_typeof(current_time);
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
timestamp with time zone | date | timestamp without time zone | time without time zone | time with time zone
~~~~
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
timestamp with time zone | date | timestamp without time zone | time without time zone | time without time zone

SELECT current_schema, current_catalog IS NULL, current_user = session_user, user IS NULL;
current_schema name | ?column? bool | ?column? bool | ?column? bool
public | f | t | f

SELECT current_schema(), current_schemas(false);
current_schema name | current_schemas name[]
public | {public}

SELECT 1 AS "select", 2 AS select, 3 AS "Mixed", 4 AS Mixed, 5 "x y";
select int4 | select int4 | Mixed int4 | mixed int4 | "x y" int4
1 | 2 | 3 | 4 | 5

SELECT 1 a, 2 b, 3 value, 4 name, 5 type;
a int4 | b int4 | value int4 | name int4 | type int4
1 | 2 | 3 | 4 | 5

SELECT 1 from;
ERROR 42601: syntax error at end of input
POSITION: 1:14

SELECT 1 year;
ERROR 42601: syntax error at or near "year"
POSITION: 1:10

SELECT 1 AS year;
year int4
1

-- differs: refused by Millrace
SELECT 1 between;
between int4
1
~~~~
ERROR 42601: syntax error at end of input
POSITION: 1:17

-- differs: a known fault
SELECT 'x' AS aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg;
NOTICE 42622: identifier "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg" will be truncated to "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg"
aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg text
x
~~~~
aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg text
x

SELECT -- comment
 1;
?column? int4
1

SELECT /* one /* nested */ two */ 2;
?column? int4
2

SELECT 1 /* at the end */;
?column? int4
1

SELECT 1--2;
?column? int4
1

SELECT 2 - -1, 2 - - 1, +3, - + 3, -(-3);
?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4
3 | 3 | 3 | -3 | 3

SELECT -2147483648, -9223372036854775808, - 32768::int2;
ERROR 22003: smallint out of range

SELECT -2147483648::int4;
ERROR 22003: integer out of range

SELECT (-32768)::int2, -1::int8;
int2 int2 | ?column? int8
-32768 | -1

SELECT 1::int, '1'::int, 1.5::int, 2.5::int, -1.5::int, 0.5::int, 1.5::float8::int, 2.5::float8::int;
int4 int4 | int4 int4 | int4 int4 | int4 int4 | ?column? int4 | int4 int4 | int4 int4 | int4 int4
1 | 1 | 2 | 3 | -2 | 1 | 2 | 2

SELECT ;
(no columns)
()

SELECT;
(no columns)
()

SELECT FROM dept;
(no columns)
()
()
()
()

SELECT ALL 1;
?column? int4
1

SELECT ,1;
ERROR 42601: syntax error at or near ","
POSITION: 1:8

SELECT 1,;
ERROR 42601: syntax error at end of input
POSITION: 1:10

SELECT (1;
ERROR 42601: syntax error at end of input
POSITION: 1:10

SELECT 1);
ERROR 42601: syntax error at or near ")"
POSITION: 1:9

SELECT ((1)), (((2)));
?column? int4 | ?column? int4
1 | 2

SELECT *;
ERROR 42601: SELECT * with no tables specified is not valid
POSITION: 1:8

SELECT 'a' || 'b' || 1, 1 || 'a', 'a' || 1.5, 'a' || true, 'a' || NULL;
?column? text | ?column? text | ?column? text | ?column? text | ?column? text
ab1 | 1a | a1.5 | atrue | NULL

SELECT 1 || 2;
ERROR 42883: operator does not exist: integer || integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT NULL || 'x', NULL::int || 'x';
?column? text | ?column? text
NULL | NULL

SELECT 'NaN'::float8, 'inf'::float8, '-Infinity'::float4, 'nan'::numeric, 'Infinity'::numeric;
float8 float8 | float8 float8 | float4 float4 | numeric numeric | numeric numeric
NaN | Infinity | -Infinity | NaN | Infinity

SELECT ' 1 '::int, E'\n2\t'::int8, ' 1.5 '::numeric, ' true '::bool;
int4 int4 | int8 int8 | numeric numeric | bool bool
1 | 2 | 1.5 | t

SELECT ''::int;
ERROR 22P02: invalid input syntax for type integer: ""
POSITION: 1:8

SELECT '1e3'::int;
ERROR 22P02: invalid input syntax for type integer: "1e3"
POSITION: 1:8

SELECT '1e3'::numeric, '1e3'::float8, '.5'::numeric, '5.'::float8, '+7'::int;
numeric numeric | float8 float8 | numeric numeric | float8 float8 | int4 int4
1000 | 1000 | 0.5 | 5 | 7

SELECT '99999999999'::int;
ERROR 22003: value "99999999999" is out of range for type integer
POSITION: 1:8

SELECT 99999999999::int;
ERROR 22003: integer out of range

SELECT 40000::int2;
ERROR 22003: smallint out of range

SELECT 1e400::float8;
ERROR 22003: "10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" is out of range for type double precision

SELECT '1e400'::float8;
ERROR 22003: "1e400" is out of range for type double precision
POSITION: 1:8

SELECT 1e-400::float8;
ERROR 22003: "0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001" is out of range for type double precision

SELECT '1e-400'::float8;
ERROR 22003: "1e-400" is out of range for type double precision
POSITION: 1:8

SELECT 1e39::float4;
ERROR 22003: "1000000000000000000000000000000000000000" is out of range for type real

SELECT 't'::bool, 'f'::bool, 'y'::bool, 'n'::bool, '1'::bool, '0'::bool, 'on'::bool, 'of'::bool, 'tr'::bool;
bool bool | bool bool | bool bool | bool bool | bool bool | bool bool | bool bool | bool bool | bool bool
t | f | t | f | t | f | t | f | t

SELECT 'o'::bool;
ERROR 22P02: invalid input syntax for type boolean: "o"
POSITION: 1:8

SELECT 1::bool, 0::bool, 5::bool, true::int, false::int, true::text;
bool bool | bool bool | bool bool | int4 int4 | int4 int4 | text text
t | f | t | 1 | 0 | true

SELECT 1.0::bool;
ERROR 42846: cannot cast type numeric to boolean
POSITION: 1:11

SELECT true::int8;
ERROR 42846: cannot cast type boolean to bigint
POSITION: 1:12

SELECT 1::int8::bool;
ERROR 42846: cannot cast type bigint to boolean
POSITION: 1:15
