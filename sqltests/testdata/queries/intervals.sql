-- Intervals: every spelling, styles, arithmetic, comparison, aggregates.

SELECT interval '1 year', interval '1 yr', interval '1 y', interval '2 years 3 mons', interval '1 mon', interval '1 month', interval '1 week', interval '1 w', interval '1 day', interval '1 d', interval '1 hour', interval '1 hr', interval '1 h', interval '1 minute', interval '1 min', interval '1 m', interval '1 second', interval '1 sec', interval '1 s', interval '1 ms', interval '1 us', interval '1 decade', interval '1 century', interval '1 millennium', interval '1 c', interval '1 mil';

SELECT interval '1-2', interval '1-2 3 4:05:06', interval '3 4:05:06', interval '4:05', interval '4:05:06.789', interval '-1-2', interval '+1-2 -3 +4:05:06', interval '-4:05:06', interval '1 day ago', interval '1 year -2 days ago', interval '@ 1 hour', interval '@ 1 day 2 hours ago';

SELECT interval 'P1Y2M3DT4H5M6S', interval 'P1Y', interval 'PT1H30M', interval 'P1W', interval 'P-1Y2M', interval 'P0001-02-03T04:05:06', interval 'PT0.5S', interval 'P1.5D', interval 'P', interval 'PT';

SELECT interval '1.5 years', interval '1.5 months', interval '1.5 weeks', interval '1.5 days', interval '1.5 hours', interval '0.5 minutes', interval '.5 sec', interval '1.5 decades', interval '-1.5 days', interval '1e2 days';

SELECT interval '1', interval '90', interval '1.5', interval '0', interval '-5';

SELECT interval 'foo';

SELECT interval '';

SELECT interval '1 foo';

SELECT interval '1 day 1 day';

SELECT interval '1 year 1-2';

SELECT interval 'day';

SELECT interval '1 2';

SELECT interval '1:2:3:4';

SELECT interval '99999999999 years';

SELECT interval '178956970 years 8 months';

SELECT interval '2147483647 days', interval '9223372036854 seconds';

SELECT interval '2147483648 days';

SELECT interval '1' hour, interval '1' day to second, interval '1:30' minute to second, interval '1:30' hour to minute, interval '2' week;

SELECT interval '1' week;

SELECT interval '1-2' year, interval '14' month, interval '1 year 2 months 3 days' month, interval '1 day 2:03:04' day, interval '1 day 2:03:04' hour, interval '1 day 2:03:04' minute, interval '1 day 2:03:04.56' second;

SELECT interval '1 day 2:03:04.567' second(1), interval '1.23456789' second(3), interval '1.999' second(0), interval(1) '1.99 sec', '1.56 s'::interval(1), '1 day 25:00'::interval day, '1 day 25:00'::interval hour to minute, '12:34:56.789'::interval second(2), '12:34:56'::interval minute;

SELECT '1 day'::interval year to foo;

SELECT interval '1 day' + interval '2 hours', interval '1 day' - interval '2 hours', interval '1 month' + interval '1 day', - interval '1 day', interval '1 day' * 2, 2 * interval '1 day', interval '1 day' * 1.5, interval '1 month' * 0.5, interval '1 year' / 3, interval '1 day' / 2, interval '1 hour' / 1.5, interval '1 mon' / 7;

SELECT interval '1 day' / 0;

SELECT interval '1 day' * interval '2';

SELECT interval '1 day' + 1;

SELECT interval '1 day' * 'x';

SELECT interval '1 day' * '2', interval '1 day' + '2 hours', '3 hours' + interval '1 day';

SELECT interval '1 mon' * 1e10;

SELECT interval '1 day' = interval '24 hours', interval '1 month' = interval '30 days', interval '1 year' = interval '360 days', interval '1 day' < interval '25 hours', interval '-1 day' < interval '0', interval '1 mon' > interval '29 days', interval '1 day' <> '24:00', interval '1 mon 1 day' BETWEEN '30 days' AND '32 days';

SELECT iv, iv * 2, iv / 2, -iv, iv + interval '1 day', iv > interval '0', extract(epoch FROM iv), extract(day FROM iv) FROM times ORDER BY id;

SELECT iv FROM times ORDER BY iv;

SELECT sum(iv), avg(iv), min(iv), max(iv), count(iv) FROM times;

SELECT sum(x), avg(x) FROM (VALUES (interval '1 day'), (interval '25 hours'), (interval '1 mon'), (NULL)) t(x);

SELECT DISTINCT x FROM (VALUES (interval '1 day'), (interval '24 hours'), (interval '1 mon'), (interval '30 days')) t(x);

SELECT x, count(*) FROM (VALUES (interval '1 day'), (interval '24 hours')) t(x) GROUP BY x;

SELECT justify_days(interval '65 days 30 hours'), justify_hours(interval '65 days 30 hours'), justify_interval(interval '65 days 30 hours'), justify_interval(interval '-65 days 30 hours'), justify_days(interval '-35 days');

SELECT interval '1 year 2 mons' - interval '3 mons', interval '1 mon' - interval '31 days', interval '1 day' - interval '25:00', interval '-1 mon -1 day -01:00:00', interval '1 mon -1 day +01:00:00';

SELECT '1 day'::interval::text, interval '0'::text, ('1 day'::interval)::time, cast('02:03' as interval), '2 hours'::text::interval, interval '1.123456789 s', interval '-0.1 s', interval '59.9999999 s';

SELECT pg_typeof(interval '1' day), pg_typeof(interval '1 day' * 2), pg_typeof(-interval '1 day');

-- differs: not built yet
SELECT make_interval(years => 1, months => -2, weeks => 3, days => -4, hours => 5, mins => 6, secs => -7.5), make_interval(0, 0, 0, 0, 0, 0, 100000.123456);

SELECT extract(epoch FROM interval '1 mon'), extract(epoch FROM interval '1 year'), extract(epoch FROM interval '-1 day'), date_part('minute', interval '1:02:03'), extract(milliseconds FROM interval '1.5 s'), extract(decade FROM interval '25 years'), extract(millennium FROM interval '2500 years');

SET intervalstyle = 'iso_8601';

SELECT interval '1 year 2 mons 3 days 04:05:06.7', interval '0', interval '-1 day', interval '1 day -1 hour', interval '1 week', interval '0.000001 s';

SET intervalstyle = 'sql_standard';

SELECT interval '1 year 2 mons', interval '3 days 04:05:06', interval '1 year 2 mons 3 days 04:05:06.7', interval '0', interval '-1 day', interval '1 day -1 hour', interval '-1-2 -3 -4:05:06', interval '1:02:03';

SET intervalstyle = 'postgres_verbose';

SELECT interval '1 year 2 mons 3 days 04:05:06.7', interval '0', interval '-1 day', interval '1 day -1 hour', interval '-1.5 s', interval '1 mon';

-- differs: not built yet
SET intervalstyle = 'nope';

RESET intervalstyle;

SELECT interval '1 year 2 mons 3 days 04:05:06.7', interval '-1 year +2 mons -3 days +04:05:06.7', interval '-00:00:01', interval '-1 mon', interval '100 hours', interval '1 day 00:00:00.000001';

SELECT timestamp '2020-01-01' + iv FROM times WHERE id < 7 AND iv IS NOT NULL ORDER BY id;

SELECT array_agg(iv ORDER BY iv) FROM times;

-- differs: not built yet
SELECT to_char(interval '1 year 2 mons 3 days 04:05:06', 'YYYY MM DD HH24:MI:SS'), to_char(interval '15h 2m 12s', 'HH24:MI:SS'), to_char(interval '100 hours', 'HH24 HH DDD');

