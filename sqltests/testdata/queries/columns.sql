-- Functions and operators over columns with NULLs and edges, one by one.

SELECT id, abs(i4 % 1000) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | abs int4
1 | 0
2 | 1
3 | 1
4 | 647
6 | NULL
7 | 42
8 | 42

SELECT id, -i2 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int2
1 | 0
2 | -1
3 | 1
4 | -32767
6 | NULL
7 | -7
8 | -7

SELECT id, i2 % 5 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4
1 | 0
2 | 1
3 | -1
4 | 2
6 | NULL
7 | 2
8 | 2

SELECT id, mod(i4, 7) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | mod int4
1 | 0
2 | 1
3 | -1
4 | 1
6 | NULL
7 | 0
8 | 0

SELECT id, div(i4, 7) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | div numeric
1 | 0
2 | 0
3 | 0
4 | 306783378
6 | NULL
7 | 6
8 | 6

SELECT id, sign(i4) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | sign float8
1 | 0
2 | 1
3 | -1
4 | 1
6 | NULL
7 | 1
8 | 1

SELECT id, i4 / 10 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4
1 | 0
2 | 0
3 | 0
4 | 214748364
6 | NULL
7 | 4
8 | 4

SELECT id, i4 * 0 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4
1 | 0
2 | 0
3 | 0
4 | 0
6 | NULL
7 | 0
8 | 0

SELECT id, i2 + i4 % 100 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4
1 | 0
2 | 2
3 | -2
4 | 32814
6 | NULL
7 | 49
8 | 49

SELECT id, i8 % 1000 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int8
1 | 0
2 | 1
3 | -1
4 | 807
6 | NULL
7 | 0
8 | 0

SELECT id, i8 / 7 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int8
1 | 0
2 | 0
3 | 0
4 | 1317624576693539401
6 | NULL
7 | 142
8 | 142

SELECT id, i4::text FROM nums WHERE id <> 5 ORDER BY id;
id int4 | i4 text
1 | 0
2 | 1
3 | -1
4 | 2147483647
6 | NULL
7 | 42
8 | 42

SELECT id, i4::float8 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | i4 float8
1 | 0
2 | 1
3 | -1
4 | 2147483647
6 | NULL
7 | 42
8 | 42

SELECT id, i4::numeric FROM nums WHERE id <> 5 ORDER BY id;
id int4 | i4 numeric
1 | 0
2 | 1
3 | -1
4 | 2147483647
6 | NULL
7 | 42
8 | 42

SELECT id, i2::bool IS NULL FROM nums WHERE id <> 5 ORDER BY id;
ERROR 42846: cannot cast type smallint to boolean
POSITION: 1:14

SELECT id, to_hex(i4) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | to_hex text
1 | 0
2 | 1
3 | ffffffff
4 | 7fffffff
6 | NULL
7 | 2a
8 | 2a

SELECT id, i4 & 15 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4
1 | 0
2 | 1
3 | 15
4 | 15
6 | NULL
7 | 10
8 | 10

SELECT id, i4 | 16 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4
1 | 16
2 | 17
3 | -1
4 | 2147483647
6 | NULL
7 | 58
8 | 58

SELECT id, i4 # 5 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4
1 | 5
2 | 4
3 | -6
4 | 2147483642
6 | NULL
7 | 47
8 | 47

SELECT id, ~i2 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int2
1 | -1
2 | -2
3 | 0
4 | -32768
6 | NULL
7 | -8
8 | -8

SELECT id, i2 << 1 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int2
1 | 0
2 | 2
3 | -2
4 | -2
6 | NULL
7 | 14
8 | 14

SELECT id, i4 >> 2 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4
1 | 0
2 | 0
3 | -1
4 | 536870911
6 | NULL
7 | 10
8 | 10

SELECT id, greatest(i2, i4) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | greatest int4
1 | 0
2 | 1
3 | -1
4 | 2147483647
6 | NULL
7 | 42
8 | 42

SELECT id, least(i4, i8) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | least int8
1 | 0
2 | 1
3 | -1
4 | 2147483647
6 | NULL
7 | 42
8 | 42

SELECT id, coalesce(i2, -1) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | coalesce int4
1 | 0
2 | 1
3 | -1
4 | 32767
6 | -1
7 | 7
8 | 7

SELECT id, nullif(i4, 42) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | nullif int4
1 | 0
2 | 1
3 | -1
4 | 2147483647
6 | NULL
7 | NULL
8 | NULL

SELECT id, i2 = 7 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | f
6 | NULL
7 | t
8 | t

SELECT id, i4 <> 42 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | t
4 | t
6 | NULL
7 | f
8 | f

SELECT id, i2 < i4 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | t
6 | NULL
7 | t
8 | t

SELECT id, i4 <= i8 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | t
4 | t
6 | NULL
7 | t
8 | t

SELECT id, i4 IN (0, 42) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | f
6 | NULL
7 | t
8 | t

SELECT id, i4 BETWEEN -1 AND 1 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | t
4 | f
6 | NULL
7 | f
8 | f

SELECT id, i4 IS DISTINCT FROM 42 FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | t
4 | t
6 | t
7 | f
8 | f

SELECT id, i4 IS NULL FROM nums WHERE id <> 5 ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | f
6 | t
7 | f
8 | f

SELECT id, gcd(i2::int, 12) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | gcd int4
1 | 12
2 | 1
3 | 1
4 | 1
6 | NULL
7 | 1
8 | 1

SELECT id, width_bucket(i2, 0, 10, 5) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | width_bucket int4
1 | 1
2 | 1
3 | 0
4 | 6
6 | NULL
7 | 4
8 | 4

SELECT id, bool(i4) FROM nums WHERE i2 >= 0 ORDER BY id;
id int4 | bool bool
1 | f
2 | t
4 | t
7 | t
8 | t

SELECT id, i2::oid::int IS NULL FROM nums WHERE i2 >= 0 ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
4 | f
7 | f
8 | f

SELECT id, power(i2 % 5, 2) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | power float8
1 | 0
2 | 1
3 | 1
4 | 4
6 | NULL
7 | 4
8 | 4

SELECT id, sqrt(abs(i2)) FROM nums WHERE id <> 5 ORDER BY id;
id int4 | sqrt float8
1 | 0
2 | 1
3 | 1
4 | 181.01657382681842
6 | NULL
7 | 2.6457513110645907
8 | 2.6457513110645907

SELECT id, n + 1 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? numeric
1 | 1
2 | 2
3 | -0.5
5 | 0.999999999
6 | NULL
8 | 3.50

SELECT id, n - 0.5 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? numeric
1 | -0.5
2 | 0.5
3 | -2.0
5 | -0.500000001
6 | NULL
8 | 2.00

SELECT id, n * 2 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? numeric
1 | 0
2 | 2
3 | -3.0
5 | -0.000000002
6 | NULL
8 | 5.00

SELECT id, n * n FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? numeric
1 | 0
2 | 1
3 | 2.25
5 | 0.000000000000000001
6 | NULL
8 | 6.2500

SELECT id, n / 3 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? numeric
1 | 0.00000000000000000000
2 | 0.33333333333333333333
3 | -0.50000000000000000000
5 | -0.0000000003333333333333333333
6 | NULL
8 | 0.83333333333333333333

SELECT id, n % 0.7 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? numeric
1 | 0.0
2 | 0.3
3 | -0.1
5 | -0.000000001
6 | NULL
8 | 0.40

SELECT id, -n FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? numeric
1 | 0
2 | -1
3 | 1.5
5 | 0.000000001
6 | NULL
8 | -2.50

SELECT id, abs(n) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | abs numeric
1 | 0
2 | 1
3 | 1.5
5 | 0.000000001
6 | NULL
8 | 2.50

SELECT id, round(n, 1) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | round numeric
1 | 0.0
2 | 1.0
3 | -1.5
5 | 0.0
6 | NULL
8 | 2.5

SELECT id, round(n) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | round numeric
1 | 0
2 | 1
3 | -2
5 | 0
6 | NULL
8 | 3

SELECT id, trunc(n, 2) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | trunc numeric
1 | 0.00
2 | 1.00
3 | -1.50
5 | 0.00
6 | NULL
8 | 2.50

SELECT id, ceil(n) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ceil numeric
1 | 0
2 | 1
3 | -1
5 | 0
6 | NULL
8 | 3

SELECT id, floor(n) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | floor numeric
1 | 0
2 | 1
3 | -2
5 | -1
6 | NULL
8 | 2

SELECT id, sign(n) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | sign numeric
1 | 0
2 | 1
3 | -1
5 | -1
6 | NULL
8 | 1

SELECT id, scale(n) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | scale int4
1 | 0
2 | 0
3 | 1
5 | 9
6 | NULL
8 | 2

