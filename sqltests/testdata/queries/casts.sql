-- Casts: explicit in both forms, chains, modifiers, all pairs of common types, errors.

SELECT CAST(1 AS text), CAST('1' AS int), CAST(1.5 AS int), CAST(NULL AS int), 1::text::int::numeric(5,2);
text text | int4 int4 | int4 int4 | int4 int4 | numeric numeric(5,2)
1 | 1 | 2 | NULL | 1.00

SELECT CAST('12.345' AS numeric(4,1)), CAST(12.345 AS numeric(10)), CAST(12.345 AS numeric), CAST(12.345 AS decimal(6,2));
numeric numeric(4,1) | numeric numeric(10,0) | numeric numeric | numeric numeric(6,2)
12.3 | 12 | 12.345 | 12.35

SELECT 1234.5::numeric(4,1);
ERROR 22003: numeric field overflow
DETAIL: A field with precision 4, scale 1 must round to an absolute value less than 10^3.

SELECT 99999::numeric(5,2);
ERROR 22003: numeric field overflow
DETAIL: A field with precision 5, scale 2 must round to an absolute value less than 10^3.

SELECT 1::numeric(0);
ERROR 22023: NUMERIC precision 0 must be between 1 and 1000
POSITION: 1:11

SELECT 1::numeric(1001);
ERROR 22023: NUMERIC precision 1001 must be between 1 and 1000
POSITION: 1:11

SELECT 1::numeric(3,5), 0.00123::numeric(3,5), 1234567::numeric(3,-4);
ERROR 22003: numeric field overflow
DETAIL: A field with precision 3, scale 5 must round to an absolute value less than 10^-2.

SELECT 1::numeric(3,-1001);
ERROR 22023: NUMERIC scale -1001 must be between -1000 and 1000
POSITION: 1:11

-- differs: refused for another reason first
SELECT 1::numeric(a);
ERROR 22P02: invalid input syntax for type integer: "a"
POSITION: 1:11
~~~~
ERROR 22023: type modifiers must be simple constants or identifiers
POSITION: 1:19

SELECT 1::numeric(1,2,3);
ERROR 22023: invalid NUMERIC type modifier
POSITION: 1:11

SELECT 'abcdef'::varchar(3), 'abcdef'::char(3), 'ab'::char(4) || '|', 'ab'::char(4)::text || '|', length('ab'::char(4)), octet_length('ab'::char(4));
varchar varchar(0,3) | bpchar bpchar(0,3) | ?column? text | ?column? text | length int4 | octet_length int4
abc | abc | "ab|" | "ab|" | 2 | 4

SELECT 'x'::varchar(0);
ERROR 22023: length for type varchar must be at least 1
POSITION: 1:13

-- differs: refused for another reason first
SELECT 'x'::varchar(-1);
ERROR 42601: syntax error at or near "-"
POSITION: 1:21
~~~~
ERROR 22023: length for type varchar must be at least 1
POSITION: 1:13

SELECT 'x'::text(3);
ERROR 42601: type modifier is not allowed for type "text"
POSITION: 1:13

-- differs: only the words of the message differ
SELECT 'x'::int(3);
ERROR 42601: syntax error at or near "("
POSITION: 1:16
~~~~
ERROR 42601: type modifier is not allowed for type "int4"
POSITION: 1:13

SELECT 'a'::char, 'abc'::char, 'abc'::"char", 'abc'::character, 'abc'::bpchar;
bpchar bpchar(0,1) | bpchar bpchar(0,1) | char char | bpchar bpchar(0,1) | bpchar bpchar
a | a | a | a | abc

SELECT 'abc '::bpchar = 'abc'::bpchar, 'abc '::text = 'abc', 'abc '::char(5) = 'abc', 'abc '::char(5) LIKE 'abc';
?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | f

SELECT 65::"char", 'A'::"char"::int, ''::"char", '\101'::"char";
char char | int4 int4 | char char | char char
A | 65 | "" | A

SELECT 300::"char";
ERROR 22003: "char" out of range

