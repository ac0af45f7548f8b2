-- Dates and times: input, arithmetic, extract, truncation, zones, age, bins, constructors.

SELECT date '2020-01-15', date 'Jan 15, 2020', date '15 January 2020', date '1/15/2020', date '20200115', date '2020.015', date 'J2458864', date '2020-1-5', date 'Wednesday January 15 2020', date '2020-Jan-15', date '15-Jan-2020', date 'January 15, 99 BC', date '99-01-15';
ERROR 22008: date/time field value out of range: "99-01-15"
HINT: Perhaps you need a different "datestyle" setting.
POSITION: 1:263

SELECT date 'epoch', date 'infinity', date '-infinity', timestamp 'epoch', timestamp 'infinity', timestamptz '-infinity', date '4714-11-24 BC', date '5874897-12-31';
date date | date date | date date | timestamp timestamp | timestamp timestamp | timestamptz timestamptz | date date | date date
1970-01-01 | infinity | -infinity | 1970-01-01 00:00:00 | infinity | -infinity | 4714-11-24 BC | 5874897-12-31

SELECT date '4714-11-23 BC';
ERROR 22008: date out of range: "4714-11-23 BC"
POSITION: 1:13

SELECT date '5874898-01-01';
ERROR 22008: date out of range: "5874898-01-01"
POSITION: 1:13

SELECT timestamp '294277-01-01 00:00';
ERROR 22008: timestamp out of range: "294277-01-01 00:00"
POSITION: 1:18

SELECT date '2020-13-01';
ERROR 22008: date/time field value out of range: "2020-13-01"
HINT: Perhaps you need a different "datestyle" setting.
POSITION: 1:13

SELECT date '2020-02-30';
ERROR 22008: date/time field value out of range: "2020-02-30"
POSITION: 1:13

SELECT date 'foo';
ERROR 22007: invalid input syntax for type date: "foo"
POSITION: 1:13

SELECT date '';
ERROR 22007: invalid input syntax for type date: ""
POSITION: 1:13

SELECT date '2020-01-01 25:00';
ERROR 22008: date/time field value out of range: "2020-01-01 25:00"
POSITION: 1:13

SELECT date '13/13/2020';
ERROR 22008: date/time field value out of range: "13/13/2020"
HINT: Perhaps you need a different "datestyle" setting.
POSITION: 1:13

SELECT time '25:00';
ERROR 22008: date/time field value out of range: "25:00"
POSITION: 1:13

SELECT time '10:60';
ERROR 22008: date/time field value out of range: "10:60"
POSITION: 1:13

SELECT time '24:00:00', time '23:59:60', time '10:00 PM', time '12:00 AM', time '040506', time '04:05:06.789', time 'allballs', time '10:00:00.1234567', time '4:5', time 'T10:00';
time time | time time | time time | time time | time time | time time | time time | time time | time time | time time
24:00:00 | 24:00:00 | 22:00:00 | 00:00:00 | 04:05:06 | 04:05:06.789 | 00:00:00 | 10:00:00.123457 | 04:05:00 | 10:00:00

SELECT time '13:00 PM';
ERROR 22008: date/time field value out of range: "13:00 PM"
POSITION: 1:13

SELECT timestamp '2020-01-15 10:20:30.123456', timestamp '2020-01-15T10:20:30', timestamp '2020-01-15 10:20', timestamp '2020-01-15', timestamp '20200115T102030', timestamp 'Jan 15 10:20:30 2020', timestamp '2020-01-15 10:20:30 PM', timestamp '2020-01-15 24:00:00', timestamp '2020-01-15 10:20:30+05';
timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp
2020-01-15 10:20:30.123456 | 2020-01-15 10:20:30 | 2020-01-15 10:20:00 | 2020-01-15 00:00:00 | 2020-01-15 10:20:30 | 2020-01-15 10:20:30 | 2020-01-15 22:20:30 | 2020-01-16 00:00:00 | 2020-01-15 10:20:30

SELECT timestamptz '2020-01-15 10:20:30+05:30', timestamptz '2020-01-15 10:20:30 America/New_York', timestamptz '2020-07-15 10:20:30 America/New_York', timestamptz '2020-01-15 10:20:30Z', timestamptz '2020-01-15 10:20:30 EST', timestamptz '2020-01-15 10:20:30 PDT', timestamptz '2020-01-15 10:20:30-08', timestamptz '2020-01-15 10:20:30 UTC+3', timestamptz '2020-01-15T10:20:30.5-0330';
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
2020-01-15 04:50:30+00 | 2020-01-15 15:20:30+00 | 2020-07-15 14:20:30+00 | 2020-01-15 10:20:30+00 | 2020-01-15 15:20:30+00 | 2020-01-15 17:20:30+00 | 2020-01-15 18:20:30+00 | 2020-01-15 13:20:30+00 | 2020-01-15 13:50:30.5+00

SELECT timestamptz '2020-01-15 10:20:30 CET', timestamptz '2020-01-15 10:20:30 CEST', timestamptz '2020-01-15 10:20:30 MSK', timestamptz '2020-01-15 10:20:30 IST', timestamptz '2020-01-15 10:20:30 JST', timestamptz '2020-01-15 10:20:30 AEST', timestamptz '2020-01-15 10:20:30 GMT', timestamptz '2020-01-15 10:20:30 zulu', timestamptz '2020-01-15 10:20:30 BST', timestamptz '2020-01-15 10:20:30 NZDT';
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
2020-01-15 09:20:30+00 | 2020-01-15 08:20:30+00 | 2020-01-15 07:20:30+00 | 2020-01-15 08:20:30+00 | 2020-01-15 01:20:30+00 | 2020-01-15 00:20:30+00 | 2020-01-15 10:20:30+00 | 2020-01-15 10:20:30+00 | 2020-01-15 09:20:30+00 | 2020-01-14 21:20:30+00

