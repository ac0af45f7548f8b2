-- Intervals: every spelling, styles, arithmetic, comparison, aggregates.

SELECT interval '1 year', interval '1 yr', interval '1 y', interval '2 years 3 mons', interval '1 mon', interval '1 month', interval '1 week', interval '1 w', interval '1 day', interval '1 d', interval '1 hour', interval '1 hr', interval '1 h', interval '1 minute', interval '1 min', interval '1 m', interval '1 second', interval '1 sec', interval '1 s', interval '1 ms', interval '1 us', interval '1 decade', interval '1 century', interval '1 millennium', interval '1 c', interval '1 mil';
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
1 year | 1 year | 1 year | 2 years 3 mons | 1 mon | 1 mon | 7 days | 7 days | 1 day | 1 day | 01:00:00 | 01:00:00 | 01:00:00 | 00:01:00 | 00:01:00 | 00:01:00 | 00:00:01 | 00:00:01 | 00:00:01 | 00:00:00.001 | 00:00:00.000001 | 10 years | 100 years | 1000 years | 100 years | 1000 years

SELECT interval '1-2', interval '1-2 3 4:05:06', interval '3 4:05:06', interval '4:05', interval '4:05:06.789', interval '-1-2', interval '+1-2 -3 +4:05:06', interval '-4:05:06', interval '1 day ago', interval '1 year -2 days ago', interval '@ 1 hour', interval '@ 1 day 2 hours ago';
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
1 year 2 mons | 1 year 2 mons 3 days 04:05:06 | 3 days 04:05:06 | 04:05:00 | 04:05:06.789 | -1 years -2 mons | 1 year 2 mons -3 days +04:05:06 | -04:05:06 | -1 days | -1 years +2 days | 01:00:00 | -1 days -02:00:00

SELECT interval 'P1Y2M3DT4H5M6S', interval 'P1Y', interval 'PT1H30M', interval 'P1W', interval 'P-1Y2M', interval 'P0001-02-03T04:05:06', interval 'PT0.5S', interval 'P1.5D', interval 'P', interval 'PT';
ERROR 22007: invalid input syntax for type interval: "P"
POSITION: 1:185

SELECT interval '1.5 years', interval '1.5 months', interval '1.5 weeks', interval '1.5 days', interval '1.5 hours', interval '0.5 minutes', interval '.5 sec', interval '1.5 decades', interval '-1.5 days', interval '1e2 days';
ERROR 22007: invalid input syntax for type interval: "1e2 days"
POSITION: 1:216

SELECT interval '1', interval '90', interval '1.5', interval '0', interval '-5';
interval interval | interval interval | interval interval | interval interval | interval interval
00:00:01 | 00:01:30 | 00:00:01.5 | 00:00:00 | -00:00:05

SELECT interval 'foo';
ERROR 22007: invalid input syntax for type interval: "foo"
POSITION: 1:17

SELECT interval '';
ERROR 22007: invalid input syntax for type interval: ""
POSITION: 1:17

SELECT interval '1 foo';
ERROR 22007: invalid input syntax for type interval: "1 foo"
POSITION: 1:17

SELECT interval '1 day 1 day';
ERROR 22007: invalid input syntax for type interval: "1 day 1 day"
POSITION: 1:17

SELECT interval '1 year 1-2';
interval interval
2 years 2 mons

SELECT interval 'day';
ERROR 22007: invalid input syntax for type interval: "day"
POSITION: 1:17

SELECT interval '1 2';
ERROR 22007: invalid input syntax for type interval: "1 2"
POSITION: 1:17

SELECT interval '1:2:3:4';
ERROR 22007: invalid input syntax for type interval: "1:2:3:4"
POSITION: 1:17

SELECT interval '99999999999 years';
ERROR 22015: interval field value out of range: "99999999999 years"
POSITION: 1:17

SELECT interval '178956970 years 8 months';
ERROR 22008: interval out of range
POSITION: 1:17

