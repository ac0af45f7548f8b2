-- JSON: operators, functions, both types, construction, aggregates, set-returning forms.

SELECT '{"a": 1}'::json, '{"a": 1}'::jsonb, ' [1 , 2] '::json, ' [1 , 2] '::jsonb, '"\u00e4"'::json, '"\u00e4"'::jsonb, '1.50'::jsonb, '1e3'::jsonb, '-0'::jsonb, 'null'::json;

SELECT '{"bb":1,"a":2,"c":3}'::jsonb, '{"a":1,"a":2}'::jsonb, '{"a":1,"a":2}'::json, '{"b":{"d":1,"c":2}}'::jsonb, '[]'::jsonb, '{}'::json;

SELECT '{"a":1'::json;

SELECT '{"a" 1}'::jsonb;

SELECT '[1,]'::json;

SELECT '{a:1}'::jsonb;

SELECT ''::json;

SELECT 'nul'::json;

SELECT '"a'::json;

SELECT '01'::json;

SELECT '"\u00"'::json;

SELECT '"\u0000"'::jsonb;

SELECT '"\ud83d"'::jsonb;

SELECT '{"a":1} x'::json;

SELECT '[1 2]'::jsonb;

SELECT E'"a\tb"'::json;

SELECT '"\x"'::json;

SELECT '{"a":1,}'::jsonb;

SELECT '{1:2}'::json;

SELECT 'truex'::json;

SELECT '1.'::json, 1;

SELECT '{"a":[1,{"b":'::json;

SELECT '{"a": {"b": [1, 2, tru]}}'::jsonb;

SELECT '{"a":1}'::json -> 'a', '{"a":1}'::json ->> 'a', '[1,2]'::json -> 1, '[1,2]'::json ->> -1, '{"a":1}'::jsonb -> 'b', '[1]'::jsonb -> 5, '{"a":null}'::jsonb -> 'a', '{"a":null}'::jsonb ->> 'a', '"x"'::jsonb -> 0, '{"a":{"b":2}}'::jsonb -> 'a' -> 'b';

SELECT '{"a":{"b":[1,2,3]}}'::json #> '{a,b,1}', '{"a":{"b":[1,2,3]}}'::jsonb #>> '{a,b,-1}', '{"a":1}'::jsonb #> '{}', '{"a":1}'::json #>> '{b}', '[1,[2]]'::jsonb #> ARRAY['1','0'];

SELECT '{"a":1}' -> 'a';

SELECT 1 -> 'a';

SELECT '{"a":1}'::json -> 1.5;

SELECT j -> 'a', j ->> 'a', jb -> 'a', jb ->> 'b', jb #> '{b,2,c}', j #>> '{z,y,x}', jb -> 1, jb ->> 1 FROM docs ORDER BY id;

SELECT '{"a":1,"b":2}'::jsonb @> '{"a":1}', '{"a":1}'::jsonb <@ '{"a":1,"b":2}', '[1,2,3]'::jsonb @> '[3,1]', '[1,2]'::jsonb @> '1', '{"a":[1,2]}'::jsonb @> '{"a":[1]}', '"x"'::jsonb @> '"x"', '{"a":{"b":1}}'::jsonb @> '{"a":{}}', '[[1]]'::jsonb @> '[1]';

SELECT '{"a":1}'::json @> '{"a":1}';

SELECT '{"a":1,"b":2}'::jsonb ? 'a', '["a","b"]'::jsonb ? 'b', '"a"'::jsonb ? 'a', '{"a":1}'::jsonb ?| ARRAY['x','a'], '{"a":1}'::jsonb ?& ARRAY['x','a'], '{"a":1,"x":2}'::jsonb ?& ARRAY['x','a'], '[1]'::jsonb ? '1';

SELECT '{"a":1}'::jsonb || '{"b":2}', '[1]'::jsonb || '[2]', '[1]'::jsonb || '2', '{"a":1}'::jsonb || '{"a":9}', '1'::jsonb || '2', '{"a":1}'::jsonb || '[2]', '[]'::jsonb || '{}';

