-- Further constructs of the grammar: key words as names, nested conditions, operators of every kind in one place.

SELECT a.id AS "A", a.name AS "select", a.dept AS "x""y" FROM emp AS a WHERE a.id = 1;
A int4 | select text | "x\"y" int4
1 | Ada | 10

SELECT id::text || ':' || coalesce(name, '-') || ':' || coalesce(salary::text, '?') FROM emp ORDER BY id;
?column? text
1:Ada:5000.00
2:Bob:3200.50
3:Cy:3200.50
4:Dee:?
5:Eve:1000.00
6:Flo:4100.25
7:Gus:0.00
8:Hal:2500.00

SELECT NOT (id > 3 AND dept = 20 OR boss IS NULL) FROM emp ORDER BY id;
?column? bool
f
t
t
f
NULL
t
t
t

SELECT id, id BETWEEN 2 AND 4 AND NOT dept = 10 FROM emp ORDER BY id;
id int4 | ?column? bool
1 | f
2 | f
3 | t
4 | t
5 | f
6 | f
7 | f
8 | f

SELECT id FROM emp WHERE (id, dept) IN ((1, 10), (3, 20), (4, 10)) ORDER BY id;
id int4
1
3

SELECT id FROM emp WHERE name SIMILAR TO '(A|B|C)%' ORDER BY id;
id int4
1
2
3

SELECT id FROM emp WHERE name ~ '^[D-F]' AND name !~ 'x' ORDER BY id;
id int4
4
5
6

SELECT count(*) FILTER (WHERE name LIKE '%a%'), count(*) FILTER (WHERE name ILIKE '%A%') FROM emp;
count int8 | count int8
2 | 2

SELECT dept, count(*) FROM emp WHERE dept IS NOT NULL GROUP BY dept HAVING avg(salary) > 2000 OR count(salary) < count(*) ORDER BY dept;
dept int4 | count int8
10 | 2
20 | 2
30 | 2
99 | 1

SELECT e.name, count(i.id) FROM emp e LEFT JOIN emp i ON i.boss = e.id GROUP BY e.id, e.name ORDER BY count(i.id) DESC, e.name;
name text | count int8
Ada | 3
Cy | 2
Flo | 2
Bob | 0
Dee | 0
Eve | 0
Gus | 0
Hal | 0

SELECT coalesce(d.city, 'nowhere') AS place, sum(e.salary) FROM emp e FULL JOIN dept d ON d.id = e.dept GROUP BY 1 ORDER BY 1;
place varchar | sum numeric
Bern | 8200.50
Oslo | 3200.50
Rome | NULL
nowhere | 7600.25

SELECT x.d, x.n, y.t FROM (SELECT dept AS d, count(*) AS n FROM emp GROUP BY dept) x LEFT JOIN (SELECT id AS d, title AS t FROM dept) y USING (d) ORDER BY 1;
d int4 | n int8 | t text
10 | 2 | Research
20 | 2 | Sales
30 | 2 | Ops
99 | 1 | NULL
NULL | 1 | NULL

SELECT id, sum(salary) OVER w AS running, salary - lag(salary) OVER w AS step FROM emp WINDOW w AS (ORDER BY id) ORDER BY id;
id int4 | running numeric | step numeric
1 | 5000.00 | NULL
2 | 8200.50 | -1799.50
3 | 11401.00 | 0.00
4 | 11401.00 | NULL
5 | 12401.00 | NULL
6 | 16501.25 | 3100.25
7 | 16501.25 | -4100.25
8 | 19001.25 | 2500.00

SELECT DISTINCT ON (boss) boss, name, hired FROM emp ORDER BY boss, hired DESC NULLS LAST, name;
boss int4 | name text | hired date
1 | Flo | 2016-02-29
3 | Dee | 2010-06-15
6 | Hal | 2020-10-10
NULL | Ada | 2001-02-03

SELECT name FROM emp WHERE hired >= date '2010-01-01' AND hired < date '2010-01-01' + interval '1 year' ORDER BY name;
name text
Cy
Dee

