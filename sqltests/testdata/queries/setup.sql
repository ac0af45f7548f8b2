-- Relations that all questions share. Values are few, with NULLs, duplicates and edges.

CREATE TABLE emp (id int PRIMARY KEY, name text NOT NULL, dept int, salary numeric(10,2), boss int, hired date);

INSERT INTO emp VALUES (1, 'Ada', 10, 5000.00, NULL, '2001-02-03'), (2, 'Bob', 10, 3200.50, 1, '2004-12-31'),
  (3, 'Cy', 20, 3200.50, 1, '2010-06-15'), (4, 'Dee', 20, NULL, 3, '2010-06-15'), (5, 'Eve', NULL, 1000.00, 3, NULL),
  (6, 'Flo', 30, 4100.25, 1, '2016-02-29'), (7, 'Gus', 30, 0.00, 6, '1999-01-01'), (8, 'Hal', 99, 2500.00, 6, '2020-10-10');

CREATE TABLE dept (id int PRIMARY KEY, title text, city varchar(20), budget int8);

INSERT INTO dept VALUES (10, 'Research', 'Bern', 100000), (20, 'Sales', 'Oslo', 9000000000), (30, 'Ops', NULL, NULL), (40, 'Empty', 'Rome', 0);

CREATE TABLE nums (id int PRIMARY KEY, i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, n numeric, b bool);

INSERT INTO nums VALUES (1, 0, 0, 0, 0, 0, 0, false), (2, 1, 1, 1, 1, 1, 1, true), (3, -1, -1, -1, -1.5, -1.5, -1.5, false),
  (4, 32767, 2147483647, 9223372036854775807, 3.4e38, 1.7e308, 12345678901234567890.123456789, true),
  (5, -32768, -2147483648, -9223372036854775808, -3.4e38, -1.7e308, -0.000000001, NULL),
  (6, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (7, 7, 42, 1000, 'NaN', 'Infinity', 'NaN', true), (8, 7, 42, 1000, 2.5, '-Infinity', 2.50, false);

CREATE TABLE words (id int PRIMARY KEY, t text, v varchar(10), c char(5), k text);

INSERT INTO words VALUES (1, 'apple', 'red', 'ab', 'fruit'), (2, 'Banana', 'yellow', 'cd   ', 'fruit'), (3, '', '', '', 'none'), (4, NULL, NULL, NULL, NULL),
  (5, 'cherry pie', 'dark', 'x', 'cake'), (6, 'Straße', 'ß', 'ä', 'place'), (7, 'a_b%c', '100%', 'a_b', 'odd'), (8, E'tab\there', 'q''q', '\', 'odd');

CREATE TABLE times (id int PRIMARY KEY, d date, t time, ts timestamp, tz timestamptz, iv interval);

INSERT INTO times VALUES (1, '2000-01-01', '00:00', '2000-01-01 00:00', '2000-01-01 00:00+00', '0'),
  (2, '2024-02-29', '23:59:59.999999', '2024-02-29 12:34:56.789', '2024-02-29 12:34:56.789+02', '1 year 2 mons 3 days 04:05:06.7'),
  (3, '1999-12-31', '12:00', '1999-12-31 23:59:59', '1999-12-31 23:59:59-08', '-1 mon'), (4, NULL, NULL, NULL, NULL, NULL),
  (5, 'infinity', '24:00', 'infinity', '-infinity', '1000 days'), (6, '0044-03-15 BC', '06:30', '0044-03-15 12:00 BC', '1970-01-01 00:00+00', '-00:00:01');

CREATE TABLE docs (id int PRIMARY KEY, j json, jb jsonb, a int[], s text[]);

INSERT INTO docs VALUES (1, '{"a": 1, "b": [1, 2, {"c": "x"}]}', '{"a": 1, "b": [1, 2, {"c": "x"}]}', '{1,2,3}', '{a,b}'),
  (2, '[1, "two", null, true]', '[1, "two", null, true]', '{}', '{NULL,""}'), (3, '"text"', '"text"', '{NULL,1}', '{x}'), (4, NULL, NULL, NULL, NULL),
  (5, '{"a": null, "z": {"y": {"x": 9.50}}}', '{"a": null, "z": {"y": {"x": 9.50}}}', '{{1,2},{3,4}}', '{"a b","c,d"}'), (6, '{}', '{}', '[2:4]={7,8,9}', '{A,a}');

CREATE TABLE pairs (a int, b int, v text, PRIMARY KEY (a, b));

INSERT INTO pairs VALUES (1, 1, 'p'), (1, 2, 'q'), (1, 3, NULL), (2, 1, 'p'), (2, 2, 'r'), (3, 1, NULL);

CREATE VIEW rich AS SELECT id, name, salary FROM emp WHERE salary > 3000;

CREATE VIEW none AS SELECT id, name FROM emp WHERE false;