SELECT '1'::jsonb || '{"a":1}';

SELECT '{"a":1,"b":2}'::jsonb - 'a', '["a","b","a"]'::jsonb - 'a', '[1,2,3]'::jsonb - 1, '[1,2,3]'::jsonb - -1, '{"a":1,"b":2,"c":3}'::jsonb - ARRAY['a','c'], '{"a":{"b":1,"c":2}}'::jsonb #- '{a,b}', '[1,2]'::jsonb #- '{0}';

SELECT '"x"'::jsonb - 'a';

SELECT '{"a":1}'::jsonb - 1;

SELECT '1'::jsonb #- '{a}';

SELECT '{"a":1}'::jsonb = '{"a":1.0}', '{"a":1}'::jsonb < '{"a":2}', '[1,2]'::jsonb < '[1,3]', '1'::jsonb < '"a"'::jsonb, 'null'::jsonb < '1', '[]'::jsonb < '{}', '[1]'::jsonb > '[0,0]', 'true'::jsonb > 'false', '"a"'::jsonb < '"b"';

SELECT '1'::json = '1'::json;

SELECT x FROM (VALUES ('1'::jsonb), ('"a"'), ('null'), ('[1]'), ('{}'), ('true'), ('[]'), ('{"a":1}'), ('1.5'), ('"b"')) v(x) ORDER BY x;

SELECT DISTINCT jb -> 'a' AS x FROM docs ORDER BY x;

SELECT j FROM docs ORDER BY j;

SELECT DISTINCT j FROM docs;

SELECT jb, count(*) FROM docs GROUP BY jb ORDER BY jb;

-- differs: not built yet
SELECT ('{"a":{"b":[1,2]}}'::jsonb)['a'], ('{"a":{"b":[1,2]}}'::jsonb)['a']['b'][1], ('[1,2]'::jsonb)[0], ('[1,2]'::jsonb)['0'], ('{"a":1}'::jsonb)['x'], (jb)['a'] FROM docs WHERE id = 1;

SELECT ('{"a":1}'::json)['a'];

-- differs: not built yet
SELECT ('[1,2]'::jsonb)[0:1];

-- differs: not built yet
SELECT ('[1,2]'::jsonb)[1.5];

SELECT json_build_object('a', 1, 'b', NULL, 'c', ARRAY[1,2], 'd', '{"x":1}'::json), jsonb_build_object('a', true, 'b', 1.50, 'c', 'x'), json_build_object(), json_build_array(1, 'a', NULL, ARRAY[1]), jsonb_build_array(1, 'x', now() IS NULL), json_build_array();

SELECT json_build_object('a');

SELECT json_build_object(NULL, 1);

-- differs: not built yet
SELECT json_build_object(1, 2, true, false, '2020-01-01'::date, 1);

SELECT jsonb_build_object(ARRAY[1], 2);

SELECT json_object('{a,1,b,2}'), json_object('{{a,1},{b,2}}'), json_object('{a,b}', '{1,2}'), jsonb_object('{a,b}', '{1,NULL}');

SELECT json_object('{a,b,c}');

SELECT json_object('{a}', '{1,2}');

SELECT to_json(1), to_json('a"b'::text), to_json(ARRAY[1,2]), to_json(NULL::int), to_jsonb(true), to_jsonb(1.50), to_jsonb('2020-01-01'::date), to_json('2020-01-01 10:00'::timestamp), to_json('2020-01-01 10:00+00'::timestamptz), to_json('infinity'::date), to_jsonb('NaN'::float8), to_json('1 day'::interval), to_json('\x01'::bytea);

-- differs: not built yet
SELECT to_json('a');

SELECT to_json(ROW(1, 'a')), to_jsonb(ARRAY[ROW(1, 2)]), to_json(ARRAY[[1,2],[3,4]]), to_jsonb('{"a": 1}'::json), to_json('{}'::int[]);