SELECT id, trim_scale(n) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | trim_scale numeric
1 | 0
2 | 1
3 | -1.5
5 | -0.000000001
6 | NULL
8 | 2.5

SELECT id, n::text FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | n text
1 | 0
2 | 1
3 | -1.5
5 | -0.000000001
6 | NULL
8 | 2.50

SELECT id, n::numeric(30,3) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | n numeric(30,3)
1 | 0.000
2 | 1.000
3 | -1.500
5 | 0.000
6 | NULL
8 | 2.500

SELECT id, n::float8 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | n float8
1 | 0
2 | 1
3 | -1.5
5 | -1e-09
6 | NULL
8 | 2.5

SELECT id, n = 1 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? bool
1 | f
2 | t
3 | f
5 | f
6 | NULL
8 | f

SELECT id, n > 0 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? bool
1 | f
2 | t
3 | f
5 | f
6 | NULL
8 | t

SELECT id, n IS NULL FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
5 | f
6 | t
8 | f

SELECT id, n IN (1, 2.5) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? bool
1 | f
2 | t
3 | f
5 | f
6 | NULL
8 | t

SELECT id, coalesce(n, 0) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | coalesce numeric
1 | 0
2 | 1
3 | -1.5
5 | -0.000000001
6 | 0
8 | 2.50

SELECT id, n BETWEEN 0 AND 3 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | f
5 | f
6 | NULL
8 | t

SELECT id, n::varchar(5) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | n varchar(0,5)
1 | 0
2 | 1
3 | -1.5
5 | -0.00
6 | NULL
8 | 2.50

SELECT id, div(n, 2) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | div numeric
1 | 0
2 | 0
3 | 0
5 | 0
6 | NULL
8 | 1

SELECT id, min_scale(n) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | min_scale int4
1 | 0
2 | 0
3 | 1
5 | 9
6 | NULL
8 | 1

SELECT id, n::int8 % 10 FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? int8
1 | 0
2 | 1
3 | -2
5 | 0
6 | NULL
8 | 3

SELECT id, to_char(n, 'FM999.99') FROM nums WHERE id IN (1, 2, 3) ORDER BY id;
id int4 | to_char text
1 | 0.
2 | 1.
3 | -1.5

SELECT id, n || '' FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | ?column? text
1 | 0
2 | 1
3 | -1.5
5 | -0.000000001
6 | NULL
8 | 2.50

SELECT id, greatest(n, 1) FROM nums WHERE id IN (1, 2, 3, 5, 6, 8) ORDER BY id;
id int4 | greatest numeric
1 | 1
2 | 1
3 | 1
5 | 1
6 | 1
8 | 2.50

SELECT id, f8 + 1 FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? float8
1 | 1
2 | 2
3 | -0.5
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, f8 * 2 FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? float8
1 | 0
2 | 2
3 | -3
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, f8 / 2 FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? float8
1 | 0
2 | 0.5
3 | -0.75
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, -f8 FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? float8
1 | -0
2 | -1
3 | 1.5
6 | NULL
7 | -Infinity
8 | Infinity

SELECT id, abs(f8) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | abs float8
1 | 0
2 | 1
3 | 1.5
6 | NULL
7 | Infinity
8 | Infinity

SELECT id, round(f8) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | round float8
1 | 0
2 | 1
3 | -2
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, ceil(f8) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ceil float8
1 | 0
2 | 1
3 | -1
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, floor(f8) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | floor float8
1 | 0
2 | 1
3 | -2
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, trunc(f8) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | trunc float8
1 | 0
2 | 1
3 | -1
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, sign(f8) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | sign float8
1 | 0
2 | 1
3 | -1
6 | NULL
7 | 1
8 | -1

SELECT id, f8::text FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | f8 text
1 | 0
2 | 1
3 | -1.5
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, f8::float4 FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | f8 float4
1 | 0
2 | 1
3 | -1.5
6 | NULL
7 | Infinity
8 | -Infinity

SELECT id, f8 = f8 FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | t
6 | NULL
7 | t
8 | t

SELECT id, f8 > 1 FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
6 | NULL
7 | t
8 | f

SELECT id, f8 IS NULL FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
6 | t
7 | f
8 | f

SELECT id, greatest(f8, 0) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | greatest float8
1 | 0
2 | 1
3 | 0
6 | 0
7 | Infinity
8 | 0

SELECT id, least(f8, 0) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | least float8
1 | 0
2 | 0
3 | -1.5
6 | 0
7 | 0
8 | -Infinity

SELECT id, coalesce(f8, 0) FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | coalesce float8
1 | 0
2 | 1
3 | -1.5
6 | 0
7 | Infinity
8 | -Infinity

SELECT id, f8 IN (1, 'NaN') FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? bool
1 | f
2 | t
3 | f
6 | NULL
7 | f
8 | f

SELECT id, f8 BETWEEN 0 AND 'Infinity' FROM nums WHERE id NOT IN (4, 5) ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | f
6 | NULL
7 | t
8 | f

SELECT id, upper(t) FROM words ORDER BY id;
id int4 | upper text
1 | APPLE
2 | BANANA
3 | ""
4 | NULL
5 | CHERRY PIE
6 | STRAßE
7 | A_B%C
8 | "TAB\tHERE"

SELECT id, lower(t) FROM words ORDER BY id;
id int4 | lower text
1 | apple
2 | banana
3 | ""
4 | NULL
5 | cherry pie
6 | straße
7 | a_b%c
8 | "tab\there"

SELECT id, initcap(t) FROM words ORDER BY id;
id int4 | initcap text
1 | Apple
2 | Banana
3 | ""
4 | NULL
5 | Cherry Pie
6 | Straße
7 | A_B%C
8 | "Tab\tHere"

SELECT id, length(t) FROM words ORDER BY id;
id int4 | length int4
1 | 5
2 | 6
3 | 0
4 | NULL
5 | 10
6 | 6
7 | 5
8 | 8

SELECT id, octet_length(t) FROM words ORDER BY id;
id int4 | octet_length int4
1 | 5
2 | 6
3 | 0
4 | NULL
5 | 10
6 | 7
7 | 5
8 | 8

SELECT id, bit_length(t) FROM words ORDER BY id;
id int4 | bit_length int4
1 | 40
2 | 48
3 | 0
4 | NULL
5 | 80
6 | 56
7 | 40
8 | 64

SELECT id, char_length(c) FROM words ORDER BY id;
id int4 | char_length int4
1 | 2
2 | 2
3 | 0
4 | NULL
5 | 1
6 | 1
7 | 3
8 | 1

SELECT id, left(t, 2) FROM words ORDER BY id;
id int4 | left text
1 | ap
2 | Ba
3 | ""
4 | NULL
5 | ch
6 | St
7 | a_
8 | ta

SELECT id, right(t, 2) FROM words ORDER BY id;
id int4 | right text
1 | le
2 | na
3 | ""
4 | NULL
5 | ie
6 | ße
7 | %c
8 | re

SELECT id, left(t, -1) FROM words ORDER BY id;
id int4 | left text
1 | appl
2 | Banan
3 | ""
4 | NULL
5 | cherry pi
6 | Straß
7 | a_b%
8 | "tab\ther"

SELECT id, substr(t, 2) FROM words ORDER BY id;
id int4 | substr text
1 | pple
2 | anana
3 | ""
4 | NULL
5 | herry pie
6 | traße
7 | _b%c
8 | "ab\there"

SELECT id, substr(t, 2, 3) FROM words ORDER BY id;
id int4 | substr text
1 | ppl
2 | ana
3 | ""
4 | NULL
5 | her
6 | tra
7 | _b%
8 | "ab\t"

SELECT id, substring(t FROM 2 FOR 2) FROM words ORDER BY id;
id int4 | substring text
1 | pp
2 | an
3 | ""
4 | NULL
5 | he
6 | tr
7 | _b
8 | ab

SELECT id, substring(t FROM '[a-z]+') FROM words ORDER BY id;
id int4 | substring text
1 | apple
2 | anana
3 | NULL
4 | NULL
5 | cherry
6 | tra
7 | a
8 | tab

SELECT id, position('e' IN t) FROM words ORDER BY id;
id int4 | position int4
1 | 5
2 | 0
3 | 0
4 | NULL
5 | 3
6 | 6
7 | 0
8 | 6

SELECT id, strpos(t, 'a') FROM words ORDER BY id;
id int4 | strpos int4
1 | 1
2 | 2
3 | 0
4 | NULL
5 | 0
6 | 4
7 | 1
8 | 2

SELECT id, replace(t, 'a', 'X') FROM words ORDER BY id;
id int4 | replace text
1 | Xpple
2 | BXnXnX
3 | ""
4 | NULL
5 | cherry pie
6 | StrXße
7 | X_b%c
8 | "tXb\there"

