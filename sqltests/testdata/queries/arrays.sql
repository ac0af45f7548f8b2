-- Arrays: constructors, subscripts, slices, operators, functions, text form.

SELECT ARRAY[1,2,3], ARRAY['a','b'], ARRAY[1,NULL], ARRAY[]::int[], ARRAY[[1,2],[3,4]], ARRAY[ARRAY[1],ARRAY[2]];

SELECT ARRAY[];

SELECT ARRAY[1, 2.5], ARRAY[1, 2::int8], ARRAY['1', 2], ARRAY[NULL, NULL], ARRAY[NULL, 1];

SELECT ARRAY[1, 'x'];

SELECT ARRAY[1, true];

SELECT ARRAY[[1,2],[3]];

-- differs: not built yet
SELECT ARRAY[1,[2]];

-- differs: not built yet
SELECT ARRAY[[1],2];

SELECT (ARRAY[1,2,3])[1], (ARRAY[1,2,3])[4], (ARRAY[1,2,3])[0], (ARRAY[1,2,3])[NULL], (ARRAY[[1,2],[3,4]])[2][1], (ARRAY[[1,2],[3,4]])[2];

-- differs: not built yet
SELECT (ARRAY[1,2,3,4])[2:3], (ARRAY[1,2,3,4])[:2], (ARRAY[1,2,3,4])[3:], (ARRAY[1,2,3,4])[:], (ARRAY[1,2,3,4])[5:6], (ARRAY[1,2,3,4])[3:2], (ARRAY[1,2,3,4])[NULL:2];

-- differs: not built yet
SELECT (ARRAY[[1,2,3],[4,5,6]])[1:2][2:3], (ARRAY[[1,2,3],[4,5,6]])[2:2], (ARRAY[[1,2,3],[4,5,6]])[1:1][2], (ARRAY[[1,2,3],[4,5,6]])[:][:2];

SELECT ARRAY[1,2,3][2];

SELECT (ARRAY[1,2,3])['1'], (ARRAY[1,2,3])[1.6];

SELECT (ARRAY[1,2,3])['x'];

SELECT (ARRAY[1,2,3])[true];

SELECT (1)[1];

SELECT 'abc'[1];

SELECT ('abc'::text)[1];

SELECT id, a[1], a[2], a[1:2], s[1] FROM docs ORDER BY id;

SELECT id, a[2][1], a[3], a[2:3] FROM docs ORDER BY id;

SELECT ARRAY[1,2] || 3, 0 || ARRAY[1,2], ARRAY[1,2] || ARRAY[3], ARRAY[1] || NULL, NULL || ARRAY[1], ARRAY[1,2] || '{3,4}', ARRAY['a'] || 'b'::text;

SELECT ARRAY['a'] || 'b';

SELECT ARRAY[[1,2],[3,4]] || ARRAY[5,6], ARRAY[5,6] || ARRAY[[1,2]], ARRAY[[1,2]] || ARRAY[[3,4]];

-- differs: not built yet
SELECT ARRAY[[1,2]] || ARRAY[3];

SELECT ARRAY[1] || 'x';

SELECT ARRAY[1] || ARRAY['x'];

SELECT ARRAY[1] || 2.5, ARRAY[1] || 2::int8, 1.5 || ARRAY[1];

SELECT ARRAY[1,2] = ARRAY[1,2], ARRAY[1,2] < ARRAY[1,3], ARRAY[1,2] < ARRAY[1,2,0], ARRAY[2] > ARRAY[1,5], ARRAY[1,NULL] = ARRAY[1,NULL], ARRAY[1,NULL] > ARRAY[1,5], ARRAY[1,2] <> ARRAY[2,1];

SELECT ARRAY[1,2] = ARRAY['1','2'];

SELECT ARRAY[1,2] = '{1,2}', '{1,2}' = ARRAY[1,2];

SELECT ARRAY[1] = ARRAY[1.0];

SELECT ARRAY[1,2,3] @> ARRAY[2], ARRAY[2] <@ ARRAY[1,2,3], ARRAY[1,2] && ARRAY[2,3], ARRAY[1] && ARRAY[2], ARRAY[1,1] <@ ARRAY[1], ARRAY[NULL,1] @> ARRAY[NULL::int], ARRAY[1] @> '{}';

SELECT ARRAY[1] @> 1;

SELECT ARRAY[1] @> ARRAY['a'];

SELECT 1 = ANY(ARRAY[1,2]), 3 = ANY(ARRAY[1,2]), 3 = ANY(ARRAY[1,NULL]), NULL = ANY(ARRAY[1]), 1 = ANY('{1,2}'), 1 = ANY(NULL), 1 = ANY('{}'::int[]);

SELECT 1 = ALL(ARRAY[1,1]), 1 = ALL(ARRAY[1,2]), 1 = ALL(ARRAY[1,NULL]), 1 = ALL('{}'::int[]), 2 > ALL(ARRAY[0,1]), 1 <> ALL(ARRAY[2,NULL]), 1 <> ALL(ARRAY[1,NULL]);

