-- Window functions: ranking, offsets, every frame with EXCLUDE, named windows, errors.

SELECT id, row_number() OVER (ORDER BY id), rank() OVER (ORDER BY dept), dense_rank() OVER (ORDER BY dept), percent_rank() OVER (ORDER BY dept), cume_dist() OVER (ORDER BY dept), ntile(3) OVER (ORDER BY id) FROM emp ORDER BY id;
id int4 | row_number int8 | rank int8 | dense_rank int8 | percent_rank float8 | cume_dist float8 | ntile int4
1 | 1 | 1 | 1 | 0 | 0.25 | 1
2 | 2 | 1 | 1 | 0 | 0.25 | 1
3 | 3 | 3 | 2 | 0.2857142857142857 | 0.5 | 1
4 | 4 | 3 | 2 | 0.2857142857142857 | 0.5 | 2
5 | 5 | 8 | 5 | 1 | 1 | 2
6 | 6 | 5 | 3 | 0.5714285714285714 | 0.75 | 2
7 | 7 | 5 | 3 | 0.5714285714285714 | 0.75 | 3
8 | 8 | 7 | 4 | 0.8571428571428571 | 0.875 | 3

SELECT id, lag(id) OVER (ORDER BY id), lead(id) OVER (ORDER BY id), lag(id, 2) OVER (ORDER BY id), lag(id, 2, -1) OVER (ORDER BY id), lead(name, 1, 'none') OVER (ORDER BY id), lag(id, -1) OVER (ORDER BY id), lag(id, NULL) OVER (ORDER BY id) FROM emp ORDER BY id;
id int4 | lag int4 | lead int4 | lag int4 | lag int4 | lead text | lag int4 | lag int4
1 | NULL | 2 | NULL | -1 | Bob | 2 | NULL
2 | 1 | 3 | NULL | -1 | Cy | 3 | NULL
3 | 2 | 4 | 1 | 1 | Dee | 4 | NULL
4 | 3 | 5 | 2 | 2 | Eve | 5 | NULL
5 | 4 | 6 | 3 | 3 | Flo | 6 | NULL
6 | 5 | 7 | 4 | 4 | Gus | 7 | NULL
7 | 6 | 8 | 5 | 5 | Hal | 8 | NULL
8 | 7 | NULL | 6 | 6 | none | NULL | NULL

SELECT id, first_value(name) OVER (ORDER BY id), last_value(name) OVER (ORDER BY id), nth_value(name, 2) OVER (ORDER BY id), nth_value(name, 9) OVER (ORDER BY id), last_value(name) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM emp ORDER BY id;
id int4 | first_value text | last_value text | nth_value text | nth_value text | last_value text
1 | Ada | Ada | NULL | NULL | Hal
2 | Ada | Bob | Bob | NULL | Hal
3 | Ada | Cy | Bob | NULL | Hal
4 | Ada | Dee | Bob | NULL | Hal
5 | Ada | Eve | Bob | NULL | Hal
6 | Ada | Flo | Bob | NULL | Hal
7 | Ada | Gus | Bob | NULL | Hal
8 | Ada | Hal | Bob | NULL | Hal

SELECT id, dept, sum(id) OVER (PARTITION BY dept ORDER BY id), count(*) OVER (PARTITION BY dept), sum(id) OVER (), avg(salary) OVER (PARTITION BY dept) FROM emp ORDER BY id;
id int4 | dept int4 | sum int8 | count int8 | sum int8 | avg numeric
1 | 10 | 1 | 2 | 36 | 4100.2500000000000000
2 | 10 | 3 | 2 | 36 | 4100.2500000000000000
3 | 20 | 3 | 2 | 36 | 3200.5000000000000000
4 | 20 | 7 | 2 | 36 | 3200.5000000000000000
5 | NULL | 5 | 1 | 36 | 1000.0000000000000000
6 | 30 | 6 | 2 | 36 | 2050.1250000000000000
7 | 30 | 13 | 2 | 36 | 2050.1250000000000000
8 | 99 | 8 | 1 | 36 | 2500.0000000000000000

SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), sum(id) OVER (ORDER BY id ROWS 2 PRECEDING), sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), sum(id) OVER (ORDER BY id ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING), sum(id) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING) FROM emp ORDER BY id;
id int4 | sum int8 | sum int8 | sum int8 | sum int8 | sum int8
1 | 3 | 1 | 36 | 7 | NULL
2 | 6 | 3 | 35 | 9 | NULL
3 | 9 | 6 | 33 | 11 | 1
4 | 12 | 9 | 30 | 13 | 3
5 | 15 | 12 | 26 | 15 | 5
6 | 18 | 15 | 21 | 8 | 7
7 | 21 | 18 | 15 | NULL | 9
8 | 15 | 21 | 8 | NULL | 11

SELECT id, dept, sum(id) OVER (ORDER BY dept RANGE BETWEEN 10 PRECEDING AND 10 FOLLOWING), sum(id) OVER (ORDER BY dept RANGE BETWEEN CURRENT ROW AND 10 FOLLOWING), sum(id) OVER (ORDER BY dept RANGE UNBOUNDED PRECEDING), sum(id) OVER (ORDER BY dept DESC RANGE BETWEEN 10 PRECEDING AND CURRENT ROW) FROM emp ORDER BY id;
id int4 | dept int4 | sum int8 | sum int8 | sum int8 | sum int8
1 | 10 | 10 | 10 | 3 | 10
2 | 10 | 10 | 10 | 3 | 10
3 | 20 | 23 | 20 | 10 | 20
4 | 20 | 23 | 20 | 10 | 20
5 | NULL | 5 | 5 | 36 | 5
6 | 30 | 20 | 13 | 23 | 13
7 | 30 | 20 | 13 | 23 | 13
8 | 99 | 8 | 8 | 31 | 8

SELECT id, dept, sum(id) OVER (ORDER BY dept GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING), sum(id) OVER (ORDER BY dept GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), count(*) OVER (ORDER BY dept GROUPS 1 PRECEDING), sum(id) OVER (ORDER BY dept GROUPS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM emp ORDER BY id;
id int4 | dept int4 | sum int8 | sum int8 | count int8 | sum int8
1 | 10 | 10 | 36 | 2 | 20
2 | 10 | 10 | 36 | 2 | 20
3 | 20 | 23 | 33 | 4 | 21
4 | 20 | 23 | 33 | 4 | 21
5 | NULL | 13 | 5 | 2 | NULL
6 | 30 | 28 | 26 | 4 | 13
7 | 30 | 28 | 26 | 4 | 13
8 | 99 | 26 | 13 | 3 | 5

SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW), sum(id) OVER (ORDER BY dept ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE GROUP), sum(id) OVER (ORDER BY dept, id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES), sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE NO OTHERS) FROM emp WHERE dept <> 30 ORDER BY id;
id int4 | sum int8 | sum int8 | sum int8 | sum int8
1 | 2 | NULL | 3 | 3
2 | 4 | 3 | 6 | 6
3 | 6 | 2 | 9 | 9
4 | 11 | 8 | 15 | 15
8 | 4 | 4 | 12 | 12