SELECT 1::int2, 1::int4, 1::int8, 1::smallint, 1::integer, 1::bigint, 1::float4, 1::float8, 1::real, 1::float, 1::float(10), 1::float(30), 1::double precision, 1::dec;
int2 int2 | int4 int4 | int8 int8 | int2 int2 | int4 int4 | int8 int8 | float4 float4 | float8 float8 | float4 float4 | float8 float8 | float4 float4 | float8 float8 | float8 float8 | numeric numeric
1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1

SELECT 1::float(0);
ERROR 22023: precision for type float must be at least 1 bit
POSITION: 1:17

SELECT 1::float(54);
ERROR 22023: precision for type float must be less than 54 bits
POSITION: 1:17

SELECT 1.1::float4, 1.1::float8, 1.1::float4::float8, 1.1::float4::numeric, 1.1::float8::numeric, 1e20::float8::numeric, 1e-7::float8::numeric;
float4 float4 | float8 float8 | float8 float8 | numeric numeric | numeric numeric | numeric numeric | numeric numeric
1.1 | 1.1 | 1.100000023841858 | 1.1 | 1.1 | 100000000000000000000 | 0.0000001

SELECT 123456789.123::float4::text, 0.1::float4 + 0.2::float4, 0.1::float8 + 0.2::float8, 0.1 + 0.2;
text text | ?column? float4 | ?column? float8 | ?column? numeric
1.2345679e+08 | 0.3 | 0.30000000000000004 | 0.3

SELECT 'NaN'::float8::numeric, 'NaN'::float8::float4, 'Infinity'::float8::numeric, 'Infinity'::float8::float4;
numeric numeric | float4 float4 | numeric numeric | float4 float4
NaN | NaN | Infinity | Infinity

SELECT 'NaN'::float8::int;
ERROR 22003: integer out of range

SELECT 'Infinity'::float8::int8;
ERROR 22003: bigint out of range

SELECT 'NaN'::numeric::int;
ERROR 0A000: cannot convert NaN to integer

SELECT 'Infinity'::numeric::int;
ERROR 0A000: cannot convert infinity to integer

SELECT 3e9::float8::int;
ERROR 22003: integer out of range

SELECT 3000000000::int8::int4;
ERROR 22003: integer out of range

SELECT 40000::int4::int2;
ERROR 22003: smallint out of range

SELECT 1e19::numeric::int8;
ERROR 22003: bigint out of range

SELECT 1e300::float8::float4;
ERROR 22003: value out of range: overflow

SELECT '2020-01-01'::date::timestamp, '2020-01-01'::date::timestamptz, '2020-01-01 23:59'::timestamp::date, '2020-01-01 23:59'::timestamp::time;
timestamp timestamp | timestamptz timestamptz | date date | time time
2020-01-01 00:00:00 | 2020-01-01 00:00:00+00 | 2020-01-01 | 23:59:00

SELECT '2020-01-01 10:00+02'::timestamptz::date, '2020-01-01 10:00+02'::timestamptz::time, '2020-01-01 10:00+02'::timestamptz::timestamp, '10:00'::time::interval, '25:00'::interval::time;
date date | time time | timestamp timestamp | interval interval | time time
2020-01-01 | 08:00:00 | 2020-01-01 08:00:00 | 10:00:00 | 01:00:00

SELECT '2020-01-01'::date::int;
ERROR 42846: cannot cast type date to integer
POSITION: 1:26

SELECT 1::date;
ERROR 42846: cannot cast type integer to date
POSITION: 1:9

SELECT '10:00'::time::timestamp;
ERROR 42846: cannot cast type time without time zone to timestamp without time zone
POSITION: 1:21

SELECT '1 day'::interval::date;
ERROR 42846: cannot cast type interval to date
POSITION: 1:25

SELECT 1::text, 1.50::text, true::text, '2020-01-01'::date::text, '1 day'::interval::text, '{1,2}'::int[]::text, '{"a":1}'::jsonb::text, '\x41'::bytea::text;
text text | text text | text text | text text | text text | text text | text text | text text
1 | 1.50 | true | 2020-01-01 | 1 day | {1,2} | {"a": 1} | \x41

SELECT 1::varchar, 1::varchar(1), 12::varchar(1), 12.5::char(3), true::varchar(2), '2020-01-01'::date::varchar(4);
varchar varchar | varchar varchar(0,1) | varchar varchar(0,1) | bpchar bpchar(0,3) | varchar varchar(0,2) | varchar varchar(0,4)
1 | 1 | 1 | 12. | tr | 2020

