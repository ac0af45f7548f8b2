-- Arithmetic, comparison and bit operators of numbers, overflow, rounding, NaN.

SELECT 7 + 2, 7 - 2, 7 * 2, 7 / 2, 7 % 2, -7 / 2, -7 % 2, 7 / -2, 7 % -2;
?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4
9 | 5 | 14 | 3 | 1 | -3 | -1 | -3 | 1

SELECT 7.0 / 2, 7 / 2.0, 1.0 / 3, 2.0 / 3, 10.0 / 4, 1 / 3.0, 100000 / 3.0, 0.00001 / 3;
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric
3.5000000000000000 | 3.5000000000000000 | 0.33333333333333333333 | 0.66666666666666666667 | 2.5000000000000000 | 0.33333333333333333333 | 33333.333333333333 | 0.000003333333333333333333

SELECT 7.5 % 2, -7.5 % 2, 7.5 % 2.25, 5 % 0.3;
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric
1.5 | -1.5 | 0.75 | 0.2

SELECT 2 ^ 10, 2.0 ^ 10, 2 ^ 0.5, 2 ^ -1, 2.0 ^ -1, (-2) ^ 3, 0 ^ 0, 10 ^ 2;
?column? float8 | ?column? numeric | ?column? numeric | ?column? float8 | ?column? numeric | ?column? float8 | ?column? float8 | ?column? float8
1024 | 1024.0000000000000000 | 1.4142135623730950 | 0.5 | 0.5000000000000000 | -8 | 1 | 100

SELECT (-2) ^ 0.5;
ERROR 2201F: a negative number raised to a non-integer power yields a complex result

SELECT 0 ^ -1;
ERROR 2201F: zero raised to a negative power is undefined

SELECT 0.0 ^ -1;
ERROR 2201F: zero raised to a negative power is undefined

SELECT 1 / 0;
ERROR 22012: division by zero

SELECT 1 % 0;
ERROR 22012: division by zero

SELECT 1.0 / 0;
ERROR 22012: division by zero

SELECT 1.0 % 0;
ERROR 22012: division by zero

SELECT 1::float8 / 0;
ERROR 22012: division by zero

SELECT 1::float8 / 'NaN', 'NaN'::float8 / 0;
?column? float8 | ?column? float8
NaN | NaN

SELECT 'NaN'::numeric / 0, 'Infinity'::numeric / 2, 'Infinity'::numeric - 'Infinity'::numeric, 1 / 'Infinity'::numeric;
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric
NaN | Infinity | NaN | 0

SELECT 'Infinity'::numeric % 2, 5 % 'Infinity'::numeric, 'Infinity'::numeric * 0;
?column? numeric | ?column? numeric | ?column? numeric
NaN | 5 | NaN

SELECT 'Infinity'::float8 * 0, 'Infinity'::float8 - 'Infinity', 'Infinity'::float8 + 1;
?column? float8 | ?column? float8 | ?column? float8
NaN | NaN | Infinity

SELECT 2147483647 + 1;
ERROR 22003: integer out of range

SELECT -2147483648 - 1;
ERROR 22003: integer out of range

SELECT 2147483647 * 2;
ERROR 22003: integer out of range

SELECT 9223372036854775807 + 1;
ERROR 22003: bigint out of range

SELECT 9223372036854775807 * 2;
ERROR 22003: bigint out of range

SELECT (-2147483648) / -1;
ERROR 22003: integer out of range

SELECT (-2147483648) % -1;
?column? int4
0

SELECT (-9223372036854775808) / -1;
ERROR 22003: bigint out of range

SELECT (-9223372036854775808) % (-1)::int8;
?column? int8
0

SELECT 32767::int2 + 1::int2;
ERROR 22003: smallint out of range

SELECT 32767::int2 * 2::int2;
ERROR 22003: smallint out of range

SELECT (-32768)::int2 / (-1)::int2;
ERROR 22003: smallint out of range

SELECT - (-2147483648);
?column? int8
2147483648

SELECT - (-32768)::int2;
ERROR 22003: smallint out of range

SELECT 1e308::float8 * 10;
ERROR 22003: value out of range: overflow

SELECT 1e-300::float8 * 1e-300::float8;
ERROR 22003: value out of range: underflow

SELECT 3e38::float4 * 10::float4;
ERROR 22003: value out of range: overflow

SELECT 1e-30::float4 * 1e-30::float4;
ERROR 22003: value out of range: underflow

-- differs: the last digit of transcendental functions is that of another library
SELECT @ -5, @ 5.5, @ (-1.5)::float8, |/ 25, ||/ 27, |/ 2.0, ||/ -8.0;
?column? int4 | ?column? numeric | ?column? float8 | ?column? float8 | ?column? float8 | ?column? float8 | ?column? float8
5 | 5.5 | 1.5 | 5 | 3.0000000000000004 | 1.4142135623730951 | -2
~~~~
?column? int4 | ?column? numeric | ?column? float8 | ?column? float8 | ?column? float8 | ?column? float8 | ?column? float8
5 | 5.5 | 1.5 | 5 | 3 | 1.4142135623730951 | -2

SELECT |/ -1;
ERROR 2201F: cannot take square root of a negative number

SELECT 5 !;
ERROR 42601: syntax error at end of input
POSITION: 1:11

SELECT !! 5;
ERROR 42883: operator does not exist: !! integer
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
POSITION: 1:8

SELECT 6 & 3, 6 | 3, 6 # 3, ~6, 1 << 4, 256 >> 3, -1 >> 1, 1 << 33, 1::int8 << 33, ~0::int2;
?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int8 | ?column? int2
2 | 7 | 5 | -7 | 16 | 32 | -1 | 2 | 8589934592 | -1

SELECT 6::int2 & 3, 6 & 3::int8, 1 << 31, -8 >> 1, 1 << -1, 1::int2 << 15;
?column? int4 | ?column? int8 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int2
2 | 2 | -2147483648 | -4 | -2147483648 | -32768

SELECT 1.5 & 2;
ERROR 42883: operator does not exist: numeric & integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:12

SELECT 1 << 1::int8;
ERROR 42883: operator does not exist: integer << bigint
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 1 = 1.0, 1 < 1.5, 1::float8 = 1.0, 1::float4 = 1.0, 0.1::float4 = 0.1, 0.1::float8 = 0.1, 1::int2 <= 1::int8;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | f | t | t

SELECT 'NaN'::float8 = 'NaN', 'NaN'::float8 > 1e308, 'NaN'::numeric = 'NaN', 'NaN'::numeric > 'Infinity'::numeric, 'NaN'::float8 < 'Infinity';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | f

