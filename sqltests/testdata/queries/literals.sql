-- Literals: numbers, strings in every quoting, typed literals, key words as values.

SELECT 1, -1, 0, 2147483647, 2147483648, -2147483648, 9223372036854775807, 9223372036854775808;

SELECT 1.5, .5, 5., 1e3, 1E-3, 1.5e+2, 0.1e0;

SELECT 12345678901234567890123456789012345678901234567890;

SELECT 1_000;

SELECT 0x1F;

SELECT 1.2.3;

SELECT 123abc;

SELECT 1e;

SELECT 'it''s', E'a\tb', E'\x41\102\u0043', E'a\\b', E'\'';

SELECT E'\q', E'\e\f';

SELECT E'\u00', 1;

SELECT E'\U0001F600';

-- differs: not built yet
SELECT E'\xff';

SELECT 'one'
  'two';

SELECT 'one' 'two';

SELECT $$dollar 'quoted'$$, $tag$with $$ inside$tag$;

SELECT U&'d\0061t\+000061', U&'\\';

SELECT U&'d!0061t' UESCAPE '!';

SELECT U&'\00';

-- differs: not built yet
SELECT N'national';

-- differs: not built yet
SELECT B'1010', X'1F';

-- differs: not built yet
SELECT B'12';

-- differs: not built yet
SELECT X'1G';

SELECT 'abc;

SELECT "abc;

SELECT $$abc;

SELECT /* abc;

SELECT "";

SELECT NULL, TRUE, FALSE, true AND NULL;

SELECT date '2020-02-30';

SELECT date '2020-02-29', time '12:34:56', timestamp '2020-01-01 10:00', timestamptz '2020-01-01 10:00+02';

SELECT int4 '42', int8 '43', numeric '1.50', float8 '2.5', bool 'yes', text 'x', "char" 'y', name 'z';

SELECT integer '42', bigint '43', smallint '44', real '1.5', double precision '2.5', decimal '1.5', boolean 'off';

SELECT int4 '4.2';

SELECT bool 'maybe';

SELECT varchar(3) 'abcdef', char(3) 'a', character varying 'b', numeric(4,1) '12.35', bpchar 'q ';

SELECT timestamp(0) '2020-01-01 10:00:00.6', time(1) '10:00:00.66', interval(0) '1.7 seconds';

SELECT timestamp with time zone '2020-06-01 00:00 Europe/Berlin', timestamp without time zone '2020-06-01 00:00+05';

SELECT time without time zone '10:00';

SELECT interval '1' year, interval '2' month, interval '3' day, interval '4' hour, interval '5' minute, interval '6.5' second;

SELECT interval '1-2' year to month, interval '3 4' day to hour, interval '3 4:5' day to minute, interval '3 4:5:6' day to second;

SELECT interval '4:5' hour to minute, interval '4:5:6' hour to second, interval '5:6' minute to second;

SELECT interval '1 day 2 hours' hour, interval '1 year 2 months' year, interval '90 minutes' hour;

SELECT interval(2) '1.23456 seconds', interval '1.23456' second(2);

SELECT interval '1' foo;

SELECT uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', json '{"a":1}', jsonb '{"b": 2, "a":1}', bytea '\x01ff';

SELECT uuid 'nope';

SELECT json '{a}';

SELECT jsonb '{"a":}';

SELECT int4[] '{1,2}', '{1,2}'::int[], text[] '{a,b}';

SELECT int[] '{1,b}';

SELECT foo 'bar';

SELECT regclass 'emp', regtype 'int4', oid '12';

SELECT regclass 'nope';

SELECT regtype 'nope';

SELECT current_date IS NULL, current_timestamp = now(), localtime IS NULL, localtimestamp IS NULL, current_time IS NULL;

SELECT current_timestamp(0) IS NULL, localtimestamp(3) IS NULL, current_time(2) IS NULL, localtime(1) IS NULL;

-- differs: not built yet
SELECT pg_typeof(current_timestamp), pg_typeof(current_date), pg_typeof(localtimestamp), pg_typeof(localtime), pg_typeof(current_time);

SELECT current_schema, current_catalog IS NULL, current_user = session_user, user IS NULL;

SELECT current_schema(), current_schemas(false);

SELECT 1 AS "select", 2 AS select, 3 AS "Mixed", 4 AS Mixed, 5 "x y";

SELECT 1 a, 2 b, 3 value, 4 name, 5 type;

SELECT 1 from;

SELECT 1 year;

SELECT 1 AS year;

-- differs: not built yet
SELECT 1 between;

-- differs: not built yet
SELECT 'x' AS aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg;

SELECT -- comment
 1;

SELECT /* one /* nested */ two */ 2;

SELECT 1 /* at the end */;

SELECT 1--2;

SELECT 2 - -1, 2 - - 1, +3, - + 3, -(-3);

SELECT -2147483648, -9223372036854775808, - 32768::int2;

SELECT -2147483648::int4;

SELECT (-32768)::int2, -1::int8;

SELECT 1::int, '1'::int, 1.5::int, 2.5::int, -1.5::int, 0.5::int, 1.5::float8::int, 2.5::float8::int;

SELECT ;

SELECT;

SELECT FROM dept;

SELECT ALL 1;

SELECT ,1;

SELECT 1,;

SELECT (1;

SELECT 1);

SELECT ((1)), (((2)));

SELECT *;

SELECT 'a' || 'b' || 1, 1 || 'a', 'a' || 1.5, 'a' || true, 'a' || NULL;

SELECT 1 || 2;

SELECT NULL || 'x', NULL::int || 'x';

SELECT 'NaN'::float8, 'inf'::float8, '-Infinity'::float4, 'nan'::numeric, 'Infinity'::numeric;

SELECT ' 1 '::int, E'\n2\t'::int8, ' 1.5 '::numeric, ' true '::bool;

SELECT ''::int;

SELECT '1e3'::int;

SELECT '1e3'::numeric, '1e3'::float8, '.5'::numeric, '5.'::float8, '+7'::int;

SELECT '99999999999'::int;

SELECT 99999999999::int;

SELECT 40000::int2;

SELECT 1e400::float8;

SELECT '1e400'::float8;

SELECT 1e-400::float8;

SELECT '1e-400'::float8;

SELECT 1e39::float4;

SELECT 't'::bool, 'f'::bool, 'y'::bool, 'n'::bool, '1'::bool, '0'::bool, 'on'::bool, 'of'::bool, 'tr'::bool;

SELECT 'o'::bool;

SELECT 1::bool, 0::bool, 5::bool, true::int, false::int, true::text;

SELECT 1.0::bool;

SELECT true::int8;

SELECT 1::int8::bool;