SELECT 'x'::name, 'x'::name::text, repeat('x', 70)::name, repeat('y', 70)::name::text = repeat('y', 63);
name name | text text | repeat name | ?column? bool
x | x | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | t

SELECT 1::oid, '1'::oid, -1::oid, 4294967295::oid, 1::oid::int, 1::oid::int8;
ERROR 42883: operator does not exist: - oid
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
POSITION: 1:26

SELECT (-1)::oid;
oid oid
4294967295

SELECT 4294967296::oid;
ERROR 22003: OID out of range

-- differs: the type does not exist in Millrace
SELECT 'int4'::regtype, 'int4'::regtype::oid, 23::regtype, 'integer[]'::regtype, 'timestamp with time zone'::regtype, 'varchar(10)'::regtype;
regtype regtype | oid oid | regtype regtype | regtype regtype | regtype regtype | regtype regtype
integer | 23 | integer | integer[] | timestamp with time zone | character varying
~~~~
ERROR 42704: type "varchar(10)" does not exist
POSITION: 1:119

SELECT 'emp'::regclass, 'emp'::regclass::text, 'public.emp'::regclass, 'pg_class'::regclass, 'pg_catalog.pg_class'::regclass::oid;
regclass regclass | text text | regclass regclass | regclass regclass | oid oid
emp | emp | emp | pg_class | 1259

SELECT 'now'::regproc, 'upper(text)'::regprocedure;
regproc regproc | regprocedure regprocedure
now | upper(text)

-- differs: only the position, detail or hint differs
SELECT 'nope'::regproc;
ERROR 42883: function "nope" does not exist
POSITION: 1:8
~~~~
ERROR 42883: function "nope" does not exist

SELECT 'public'::regnamespace, 'pg_catalog'::regnamespace::oid;
regnamespace regnamespace | oid oid
public | 11

SELECT '{1,2,3}'::int[]::text[], ARRAY[1,2]::numeric[], ARRAY['1','2']::int[], ARRAY[1.5,2.5]::int[], '{}'::int[]::text[];
text text[] | array numeric[] | array int4[] | array int4[] | text text[]
{1,2,3} | {1,2} | {1,2} | {2,3} | {}

SELECT ARRAY[1,2]::int;
ERROR 42846: cannot cast type integer[] to integer
POSITION: 1:18

SELECT 1::int[];
ERROR 42846: cannot cast type integer to integer[]
POSITION: 1:9

SELECT ARRAY['a']::int[];
ERROR 22P02: invalid input syntax for type integer: "a"
POSITION: 1:14

-- differs: refused by Millrace
SELECT ARRAY[1.25,2.35]::numeric(3,1)[], ARRAY['abc','d']::varchar(2)[], '{abc,d}'::char(2)[];
array numeric[](3,1) | array varchar[](0,2) | bpchar bpchar[](0,2)
{1.3,2.4} | {ab,d} | {ab,"d "}
~~~~
ERROR 22001: value too long for type character(2)
POSITION: 1:74

SELECT '1'::json, '1'::jsonb, '{"a":1}'::json::jsonb, '{"b":1,"a":2,"a":3}'::json::jsonb::json, '"x"'::jsonb::text;
json json | jsonb jsonb | jsonb jsonb | json json | text text
1 | 1 | {"a": 1} | {"a": 3, "b": 1} | "\"x\""

SELECT '1'::jsonb::int, '1.5'::jsonb::numeric, 'true'::jsonb::bool, '1.5'::jsonb::float8, '2'::jsonb::int8, '2'::jsonb::int2, '1.5'::jsonb::int4;
int4 int4 | numeric numeric | bool bool | float8 float8 | int8 int8 | int2 int2 | int4 int4
1 | 1.5 | t | 1.5 | 2 | 2 | 2

SELECT '"1"'::jsonb::int;
ERROR 22023: cannot cast jsonb string to type integer

SELECT 'true'::jsonb::int;
ERROR 22023: cannot cast jsonb boolean to type integer

SELECT 'null'::jsonb::int;
ERROR 22023: cannot cast jsonb null to type integer