SELECT to_char(date_trunc('year', hired), 'YYYY') AS y, count(*), min(name) FROM emp WHERE hired IS NOT NULL GROUP BY 1 ORDER BY 1;
y text | count int8 | min text
1999 | 1 | Gus
2001 | 1 | Ada
2004 | 1 | Bob
2010 | 2 | Cy
2016 | 1 | Flo
2020 | 1 | Hal

SELECT extract(year FROM age(timestamp '2024-01-01', hired)) FROM emp ORDER BY id;
extract numeric
22
19
13
13
NULL
7
25
3

SELECT (SELECT json_agg(json_build_object('id', e.id, 'name', e.name) ORDER BY e.id) FROM emp e WHERE e.dept = d.id) FROM dept d ORDER BY d.id;
json_agg json
[{"id" : 1, "name" : "Ada"}, {"id" : 2, "name" : "Bob"}]
[{"id" : 3, "name" : "Cy"}, {"id" : 4, "name" : "Dee"}]
[{"id" : 6, "name" : "Flo"}, {"id" : 7, "name" : "Gus"}]
NULL

SELECT jsonb_build_object('dept', d.title, 'n', count(e.id), 'names', jsonb_agg(e.name ORDER BY e.id) FILTER (WHERE e.id IS NOT NULL)) FROM dept d LEFT JOIN emp e ON e.dept = d.id GROUP BY d.id ORDER BY d.id;
jsonb_build_object jsonb
{"n": 2, "dept": "Research", "names": ["Ada", "Bob"]}
{"n": 2, "dept": "Sales", "names": ["Cy", "Dee"]}
{"n": 2, "dept": "Ops", "names": ["Flo", "Gus"]}
{"n": 0, "dept": "Empty", "names": null}

SELECT g, repeat('*', g) FROM generate_series(1, 4) AS g WHERE g % 2 = 0 UNION ALL SELECT 0, NULL ORDER BY 1;
g int4 | repeat text
0 | NULL
2 | **
4 | ****

SELECT i, j FROM generate_series(1, 3) i, generate_series(i, 3) j WHERE i <> j ORDER BY 1, 2;
i int4 | j int4
1 | 2
1 | 3
2 | 3

SELECT s.word, length(s.word) FROM regexp_split_to_table('the quick brown fox', ' ') AS s(word) ORDER BY 2 DESC, 1;
word text | length int4
brown | 5
quick | 5
fox | 3
the | 3

SELECT w.t, u.ch FROM words w, LATERAL unnest(string_to_array(w.t, NULL)) WITH ORDINALITY AS u(ch, n) WHERE w.id = 1 ORDER BY u.n;
t text | ch text
apple | a
apple | p
apple | p
apple | l
apple | e

SELECT array_agg(DISTINCT x % 3 ORDER BY x % 3), sum(DISTINCT x % 3) FROM generate_series(1, 9) x;
array_agg int4[] | sum int8
{0,1,2} | 3

SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY x), percentile_cont(0.25) WITHIN GROUP (ORDER BY x) FROM generate_series(1, 10) x;
percentile_disc int4 | percentile_cont float8
5 | 3.25

SELECT x, ntile(3) OVER (ORDER BY x), first_value(x) OVER (PARTITION BY x % 2 ORDER BY x DESC) FROM generate_series(1, 6) x ORDER BY x;
x int4 | ntile int4 | first_value int4
1 | 1 | 5
2 | 1 | 6
3 | 2 | 5
4 | 2 | 6
5 | 3 | 5
6 | 3 | 6

SELECT CASE WHEN id < 3 THEN 'low' WHEN id < 6 THEN 'mid' ELSE 'high' END AS band, count(*), sum(id) FROM emp GROUP BY 1 ORDER BY min(id);
band text | count int8 | sum int8
low | 2 | 3
mid | 3 | 12
high | 3 | 21