SELECT timestamptz '2020-01-15 10:20:30 Nowhere/Land';
ERROR 22023: time zone "nowhere/land" not recognized
POSITION: 1:20

SELECT timestamptz '2020-01-15 10:20:30 XYZ';
ERROR 22007: invalid input syntax for type timestamp with time zone: "2020-01-15 10:20:30 XYZ"
POSITION: 1:20

SELECT timestamptz '2020-01-15 10:20:30+25';
ERROR 22009: time zone displacement out of range: "2020-01-15 10:20:30+25"
POSITION: 1:20

SELECT date '2020-01-31' + 1, date '2020-03-01' - 1, date '2020-01-31' + interval '1 month', date '2020-01-31' - interval '1 month', date '2020-01-31' + time '10:00', time '10:00' + date '2020-01-31', date '2020-01-01' - date '2019-01-01', date '2020-01-31' + interval '1 day 2 hours';
?column? date | ?column? date | ?column? timestamp | ?column? timestamp | ?column? timestamp | ?column? timestamp | ?column? int4 | ?column? timestamp
2020-02-01 | 2020-02-29 | 2020-02-29 00:00:00 | 2019-12-31 00:00:00 | 2020-01-31 10:00:00 | 2020-01-31 10:00:00 | 365 | 2020-02-01 02:00:00

SELECT date '2020-01-01' + date '2020-01-01';
ERROR 42883: operator does not exist: date + date
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:26

SELECT date '2020-01-01' * 2;
ERROR 42883: operator does not exist: date * integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:26

SELECT date '2020-01-01' + 1.5;
ERROR 42883: operator does not exist: date + numeric
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:26

SELECT date '2020-01-01' + '1 day';
ERROR 42725: operator is not unique: date + unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
POSITION: 1:26

SELECT date '2020-01-01' - '2019-12-25', date '2020-01-01' > '2019-01-01', '2020-01-01' < date '2020-01-02';
?column? int4 | ?column? bool | ?column? bool
7 | t | t

SELECT date 'infinity' + 1, date 'infinity' - date '2020-01-01';
ERROR 22008: cannot subtract infinite dates

SELECT date '5874897-12-31' + 1;
ERROR 22008: date out of range

SELECT timestamp '2020-01-31 10:00' + interval '1 month', timestamp '2020-03-31 10:00' - interval '1 month', timestamp '2020-01-01' - timestamp '2019-12-30 12:00', timestamp '2020-01-01' - interval '1 second', timestamp '2020-02-29' + interval '1 year', timestamp '2020-02-29' + interval '-1 year', timestamp '2020-01-01' + interval '1.5 days';
?column? timestamp | ?column? timestamp | ?column? interval | ?column? timestamp | ?column? timestamp | ?column? timestamp | ?column? timestamp
2020-02-29 10:00:00 | 2020-02-29 10:00:00 | 1 day 12:00:00 | 2019-12-31 23:59:59 | 2021-02-28 00:00:00 | 2019-02-28 00:00:00 | 2020-01-02 12:00:00

SELECT timestamptz '2020-01-01 00:00+00' - timestamptz '2019-01-01 00:00+00', timestamptz '2020-01-01 00:00+00' + interval '1 mon', timestamp 'infinity' + interval '1 day', timestamp '2020-01-01' < timestamptz '2020-01-01', date '2020-01-01' = timestamp '2020-01-01 00:00', date '2020-01-01' < timestamptz '2020-01-01 01:00';
?column? interval | ?column? timestamptz | ?column? timestamp | ?column? bool | ?column? bool | ?column? bool
365 days | 2020-02-01 00:00:00+00 | infinity | f | t | t

SELECT timestamp 'infinity' - timestamp '2020-01-01';
ERROR 22008: cannot subtract infinite timestamps

SELECT timestamp '294276-12-31' + interval '1 year';
ERROR 22008: timestamp out of range

SELECT timestamp '2020-01-01' + 1;
ERROR 42883: operator does not exist: timestamp without time zone + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:31

SELECT timestamp '2020-01-01' + timestamp '2020-01-01';
ERROR 42883: operator does not exist: timestamp without time zone + timestamp without time zone
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:31

SELECT time '10:00' + interval '15 hours', time '10:00' - interval '11 hours', time '10:00' - time '08:30', time '10:00' + interval '1 day 1 hour', time '10:00' < '11:00', interval '1 hour' + time '23:30';
?column? time | ?column? time | ?column? interval | ?column? time | ?column? bool | ?column? time
01:00:00 | 23:00:00 | 01:30:00 | 11:00:00 | t | 00:30:00

SELECT time '10:00' + time '11:00';
ERROR 42725: operator is not unique: time without time zone + time without time zone
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
POSITION: 1:21

SELECT interval '1 hour' - time '10:00';
?column? interval
-09:00:00