SELECT id, translate(t, 'abc', 'xyz') FROM words ORDER BY id;
id int4 | translate text
1 | xpple
2 | Bxnxnx
3 | ""
4 | NULL
5 | zherry pie
6 | Strxße
7 | x_y%z
8 | "txy\there"

SELECT id, reverse(t) FROM words ORDER BY id;
id int4 | reverse text
1 | elppa
2 | ananaB
3 | ""
4 | NULL
5 | eip yrrehc
6 | eßartS
7 | c%b_a
8 | "ereh\tbat"

SELECT id, repeat(t, 2) FROM words ORDER BY id;
id int4 | repeat text
1 | appleapple
2 | BananaBanana
3 | ""
4 | NULL
5 | cherry piecherry pie
6 | StraßeStraße
7 | a_b%ca_b%c
8 | "tab\theretab\there"

SELECT id, lpad(t, 8, '.') FROM words ORDER BY id;
id int4 | lpad text
1 | ...apple
2 | ..Banana
3 | ........
4 | NULL
5 | cherry p
6 | ..Straße
7 | ...a_b%c
8 | "tab\there"

SELECT id, rpad(t, 8, '.') FROM words ORDER BY id;
id int4 | rpad text
1 | apple...
2 | Banana..
3 | ........
4 | NULL
5 | cherry p
6 | Straße..
7 | a_b%c...
8 | "tab\there"

SELECT id, ltrim(t, 'aB') FROM words ORDER BY id;
id int4 | ltrim text
1 | pple
2 | nana
3 | ""
4 | NULL
5 | cherry pie
6 | Straße
7 | _b%c
8 | "tab\there"

SELECT id, rtrim(t, 'e') FROM words ORDER BY id;
id int4 | rtrim text
1 | appl
2 | Banana
3 | ""
4 | NULL
5 | cherry pi
6 | Straß
7 | a_b%c
8 | "tab\ther"

SELECT id, btrim(t, 'ae') FROM words ORDER BY id;
id int4 | btrim text
1 | ppl
2 | Banan
3 | ""
4 | NULL
5 | cherry pi
6 | Straß
7 | _b%c
8 | "tab\ther"

SELECT id, trim(v) FROM words ORDER BY id;
id int4 | btrim text
1 | red
2 | yellow
3 | ""
4 | NULL
5 | dark
6 | ß
7 | 100%
8 | q'q

SELECT id, concat(t, '-', v) FROM words ORDER BY id;
id int4 | concat text
1 | apple-red
2 | Banana-yellow
3 | -
4 | -
5 | cherry pie-dark
6 | Straße-ß
7 | a_b%c-100%
8 | "tab\there-q'q"

SELECT id, concat_ws('/', t, v, k) FROM words ORDER BY id;
id int4 | concat_ws text
1 | apple/red/fruit
2 | Banana/yellow/fruit
3 | //none
4 | ""
5 | cherry pie/dark/cake
6 | Straße/ß/place
7 | a_b%c/100%/odd
8 | "tab\there/q'q/odd"

SELECT id, t || v FROM words ORDER BY id;
id int4 | ?column? text
1 | applered
2 | Bananayellow
3 | ""
4 | NULL
5 | cherry piedark
6 | Straßeß
7 | a_b%c100%
8 | "tab\thereq'q"

SELECT id, t || c FROM words ORDER BY id;
id int4 | ?column? text
1 | appleab
2 | Bananacd
3 | ""
4 | NULL
5 | cherry piex
6 | Straßeä
7 | a_b%ca_b
8 | "tab\there\\"

SELECT id, c || t FROM words ORDER BY id;
id int4 | ?column? text
1 | abapple
2 | cdBanana
3 | ""
4 | NULL
5 | xcherry pie
6 | äStraße
7 | a_ba_b%c
8 | "\\tab\there"

SELECT id, v || 1 FROM words ORDER BY id;
id int4 | ?column? text
1 | red1
2 | yellow1
3 | 1
4 | NULL
5 | dark1
6 | ß1
7 | 100%1
8 | q'q1

SELECT id, md5(t) FROM words ORDER BY id;
id int4 | md5 text
1 | 1f3870be274f6c49b3e31a0c6728957f
2 | e6f9c347672daae5a2557ae118f44a1e
3 | d41d8cd98f00b204e9800998ecf8427e
4 | NULL
5 | 7a963d60ecd9fde41d8bec259a398829
6 | a763ca073cfda1fce8a14f2f0cc84591
7 | ec48e7b6f16585b74dea9cdea3c036bc
8 | 844fd4cec7535bdc04e9ba1226b7f358

SELECT id, ascii(t) FROM words ORDER BY id;
id int4 | ascii int4
1 | 97
2 | 66
3 | 0
4 | NULL
5 | 99
6 | 83
7 | 97
8 | 116

SELECT id, split_part(t, ' ', 2) FROM words ORDER BY id;
id int4 | split_part text
1 | ""
2 | ""
3 | ""
4 | NULL
5 | pie
6 | ""
7 | ""
8 | ""

SELECT id, split_part(t, 'a', -1) FROM words ORDER BY id;
id int4 | split_part text
1 | pple
2 | ""
3 | ""
4 | NULL
5 | cherry pie
6 | ße
7 | _b%c
8 | "b\there"

SELECT id, string_to_array(t, 'a') FROM words ORDER BY id;
id int4 | string_to_array text[]
1 | {"",pple}
2 | {B,n,n,""}
3 | {}
4 | NULL
5 | {"cherry pie"}
6 | {Str,ße}
7 | {"",_b%c}
8 | "{t,\"b\there\"}"

SELECT id, quote_literal(t) FROM words ORDER BY id;
id int4 | quote_literal text
1 | 'apple'
2 | 'Banana'
3 | ''
4 | NULL
5 | 'cherry pie'
6 | 'Straße'
7 | 'a_b%c'
8 | "'tab\there'"

SELECT id, quote_ident(t) FROM words ORDER BY id;
id int4 | quote_ident text
1 | apple
2 | "\"Banana\""
3 | "\"\""
4 | NULL
5 | "\"cherry pie\""
6 | "\"Straße\""
7 | "\"a_b%c\""
8 | "\"tab\there\""

SELECT id, quote_nullable(t) FROM words ORDER BY id;
id int4 | quote_nullable text
1 | 'apple'
2 | 'Banana'
3 | ''
4 | "NULL"
5 | 'cherry pie'
6 | 'Straße'
7 | 'a_b%c'
8 | "'tab\there'"

SELECT id, format('%s|%I|%L', id, k, t) FROM words ORDER BY id;
ERROR 22004: null values cannot be formatted as an SQL identifier

SELECT id, t LIKE 'a%' FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f
7 | t
8 | f

SELECT id, t NOT LIKE '%a%' FROM words ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | t
4 | NULL
5 | t
6 | f
7 | f
8 | f

SELECT id, t ILIKE 'A%' FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f
7 | t
8 | f

SELECT id, t SIMILAR TO '(a|B)%' FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | f
4 | NULL
5 | f
6 | f
7 | t
8 | f

SELECT id, t ~ '^[aB]' FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | f
4 | NULL
5 | f
6 | f
7 | t
8 | f

SELECT id, t ~* 'S' FROM words ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | NULL
5 | f
6 | t
7 | f
8 | f

SELECT id, t !~ 'a' FROM words ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | t
4 | NULL
5 | t
6 | f
7 | f
8 | f

SELECT id, regexp_replace(t, '[aeiou]', '', 'g') FROM words ORDER BY id;
id int4 | regexp_replace text
1 | ppl
2 | Bnn
3 | ""
4 | NULL
5 | chrry p
6 | Strß
7 | _b%c
8 | "tb\thr"

SELECT id, regexp_match(t, '(.)(.)') FROM words ORDER BY id;
id int4 | regexp_match text[]
1 | {a,p}
2 | {B,a}
3 | NULL
4 | NULL
5 | {c,h}
6 | {S,t}
7 | {a,_}
8 | {t,a}

SELECT id, regexp_count(t, 'a') FROM words ORDER BY id;
id int4 | regexp_count int4
1 | 1
2 | 3
3 | 0
4 | NULL
5 | 0
6 | 1
7 | 1
8 | 1

SELECT id, regexp_split_to_array(t, '\s') FROM words ORDER BY id;
id int4 | regexp_split_to_array text[]
1 | {apple}
2 | {Banana}
3 | {""}
4 | NULL
5 | {cherry,pie}
6 | {Straße}
7 | {a_b%c}
8 | {tab,here}

SELECT id, regexp_substr(t, 'a.') FROM words ORDER BY id;
id int4 | regexp_substr text
1 | ap
2 | an
3 | NULL
4 | NULL
5 | NULL
6 | aß
7 | a_
8 | ab

