-- Arithmetic, comparison and bit operators of numbers, overflow, rounding, NaN.

SELECT 7 + 2, 7 - 2, 7 * 2, 7 / 2, 7 % 2, -7 / 2, -7 % 2, 7 / -2, 7 % -2;

SELECT 7.0 / 2, 7 / 2.0, 1.0 / 3, 2.0 / 3, 10.0 / 4, 1 / 3.0, 100000 / 3.0, 0.00001 / 3;

SELECT 7.5 % 2, -7.5 % 2, 7.5 % 2.25, 5 % 0.3;

SELECT 2 ^ 10, 2.0 ^ 10, 2 ^ 0.5, 2 ^ -1, 2.0 ^ -1, (-2) ^ 3, 0 ^ 0, 10 ^ 2;

SELECT (-2) ^ 0.5;

SELECT 0 ^ -1;

SELECT 0.0 ^ -1;

SELECT 1 / 0;

SELECT 1 % 0;

SELECT 1.0 / 0;

SELECT 1.0 % 0;

SELECT 1::float8 / 0;

SELECT 1::float8 / 'NaN', 'NaN'::float8 / 0;

SELECT 'NaN'::numeric / 0, 'Infinity'::numeric / 2, 'Infinity'::numeric - 'Infinity'::numeric, 1 / 'Infinity'::numeric;

SELECT 'Infinity'::numeric % 2, 5 % 'Infinity'::numeric, 'Infinity'::numeric * 0;

SELECT 'Infinity'::float8 * 0, 'Infinity'::float8 - 'Infinity', 'Infinity'::float8 + 1;

SELECT 2147483647 + 1;

SELECT -2147483648 - 1;

SELECT 2147483647 * 2;

SELECT 9223372036854775807 + 1;

SELECT 9223372036854775807 * 2;

SELECT (-2147483648) / -1;

SELECT (-2147483648) % -1;

SELECT (-9223372036854775808) / -1;

SELECT (-9223372036854775808) % (-1)::int8;

SELECT 32767::int2 + 1::int2;

SELECT 32767::int2 * 2::int2;

SELECT (-32768)::int2 / (-1)::int2;

SELECT - (-2147483648);

SELECT - (-32768)::int2;

SELECT 1e308::float8 * 10;

SELECT 1e-300::float8 * 1e-300::float8;

SELECT 3e38::float4 * 10::float4;

SELECT 1e-30::float4 * 1e-30::float4;

-- differs: not built yet
SELECT @ -5, @ 5.5, @ (-1.5)::float8, |/ 25, ||/ 27, |/ 2.0, ||/ -8.0;

SELECT |/ -1;

SELECT 5 !;

SELECT !! 5;

SELECT 6 & 3, 6 | 3, 6 # 3, ~6, 1 << 4, 256 >> 3, -1 >> 1, 1 << 33, 1::int8 << 33, ~0::int2;

SELECT 6::int2 & 3, 6 & 3::int8, 1 << 31, -8 >> 1, 1 << -1, 1::int2 << 15;

SELECT 1.5 & 2;

SELECT 1 << 1::int8;

SELECT 1 = 1.0, 1 < 1.5, 1::float8 = 1.0, 1::float4 = 1.0, 0.1::float4 = 0.1, 0.1::float8 = 0.1, 1::int2 <= 1::int8;

SELECT 'NaN'::float8 = 'NaN', 'NaN'::float8 > 1e308, 'NaN'::numeric = 'NaN', 'NaN'::numeric > 'Infinity'::numeric, 'NaN'::float8 < 'Infinity';

SELECT 1 <> 2, 1 != 2, NULL = NULL, NULL <> 1, 1 < NULL;

SELECT 1 IS DISTINCT FROM 1, 1 IS DISTINCT FROM NULL, NULL IS DISTINCT FROM NULL, 1 IS NOT DISTINCT FROM 1, NULL IS NOT DISTINCT FROM NULL;

