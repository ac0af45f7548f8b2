-- to_char, to_date, to_timestamp, to_number: templates, modifiers, padding, errors.

SELECT to_char(timestamp '2020-03-04 05:06:07.089', 'YYYY-MM-DD HH24:MI:SS.MS'), to_char(timestamp '2020-03-04 15:06:07.089123', 'HH:MI:SS.US AM'), to_char(timestamp '2020-03-04', 'Day, DD Month YYYY'), to_char(timestamp '2020-03-04', 'FMDay, FMDD FMMonth YYYY'), to_char(timestamp '2020-03-04', 'Dy DD Mon YY');
to_char text | to_char text | to_char text | to_char text | to_char text
2020-03-04 05:06:07.089 | 03:06:07.089123 PM | Wednesday, 04 March     2020 | Wednesday, 4 March 2020 | Wed 04 Mar 20

SELECT to_char(timestamp '2020-03-04', 'DAY|day|Day|DY|dy|Dy'), to_char(timestamp '2020-03-04', 'MONTH|month|Month|MON|mon|Mon'), to_char(timestamp '2020-03-04', 'D ID J Q W WW IW IYYY IYY IY I IDDD DDD'), to_char(timestamp '2020-03-04', 'Y,YYY YYYY YYY YY Y CC'), to_char(timestamp '2020-03-04', 'RM rm FMRM');
to_char text | to_char text | to_char text | to_char text | to_char text
"WEDNESDAY|wednesday|Wednesday|WED|wed|Wed" | "MARCH    |march    |March    |MAR|mar|Mar" | 4 3 2458913 1 1 10 10 2020 020 20 0 066 064 | 2,020 2020 020 20 0 21 | III  iii  III

SELECT to_char(timestamp '2020-03-04 00:00', 'HH HH12 HH24'), to_char(timestamp '2020-03-04 12:00', 'HH12 AM am A.M. a.m. PM pm'), to_char(timestamp '2020-03-04 13:14:15', 'SSSS SSSSS'), to_char(timestamp '2020-03-04 01:02:03.5', 'FF1 FF2 FF3 FF4 FF5 FF6'), to_char(timestamp '0044-03-15 BC', 'YYYY BC bc B.C. b.c. AD');
to_char text | to_char text | to_char text | to_char text | to_char text
12 12 00 | 12 PM pm P.M. p.m. PM pm | 47655 47655 | 5 50 500 5000 50000 500000 | 0044 BC bc B.C. b.c. BC

-- differs: a known fault
SELECT to_char(timestamp '2020-03-04', '"text" YYYY \"q\" "a\"b"'), to_char(timestamp '2020-03-04', 'DDth MMth DDTH Dth'), to_char(timestamp '2020-03-01', 'DDth FMDDth'), to_char(timestamp '2020-03-22', 'DDth'), to_char(timestamp '2020-03-13', 'DDth'), to_char(timestamp '2020-03-04', 'TMDay TMMonth');
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
text 2020 "1" a"b | 04th 03rd 04TH 4th | 01st 1st | 22nd | 13th | Wednesday March
~~~~
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
text 2020 "1" a"b | 04th 03rd 04TH 4th | 01st 1st | 22nd | 13th | "Wednesday March    "

SELECT to_char(timestamptz '2020-03-04 05:06:07+00', 'TZ tz OF TZH TZM'), to_char(date '2020-03-04', 'YYYY/MM/DD'), to_char(time '10:20:30', 'HH24:MI'), to_char(timestamp 'infinity', 'YYYY'), to_char(NULL::timestamp, 'YYYY'), to_char(timestamp '2020-03-04', NULL), to_char(timestamp '2020-03-04', '');
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
UTC utc +00 +00 00 | 2020/03/04 | 10:20 | NULL | NULL | NULL | NULL

SELECT to_char(timestamp '2020-03-04', 'xyz 12'), to_char(timestamp '12345-01-02', 'YYYY-MM-DD'), to_char(timestamp '2020-03-04', 'YYYYMMDD'), to_char(timestamp '2020-12-31', 'IYYY-IW-ID'), to_char(timestamp '2021-01-03', 'IYYY"W"IW');
to_char text | to_char text | to_char text | to_char text | to_char text
x0z 12 | 12345-01-02 | 20200304 | 2020-53-4 | 2020W53

SELECT to_char(date '2020-03-04', 'HH24:MI:SS'), to_char(timestamp '1999-12-31', 'YY Y CC'), to_char(timestamp '2000-12-31', 'CC'), to_char(timestamp '2001-01-01', 'CC'), to_char(timestamp '2020-03-04 05:06', 'FMHH:FMMI FMMM/FMDD');
to_char text | to_char text | to_char text | to_char text | to_char text
00:00:00 | 99 9 20 | 20 | 21 | 5:6 3/4