SELECT id, regexp_instr(t, 'e') FROM words ORDER BY id;
id int4 | regexp_instr int4
1 | 5
2 | 0
3 | 0
4 | NULL
5 | 3
6 | 6
7 | 0
8 | 6

SELECT id, t = k FROM words ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | NULL
5 | f
6 | f
7 | f
8 | f

SELECT id, t < k FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | t
4 | NULL
5 | f
6 | t
7 | t
8 | f

SELECT id, t > 'b' FROM words ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | NULL
5 | t
6 | f
7 | f
8 | t

SELECT id, t IN ('apple', '') FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | t
4 | NULL
5 | f
6 | f
7 | f
8 | f

SELECT id, t BETWEEN 'a' AND 'c' FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f
7 | t
8 | f

SELECT id, t IS NULL FROM words ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | t
5 | f
6 | f
7 | f
8 | f

SELECT id, coalesce(t, 'none') FROM words ORDER BY id;
id int4 | coalesce text
1 | apple
2 | Banana
3 | ""
4 | none
5 | cherry pie
6 | Straße
7 | a_b%c
8 | "tab\there"

SELECT id, nullif(t, '') FROM words ORDER BY id;
id int4 | nullif text
1 | apple
2 | Banana
3 | NULL
4 | NULL
5 | cherry pie
6 | Straße
7 | a_b%c
8 | "tab\there"

SELECT id, greatest(t, v) FROM words ORDER BY id;
id int4 | greatest text
1 | red
2 | yellow
3 | ""
4 | NULL
5 | dark
6 | ß
7 | a_b%c
8 | "tab\there"

SELECT id, least(t, k) FROM words ORDER BY id;
id int4 | least text
1 | apple
2 | Banana
3 | ""
4 | NULL
5 | cake
6 | Straße
7 | a_b%c
8 | odd

SELECT id, starts_with(t, 'a') FROM words ORDER BY id;
id int4 | starts_with bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f
7 | t
8 | f

SELECT id, t COLLATE "C" > 'a' FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | t
6 | f
7 | t
8 | t

SELECT id, encode(t::bytea, 'hex') FROM words ORDER BY id;
id int4 | encode text
1 | 6170706c65
2 | 42616e616e61
3 | ""
4 | NULL
5 | 63686572727920706965
6 | 53747261c39f65
7 | 615f622563
8 | 7461620968657265

SELECT id, length(t::bytea) FROM words ORDER BY id;
id int4 | length int4
1 | 5
2 | 6
3 | 0
4 | NULL
5 | 10
6 | 7
7 | 5
8 | 8

SELECT id, sha256(t::bytea) FROM words ORDER BY id;
id int4 | sha256 bytea
1 | \x3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b
2 | \xf9782dd7999dc14b39c1329735e6e4ef72e77a3cf5fa32f2f57bf8d5493f0fc5
3 | \xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
4 | NULL
5 | \xc87765e325faec16eb6ee1223069ce5f4937788f93a4947f25aad08d1d96ff7c
6 | \x58a3778c18c41726cd53c2a4c77dcbed8512f962d7e616717abee95ca41d0029
7 | \x471c50fbf426bd72585c954ebb6c527e548ed9fffbad6a4c4611879df1e09558
8 | \x5b8765931ded06ac39c11c47f83f7457636af4780d72900c1a0131f4ccb96c85

SELECT id, encode(convert_to(t, 'UTF8'), 'base64') FROM words ORDER BY id;
id int4 | encode text
1 | YXBwbGU=
2 | QmFuYW5h
3 | ""
4 | NULL
5 | Y2hlcnJ5IHBpZQ==
6 | U3RyYcOfZQ==
7 | YV9iJWM=
8 | dGFiCWhlcmU=

SELECT id, to_json(t) FROM words ORDER BY id;
id int4 | to_json json
1 | "\"apple\""
2 | "\"Banana\""
3 | "\"\""
4 | NULL
5 | "\"cherry pie\""
6 | "\"Straße\""
7 | "\"a_b%c\""
8 | "\"tab\\there\""

SELECT id, to_jsonb(v) FROM words ORDER BY id;
id int4 | to_jsonb jsonb
1 | "\"red\""
2 | "\"yellow\""
3 | "\"\""
4 | NULL
5 | "\"dark\""
6 | "\"ß\""
7 | "\"100%\""
8 | "\"q'q\""

SELECT id, t::varchar(3) FROM words ORDER BY id;
id int4 | t varchar(0,3)
1 | app
2 | Ban
3 | ""
4 | NULL
5 | che
6 | Str
7 | a_b
8 | tab

SELECT id, t::char(3) FROM words ORDER BY id;
id int4 | t bpchar(0,3)
1 | app
2 | Ban
3 | "   "
4 | NULL
5 | che
6 | Str
7 | a_b
8 | tab

SELECT id, t::name FROM words ORDER BY id;
id int4 | t name
1 | apple
2 | Banana
3 | ""
4 | NULL
5 | cherry pie
6 | Straße
7 | a_b%c
8 | "tab\there"

SELECT id, c = 'ab' FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f
7 | f
8 | f

SELECT id, c LIKE 'a%' FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f
7 | t
8 | f

SELECT id, length(c) FROM words ORDER BY id;
id int4 | length int4
1 | 2
2 | 2
3 | 0
4 | NULL
5 | 1
6 | 1
7 | 3
8 | 1

SELECT id, upper(c) FROM words ORDER BY id;
id int4 | upper text
1 | AB
2 | CD
3 | ""
4 | NULL
5 | X
6 | Ä
7 | A_B
8 | \

SELECT id, v::text = c::text FROM words ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | t
4 | NULL
5 | f
6 | f
7 | f
8 | f

SELECT id, overlay(t PLACING 'ZZ' FROM 2) FROM words ORDER BY id;
id int4 | overlay text
1 | aZZle
2 | BZZana
3 | ZZ
4 | NULL
5 | cZZrry pie
6 | SZZaße
7 | aZZ%c
8 | "tZZ\there"

SELECT id, normalize(t) FROM words ORDER BY id;
id int4 | normalize text
1 | apple
2 | Banana
3 | ""
4 | NULL
5 | cherry pie
6 | Straße
7 | a_b%c
8 | "tab\there"

SELECT id, unistr('\0061') || t FROM words ORDER BY id;
id int4 | ?column? text
1 | aapple
2 | aBanana
3 | a
4 | NULL
5 | acherry pie
6 | aStraße
7 | aa_b%c
8 | "atab\there"

SELECT id, parse_ident('a.b') FROM words ORDER BY id;
id int4 | parse_ident text[]
1 | {a,b}
2 | {a,b}
3 | {a,b}
4 | {a,b}
5 | {a,b}
6 | {a,b}
7 | {a,b}
8 | {a,b}

SELECT id, t::bytea FROM words ORDER BY id;
id int4 | t bytea
1 | \x6170706c65
2 | \x42616e616e61
3 | \x
4 | NULL
5 | \x63686572727920706965
6 | \x53747261c39f65
7 | \x615f622563
8 | \x7461620968657265

SELECT id, reverse(v) FROM words ORDER BY id;
id int4 | reverse text
1 | der
2 | wolley
3 | ""
4 | NULL
5 | krad
6 | ß
7 | %001
8 | q'q

SELECT id, array_length(string_to_array(t, ' '), 1) FROM words ORDER BY id;
id int4 | array_length int4
1 | 1
2 | 1
3 | NULL
4 | NULL
5 | 2
6 | 1
7 | 1
8 | 1

SELECT id, num_nulls(t, v, k) FROM words ORDER BY id;
id int4 | num_nulls int4
1 | 0
2 | 0
3 | 0
4 | 3
5 | 0
6 | 0
7 | 0
8 | 0

SELECT id, num_nonnulls(t, v) FROM words ORDER BY id;
id int4 | num_nonnulls int4
1 | 2
2 | 2
3 | 2
4 | 0
5 | 2
6 | 2
7 | 2
8 | 2

SELECT id, lower(k) = k FROM words ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | t
4 | NULL
5 | t
6 | t
7 | t
8 | t

SELECT id, CASE k WHEN 'fruit' THEN 1 WHEN 'odd' THEN 2 ELSE 0 END FROM words ORDER BY id;
id int4 | case int4
1 | 1
2 | 1
3 | 0
4 | 0
5 | 0
6 | 0
7 | 2
8 | 2

SELECT id, substring(t, 0, 2) FROM words ORDER BY id;
id int4 | substring text
1 | a
2 | B
3 | ""
4 | NULL
5 | c
6 | S
7 | a
8 | t