SELECT 1 <> 2, 1 != 2, NULL = NULL, NULL <> 1, 1 < NULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | NULL | NULL | NULL

SELECT 1 IS DISTINCT FROM 1, 1 IS DISTINCT FROM NULL, NULL IS DISTINCT FROM NULL, 1 IS NOT DISTINCT FROM 1, NULL IS NOT DISTINCT FROM NULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f | t | f | t | t

SELECT 1 BETWEEN 0 AND 2, 1 BETWEEN 2 AND 0, 1 BETWEEN SYMMETRIC 2 AND 0, 1 NOT BETWEEN 0 AND 2, 1 NOT BETWEEN SYMMETRIC 2 AND 0, 1 BETWEEN NULL AND 0, 1 BETWEEN NULL AND 2;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | f | f | f | NULL

SELECT 1.50, 1.50 + 1.5, 1.50 * 2, 1.50 * 1.50, 1.500 - 1.5, 3.0 / 1.5, 1.10 % 0.3;
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric
1.50 | 3.00 | 3.00 | 2.2500 | 0.000 | 2.0000000000000000 | 0.20

SELECT 1.0 * 0.00000000000000000001, 123456789012345678901234567890 * 987654321098765432109876543210;
?column? numeric | ?column? numeric
0.000000000000000000010 | 121932631137021795226185032733622923332237463801111263526900

SELECT 12345678901234567890.0 / 7, 1 / 12345678901234567890.0, 1e-20 / 3, 1e20 / 3.0;
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric
1763668414462081127.1 | 0.000000000000000000081000000729000007 | 0.0000000000000000000033333333333333333333 | 33333333333333333333.3

SELECT 0.1 + 0.2 = 0.3, 0.1::float8 + 0.2::float8 = 0.3::float8;
?column? bool | ?column? bool
t | f

SELECT 1e15::float8, 1e16::float8, 123456789012345678::float8, 0.0001::float8, 0.00001::float8, 1e-5::float4, 1e6::float4, 12345678::float4;
float8 float8 | float8 float8 | float8 float8 | float8 float8 | float8 float8 | float4 float4 | float4 float4 | float4 float4
1e+15 | 1e+16 | 1.2345678901234568e+17 | 0.0001 | 1e-05 | 1e-05 | 1e+06 | 1.2345678e+07

SELECT -0.0::float8, -0.0, 0::float8 * -1, '-0'::float8, '-0'::numeric;
?column? float8 | ?column? numeric | ?column? float8 | float8 float8 | numeric numeric
-0 | 0.0 | -0 | -0 | 0

SELECT 1 + NULL, NULL * 2, NULL::float8 / 0, 1 / NULL;
?column? int4 | ?column? int4 | ?column? float8 | ?column? int4
NULL | NULL | NULL | NULL

SELECT 1 + '2', '3' * 2, 2 ^ '3', '10' / 4, 1.5 + '2', '1' || 2;
?column? int4 | ?column? int4 | ?column? float8 | ?column? int4 | ?column? numeric | ?column? text
3 | 6 | 8 | 2 | 3.5 | 12

SELECT '1' + '2';
ERROR 42725: operator is not unique: unknown + unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
POSITION: 1:12

SELECT 1 + 'x';
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:12

SELECT 1 + true;
ERROR 42883: operator does not exist: integer + boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT true + true;
ERROR 42883: operator does not exist: boolean + boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:13

SELECT -true;
ERROR 42883: operator does not exist: - boolean
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
POSITION: 1:8

SELECT -'5';
ERROR 42725: operator is not unique: - unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
POSITION: 1:8

SELECT - 'x'::text;
ERROR 42883: operator does not exist: - text
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
POSITION: 1:8

SELECT 1 + date '2020-01-01', date '2020-01-01' + 1, date '2020-01-01' - 1, date '2020-01-10' - date '2020-01-01';
?column? date | ?column? date | ?column? date | ?column? int4
2020-01-02 | 2020-01-02 | 2019-12-31 | 9

SELECT 1 - date '2020-01-01';
ERROR 42883: operator does not exist: integer - date
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 1 = 'x';
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:12

SELECT 1 = '1', '1' = 1, 1.5 = '1.50', true = 't', true = 'yes';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t

SELECT 1 = true;
ERROR 42883: operator does not exist: integer = boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 'a' < 'b', 'a' < 'B', 'abc' < 'abd', '' < 'a', 'Z' < 'a', 'ä' > 'z';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | t | t | t

SELECT 1 < 2 < 3;
ERROR 42601: syntax error at or near "<"
POSITION: 1:14

SELECT (1 < 2) < true, (1 < 2) = (2 > 1);
?column? bool | ?column? bool
f | t

SELECT 1 = 1 = true;
ERROR 42601: syntax error at or near "="
POSITION: 1:14

SELECT 2 + 3 * 4 ^ 2 / 2, (2 + 3) * 4, 2 - 3 - 4, 2 ^ 3 ^ 2, 100 / 10 / 2, -2 ^ 2, - 2 ^ 2, 2 * -3;
?column? float8 | ?column? int4 | ?column? int4 | ?column? float8 | ?column? int4 | ?column? float8 | ?column? float8 | ?column? int4
26 | 20 | -5 | 64 | 5 | 4 | 4 | -6

SELECT 1 + 2 || 'x', 'x' || 1 + 2;
?column? text | ?column? text
3x | x3

SELECT ('x' || 1) || 2 + 3, 5 % 3 * 2, 5 * 3 % 4, 1 << 2 + 1, 6 & 3 + 1, 1 | 2 & 3;
?column? text | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4
x15 | 4 | 3 | 8 | 4 | 3

SELECT NOT true, NOT NULL, NOT 1 = 2, NOT true OR true, NOT (true OR true), true OR false AND false, NULL AND false, NULL OR true, NULL AND true;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f | NULL | t | t | f | t | f | t | NULL

SELECT NOT 1;
ERROR 42804: argument of NOT must be type boolean, not type integer
POSITION: 1:12

SELECT 1 AND true;
ERROR 42804: argument of AND must be type boolean, not type integer
POSITION: 1:8

SELECT true AND 'yes', 'f' OR false;
?column? bool | ?column? bool
t | f

SELECT true AND 'x';
ERROR 22P02: invalid input syntax for type boolean: "x"
POSITION: 1:17

SELECT i4 + i4 FROM nums;
ERROR 22003: integer out of range

