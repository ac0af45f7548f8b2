-- Casts: explicit in both forms, chains, modifiers, all pairs of common types, errors.

SELECT CAST(1 AS text), CAST('1' AS int), CAST(1.5 AS int), CAST(NULL AS int), 1::text::int::numeric(5,2);

SELECT CAST('12.345' AS numeric(4,1)), CAST(12.345 AS numeric(10)), CAST(12.345 AS numeric), CAST(12.345 AS decimal(6,2));

SELECT 1234.5::numeric(4,1);

SELECT 99999::numeric(5,2);

SELECT 1::numeric(0);

SELECT 1::numeric(1001);

SELECT 1::numeric(3,5), 0.00123::numeric(3,5), 1234567::numeric(3,-4);

SELECT 1::numeric(3,-1001);

-- differs: not built yet
SELECT 1::numeric(a);

SELECT 1::numeric(1,2,3);

SELECT 'abcdef'::varchar(3), 'abcdef'::char(3), 'ab'::char(4) || '|', 'ab'::char(4)::text || '|', length('ab'::char(4)), octet_length('ab'::char(4));

SELECT 'x'::varchar(0);

-- differs: not built yet
SELECT 'x'::varchar(-1);

SELECT 'x'::text(3);

-- differs: not built yet
SELECT 'x'::int(3);

SELECT 'a'::char, 'abc'::char, 'abc'::"char", 'abc'::character, 'abc'::bpchar;

SELECT 'abc '::bpchar = 'abc'::bpchar, 'abc '::text = 'abc', 'abc '::char(5) = 'abc', 'abc '::char(5) LIKE 'abc';

SELECT 65::"char", 'A'::"char"::int, ''::"char", '\101'::"char";

SELECT 300::"char";

SELECT 1::int2, 1::int4, 1::int8, 1::smallint, 1::integer, 1::bigint, 1::float4, 1::float8, 1::real, 1::float, 1::float(10), 1::float(30), 1::double precision, 1::dec;

SELECT 1::float(0);

SELECT 1::float(54);

SELECT 1.1::float4, 1.1::float8, 1.1::float4::float8, 1.1::float4::numeric, 1.1::float8::numeric, 1e20::float8::numeric, 1e-7::float8::numeric;

SELECT 123456789.123::float4::text, 0.1::float4 + 0.2::float4, 0.1::float8 + 0.2::float8, 0.1 + 0.2;

SELECT 'NaN'::float8::numeric, 'NaN'::float8::float4, 'Infinity'::float8::numeric, 'Infinity'::float8::float4;

SELECT 'NaN'::float8::int;

SELECT 'Infinity'::float8::int8;

SELECT 'NaN'::numeric::int;

SELECT 'Infinity'::numeric::int;

SELECT 3e9::float8::int;

SELECT 3000000000::int8::int4;

SELECT 40000::int4::int2;

SELECT 1e19::numeric::int8;

SELECT 1e300::float8::float4;

SELECT '2020-01-01'::date::timestamp, '2020-01-01'::date::timestamptz, '2020-01-01 23:59'::timestamp::date, '2020-01-01 23:59'::timestamp::time;

SELECT '2020-01-01 10:00+02'::timestamptz::date, '2020-01-01 10:00+02'::timestamptz::time, '2020-01-01 10:00+02'::timestamptz::timestamp, '10:00'::time::interval, '25:00'::interval::time;

SELECT '2020-01-01'::date::int;

SELECT 1::date;

SELECT '10:00'::time::timestamp;

SELECT '1 day'::interval::date;

SELECT 1::text, 1.50::text, true::text, '2020-01-01'::date::text, '1 day'::interval::text, '{1,2}'::int[]::text, '{"a":1}'::jsonb::text, '\x41'::bytea::text;

SELECT 1::varchar, 1::varchar(1), 12::varchar(1), 12.5::char(3), true::varchar(2), '2020-01-01'::date::varchar(4);

SELECT 'x'::name, 'x'::name::text, repeat('x', 70)::name, repeat('y', 70)::name::text = repeat('y', 63);

SELECT 1::oid, '1'::oid, -1::oid, 4294967295::oid, 1::oid::int, 1::oid::int8;

SELECT (-1)::oid;

SELECT 4294967296::oid;

-- differs: not built yet
SELECT 'int4'::regtype, 'int4'::regtype::oid, 23::regtype, 'integer[]'::regtype, 'timestamp with time zone'::regtype, 'varchar(10)'::regtype;

SELECT 'emp'::regclass, 'emp'::regclass::text, 'public.emp'::regclass, 'pg_class'::regclass, 'pg_catalog.pg_class'::regclass::oid;

-- differs: not built yet
SELECT 'now'::regproc, 'upper(text)'::regprocedure;

-- differs: not built yet
SELECT 'nope'::regproc;

SELECT 'public'::regnamespace, 'pg_catalog'::regnamespace::oid;