SELECT 1 BETWEEN 0 AND 2, 1 BETWEEN 2 AND 0, 1 BETWEEN SYMMETRIC 2 AND 0, 1 NOT BETWEEN 0 AND 2, 1 NOT BETWEEN SYMMETRIC 2 AND 0, 1 BETWEEN NULL AND 0, 1 BETWEEN NULL AND 2;

SELECT 1.50, 1.50 + 1.5, 1.50 * 2, 1.50 * 1.50, 1.500 - 1.5, 3.0 / 1.5, 1.10 % 0.3;

SELECT 1.0 * 0.00000000000000000001, 123456789012345678901234567890 * 987654321098765432109876543210;

SELECT 12345678901234567890.0 / 7, 1 / 12345678901234567890.0, 1e-20 / 3, 1e20 / 3.0;

SELECT 0.1 + 0.2 = 0.3, 0.1::float8 + 0.2::float8 = 0.3::float8;

SELECT 1e15::float8, 1e16::float8, 123456789012345678::float8, 0.0001::float8, 0.00001::float8, 1e-5::float4, 1e6::float4, 12345678::float4;

SELECT -0.0::float8, -0.0, 0::float8 * -1, '-0'::float8, '-0'::numeric;

SELECT 1 + NULL, NULL * 2, NULL::float8 / 0, 1 / NULL;

SELECT 1 + '2', '3' * 2, 2 ^ '3', '10' / 4, 1.5 + '2', '1' || 2;

SELECT '1' + '2';

SELECT 1 + 'x';

SELECT 1 + true;

SELECT true + true;

SELECT -true;

SELECT -'5';

SELECT - 'x'::text;

SELECT 1 + date '2020-01-01', date '2020-01-01' + 1, date '2020-01-01' - 1, date '2020-01-10' - date '2020-01-01';

SELECT 1 - date '2020-01-01';

SELECT 1 = 'x';

SELECT 1 = '1', '1' = 1, 1.5 = '1.50', true = 't', true = 'yes';

SELECT 1 = true;

SELECT 'a' < 'b', 'a' < 'B', 'abc' < 'abd', '' < 'a', 'Z' < 'a', 'ä' > 'z';

SELECT 1 < 2 < 3;

SELECT (1 < 2) < true, (1 < 2) = (2 > 1);

SELECT 1 = 1 = true;

SELECT 2 + 3 * 4 ^ 2 / 2, (2 + 3) * 4, 2 - 3 - 4, 2 ^ 3 ^ 2, 100 / 10 / 2, -2 ^ 2, - 2 ^ 2, 2 * -3;

SELECT 1 + 2 || 'x', 'x' || 1 + 2;

SELECT ('x' || 1) || 2 + 3, 5 % 3 * 2, 5 * 3 % 4, 1 << 2 + 1, 6 & 3 + 1, 1 | 2 & 3;

SELECT NOT true, NOT NULL, NOT 1 = 2, NOT true OR true, NOT (true OR true), true OR false AND false, NULL AND false, NULL OR true, NULL AND true;

SELECT NOT 1;

SELECT 1 AND true;

SELECT true AND 'yes', 'f' OR false;

SELECT true AND 'x';

SELECT i4 + i4 FROM nums;

SELECT id, i2 + 1 AS a, i2 * 2 AS b, i2 / 2 AS c, i2 % 2 AS d FROM nums WHERE id <> 4 ORDER BY id;

SELECT id, f8 * 0, f8 = f8, f8 > 0, n = n, n > 0 FROM nums ORDER BY id;

SELECT id, n * 2, n / 3, n % 2, -n, n ^ 2 FROM nums WHERE id IN (1, 2, 3, 8) ORDER BY id;

SELECT id, i4 & 255, i4 | 1, i4 # -1, ~i4, i8 << 1, i2 >> 1 FROM nums ORDER BY id;

SELECT id FROM nums WHERE f8 IN ('NaN', 'Infinity', 1) ORDER BY id;