SELECT array_to_json(ARRAY[1,2]), array_to_json(ARRAY[[1,2],[3,4]], true), array_to_json(ARRAY['a', NULL]), row_to_json(ROW(1, 'x')), row_to_json(ROW(1, 2), true);

-- differs: not built yet
SELECT row_to_json(t) FROM (SELECT 1 AS a, 'x' AS b) t;

-- differs: not built yet
SELECT row_to_json(t) FROM (VALUES (1, 'a'), (2, NULL)) t(id, name) ORDER BY id;

-- differs: not built yet
SELECT json_agg(t) FROM (SELECT 1 AS a, 'x' AS b) t;

SELECT json_agg(id ORDER BY id), jsonb_agg(name ORDER BY id), json_agg(boss ORDER BY id), json_agg(id) FILTER (WHERE id > 100) FROM emp WHERE id < 4;

SELECT json_object_agg(id, name ORDER BY id), jsonb_object_agg(name, dept), json_object_agg(name, NULL ORDER BY name) FROM emp WHERE id < 4;

SELECT json_object_agg(boss, id) FROM emp;

SELECT dept, jsonb_agg(jsonb_build_object('n', name, 's', salary) ORDER BY id) FROM emp GROUP BY dept ORDER BY dept;

SELECT json_typeof('1'), json_typeof('"a"'), json_typeof('null'), json_typeof('[]'), json_typeof('{}'), json_typeof('true'), jsonb_typeof('1.5'), jsonb_typeof(jb) FROM docs WHERE id = 2;

SELECT json_array_length('[1,2,3]'), jsonb_array_length('[]'), jsonb_array_length('[[1,2]]');

SELECT json_array_length('{}');

SELECT jsonb_array_length('1');

SELECT json_array_elements('[1,"a",null,[2]]');

SELECT jsonb_array_elements_text('[1,"a",null,{"b":1}]');

-- differs: not built yet
SELECT json_array_elements('{}');

SELECT jsonb_array_elements('1');

SELECT * FROM jsonb_array_elements('[1,2]') WITH ORDINALITY AS t(v, n);

SELECT json_object_keys('{"b":1,"a":2}');

SELECT jsonb_object_keys('{"b":1,"a":2}');

SELECT json_object_keys('[1]');

SELECT jsonb_object_keys('1');

SELECT * FROM json_each('{"a":1,"b":"x"}');

SELECT * FROM jsonb_each_text('{"a":null,"b":"x","c":[1]}');

SELECT json_each('{"a":1}');

-- differs: not built yet
SELECT * FROM json_each('[1]');

SELECT d.id, k, v FROM docs d, jsonb_each(d.jb) AS e(k, v) WHERE d.id IN (1, 5) ORDER BY d.id, k;

SELECT d.id, x.value FROM docs d CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(d.jb) = 'array' THEN d.jb ELSE '[]' END) x ORDER BY d.id, x.value::text;

SELECT json_extract_path('{"a":{"b":1}}', 'a', 'b'), json_extract_path_text('{"a":"x"}', 'a'), jsonb_extract_path('{"a":[1,2]}', 'a', '1'), jsonb_extract_path_text('{"a":null}', 'a');

SELECT jsonb_set('{"a":1}', '{a}', '2'), jsonb_set('{"a":1}', '{b}', '2'), jsonb_set('{"a":1}', '{b}', '2', false), jsonb_set('[1,2]', '{-1}', '9'), jsonb_set('[1,2]', '{5}', '9'), jsonb_set('{"a":{"b":1}}', '{a,b}', '{"c":2}'), jsonb_set('{"a":1}', '{x,y}', '1'), jsonb_set(NULL, '{a}', '1'), jsonb_set('{"a":1}', '{}', '2');

SELECT jsonb_set('1', '{a}', '2');

SELECT jsonb_set('[1]', '{x}', '2');

SELECT jsonb_set_lax('{"a":1}', '{a}', NULL), jsonb_set_lax('{"a":1}', '{a}', NULL, true, 'delete_key'), jsonb_set_lax('{"a":1}', '{a}', NULL, true, 'return_target');