SELECT id, dept, array_agg(id) OVER (ORDER BY dept RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) IS NULL, count(*) OVER (ORDER BY dept RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP), count(*) OVER (ORDER BY dept GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM emp ORDER BY id;
id int4 | dept int4 | ?column? bool | count int8 | count int8
1 | 10 | f | 6 | 1
2 | 10 | f | 6 | 1
3 | 20 | f | 6 | 3
4 | 20 | f | 6 | 3
5 | NULL | f | 7 | 1
6 | 30 | f | 6 | 3
7 | 30 | f | 6 | 3
8 | 99 | f | 7 | 2

SELECT id, hired, count(*) OVER (ORDER BY hired RANGE BETWEEN interval '6 years' PRECEDING AND interval '1 day' FOLLOWING), min(id) OVER (ORDER BY hired RANGE BETWEEN interval '1 year' PRECEDING AND CURRENT ROW) FROM emp ORDER BY id;
id int4 | hired date | count int8 | min int4
1 | 2001-02-03 | 2 | 1
2 | 2004-12-31 | 3 | 2
3 | 2010-06-15 | 3 | 3
4 | 2010-06-15 | 3 | 3
5 | NULL | 1 | 5
6 | 2016-02-29 | 3 | 6
7 | 1999-01-01 | 1 | 7
8 | 2020-10-10 | 2 | 8

SELECT id, salary, count(*) OVER (ORDER BY salary RANGE BETWEEN 1000 PRECEDING AND 500.5 FOLLOWING), first_value(id) OVER (ORDER BY salary, id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp ORDER BY id;
id int4 | salary numeric(10,2) | count int8 | first_value int4
1 | 5000.00 | 2 | 6
2 | 3200.50 | 3 | 8
3 | 3200.50 | 3 | 2
4 | NULL | 1 | 1
5 | 1000.00 | 2 | 7
6 | 4100.25 | 3 | 3
7 | 0.00 | 1 | 7
8 | 2500.00 | 1 | 5

SELECT id, count(*) OVER (ORDER BY f8 RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM nums ORDER BY id;
id int4 | count int8
1 | 2
2 | 2
3 | 1
4 | 1
5 | 1
6 | 1
7 | 1
8 | 1

SELECT id, ts, count(*) OVER (ORDER BY ts RANGE BETWEEN interval '1 day' PRECEDING AND interval '1 day' FOLLOWING) FROM times ORDER BY id;
id int4 | ts timestamp | count int8
1 | 2000-01-01 00:00:00 | 2
2 | 2024-02-29 12:34:56.789 | 1
3 | 1999-12-31 23:59:59 | 2
4 | NULL | 1
5 | infinity | 1
6 | 0044-03-15 12:00:00 BC | 1

SELECT id, count(*) OVER (ORDER BY t RANGE BETWEEN interval '12 hours' PRECEDING AND CURRENT ROW) FROM times ORDER BY id;
id int4 | count int8
1 | 1
2 | 2
3 | 3
4 | 1
5 | 3
6 | 2

SELECT id, count(*) OVER w, sum(id) OVER w, row_number() OVER (w ORDER BY id) FROM emp WINDOW w AS (PARTITION BY dept) ORDER BY id;
id int4 | count int8 | sum int8 | row_number int8
1 | 2 | 3 | 1
2 | 2 | 3 | 2
3 | 2 | 7 | 1
4 | 2 | 7 | 2
5 | 1 | 5 | 1
6 | 2 | 13 | 1
7 | 2 | 13 | 2
8 | 1 | 8 | 1

SELECT id, sum(id) OVER w2 FROM emp WINDOW w AS (PARTITION BY dept), w2 AS (w ORDER BY id DESC) ORDER BY id;
id int4 | sum int8
1 | 3
2 | 2
3 | 7
4 | 4
5 | 5
6 | 13
7 | 7
8 | 8

SELECT id, sum(id) OVER (w ROWS 1 PRECEDING) FROM emp WINDOW w AS (ORDER BY id) ORDER BY id;
id int4 | sum int8
1 | 1
2 | 3
3 | 5
4 | 7
5 | 9
6 | 11
7 | 13
8 | 15

SELECT sum(id) OVER nope FROM emp;
ERROR 42704: window "nope" does not exist
POSITION: 1:21

SELECT sum(id) OVER (w PARTITION BY dept) FROM emp WINDOW w AS (ORDER BY id);
ERROR 42P20: cannot override PARTITION BY clause of window "w"
POSITION: 1:21

SELECT sum(id) OVER (w ORDER BY dept) FROM emp WINDOW w AS (ORDER BY id);
ERROR 42P20: cannot override ORDER BY clause of window "w"
POSITION: 1:21

SELECT sum(id) OVER (w) FROM emp WINDOW w AS (ORDER BY id ROWS 1 PRECEDING);
ERROR 42P20: cannot copy window "w" because it has a frame clause
HINT: Omit the parentheses in this OVER clause.
POSITION: 1:21

SELECT sum(id) OVER w FROM emp WINDOW w AS (ORDER BY id), w AS (ORDER BY dept);
ERROR 42P20: window "w" is already defined
POSITION: 1:64

SELECT row_number() FROM emp;
ERROR 42809: window function row_number requires an OVER clause
POSITION: 1:8

SELECT row_number(1) OVER () FROM emp;
ERROR 42883: function row_number(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT upper(name) OVER () FROM emp;
ERROR 42809: OVER specified, but upper is not a window function nor an aggregate function
POSITION: 1:8

SELECT nosuch(1) OVER () FROM emp;
ERROR 42883: function nosuch(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT id FROM emp WHERE row_number() OVER () = 1;
ERROR 42P20: window functions are not allowed in WHERE
POSITION: 1:26

SELECT count(*) FROM emp GROUP BY row_number() OVER ();
ERROR 42P20: window functions are not allowed in GROUP BY
POSITION: 1:35

SELECT sum(row_number() OVER ()) FROM emp;
ERROR 42803: aggregate function calls cannot contain window function calls
POSITION: 1:12

SELECT sum(sum(id) OVER ()) OVER () FROM emp;
ERROR 42P20: window function calls cannot be nested
POSITION: 1:12

SELECT count(*) FROM emp HAVING row_number() OVER () > 1;
ERROR 42P20: window functions are not allowed in HAVING
POSITION: 1:33

SELECT * FROM emp JOIN dept ON row_number() OVER () = 1;
ERROR 42P20: window functions are not allowed in JOIN conditions
POSITION: 1:32

SELECT id FROM emp LIMIT row_number() OVER ();
ERROR 42P20: window functions are not allowed in LIMIT
POSITION: 1:26

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED FOLLOWING AND 1 FOLLOWING) FROM emp;
ERROR 42P20: frame start cannot be UNBOUNDED FOLLOWING
POSITION: 1:47

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM emp;
ERROR 42P20: frame starting from following row cannot have preceding rows
POSITION: 1:63

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM emp;
ERROR 42P20: frame starting from current row cannot have preceding rows
POSITION: 1:63

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND UNBOUNDED PRECEDING) FROM emp;
ERROR 42P20: frame end cannot be UNBOUNDED PRECEDING
POSITION: 1:63

SELECT sum(id) OVER (ORDER BY id ROWS -1 PRECEDING) FROM emp;
ERROR 22013: frame starting offset must not be negative

SELECT sum(id) OVER (ORDER BY id ROWS NULL PRECEDING) FROM emp;
ERROR 22004: frame starting offset must not be null

SELECT sum(id) OVER (ORDER BY id ROWS id PRECEDING) FROM emp;
ERROR 42P10: argument of ROWS must not contain variables
POSITION: 1:39

SELECT sum(id) OVER (ORDER BY id ROWS 1.6 PRECEDING), sum(id) OVER (ORDER BY id ROWS '2' PRECEDING) FROM emp ORDER BY 1;
sum int8 | sum int8
1 | 1
3 | 3
6 | 6
9 | 9
12 | 12
15 | 15
18 | 18
21 | 21

SELECT sum(id) OVER (ORDER BY id, dept RANGE 1 PRECEDING) FROM emp;
ERROR 42P20: RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column
POSITION: 1:21

SELECT sum(id) OVER (ORDER BY name RANGE 1 PRECEDING) FROM emp;
ERROR 0A000: RANGE with offset PRECEDING/FOLLOWING is not supported for column type text
POSITION: 1:42

SELECT sum(id) OVER (ORDER BY hired RANGE 1 PRECEDING) FROM emp;
ERROR 0A000: RANGE with offset PRECEDING/FOLLOWING is not supported for column type date and offset type integer
HINT: Cast the offset value to an appropriate type.
POSITION: 1:43

SELECT sum(id) OVER (ORDER BY id RANGE -1 PRECEDING) FROM emp;
ERROR 22013: invalid preceding or following size in window function

SELECT sum(id) OVER (GROUPS 1 PRECEDING) FROM emp;
ERROR 42P20: GROUPS mode requires an ORDER BY clause
POSITION: 1:21

SELECT sum(id) OVER (RANGE 1 PRECEDING) FROM emp;
ERROR 42P20: RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column
POSITION: 1:21

SELECT ntile(0) OVER () FROM emp;
ERROR 22014: argument of ntile must be greater than zero

SELECT ntile(NULL) OVER () FROM emp;
ntile int4
NULL
NULL
NULL
NULL
NULL
NULL
NULL
NULL

SELECT nth_value(id, 0) OVER () FROM emp;
ERROR 22016: argument of nth_value must be greater than zero

SELECT lag(id, 1, 'x') OVER () FROM emp;
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:19

SELECT lag(id, 1, 1.5) OVER (ORDER BY id), pg_typeof(lag(id, 1, 1.5) OVER (ORDER BY id)) FROM emp ORDER BY id;
lag numeric | pg_typeof regtype
1.5 | numeric
1 | numeric
2 | numeric
3 | numeric
4 | numeric
5 | numeric
6 | numeric
7 | numeric

SELECT count(DISTINCT id) OVER () FROM emp;
ERROR 0A000: DISTINCT is not implemented for window functions
POSITION: 1:8

SELECT string_agg(name, ',' ORDER BY name) OVER () FROM emp;
ERROR 0A000: aggregate ORDER BY is not implemented for window functions
POSITION: 1:8

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id) OVER () FROM emp;
ERROR 0A000: OVER is not supported for ordered-set aggregate percentile_cont
POSITION: 1:8

SELECT id, count(*) FILTER (WHERE dept = 10) OVER (ORDER BY id), sum(id) FILTER (WHERE id % 2 = 0) OVER (ORDER BY id ROWS 2 PRECEDING) FROM emp ORDER BY id;
id int4 | count int8 | sum int8
1 | 1 | NULL
2 | 2 | 2
3 | 2 | 2
4 | 2 | 6
5 | 2 | 4
6 | 2 | 10
7 | 2 | 6
8 | 2 | 14

SELECT row_number() FILTER (WHERE true) OVER () FROM emp;
ERROR 0A000: FILTER is not implemented for non-aggregate window functions
POSITION: 1:8

SELECT id, string_agg(name, '') OVER (ORDER BY id), array_agg(id) OVER (ORDER BY id ROWS 1 PRECEDING), json_agg(id) OVER (ORDER BY id), bool_or(dept = 10) OVER (ORDER BY id) FROM emp ORDER BY id;
id int4 | string_agg text | array_agg int4[] | json_agg json | bool_or bool
1 | Ada | {1} | [1] | t
2 | AdaBob | {1,2} | [1, 2] | t
3 | AdaBobCy | {2,3} | [1, 2, 3] | t
4 | AdaBobCyDee | {3,4} | [1, 2, 3, 4] | t
5 | AdaBobCyDeeEve | {4,5} | [1, 2, 3, 4, 5] | t
6 | AdaBobCyDeeEveFlo | {5,6} | [1, 2, 3, 4, 5, 6] | t
7 | AdaBobCyDeeEveFloGus | {6,7} | [1, 2, 3, 4, 5, 6, 7] | t
8 | AdaBobCyDeeEveFloGusHal | {7,8} | [1, 2, 3, 4, 5, 6, 7, 8] | t

SELECT id, min(salary) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), max(name) OVER (ORDER BY id ROWS 2 PRECEDING), avg(id) OVER (ORDER BY id ROWS 3 PRECEDING), stddev(id) OVER (ORDER BY id), variance(salary) OVER (ORDER BY id ROWS 2 PRECEDING) FROM emp ORDER BY id;
id int4 | min numeric | max text | avg numeric | stddev numeric | variance numeric
1 | 3200.50 | Ada | 1.00000000000000000000 | NULL | NULL
2 | 3200.50 | Bob | 1.5000000000000000 | 0.70710678118654752440 | 1619100.125000000000
3 | 3200.50 | Cy | 2.0000000000000000 | 1.00000000000000000000 | 1079400.083333333333
4 | 1000.00 | Dee | 2.5000000000000000 | 1.2909944487358056 | 0
5 | 1000.00 | Eve | 3.5000000000000000 | 1.5811388300841897 | 2421100.125000000000
6 | 0.00 | Flo | 4.5000000000000000 | 1.8708286933869707 | 4805775.031250000000
7 | 0.00 | Gus | 5.5000000000000000 | 2.1602468994692868 | 4570600.020833333333
8 | 0.00 | Hal | 6.5000000000000000 | 2.4494897427831781 | 4270475.020833333333

SELECT id, rank() OVER (PARTITION BY dept ORDER BY salary DESC NULLS LAST), row_number() OVER (PARTITION BY boss ORDER BY hired, id) FROM emp ORDER BY id;
id int4 | rank int8 | row_number int8
1 | 1 | 1
2 | 2 | 1
3 | 1 | 2
4 | 2 | 1
5 | 1 | 2
6 | 1 | 3
7 | 2 | 1
8 | 1 | 2

SELECT * FROM (SELECT id, dept, row_number() OVER (PARTITION BY dept ORDER BY salary DESC NULLS LAST, id) AS rn FROM emp) s WHERE rn = 1 ORDER BY dept;
id int4 | dept int4 | rn int8
1 | 10 | 1
3 | 20 | 1
6 | 30 | 1
8 | 99 | 1
5 | NULL | 1

SELECT dept, name FROM (SELECT *, rank() OVER (PARTITION BY dept ORDER BY hired) r FROM emp) s WHERE r <= 1 ORDER BY dept, name;
dept int4 | name text
10 | Ada
20 | Cy
20 | Dee
30 | Gus
99 | Hal
NULL | Eve

SELECT id, sum(id) OVER (ORDER BY id) - lag(id) OVER (ORDER BY id) AS x, round(100.0 * id / sum(id) OVER (), 1) AS pct FROM emp ORDER BY id;
id int4 | x int8 | pct numeric
1 | NULL | 2.8
2 | 2 | 5.6
3 | 4 | 8.3
4 | 7 | 11.1
5 | 11 | 13.9
6 | 16 | 16.7
7 | 22 | 19.4
8 | 29 | 22.2

SELECT dept, sum(id), sum(sum(id)) OVER (ORDER BY dept NULLS FIRST), rank() OVER (ORDER BY sum(id) DESC) FROM emp GROUP BY dept ORDER BY dept;
dept int4 | sum int8 | sum numeric | rank int8
10 | 3 | 8 | 5
20 | 7 | 15 | 3
30 | 13 | 28 | 1
99 | 8 | 36 | 2
NULL | 5 | 5 | 4

SELECT DISTINCT dept, count(*) OVER (PARTITION BY dept) FROM emp ORDER BY dept;
dept int4 | count int8
10 | 2
20 | 2
30 | 2
99 | 1
NULL | 1

SELECT id FROM emp ORDER BY row_number() OVER (ORDER BY name DESC) LIMIT 3;
id int4
8
7
6

SELECT id, first_value(id) OVER (PARTITION BY dept ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), last_value(id) OVER (PARTITION BY dept ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), nth_value(id, 2) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM emp ORDER BY id;
id int4 | first_value int4 | last_value int4 | nth_value int4
1 | 2 | NULL | NULL
2 | NULL | 1 | 3
3 | 4 | NULL | 4
4 | NULL | 3 | 5
5 | NULL | NULL | 6
6 | 7 | NULL | 7
7 | NULL | 6 | 8
8 | NULL | NULL | NULL

-- differs: the words belong to ksqlDB's language here
SELECT first_value(x) IGNORE NULLS OVER () FROM (VALUES (1)) t(x);
ERROR 42601: syntax error at or near "NULLS"
POSITION: 1:30
~~~~
ERROR 0A000: IGNORE NULLS is not supported for window functions
POSITION: 1:8

SELECT x, lag(x) OVER (ORDER BY x), rank() OVER (ORDER BY x), sum(x) OVER (ORDER BY x) FROM (VALUES (1), (2), (2), (NULL), (3)) t(x) ORDER BY x;
x int4 | lag int4 | rank int8 | sum int8
1 | NULL | 1 | 1
2 | 1 | 2 | 5
2 | 2 | 2 | 5
3 | 2 | 4 | 8
NULL | 3 | 5 | 8

SELECT x, y, dense_rank() OVER (ORDER BY x DESC NULLS LAST, y), count(y) OVER (PARTITION BY x) FROM (VALUES (1, 'a'), (1, NULL), (NULL, 'b'), (2, 'a')) t(x, y) ORDER BY x, y;
x int4 | y text | dense_rank int8 | count int8
1 | a | 2 | 1
1 | NULL | 3 | 1
2 | a | 1 | 1
NULL | b | 4 | 1

SELECT sum(count(*)) OVER (), count(*) FROM emp;
sum numeric | count int8
8 | 8

SELECT row_number() OVER (ORDER BY (SELECT 1)), count(*) OVER (PARTITION BY (SELECT 1)) FROM dept ORDER BY 1;
row_number int8 | count int8
1 | 4
2 | 4
3 | 4
4 | 4

SELECT id, (SELECT sum(d.id) OVER () FROM dept d WHERE d.id = e.dept) FROM emp e ORDER BY id;
id int4 | sum int8
1 | 10
2 | 10
3 | 20
4 | 20
5 | NULL
6 | 30
7 | 30
8 | NULL

SELECT rank() OVER (ORDER BY jb) FROM docs ORDER BY 1;
rank int8
1
2
3
4
5
6

SELECT id, sum(i8) OVER (ORDER BY id ROWS 1 PRECEDING), sum(n) OVER (ORDER BY id ROWS 1 PRECEDING) FROM nums WHERE id < 6 ORDER BY id;
id int4 | sum numeric | sum numeric
1 | 0 | 0
2 | 1 | 1
3 | 0 | -0.5
4 | 9223372036854775806 | 12345678901234567888.623456789
5 | -1 | 12345678901234567890.123456788

SELECT id, avg(f8) OVER (ORDER BY id ROWS 1 PRECEDING), sum(f4) OVER (ORDER BY id ROWS 1 PRECEDING) FROM nums WHERE id IN (1, 2, 3, 6, 8) ORDER BY id;
id int4 | avg float8 | sum float4
1 | 0 | 0
2 | 0.5 | 1
3 | -0.25 | -0.5
6 | -1.5 | -1.5
8 | -Infinity | 2.5

SELECT pg_typeof(row_number() OVER ()), pg_typeof(rank() OVER ()), pg_typeof(ntile(2) OVER ()), pg_typeof(percent_rank() OVER ()), pg_typeof(cume_dist() OVER ()), pg_typeof(lag('x'::text) OVER ()), pg_typeof(sum(1) OVER ());
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
bigint | bigint | integer | double precision | double precision | text | bigint

SELECT ntile(4) OVER (ORDER BY x), x FROM generate_series(1, 10) x ORDER BY x;
ntile int4 | x int4
1 | 1
1 | 2
1 | 3
2 | 4
2 | 5
2 | 6
3 | 7
3 | 8
4 | 9
4 | 10

SELECT id, sum(id) OVER (PARTITION BY dept, boss ORDER BY id), count(*) OVER (PARTITION BY dept > 15) FROM emp ORDER BY id;
id int4 | sum int8 | count int8
1 | 1 | 2
2 | 2 | 2
3 | 3 | 5
4 | 4 | 5
5 | 5 | 1
6 | 6 | 5
7 | 7 | 5
8 | 8 | 5

SELECT id, lead(id, id) OVER (ORDER BY id) FROM emp ORDER BY id;
id int4 | lead int4
1 | 2
2 | 4
3 | 6
4 | 8
5 | NULL
6 | NULL
7 | NULL
8 | NULL

SELECT count(*) OVER (ORDER BY id ROWS BETWEEN 9223372036854775807 FOLLOWING AND UNBOUNDED FOLLOWING) FROM dept;
count int8
0
0
0
0

SELECT sum(id) OVER (ORDER BY 1) FROM emp WHERE id < 3;
sum int8
3
3

SELECT sum(id) OVER (PARTITION BY 1 ORDER BY 'a' ROWS 1 PRECEDING) FROM emp WHERE id < 3;
sum int8
1
3

SELECT x, last_value(x) OVER (ORDER BY x), last_value(x) OVER (ORDER BY x DESC) FROM (VALUES (1), (1), (2)) t(x) ORDER BY x;
x int4 | last_value int4 | last_value int4
1 | 1 | 1
1 | 1 | 1
2 | 2 | 2

SELECT OVER FROM emp;
ERROR 42703: column "over" does not exist
POSITION: 1:8

SELECT sum(id) OVER FROM emp;
ERROR 42601: syntax error at or near "FROM"
POSITION: 1:21

SELECT sum(id) OVER (ORDER BY) FROM emp;
ERROR 42601: syntax error at or near ")"
POSITION: 1:30

SELECT sum(id) OVER (ROWS) FROM emp;
ERROR 42601: syntax error at or near ")"
POSITION: 1:26

SELECT sum(id) OVER (ROWS BETWEEN 1 PRECEDING) FROM emp;
ERROR 42601: syntax error at or near ")"
POSITION: 1:46

SELECT over.x FROM (SELECT 1 AS x) AS over;
x int4
1