SELECT to_char(123, '999'), to_char(123, '99'), to_char(123.456, '999.99'), to_char(123.456, '9999.9'), to_char(-123, '999'), to_char(-123, 'S999'), to_char(123, 'S999'), to_char(-123, '999S'), to_char(-123, '999MI'), to_char(123, '999MI'), to_char(-123, '999PR'), to_char(123, '999PR'), to_char(123, 'SG999'), to_char(-5, 'PL999'), to_char(5, 'PL999');
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
" 123" | " ##" | " 123.46" | "  123.5" | -123 | -123 | +123 | 123- | 123- | "123 " | <123> | " 123 " | +123 | "   -5" | +   5

SELECT to_char(0, '999'), to_char(0, '990'), to_char(0.5, '9.99'), to_char(0.5, '0.99'), to_char(0.1, '.99'), to_char(12, '0000'), to_char(12, 'FM0000'), to_char(1234567, '9,999,999'), to_char(1234.5, 'FM9,999.999'), to_char(12345.678, '99999D99'), to_char(1234567, '9G999G999'), to_char(12, '9999th'), to_char(21, '99TH'), to_char(3, 'FM9th');
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
"   0" | "   0" | "  .50" | " 0.50" | " .##" | " 0012" | 0012 | " 1,234,567" | 1,234.5 | " 12345.68" | " 1,234,567" | "   12th" | " 21ST" | 3rd

SELECT to_char(485, 'RN'), to_char(485, 'FMRN'), to_char(5, 'rn'), to_char(4000, 'RN'), to_char(0, 'RN'), to_char(485, 'FMrn'), to_char(12.4567, '99V999'), to_char(12, '99V9'), to_char(12.34, '9.99EEEE'), to_char(0.00012, '9.99EEEE'), to_char(-1.5e10::float8, '9.9EEEE'), to_char(123456789::int8, '999999999'), to_char(1.5::float4, '9.9');
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
"        CDLXXXV" | CDLXXXV | "              v" | ############### | ############### | cdlxxxv | " 12457" | " 120" | " 1.23e+01" | " 1.20e-04" | -1.5e+10 | " 123456789" | " 1.5"

SELECT to_char('NaN'::float8, '999.9'), to_char('Infinity'::float8, '999'), to_char('NaN'::numeric, '999'), to_char(1e20::float8, '9'), to_char(12345, '9.9'), to_char(0.99, '9'), to_char(0.5, '9'), to_char(1.5, '9'), to_char(2.5, '9'), to_char(99.99, '99.9'), to_char(-0.1, '9.9'), to_char(-0.01, '9.9');
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
" NaN" | " ###" | " NaN" | " #" | " #.#" | " 1" | " 1" | " 2" | " 3" | " ##.#" | " -.1" | "  .0"

SELECT to_char(123, '"n="999'), to_char(123, '9 9 9'), to_char(123, '9.9.9');
ERROR 42601: multiple decimal points

SELECT to_char(123, '99V9.9');
ERROR 42601: cannot use "V" and decimal point together

SELECT to_char(123, '9EEEE9');
ERROR 42601: "EEEE" must be the last pattern used

SELECT to_char(123, 'RN9');
to_char text
"         CXXIII"

SELECT to_char(123, '9SS');
ERROR 42601: cannot use "S" twice

SELECT to_char(123, 'PR9');
ERROR 42601: "9" must be ahead of "PR"

SELECT to_char(12.5, 'L99.9'), to_char(12, 'FM99L'), to_char(1234, 'FM9G999'), to_char(12, 'B99'), to_char(0, 'B99'), to_char(12, ''), to_char(12, 'abc');
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
"  12.5" | "12 " | 1,234 | " 12" | "  0" | "" | a

SELECT to_date('2020-03-04', 'YYYY-MM-DD'), to_date('04 Mar 2020', 'DD Mon YYYY'), to_date('20200304', 'YYYYMMDD'), to_date('March 4, 2020', 'Month DD, YYYY'), to_date('4/3/20', 'DD/MM/YY'), to_date('2020-64', 'YYYY-DDD'), to_date('2020-10-3', 'IYYY-IW-ID'), to_date('2458913', 'J'), to_date('99', 'YY'), to_date('69', 'YY'), to_date('70', 'YY'), to_date('995', 'YYY');
to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date
2020-03-04 | 2020-03-04 | 2020-03-04 | 2020-03-04 | 2020-03-04 | 2020-03-04 | 2020-03-04 | 2020-03-04 | 1999-01-01 | 2069-01-01 | 1970-01-01 | 1995-01-01

SELECT to_date('2020-13-01', 'YYYY-MM-DD');
ERROR 22008: date/time field value out of range: "2020-13-01"

SELECT to_date('2020-02-30', 'YYYY-MM-DD');
ERROR 22008: date/time field value out of range: "2020-02-30"