SELECT extract(year FROM date '2020-02-29'), extract(month FROM date '2020-02-29'), extract(day FROM date '2020-02-29'), extract(dow FROM date '2020-02-29'), extract(isodow FROM date '2020-03-01'), extract(doy FROM date '2020-02-29'), extract(week FROM date '2021-01-03'), extract(isoyear FROM date '2021-01-03'), extract(quarter FROM date '2020-02-29'), extract(decade FROM date '2020-02-29'), extract(century FROM date '2000-12-31'), extract(millennium FROM date '2001-01-01'), extract(epoch FROM date '2020-01-01'), extract(julian FROM date '2020-01-01');
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
2020 | 2 | 29 | 6 | 7 | 60 | 53 | 2020 | 1 | 202 | 20 | 3 | 1577836800 | 2458850

SELECT extract(hour FROM timestamp '2020-01-01 10:20:30.456789'), extract(minute FROM timestamp '2020-01-01 10:20:30.456789'), extract(second FROM timestamp '2020-01-01 10:20:30.456789'), extract(milliseconds FROM timestamp '2020-01-01 10:20:30.456789'), extract(microseconds FROM timestamp '2020-01-01 10:20:30.456789'), extract(epoch FROM timestamp '2020-01-01 10:20:30.456789'), extract(julian FROM timestamp '2020-01-01 12:00');
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
10 | 20 | 30.456789 | 30456.789 | 30456789 | 1577874030.456789 | 2458850.50000000000000000000

SELECT extract(timezone FROM timestamptz '2020-01-01 10:00+02'), extract(timezone_hour FROM timestamptz '2020-01-01 10:00+02'), extract(epoch FROM timestamptz '2020-01-01 10:00+02'), extract(epoch FROM interval '1 year 2 mons 3 days 04:05:06.7'), extract(year FROM interval '14 months'), extract(month FROM interval '14 months'), extract(day FROM interval '40 days'), extract(hour FROM interval '30 hours'), extract(second FROM interval '90.5 seconds'), extract(century FROM interval '250 years'), extract(quarter FROM interval '5 months');
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
0 | 0 | 1577865600.000000 | 37015506.700000 | 1 | 2 | 40 | 30 | 30.500000 | 2 | 2

SELECT extract(hour FROM time '10:20:30.5'), extract(second FROM time '10:20:30.5'), extract(epoch FROM time '10:20:30.5'), extract(hour FROM date '2020-01-01');
ERROR 0A000: unit "hour" not supported for type date

SELECT extract(year FROM time '10:00');
ERROR 0A000: unit "year" not supported for type time without time zone

SELECT extract(dow FROM interval '1 day');
ERROR 0A000: unit "dow" not supported for type interval

SELECT extract(foo FROM date '2020-01-01');
ERROR 22023: unit "foo" not recognized for type date

SELECT extract(timezone FROM timestamp '2020-01-01');
ERROR 0A000: unit "timezone" not supported for type timestamp without time zone

-- differs: only the words of the message differ
SELECT extract(year FROM '2020-01-01');
ERROR 42725: function pg_catalog.extract(unknown, unknown) is not unique
HINT: Could not choose a best candidate function. You might need to add explicit type casts.
POSITION: 1:8
~~~~
ERROR 42725: function extract(unknown, unknown) is not unique
HINT: Could not choose a best candidate function. You might need to add explicit type casts.
POSITION: 1:8

SELECT extract('year' FROM date '2020-01-01'), extract("month" FROM date '2020-01-01'), date_part('year', date '2020-01-01'), date_part('second', timestamp '2020-01-01 00:00:01.5'), date_part('epoch', interval '1 day'), date_part('dow', timestamptz '2020-01-01 00:00+00');
extract numeric | extract numeric | date_part float8 | date_part float8 | date_part float8 | date_part float8
2020 | 1 | 2020 | 1.5 | 86400 | 3

SELECT extract(year FROM date 'infinity'), extract(month FROM date 'infinity'), extract(epoch FROM timestamp '-infinity'), extract(year FROM timestamp '0044-03-15 BC'), extract(century FROM timestamp '0044-03-15 BC'), extract(decade FROM date '0011-01-01 BC');
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
Infinity | NULL | -Infinity | -44 | -1 | -1

SELECT date_trunc('year', timestamp '2020-05-17 10:20:30.5'), date_trunc('quarter', timestamp '2020-05-17 10:20:30.5'), date_trunc('month', timestamp '2020-05-17 10:20:30.5'), date_trunc('week', timestamp '2020-05-17 10:20:30.5'), date_trunc('day', timestamp '2020-05-17 10:20:30.5'), date_trunc('hour', timestamp '2020-05-17 10:20:30.5'), date_trunc('second', timestamp '2020-05-17 10:20:30.5'), date_trunc('milliseconds', timestamp '2020-05-17 10:20:30.123456'), date_trunc('century', timestamp '2020-05-17'), date_trunc('decade', date '2025-05-17'), date_trunc('millennium', timestamp '2020-05-17');
date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamptz | date_trunc timestamp
2020-01-01 00:00:00 | 2020-04-01 00:00:00 | 2020-05-01 00:00:00 | 2020-05-11 00:00:00 | 2020-05-17 00:00:00 | 2020-05-17 10:00:00 | 2020-05-17 10:20:30 | 2020-05-17 10:20:30.123 | 2001-01-01 00:00:00 | 2020-01-01 00:00:00+00 | 2001-01-01 00:00:00

