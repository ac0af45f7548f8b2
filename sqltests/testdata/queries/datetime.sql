-- Dates and times: input, arithmetic, extract, truncation, zones, age, bins, constructors.

SELECT date '2020-01-15', date 'Jan 15, 2020', date '15 January 2020', date '1/15/2020', date '20200115', date '2020.015', date 'J2458864', date '2020-1-5', date 'Wednesday January 15 2020', date '2020-Jan-15', date '15-Jan-2020', date 'January 15, 99 BC', date '99-01-15';

SELECT date 'epoch', date 'infinity', date '-infinity', timestamp 'epoch', timestamp 'infinity', timestamptz '-infinity', date '4714-11-24 BC', date '5874897-12-31';

SELECT date '4714-11-23 BC';

SELECT date '5874898-01-01';

SELECT timestamp '294277-01-01 00:00';

SELECT date '2020-13-01';

SELECT date '2020-02-30';

SELECT date 'foo';

SELECT date '';

SELECT date '2020-01-01 25:00';

SELECT date '13/13/2020';

SELECT time '25:00';

SELECT time '10:60';

SELECT time '24:00:00', time '23:59:60', time '10:00 PM', time '12:00 AM', time '040506', time '04:05:06.789', time 'allballs', time '10:00:00.1234567', time '4:5', time 'T10:00';

SELECT time '13:00 PM';

SELECT timestamp '2020-01-15 10:20:30.123456', timestamp '2020-01-15T10:20:30', timestamp '2020-01-15 10:20', timestamp '2020-01-15', timestamp '20200115T102030', timestamp 'Jan 15 10:20:30 2020', timestamp '2020-01-15 10:20:30 PM', timestamp '2020-01-15 24:00:00', timestamp '2020-01-15 10:20:30+05';

SELECT timestamptz '2020-01-15 10:20:30+05:30', timestamptz '2020-01-15 10:20:30 America/New_York', timestamptz '2020-07-15 10:20:30 America/New_York', timestamptz '2020-01-15 10:20:30Z', timestamptz '2020-01-15 10:20:30 EST', timestamptz '2020-01-15 10:20:30 PDT', timestamptz '2020-01-15 10:20:30-08', timestamptz '2020-01-15 10:20:30 UTC+3', timestamptz '2020-01-15T10:20:30.5-0330';

SELECT timestamptz '2020-01-15 10:20:30 CET', timestamptz '2020-01-15 10:20:30 CEST', timestamptz '2020-01-15 10:20:30 MSK', timestamptz '2020-01-15 10:20:30 IST', timestamptz '2020-01-15 10:20:30 JST', timestamptz '2020-01-15 10:20:30 AEST', timestamptz '2020-01-15 10:20:30 GMT', timestamptz '2020-01-15 10:20:30 zulu', timestamptz '2020-01-15 10:20:30 BST', timestamptz '2020-01-15 10:20:30 NZDT';

SELECT timestamptz '2020-01-15 10:20:30 Nowhere/Land';

SELECT timestamptz '2020-01-15 10:20:30 XYZ';

SELECT timestamptz '2020-01-15 10:20:30+25';

SELECT date '2020-01-31' + 1, date '2020-03-01' - 1, date '2020-01-31' + interval '1 month', date '2020-01-31' - interval '1 month', date '2020-01-31' + time '10:00', time '10:00' + date '2020-01-31', date '2020-01-01' - date '2019-01-01', date '2020-01-31' + interval '1 day 2 hours';

SELECT date '2020-01-01' + date '2020-01-01';

SELECT date '2020-01-01' * 2;

SELECT date '2020-01-01' + 1.5;

SELECT date '2020-01-01' + '1 day';

SELECT date '2020-01-01' - '2019-12-25', date '2020-01-01' > '2019-01-01', '2020-01-01' < date '2020-01-02';

SELECT date 'infinity' + 1, date 'infinity' - date '2020-01-01';

SELECT date '5874897-12-31' + 1;

SELECT timestamp '2020-01-31 10:00' + interval '1 month', timestamp '2020-03-31 10:00' - interval '1 month', timestamp '2020-01-01' - timestamp '2019-12-30 12:00', timestamp '2020-01-01' - interval '1 second', timestamp '2020-02-29' + interval '1 year', timestamp '2020-02-29' + interval '-1 year', timestamp '2020-01-01' + interval '1.5 days';