SELECT to_date('abc', 'YYYY');
ERROR 22007: invalid value "abc" for "YYYY"
DETAIL: Value must be an integer.

SELECT to_date('2020-01-01', 'YYYY-MM-DD HH');
to_date date
2020-01-01

SELECT to_date('2020 Foo 01', 'YYYY Mon DD');
ERROR 22007: invalid value "Foo" for "Mon"
DETAIL: The given value did not match any of the allowed values for this field.

SELECT to_date('', 'YYYY'), to_date('2020', 'YYYY'), to_date('2020-3', 'YYYY-MM'), to_date(NULL, 'YYYY'), to_date('2020-03-04 extra', 'YYYY-MM-DD'), to_date(' 2020-03-04', 'YYYY-MM-DD'), to_date('2020/03/04', 'YYYY-MM-DD'), to_date('0044 BC', 'YYYY BC'), to_date('44-02-01 BC', 'YYYY-MM-DD BC');
to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date
0001-01-01 BC | 2020-01-01 | 2020-03-01 | NULL | 2020-03-04 | 2020-03-04 | 2020-03-04 | 0044-01-01 BC | 0044-02-01 BC

SELECT to_timestamp('2020-03-04 05:06:07', 'YYYY-MM-DD HH24:MI:SS'), to_timestamp('2020-03-04 05:06:07 PM', 'YYYY-MM-DD HH:MI:SS PM'), to_timestamp('20200304050607', 'YYYYMMDDHH24MISS'), to_timestamp('2020-03-04 05:06:07.089', 'YYYY-MM-DD HH24:MI:SS.MS'), to_timestamp('12.5', 'SS.MS'), to_timestamp('2020-03-04 05 +02', 'YYYY-MM-DD HH24 TZH'), to_timestamp('86399', 'SSSS'), to_timestamp('1.000002', 'SS.US');
to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz
2020-03-04 05:06:07+00 | 2020-03-04 17:06:07+00 | 2020-03-04 05:06:07+00 | 2020-03-04 05:06:07.089+00 | 0001-01-01 00:00:12.5+00 BC | 2020-03-04 03:00:00+00 | 0001-01-01 23:59:59+00 BC | 0001-01-01 00:00:01.000002+00 BC

SELECT to_timestamp('25:00', 'HH24:MI');
ERROR 22008: date/time field value out of range: "25:00"

SELECT to_timestamp('13:00 PM', 'HH:MI PM');
ERROR 22007: hour "13" is invalid for the 12-hour clock
HINT: Use the 24-hour clock, or give an hour between 1 and 12.

SELECT to_timestamp('10:61', 'HH24:MI');
ERROR 22008: date/time field value out of range: "10:61"

SELECT to_timestamp('2020', 'YYYY YYYY');
to_timestamp timestamptz
2020-01-01 00:00:00+00

-- differs: accepted by Millrace
SELECT to_timestamp('2020-01', 'IYYY-MM');
ERROR 22007: invalid combination of date conventions
HINT: Do not mix Gregorian and ISO week date conventions in a formatting template.
~~~~
to_timestamp timestamptz
2019-12-30 00:00:00+00

SELECT to_timestamp('5', 'Q'), to_timestamp('Friday 2020', 'Day YYYY'), to_timestamp('2020', 'FMYYYY'), to_timestamp('2020 1 2', 'YYYY MM DD'), to_timestamp('  2020', 'YYYY'), to_timestamp('2020-03-04', 'FXYYYY-MM-DD');
to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz
0001-01-01 00:00:00+00 BC | 2020-01-01 00:00:00+00 | 2020-01-01 00:00:00+00 | 2020-01-02 00:00:00+00 | 2020-01-01 00:00:00+00 | 2020-03-04 00:00:00+00

SELECT to_timestamp('2020/03/04', 'FXYYYY-MM-DD');
to_timestamp timestamptz
2020-03-04 00:00:00+00

SELECT to_number('12,345.67', '99G999D99'), to_number('-12', 'S99'), to_number('12-', '99S'), to_number('<12>', '99PR'), to_number('1.5', '9.9'), to_number('$12.5', 'L99.9'), to_number('  12', '9999'), to_number('12abc', '99'), to_number('1,234', '9,999'), to_number('0x', '9');
to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric
12345.67 | -12 | -12 | -12 | 1.5 | 12.5 | 12 | 12 | 1234 | 0

SELECT to_number('abc', '999');
ERROR 22P02: invalid input syntax for type numeric: " "

SELECT to_number('', '999');
ERROR 22P02: invalid input syntax for type numeric: " "

SELECT to_number('12.3.4', '99D9');
to_number numeric
12.3

-- differs: refused by Millrace
SELECT to_number('12', '');
to_number numeric
NULL
~~~~
ERROR 22P02: invalid input syntax for type numeric: " "