SELECT '{1,2,3}'::int[]::text[], ARRAY[1,2]::numeric[], ARRAY['1','2']::int[], ARRAY[1.5,2.5]::int[], '{}'::int[]::text[];

SELECT ARRAY[1,2]::int;

SELECT 1::int[];

SELECT ARRAY['a']::int[];

-- differs: not built yet
SELECT ARRAY[1.25,2.35]::numeric(3,1)[], ARRAY['abc','d']::varchar(2)[], '{abc,d}'::char(2)[];

SELECT '1'::json, '1'::jsonb, '{"a":1}'::json::jsonb, '{"b":1,"a":2,"a":3}'::json::jsonb::json, '"x"'::jsonb::text;

SELECT '1'::jsonb::int, '1.5'::jsonb::numeric, 'true'::jsonb::bool, '1.5'::jsonb::float8, '2'::jsonb::int8, '2'::jsonb::int2, '1.5'::jsonb::int4;

SELECT '"1"'::jsonb::int;

SELECT 'true'::jsonb::int;

SELECT 'null'::jsonb::int;

SELECT '[1]'::jsonb::numeric;

SELECT 1::jsonb;

SELECT 1::json;

SELECT 'x'::bytea, '\x6869'::bytea, 'a\\b'::bytea, '\001\377'::bytea, E'\\x'::bytea;

SELECT '\x1'::bytea;

SELECT '\xzz'::bytea;

SELECT 'a\b'::bytea;

SELECT 'x'::text::bytea;

SELECT 1::bytea;

SELECT 'a0eebc999c0b4ef8bb6d6bb9bd380a11'::uuid, '{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'::uuid, 'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11'::uuid, 'a0eebc999c0b4ef8bb6d6bb9bd380a11'::uuid::text;

SELECT 'a0eebc999c0b4ef8bb6d6bb9bd380a1'::uuid;

-- differs: not built yet
SELECT int4(1.6), int8('5'), float8(1), text(5), varchar(5), numeric(1.5), date('2020-01-01'), "interval"('1 day'), bool(1);

SELECT int4('x');

SELECT int2(1.5), int2(70000.5);

-- differs: not built yet
SELECT text(1.5), name('x'), bpchar('q'), "time"('10:00'::time, 0), "timestamp"('2020-01-01'::date);

SELECT 1::foo;

-- differs: not built yet
SELECT 1::foo.bar;

-- differs: not built yet
SELECT 1::pg_catalog.int4, 1::pg_catalog.text, '1'::"int4", '1'::"integer";

SELECT '1'::INTEGER, '1'::Int8, 'x'::TEXT;

SELECT 1::int4[3], '{1,2}'::int ARRAY, '{1,2}'::int ARRAY[2], '{{1},{2}}'::int[][];

-- differs: not built yet
SELECT pg_typeof(1), pg_typeof(1.5), pg_typeof('a'), pg_typeof(NULL), pg_typeof('a'::varchar), pg_typeof(ARRAY[1]), pg_typeof(now()), pg_typeof(1::int2 + 1::int2);

SELECT pg_typeof(1::int2 + 1), pg_typeof(1 + 1::int8), pg_typeof(1 + 1.5), pg_typeof(1.5 + 1::float8), pg_typeof(1::float4 + 1), pg_typeof(1::float4 + 1.5), pg_typeof(1::float4 + 1::float8), pg_typeof(1::float4 * 1::int8);

SELECT i2 + i4, i4 + i8, i8 + n, n + f4, f4 + f8, i2 + f4 FROM nums WHERE id = 2;

SELECT i4::int2 FROM nums WHERE id = 4;

SELECT f8::int4 FROM nums WHERE id = 4;

SELECT f4::numeric, f8::float4 FROM nums WHERE id IN (2, 3);

SELECT n::int4 FROM nums WHERE id IN (1, 2, 3, 5, 6) ORDER BY id;

SELECT n::int4 FROM nums ORDER BY id;

SELECT id, i4::text, f8::text, n::text, b::text FROM nums ORDER BY id;

SELECT i8::float8, i8::float4, i4::float4 FROM nums ORDER BY id;

SELECT '  12'::numeric(3,1), '12e-1'::numeric, '1e5'::numeric(3,-3);

SELECT ('2020-01-01'::text)::date, ('1'::text)::int + 1, ('1 day'::varchar)::interval;

SELECT 'abc'::text::int;

SELECT name::int FROM emp;

SELECT CAST(t AS varchar(4)), t::char(3), v::text, c::varchar, c || '|' FROM words ORDER BY id;

SELECT CAST(1 AS);

SELECT CAST(1 int);

SELECT CAST(1 AS int;

SELECT 1::;

SELECT 1::int::;

SELECT TREAT(1 AS int);

-- differs: not built yet
SELECT xml '<a/>' IS NULL;

-- differs: not built yet
SELECT '5'::money;