SELECT timestamptz '2020-01-01 00:00+00' - timestamptz '2019-01-01 00:00+00', timestamptz '2020-01-01 00:00+00' + interval '1 mon', timestamp 'infinity' + interval '1 day', timestamp '2020-01-01' < timestamptz '2020-01-01', date '2020-01-01' = timestamp '2020-01-01 00:00', date '2020-01-01' < timestamptz '2020-01-01 01:00';

SELECT timestamp 'infinity' - timestamp '2020-01-01';

SELECT timestamp '294276-12-31' + interval '1 year';

SELECT timestamp '2020-01-01' + 1;

SELECT timestamp '2020-01-01' + timestamp '2020-01-01';

SELECT time '10:00' + interval '15 hours', time '10:00' - interval '11 hours', time '10:00' - time '08:30', time '10:00' + interval '1 day 1 hour', time '10:00' < '11:00', interval '1 hour' + time '23:30';

SELECT time '10:00' + time '11:00';

SELECT interval '1 hour' - time '10:00';

SELECT extract(year FROM date '2020-02-29'), extract(month FROM date '2020-02-29'), extract(day FROM date '2020-02-29'), extract(dow FROM date '2020-02-29'), extract(isodow FROM date '2020-03-01'), extract(doy FROM date '2020-02-29'), extract(week FROM date '2021-01-03'), extract(isoyear FROM date '2021-01-03'), extract(quarter FROM date '2020-02-29'), extract(decade FROM date '2020-02-29'), extract(century FROM date '2000-12-31'), extract(millennium FROM date '2001-01-01'), extract(epoch FROM date '2020-01-01'), extract(julian FROM date '2020-01-01');

SELECT extract(hour FROM timestamp '2020-01-01 10:20:30.456789'), extract(minute FROM timestamp '2020-01-01 10:20:30.456789'), extract(second FROM timestamp '2020-01-01 10:20:30.456789'), extract(milliseconds FROM timestamp '2020-01-01 10:20:30.456789'), extract(microseconds FROM timestamp '2020-01-01 10:20:30.456789'), extract(epoch FROM timestamp '2020-01-01 10:20:30.456789'), extract(julian FROM timestamp '2020-01-01 12:00');

SELECT extract(timezone FROM timestamptz '2020-01-01 10:00+02'), extract(timezone_hour FROM timestamptz '2020-01-01 10:00+02'), extract(epoch FROM timestamptz '2020-01-01 10:00+02'), extract(epoch FROM interval '1 year 2 mons 3 days 04:05:06.7'), extract(year FROM interval '14 months'), extract(month FROM interval '14 months'), extract(day FROM interval '40 days'), extract(hour FROM interval '30 hours'), extract(second FROM interval '90.5 seconds'), extract(century FROM interval '250 years'), extract(quarter FROM interval '5 months');

SELECT extract(hour FROM time '10:20:30.5'), extract(second FROM time '10:20:30.5'), extract(epoch FROM time '10:20:30.5'), extract(hour FROM date '2020-01-01');

SELECT extract(year FROM time '10:00');

SELECT extract(dow FROM interval '1 day');

SELECT extract(foo FROM date '2020-01-01');

SELECT extract(timezone FROM timestamp '2020-01-01');

-- differs: not built yet
SELECT extract(year FROM '2020-01-01');

SELECT extract('year' FROM date '2020-01-01'), extract("month" FROM date '2020-01-01'), date_part('year', date '2020-01-01'), date_part('second', timestamp '2020-01-01 00:00:01.5'), date_part('epoch', interval '1 day'), date_part('dow', timestamptz '2020-01-01 00:00+00');

SELECT extract(year FROM date 'infinity'), extract(month FROM date 'infinity'), extract(epoch FROM timestamp '-infinity'), extract(year FROM timestamp '0044-03-15 BC'), extract(century FROM timestamp '0044-03-15 BC'), extract(decade FROM date '0011-01-01 BC');