SELECT 5 < SOME(ARRAY[1,10]), 'a' LIKE ANY(ARRAY['b%','a%']), 'abc' NOT LIKE ALL(ARRAY['x%','y%']), 'ABC' ILIKE ANY('{a%}'), 'abc' ~ ANY(ARRAY['^a','z']), 'a' ~~ ANY('{a}');

SELECT 1 = ANY(1);

SELECT 1 = ANY(ARRAY['a']);

SELECT 'a' = ANY(ARRAY[1]);

-- differs: not built yet
SELECT 1 + ANY(ARRAY[1]);

SELECT 1 = ANY(ARRAY[[1,2],[3,4]]), 4 = ANY('{{1,2},{3,4}}'::int[]);

SELECT 1.0 = ANY(ARRAY[1,2]), 1 = ANY(ARRAY[1.0]), 1::int8 = ANY(ARRAY[1]), 'a'::varchar = ANY(ARRAY['a','b']), '2020-01-01' = ANY(ARRAY[date '2020-01-01']);

SELECT id FROM emp WHERE id = ANY(ARRAY[1,3,5]) ORDER BY id;

SELECT id FROM docs WHERE 1 = ANY(a) ORDER BY id;

SELECT id FROM docs WHERE 1 <> ALL(a) ORDER BY id;

SELECT id FROM docs WHERE a @> ARRAY[1,2] ORDER BY id;

SELECT id FROM docs WHERE 'a' = ANY(s) OR s && ARRAY['x'] ORDER BY id;

SELECT array_length(ARRAY[1,2,3], 1), array_length(ARRAY[[1,2],[3,4]], 2), array_length(ARRAY[]::int[], 1), array_length(ARRAY[1], 2), array_length(ARRAY[1], 0), cardinality(ARRAY[[1,2],[3,4]]), cardinality('{}'::int[]), array_ndims(ARRAY[[1]]), array_ndims('{}'::int[]), array_dims(ARRAY[[1,2],[3,4]]), array_dims('{}'::int[]);

SELECT array_lower('[2:4]={1,2,3}'::int[], 1), array_upper('[2:4]={1,2,3}'::int[], 1), array_upper(ARRAY[1,2], 2), array_dims('[2:4]={1,2,3}'::int[]), ('[2:4]={1,2,3}'::int[])[2];

SELECT array_append(ARRAY[1], 2), array_prepend(0, ARRAY[1]), array_cat(ARRAY[1], ARRAY[2]), array_append(NULL, 1), array_append(ARRAY[1], NULL), array_prepend(NULL, ARRAY[1]), array_cat(NULL, ARRAY[1]);

SELECT array_remove(ARRAY[1,2,1], 1), array_remove(ARRAY[1,NULL], NULL), array_replace(ARRAY[1,2,1], 1, 9), array_replace(ARRAY[1,NULL], NULL, 0), array_remove('{}'::int[], 1);

SELECT array_remove(ARRAY[[1]], 1);

SELECT array_position(ARRAY['a','b','a'], 'a'), array_position(ARRAY['a','b','a'], 'a', 2), array_position(ARRAY[1,NULL], NULL), array_position(ARRAY[1], 5), array_positions(ARRAY[1,2,1], 1), array_positions(ARRAY[1], 2);

SELECT array_position(ARRAY[[1]], 1);

SELECT array_to_string(ARRAY[1,NULL,3], ','), array_to_string(ARRAY[1,NULL,3], ',', '*'), array_to_string(ARRAY[[1,2],[3,4]], '-'), array_to_string('{}'::int[], ','), array_to_string(ARRAY['a','b'], NULL), array_to_string(ARRAY[true,false], '');

SELECT string_to_array('a,b,c', ','), string_to_array('abc', NULL), string_to_array('a,,b', ',', ''), string_to_array('', ','), string_to_array(NULL, ','), string_to_array('abc', ''), string_to_array('a--b', '--');

SELECT string_to_table('a,b,c', ',');

SELECT string_to_table('a,b,', ',', 'b');

-- differs: not built yet
SELECT array_fill(7, ARRAY[3]), array_fill(7, ARRAY[2,2]), array_fill('x'::text, ARRAY[2], ARRAY[5]), array_fill(NULL::int, ARRAY[2]), array_fill(0, '{}'::int[]);

SELECT array_fill(7, NULL);

-- differs: not built yet
SELECT array_fill(7, ARRAY[-1]);

SELECT trim_array(ARRAY[1,2,3], 1), trim_array(ARRAY[1,2,3], 3), trim_array(ARRAY[1,2,3], 0);

SELECT trim_array(ARRAY[1,2,3], 4);

SELECT unnest(ARRAY[1,2,3]), unnest(ARRAY['a','b']);

SELECT * FROM unnest(ARRAY[1,2], ARRAY['a','b','c']) AS t(x, y);

SELECT * FROM unnest(ARRAY[[1,2],[3,4]]) WITH ORDINALITY;

SELECT unnest('{}'::int[]);

SELECT unnest(NULL::int[]);

SELECT unnest(1);

-- differs: not built yet
SELECT unnest('{1,2}');