SELECT id, substring(t from length(t)) FROM words ORDER BY id;
id int4 | substring text
1 | e
2 | a
3 | ""
4 | NULL
5 | e
6 | e
7 | c
8 | e

SELECT id, d + 10 FROM times ORDER BY id;
id int4 | ?column? date
1 | 2000-01-11
2 | 2024-03-10
3 | 2000-01-10
4 | NULL
5 | infinity
6 | 0044-03-25 BC

SELECT id, d - 10 FROM times ORDER BY id;
id int4 | ?column? date
1 | 1999-12-22
2 | 2024-02-19
3 | 1999-12-21
4 | NULL
5 | infinity
6 | 0044-03-05 BC

SELECT id, d + interval '1 month' FROM times ORDER BY id;
id int4 | ?column? timestamp
1 | 2000-02-01 00:00:00
2 | 2024-03-29 00:00:00
3 | 2000-01-31 00:00:00
4 | NULL
5 | infinity
6 | 0044-04-15 00:00:00 BC

SELECT id, d - date '2000-01-01' FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | ?column? int4
1 | 0
2 | 8825
3 | -1
4 | NULL

SELECT id, extract(year FROM d) FROM times ORDER BY id;
id int4 | extract numeric
1 | 2000
2 | 2024
3 | 1999
4 | NULL
5 | Infinity
6 | -44

SELECT id, extract(month FROM d) FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | extract numeric
1 | 1
2 | 2
3 | 12
4 | NULL

SELECT id, extract(dow FROM d) FROM times ORDER BY id;
id int4 | extract numeric
1 | 6
2 | 4
3 | 5
4 | NULL
5 | NULL
6 | 5

SELECT id, extract(doy FROM d) FROM times ORDER BY id;
id int4 | extract numeric
1 | 1
2 | 60
3 | 365
4 | NULL
5 | NULL
6 | 74

SELECT id, extract(week FROM d) FROM times ORDER BY id;
id int4 | extract numeric
1 | 52
2 | 9
3 | 52
4 | NULL
5 | NULL
6 | 11

SELECT id, extract(epoch FROM d) FROM times ORDER BY id;
id int4 | extract numeric
1 | 946684800
2 | 1709164800
3 | 946598400
4 | NULL
5 | Infinity
6 | -63517824000

SELECT id, date_part('day', d) FROM times ORDER BY id;
id int4 | date_part float8
1 | 1
2 | 29
3 | 31
4 | NULL
5 | NULL
6 | 15

SELECT id, date_trunc('month', d) FROM times ORDER BY id;
id int4 | date_trunc timestamptz
1 | 2000-01-01 00:00:00+00
2 | 2024-02-01 00:00:00+00
3 | 1999-12-01 00:00:00+00
4 | NULL
5 | infinity
6 | 0044-03-01 00:00:00+00 BC

SELECT id, d::timestamp FROM times ORDER BY id;
id int4 | d timestamp
1 | 2000-01-01 00:00:00
2 | 2024-02-29 00:00:00
3 | 1999-12-31 00:00:00
4 | NULL
5 | infinity
6 | 0044-03-15 00:00:00 BC

SELECT id, d::text FROM times ORDER BY id;
id int4 | d text
1 | 2000-01-01
2 | 2024-02-29
3 | 1999-12-31
4 | NULL
5 | infinity
6 | 0044-03-15 BC

SELECT id, to_char(d, 'FMDay DD Mon YYYY') FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | to_char text
1 | Saturday 01 Jan 2000
2 | Thursday 29 Feb 2024
3 | Friday 31 Dec 1999
4 | NULL

SELECT id, d > '2000-01-01' FROM times ORDER BY id;
id int4 | ?column? bool
1 | f
2 | t
3 | f
4 | NULL
5 | t
6 | f

SELECT id, d = ts::date FROM times ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | t
4 | NULL
5 | t
6 | t

SELECT id, d IN ('2000-01-01') FROM times ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f

SELECT id, isfinite(d) FROM times ORDER BY id;
id int4 | isfinite bool
1 | t
2 | t
3 | t
4 | NULL
5 | f
6 | t

SELECT id, coalesce(d, '1900-01-01') FROM times ORDER BY id;
id int4 | coalesce date
1 | 2000-01-01
2 | 2024-02-29
3 | 1999-12-31
4 | 1900-01-01
5 | infinity
6 | 0044-03-15 BC

SELECT id, greatest(d, '2010-01-01') FROM times ORDER BY id;
id int4 | greatest date
1 | 2010-01-01
2 | 2024-02-29
3 | 2010-01-01
4 | 2010-01-01
5 | infinity
6 | 2010-01-01

SELECT id, d + t FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | ?column? timestamp
1 | 2000-01-01 00:00:00
2 | 2024-02-29 23:59:59.999999
3 | 1999-12-31 12:00:00
4 | NULL

SELECT id, ts + interval '1 day' FROM times ORDER BY id;
id int4 | ?column? timestamp
1 | 2000-01-02 00:00:00
2 | 2024-03-01 12:34:56.789
3 | 2000-01-01 23:59:59
4 | NULL
5 | infinity
6 | 0044-03-16 12:00:00 BC

SELECT id, ts - interval '1 month' FROM times ORDER BY id;
id int4 | ?column? timestamp
1 | 1999-12-01 00:00:00
2 | 2024-01-29 12:34:56.789
3 | 1999-11-30 23:59:59
4 | NULL
5 | infinity
6 | 0044-02-15 12:00:00 BC

SELECT id, ts - timestamp '2000-01-01' FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | ?column? interval
1 | 00:00:00
2 | 8825 days 12:34:56.789
3 | -00:00:01
4 | NULL

SELECT id, extract(hour FROM ts) FROM times ORDER BY id;
id int4 | extract numeric
1 | 0
2 | 12
3 | 23
4 | NULL
5 | NULL
6 | 12

SELECT id, extract(second FROM ts) FROM times ORDER BY id;
id int4 | extract numeric
1 | 0.000000
2 | 56.789000
3 | 59.000000
4 | NULL
5 | NULL
6 | 0.000000

SELECT id, extract(century FROM ts) FROM times ORDER BY id;
id int4 | extract numeric
1 | 20
2 | 21
3 | 20
4 | NULL
5 | Infinity
6 | -1

SELECT id, extract(decade FROM ts) FROM times ORDER BY id;
id int4 | extract numeric
1 | 200
2 | 202
3 | 199
4 | NULL
5 | Infinity
6 | -5

SELECT id, extract(isoyear FROM ts) FROM times ORDER BY id;
id int4 | extract numeric
1 | 1999
2 | 2024
3 | 1999
4 | NULL
5 | Infinity
6 | -44

SELECT id, date_trunc('hour', ts) FROM times ORDER BY id;
id int4 | date_trunc timestamp
1 | 2000-01-01 00:00:00
2 | 2024-02-29 12:00:00
3 | 1999-12-31 23:00:00
4 | NULL
5 | infinity
6 | 0044-03-15 12:00:00 BC

SELECT id, date_trunc('quarter', ts) FROM times ORDER BY id;
id int4 | date_trunc timestamp
1 | 2000-01-01 00:00:00
2 | 2024-01-01 00:00:00
3 | 1999-10-01 00:00:00
4 | NULL
5 | infinity
6 | 0044-01-01 00:00:00 BC

SELECT id, date_trunc('week', ts) FROM times ORDER BY id;
id int4 | date_trunc timestamp
1 | 1999-12-27 00:00:00
2 | 2024-02-26 00:00:00
3 | 1999-12-27 00:00:00
4 | NULL
5 | infinity
6 | 0044-03-11 00:00:00 BC

SELECT id, ts::date FROM times ORDER BY id;
id int4 | ts date
1 | 2000-01-01
2 | 2024-02-29
3 | 1999-12-31
4 | NULL
5 | infinity
6 | 0044-03-15 BC

SELECT id, ts::time FROM times ORDER BY id;
id int4 | ts time
1 | 00:00:00
2 | 12:34:56.789
3 | 23:59:59
4 | NULL
5 | NULL
6 | 12:00:00

SELECT id, ts AT TIME ZONE 'UTC' FROM times ORDER BY id;
id int4 | timezone timestamptz
1 | 2000-01-01 00:00:00+00
2 | 2024-02-29 12:34:56.789+00
3 | 1999-12-31 23:59:59+00
4 | NULL
5 | infinity
6 | 0044-03-15 12:00:00+00 BC

SELECT id, ts AT TIME ZONE 'America/New_York' FROM times ORDER BY id;
id int4 | timezone timestamptz
1 | 2000-01-01 05:00:00+00
2 | 2024-02-29 17:34:56.789+00
3 | 2000-01-01 04:59:59+00
4 | NULL
5 | infinity
6 | 0044-03-15 16:56:02+00 BC