SELECT date_trunc('day', timestamptz '2020-05-17 23:30+00', 'Asia/Tokyo'), date_trunc('month', timestamptz '2020-05-17 23:30+00'), date_trunc('hour', interval '3 days 10:20:30'), date_trunc('month', interval '1 year 2 mons 3 days'), date_trunc('DAY', timestamp '2020-05-17 10:00'), date_trunc('day', 'infinity'::timestamp);
date_trunc timestamptz | date_trunc timestamptz | date_trunc interval | date_trunc interval | date_trunc timestamp | date_trunc timestamp
2020-05-17 15:00:00+00 | 2020-05-01 00:00:00+00 | 3 days 10:00:00 | 1 year 2 mons | 2020-05-17 00:00:00 | infinity

SELECT date_trunc('foo', timestamp '2020-05-17');
ERROR 22023: unit "foo" not recognized for type timestamp without time zone

SELECT date_trunc('dow', timestamp '2020-05-17');
ERROR 22023: unit "dow" not recognized for type timestamp without time zone

SELECT date_trunc('day', '2020-05-17 10:00');
ERROR 42725: function date_trunc(unknown, unknown) is not unique
HINT: Could not choose a best candidate function. You might need to add explicit type casts.
POSITION: 1:8

SELECT date_trunc('day', time '10:00');
date_trunc interval
00:00:00

SELECT date_trunc('week', interval '3 days');
ERROR 0A000: unit "week" not supported for type interval
DETAIL: Months usually have fractional weeks.

SELECT date_bin('15 minutes', timestamp '2020-02-11 15:44:17', timestamp '2001-01-01'), date_bin('1 hour', timestamptz '2020-02-11 15:44:17+00', timestamptz '2001-01-01 00:02:30+00'), date_bin('7 days', timestamp '2020-02-11', timestamp '2020-02-12');
date_bin timestamp | date_bin timestamptz | date_bin timestamp
2020-02-11 15:30:00 | 2020-02-11 15:02:30+00 | 2020-02-05 00:00:00

SELECT date_bin('1 month', timestamp '2020-02-11', timestamp '2001-01-01');
ERROR 0A000: timestamps cannot be binned into intervals containing months or years

SELECT date_bin('0 seconds', timestamp '2020-02-11', timestamp '2001-01-01');
ERROR 22008: stride must be greater than zero

SELECT date_bin('-1 hour', timestamp '2020-02-11', timestamp '2001-01-01');
ERROR 22008: stride must be greater than zero

SELECT age(timestamp '2020-03-01', timestamp '2019-01-31'), age(timestamp '2019-01-31', timestamp '2020-03-01'), age(timestamp '2020-02-29 10:00', timestamp '2020-02-29 09:00'), age(date '2020-05-01', date '2020-03-31'), age(timestamptz '2020-01-01 00:00+00', timestamptz '1990-06-15 12:00+00');
age interval | age interval | age interval | age interval | age interval
1 year 1 mon 1 day | -1 years -1 mons -1 days | 01:00:00 | 1 mon 1 day | 29 years 6 mons 15 days 12:00:00

-- differs: refused by Millrace
SELECT timestamp '2020-01-01 10:00' AT TIME ZONE 'UTC', timestamp '2020-01-01 10:00' AT TIME ZONE 'America/New_York', timestamptz '2020-01-01 10:00+00' AT TIME ZONE 'Asia/Kolkata', timestamptz '2020-07-01 10:00+00' AT TIME ZONE 'Europe/Berlin', timestamp '2020-01-01 10:00' AT TIME ZONE 'EST', timestamp '2020-01-01 10:00' AT TIME ZONE interval '-5 hours', timestamptz '2020-01-01 10:00+00' AT TIME ZONE '+03', timestamptz '2020-01-01 10:00+00' AT TIME ZONE 'CEST';
timezone timestamptz | timezone timestamptz | timezone timestamp | timezone timestamp | timezone timestamptz | timezone timestamptz | timezone timestamp | timezone timestamp
2020-01-01 10:00:00+00 | 2020-01-01 15:00:00+00 | 2020-01-01 15:30:00 | 2020-07-01 12:00:00 | 2020-01-01 15:00:00+00 | 2020-01-01 15:00:00+00 | 2020-01-01 07:00:00 | 2020-01-01 12:00:00
~~~~
ERROR 22023: time zone "+03" not recognized

SELECT timestamp '2020-01-01 10:00' AT TIME ZONE 'nope';
ERROR 22023: time zone "nope" not recognized

SELECT timestamp '2020-01-01 10:00' AT TIME ZONE interval '1 month';
ERROR 22023: interval time zone "1 mon" must not include months or days

SELECT timestamp '2020-03-29 02:30' AT TIME ZONE 'Europe/Berlin', timestamp '2020-10-25 02:30' AT TIME ZONE 'Europe/Berlin', timestamptz '2020-10-25 00:30+00' AT TIME ZONE 'Europe/Berlin', timestamptz '2020-10-25 01:30+00' AT TIME ZONE 'Europe/Berlin';
timezone timestamptz | timezone timestamptz | timezone timestamp | timezone timestamp
2020-03-29 01:30:00+00 | 2020-10-25 01:30:00+00 | 2020-10-25 02:30:00 | 2020-10-25 02:30:00