SELECT interval '2147483647 days', interval '9223372036854 seconds';
interval interval | interval interval
2147483647 days | 2562047788:00:54

SELECT interval '2147483648 days';
ERROR 22015: interval field value out of range: "2147483648 days"
POSITION: 1:17

SELECT interval '1' hour, interval '1' day to second, interval '1:30' minute to second, interval '1:30' hour to minute, interval '2' week;
interval interval(1024,-5) | interval interval(7176,-5) | interval interval(6144,-5) | interval interval(3072,-5) | week interval
01:00:00 | 00:00:01 | 00:01:30 | 01:30:00 | 00:00:02

SELECT interval '1' week;
week interval
00:00:01

SELECT interval '1-2' year, interval '14' month, interval '1 year 2 months 3 days' month, interval '1 day 2:03:04' day, interval '1 day 2:03:04' hour, interval '1 day 2:03:04' minute, interval '1 day 2:03:04.56' second;
interval interval(4,-5) | interval interval(2,-5) | interval interval(2,-5) | interval interval(8,-5) | interval interval(1024,-5) | interval interval(2048,-5) | interval interval(4096,-5)
1 year | 1 year 2 mons | 1 year 2 mons | 1 day | 1 day 02:00:00 | 1 day 02:03:00 | 1 day 02:03:04.56

SELECT interval '1 day 2:03:04.567' second(1), interval '1.23456789' second(3), interval '1.999' second(0), interval(1) '1.99 sec', '1.56 s'::interval(1), '1 day 25:00'::interval day, '1 day 25:00'::interval hour to minute, '12:34:56.789'::interval second(2), '12:34:56'::interval minute;
interval interval(4095,-3) | interval interval(4095,-1) | interval interval(4095,-4) | interval interval(32766,-3) | interval interval(32766,-3) | interval interval(8,-5) | interval interval(3072,-5) | interval interval(4095,-2) | interval interval(2048,-5)
1 day 02:03:04.6 | 00:00:01.235 | 00:00:02 | 00:00:02 | 00:00:01.6 | 1 day | 1 day 25:00:00 | 12:34:56.79 | 12:34:00

SELECT '1 day'::interval year to foo;
ERROR 42601: syntax error at or near "foo"
POSITION: 1:34

SELECT interval '1 day' + interval '2 hours', interval '1 day' - interval '2 hours', interval '1 month' + interval '1 day', - interval '1 day', interval '1 day' * 2, 2 * interval '1 day', interval '1 day' * 1.5, interval '1 month' * 0.5, interval '1 year' / 3, interval '1 day' / 2, interval '1 hour' / 1.5, interval '1 mon' / 7;
?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval
1 day 02:00:00 | 1 day -02:00:00 | 1 mon 1 day | -1 days | 2 days | 2 days | 1 day 12:00:00 | 15 days | 4 mons | 12:00:00 | 00:40:00 | 4 days 06:51:25.6896

SELECT interval '1 day' / 0;
ERROR 22012: division by zero

SELECT interval '1 day' * interval '2';
ERROR 42883: operator does not exist: interval * interval
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:25

SELECT interval '1 day' + 1;
ERROR 42883: operator does not exist: interval + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:25

SELECT interval '1 day' * 'x';
ERROR 22P02: invalid input syntax for type double precision: "x"
POSITION: 1:27

SELECT interval '1 day' * '2', interval '1 day' + '2 hours', '3 hours' + interval '1 day';
?column? interval | ?column? interval | ?column? interval
2 days | 1 day 02:00:00 | 1 day 03:00:00

SELECT interval '1 mon' * 1e10;
ERROR 22008: interval out of range

SELECT interval '1 day' = interval '24 hours', interval '1 month' = interval '30 days', interval '1 year' = interval '360 days', interval '1 day' < interval '25 hours', interval '-1 day' < interval '0', interval '1 mon' > interval '29 days', interval '1 day' <> '24:00', interval '1 mon 1 day' BETWEEN '30 days' AND '32 days';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t | t | f | t