SELECT id FROM nums WHERE n > 0 AND b;

SELECT id FROM nums WHERE i4 / i2 > 1 AND i2 <> 0;

SELECT count(*) FROM nums WHERE i2 = i4 OR i4 = i8;

SELECT abs(-5), abs(-5.5), abs('-5'), abs((-32768)::int2 + 1::int2), abs(-1.5::float4);

SELECT abs(-2147483648);

SELECT sign(-5), sign(0.0), sign(5.5::float8), sign(-1.50);

SELECT ceil(1.2), ceil(-1.2), ceiling(1.0), floor(1.8), floor(-1.2), ceil(1.2::float8), floor(-0.5::float8), ceil(-0.5);

SELECT round(1.5), round(2.5), round(-1.5), round(2.5::float8), round(3.5::float8), round(1.2345, 2), round(1234.5, -2), round(1.005, 2), round(-0.4), round(-0.4::float8);

SELECT round(1.5::float8, 1);

SELECT trunc(1.9), trunc(-1.9), trunc(1.987, 2), trunc(1987.6, -2), trunc(1.9::float8), trunc(-1.9::float8);

SELECT mod(7, 3), mod(-7, 3), mod(7.5, 2), mod(7::int8, 3), div(7, 2), div(-7, 2), div(7.5, 2), mod(5::int2, 3::int2);

SELECT mod(5, 0);

SELECT div(5, 0);

SELECT mod(5.5::float8, 2);

-- differs: not built yet
SELECT power(2, 3), power(2.0, 3), power(2::float8, 0.5), pow(2, 3), exp(1), exp(0), exp(1.0), exp(1::float8), ln(10), ln(2.0), ln(2::float8), log(100), log(2, 8), log10(1000), log(100::float8), sqrt(2), sqrt(2.0), cbrt(27), cbrt(2);

SELECT power(-8, 1.0/3);

SELECT ln(0);

SELECT ln(-1.0);

SELECT log(0::float8);

SELECT log(2, -8);

SELECT sqrt(-1);

SELECT sqrt(-1.0);

SELECT exp(1000::float8);

SELECT exp(5000.0) > 1;

SELECT exp(-1000::float8);

SELECT factorial(5), factorial(0), factorial(20), factorial(25);

SELECT factorial(-1);

SELECT gcd(12, 18), gcd(0, 0), gcd(-12, 18), gcd(12.5, 5), lcm(4, 6), lcm(0, 5), lcm(-4, 6), lcm(1.5, 2);

SELECT gcd(-2147483648, 0);

SELECT lcm(2147483647, 2147483646);

-- differs: not built yet
SELECT width_bucket(5, 0, 10, 5), width_bucket(-1, 0, 10, 5), width_bucket(10, 0, 10, 5), width_bucket(5.35, 0.024, 10.06, 5), width_bucket(5, 10, 0, 5), width_bucket(3, ARRAY[1,3,5]), width_bucket(0, ARRAY[1,3,5]), width_bucket(2.5::float8, 0, 10, 4);

SELECT width_bucket(5, 0, 10, 0);

SELECT width_bucket(5, 0, 0, 5);

SELECT scale(1.500), min_scale(1.500), trim_scale(1.500), scale(5), trim_scale(100), min_scale(0.10);

SELECT pi(), degrees(pi()), radians(180), degrees(1), radians(90.5);

-- differs: not built yet
SELECT sin(0), cos(0), tan(0), cot(1), asin(1), acos(1), atan(1), atan2(1, 1), sinh(0), cosh(0), tanh(0), asinh(0), acosh(1), atanh(0);

SELECT sind(30), cosd(60), tand(45), cotd(45), asind(0.5), acosd(0.5), atand(1), atan2d(1, 1);

SELECT asin(2);

SELECT acos(-2);

SELECT acosh(0.5);

SELECT atanh(1), atanh(-1);

SELECT atanh(2);

SELECT asind(2);

SELECT sin('Infinity'::float8);