-- differs: there is no time with time zone
SELECT timestamp '2020-01-01 10:00' AT TIME ZONE 'America/New_York' AT TIME ZONE 'Asia/Tokyo', timezone('UTC', timestamp '2020-01-01'), timezone('America/New_York', timestamptz '2020-01-01 00:00+00'), date '2020-01-01' AT TIME ZONE 'Europe/Paris', time '10:00' AT TIME ZONE 'UTC' IS NULL;
timezone timestamp | timezone timestamptz | timezone timestamp | timezone timestamp | ?column? bool
2020-01-02 00:00:00 | 2020-01-01 00:00:00+00 | 2019-12-31 19:00:00 | 2020-01-01 01:00:00 | f
~~~~
ERROR 42883: function timezone(unknown, time without time zone) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:262

SELECT make_date(2020, 2, 29), make_date(-44, 3, 15), make_time(10, 20, 30.5), make_timestamp(2020, 1, 2, 3, 4, 5.678), make_timestamptz(2020, 1, 2, 3, 4, 5.5), make_timestamptz(2020, 1, 2, 3, 4, 5.5, 'America/New_York'), make_interval(1, 2, 3, 4, 5, 6, 7.8), make_interval(days => 10), make_interval(), make_interval(hours => 1, secs => 2.5);
make_date date | make_date date | make_time time | make_timestamp timestamp | make_timestamptz timestamptz | make_timestamptz timestamptz | make_interval interval | make_interval interval | make_interval interval | make_interval interval
2020-02-29 | 0044-03-15 BC | 10:20:30.5 | 2020-01-02 03:04:05.678 | 2020-01-02 03:04:05.5+00 | 2020-01-02 08:04:05.5+00 | 1 year 2 mons 25 days 05:06:07.8 | 10 days | 00:00:00 | 01:00:02.5

SELECT make_date(2020, 2, 30);
ERROR 22008: date field value out of range: 2020-02-30

SELECT make_date(0, 1, 1);
ERROR 22008: date field value out of range: 0-01-01

SELECT make_time(25, 0, 0);
ERROR 22008: time field value out of range: 25:00:00

SELECT make_timestamp(2020, 13, 1, 0, 0, 0);
ERROR 22008: date field value out of range: 2020-13-01