SELECT iv, iv * 2, iv / 2, -iv, iv + interval '1 day', iv > interval '0', extract(epoch FROM iv), extract(day FROM iv) FROM times ORDER BY id;
iv interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? bool | extract numeric | extract numeric
00:00:00 | 00:00:00 | 00:00:00 | 00:00:00 | 1 day | f | 0.000000 | 0
1 year 2 mons 3 days 04:05:06.7 | 2 years 4 mons 6 days 08:10:13.4 | 7 mons 1 day 14:02:33.35 | -1 years -2 mons -3 days -04:05:06.7 | 1 year 2 mons 4 days 04:05:06.7 | t | 37015506.700000 | 3
-1 mons | -2 mons | -15 days | 1 mon | -1 mons +1 day | f | -2592000.000000 | 0
NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
1000 days | 2000 days | 500 days | -1000 days | 1001 days | t | 86400000.000000 | 1000
-00:00:01 | -00:00:02 | -00:00:00.5 | 00:00:01 | 1 day -00:00:01 | f | -1.000000 | 0

SELECT iv FROM times ORDER BY iv;
iv interval
-1 mons
-00:00:01
00:00:00
1 year 2 mons 3 days 04:05:06.7
1000 days
NULL

SELECT sum(iv), avg(iv), min(iv), max(iv), count(iv) FROM times;
sum interval | avg interval | min interval | max interval | count int8
1 year 1 mon 1003 days 04:05:05.7 | 2 mons 218 days 15:13:01.14 | -1 mons | 1000 days | 5

SELECT sum(x), avg(x) FROM (VALUES (interval '1 day'), (interval '25 hours'), (interval '1 mon'), (NULL)) t(x);
sum interval | avg interval
1 mon 1 day 25:00:00 | 10 days 16:20:00

SELECT DISTINCT x FROM (VALUES (interval '1 day'), (interval '24 hours'), (interval '1 mon'), (interval '30 days')) t(x);
x interval
1 day
1 mon

SELECT x, count(*) FROM (VALUES (interval '1 day'), (interval '24 hours')) t(x) GROUP BY x;
x interval | count int8
1 day | 2

SELECT justify_days(interval '65 days 30 hours'), justify_hours(interval '65 days 30 hours'), justify_interval(interval '65 days 30 hours'), justify_interval(interval '-65 days 30 hours'), justify_days(interval '-35 days');
justify_days interval | justify_hours interval | justify_interval interval | justify_interval interval | justify_days interval
2 mons 5 days 30:00:00 | 66 days 06:00:00 | 2 mons 6 days 06:00:00 | -2 mons -3 days -18:00:00 | -1 mons -5 days

SELECT interval '1 year 2 mons' - interval '3 mons', interval '1 mon' - interval '31 days', interval '1 day' - interval '25:00', interval '-1 mon -1 day -01:00:00', interval '1 mon -1 day +01:00:00';
?column? interval | ?column? interval | ?column? interval | interval interval | interval interval
11 mons | 1 mon -31 days | 1 day -25:00:00 | -1 mons -1 days -01:00:00 | 1 mon -1 days +01:00:00

SELECT '1 day'::interval::text, interval '0'::text, ('1 day'::interval)::time, cast('02:03' as interval), '2 hours'::text::interval, interval '1.123456789 s', interval '-0.1 s', interval '59.9999999 s';
text text | text text | time time | interval interval | interval interval | interval interval | interval interval | interval interval
1 day | 00:00:00 | 00:00:00 | 02:03:00 | 02:00:00 | 00:00:01.123457 | -00:00:00.1 | 00:01:00

SELECT pg_typeof(interval '1' day), pg_typeof(interval '1 day' * 2), pg_typeof(-interval '1 day');
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
interval | interval | interval

SELECT make_interval(years => 1, months => -2, weeks => 3, days => -4, hours => 5, mins => 6, secs => -7.5), make_interval(0, 0, 0, 0, 0, 0, 100000.123456);
make_interval interval | make_interval interval
10 mons 17 days 05:05:52.5 | 27:46:40.123456