SELECT id, to_char(ts, 'YYYY-MM-DD HH12:MI:SS.MS AM') FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | to_char text
1 | 2000-01-01 12:00:00.000 AM
2 | 2024-02-29 12:34:56.789 PM
3 | 1999-12-31 11:59:59.000 PM
4 | NULL

SELECT id, ts < tz FROM times ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | t
4 | NULL
5 | f
6 | t

SELECT id, tz + interval '1 hour' FROM times ORDER BY id;
id int4 | ?column? timestamptz
1 | 2000-01-01 01:00:00+00
2 | 2024-02-29 11:34:56.789+00
3 | 2000-01-01 08:59:59+00
4 | NULL
5 | -infinity
6 | 1970-01-01 01:00:00+00

SELECT id, tz AT TIME ZONE 'Asia/Tokyo' FROM times ORDER BY id;
id int4 | timezone timestamp
1 | 2000-01-01 09:00:00
2 | 2024-02-29 19:34:56.789
3 | 2000-01-01 16:59:59
4 | NULL
5 | -infinity
6 | 1970-01-01 09:00:00

SELECT id, extract(epoch FROM tz) FROM times ORDER BY id;
id int4 | extract numeric
1 | 946684800.000000
2 | 1709202896.789000
3 | 946713599.000000
4 | NULL
5 | -Infinity
6 | 0.000000

SELECT id, date_trunc('day', tz) FROM times ORDER BY id;
id int4 | date_trunc timestamptz
1 | 2000-01-01 00:00:00+00
2 | 2024-02-29 00:00:00+00
3 | 2000-01-01 00:00:00+00
4 | NULL
5 | -infinity
6 | 1970-01-01 00:00:00+00

SELECT id, date_trunc('day', tz, 'Asia/Tokyo') FROM times ORDER BY id;
id int4 | date_trunc timestamptz
1 | 1999-12-31 15:00:00+00
2 | 2024-02-28 15:00:00+00
3 | 1999-12-31 15:00:00+00
4 | NULL
5 | -infinity
6 | 1969-12-31 15:00:00+00

SELECT id, tz::date FROM times ORDER BY id;
id int4 | tz date
1 | 2000-01-01
2 | 2024-02-29
3 | 2000-01-01
4 | NULL
5 | -infinity
6 | 1970-01-01

SELECT id, tz::text FROM times ORDER BY id;
id int4 | tz text
1 | 2000-01-01 00:00:00+00
2 | 2024-02-29 10:34:56.789+00
3 | 2000-01-01 07:59:59+00
4 | NULL
5 | -infinity
6 | 1970-01-01 00:00:00+00

SELECT id, to_char(tz, 'YYYY-MM-DD HH24:MI TZ') FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | to_char text
1 | 2000-01-01 00:00 UTC
2 | 2024-02-29 10:34 UTC
3 | 2000-01-01 07:59 UTC
4 | NULL

SELECT id, t + interval '2 hours' FROM times ORDER BY id;
id int4 | ?column? time
1 | 02:00:00
2 | 01:59:59.999999
3 | 14:00:00
4 | NULL
5 | 02:00:00
6 | 08:30:00

SELECT id, t - interval '2 hours' FROM times ORDER BY id;
id int4 | ?column? time
1 | 22:00:00
2 | 21:59:59.999999
3 | 10:00:00
4 | NULL
5 | 22:00:00
6 | 04:30:00

SELECT id, t - time '01:00' FROM times ORDER BY id;
id int4 | ?column? interval
1 | -01:00:00
2 | 22:59:59.999999
3 | 11:00:00
4 | NULL
5 | 23:00:00
6 | 05:30:00

SELECT id, extract(hour FROM t) FROM times ORDER BY id;
id int4 | extract numeric
1 | 0
2 | 23
3 | 12
4 | NULL
5 | 24
6 | 6

SELECT id, extract(microseconds FROM t) FROM times ORDER BY id;
id int4 | extract numeric
1 | 0
2 | 59999999
3 | 0
4 | NULL
5 | 0
6 | 0

SELECT id, t::interval FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | t interval
1 | 00:00:00
2 | 23:59:59.999999
3 | 12:00:00
4 | NULL

SELECT id, t::text FROM times ORDER BY id;
id int4 | t text
1 | 00:00:00
2 | 23:59:59.999999
3 | 12:00:00
4 | NULL
5 | 24:00:00
6 | 06:30:00

SELECT id, t > '12:00' FROM times ORDER BY id;
id int4 | ?column? bool
1 | f
2 | t
3 | f
4 | NULL
5 | t
6 | f

SELECT id, to_char(t, 'HH24:MI') FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | to_char text
1 | 00:00
2 | 23:59
3 | 12:00
4 | NULL

SELECT id, iv + interval '1 day' FROM times ORDER BY id;
id int4 | ?column? interval
1 | 1 day
2 | 1 year 2 mons 4 days 04:05:06.7
3 | -1 mons +1 day
4 | NULL
5 | 1001 days
6 | 1 day -00:00:01

SELECT id, iv * 2 FROM times ORDER BY id;
id int4 | ?column? interval
1 | 00:00:00
2 | 2 years 4 mons 6 days 08:10:13.4
3 | -2 mons
4 | NULL
5 | 2000 days
6 | -00:00:02

SELECT id, iv / 3 FROM times ORDER BY id;
id int4 | ?column? interval
1 | 00:00:00
2 | 4 mons 21 days 01:21:42.233333
3 | -10 days
4 | NULL
5 | 333 days 08:00:00
6 | -00:00:00.333333

SELECT id, -iv FROM times ORDER BY id;
id int4 | ?column? interval
1 | 00:00:00
2 | -1 years -2 mons -3 days -04:05:06.7
3 | 1 mon
4 | NULL
5 | -1000 days
6 | 00:00:01

SELECT id, extract(year FROM iv) FROM times ORDER BY id;
id int4 | extract numeric
1 | 0
2 | 1
3 | 0
4 | NULL
5 | 0
6 | 0

SELECT id, extract(epoch FROM iv) FROM times ORDER BY id;
id int4 | extract numeric
1 | 0.000000
2 | 37015506.700000
3 | -2592000.000000
4 | NULL
5 | 86400000.000000
6 | -1.000000

SELECT id, justify_days(iv) FROM times ORDER BY id;
id int4 | justify_days interval
1 | 00:00:00
2 | 1 year 2 mons 3 days 04:05:06.7
3 | -1 mons
4 | NULL
5 | 2 years 9 mons 10 days
6 | -00:00:01

SELECT id, justify_interval(iv) FROM times ORDER BY id;
id int4 | justify_interval interval
1 | 00:00:00
2 | 1 year 2 mons 3 days 04:05:06.7
3 | -1 mons
4 | NULL
5 | 2 years 9 mons 10 days
6 | -00:00:01

SELECT id, iv::text FROM times ORDER BY id;
id int4 | iv text
1 | 00:00:00
2 | 1 year 2 mons 3 days 04:05:06.7
3 | -1 mons
4 | NULL
5 | 1000 days
6 | -00:00:01

SELECT id, iv > '0' FROM times ORDER BY id;
id int4 | ?column? bool
1 | f
2 | t
3 | f
4 | NULL
5 | t
6 | f

SELECT id, iv = '30 days' FROM times ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | NULL
5 | f
6 | f

SELECT id, to_char(iv, 'YYYY MM DD') FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | to_char text
1 | 0000 00 00
2 | 0001 02 03
3 | 0000 -01 00
4 | NULL

SELECT id, d + iv FROM times ORDER BY id;
id int4 | ?column? timestamp
1 | 2000-01-01 00:00:00
2 | 2025-05-02 04:05:06.7
3 | 1999-11-30 00:00:00
4 | NULL
5 | infinity
6 | 0044-03-14 23:59:59 BC

SELECT id, ts + iv FROM times ORDER BY id;
id int4 | ?column? timestamp
1 | 2000-01-01 00:00:00
2 | 2025-05-02 16:40:03.489
3 | 1999-11-30 23:59:59
4 | NULL
5 | infinity
6 | 0044-03-15 11:59:59 BC

SELECT id, tz - iv FROM times ORDER BY id;
id int4 | ?column? timestamptz
1 | 2000-01-01 00:00:00+00
2 | 2022-12-26 06:29:50.089+00
3 | 2000-02-01 07:59:59+00
4 | NULL
5 | -infinity
6 | 1970-01-01 00:00:01+00

SELECT id, date_bin('1 day', ts, '2000-01-01') FROM times WHERE id IN (1, 2, 3, 4) ORDER BY id;
id int4 | date_bin timestamp
1 | 2000-01-01 00:00:00
2 | 2024-02-29 00:00:00
3 | 1999-12-31 00:00:00
4 | NULL