SELECT make_interval(foo => 1);
ERROR 42883: function make_interval(foo => integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: only the position, detail or hint differs
SELECT make_interval(days => 1, days => 2);
ERROR 42601: argument name "days" used more than once
POSITION: 1:33
~~~~
ERROR 42601: argument name "days" used more than once
POSITION: 1:41

SELECT to_timestamp(0), to_timestamp(1577836800.5), to_timestamp(-1), to_timestamp('Infinity'::float8);
to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz
1970-01-01 00:00:00+00 | 2020-01-01 00:00:00.5+00 | 1969-12-31 23:59:59+00 | infinity

SELECT to_timestamp('NaN'::float8);
ERROR 22008: timestamp cannot be NaN

SELECT isfinite(date '2020-01-01'), isfinite(date 'infinity'), isfinite(timestamp '-infinity'), isfinite(interval '1 day'), isfinite(timestamptz 'infinity');
isfinite bool | isfinite bool | isfinite bool | isfinite bool | isfinite bool
t | f | f | t | f

SELECT (date '2020-01-01', date '2020-06-01') OVERLAPS (date '2020-05-01', date '2020-12-01'), (date '2020-01-01', interval '10 days') OVERLAPS (date '2020-01-11', interval '1 day'), (time '10:00', time '11:00') OVERLAPS (time '10:59', time '12:00'), (timestamp '2020-01-01', NULL) OVERLAPS (timestamp '2020-01-01', timestamp '2020-02-01'), (date '2020-01-01', date '2020-01-01') OVERLAPS (date '2020-01-01', date '2020-01-01');
overlaps bool | overlaps bool | overlaps bool | overlaps bool | overlaps bool
t | f | t | NULL | t

-- differs: only the words of the message differ
SELECT (1, 2) OVERLAPS (3, 4);
ERROR 42883: function pg_catalog.overlaps(integer, integer, integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15
~~~~
ERROR 42883: function overlaps(integer, integer, integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15

-- differs: only the words of the message differ
SELECT (date '2020-01-01') OVERLAPS (date '2020-01-01', date '2020-01-02');
ERROR 42601: syntax error at or near "OVERLAPS"
POSITION: 1:28
~~~~
ERROR 42601: wrong number of parameters on left side of OVERLAPS expression
POSITION: 1:9

SELECT now() - now() = interval '0', now() > timestamptz '2000-01-01' - interval '1 year', statement_timestamp() >= transaction_timestamp(), clock_timestamp() >= now(), timeofday() IS NOT NULL, current_date = now()::date;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t | t

SELECT date 'today' = current_date, date 'tomorrow' - date 'today', date 'yesterday' < date 'today', timestamp 'now' IS NOT NULL, timestamp 'today 10:00' - timestamp 'today';
?column? bool | ?column? int4 | ?column? bool | ?column? bool | ?column? interval
t | 1 | t | t | 10:00:00

SELECT d, d + 1, d - 1, d + interval '1 mon', extract(year FROM d), extract(dow FROM d) FROM times WHERE id < 4 ORDER BY id;
d date | ?column? date | ?column? date | ?column? timestamp | extract numeric | extract numeric
2000-01-01 | 2000-01-02 | 1999-12-31 | 2000-02-01 00:00:00 | 2000 | 6
2024-02-29 | 2024-03-01 | 2024-02-28 | 2024-03-29 00:00:00 | 2024 | 4
1999-12-31 | 2000-01-01 | 1999-12-30 | 2000-01-31 00:00:00 | 1999 | 5

SELECT id, ts, ts::date, ts::time, date_trunc('month', ts), extract(epoch FROM ts) FROM times ORDER BY id;
id int4 | ts timestamp | ts date | ts time | date_trunc timestamp | extract numeric
1 | 2000-01-01 00:00:00 | 2000-01-01 | 00:00:00 | 2000-01-01 00:00:00 | 946684800.000000
2 | 2024-02-29 12:34:56.789 | 2024-02-29 | 12:34:56.789 | 2024-02-01 00:00:00 | 1709210096.789000
3 | 1999-12-31 23:59:59 | 1999-12-31 | 23:59:59 | 1999-12-01 00:00:00 | 946684799.000000
4 | NULL | NULL | NULL | NULL | NULL
5 | infinity | infinity | NULL | infinity | Infinity
6 | 0044-03-15 12:00:00 BC | 0044-03-15 BC | 12:00:00 | 0044-03-01 00:00:00 BC | -63517780800.000000

SELECT id, tz, tz AT TIME ZONE 'America/New_York', extract(hour FROM tz), tz::date FROM times ORDER BY id;
id int4 | tz timestamptz | timezone timestamp | extract numeric | tz date
1 | 2000-01-01 00:00:00+00 | 1999-12-31 19:00:00 | 0 | 2000-01-01
2 | 2024-02-29 10:34:56.789+00 | 2024-02-29 05:34:56.789 | 10 | 2024-02-29
3 | 2000-01-01 07:59:59+00 | 2000-01-01 02:59:59 | 7 | 2000-01-01
4 | NULL | NULL | NULL | NULL
5 | -infinity | -infinity | NULL | -infinity
6 | 1970-01-01 00:00:00+00 | 1969-12-31 19:00:00 | 0 | 1970-01-01

SELECT id, t, t + interval '90 minutes', extract(hour FROM t) FROM times ORDER BY id;
id int4 | t time | ?column? time | extract numeric
1 | 00:00:00 | 01:30:00 | 0
2 | 23:59:59.999999 | 01:29:59.999999 | 23
3 | 12:00:00 | 13:30:00 | 12
4 | NULL | NULL | NULL
5 | 24:00:00 | 01:30:00 | 24
6 | 06:30:00 | 08:00:00 | 6

SELECT id, ts - iv, ts + iv, d + iv, tz - iv FROM times WHERE id < 4 ORDER BY id;
id int4 | ?column? timestamp | ?column? timestamp | ?column? timestamp | ?column? timestamptz
1 | 2000-01-01 00:00:00 | 2000-01-01 00:00:00 | 2000-01-01 00:00:00 | 2000-01-01 00:00:00+00
2 | 2022-12-26 08:29:50.089 | 2025-05-02 16:40:03.489 | 2025-05-02 04:05:06.7 | 2022-12-26 06:29:50.089+00
3 | 2000-01-31 23:59:59 | 1999-11-30 23:59:59 | 1999-11-30 00:00:00 | 2000-02-01 07:59:59+00

SELECT id FROM times WHERE d > '2000-01-01' ORDER BY id;
id int4
2
5

SELECT id FROM times WHERE ts BETWEEN '1999-01-01' AND '2024-12-31' ORDER BY id;
id int4
1
2
3

SELECT id FROM times WHERE d = ts ORDER BY id;
id int4
1
5

SELECT min(d), max(d), min(ts), max(ts), min(tz), max(tz), min(t), max(t), min(iv), max(iv) FROM times;
min date | max date | min timestamp | max timestamp | min timestamptz | max timestamptz | min time | max time | min interval | max interval
0044-03-15 BC | infinity | 0044-03-15 12:00:00 BC | infinity | -infinity | 2024-02-29 10:34:56.789+00 | 00:00:00 | 24:00:00 | -1 mons | 1000 days

SELECT max(d) - min(d) FROM times WHERE isfinite(d);
?column? int4
754942

SELECT d FROM times ORDER BY d;
d date
0044-03-15 BC
1999-12-31
2000-01-01
2024-02-29
infinity
NULL

SELECT tz FROM times ORDER BY tz DESC;
tz timestamptz
NULL
2024-02-29 10:34:56.789+00
2000-01-01 07:59:59+00
2000-01-01 00:00:00+00
1970-01-01 00:00:00+00
-infinity

SELECT hired, count(*) FROM emp GROUP BY hired ORDER BY hired;
hired date | count int8
1999-01-01 | 1
2001-02-03 | 1
2004-12-31 | 1
2010-06-15 | 2
2016-02-29 | 1
2020-10-10 | 1
NULL | 1

SELECT extract(year FROM hired) AS y, count(*) FROM emp GROUP BY y ORDER BY y;
y numeric | count int8
1999 | 1
2001 | 1
2004 | 1
2010 | 2
2016 | 1
2020 | 1
NULL | 1

SELECT date_trunc('year', hired), date_part('month', hired), hired - date '2000-01-01' FROM emp ORDER BY id;
date_trunc timestamptz | date_part float8 | ?column? int4
2001-01-01 00:00:00+00 | 2 | 399
2004-01-01 00:00:00+00 | 12 | 1826
2010-01-01 00:00:00+00 | 6 | 3818
2010-01-01 00:00:00+00 | 6 | 3818
NULL | NULL | NULL
2016-01-01 00:00:00+00 | 2 | 5903
1999-01-01 00:00:00+00 | 1 | -365
2020-01-01 00:00:00+00 | 10 | 7588

SELECT generate_series(date '2020-01-30', date '2020-02-02', interval '1 day');
generate_series timestamptz
2020-01-30 00:00:00+00
2020-01-31 00:00:00+00
2020-02-01 00:00:00+00
2020-02-02 00:00:00+00

SELECT generate_series(timestamp '2020-01-31', timestamp '2020-05-31', interval '1 month');
generate_series timestamp
2020-01-31 00:00:00
2020-02-29 00:00:00
2020-03-29 00:00:00
2020-04-29 00:00:00
2020-05-29 00:00:00

SELECT generate_series(timestamptz '2020-01-01 00:00+00', timestamptz '2020-01-01 02:00+00', interval '30 min');
generate_series timestamptz
2020-01-01 00:00:00+00
2020-01-01 00:30:00+00
2020-01-01 01:00:00+00
2020-01-01 01:30:00+00
2020-01-01 02:00:00+00

SELECT generate_series(timestamp '2020-01-01', timestamp '2020-01-02', interval '0');
ERROR 22023: step size cannot equal zero

SELECT generate_series(timestamp '2020-01-03', timestamp '2020-01-01', interval '-1 day');
generate_series timestamp
2020-01-01 00:00:00
2020-01-02 00:00:00
2020-01-03 00:00:00

-- differs: refused by Millrace
SELECT timestamp(3) '2020-01-01 10:00:00.123456', '2020-01-01 10:00:00.9999999'::timestamp(6), '10:00:00.999'::time(2), '2020-01-01 23:59:59.9'::timestamp(0), timestamptz(2) '2020-01-01 10:00:00.456+00';
timestamp timestamp(mod 3) | timestamp timestamp(0,2) | time time(mod 2) | timestamp timestamp(mod 0) | timestamptz timestamptz(mod 2)
2020-01-01 10:00:00.123 | 2020-01-01 10:00:01 | 10:00:01 | 2020-01-02 00:00:00 | 2020-01-01 10:00:00.46+00
~~~~
ERROR 42601: syntax error at or near "'2020-01-01 10:00:00.456+00'"
POSITION: 1:175

-- differs: a known fault
SELECT timestamp(7) '2020-01-01 10:00:00.123456';
WARNING 22023: TIMESTAMP(7) precision reduced to maximum allowed, 6
POSITION: 1:8
timestamp timestamp(0,2)
2020-01-01 10:00:00.123456
~~~~
timestamp timestamp(0,2)
2020-01-01 10:00:00.123456

SELECT pg_typeof(date '2020-01-01' + 1), pg_typeof(date '2020-01-01' + interval '1 day'), pg_typeof(date '2020-01-01' - date '2020-01-01'), pg_typeof(timestamp '2020-01-01' - timestamp '2020-01-01'), pg_typeof(extract(year FROM now())), pg_typeof(date_part('year', now())), pg_typeof(date_trunc('day', date '2020-01-01')), pg_typeof(time '10:00' - time '09:00'), pg_typeof(date '2020-01-01' + time '10:00');
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
date | timestamp without time zone | integer | interval | numeric | double precision | timestamp with time zone | interval | timestamp without time zone

SELECT timestamp '2020-01-01' = '2020-01-01', timestamptz '2020-01-01 00:00+00' = '2020-01-01 01:00+01', date '2020-01-01' IN ('2020-01-01', '2020-01-02'), timestamp '2020-01-01' IS DISTINCT FROM NULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t

SELECT greatest(date '2020-01-01', timestamp '2020-01-01 10:00'), least(timestamptz '2020-01-01 00:00+00', timestamp '2019-01-01'), coalesce(NULL, date '2020-01-01');
greatest timestamp | least timestamptz | coalesce date
2020-01-01 10:00:00 | 2019-01-01 00:00:00+00 | 2020-01-01

SELECT date '2020-01-01' || '', '2020-01-01'::date::text || 'x', date '2020-01-01'::timestamp::text;
?column? text | ?column? text | text text
2020-01-01 | 2020-01-01x | 2020-01-01 00:00:00

SELECT date(timestamp '2020-01-01 10:00'), timestamp '2020-01-01 10:00'::date - 1, "time"(timestamp '2020-01-01 10:20'), timestamptz(date '2020-01-01');
date date | ?column? date | time time | timestamptz timestamptz
2020-01-01 | 2019-12-31 | 10:20:00 | 2020-01-01 00:00:00+00

SELECT justify_days(interval '35 days'), justify_hours(interval '27 hours'), justify_interval(interval '1 mon -1 hour'), justify_interval(interval '-1 day 25 hours');
justify_days interval | justify_hours interval | justify_interval interval | justify_interval interval
1 mon 5 days | 1 day 03:00:00 | 29 days 23:00:00 | 01:00:00

SELECT timestamp '2020-01-01 00:00:00' - interval '1 month 1 day 1 hour', timestamp '2019-12-31 23:59:59.999999' + interval '1 microsecond', timestamp '0001-01-01' - interval '1 day', timestamp '2020-06-30' + interval '100 years';
?column? timestamp | ?column? timestamp | ?column? timestamp | ?column? timestamp
2019-11-29 23:00:00 | 2020-01-01 00:00:00 | 0001-12-31 00:00:00 BC | 2120-06-30 00:00:00

SET timezone = 'America/New_York';
SET

SELECT timestamptz '2020-01-15 10:00', timestamptz '2020-07-15 10:00', timestamp '2020-01-15 10:00'::timestamptz, timestamptz '2020-01-15 00:00+00'::date, timestamptz '2020-03-08 06:59+00', timestamptz '2020-03-08 07:00+00', date '2020-01-15'::timestamptz, extract(timezone FROM timestamptz '2020-07-15 10:00');
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | date date | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | extract numeric
2020-01-15 10:00:00-05 | 2020-07-15 10:00:00-04 | 2020-01-15 10:00:00-05 | 2020-01-14 | 2020-03-08 01:59:00-05 | 2020-03-08 03:00:00-04 | 2020-01-15 00:00:00-05 | -14400

SELECT timestamptz '2020-03-08 02:30', timestamptz '2020-11-01 01:30', timestamptz '2020-03-07 12:00' + interval '1 day', timestamptz '2020-03-07 12:00' + interval '24 hours', date_trunc('day', timestamptz '2020-03-08 12:00'), timestamptz '2020-03-08 12:00' - timestamptz '2020-03-07 12:00', timestamptz '1850-01-01 00:00';
timestamptz timestamptz | timestamptz timestamptz | ?column? timestamptz | ?column? timestamptz | date_trunc timestamptz | ?column? interval | timestamptz timestamptz
2020-03-08 03:30:00-04 | 2020-11-01 01:30:00-05 | 2020-03-08 12:00:00-04 | 2020-03-08 13:00:00-04 | 2020-03-08 00:00:00-05 | 23:00:00 | 1850-01-01 00:00:00-04:56:02

SELECT generate_series(timestamptz '2020-03-07 12:00', timestamptz '2020-03-10 12:00', interval '1 day'), to_timestamp(0), make_timestamptz(2020, 7, 1, 0, 0, 0), to_char(timestamptz '2020-07-01 00:00', 'TZ OF TZH:TZM tz');
generate_series timestamptz | to_timestamp timestamptz | make_timestamptz timestamptz | to_char text
2020-03-07 12:00:00-05 | 1969-12-31 19:00:00-05 | 2020-07-01 00:00:00-04 | EDT -04 -04:00 edt
2020-03-08 12:00:00-04 | 1969-12-31 19:00:00-05 | 2020-07-01 00:00:00-04 | EDT -04 -04:00 edt
2020-03-09 12:00:00-04 | 1969-12-31 19:00:00-05 | 2020-07-01 00:00:00-04 | EDT -04 -04:00 edt
2020-03-10 12:00:00-04 | 1969-12-31 19:00:00-05 | 2020-07-01 00:00:00-04 | EDT -04 -04:00 edt

SELECT tz, tz::timestamp, tz::time, date_part('hour', tz) FROM times ORDER BY id;
tz timestamptz | tz timestamp | tz time | date_part float8
1999-12-31 19:00:00-05 | 1999-12-31 19:00:00 | 19:00:00 | 19
2024-02-29 05:34:56.789-05 | 2024-02-29 05:34:56.789 | 05:34:56.789 | 5
2000-01-01 02:59:59-05 | 2000-01-01 02:59:59 | 02:59:59 | 2
NULL | NULL | NULL | NULL
-infinity | -infinity | NULL | NULL
1969-12-31 19:00:00-05 | 1969-12-31 19:00:00 | 19:00:00 | 19

SET timezone = 'nope';
ERROR 22023: invalid value for parameter "TimeZone": "nope"

SET timezone = '-3';
SET

SELECT timestamptz '2020-01-15 10:00';
timestamptz timestamptz
2020-01-15 10:00:00-03

SHOW timezone;
TimeZone text
<-03>+03
SHOW

SET timezone = 'UTC';
SET

SET datestyle = 'German';
SET

SELECT date '2020-01-15', timestamp '2020-01-15 10:20:30', timestamptz '2020-01-15 10:20:30+00', date '15.1.2020';
date date | timestamp timestamp | timestamptz timestamptz | date date
15.01.2020 | 15.01.2020 10:20:30 | 15.01.2020 10:20:30 UTC | 15.01.2020

SET datestyle = 'SQL, DMY';
SET

SELECT date '2020-01-15', timestamp '2020-01-15 10:20:30', date '15/1/2020', timestamptz '2020-01-15 10:20:30+00';
date date | timestamp timestamp | date date | timestamptz timestamptz
15/01/2020 | 15/01/2020 10:20:30 | 15/01/2020 | 15/01/2020 10:20:30 UTC

SELECT date '1/15/2020';
ERROR 22008: date/time field value out of range: "1/15/2020"
HINT: Perhaps you need a different "datestyle" setting.
POSITION: 1:13

SET datestyle = 'Postgres, MDY';
SET

SELECT date '2020-01-15', timestamp '2020-01-15 10:20:30', timestamptz '2020-01-15 10:20:30+00', date '1/2/2020';
date date | timestamp timestamp | timestamptz timestamptz | date date
01-15-2020 | Wed Jan 15 10:20:30 2020 | Wed Jan 15 10:20:30 2020 UTC | 01-02-2020

SHOW datestyle;
DateStyle text
Postgres, MDY
SHOW

SET datestyle = 'ISO, YMD';
SET

SELECT date '20/1/2', date '2020-01-15';
date date | date date
2020-01-02 | 2020-01-15

RESET datestyle;
RESET