SELECT date_trunc('year', timestamp '2020-05-17 10:20:30.5'), date_trunc('quarter', timestamp '2020-05-17 10:20:30.5'), date_trunc('month', timestamp '2020-05-17 10:20:30.5'), date_trunc('week', timestamp '2020-05-17 10:20:30.5'), date_trunc('day', timestamp '2020-05-17 10:20:30.5'), date_trunc('hour', timestamp '2020-05-17 10:20:30.5'), date_trunc('second', timestamp '2020-05-17 10:20:30.5'), date_trunc('milliseconds', timestamp '2020-05-17 10:20:30.123456'), date_trunc('century', timestamp '2020-05-17'), date_trunc('decade', date '2025-05-17'), date_trunc('millennium', timestamp '2020-05-17');

SELECT date_trunc('day', timestamptz '2020-05-17 23:30+00', 'Asia/Tokyo'), date_trunc('month', timestamptz '2020-05-17 23:30+00'), date_trunc('hour', interval '3 days 10:20:30'), date_trunc('month', interval '1 year 2 mons 3 days'), date_trunc('DAY', timestamp '2020-05-17 10:00'), date_trunc('day', 'infinity'::timestamp);

SELECT date_trunc('foo', timestamp '2020-05-17');

SELECT date_trunc('dow', timestamp '2020-05-17');

SELECT date_trunc('day', '2020-05-17 10:00');

SELECT date_trunc('day', time '10:00');

SELECT date_trunc('week', interval '3 days');

SELECT date_bin('15 minutes', timestamp '2020-02-11 15:44:17', timestamp '2001-01-01'), date_bin('1 hour', timestamptz '2020-02-11 15:44:17+00', timestamptz '2001-01-01 00:02:30+00'), date_bin('7 days', timestamp '2020-02-11', timestamp '2020-02-12');

SELECT date_bin('1 month', timestamp '2020-02-11', timestamp '2001-01-01');

SELECT date_bin('0 seconds', timestamp '2020-02-11', timestamp '2001-01-01');

SELECT date_bin('-1 hour', timestamp '2020-02-11', timestamp '2001-01-01');

SELECT age(timestamp '2020-03-01', timestamp '2019-01-31'), age(timestamp '2019-01-31', timestamp '2020-03-01'), age(timestamp '2020-02-29 10:00', timestamp '2020-02-29 09:00'), age(date '2020-05-01', date '2020-03-31'), age(timestamptz '2020-01-01 00:00+00', timestamptz '1990-06-15 12:00+00');

-- differs: not built yet
SELECT timestamp '2020-01-01 10:00' AT TIME ZONE 'UTC', timestamp '2020-01-01 10:00' AT TIME ZONE 'America/New_York', timestamptz '2020-01-01 10:00+00' AT TIME ZONE 'Asia/Kolkata', timestamptz '2020-07-01 10:00+00' AT TIME ZONE 'Europe/Berlin', timestamp '2020-01-01 10:00' AT TIME ZONE 'EST', timestamp '2020-01-01 10:00' AT TIME ZONE interval '-5 hours', timestamptz '2020-01-01 10:00+00' AT TIME ZONE '+03', timestamptz '2020-01-01 10:00+00' AT TIME ZONE 'CEST';

SELECT timestamp '2020-01-01 10:00' AT TIME ZONE 'nope';

SELECT timestamp '2020-01-01 10:00' AT TIME ZONE interval '1 month';

SELECT timestamp '2020-03-29 02:30' AT TIME ZONE 'Europe/Berlin', timestamp '2020-10-25 02:30' AT TIME ZONE 'Europe/Berlin', timestamptz '2020-10-25 00:30+00' AT TIME ZONE 'Europe/Berlin', timestamptz '2020-10-25 01:30+00' AT TIME ZONE 'Europe/Berlin';

-- differs: not built yet
SELECT timestamp '2020-01-01 10:00' AT TIME ZONE 'America/New_York' AT TIME ZONE 'Asia/Tokyo', timezone('UTC', timestamp '2020-01-01'), timezone('America/New_York', timestamptz '2020-01-01 00:00+00'), date '2020-01-01' AT TIME ZONE 'Europe/Paris', time '10:00' AT TIME ZONE 'UTC' IS NULL;

-- differs: not built yet
SELECT make_date(2020, 2, 29), make_date(-44, 3, 15), make_time(10, 20, 30.5), make_timestamp(2020, 1, 2, 3, 4, 5.678), make_timestamptz(2020, 1, 2, 3, 4, 5.5), make_timestamptz(2020, 1, 2, 3, 4, 5.5, 'America/New_York'), make_interval(1, 2, 3, 4, 5, 6, 7.8), make_interval(days => 10), make_interval(), make_interval(hours => 1, secs => 2.5);