SELECT id, d IS NULL FROM times ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | t
5 | f
6 | f

SELECT id, (d, ts) < ('2020-01-01', '2020-01-01') FROM times ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | t
4 | NULL
5 | f
6 | t

SELECT id, d::timestamptz FROM times ORDER BY id;
id int4 | d timestamptz
1 | 2000-01-01 00:00:00+00
2 | 2024-02-29 00:00:00+00
3 | 1999-12-31 00:00:00+00
4 | NULL
5 | infinity
6 | 0044-03-15 00:00:00+00 BC

SELECT id, date_part('month', iv) FROM times ORDER BY id;
id int4 | date_part float8
1 | 0
2 | 2
3 | -1
4 | NULL
5 | 0
6 | 0

SELECT id, ts = d FROM times ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | t
6 | f

SELECT id, to_json(ts) FROM times ORDER BY id;
id int4 | to_json json
1 | "\"2000-01-01T00:00:00\""
2 | "\"2024-02-29T12:34:56.789\""
3 | "\"1999-12-31T23:59:59\""
4 | NULL
5 | "\"infinity\""
6 | "\"0044-03-15T12:00:00 BC\""

SELECT id, to_jsonb(d) FROM times ORDER BY id;
id int4 | to_jsonb jsonb
1 | "\"2000-01-01\""
2 | "\"2024-02-29\""
3 | "\"1999-12-31\""
4 | NULL
5 | "\"infinity\""
6 | "\"0044-03-15 BC\""

SELECT id, to_json(tz) FROM times ORDER BY id;
id int4 | to_json json
1 | "\"2000-01-01T00:00:00+00:00\""
2 | "\"2024-02-29T10:34:56.789+00:00\""
3 | "\"2000-01-01T07:59:59+00:00\""
4 | NULL
5 | "\"-infinity\""
6 | "\"1970-01-01T00:00:00+00:00\""

SELECT id, a[1] FROM docs ORDER BY id;
id int4 | a int4
1 | 1
2 | NULL
3 | NULL
4 | NULL
5 | NULL
6 | NULL

SELECT id, a[2] FROM docs ORDER BY id;
id int4 | a int4
1 | 2
2 | NULL
3 | 1
4 | NULL
5 | NULL
6 | 7

SELECT id, a[1:2] FROM docs ORDER BY id;
id int4 | a int4[]
1 | {1,2}
2 | {}
3 | {NULL,1}
4 | NULL
5 | {{1,2},{3,4}}
6 | {7}

SELECT id, a || 5 FROM docs WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4[]
1 | {1,2,3,5}
2 | {5}
3 | {NULL,1,5}
4 | {5}
6 | [2:5]={7,8,9,5}

SELECT id, 5 || a FROM docs WHERE id <> 5 ORDER BY id;
id int4 | ?column? int4[]
1 | {5,1,2,3}
2 | {5}
3 | {5,NULL,1}
4 | {5}
6 | [2:5]={5,7,8,9}

SELECT id, cardinality(a) FROM docs ORDER BY id;
id int4 | cardinality int4
1 | 3
2 | 0
3 | 2
4 | NULL
5 | 4
6 | 3

SELECT id, array_length(a, 1) FROM docs ORDER BY id;
id int4 | array_length int4
1 | 3
2 | NULL
3 | 2
4 | NULL
5 | 2
6 | 3

SELECT id, array_ndims(a) FROM docs ORDER BY id;
id int4 | array_ndims int4
1 | 1
2 | NULL
3 | 1
4 | NULL
5 | 2
6 | 1

SELECT id, array_dims(a) FROM docs ORDER BY id;
id int4 | array_dims text
1 | [1:3]
2 | NULL
3 | [1:2]
4 | NULL
5 | [1:2][1:2]
6 | [2:4]

SELECT id, array_lower(a, 1) FROM docs ORDER BY id;
id int4 | array_lower int4
1 | 1
2 | NULL
3 | 1
4 | NULL
5 | 1
6 | 2

SELECT id, array_upper(a, 1) FROM docs ORDER BY id;
id int4 | array_upper int4
1 | 3
2 | NULL
3 | 2
4 | NULL
5 | 2
6 | 4

SELECT id, array_to_string(a, ',') FROM docs ORDER BY id;
id int4 | array_to_string text
1 | 1,2,3
2 | ""
3 | 1
4 | NULL
5 | 1,2,3,4
6 | 7,8,9

SELECT id, array_to_string(a, ',', '*') FROM docs ORDER BY id;
id int4 | array_to_string text
1 | 1,2,3
2 | ""
3 | *,1
4 | NULL
5 | 1,2,3,4
6 | 7,8,9

SELECT id, 1 = ANY(a) FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | t
4 | NULL
5 | t
6 | f

SELECT id, 3 <> ALL(a) FROM docs ORDER BY id;
id int4 | ?column? bool
1 | f
2 | t
3 | NULL
4 | NULL
5 | f
6 | t

SELECT id, a @> '{1}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | t
4 | NULL
5 | t
6 | f

SELECT id, a <@ '{1,2,3,4}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | f
4 | NULL
5 | t
6 | f

SELECT id, a && '{2,9}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | t
6 | t

SELECT id, a = '{1,2,3}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f

SELECT id, a < '{2}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | t
3 | f
4 | NULL
5 | t
6 | f

SELECT id, to_json(a) FROM docs ORDER BY id;
id int4 | to_json json
1 | [1,2,3]
2 | []
3 | [null,1]
4 | NULL
5 | [[1,2],[3,4]]
6 | [7,8,9]

SELECT id, to_jsonb(s) FROM docs ORDER BY id;
id int4 | to_jsonb jsonb
1 | ["a", "b"]
2 | [null, ""]
3 | ["x"]
4 | NULL
5 | ["a b", "c,d"]
6 | ["A", "a"]

SELECT id, a::text FROM docs ORDER BY id;
id int4 | a text
1 | {1,2,3}
2 | {}
3 | {NULL,1}
4 | NULL
5 | {{1,2},{3,4}}
6 | [2:4]={7,8,9}

SELECT id, a::numeric[] FROM docs ORDER BY id;
id int4 | a numeric[]
1 | {1,2,3}
2 | {}
3 | {NULL,1}
4 | NULL
5 | {{1,2},{3,4}}
6 | [2:4]={7,8,9}

SELECT id, s[1] FROM docs ORDER BY id;
id int4 | s text
1 | a
2 | NULL
3 | x
4 | NULL
5 | a b
6 | A

SELECT id, s || 'z'::text FROM docs ORDER BY id;
id int4 | ?column? text[]
1 | {a,b,z}
2 | {NULL,"",z}
3 | {x,z}
4 | {z}
5 | {"a b","c,d",z}
6 | {A,a,z}

SELECT id, array_append(s, 'q') FROM docs ORDER BY id;
id int4 | array_append text[]
1 | {a,b,q}
2 | {NULL,"",q}
3 | {x,q}
4 | {q}
5 | {"a b","c,d",q}
6 | {A,a,q}

SELECT id, array_prepend('q', s) FROM docs ORDER BY id;
id int4 | array_prepend text[]
1 | {q,a,b}
2 | {q,NULL,""}
3 | {q,x}
4 | {q}
5 | {q,"a b","c,d"}
6 | {q,A,a}

SELECT id, array_cat(a, a) FROM docs ORDER BY id;
id int4 | array_cat int4[]
1 | {1,2,3,1,2,3}
2 | {}
3 | {NULL,1,NULL,1}
4 | NULL
5 | {{1,2},{3,4},{1,2},{3,4}}
6 | [2:7]={7,8,9,7,8,9}

SELECT id, array_replace(s, 'a', 'A') FROM docs ORDER BY id;
id int4 | array_replace text[]
1 | {A,b}
2 | {NULL,""}
3 | {x}
4 | NULL
5 | {"a b","c,d"}
6 | {A,A}

SELECT id, s @> '{a}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | t

SELECT id, s::text FROM docs ORDER BY id;
id int4 | s text
1 | {a,b}
2 | {NULL,""}
3 | {x}
4 | NULL
5 | {"a b","c,d"}
6 | {A,a}

SELECT id, array_to_string(s, '|') FROM docs ORDER BY id;
id int4 | array_to_string text
1 | "a|b"
2 | ""
3 | x
4 | NULL
5 | "a b|c,d"
6 | "A|a"

SELECT id, j FROM docs ORDER BY id;
id int4 | j json
1 | {"a": 1, "b": [1, 2, {"c": "x"}]}
2 | [1, "two", null, true]
3 | "\"text\""
4 | NULL
5 | {"a": null, "z": {"y": {"x": 9.50}}}
6 | {}

SELECT id, j -> 'a' FROM docs ORDER BY id;
id int4 | ?column? json
1 | 1
2 | NULL
3 | NULL
4 | NULL
5 | null
6 | NULL