SELECT id, i2 + 1 AS a, i2 * 2 AS b, i2 / 2 AS c, i2 % 2 AS d FROM nums WHERE id <> 4 ORDER BY id;
id int4 | a int4 | b int4 | c int4 | d int4
1 | 1 | 0 | 0 | 0
2 | 2 | 2 | 0 | 1
3 | 0 | -2 | 0 | -1
5 | -32767 | -65536 | -16384 | 0
6 | NULL | NULL | NULL | NULL
7 | 8 | 14 | 3 | 1
8 | 8 | 14 | 3 | 1

SELECT id, f8 * 0, f8 = f8, f8 > 0, n = n, n > 0 FROM nums ORDER BY id;
id int4 | ?column? float8 | ?column? bool | ?column? bool | ?column? bool | ?column? bool
1 | 0 | t | f | t | f
2 | 0 | t | t | t | t
3 | -0 | t | f | t | f
4 | 0 | t | t | t | t
5 | -0 | t | f | t | f
6 | NULL | NULL | NULL | NULL | NULL
7 | NaN | t | t | t | t
8 | NaN | t | f | t | t

SELECT id, n * 2, n / 3, n % 2, -n, n ^ 2 FROM nums WHERE id IN (1, 2, 3, 8) ORDER BY id;
id int4 | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric
1 | 0 | 0.00000000000000000000 | 0 | 0 | 0.0000000000000000
2 | 2 | 0.33333333333333333333 | 1 | -1 | 1.0000000000000000
3 | -3.0 | -0.50000000000000000000 | -1.5 | 1.5 | 2.2500000000000000
8 | 5.00 | 0.83333333333333333333 | 0.50 | -2.50 | 6.2500000000000000

SELECT id, i4 & 255, i4 | 1, i4 # -1, ~i4, i8 << 1, i2 >> 1 FROM nums ORDER BY id;
id int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int8 | ?column? int2
1 | 0 | 1 | -1 | -1 | 0 | 0
2 | 1 | 1 | -2 | -2 | 2 | 0
3 | 255 | -1 | 0 | 0 | -2 | -1
4 | 255 | 2147483647 | -2147483648 | -2147483648 | -2 | 16383
5 | 0 | -2147483647 | 2147483647 | 2147483647 | 0 | -16384
6 | NULL | NULL | NULL | NULL | NULL | NULL
7 | 42 | 43 | -43 | -43 | 2000 | 3
8 | 42 | 43 | -43 | -43 | 2000 | 3

SELECT id FROM nums WHERE f8 IN ('NaN', 'Infinity', 1) ORDER BY id;
id int4
2
7

SELECT id FROM nums WHERE n > 0 AND b;
id int4
2
4
7

SELECT id FROM nums WHERE i4 / i2 > 1 AND i2 <> 0;
id int4
4
5
7
8

SELECT count(*) FROM nums WHERE i2 = i4 OR i4 = i8;
count int8
3

SELECT abs(-5), abs(-5.5), abs('-5'), abs((-32768)::int2 + 1::int2), abs(-1.5::float4);
abs int4 | abs numeric | abs float8 | abs int2 | abs float4
5 | 5.5 | 5 | 32767 | 1.5

SELECT abs(-2147483648);
ERROR 22003: integer out of range

SELECT sign(-5), sign(0.0), sign(5.5::float8), sign(-1.50);
sign float8 | sign numeric | sign float8 | sign numeric
-1 | 0 | 1 | -1

SELECT ceil(1.2), ceil(-1.2), ceiling(1.0), floor(1.8), floor(-1.2), ceil(1.2::float8), floor(-0.5::float8), ceil(-0.5);
ceil numeric | ceil numeric | ceiling numeric | floor numeric | floor numeric | ceil float8 | floor float8 | ceil numeric
2 | -1 | 1 | 1 | -2 | 2 | -1 | 0

SELECT round(1.5), round(2.5), round(-1.5), round(2.5::float8), round(3.5::float8), round(1.2345, 2), round(1234.5, -2), round(1.005, 2), round(-0.4), round(-0.4::float8);
round numeric | round numeric | round numeric | round float8 | round float8 | round numeric | round numeric | round numeric | round numeric | round float8
2 | 3 | -2 | 2 | 4 | 1.23 | 1200 | 1.01 | 0 | -0