SELECT make_date(2020, 2, 30);

SELECT make_date(0, 1, 1);

SELECT make_time(25, 0, 0);

SELECT make_timestamp(2020, 13, 1, 0, 0, 0);

-- differs: not built yet
SELECT make_interval(foo => 1);

-- differs: not built yet
SELECT make_interval(days => 1, days => 2);

SELECT to_timestamp(0), to_timestamp(1577836800.5), to_timestamp(-1), to_timestamp('Infinity'::float8);

SELECT to_timestamp('NaN'::float8);

SELECT isfinite(date '2020-01-01'), isfinite(date 'infinity'), isfinite(timestamp '-infinity'), isfinite(interval '1 day'), isfinite(timestamptz 'infinity');

SELECT (date '2020-01-01', date '2020-06-01') OVERLAPS (date '2020-05-01', date '2020-12-01'), (date '2020-01-01', interval '10 days') OVERLAPS (date '2020-01-11', interval '1 day'), (time '10:00', time '11:00') OVERLAPS (time '10:59', time '12:00'), (timestamp '2020-01-01', NULL) OVERLAPS (timestamp '2020-01-01', timestamp '2020-02-01'), (date '2020-01-01', date '2020-01-01') OVERLAPS (date '2020-01-01', date '2020-01-01');

-- differs: not built yet
SELECT (1, 2) OVERLAPS (3, 4);

-- differs: not built yet
SELECT (date '2020-01-01') OVERLAPS (date '2020-01-01', date '2020-01-02');

SELECT now() - now() = interval '0', now() > timestamptz '2000-01-01' - interval '1 year', statement_timestamp() >= transaction_timestamp(), clock_timestamp() >= now(), timeofday() IS NOT NULL, current_date = now()::date;

-- differs: not built yet
SELECT date 'today' = current_date, date 'tomorrow' - date 'today', date 'yesterday' < date 'today', timestamp 'now' IS NOT NULL, timestamp 'today 10:00' - timestamp 'today';

SELECT d, d + 1, d - 1, d + interval '1 mon', extract(year FROM d), extract(dow FROM d) FROM times WHERE id < 4 ORDER BY id;

SELECT id, ts, ts::date, ts::time, date_trunc('month', ts), extract(epoch FROM ts) FROM times ORDER BY id;

SELECT id, tz, tz AT TIME ZONE 'America/New_York', extract(hour FROM tz), tz::date FROM times ORDER BY id;

SELECT id, t, t + interval '90 minutes', extract(hour FROM t) FROM times ORDER BY id;

SELECT id, ts - iv, ts + iv, d + iv, tz - iv FROM times WHERE id < 4 ORDER BY id;

SELECT id FROM times WHERE d > '2000-01-01' ORDER BY id;

SELECT id FROM times WHERE ts BETWEEN '1999-01-01' AND '2024-12-31' ORDER BY id;

SELECT id FROM times WHERE d = ts ORDER BY id;

SELECT min(d), max(d), min(ts), max(ts), min(tz), max(tz), min(t), max(t), min(iv), max(iv) FROM times;

SELECT max(d) - min(d) FROM times WHERE isfinite(d);

SELECT d FROM times ORDER BY d;

SELECT tz FROM times ORDER BY tz DESC;

SELECT hired, count(*) FROM emp GROUP BY hired ORDER BY hired;

SELECT extract(year FROM hired) AS y, count(*) FROM emp GROUP BY y ORDER BY y;

SELECT date_trunc('year', hired), date_part('month', hired), hired - date '2000-01-01' FROM emp ORDER BY id;

SELECT generate_series(date '2020-01-30', date '2020-02-02', interval '1 day');

SELECT generate_series(timestamp '2020-01-31', timestamp '2020-05-31', interval '1 month');

SELECT generate_series(timestamptz '2020-01-01 00:00+00', timestamptz '2020-01-01 02:00+00', interval '30 min');

SELECT generate_series(timestamp '2020-01-01', timestamp '2020-01-02', interval '0');

SELECT generate_series(timestamp '2020-01-03', timestamp '2020-01-01', interval '-1 day');

-- differs: not built yet
SELECT timestamp(3) '2020-01-01 10:00:00.123456', '2020-01-01 10:00:00.9999999'::timestamp(6), '10:00:00.999'::time(2), '2020-01-01 23:59:59.9'::timestamp(0), timestamptz(2) '2020-01-01 10:00:00.456+00';