SELECT generate_subscripts(ARRAY[5,6,7], 1), generate_subscripts('[2:3]={1,2}'::int[], 1);

SELECT generate_subscripts(ARRAY[[1,2],[3,4]], 2, true);

SELECT i, (ARRAY['a','b'])[i] FROM generate_subscripts(ARRAY['a','b'], 1) i;

SELECT array_agg(id ORDER BY id DESC), array_agg(name ORDER BY name), array_agg(boss ORDER BY id) FROM emp;

SELECT array_agg(a ORDER BY id) FROM docs WHERE id IN (1, 1);

SELECT array_agg(ARRAY[id, dept] ORDER BY id) FROM emp WHERE id < 3;

-- differs: not built yet
SELECT array_agg(a ORDER BY id) FROM docs;

SELECT array_agg(DISTINCT dept ORDER BY dept) FROM emp;

SELECT array_agg(DISTINCT dept ORDER BY dept DESC NULLS LAST) FROM emp;

-- differs: not built yet
SELECT ARRAY(SELECT id FROM emp ORDER BY id DESC), ARRAY(SELECT name FROM emp WHERE false), ARRAY(SELECT ARRAY[id, id] FROM emp WHERE id < 3 ORDER BY id);

SELECT ARRAY(SELECT id, name FROM emp);

SELECT d.title, ARRAY(SELECT e.name FROM emp e WHERE e.dept = d.id ORDER BY e.name) AS names FROM dept d ORDER BY d.id;

SELECT '{1,2,3}'::int[], '{ 1 , 2 }'::int[], '{}'::int[], '{{1,2},{3,4}}'::int[], '{NULL,null}'::int[], '{"NULL",NULL}'::text[];

SELECT '{a,"b c","d,e","f\"g","h\\i",""}'::text[], '{ a b , c }'::text[], '{"a" , b}'::text[];

SELECT '{1,2'::int[];

SELECT '1,2}'::int[];

SELECT '{1,,2}'::int[];

SELECT '{{1,2},{3}}'::int[];

SELECT '{1}x'::int[];

SELECT '{"a}'::text[];

SELECT '[0:1]={1,2}'::int[], '[-1:0]={a,b}'::text[], '[1:2][0:1]={{1,2},{3,4}}'::int[];

SELECT '[1:3]={1,2}'::int[];

SELECT '[2:1]={1,2}'::int[];

SELECT ARRAY['a b','c,d','e"f','g\h','','NULL',NULL,'{x}','plain'];

SELECT ARRAY[true,false], ARRAY[1.50,2], ARRAY['2020-01-01'::date], ARRAY['1 day'::interval], ARRAY['\x01'::bytea], ARRAY[now()] IS NULL, ARRAY['{"a":1}'::jsonb];

SELECT array_length(a, 1), cardinality(a), array_upper(a, 1), array_ndims(a) FROM docs ORDER BY id;

SELECT a || 99, 0 || a FROM docs WHERE id <> 5 ORDER BY id;

SELECT a || 99 FROM docs ORDER BY id;

SELECT array_to_string(s, '/', 'null'), array_position(s, 'a'), array_remove(s, '') FROM docs ORDER BY id;

SELECT a FROM docs ORDER BY a;

SELECT s FROM docs ORDER BY s DESC NULLS LAST;

SELECT DISTINCT a[1] FROM docs ORDER BY 1;

SELECT a, count(*) FROM docs GROUP BY a ORDER BY a;

SELECT max(a), min(a), max(s) FROM docs;

SELECT array_upper(a, 1) - array_lower(a, 1) + 1 AS n FROM docs ORDER BY n, id;

SELECT ARRAY[1,2,3]::text, ARRAY[1,2]::varchar, '{1,2}'::text::int[];

SELECT ARRAY[id, dept] AS x, ARRAY[name] FROM emp WHERE id < 4 ORDER BY x;

SELECT pg_typeof(ARRAY[1, 2.5]), pg_typeof('{1}'::int[] || 2), pg_typeof(ARRAY(SELECT 1)), pg_typeof(ARRAY[]::text[]);

SELECT array_ndims(1);

-- differs: not built yet
SELECT array_length('{1}', 1);

-- differs: not built yet
SELECT cardinality(NULL), cardinality(NULL::int[]);

-- differs: not built yet
SELECT array_sort(ARRAY[1]);

SELECT array_shuffle(ARRAY[1]);

SELECT ARRAY[1,2,3] <@ NULL, array_cat(ARRAY[1], NULL);

SELECT (SELECT array_agg(x) FROM (SELECT x FROM unnest(ARRAY[3,1,2]) x ORDER BY x) s), (SELECT sum(x) FROM unnest(ARRAY[1,2,3]) x);

SELECT ARRAY[ROW(1,'a'), ROW(2,'b')];

SELECT ARRAY[ARRAY[]::int[], ARRAY[]::int[]];

SELECT ARRAY[1,2,3][1:2];

SELECT ('{1,2,3}'::int[])[1] + 1, -('{1,2,3}'::int[])[1], ('{1,2,3}'::int[])[1]::text;