-- differs: the words belong to ksqlDB's language here
SELECT round(1.5::float8, 1);
ERROR 42883: function round(double precision, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8
~~~~
round float8
1.5

SELECT trunc(1.9), trunc(-1.9), trunc(1.987, 2), trunc(1987.6, -2), trunc(1.9::float8), trunc(-1.9::float8);
trunc numeric | trunc numeric | trunc numeric | trunc numeric | trunc float8 | trunc float8
1 | -1 | 1.98 | 1900 | 1 | -1

SELECT mod(7, 3), mod(-7, 3), mod(7.5, 2), mod(7::int8, 3), div(7, 2), div(-7, 2), div(7.5, 2), mod(5::int2, 3::int2);
mod int4 | mod int4 | mod numeric | mod int8 | div numeric | div numeric | div numeric | mod int2
1 | -1 | 1.5 | 1 | 3 | -3 | 3 | 2

SELECT mod(5, 0);
ERROR 22012: division by zero

SELECT div(5, 0);
ERROR 22012: division by zero

SELECT mod(5.5::float8, 2);
ERROR 42883: function mod(double precision, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: the last digit of transcendental functions is that of another library
SELECT power(2, 3), power(2.0, 3), power(2::float8, 0.5), pow(2, 3), exp(1), exp(0), exp(1.0), exp(1::float8), ln(10), ln(2.0), ln(2::float8), log(100), log(2, 8), log10(1000), log(100::float8), sqrt(2), sqrt(2.0), cbrt(27), cbrt(2);
power float8 | power numeric | power float8 | pow float8 | exp float8 | exp float8 | exp numeric | exp float8 | ln float8 | ln numeric | ln float8 | log float8 | log numeric | log10 float8 | log float8 | sqrt float8 | sqrt numeric | cbrt float8 | cbrt float8
8 | 8.0000000000000000 | 1.4142135623730951 | 8 | 2.718281828459045 | 1 | 2.7182818284590452 | 2.718281828459045 | 2.302585092994046 | 0.6931471805599453 | 0.6931471805599453 | 2 | 3.0000000000000000 | 3 | 2 | 1.4142135623730951 | 1.414213562373095 | 3.0000000000000004 | 1.2599210498948734
~~~~
power float8 | power numeric | power float8 | pow float8 | exp float8 | exp float8 | exp numeric | exp float8 | ln float8 | ln numeric | ln float8 | log float8 | log numeric | log10 float8 | log float8 | sqrt float8 | sqrt numeric | cbrt float8 | cbrt float8
8 | 8.0000000000000000 | 1.4142135623730951 | 8 | 2.718281828459045 | 1 | 2.7182818284590452 | 2.718281828459045 | 2.302585092994046 | 0.6931471805599453 | 0.6931471805599453 | 2 | 3.0000000000000000 | 3 | 2 | 1.4142135623730951 | 1.414213562373095 | 3 | 1.2599210498948732

SELECT power(-8, 1.0/3);
ERROR 2201F: a negative number raised to a non-integer power yields a complex result

SELECT ln(0);
ERROR 2201E: cannot take logarithm of zero

SELECT ln(-1.0);
ERROR 2201E: cannot take logarithm of a negative number

SELECT log(0::float8);
ERROR 2201E: cannot take logarithm of zero

SELECT log(2, -8);
ERROR 2201E: cannot take logarithm of a negative number

SELECT sqrt(-1);
ERROR 2201F: cannot take square root of a negative number

SELECT sqrt(-1.0);
ERROR 2201F: cannot take square root of a negative number

SELECT exp(1000::float8);
ERROR 22003: value out of range: overflow

SELECT exp(5000.0) > 1;
?column? bool
t

SELECT exp(-1000::float8);
ERROR 22003: value out of range: underflow

SELECT factorial(5), factorial(0), factorial(20), factorial(25);
factorial numeric | factorial numeric | factorial numeric | factorial numeric
120 | 1 | 2432902008176640000 | 15511210043330985984000000

SELECT factorial(-1);
ERROR 22003: factorial of a negative number is undefined

SELECT gcd(12, 18), gcd(0, 0), gcd(-12, 18), gcd(12.5, 5), lcm(4, 6), lcm(0, 5), lcm(-4, 6), lcm(1.5, 2);
gcd int4 | gcd int4 | gcd int4 | gcd numeric | lcm int4 | lcm int4 | lcm int4 | lcm numeric
6 | 0 | 6 | 2.5 | 12 | 0 | 12 | 6.0

SELECT gcd(-2147483648, 0);
ERROR 22003: integer out of range

SELECT lcm(2147483647, 2147483646);
ERROR 22003: integer out of range

-- differs: the function does not exist in Millrace
SELECT width_bucket(5, 0, 10, 5), width_bucket(-1, 0, 10, 5), width_bucket(10, 0, 10, 5), width_bucket(5.35, 0.024, 10.06, 5), width_bucket(5, 10, 0, 5), width_bucket(3, ARRAY[1,3,5]), width_bucket(0, ARRAY[1,3,5]), width_bucket(2.5::float8, 0, 10, 4);
width_bucket int4 | width_bucket int4 | width_bucket int4 | width_bucket int4 | width_bucket int4 | width_bucket int4 | width_bucket int4 | width_bucket int4
3 | 0 | 6 | 3 | 3 | 2 | 0 | 2
~~~~
ERROR 42883: function width_bucket(integer, integer[]) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:155

SELECT width_bucket(5, 0, 10, 0);
ERROR 2201G: count must be greater than zero

SELECT width_bucket(5, 0, 0, 5);
ERROR 2201G: lower bound cannot equal upper bound

SELECT scale(1.500), min_scale(1.500), trim_scale(1.500), scale(5), trim_scale(100), min_scale(0.10);
scale int4 | min_scale int4 | trim_scale numeric | scale int4 | trim_scale numeric | min_scale int4
3 | 1 | 1.5 | 0 | 100 | 1

SELECT pi(), degrees(pi()), radians(180), degrees(1), radians(90.5);
pi float8 | degrees float8 | radians float8 | degrees float8 | radians float8
3.141592653589793 | 180 | 3.141592653589793 | 57.29577951308232 | 1.5795229730548683

-- differs: the last digit of transcendental functions is that of another library
SELECT sin(0), cos(0), tan(0), cot(1), asin(1), acos(1), atan(1), atan2(1, 1), sinh(0), cosh(0), tanh(0), asinh(0), acosh(1), atanh(0);
sin float8 | cos float8 | tan float8 | cot float8 | asin float8 | acos float8 | atan float8 | atan2 float8 | sinh float8 | cosh float8 | tanh float8 | asinh float8 | acosh float8 | atanh float8
0 | 1 | 0 | 0.6420926159343306 | 1.5707963267948966 | 0 | 0.7853981633974483 | 0.7853981633974483 | 0 | 1 | 0 | 0 | 0 | 0
~~~~
sin float8 | cos float8 | tan float8 | cot float8 | asin float8 | acos float8 | atan float8 | atan2 float8 | sinh float8 | cosh float8 | tanh float8 | asinh float8 | acosh float8 | atanh float8
0 | 1 | 0 | 0.6420926159343308 | 1.5707963267948966 | 0 | 0.7853981633974483 | 0.7853981633974483 | 0 | 1 | 0 | 0 | 0 | 0

SELECT sind(30), cosd(60), tand(45), cotd(45), asind(0.5), acosd(0.5), atand(1), atan2d(1, 1);
sind float8 | cosd float8 | tand float8 | cotd float8 | asind float8 | acosd float8 | atand float8 | atan2d float8
0.5 | 0.5 | 1 | 1 | 30 | 60 | 45 | 45

SELECT asin(2);
ERROR 22003: input is out of range

SELECT acos(-2);
ERROR 22003: input is out of range

SELECT acosh(0.5);
ERROR 22003: input is out of range

SELECT atanh(1), atanh(-1);
atanh float8 | atanh float8
Infinity | -Infinity

SELECT atanh(2);
ERROR 22003: input is out of range

SELECT asind(2);
ERROR 22003: input is out of range

SELECT sin('Infinity'::float8);
ERROR 22003: input is out of range

SELECT cos('NaN'::float8), sin('NaN'::float8), atan('Infinity'::float8);
cos float8 | sin float8 | atan float8
NaN | NaN | 1.5707963267948966

-- differs: the last digit of transcendental functions is that of another library
SELECT sin(1), cos(1), tan(1), sin(0.5), cos(0.5), tan(0.5), asin(0.5), acos(0.5), atan(0.5), atan2(1, 2), sinh(1), cosh(1), tanh(1), asinh(1), acosh(2), atanh(0.5);
sin float8 | cos float8 | tan float8 | sin float8 | cos float8 | tan float8 | asin float8 | acos float8 | atan float8 | atan2 float8 | sinh float8 | cosh float8 | tanh float8 | asinh float8 | acosh float8 | atanh float8
0.8414709848078965 | 0.5403023058681398 | 1.5574077246549023 | 0.479425538604203 | 0.8775825618903728 | 0.5463024898437905 | 0.5235987755982989 | 1.0471975511965979 | 0.4636476090008061 | 0.4636476090008061 | 1.1752011936438014 | 1.5430806348152437 | 0.7615941559557649 | 0.881373587019543 | 1.3169578969248166 | 0.5493061443340548
~~~~
sin float8 | cos float8 | tan float8 | sin float8 | cos float8 | tan float8 | asin float8 | acos float8 | atan float8 | atan2 float8 | sinh float8 | cosh float8 | tanh float8 | asinh float8 | acosh float8 | atanh float8
0.8414709848078965 | 0.5403023058681398 | 1.557407724654902 | 0.479425538604203 | 0.8775825618903728 | 0.5463024898437905 | 0.5235987755982989 | 1.0471975511965976 | 0.4636476090008061 | 0.4636476090008061 | 1.1752011936438014 | 1.5430806348152437 | 0.7615941559557649 | 0.881373587019543 | 1.3169578969248166 | 0.5493061443340548

-- differs: the last digit of transcendental functions is that of another library
SELECT sin(x), cos(x), tan(x) FROM generate_series(0.0, 12.0, 0.7) x ORDER BY x;
sin float8 | cos float8 | tan float8
0 | 1 | 0
0.644217687237691 | 0.7648421872844885 | 0.8422883804630794
0.9854497299884601 | 0.16996714290024104 | 5.797883715482887
0.8632093666488737 | -0.5048461045998576 | -1.7098465429045073
0.3349881501559051 | -0.9422223406686581 | -0.3555298316511761
-0.35078322768961984 | -0.9364566872907963 | 0.3745856401585947
-0.8715757724135882 | -0.4902608213406994 | 1.7777797745088417
-0.9824526126243325 | 0.18651236942257576 | -5.267493065826737
-0.6312666378723216 | 0.7755658785102496 | -0.8139432836897027
0.016813900484349713 | 0.9998586363834151 | 0.016816277694182057
0.6569865987187891 | 0.7539022543433046 | 0.8714479827243188
0.9881682338770004 | 0.15337386203786435 | 6.442872473492551
0.8545989080882804 | -0.5192886541166856 | -1.645710726227902
0.3190983623493521 | -0.9477216021311119 | -0.33670052643287396
-0.3664791292519284 | -0.9304262721047533 | 0.3938830407517425
-0.87969575997167 | -0.4755369279959925 | 1.8498999934219273
-0.9791777291513174 | 0.2030048638187504 | -4.823420043893925
-0.6181371122370333 | 0.7860702961410393 | -0.7863636563696399
~~~~
sin float8 | cos float8 | tan float8
0 | 1 | 0
0.644217687237691 | 0.7648421872844884 | 0.8422883804630794
0.9854497299884601 | 0.169967142900241 | 5.797883715482887
0.8632093666488737 | -0.5048461045998575 | -1.7098465429045075
0.33498815015590505 | -0.9422223406686581 | -0.3555298316511761
-0.35078322768961984 | -0.9364566872907963 | 0.3745856401585947
-0.8715757724135882 | -0.4902608213406995 | 1.7777797745088415
-0.9824526126243325 | 0.18651236942257574 | -5.267493065826737
-0.6312666378723216 | 0.7755658785102495 | -0.8139432836897027
0.016813900484349713 | 0.9998586363834151 | 0.016816277694182057
0.6569865987187891 | 0.7539022543433046 | 0.8714479827243188
0.9881682338770004 | 0.15337386203786435 | 6.442872473492551
0.8545989080882804 | -0.5192886541166856 | -1.645710726227902
0.3190983623493521 | -0.9477216021311119 | -0.33670052643287396
-0.3664791292519284 | -0.9304262721047533 | 0.3938830407517425
-0.8796957599716702 | -0.47553692799599256 | 1.8498999934219271
-0.9791777291513174 | 0.2030048638187504 | -4.823420043893925
-0.6181371122370333 | 0.7860702961410394 | -0.7863636563696398

-- differs: the last digit of transcendental functions is that of another library
SELECT exp(x), ln(x + 1), log(x + 1), cbrt(x), x ^ 1.5 FROM (SELECT g::float8 / 7 AS x FROM generate_series(0, 20) g) s ORDER BY x;
exp float8 | ln float8 | log float8 | cbrt float8 | ?column? float8
1 | 0 | 0 | 0 | 0
1.1535649948951077 | 0.13353139262452257 | 0.05799194697768673 | 0.5227579585747101 | 0.05399492471560389
1.33071219744735 | 0.251314428280906 | 0.109144469425068 | 0.6586337560083494 | 0.1527207096642425
1.5350630092552098 | 0.3566749439387324 | 0.15490195998574316 | 0.7539474411291537 | 0.2805658588748473
1.770794952435155 | 0.4519851237430572 | 0.1962946451439682 | 0.8298265333662433 | 0.4319593977248311
2.042727070266142 | 0.5389965007326871 | 0.23408320603336805 | 0.8939035350965678 | 0.603681610520369
2.3564184423836605 | 0.6190392084062235 | 0.26884531229257996 | 0.9499142515929965 | 0.7935600855193298
2.718281828459045 | 0.6931471805599453 | 0.3010299956639812 | 1 | 1
3.1357147635698226 | 0.7621400520468967 | 0.3309932190414244 | 1.0455159171494204 | 1.22176567731394
3.617250785229937 | 0.8266785731844679 | 0.3590219426416679 | 1.0873803730028921 | 1.4578629673213053
4.172733883598096 | 0.8873031950009029 | 0.38535088136401713 | 1.1262478804436065 | 1.7074694419062766
4.813519741131481 | 0.9444616088408513 | 0.4101744650890492 | 1.1626032920568146 | 1.9698899645165988
5.552707875605837 | 0.9985288301111273 | 0.43365556093857216 | 1.1968169611771509 | 2.2445268709987785
6.405409432177272 | 1.0498221244986776 | 0.45593195564972433 | 1.2291789212788067 | 2.5308591058000602
7.38905609893065 | 1.0986122886681098 | 0.47712125471966244 | 1.2599210498948734 | 2.8284271247461903
8.5237564610426 | 1.1451323043030026 | 0.49732464080794936 | 1.2892319893892978 | 3.1368216630488566
9.832707078469747 | 1.1895840668738364 | 0.516629796003336 | 1.317267512016699 | 3.455675181798649
11.342666690780044 | 1.2321436812926323 | 0.5351132016973491 | 1.344157915253233 | 3.7846552234450432
13.084503243246594 | 1.2729656758128876 | 0.5528419686577808 | 1.3700134211888828 | 4.123459160934548
15.093824917000777 | 1.3121863889661687 | 0.5698753079565612 | 1.3949281985432749 | 4.471809985688676
17.41170806332765 | 1.349926716949016 | 0.5862657241447304 | 1.4189834119703841 | 4.829452884162952
~~~~
exp float8 | ln float8 | log float8 | cbrt float8 | ?column? float8
1 | 0 | 0 | 0 | 0
1.1535649948951077 | 0.13353139262452257 | 0.05799194697768673 | 0.5227579585747102 | 0.05399492471560389
1.33071219744735 | 0.251314428280906 | 0.109144469425068 | 0.6586337560083495 | 0.1527207096642425
1.5350630092552098 | 0.3566749439387324 | 0.1549019599857432 | 0.7539474411291538 | 0.2805658588748473
1.770794952435155 | 0.4519851237430572 | 0.1962946451439682 | 0.8298265333662435 | 0.4319593977248311
2.042727070266142 | 0.5389965007326871 | 0.23408320603336802 | 0.8939035350965676 | 0.603681610520369
2.3564184423836605 | 0.6190392084062235 | 0.26884531229257996 | 0.9499142515929965 | 0.7935600855193298
2.718281828459045 | 0.6931471805599453 | 0.3010299956639812 | 1 | 1
3.1357147635698226 | 0.7621400520468967 | 0.3309932190414244 | 1.0455159171494204 | 1.22176567731394
3.617250785229937 | 0.8266785731844679 | 0.3590219426416679 | 1.0873803730028921 | 1.4578629673213053
4.172733883598096 | 0.8873031950009029 | 0.38535088136401713 | 1.126247880443606 | 1.7074694419062766
4.813519741131481 | 0.9444616088408513 | 0.4101744650890492 | 1.1626032920568146 | 1.9698899645165988
5.552707875605837 | 0.9985288301111273 | 0.43365556093857216 | 1.1968169611771509 | 2.2445268709987785
6.405409432177272 | 1.0498221244986776 | 0.4559319556497244 | 1.229178921278807 | 2.53085910580006
7.38905609893065 | 1.0986122886681098 | 0.47712125471966244 | 1.2599210498948732 | 2.8284271247461903
8.5237564610426 | 1.1451323043030026 | 0.4973246408079494 | 1.289231989389298 | 3.1368216630488566
9.832707078469747 | 1.1895840668738364 | 0.516629796003336 | 1.317267512016699 | 3.455675181798649
11.342666690780044 | 1.2321436812926323 | 0.5351132016973492 | 1.3441579152532328 | 3.7846552234450432
13.084503243246594 | 1.2729656758128876 | 0.5528419686577808 | 1.3700134211888828 | 4.123459160934548
15.093824917000777 | 1.3121863889661687 | 0.5698753079565612 | 1.3949281985432749 | 4.471809985688676
17.41170806332765 | 1.349926716949016 | 0.5862657241447304 | 1.418983411970384 | 4.829452884162952

-- differs: the last digit of transcendental functions is that of another library
SELECT asin(x), acos(x), atan(x), sinh(x), cosh(x), tanh(x), asinh(x), atanh(x) FROM (SELECT g::float8 / 13 AS x FROM generate_series(-12, 12) g) s ORDER BY x;
asin float8 | acos float8 | atan float8 | sinh float8 | cosh float8 | tanh float8 | asinh float8 | atanh float8
-1.1760052070951352 | 2.746801533890032 | -0.7454194762741583 | -1.0598642303680168 | 1.457158943565728 | -0.7273497754297724 | -0.8259217584622416 | -1.6094379124341007
-1.0087265237892693 | 2.579522850584166 | -0.702256931509007 | -0.9508017460801435 | 1.3798637470232522 | -0.6890548056873629 | -0.7683041154286617 | -1.2424533248940002
-0.8776364192181428 | 2.4484327460130393 | -0.6556956262415362 | -0.8473680823586351 | 1.3107374515898105 | -0.6464819337624415 | -0.7084608435503107 | -1.01844096363052
-0.7646821778626701 | 2.3354785046575666 | -0.6055446636049701 | -0.7489509038391419 | 1.249370824199712 | -0.5994624568881577 | -0.6463533959858471 | -0.8523740461192126
-0.6628738236501358 | 2.2336701504450325 | -0.5516549825285469 | -0.65496757314135 | 1.195400569627884 | -0.5479063585733732 | -0.5819722521437556 | -0.7175422626446614
-0.5686103002641822 | 2.139406627059079 | -0.4939413689195812 | -0.5648617016102023 | 1.1485071797537763 | -0.4918225254206079 | -0.515345687954586 | -0.601986402162968
-0.47972863767575274 | 2.0505249644706494 | -0.43240777557053783 | -0.47809985545162426 | 1.108413042048344 | -0.43133726987558463 | -0.4465490283611002 | -0.4992644150555636
-0.39479111969976155 | 1.965587446494658 | -0.3671738338182192 | -0.39416839776281565 | 1.074880796086201 | -0.36670894037556595 | -0.3757134629402664 | -0.4054651081081644
-0.312766721941545 | 1.8835630487364416 | -0.2984989315861793 | -0.31257044776168785 | 1.0477119283533725 | -0.29833624997754543 | -0.30303309272502177 | -0.31799438335999836
-0.23286817825808237 | 1.803664505052979 | -0.2267988480538859 | -0.2328229392138412 | 1.0267455970317925 | -0.2267581569250518 | -0.22876856669480086 | -0.2350018146228678
-0.1544595984841841 | 1.7252559252790807 | -0.15264932839526515 | -0.15445376064274438 | 1.0118576798031857 | -0.15264375981490486 | -0.1532456399383963 | -0.15507746415191975
-0.07699914065682359 | 1.6477954674517201 | -0.07677189126977804 | -0.07699896039293533 | 1.0029600390352513 | -0.07677171312528139 | -0.07684741718867191 | -0.07707533991362917
0 | 1.5707963267948966 | 0 | 0 | 1 | 0 | 0 | 0
0.07699914065682359 | 1.493797186138073 | 0.07677189126977804 | 0.07699896039293533 | 1.0029600390352513 | 0.07677171312528139 | 0.07684741718867191 | 0.07707533991362917
0.1544595984841841 | 1.4163367283107124 | 0.15264932839526515 | 0.15445376064274438 | 1.0118576798031857 | 0.15264375981490486 | 0.1532456399383963 | 0.15507746415191975
0.23286817825808237 | 1.3379281485368142 | 0.2267988480538859 | 0.2328229392138412 | 1.0267455970317925 | 0.2267581569250518 | 0.22876856669480086 | 0.2350018146228678
0.312766721941545 | 1.2580296048533517 | 0.2984989315861793 | 0.31257044776168785 | 1.0477119283533725 | 0.29833624997754543 | 0.30303309272502177 | 0.31799438335999836
0.39479111969976155 | 1.176005207095135 | 0.3671738338182192 | 0.39416839776281565 | 1.074880796086201 | 0.36670894037556595 | 0.3757134629402664 | 0.4054651081081644
0.47972863767575274 | 1.091067689119144 | 0.43240777557053783 | 0.47809985545162426 | 1.108413042048344 | 0.43133726987558463 | 0.4465490283611002 | 0.4992644150555636
0.5686103002641822 | 1.0021860265307143 | 0.4939413689195812 | 0.5648617016102023 | 1.1485071797537763 | 0.4918225254206079 | 0.515345687954586 | 0.601986402162968
0.6628738236501358 | 0.9079225031447609 | 0.5516549825285469 | 0.65496757314135 | 1.195400569627884 | 0.5479063585733732 | 0.5819722521437556 | 0.7175422626446614
0.7646821778626701 | 0.8061141489322264 | 0.6055446636049701 | 0.7489509038391419 | 1.249370824199712 | 0.5994624568881577 | 0.6463533959858471 | 0.8523740461192126
0.8776364192181428 | 0.6931599075767537 | 0.6556956262415362 | 0.8473680823586351 | 1.3107374515898105 | 0.6464819337624415 | 0.7084608435503107 | 1.01844096363052
1.0087265237892693 | 0.5620698030056273 | 0.702256931509007 | 0.9508017460801435 | 1.3798637470232522 | 0.6890548056873629 | 0.7683041154286617 | 1.2424533248940002
1.1760052070951352 | 0.3947911196997614 | 0.7454194762741583 | 1.0598642303680168 | 1.457158943565728 | 0.7273497754297724 | 0.8259217584622416 | 1.6094379124341007
~~~~
asin float8 | acos float8 | atan float8 | sinh float8 | cosh float8 | tanh float8 | asinh float8 | atanh float8
-1.1760052070951352 | 2.746801533890032 | -0.7454194762741583 | -1.0598642303680168 | 1.457158943565728 | -0.7273497754297724 | -0.8259217584622416 | -1.6094379124341007
-1.0087265237892695 | 2.579522850584166 | -0.702256931509007 | -0.9508017460801435 | 1.3798637470232522 | -0.6890548056873629 | -0.7683041154286617 | -1.2424533248940002
-0.8776364192181428 | 2.4484327460130393 | -0.6556956262415362 | -0.8473680823586354 | 1.3107374515898105 | -0.6464819337624415 | -0.7084608435503107 | -1.01844096363052
-0.7646821778626701 | 2.3354785046575666 | -0.60554466360497 | -0.748950903839142 | 1.249370824199712 | -0.5994624568881577 | -0.6463533959858471 | -0.8523740461192126
-0.6628738236501358 | 2.2336701504450325 | -0.5516549825285469 | -0.65496757314135 | 1.195400569627884 | -0.5479063585733732 | -0.5819722521437556 | -0.7175422626446614
-0.5686103002641822 | 2.1394066270590786 | -0.4939413689195812 | -0.5648617016102023 | 1.1485071797537763 | -0.4918225254206079 | -0.515345687954586 | -0.601986402162968
-0.47972863767575274 | 2.0505249644706494 | -0.4324077755705379 | -0.47809985545162426 | 1.108413042048344 | -0.4313372698755846 | -0.4465490283611002 | -0.4992644150555636
-0.39479111969976155 | 1.965587446494658 | -0.3671738338182192 | -0.3941683977628156 | 1.074880796086201 | -0.366708940375566 | -0.3757134629402664 | -0.4054651081081644
-0.312766721941545 | 1.8835630487364416 | -0.2984989315861793 | -0.31257044776168785 | 1.0477119283533725 | -0.29833624997754543 | -0.30303309272502177 | -0.31799438335999836
-0.23286817825808237 | 1.803664505052979 | -0.2267988480538859 | -0.23282293921384117 | 1.0267455970317925 | -0.2267581569250518 | -0.22876856669480086 | -0.2350018146228678
-0.1544595984841841 | 1.7252559252790807 | -0.15264932839526515 | -0.15445376064274438 | 1.0118576798031857 | -0.15264375981490486 | -0.1532456399383963 | -0.15507746415191975
-0.07699914065682358 | 1.6477954674517201 | -0.07677189126977804 | -0.07699896039293534 | 1.0029600390352513 | -0.07677171312528139 | -0.07684741718867191 | -0.07707533991362917
0 | 1.5707963267948966 | 0 | 0 | 1 | 0 | 0 | 0
0.07699914065682358 | 1.493797186138073 | 0.07677189126977804 | 0.07699896039293534 | 1.0029600390352513 | 0.07677171312528139 | 0.07684741718867191 | 0.07707533991362917
0.1544595984841841 | 1.4163367283107124 | 0.15264932839526515 | 0.15445376064274438 | 1.0118576798031857 | 0.15264375981490486 | 0.1532456399383963 | 0.15507746415191975
0.23286817825808237 | 1.3379281485368142 | 0.2267988480538859 | 0.23282293921384117 | 1.0267455970317925 | 0.2267581569250518 | 0.22876856669480086 | 0.2350018146228678
0.312766721941545 | 1.2580296048533515 | 0.2984989315861793 | 0.31257044776168785 | 1.0477119283533725 | 0.29833624997754543 | 0.30303309272502177 | 0.31799438335999836
0.39479111969976155 | 1.176005207095135 | 0.3671738338182192 | 0.3941683977628156 | 1.074880796086201 | 0.366708940375566 | 0.3757134629402664 | 0.4054651081081644
0.47972863767575274 | 1.091067689119144 | 0.4324077755705379 | 0.47809985545162426 | 1.108413042048344 | 0.4313372698755846 | 0.4465490283611002 | 0.4992644150555636
0.5686103002641822 | 1.0021860265307143 | 0.4939413689195812 | 0.5648617016102023 | 1.1485071797537763 | 0.4918225254206079 | 0.515345687954586 | 0.601986402162968
0.6628738236501358 | 0.9079225031447608 | 0.5516549825285469 | 0.65496757314135 | 1.195400569627884 | 0.5479063585733732 | 0.5819722521437556 | 0.7175422626446614
0.7646821778626701 | 0.8061141489322264 | 0.60554466360497 | 0.748950903839142 | 1.249370824199712 | 0.5994624568881577 | 0.6463533959858471 | 0.8523740461192126
0.8776364192181428 | 0.6931599075767537 | 0.6556956262415362 | 0.8473680823586354 | 1.3107374515898105 | 0.6464819337624415 | 0.7084608435503107 | 1.01844096363052
1.0087265237892695 | 0.5620698030056271 | 0.702256931509007 | 0.9508017460801435 | 1.3798637470232522 | 0.6890548056873629 | 0.7683041154286617 | 1.2424533248940002
1.1760052070951352 | 0.39479111969976133 | 0.7454194762741583 | 1.0598642303680168 | 1.457158943565728 | 0.7273497754297724 | 0.8259217584622416 | 1.6094379124341007

SELECT exp(x), ln(x + 1), sqrt(x), power(x + 1, 2.5) FROM generate_series(0.1, 9.9, 1.7) x ORDER BY x;
exp numeric | ln numeric | sqrt numeric | power numeric
1.1051709180756476 | 0.09531017980432486 | 0.31622776601683793 | 1.2690587062858834
6.0496474644129461 | 1.0296194171811582 | 1.341640786499874 | 13.118829216054305
33.115451958692314 | 1.5040773967762741 | 1.870828693386971 | 42.956736957082762
181.27224187515118 | 1.8245492920510459 | 2.280350850198276 | 95.714828109337374
992.27471560502588 | 2.0668627594729758 | 2.626785107312739 | 175.41540408413396
5431.6595913629803 | 2.2617630984737906 | 2.932575659723036 | 285.54731614918043

-- differs: the function does not exist in Millrace
SELECT random() BETWEEN 0 AND 1, setseed(0.5) IS NULL;
?column? bool | ?column? bool
t | f
~~~~
ERROR 42883: function setseed(numeric) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:34

-- differs: refused for another reason first
SELECT setseed(2);
ERROR 22023: setseed parameter 2 is out of allowed range [-1,1]
~~~~
ERROR 42883: function setseed(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT greatest(1, 2, 3), greatest(1, NULL, 3), greatest(NULL, NULL), least(1, 2.5), least('b', 'a'), greatest('2020-01-01'::date, '2020-06-01');
greatest int4 | greatest int4 | greatest text | least numeric | least text | greatest date
3 | 3 | NULL | 1 | a | 2020-06-01

SELECT pg_typeof(greatest(1, 2.5)), pg_typeof(least(1::int2, 2::int8)), pg_typeof(greatest(1, NULL)), pg_typeof(coalesce(1, 2.5));
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
numeric | bigint | integer | numeric

SELECT greatest(1, 'x');
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:20

SELECT greatest();
ERROR 42601: syntax error at or near ")"
POSITION: 1:17

SELECT greatest(1, true);
ERROR 42804: GREATEST types integer and boolean cannot be matched
POSITION: 1:20

-- differs: the function does not exist in Millrace
SELECT int4pl(1, 2), int8mul(3, 4), float8div(1, 4), numeric_add(1, 2), int4eq(1, 1), texteq('a', 'a'), int4larger(1, 2);
int4pl int4 | int8mul int8 | float8div float8 | numeric_add numeric | int4eq bool | texteq bool | int4larger int4
3 | 12 | 0.25 | 3 | t | t | 2
~~~~
ERROR 42883: function int4eq(integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:73

-- differs: the function does not exist in Millrace
SELECT numeric_inc(1.5), int4abs(-1), dsqrt(4), dpow(2, 3), float8lt(1, 2), booleq(true, false), int42mul(2, 3::int2);
numeric_inc numeric | int4abs int4 | dsqrt float8 | dpow float8 | float8lt bool | booleq bool | int42mul int4
2.5 | 1 | 2 | 8 | t | f | 6
~~~~
ERROR 42883: function numeric_inc(numeric) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT 5 OPERATOR(pg_catalog.+) 3, 5 OPERATOR(pg_catalog.=) 5, OPERATOR(pg_catalog.-) 5;
?column? int4 | ?column? bool | ?column? int4
8 | t | -5

-- differs: only the words of the message differ
SELECT 5 OPERATOR(public.+) 3;
ERROR 42883: operator does not exist: integer public.+ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10
~~~~
ERROR 42883: operator does not exist: public.+
POSITION: 1:10

SELECT 5 OPERATOR(+) 3;
?column? int4
8

SELECT 5 +* 3;
ERROR 42883: operator does not exist: integer +* integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 5 <=> 3;
ERROR 42883: operator does not exist: integer <=> integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 5 @@@ 3;
ERROR 42883: operator does not exist: integer @@@ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 1 ~~ 2;
ERROR 42883: operator does not exist: integer ~~ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT sum(f4), sum(f8), avg(f4) FROM nums WHERE id < 4;
sum float4 | sum float8 | avg float8
-0.5 | -0.5 | -0.16666666666666666

SELECT to_hex(255), to_hex(-1), to_hex(255::int8), to_hex(-1::int8);
to_hex text | to_hex text | to_hex text | to_hex text
ff | ffffffff | ff | ffffffffffffffff

SELECT bit_count('\x0f'::bytea), num_nulls(1, NULL, 2), num_nonnulls(1, NULL, 2), num_nulls(VARIADIC ARRAY[1, NULL]);
bit_count int8 | num_nulls int4 | num_nonnulls int4 | num_nulls int4
4 | 1 | 2 | 1

SELECT numeric '1e131071' IS NULL, 1e-16383 IS NULL;
?column? bool | ?column? bool
f | f

SELECT 1e131072;
ERROR 22003: value overflows numeric format
POSITION: 1:8

SELECT '1e-20000'::numeric;
ERROR 22003: value overflows numeric format
POSITION: 1:8

SELECT 10.0 ^ 131072;
ERROR 22003: value overflows numeric format

SELECT 1.0000000000000000000000000000000000000001 * 1.0000000000000000000000000000000000000001;
?column? numeric
1.00000000000000000000000000000000000000020000000000000000000000000000000000000001

SELECT 3.0 ^ 200, 1.01 ^ 100, 2.0 ^ 0.5, 0.5 ^ 3.3, 100 ^ -3.0;
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric
265613988875874769338781322035779626829233452653394495974574961739092490901302182994384699044001.0000000000000000 | 2.7048138294215261 | 1.4142135623730950 | 0.1015315495445294 | 0.0000010000000000

SELECT ln(1.0000001), ln(123456789.123456789), exp(0.00001), exp(-5.5), log(1.5, 3.7), log(123.456);
ln numeric | ln numeric | exp numeric | exp numeric | log numeric | log numeric
0.00000009999999500000033 | 18.631401767168018 | 1.0000100000500002 | 0.004086771438464067 | 3.2267457630439554 | 2.0915122016277717

SELECT sqrt(0.000000000002), sqrt(12345678901234567890), sqrt(2::numeric) * sqrt(2::numeric);
sqrt numeric | sqrt numeric | ?column? numeric
0.000001414213562373095 | 3513641828.8201443 | 1.999999999999999861967979879025