SELECT extract(epoch FROM interval '1 mon'), extract(epoch FROM interval '1 year'), extract(epoch FROM interval '-1 day'), date_part('minute', interval '1:02:03'), extract(milliseconds FROM interval '1.5 s'), extract(decade FROM interval '25 years'), extract(millennium FROM interval '2500 years');
extract numeric | extract numeric | extract numeric | date_part float8 | extract numeric | extract numeric | extract numeric
2592000.000000 | 31557600.000000 | -86400.000000 | 2 | 1500.000 | 2 | 2

SET intervalstyle = 'iso_8601';
SET

SELECT interval '1 year 2 mons 3 days 04:05:06.7', interval '0', interval '-1 day', interval '1 day -1 hour', interval '1 week', interval '0.000001 s';
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
P1Y2M3DT4H5M6.7S | PT0S | P-1D | P1DT-1H | P7D | PT0.000001S

SET intervalstyle = 'sql_standard';
SET

SELECT interval '1 year 2 mons', interval '3 days 04:05:06', interval '1 year 2 mons 3 days 04:05:06.7', interval '0', interval '-1 day', interval '1 day -1 hour', interval '-1-2 -3 -4:05:06', interval '1:02:03';
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
1-2 | 3 4:05:06 | +1-2 +3 +4:05:06.7 | 0 | -1 0:00:00 | +0-0 +1 -1:00:00 | -1-2 -3 -4:05:06 | 1:02:03

SET intervalstyle = 'postgres_verbose';
SET

SELECT interval '1 year 2 mons 3 days 04:05:06.7', interval '0', interval '-1 day', interval '1 day -1 hour', interval '-1.5 s', interval '1 mon';
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
@ 1 year 2 mons 3 days 4 hours 5 mins 6.7 secs | @ 0 | @ 1 day ago | @ 1 day -1 hours | @ 1.5 secs ago | @ 1 mon

-- differs: only the words of the message differ
SET intervalstyle = 'nope';
ERROR 22023: invalid value for parameter "intervalstyle": "nope"
HINT: Available values: postgres, postgres_verbose, sql_standard, iso_8601.
~~~~
ERROR 22023: invalid value for parameter "IntervalStyle": "nope"
HINT: Available values: postgres, postgres_verbose, sql_standard, iso_8601.

RESET intervalstyle;
RESET

SELECT interval '1 year 2 mons 3 days 04:05:06.7', interval '-1 year +2 mons -3 days +04:05:06.7', interval '-00:00:01', interval '-1 mon', interval '100 hours', interval '1 day 00:00:00.000001';
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
1 year 2 mons 3 days 04:05:06.7 | -10 mons -3 days +04:05:06.7 | -00:00:01 | -1 mons | 100:00:00 | 1 day 00:00:00.000001

SELECT timestamp '2020-01-01' + iv FROM times WHERE id < 7 AND iv IS NOT NULL ORDER BY id;
?column? timestamp
2020-01-01 00:00:00
2021-03-04 04:05:06.7
2019-12-01 00:00:00
2022-09-27 00:00:00
2019-12-31 23:59:59

SELECT array_agg(iv ORDER BY iv) FROM times;
array_agg interval[]
{"-1 mons",-00:00:01,00:00:00,"1 year 2 mons 3 days 04:05:06.7","1000 days",NULL}

-- differs: a known fault
SELECT to_char(interval '1 year 2 mons 3 days 04:05:06', 'YYYY MM DD HH24:MI:SS'), to_char(interval '15h 2m 12s', 'HH24:MI:SS'), to_char(interval '100 hours', 'HH24 HH DDD');
to_char text | to_char text | to_char text
0001 02 03 04:05:06 | 15:02:12 | 100 04 000
~~~~
to_char text | to_char text | to_char text
0001 02 03 04:05:06 | 15:02:12 | 100 04 00