SELECT cos('NaN'::float8), sin('NaN'::float8), atan('Infinity'::float8);

-- differs: not built yet
SELECT sin(1), cos(1), tan(1), sin(0.5), cos(0.5), tan(0.5), asin(0.5), acos(0.5), atan(0.5), atan2(1, 2), sinh(1), cosh(1), tanh(1), asinh(1), acosh(2), atanh(0.5);

-- differs: not built yet
SELECT sin(x), cos(x), tan(x) FROM generate_series(0.0, 12.0, 0.7) x ORDER BY x;

-- differs: not built yet
SELECT exp(x), ln(x + 1), log(x + 1), cbrt(x), x ^ 1.5 FROM (SELECT g::float8 / 7 AS x FROM generate_series(0, 20) g) s ORDER BY x;

-- differs: not built yet
SELECT asin(x), acos(x), atan(x), sinh(x), cosh(x), tanh(x), asinh(x), atanh(x) FROM (SELECT g::float8 / 13 AS x FROM generate_series(-12, 12) g) s ORDER BY x;

SELECT exp(x), ln(x + 1), sqrt(x), power(x + 1, 2.5) FROM generate_series(0.1, 9.9, 1.7) x ORDER BY x;

-- differs: not built yet
SELECT random() BETWEEN 0 AND 1, setseed(0.5) IS NULL;

-- differs: not built yet
SELECT setseed(2);

SELECT greatest(1, 2, 3), greatest(1, NULL, 3), greatest(NULL, NULL), least(1, 2.5), least('b', 'a'), greatest('2020-01-01'::date, '2020-06-01');

SELECT pg_typeof(greatest(1, 2.5)), pg_typeof(least(1::int2, 2::int8)), pg_typeof(greatest(1, NULL)), pg_typeof(coalesce(1, 2.5));

SELECT greatest(1, 'x');

SELECT greatest();

SELECT greatest(1, true);

-- differs: not built yet
SELECT int4pl(1, 2), int8mul(3, 4), float8div(1, 4), numeric_add(1, 2), int4eq(1, 1), texteq('a', 'a'), int4larger(1, 2);

-- differs: not built yet
SELECT numeric_inc(1.5), int4abs(-1), dsqrt(4), dpow(2, 3), float8lt(1, 2), booleq(true, false), int42mul(2, 3::int2);

SELECT 5 OPERATOR(pg_catalog.+) 3, 5 OPERATOR(pg_catalog.=) 5, OPERATOR(pg_catalog.-) 5;

-- differs: not built yet
SELECT 5 OPERATOR(public.+) 3;

SELECT 5 OPERATOR(+) 3;

SELECT 5 +* 3;

SELECT 5 <=> 3;

SELECT 5 @@@ 3;

SELECT 1 ~~ 2;

SELECT sum(f4), sum(f8), avg(f4) FROM nums WHERE id < 4;

SELECT to_hex(255), to_hex(-1), to_hex(255::int8), to_hex(-1::int8);

-- differs: not built yet
SELECT bit_count('\x0f'::bytea), num_nulls(1, NULL, 2), num_nonnulls(1, NULL, 2), num_nulls(VARIADIC ARRAY[1, NULL]);

SELECT numeric '1e131071' IS NULL, 1e-16383 IS NULL;

SELECT 1e131072;

SELECT '1e-20000'::numeric;

SELECT 10.0 ^ 131072;

SELECT 1.0000000000000000000000000000000000000001 * 1.0000000000000000000000000000000000000001;

SELECT 3.0 ^ 200, 1.01 ^ 100, 2.0 ^ 0.5, 0.5 ^ 3.3, 100 ^ -3.0;

SELECT ln(1.0000001), ln(123456789.123456789), exp(0.00001), exp(-5.5), log(1.5, 3.7), log(123.456);

SELECT sqrt(0.000000000002), sqrt(12345678901234567890), sqrt(2::numeric) * sqrt(2::numeric);