SELECT '[1]'::jsonb::numeric;
ERROR 22023: cannot cast jsonb array to type numeric

SELECT 1::jsonb;
ERROR 42846: cannot cast type integer to jsonb
POSITION: 1:9

SELECT 1::json;
ERROR 42846: cannot cast type integer to json
POSITION: 1:9

SELECT 'x'::bytea, '\x6869'::bytea, 'a\\b'::bytea, '\001\377'::bytea, E'\\x'::bytea;
bytea bytea | bytea bytea | bytea bytea | bytea bytea | bytea bytea
\x78 | \x6869 | \x615c62 | \x01ff | \x

SELECT '\x1'::bytea;
ERROR 22023: invalid hexadecimal data: odd number of digits
POSITION: 1:8

SELECT '\xzz'::bytea;
ERROR 22023: invalid hexadecimal digit: "z"
POSITION: 1:8

SELECT 'a\b'::bytea;
ERROR 22P02: invalid input syntax for type bytea
POSITION: 1:8

SELECT 'x'::text::bytea;
bytea bytea
\x78

SELECT 1::bytea;
ERROR 42846: cannot cast type integer to bytea
POSITION: 1:9

SELECT 'a0eebc999c0b4ef8bb6d6bb9bd380a11'::uuid, '{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'::uuid, 'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11'::uuid, 'a0eebc999c0b4ef8bb6d6bb9bd380a11'::uuid::text;
uuid uuid | uuid uuid | uuid uuid | text text
a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11

SELECT 'a0eebc999c0b4ef8bb6d6bb9bd380a1'::uuid;
ERROR 22P02: invalid input syntax for type uuid: "a0eebc999c0b4ef8bb6d6bb9bd380a1"
POSITION: 1:8

-- differs: only the words of the message differ
SELECT int4(1.6), int8('5'), float8(1), text(5), varchar(5), numeric(1.5), date('2020-01-01'), "interval"('1 day'), bool(1);
ERROR 42601: syntax error at or near ","
POSITION: 1:60
~~~~
ERROR 42601: syntax error at or near "("
POSITION: 1:57

SELECT int4('x');
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:13

SELECT int2(1.5), int2(70000.5);
ERROR 22003: smallint out of range