SELECT id, CASE dept WHEN 10 THEN 'a' WHEN 20 THEN 'b' END, CASE WHEN salary > 3000 THEN salary::text ELSE '-' END FROM emp ORDER BY id;
id int4 | case text | case text
1 | a | 5000.00
2 | a | 3200.50
3 | b | 3200.50
4 | b | -
5 | NULL | -
6 | NULL | 4100.25
7 | NULL | -
8 | NULL | -

SELECT (ARRAY['x', 'y', 'z'])[id] FROM emp ORDER BY id LIMIT 4;
array text
x
y
z
NULL

SELECT ((ARRAY[[1, 2], [3, 4]])[2:2])[1][1], ((ARRAY[1, 2, 3])[2:])[1], (ARRAY[1, 2, 3])[2:3][1];
array int4 | array int4 | array int4[]
3 | 2 | {}

SELECT -id, +id, @ (-id), id ^ 2, |/ (id * id)::float8 FROM emp WHERE id < 3 ORDER BY id;
?column? int4 | ?column? int4 | ?column? int4 | ?column? float8 | ?column? float8
-1 | 1 | 1 | 1 | 1
-2 | 2 | 2 | 4 | 2

SELECT 1 WHERE EXISTS (SELECT FROM emp WHERE salary IS NULL) AND NOT EXISTS (SELECT FROM emp WHERE id < 0);
?column? int4
1

SELECT id FROM emp WHERE salary > ANY (ARRAY[4000, 4500]) ORDER BY id;
id int4
1
6

SELECT id FROM emp WHERE salary > ALL (SELECT budget / 100 FROM dept WHERE budget < 1000000) ORDER BY id;
id int4
1
2
3
6
8

SELECT max(n) FROM (SELECT count(*) AS n FROM emp GROUP BY dept) s WHERE n > (SELECT avg(c) FROM (SELECT count(*) AS c FROM emp GROUP BY boss) t);
max int8
NULL

WITH top AS (SELECT dept, max(salary) AS m FROM emp GROUP BY dept), named AS (SELECT e.name, e.dept FROM emp e JOIN top t ON t.dept = e.dept AND t.m = e.salary) SELECT * FROM named ORDER BY dept, name;
name text | dept int4
Ada | 10
Cy | 20
Flo | 30
Hal | 99

SELECT a.id, b.id FROM emp a JOIN emp b ON a.dept = b.dept AND a.id < b.id ORDER BY 1, 2;
id int4 | id int4
1 | 2
3 | 4
6 | 7

SELECT date '2020-01-31' + make_interval(months => g) FROM generate_series(0, 3) g ORDER BY g;
?column? timestamp
2020-01-31 00:00:00
2020-02-29 00:00:00
2020-03-31 00:00:00
2020-04-30 00:00:00

SELECT format('%s is %s', name, CASE WHEN boss IS NULL THEN 'boss' ELSE 'staff' END) FROM emp ORDER BY id LIMIT 2;
format text
Ada is boss
Bob is staff

SELECT string_agg(format('%I=%L', k, v), ', ' ORDER BY k) FROM (VALUES ('b', 'it''s'), ('A', NULL)) t(k, v);
string_agg text
"\"A\"=NULL, b='it''s'"

SELECT count(*) FROM emp WHERE hired IS DISTINCT FROM NULL AND salary IS NOT DISTINCT FROM 3200.50;
count int8
2

SELECT id FROM dept WHERE budget > 0 OFFSET 0 ROWS FETCH NEXT 5 ROWS ONLY;
id int4
10
20

SELECT generate_series(1, generate_series(1, 2)), 'x';
generate_series int4 | ?column? text
1 | x
1 | x
2 | x

SELECT id, generate_series(1, (SELECT count(*)::int FROM dept WHERE id < 25)) FROM emp WHERE id < 3 ORDER BY 1, 2;
id int4 | generate_series int4
1 | 1
1 | 2
2 | 1
2 | 2

SELECT ARRAY(SELECT generate_series(1, e.id)) FROM emp e WHERE id < 4 ORDER BY id;
array int4[]
{1}
{1,2}
{1,2,3}