-- differs: accepted by Millrace
SELECT to_number(NULL, '9'), to_number('5', NULL), to_number('12th', '99th'), to_number('1.5e3', '9.9EEEE');
ERROR 0A000: "EEEE" not supported for input
~~~~
to_number numeric | to_number numeric | to_number numeric | to_number numeric
NULL | NULL | 12 | 1.5

SELECT to_char(d, 'YYYY-MM-DD'), to_char(ts, 'DD Mon YYYY HH12:MI AM'), to_char(iv, 'YYYY MM DD HH24 MI SS') FROM times ORDER BY id;
to_char text | to_char text | to_char text
2000-01-01 | 01 Jan 2000 12:00 AM | 0000 00 00 00 00 00
2024-02-29 | 29 Feb 2024 12:34 PM | 0001 02 03 04 05 06
1999-12-31 | 31 Dec 1999 11:59 PM | 0000 -01 00 00 00 00
NULL | NULL | NULL
NULL | NULL | 0000 00 1000 00 00 00
0044-03-15 | 15 Mar 0044 12:00 PM | 0000 00 00 00 00 -01

SELECT to_char(salary, 'FM999,990.00'), to_char(id, '00'), to_char(hired, 'FMMonth YYYY') FROM emp ORDER BY id;
to_char text | to_char text | to_char text
5,000.00 | " 01" | February 2001
3,200.50 | " 02" | December 2004
3,200.50 | " 03" | June 2010
NULL | " 04" | June 2010
1,000.00 | " 05" | NULL
4,100.25 | " 06" | February 2016
0.00 | " 07" | January 1999
2,500.00 | " 08" | October 2020

SELECT to_char(n, '9999999999999999999999.9999'), to_char(i4, 'S9999999999'), to_char(f8, '999.9') FROM nums WHERE id < 4 ORDER BY id;
to_char text | to_char text | to_char text
"                       .0000" | "         +0" | "    .0"
"                      1.0000" | "         +1" | "   1.0"
"                     -1.5000" | "         -1" | "  -1.5"

SELECT to_char(hired, 'YYYY') AS y, count(*) FROM emp GROUP BY 1 ORDER BY 1;
y text | count int8
1999 | 1
2001 | 1
2004 | 1
2010 | 2
2016 | 1
2020 | 1
NULL | 1

SELECT to_char(1);
ERROR 42883: function to_char(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT to_char('x', 'y');
ERROR 42725: function to_char(unknown, unknown) is not unique
HINT: Could not choose a best candidate function. You might need to add explicit type casts.
POSITION: 1:8

SELECT to_char(true, 'x');
ERROR 42883: function to_char(boolean, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: a known fault
SELECT to_char(interval '1 day 2 hours 3 minutes', 'DD HH24:MI'), to_char(interval '-1 day', 'DD'), to_char(interval '25 hours', 'HH12 AM'), to_char(interval '14 months', 'YYYY-MM'), to_char(interval '1.5 s', 'SS.MS');
to_char text | to_char text | to_char text | to_char text | to_char text
01 02:03 | -1 | 01 AM | 0001-02 | 01.500
~~~~
to_char text | to_char text | to_char text | to_char text | to_char text
01 02:03 | -01 | 01 AM | 0001-02 | 01.500

SELECT to_char(interval '1 day', 'Month');
ERROR 22007: invalid format specification for an interval value
HINT: Intervals are not tied to specific calendar dates.

SELECT to_char(interval '1 day', 'Day');
ERROR 22007: invalid format specification for an interval value
HINT: Intervals are not tied to specific calendar dates.

SELECT to_char(now(), 'YYYY') = extract(year FROM now())::text, to_char(current_date, 'YYYY-MM-DD') = current_date::text;
?column? bool | ?column? bool
t | t

SELECT lower(to_char(date '2020-01-05', 'DY')), upper(to_char(date '2020-01-05', 'FMday')), to_char(date '2020-01-05', 'FMDDD'), length(to_char(date '2020-01-05', 'Month'));
lower text | upper text | to_char text | length int4
sun | SUNDAY | 5 | 9

SELECT to_char(12345.6789, '99,999.99'), to_char(0.00001, '0.00000'), to_char(1e10, '99999999999'), to_char(123456, '999,999,999'), to_char(12, '99.99'), to_char(12.0, 'FM99.99'), to_char(12.1, 'FM99.90'), to_char(1234, '9999.'), to_char(0, 'FM9'), to_char(0, 'FM0'), to_char(-0.5, 'FM9.9'), to_char(100, 'FM999');
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
" 12,345.68" | " 0.00001" | " 10000000000" | "     123,456" | " 12.00" | 12. | 12.10 | " 1234" | 0 | 0 | -.5 | 100