-- differs: the function does not exist in Millrace
SELECT text(1.5), name('x'), bpchar('q'), "time"('10:00'::time, 0), "timestamp"('2020-01-01'::date);
text text | name name | bpchar bpchar | time time | timestamp timestamp
1.5 | x | q | 10:00:00 | 2020-01-01 00:00:00
~~~~
ERROR 42883: function time(time without time zone, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:43

SELECT 1::foo;
ERROR 42704: type "foo" does not exist
POSITION: 1:11

SELECT 1::foo.bar;
ERROR 3F000: schema "foo" does not exist
POSITION: 1:11

-- differs: accepted by Millrace
SELECT 1::pg_catalog.int4, 1::pg_catalog.text, '1'::"int4", '1'::"integer";
ERROR 42704: type "integer" does not exist
POSITION: 1:66
~~~~
int4 int4 | text text | int4 int4 | integer int4
1 | 1 | 1 | 1

SELECT '1'::INTEGER, '1'::Int8, 'x'::TEXT;
int4 int4 | int8 int8 | text text
1 | 1 | x

SELECT 1::int4[3], '{1,2}'::int ARRAY, '{1,2}'::int ARRAY[2], '{{1},{2}}'::int[][];
ERROR 42846: cannot cast type integer to integer[]
POSITION: 1:9

SELECT pg_typeof(1), pg_typeof(1.5), pg_typeof('a'), pg_typeof(NULL), pg_typeof('a'::varchar), pg_typeof(ARRAY[1]), pg_typeof(now()), pg_typeof(1::int2 + 1::int2);
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
integer | numeric | unknown | unknown | character varying | integer[] | timestamp with time zone | smallint

SELECT pg_typeof(1::int2 + 1), pg_typeof(1 + 1::int8), pg_typeof(1 + 1.5), pg_typeof(1.5 + 1::float8), pg_typeof(1::float4 + 1), pg_typeof(1::float4 + 1.5), pg_typeof(1::float4 + 1::float8), pg_typeof(1::float4 * 1::int8);
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
integer | bigint | numeric | double precision | double precision | double precision | double precision | double precision

SELECT i2 + i4, i4 + i8, i8 + n, n + f4, f4 + f8, i2 + f4 FROM nums WHERE id = 2;
?column? int4 | ?column? int8 | ?column? numeric | ?column? float8 | ?column? float8 | ?column? float8
2 | 2 | 2 | 2 | 2 | 2

SELECT i4::int2 FROM nums WHERE id = 4;
ERROR 22003: smallint out of range

SELECT f8::int4 FROM nums WHERE id = 4;
ERROR 22003: integer out of range

SELECT f4::numeric, f8::float4 FROM nums WHERE id IN (2, 3);
f4 numeric | f8 float4
-1.5 | -1.5
1 | 1

SELECT n::int4 FROM nums WHERE id IN (1, 2, 3, 5, 6) ORDER BY id;
n int4
0
1
-2
0
NULL

SELECT n::int4 FROM nums ORDER BY id;
ERROR 22003: integer out of range

SELECT id, i4::text, f8::text, n::text, b::text FROM nums ORDER BY id;
id int4 | i4 text | f8 text | n text | b text
1 | 0 | 0 | 0 | false
2 | 1 | 1 | 1 | true
3 | -1 | -1.5 | -1.5 | false
4 | 2147483647 | 1.7e+308 | 12345678901234567890.123456789 | true
5 | -2147483648 | -1.7e+308 | -0.000000001 | NULL
6 | NULL | NULL | NULL | NULL
7 | 42 | Infinity | NaN | true
8 | 42 | -Infinity | 2.50 | false

SELECT i8::float8, i8::float4, i4::float4 FROM nums ORDER BY id;
i8 float8 | i8 float4 | i4 float4
0 | 0 | 0
1 | 1 | 1
-1 | -1 | -1
9.223372036854776e+18 | 9.223372e+18 | 2.1474836e+09
-9.223372036854776e+18 | -9.223372e+18 | -2.1474836e+09
NULL | NULL | NULL
1000 | 1000 | 42
1000 | 1000 | 42

SELECT '  12'::numeric(3,1), '12e-1'::numeric, '1e5'::numeric(3,-3);
numeric numeric(3,1) | numeric numeric | numeric numeric(3,-3)
12.0 | 1.2 | 100000

SELECT ('2020-01-01'::text)::date, ('1'::text)::int + 1, ('1 day'::varchar)::interval;
date date | ?column? int4 | interval interval
2020-01-01 | 2 | 1 day

SELECT 'abc'::text::int;
ERROR 22P02: invalid input syntax for type integer: "abc"

SELECT name::int FROM emp;
ERROR 22P02: invalid input syntax for type integer: "Ada"

SELECT CAST(t AS varchar(4)), t::char(3), v::text, c::varchar, c || '|' FROM words ORDER BY id;
t varchar(0,4) | t bpchar(0,3) | v text | c varchar | ?column? text
appl | app | red | ab | "ab|"
Bana | Ban | yellow | cd | "cd|"
"" | "   " | "" | "" | "|"
NULL | NULL | NULL | NULL | NULL
cher | che | dark | x | "x|"
Stra | Str | ß | ä | "ä|"
a_b% | a_b | 100% | a_b | "a_b|"
"tab\t" | tab | q'q | \ | "\\|"

SELECT CAST(1 AS);
ERROR 42601: syntax error at or near ")"
POSITION: 1:17

SELECT CAST(1 int);
ERROR 42601: syntax error at or near "int"
POSITION: 1:15

SELECT CAST(1 AS int;
ERROR 42601: syntax error at end of input
POSITION: 1:21

SELECT 1::;
ERROR 42601: syntax error at end of input
POSITION: 1:11

SELECT 1::int::;
ERROR 42601: syntax error at end of input
POSITION: 1:16

SELECT TREAT(1 AS int);
int4 int4
1

-- differs: the type does not exist in Millrace
SELECT xml '<a/>' IS NULL;
?column? bool
f
~~~~
ERROR 42704: type "xml" does not exist
POSITION: 1:8

-- differs: the type does not exist in Millrace
SELECT '5'::money;
money oid790
$5.00
~~~~
ERROR 42704: type "money" does not exist
POSITION: 1:13