SELECT jsonb_set_lax('{"a":1}', '{a}', NULL, true, 'raise_exception');

SELECT jsonb_insert('[1,2]', '{1}', '9'), jsonb_insert('[1,2]', '{1}', '9', true), jsonb_insert('{"a":1}', '{b}', '2'), jsonb_insert('[1,2]', '{-1}', '0', true), jsonb_insert('[]', '{0}', '1');

SELECT jsonb_insert('{"a":1}', '{a}', '2');

SELECT jsonb_pretty('{"a":[1,2,{"b":null}],"c":{}}'), jsonb_pretty('[]');

SELECT json_strip_nulls('{"a":null,"b":[null,1],"c":{"d":null}}'), jsonb_strip_nulls('{"a":null,"b":1}');

-- differs: not built yet
SELECT * FROM json_to_record('{"a":1,"b":"x","c":[1,2]}') AS t(a int, b text, c int[]);

-- differs: not built yet
SELECT * FROM jsonb_to_recordset('[{"a":1,"b":"x"},{"a":2}]') AS t(a int, b text);

-- differs: not built yet
SELECT * FROM json_to_record('{"a":"x"}') AS t(a int);

-- differs: not built yet
SELECT * FROM json_to_record('{"a":1}');

-- differs: not built yet
SELECT * FROM jsonb_to_record('[1]') AS t(a int);

SELECT jsonb_path_query('{"a":[1,2,3]}', '$.a[*]');

SELECT jsonb_path_query('{"a":[1,2,3,4]}', '$.a[*] ? (@ > 2)');

SELECT jsonb_path_query_array('{"a":[1,2,3]}', '$.a[1 to 2]'), jsonb_path_query_first('{"a":[1,2]}', '$.a[*]'), jsonb_path_exists('{"a":1}', '$.a'), jsonb_path_exists('{"a":1}', '$.b'), jsonb_path_match('{"a":1}', '$.a == 1'), jsonb_path_query_array('[1,"a",null]', '$[*].type()');

SELECT jsonb_path_query_array('{"a":[1,2,3]}', '$.a[last]'), jsonb_path_query_array('{"a":[1,2,3]}', '$.a.size()'), jsonb_path_query_array('[1.7,-1.2]', '$[*].floor()'), jsonb_path_query_array('[1.7,-1.2]', '$[*].abs()'), jsonb_path_query_array('["1.5"]', '$[*].double()'), jsonb_path_query_array('{"x":2,"y":3}', '$.x * $.y + 1');

-- differs: not built yet
SELECT '{"a":[1,2]}'::jsonb @? '$.a[*] ? (@ == 2)', '{"a":[1,2]}'::jsonb @@ '$.a[0] == 1', '{"a":1}'::jsonb @@ '$.a', '[1]'::jsonb @? '$[5]';

-- differs: not built yet
SELECT jsonb_path_query_array('["abc","xyz"]', '$[*] ? (@ like_regex "^a")'), jsonb_path_query_array('["abc","xyz"]', '$[*] ? (@ starts with "x")'), jsonb_path_query_array('{"a":{"b":1},"c":{"b":2}}', '$.*.b'), jsonb_path_query_array('{"a":{"b":{"c":1}}}', '$.**.c'), jsonb_path_query_array('{"a":1}', '$.keyvalue()');

SELECT jsonb_path_query_array('[1,2,3]', '$[*] ? (@ >= $min)', '{"min":2}'), jsonb_path_exists('[1]', '$[*] ? (@ == $x)', '{"x":1}'), jsonb_path_query_array('[{"a":1},{"b":2}]', '$[*] ? (exists(@.a))'), jsonb_path_query_array('[1,null]', '$[*] ? (@ == null)');

SELECT jsonb_path_query('{"a":1}', 'strict $.b');

SELECT jsonb_path_query('[1,2]', 'strict $[5]');

-- differs: not built yet
SELECT jsonb_path_query('{"a":1}', '$.a.');

