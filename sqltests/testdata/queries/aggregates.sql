-- Aggregates: grouping, FILTER, DISTINCT, ORDER BY inside, WITHIN GROUP, statistics, HAVING, GROUPING SETS.

SELECT count(*), count(dept), count(DISTINCT dept), sum(salary), avg(salary), min(salary), max(salary), sum(id), avg(id) FROM emp;
count int8 | count int8 | count int8 | sum numeric | avg numeric | min numeric | max numeric | sum int8 | avg numeric
8 | 7 | 4 | 19001.25 | 2714.4642857142857143 | 0.00 | 5000.00 | 36 | 4.5000000000000000

SELECT count(*), sum(salary), avg(salary), min(name), max(name), array_agg(id), string_agg(name, ','), bool_and(true), json_agg(id) FROM emp WHERE false;
count int8 | sum numeric | avg numeric | min text | max text | array_agg int4[] | string_agg text | bool_and bool | json_agg json
0 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL

SELECT dept, count(*), sum(salary), avg(salary), min(name), max(hired) FROM emp GROUP BY dept ORDER BY dept;
dept int4 | count int8 | sum numeric | avg numeric | min text | max date
10 | 2 | 8200.50 | 4100.2500000000000000 | Ada | 2004-12-31
20 | 2 | 3200.50 | 3200.5000000000000000 | Cy | 2010-06-15
30 | 2 | 4100.25 | 2050.1250000000000000 | Flo | 2016-02-29
99 | 1 | 2500.00 | 2500.0000000000000000 | Hal | 2020-10-10
NULL | 1 | 1000.00 | 1000.0000000000000000 | Eve | NULL

SELECT dept, count(*) AS n FROM emp GROUP BY dept HAVING count(*) > 1 ORDER BY n DESC, dept;
dept int4 | n int8
10 | 2
20 | 2
30 | 2

SELECT dept FROM emp GROUP BY dept HAVING sum(salary) > 4000 ORDER BY dept;
dept int4
10
30

SELECT count(*) FROM emp HAVING count(*) > 100;
count int8

SELECT 1 FROM emp HAVING true;
?column? int4
1

SELECT 1 HAVING 1 = 1;
?column? int4
1

SELECT name FROM emp HAVING true;
ERROR 42803: column "emp.name" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT name, count(*) FROM emp;
ERROR 42803: column "emp.name" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT name, count(*) FROM emp GROUP BY dept;
ERROR 42803: column "emp.name" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT id, name FROM emp GROUP BY id ORDER BY id;
id int4 | name text
1 | Ada
2 | Bob
3 | Cy
4 | Dee
5 | Eve
6 | Flo
7 | Gus
8 | Hal

SELECT e.name, d.title, count(*) FROM emp e JOIN dept d ON d.id = e.dept GROUP BY e.id, d.id ORDER BY e.id;
name text | title text | count int8
Ada | Research | 1
Bob | Research | 1
Cy | Sales | 1
Dee | Sales | 1
Flo | Ops | 1
Gus | Ops | 1

SELECT name FROM emp GROUP BY 1 ORDER BY 1;
name text
Ada
Bob
Cy
Dee
Eve
Flo
Gus
Hal

SELECT name FROM emp GROUP BY 2;
ERROR 42P10: GROUP BY position 2 is not in select list
POSITION: 1:31

SELECT name FROM emp GROUP BY 0;
ERROR 42P10: GROUP BY position 0 is not in select list
POSITION: 1:31

SELECT name FROM emp GROUP BY 'x';
ERROR 42601: non-integer constant in GROUP BY
POSITION: 1:31

SELECT upper(name) FROM emp GROUP BY upper(name) ORDER BY 1;
upper text
ADA
BOB
CY
DEE
EVE
FLO
GUS
HAL

SELECT name FROM emp GROUP BY upper(name);
ERROR 42803: column "emp.name" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT upper(name) AS name FROM emp GROUP BY name ORDER BY 1;
name text
ADA
BOB
CY
DEE
EVE
FLO
GUS
HAL

SELECT dept + 1 AS d, count(*) FROM emp GROUP BY d ORDER BY d;
d int4 | count int8
11 | 2
21 | 2
31 | 2
100 | 1
NULL | 1

SELECT dept + 1, count(*) FROM emp GROUP BY dept + 1 ORDER BY dept + 1;
?column? int4 | count int8
11 | 2
21 | 2
31 | 2
100 | 1
NULL | 1