SELECT id, j ->> 'a' FROM docs ORDER BY id;
id int4 | ?column? text
1 | 1
2 | NULL
3 | NULL
4 | NULL
5 | NULL
6 | NULL

SELECT id, j #> '{b,2}' FROM docs ORDER BY id;
id int4 | ?column? json
1 | {"c": "x"}
2 | NULL
3 | NULL
4 | NULL
5 | NULL
6 | NULL

SELECT id, j #>> '{b,2,c}' FROM docs ORDER BY id;
id int4 | ?column? text
1 | x
2 | NULL
3 | NULL
4 | NULL
5 | NULL
6 | NULL

SELECT id, j -> 0 FROM docs ORDER BY id;
id int4 | ?column? json
1 | NULL
2 | 1
3 | NULL
4 | NULL
5 | NULL
6 | NULL

SELECT id, jb -> 'a' FROM docs ORDER BY id;
id int4 | ?column? jsonb
1 | 1
2 | NULL
3 | NULL
4 | NULL
5 | null
6 | NULL

SELECT id, jb ->> 'a' FROM docs ORDER BY id;
id int4 | ?column? text
1 | 1
2 | NULL
3 | NULL
4 | NULL
5 | NULL
6 | NULL

SELECT id, jb -> 1 FROM docs ORDER BY id;
id int4 | ?column? jsonb
1 | NULL
2 | "\"two\""
3 | NULL
4 | NULL
5 | NULL
6 | NULL

SELECT id, jb ->> -1 FROM docs ORDER BY id;
id int4 | ?column? text
1 | NULL
2 | true
3 | text
4 | NULL
5 | NULL
6 | NULL

SELECT id, jb #>> '{z,y,x}' FROM docs ORDER BY id;
id int4 | ?column? text
1 | NULL
2 | NULL
3 | NULL
4 | NULL
5 | 9.50
6 | NULL

SELECT id, jb ? 'a' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | t
6 | f

SELECT id, jb ?| '{a,z}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | t
6 | f

SELECT id, jb ?& '{a,b}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f

SELECT id, jb @> '{"a": 1}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | f

SELECT id, jb <@ '{"a": 1, "b": [1, 2, {"c": "x"}], "q": 0}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | t
2 | f
3 | f
4 | NULL
5 | f
6 | t

SELECT id, jb - 'a' FROM docs WHERE id IN (1, 2, 5, 6) ORDER BY id;
id int4 | ?column? jsonb
1 | {"b": [1, 2, {"c": "x"}]}
2 | [1, "two", null, true]
5 | {"z": {"y": {"x": 9.50}}}
6 | {}

SELECT id, jb || '{"n": 1}' FROM docs WHERE id IN (1, 2, 5, 6) ORDER BY id;
id int4 | ?column? jsonb
1 | {"a": 1, "b": [1, 2, {"c": "x"}], "n": 1}
2 | [1, "two", null, true, {"n": 1}]
5 | {"a": null, "n": 1, "z": {"y": {"x": 9.50}}}
6 | {"n": 1}

SELECT id, jb #- '{b,0}' FROM docs WHERE id IN (1, 2, 5, 6) ORDER BY id;
ERROR 22P02: path element at position 1 is not an integer: "b"

SELECT id, jsonb_typeof(jb) FROM docs ORDER BY id;
id int4 | jsonb_typeof text
1 | object
2 | array
3 | string
4 | NULL
5 | object
6 | object

SELECT id, json_typeof(j) FROM docs ORDER BY id;
id int4 | json_typeof text
1 | object
2 | array
3 | string
4 | NULL
5 | object
6 | object

SELECT id, jsonb_pretty(jb) FROM docs ORDER BY id;
id int4 | jsonb_pretty text
1 | "{\n    \"a\": 1,\n    \"b\": [\n        1,\n        2,\n        {\n            \"c\": \"x\"\n        }\n    ]\n}"
2 | "[\n    1,\n    \"two\",\n    null,\n    true\n]"
3 | "\"text\""
4 | NULL
5 | "{\n    \"a\": null,\n    \"z\": {\n        \"y\": {\n            \"x\": 9.50\n        }\n    }\n}"
6 | "{\n}"

SELECT id, jb::text FROM docs ORDER BY id;
id int4 | jb text
1 | {"a": 1, "b": [1, 2, {"c": "x"}]}
2 | [1, "two", null, true]
3 | "\"text\""
4 | NULL
5 | {"a": null, "z": {"y": {"x": 9.50}}}
6 | {}

SELECT id, jb = '{}' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | NULL
5 | f
6 | t

SELECT id, jb < '[]' FROM docs ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | NULL
5 | f
6 | f

SELECT id, jsonb_strip_nulls(jb) FROM docs ORDER BY id;
id int4 | jsonb_strip_nulls jsonb
1 | {"a": 1, "b": [1, 2, {"c": "x"}]}
2 | [1, "two", null, true]
3 | "\"text\""
4 | NULL
5 | {"z": {"y": {"x": 9.50}}}
6 | {}

SELECT id, jsonb_path_query_array(jb, '$.b[*]') FROM docs ORDER BY id;
id int4 | jsonb_path_query_array jsonb
1 | [1, 2, {"c": "x"}]
2 | []
3 | []
4 | NULL
5 | []
6 | []

SELECT id, jsonb_path_exists(jb, '$.a') FROM docs ORDER BY id;
id int4 | jsonb_path_exists bool
1 | t
2 | f
3 | f
4 | NULL
5 | t
6 | f

SELECT id, jsonb_path_query_first(jb, '$.**') FROM docs ORDER BY id;
id int4 | jsonb_path_query_first jsonb
1 | {"a": 1, "b": [1, 2, {"c": "x"}]}
2 | [1, "two", null, true]
3 | "\"text\""
4 | NULL
5 | {"a": null, "z": {"y": {"x": 9.50}}}
6 | {}

SELECT id, jb IS NULL FROM docs ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | f
4 | t
5 | f
6 | f

SELECT id, coalesce(jb, '{}') FROM docs ORDER BY id;
id int4 | coalesce jsonb
1 | {"a": 1, "b": [1, 2, {"c": "x"}]}
2 | [1, "two", null, true]
3 | "\"text\""
4 | {}
5 | {"a": null, "z": {"y": {"x": 9.50}}}
6 | {}

SELECT id, jb['a'] FROM docs ORDER BY id;
id int4 | jb jsonb
1 | 1
2 | NULL
3 | NULL
4 | NULL
5 | null
6 | NULL

SELECT id, jb['b'][0] FROM docs ORDER BY id;
id int4 | jb jsonb
1 | 1
2 | NULL
3 | NULL
4 | NULL
5 | NULL
6 | NULL

SELECT id, j::jsonb FROM docs ORDER BY id;
id int4 | j jsonb
1 | {"a": 1, "b": [1, 2, {"c": "x"}]}
2 | [1, "two", null, true]
3 | "\"text\""
4 | NULL
5 | {"a": null, "z": {"y": {"x": 9.50}}}
6 | {}

SELECT id, jb::json FROM docs ORDER BY id;
id int4 | jb json
1 | {"a": 1, "b": [1, 2, {"c": "x"}]}
2 | [1, "two", null, true]
3 | "\"text\""
4 | NULL
5 | {"a": null, "z": {"y": {"x": 9.50}}}
6 | {}

SELECT id, jsonb_build_object('id', id, 'v', jb) FROM docs ORDER BY id;
id int4 | jsonb_build_object jsonb
1 | {"v": {"a": 1, "b": [1, 2, {"c": "x"}]}, "id": 1}
2 | {"v": [1, "two", null, true], "id": 2}
3 | {"v": "text", "id": 3}
4 | {"v": null, "id": 4}
5 | {"v": {"a": null, "z": {"y": {"x": 9.50}}}, "id": 5}
6 | {"v": {}, "id": 6}

SELECT id, jsonb_set(coalesce(jb, '{}'), '{0}', '1') FROM docs WHERE id IN (1, 5, 6) ORDER BY id;
id int4 | jsonb_set jsonb
1 | {"0": 1, "a": 1, "b": [1, 2, {"c": "x"}]}
5 | {"0": 1, "a": null, "z": {"y": {"x": 9.50}}}
6 | {"0": 1}

SELECT id, md5(jb::text) FROM docs ORDER BY id;
id int4 | md5 text
1 | f1975d5eedf9341c9f91c67c85db6666
2 | af7bea1520b9da89b8ee91f868943a2b
3 | 20cd815523e5806aec29a57282b0d49f
4 | NULL
5 | ccbd1dd4db68248582b7e8bb24df4e3a
6 | 99914b932bd37a50b983c5e7c90ae93b