SELECT jsonb_path_query('1', '$ / 0');

SELECT jsonb_path_query('"x"', '$.double()');

SELECT jsonb_path_query('{"a":1}', 'strict $.b', '{}', true);

SELECT jsonb_path_match('{"a":1}', '$.a');

-- differs: not built yet
SELECT '$.a[*] ? (@ > 1 && @ < 5 || !(@ == 3))'::jsonpath, 'lax $."a b".c'::jsonpath, 'strict $[0 to last - 1]'::jsonpath, '$.a + 1 * -2'::jsonpath;

-- differs: not built yet
SELECT '$.'::jsonpath;

-- differs: not built yet
SELECT ''::jsonpath;

-- differs: not built yet
SELECT jsonb_path_query_array('["2020-01-02","10:00:00","2020-01-01 10:00:00"]', '$[*].datetime()'), jsonb_path_query_array('["2020-01-02"]', '$[*] ? (@.datetime() > "2020-01-01".datetime())');

SELECT (jb ->> 'a')::int + 1, (jb -> 'a')::text, jb ->> 'a' = '1', jb @> '{"a":1}' FROM docs WHERE id IN (1, 5, 6) ORDER BY id;

SELECT id FROM docs WHERE jb ? 'a' ORDER BY id;

SELECT id FROM docs WHERE jb -> 'a' IS NOT NULL AND jb ->> 'a' IS NULL;

SELECT jsonb_typeof(jb -> 'z'), jb - 'a', jb #- '{b,0}' FROM docs WHERE id IN (1, 5) ORDER BY id;

-- differs: not built yet
SELECT count(*) FROM docs WHERE jb @? '$.b[*] ? (@ == 2)';

SELECT pg_typeof('{"a":1}'::json -> 'a'), pg_typeof('{"a":1}'::jsonb ->> 'a'), pg_typeof(to_jsonb(1)), pg_typeof(json_agg(1));

SELECT json '"a"' #>> '{}', jsonb '"a"' #>> '{}', jsonb '1' #>> '{}', jsonb 'null' #>> '{}', jsonb '[1]' #>> '{}';

SELECT jsonb '{"a":"b\nc","d":"\"q\"","e":"\\","f":"/","g":"\u0001"}', json '{"a":"\/"}' ->> 'a', jsonb '"\/"';

SELECT jsonb '12345678901234567890.123456789', jsonb '1E400', jsonb '1.0e-5', jsonb '100000000000000000000000', jsonb '0.10', jsonb '-1.50';

SELECT json_build_object('k', row(1,2)), json_build_array(1::float8, 1.5::float4, 'NaN'::float8, 10::numeric(5,2), '1'::oid);

-- differs: not built yet
SELECT json_object_agg(k, v), jsonb_object_agg(k, v) FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) t(k, v);

SELECT jsonb_agg(x), json_agg(x) FROM (SELECT 1 WHERE false) t(x);

-- differs: not built yet
SELECT json_populate_record(NULL::emp, '{"id":1,"name":"X"}');

-- differs: not built yet
SELECT * FROM jsonb_populate_recordset(NULL::pairs, '[{"a":1,"b":2},{"a":3,"v":"z"}]');

SELECT IS_JSON('1');

SELECT '{"a":1}' IS JSON;

SELECT json_value('{"a":1}', '$.a');

SELECT jsonb_concat('{"a":1}', '{"b":2}'), jsonb_contains('{"a":1}', '{}'), jsonb_exists('{"a":1}', 'a'), jsonb_delete('{"a":1}', 'a'), json_array_element('[1,2]', 1), jsonb_object_field_text('{"a":1}', 'a');

SELECT jsonb_each('{"a":1,"b":2}');

SELECT (jsonb_each('{"a":1,"b":2}')).key;

SELECT (jsonb_each_text('{"a":1}')).*;

SELECT k, jsonb_array_elements(v) FROM jsonb_each('{"a":[1,2],"b":[3]}') e(k, v) ORDER BY 1, 2;