SELECT dept + 2 FROM emp GROUP BY dept + 1;
ERROR 42803: column "emp.dept" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT count(*) FROM emp GROUP BY ();
count int8
8

SELECT sum(count(*)) FROM emp GROUP BY dept;
ERROR 42803: aggregate function calls cannot be nested
POSITION: 1:12

SELECT sum(sum(id)) FROM emp;
ERROR 42803: aggregate function calls cannot be nested
POSITION: 1:12

SELECT count(*) FROM emp WHERE count(*) > 1;
ERROR 42803: aggregate functions are not allowed in WHERE
POSITION: 1:32

SELECT count(*) FROM emp GROUP BY count(*);
ERROR 42803: aggregate functions are not allowed in GROUP BY
POSITION: 1:35

SELECT * FROM emp JOIN dept ON count(*) = 1;
ERROR 42803: aggregate functions are not allowed in JOIN conditions
POSITION: 1:32

SELECT sum(name) FROM emp;
ERROR 42883: function sum(text) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT avg(hired) FROM emp;
ERROR 42883: function avg(date) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT sum(b) FROM nums;
ERROR 42883: function sum(boolean) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT max(b) FROM nums;
ERROR 42883: function max(boolean) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT min(jb) FROM docs;
ERROR 42883: function min(jsonb) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT count() FROM emp;
ERROR 42809: count(*) must be used to call a parameterless aggregate function
POSITION: 1:8

SELECT count(id, name) FROM emp;
ERROR 42883: function count(integer, text) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT sum(*) FROM emp;
ERROR 42883: function sum() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: refused for another reason first
SELECT sum() FROM emp;
ERROR 42883: function sum() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8
~~~~
ERROR 42809: sum(*) must be used to call a parameterless aggregate function
POSITION: 1:8