-- differs: not built yet
SELECT timestamp(7) '2020-01-01 10:00:00.123456';

SELECT pg_typeof(date '2020-01-01' + 1), pg_typeof(date '2020-01-01' + interval '1 day'), pg_typeof(date '2020-01-01' - date '2020-01-01'), pg_typeof(timestamp '2020-01-01' - timestamp '2020-01-01'), pg_typeof(extract(year FROM now())), pg_typeof(date_part('year', now())), pg_typeof(date_trunc('day', date '2020-01-01')), pg_typeof(time '10:00' - time '09:00'), pg_typeof(date '2020-01-01' + time '10:00');

SELECT timestamp '2020-01-01' = '2020-01-01', timestamptz '2020-01-01 00:00+00' = '2020-01-01 01:00+01', date '2020-01-01' IN ('2020-01-01', '2020-01-02'), timestamp '2020-01-01' IS DISTINCT FROM NULL;

SELECT greatest(date '2020-01-01', timestamp '2020-01-01 10:00'), least(timestamptz '2020-01-01 00:00+00', timestamp '2019-01-01'), coalesce(NULL, date '2020-01-01');

SELECT date '2020-01-01' || '', '2020-01-01'::date::text || 'x', date '2020-01-01'::timestamp::text;

SELECT date(timestamp '2020-01-01 10:00'), timestamp '2020-01-01 10:00'::date - 1, "time"(timestamp '2020-01-01 10:20'), timestamptz(date '2020-01-01');

SELECT justify_days(interval '35 days'), justify_hours(interval '27 hours'), justify_interval(interval '1 mon -1 hour'), justify_interval(interval '-1 day 25 hours');

SELECT timestamp '2020-01-01 00:00:00' - interval '1 month 1 day 1 hour', timestamp '2019-12-31 23:59:59.999999' + interval '1 microsecond', timestamp '0001-01-01' - interval '1 day', timestamp '2020-06-30' + interval '100 years';

SET timezone = 'America/New_York';

SELECT timestamptz '2020-01-15 10:00', timestamptz '2020-07-15 10:00', timestamp '2020-01-15 10:00'::timestamptz, timestamptz '2020-01-15 00:00+00'::date, timestamptz '2020-03-08 06:59+00', timestamptz '2020-03-08 07:00+00', date '2020-01-15'::timestamptz, extract(timezone FROM timestamptz '2020-07-15 10:00');

SELECT timestamptz '2020-03-08 02:30', timestamptz '2020-11-01 01:30', timestamptz '2020-03-07 12:00' + interval '1 day', timestamptz '2020-03-07 12:00' + interval '24 hours', date_trunc('day', timestamptz '2020-03-08 12:00'), timestamptz '2020-03-08 12:00' - timestamptz '2020-03-07 12:00', timestamptz '1850-01-01 00:00';

SELECT generate_series(timestamptz '2020-03-07 12:00', timestamptz '2020-03-10 12:00', interval '1 day'), to_timestamp(0), make_timestamptz(2020, 7, 1, 0, 0, 0), to_char(timestamptz '2020-07-01 00:00', 'TZ OF TZH:TZM tz');

SELECT tz, tz::timestamp, tz::time, date_part('hour', tz) FROM times ORDER BY id;

SET timezone = 'nope';

SET timezone = '-3';

SELECT timestamptz '2020-01-15 10:00';

SHOW timezone;

SET timezone = 'UTC';

SET datestyle = 'German';

SELECT date '2020-01-15', timestamp '2020-01-15 10:20:30', timestamptz '2020-01-15 10:20:30+00', date '15.1.2020';

SET datestyle = 'SQL, DMY';

SELECT date '2020-01-15', timestamp '2020-01-15 10:20:30', date '15/1/2020', timestamptz '2020-01-15 10:20:30+00';

SELECT date '1/15/2020';

SET datestyle = 'Postgres, MDY';

SELECT date '2020-01-15', timestamp '2020-01-15 10:20:30', timestamptz '2020-01-15 10:20:30+00', date '1/2/2020';

SHOW datestyle;

SET datestyle = 'ISO, YMD';

SELECT date '20/1/2', date '2020-01-15';

RESET datestyle;