SELECT nosuch(DISTINCT id) FROM emp;
ERROR 42883: function nosuch(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT upper(DISTINCT name) FROM emp;
ERROR 42809: DISTINCT specified, but upper is not an aggregate function
POSITION: 1:8

SELECT upper(name) FILTER (WHERE true) FROM emp;
ERROR 42809: FILTER specified, but upper is not an aggregate function
POSITION: 1:8

SELECT upper(name ORDER BY id) FROM emp;
ERROR 42809: ORDER BY specified, but upper is not an aggregate function
POSITION: 1:8

-- differs: refused for another reason first
SELECT upper(*) FROM emp;
ERROR 42883: function upper() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8
~~~~
ERROR 42809: upper(*) specified, but upper is not an aggregate function
POSITION: 1:8

SELECT count(*) FILTER (WHERE dept = 10), sum(salary) FILTER (WHERE dept > 10), count(DISTINCT dept) FILTER (WHERE id < 5), array_agg(id ORDER BY id) FILTER (WHERE boss IS NULL) FROM emp;
count int8 | sum numeric | count int8 | array_agg int4[]
2 | 9800.75 | 2 | {1}

SELECT dept, count(*) FILTER (WHERE salary > 3000) FROM emp GROUP BY dept ORDER BY dept;
dept int4 | count int8
10 | 2
20 | 1
30 | 1
99 | 0
NULL | 0

SELECT count(*) FILTER (WHERE id) FROM emp;
ERROR 42804: argument of FILTER must be type boolean, not type integer
POSITION: 1:31

SELECT count(*) FILTER (WHERE count(*) > 1) FROM emp;
ERROR 42803: aggregate functions are not allowed in FILTER
POSITION: 1:31

SELECT sum(i2), sum(i4), sum(i8), sum(n) FILTER (WHERE id < 4), sum(f4) FILTER (WHERE id < 4), sum(f8) FILTER (WHERE id < 4) FROM nums;
sum int8 | sum int8 | sum numeric | sum numeric | sum float4 | sum float8
13 | 83 | 1999 | -0.5 | -0.5 | -0.5

-- differs: floating-point sums are exact and do not depend on the order of rows
SELECT pg_typeof(sum(i2)), pg_typeof(sum(i4)), pg_typeof(sum(i8)), pg_typeof(sum(n)), pg_typeof(sum(f4)), pg_typeof(avg(i4)), pg_typeof(avg(f4)), pg_typeof(avg(n)), pg_typeof(count(*)), pg_typeof(max(i2)), pg_typeof(bool_and(b)), pg_typeof(stddev(i4)), pg_typeof(stddev(f8)) FROM nums;
ERROR 22003: value out of range: overflow
~~~~
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
bigint | bigint | numeric | numeric | real | numeric | double precision | numeric | bigint | smallint | boolean | numeric | double precision

SELECT sum(i8), avg(i8) FROM nums WHERE id IN (2, 4);
sum numeric | avg numeric
9223372036854775808 | 4611686018427387904

SELECT sum(n), avg(n), max(n), min(n) FROM nums;
sum numeric | avg numeric | max numeric | min numeric
NaN | NaN | NaN | -1.5

-- differs: floating-point sums are exact and do not depend on the order of rows
SELECT sum(f8), avg(f8), max(f8), min(f8) FROM nums;
ERROR 22003: value out of range: overflow
~~~~
sum float8 | avg float8 | max float8 | min float8
NaN | NaN | Infinity | -Infinity

SELECT sum(f4) FROM nums WHERE id = 4 OR id = 2;
sum float4
3.4e+38

SELECT sum(x) FROM (VALUES (1e308::float8), (1e308)) t(x);
ERROR 22003: value out of range: overflow

SELECT avg(x), sum(x) FROM (VALUES (1.1), (2.22), (3.333)) t(x);
avg numeric | sum numeric
2.2176666666666667 | 6.653

SELECT avg(x) FROM (VALUES (1), (2), (2)) t(x);
avg numeric
1.6666666666666667

SELECT bool_and(b), bool_or(b), every(b), bool_and(b) FILTER (WHERE id = 2) FROM nums;
bool_and bool | bool_or bool | every bool | bool_and bool
f | t | f | t

SELECT bit_and(i4), bit_or(i4), bit_xor(i4), bit_and(i2), bit_or(i8) FROM nums WHERE id > 6;
bit_and int4 | bit_or int4 | bit_xor int4 | bit_and int2 | bit_or int8
42 | 42 | 0 | 7 | 1000

SELECT stddev(id), stddev_pop(id), stddev_samp(id), variance(id), var_pop(id), var_samp(id) FROM emp;
stddev numeric | stddev_pop numeric | stddev_samp numeric | variance numeric | var_pop numeric | var_samp numeric
2.4494897427831781 | 2.2912878474779200 | 2.4494897427831781 | 6.0000000000000000 | 5.2500000000000000 | 6.0000000000000000

SELECT stddev(salary), var_pop(salary), stddev(f8) FILTER (WHERE false) FROM emp, nums WHERE nums.id = 1;
stddev numeric | var_pop numeric | stddev float8
1730.618196559225 | 2567176.579081632653 | NULL

SELECT variance(x), stddev_pop(x) FROM (VALUES (1.5::float8), (2.5), (4)) t(x);
variance float8 | stddev_pop float8
1.5833333333333333 | 1.0274023338281628

SELECT variance(x), var_pop(x), stddev(x) FROM (VALUES (5)) t(x);
variance numeric | var_pop numeric | stddev numeric
NULL | 0 | NULL

-- differs: floating-point sums are exact and do not depend on the order of rows
SELECT corr(y, x), covar_pop(y, x), covar_samp(y, x), regr_avgx(y, x), regr_avgy(y, x), regr_count(y, x), regr_intercept(y, x), regr_r2(y, x), regr_slope(y, x), regr_sxx(y, x), regr_sxy(y, x), regr_syy(y, x) FROM (VALUES (1::float8, 2::float8), (2, 4), (4, 5), (NULL, 1)) t(y, x);
corr float8 | covar_pop float8 | covar_samp float8 | regr_avgx float8 | regr_avgy float8 | regr_count int8 | regr_intercept float8 | regr_r2 float8 | regr_slope float8 | regr_sxx float8 | regr_sxy float8 | regr_syy float8
0.9285714285714286 | 1.4444444444444444 | 2.1666666666666665 | 3.6666666666666665 | 2.3333333333333335 | 3 | -1.0714285714285718 | 0.8622448979591838 | 0.9285714285714286 | 4.666666666666666 | 4.333333333333333 | 4.666666666666666
~~~~
corr float8 | covar_pop float8 | covar_samp float8 | regr_avgx float8 | regr_avgy float8 | regr_count int8 | regr_intercept float8 | regr_r2 float8 | regr_slope float8 | regr_sxx float8 | regr_sxy float8 | regr_syy float8
0.9285714285714288 | 1.4444444444444446 | 2.166666666666667 | 3.6666666666666665 | 2.3333333333333335 | 3 | -1.071428571428572 | 0.8622448979591841 | 0.9285714285714288 | 4.666666666666666 | 4.333333333333334 | 4.666666666666666

SELECT corr(1, 1), regr_slope(x, x) FROM (VALUES (1::float8)) t(x);
corr float8 | regr_slope float8
NULL | NULL

SELECT string_agg(name, ', ' ORDER BY name DESC), array_agg(name ORDER BY dept NULLS FIRST, id), string_agg(DISTINCT title, ',' ORDER BY title) FROM emp LEFT JOIN dept d ON d.id = dept;
ERROR 42702: column reference "id" is ambiguous
POSITION: 1:93

SELECT string_agg(DISTINCT name, ',' ORDER BY id) FROM emp;
ERROR 42P10: in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list
POSITION: 1:47

SELECT array_agg(DISTINCT dept ORDER BY dept NULLS FIRST), array_agg(DISTINCT upper(left(name, 1)) ORDER BY upper(left(name, 1)) DESC) FROM emp;
array_agg int4[] | array_agg text[]
{NULL,10,20,30,99} | {H,G,F,E,D,C,B,A}

SELECT sum(DISTINCT dept), avg(DISTINCT salary), count(DISTINCT (dept, boss)) FROM emp;
sum int8 | avg numeric | count int8
159 | 2633.4583333333333333 | 8

SELECT count(DISTINCT dept, boss) FROM emp;
ERROR 42883: function count(integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY salary), percentile_disc(0.5) WITHIN GROUP (ORDER BY salary), mode() WITHIN GROUP (ORDER BY dept), percentile_cont(ARRAY[0, 0.25, 1]) WITHIN GROUP (ORDER BY id), percentile_disc(ARRAY[0.1, NULL]) WITHIN GROUP (ORDER BY name) FROM emp;
percentile_cont float8 | percentile_disc numeric | mode int4 | percentile_cont float8[] | percentile_disc text[]
3200.5 | 3200.50 | 10 | {1,2.75,8} | {Ada,NULL}

SELECT dept, percentile_disc(0.5) WITHIN GROUP (ORDER BY name) FROM emp GROUP BY dept ORDER BY dept;
dept int4 | percentile_disc text
10 | Ada
20 | Cy
30 | Flo
99 | Hal
NULL | Eve

SELECT percentile_cont(2) WITHIN GROUP (ORDER BY id) FROM emp;
ERROR 22003: percentile value 2 is not between 0 and 1

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY name) FROM emp;
ERROR 42883: function percentile_cont(numeric, text) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT percentile_cont(0.5) FROM emp;
ERROR 42883: function percentile_cont(numeric) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT percentile_disc(id) WITHIN GROUP (ORDER BY name) FROM emp;
ERROR 42803: column "emp.id" must appear in the GROUP BY clause or be used in an aggregate function
DETAIL: Direct arguments of an ordered-set aggregate must use only grouped columns.
POSITION: 1:24

SELECT sum(id) WITHIN GROUP (ORDER BY id) FROM emp;
ERROR 42883: function sum(integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT mode() WITHIN GROUP (ORDER BY salary DESC) FROM emp;
mode numeric
3200.50

SELECT percentile_cont(0.3) WITHIN GROUP (ORDER BY iv), percentile_disc(0.5) WITHIN GROUP (ORDER BY d) FROM times;
percentile_cont interval | percentile_disc date
-00:00:00.8 | 2000-01-01

-- differs: hypothetical-set aggregates are refused
SELECT rank(3) WITHIN GROUP (ORDER BY id), dense_rank(3) WITHIN GROUP (ORDER BY dept), percent_rank(3) WITHIN GROUP (ORDER BY id), cume_dist(3) WITHIN GROUP (ORDER BY id) FROM emp;
rank int8 | dense_rank int8 | percent_rank float8 | cume_dist float8
3 | 1 | 0.25 | 0.4444444444444444
~~~~
ERROR 42883: function rank(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: hypothetical-set aggregates are refused
SELECT rank('x', 5) WITHIN GROUP (ORDER BY name, id) FROM emp;
rank int8
9
~~~~
ERROR 42883: function rank(unknown, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: hypothetical-set aggregates are refused
SELECT rank(1, 2) WITHIN GROUP (ORDER BY id) FROM emp;
ERROR 42883: function rank(integer, integer, integer) does not exist
HINT: To use the hypothetical-set aggregate rank, the number of hypothetical direct arguments (here 2) must match the number of ordering columns (here 1).
POSITION: 1:8
~~~~
ERROR 42883: function rank(integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT dept, boss, count(*) FROM emp GROUP BY GROUPING SETS ((dept), (boss), ()) ORDER BY dept, boss, count;
dept int4 | boss int4 | count int8
10 | NULL | 2
20 | NULL | 2
30 | NULL | 2
99 | NULL | 1
NULL | 1 | 3
NULL | 3 | 2
NULL | 6 | 2
NULL | NULL | 1
NULL | NULL | 1
NULL | NULL | 8

SELECT dept, boss, count(*), grouping(dept), grouping(dept, boss) FROM emp GROUP BY ROLLUP (dept, boss) ORDER BY grouping(dept, boss), dept, boss;
dept int4 | boss int4 | count int8 | grouping int4 | grouping int4
10 | 1 | 1 | 0 | 0
10 | NULL | 1 | 0 | 0
20 | 1 | 1 | 0 | 0
20 | 3 | 1 | 0 | 0
30 | 1 | 1 | 0 | 0
30 | 6 | 1 | 0 | 0
99 | 6 | 1 | 0 | 0
NULL | 3 | 1 | 0 | 0
10 | NULL | 2 | 0 | 1
20 | NULL | 2 | 0 | 1
30 | NULL | 2 | 0 | 1
99 | NULL | 1 | 0 | 1
NULL | NULL | 1 | 0 | 1
NULL | NULL | 8 | 1 | 3

SELECT dept, boss, count(*) FROM emp GROUP BY CUBE (dept, boss) ORDER BY dept, boss, count;
dept int4 | boss int4 | count int8
10 | 1 | 1
10 | NULL | 1
10 | NULL | 2
20 | 1 | 1
20 | 3 | 1
20 | NULL | 2
30 | 1 | 1
30 | 6 | 1
30 | NULL | 2
99 | 6 | 1
99 | NULL | 1
NULL | 1 | 3
NULL | 3 | 1
NULL | 3 | 2
NULL | 6 | 2
NULL | NULL | 1
NULL | NULL | 1
NULL | NULL | 8

SELECT dept, boss, sum(id) FROM emp GROUP BY dept, ROLLUP (boss) ORDER BY dept, boss, sum;
dept int4 | boss int4 | sum int8
10 | 1 | 2
10 | NULL | 1
10 | NULL | 3
20 | 1 | 3
20 | 3 | 4
20 | NULL | 7
30 | 1 | 6
30 | 6 | 7
30 | NULL | 13
99 | 6 | 8
99 | NULL | 8
NULL | 3 | 5
NULL | NULL | 5

SELECT dept, count(*) FROM emp GROUP BY GROUPING SETS ((dept), (dept)) ORDER BY dept;
dept int4 | count int8
10 | 2
10 | 2
20 | 2
20 | 2
30 | 2
30 | 2
99 | 1
99 | 1
NULL | 1
NULL | 1

SELECT dept, count(*) FROM emp GROUP BY DISTINCT GROUPING SETS ((dept), (dept)) ORDER BY dept;
dept int4 | count int8
10 | 2
20 | 2
30 | 2
99 | 1
NULL | 1

SELECT dept, boss, count(*) FROM emp GROUP BY GROUPING SETS (ROLLUP (dept), CUBE (boss)) ORDER BY dept, boss, count;
dept int4 | boss int4 | count int8
10 | NULL | 2
20 | NULL | 2
30 | NULL | 2
99 | NULL | 1
NULL | 1 | 3
NULL | 3 | 2
NULL | 6 | 2
NULL | NULL | 1
NULL | NULL | 1
NULL | NULL | 8
NULL | NULL | 8

SELECT dept, count(*) FROM emp GROUP BY ROLLUP (dept) HAVING grouping(dept) = 1;
dept int4 | count int8
NULL | 8

SELECT grouping(name) FROM emp GROUP BY dept;
ERROR 42803: arguments to GROUPING must be grouping expressions of the associated query level
POSITION: 1:17

SELECT grouping(dept) FROM emp;
ERROR 42803: arguments to GROUPING must be grouping expressions of the associated query level
POSITION: 1:17

SELECT count(*) FROM emp WHERE false GROUP BY GROUPING SETS ((), (dept));
count int8
0

SELECT extract(year FROM hired) AS y, dept, count(*) FROM emp GROUP BY CUBE (1, 2) ORDER BY 1, 2, 3;
y numeric | dept int4 | count int8
1999 | 30 | 1
1999 | NULL | 1
2001 | 10 | 1
2001 | NULL | 1
2004 | 10 | 1
2004 | NULL | 1
2010 | 20 | 2
2010 | NULL | 2
2016 | 30 | 1
2016 | NULL | 1
2020 | 99 | 1
2020 | NULL | 1
NULL | 10 | 2
NULL | 20 | 2
NULL | 30 | 2
NULL | 99 | 1
NULL | NULL | 1
NULL | NULL | 1
NULL | NULL | 1
NULL | NULL | 8

SELECT (dept, boss), count(*) FROM emp GROUP BY ROLLUP ((dept, boss)) ORDER BY 1, 2;
row record | count int8
(10,1) | 1
(10,) | 1
(20,1) | 1
(20,3) | 1
(30,1) | 1
(30,6) | 1
(99,6) | 1
(,3) | 1
(,) | 8

SELECT dept, sum(sum(id)) OVER (ORDER BY dept) FROM emp GROUP BY dept ORDER BY dept;
dept int4 | sum numeric
10 | 3
20 | 10
30 | 23
99 | 31
NULL | 36

SELECT dept, rank() OVER (ORDER BY count(*) DESC), count(*) FROM emp GROUP BY dept ORDER BY dept;
dept int4 | rank int8 | count int8
10 | 1 | 2
20 | 1 | 2
30 | 1 | 2
99 | 4 | 1
NULL | 4 | 1

SELECT d.title, (SELECT count(*) FROM emp e WHERE e.dept = d.id), (SELECT max(salary) FROM emp e WHERE e.dept = d.id) FROM dept d ORDER BY d.id;
title text | count int8 | max numeric
Research | 2 | 5000.00
Sales | 2 | 3200.50
Ops | 2 | 4100.25
Empty | 0 | NULL

-- differs: refused with 0A000
SELECT (SELECT sum(e.id) FROM dept d WHERE d.id = 10) FROM emp e;
sum int8
36
~~~~
ERROR 0A000: an aggregate over columns of an outer query only is not supported
POSITION: 1:16

SELECT (SELECT sum(e.id + d.id) FROM dept d) FROM emp e WHERE e.id < 3 ORDER BY e.id;
sum int8
104
108

-- differs: refused by Millrace
SELECT (SELECT count(*) FROM dept d WHERE d.id = max(e.dept)) FROM emp e;
count int8
0
~~~~
ERROR 42803: aggregate functions are not allowed in WHERE
POSITION: 1:50

SELECT max(id) + 1, -max(id), max(id) || 'x', coalesce(max(boss), 0), CASE WHEN count(*) > 5 THEN 'many' ELSE 'few' END FROM emp;
?column? int4 | ?column? int4 | ?column? text | coalesce int4 | case text
9 | -8 | 8x | 6 | many

SELECT min(id), max(id) FROM emp GROUP BY dept > 15 ORDER BY 1;
min int4 | max int4
1 | 2
3 | 8
5 | 5

SELECT DISTINCT count(*) FROM emp GROUP BY dept ORDER BY 1;
count int8
1
2

SELECT DISTINCT dept FROM emp GROUP BY dept, boss ORDER BY dept;
dept int4
10
20
30
99
NULL

SELECT count(*) FROM emp GROUP BY dept ORDER BY dept DESC NULLS LAST;
count int8
1
2
2
2
1

SELECT count(*) AS c FROM emp GROUP BY dept ORDER BY c, max(id);
c int8
1
1
2
2
2

SELECT dept FROM emp GROUP BY dept ORDER BY count(*) DESC, dept LIMIT 2;
dept int4
10
20

SELECT dept AS id, count(*) FROM emp GROUP BY id ORDER BY 2, 1;
id int4 | count int8
10 | 1
10 | 1
20 | 1
20 | 1
30 | 1
30 | 1
99 | 1
NULL | 1

SELECT e.dept FROM emp e GROUP BY dept ORDER BY e.dept;
dept int4
10
20
30
99
NULL

SELECT * FROM emp GROUP BY id ORDER BY id;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date
1 | Ada | 10 | 5000.00 | NULL | 2001-02-03
2 | Bob | 10 | 3200.50 | 1 | 2004-12-31
3 | Cy | 20 | 3200.50 | 1 | 2010-06-15
4 | Dee | 20 | NULL | 3 | 2010-06-15
5 | Eve | NULL | 1000.00 | 3 | NULL
6 | Flo | 30 | 4100.25 | 1 | 2016-02-29
7 | Gus | 30 | 0.00 | 6 | 1999-01-01
8 | Hal | 99 | 2500.00 | 6 | 2020-10-10

SELECT * FROM emp GROUP BY dept;
ERROR 42803: column "emp.id" must appear in the GROUP BY clause or be used in an aggregate function
POSITION: 1:8

SELECT e.*, count(*) FROM emp e GROUP BY e.id ORDER BY e.id LIMIT 1;
id int4 | name text | dept int4 | salary numeric(10,2) | boss int4 | hired date | count int8
1 | Ada | 10 | 5000.00 | NULL | 2001-02-03 | 1

SELECT any_value(id) FROM emp;
ERROR 42883: function any_value(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT array_agg(x ORDER BY x DESC) FROM generate_series(1, 5) x;
array_agg int4[]
{5,4,3,2,1}

SELECT sum(x) FROM generate_series(1, 1000) x;
sum int8
500500

SELECT avg(x)::numeric(10,3), sum(x::numeric) / count(*) FROM generate_series(1, 10) x;
avg numeric(10,3) | ?column? numeric
5.500 | 5.5000000000000000

-- differs: the type does not exist in Millrace
SELECT range_agg(int4range(1, 2));
range_agg oid4451
{[1,2)}
~~~~
ERROR 42883: function int4range(integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:18

SELECT max(ARRAY[id, dept]) FROM emp;
max int4[]
{8,99}

SELECT max(ROW(id)) FROM emp;
ERROR 42883: function max(record) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT min(t), max(t), min(k), max(c) FROM words;
min text | max text | min text | max bpchar
"" | "tab\there" | cake | "ä    "

SELECT max('x'), min(NULL), sum(NULL::int), count(NULL), max(1);
max text | min text | sum int8 | count int8 | max int4
x | NULL | NULL | 0 | 1

SELECT sum('1');
ERROR 42725: function sum(unknown) is not unique
HINT: Could not choose a best candidate function. You might need to add explicit type casts.
POSITION: 1:8

SELECT count(*) OVER () FROM emp GROUP BY dept ORDER BY 1;
count int8
5
5
5
5
5

SELECT bit_and(true);
ERROR 42883: function bit_and(boolean) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT dept, json_object_agg(name, id ORDER BY id) FROM emp GROUP BY dept ORDER BY dept;
dept int4 | json_object_agg json
10 | { "Ada" : 1, "Bob" : 2 }
20 | { "Cy" : 3, "Dee" : 4 }
30 | { "Flo" : 6, "Gus" : 7 }
99 | { "Hal" : 8 }
NULL | { "Eve" : 5 }

SELECT sum(id ORDER BY id), max(DISTINCT id), count(ALL dept), sum(ALL id) FROM emp;
sum int8 | max int4 | count int8 | sum int8
36 | 8 | 7 | 36

SELECT string_agg('a', ',') FROM emp;
string_agg text
a,a,a,a,a,a,a,a

SELECT string_agg(E'\\x01'::bytea, E'\\xff'::bytea) FROM dept;
string_agg bytea
\x01ff01ff01ff01

-- differs: the type does not exist in Millrace
SELECT xmlagg('x');
xmlagg oid142
x
~~~~
ERROR 42883: function xmlagg(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT avg(interval '1 day'), sum(time '10:00' - time '09:00') FROM dept;
avg interval | sum interval
1 day | 04:00:00

SELECT sum(time '10:00');
sum interval
10:00:00

SELECT regr_count(1, 2), covar_pop(1, 2);
regr_count int8 | covar_pop float8
1 | 0

SELECT floor(avg(salary)), round(avg(salary), 1), avg(salary)::int FROM emp;
floor numeric | round numeric | avg int4
2714 | 2714.5 | 2714

SELECT count(*) c, dept d FROM emp GROUP BY d ORDER BY c DESC, d NULLS FIRST FETCH FIRST 3 ROWS ONLY;
c int8 | d int4
2 | 10
2 | 20
2 | 30
