-- JSON: operators, functions, both types, construction, aggregates, set-returning forms.

SELECT '{"a": 1}'::json, '{"a": 1}'::jsonb, ' [1 , 2] '::json, ' [1 , 2] '::jsonb, '"\u00e4"'::json, '"\u00e4"'::jsonb, '1.50'::jsonb, '1e3'::jsonb, '-0'::jsonb, 'null'::json;
json json | jsonb jsonb | json json | jsonb jsonb | json json | jsonb jsonb | jsonb jsonb | jsonb jsonb | jsonb jsonb | json json
{"a": 1} | {"a": 1} | " [1 , 2] " | [1, 2] | "\"\\u00e4\"" | "\"ä\"" | 1.50 | 1000 | 0 | null

SELECT '{"bb":1,"a":2,"c":3}'::jsonb, '{"a":1,"a":2}'::jsonb, '{"a":1,"a":2}'::json, '{"b":{"d":1,"c":2}}'::jsonb, '[]'::jsonb, '{}'::json;
jsonb jsonb | jsonb jsonb | json json | jsonb jsonb | jsonb jsonb | json json
{"a": 2, "c": 3, "bb": 1} | {"a": 2} | {"a":1,"a":2} | {"b": {"c": 2, "d": 1}} | [] | {}

SELECT '{"a":1'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: The input string ended unexpectedly.
POSITION: 1:8

SELECT '{"a" 1}'::jsonb;
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected ":", but found "1".
POSITION: 1:8

SELECT '[1,]'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected JSON value, but found "]".
POSITION: 1:8

SELECT '{a:1}'::jsonb;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "a" is invalid.
POSITION: 1:8

SELECT ''::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: The input string ended unexpectedly.
POSITION: 1:8

SELECT 'nul'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "nul" is invalid.
POSITION: 1:8

SELECT '"a'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token ""a" is invalid.
POSITION: 1:8

SELECT '01'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "01" is invalid.
POSITION: 1:8

SELECT '"\u00"'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: "\u" must be followed by four hexadecimal digits.
POSITION: 1:8

SELECT '"\u0000"'::jsonb;
ERROR 22P05: unsupported Unicode escape sequence
DETAIL: \u0000 cannot be converted to text.
POSITION: 1:8

SELECT '"\ud83d"'::jsonb;
ERROR 22P02: invalid input syntax for type json
DETAIL: Unicode low surrogate must follow a high surrogate.
POSITION: 1:8

SELECT '{"a":1} x'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "x" is invalid.
POSITION: 1:8

SELECT '[1 2]'::jsonb;
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected "," or "]", but found "2".
POSITION: 1:8

SELECT E'"a\tb"'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Character with value 0x09 must be escaped.
POSITION: 1:8

SELECT '"\x"'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Escape sequence "\x" is invalid.
POSITION: 1:8

SELECT '{"a":1,}'::jsonb;
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected string, but found "}".
POSITION: 1:8

SELECT '{1:2}'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected string or "}", but found "1".
POSITION: 1:8

SELECT 'truex'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "truex" is invalid.
POSITION: 1:8

SELECT '1.'::json, 1;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "1." is invalid.
POSITION: 1:8

SELECT '{"a":[1,{"b":'::json;
ERROR 22P02: invalid input syntax for type json
DETAIL: The input string ended unexpectedly.
POSITION: 1:8

SELECT '{"a": {"b": [1, 2, tru]}}'::jsonb;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "tru" is invalid.
POSITION: 1:8

SELECT '{"a":1}'::json -> 'a', '{"a":1}'::json ->> 'a', '[1,2]'::json -> 1, '[1,2]'::json ->> -1, '{"a":1}'::jsonb -> 'b', '[1]'::jsonb -> 5, '{"a":null}'::jsonb -> 'a', '{"a":null}'::jsonb ->> 'a', '"x"'::jsonb -> 0, '{"a":{"b":2}}'::jsonb -> 'a' -> 'b';
?column? json | ?column? text | ?column? json | ?column? text | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? text | ?column? jsonb | ?column? jsonb
1 | 1 | 2 | 2 | NULL | NULL | null | NULL | "\"x\"" | 2

SELECT '{"a":{"b":[1,2,3]}}'::json #> '{a,b,1}', '{"a":{"b":[1,2,3]}}'::jsonb #>> '{a,b,-1}', '{"a":1}'::jsonb #> '{}', '{"a":1}'::json #>> '{b}', '[1,[2]]'::jsonb #> ARRAY['1','0'];
?column? json | ?column? text | ?column? jsonb | ?column? text | ?column? jsonb
2 | 3 | {"a": 1} | NULL | 2

SELECT '{"a":1}' -> 'a';
ERROR 42725: operator is not unique: unknown -> unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
POSITION: 1:18

SELECT 1 -> 'a';
ERROR 42883: operator does not exist: integer -> unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT '{"a":1}'::json -> 1.5;
ERROR 42883: operator does not exist: json -> numeric
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:24

SELECT j -> 'a', j ->> 'a', jb -> 'a', jb ->> 'b', jb #> '{b,2,c}', j #>> '{z,y,x}', jb -> 1, jb ->> 1 FROM docs ORDER BY id;
?column? json | ?column? text | ?column? jsonb | ?column? text | ?column? jsonb | ?column? text | ?column? jsonb | ?column? text
1 | 1 | 1 | [1, 2, {"c": "x"}] | "\"x\"" | NULL | NULL | NULL
NULL | NULL | NULL | NULL | NULL | NULL | "\"two\"" | two
NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
null | NULL | null | NULL | NULL | 9.50 | NULL | NULL
NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL

SELECT '{"a":1,"b":2}'::jsonb @> '{"a":1}', '{"a":1}'::jsonb <@ '{"a":1,"b":2}', '[1,2,3]'::jsonb @> '[3,1]', '[1,2]'::jsonb @> '1', '{"a":[1,2]}'::jsonb @> '{"a":[1]}', '"x"'::jsonb @> '"x"', '{"a":{"b":1}}'::jsonb @> '{"a":{}}', '[[1]]'::jsonb @> '[1]';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t | t | t | f

SELECT '{"a":1}'::json @> '{"a":1}';
ERROR 42883: operator does not exist: json @> unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:24

SELECT '{"a":1,"b":2}'::jsonb ? 'a', '["a","b"]'::jsonb ? 'b', '"a"'::jsonb ? 'a', '{"a":1}'::jsonb ?| ARRAY['x','a'], '{"a":1}'::jsonb ?& ARRAY['x','a'], '{"a":1,"x":2}'::jsonb ?& ARRAY['x','a'], '[1]'::jsonb ? '1';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | f | t | f

SELECT '{"a":1}'::jsonb || '{"b":2}', '[1]'::jsonb || '[2]', '[1]'::jsonb || '2', '{"a":1}'::jsonb || '{"a":9}', '1'::jsonb || '2', '{"a":1}'::jsonb || '[2]', '[]'::jsonb || '{}';
?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb
{"a": 1, "b": 2} | [1, 2] | [1, 2] | {"a": 9} | [1, 2] | [{"a": 1}, 2] | [{}]

SELECT '1'::jsonb || '{"a":1}';
?column? jsonb
[1, {"a": 1}]

SELECT '{"a":1,"b":2}'::jsonb - 'a', '["a","b","a"]'::jsonb - 'a', '[1,2,3]'::jsonb - 1, '[1,2,3]'::jsonb - -1, '{"a":1,"b":2,"c":3}'::jsonb - ARRAY['a','c'], '{"a":{"b":1,"c":2}}'::jsonb #- '{a,b}', '[1,2]'::jsonb #- '{0}';
?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb
{"b": 2} | ["b"] | [1, 3] | [1, 2] | {"b": 2} | {"a": {"c": 2}} | [2]

SELECT '"x"'::jsonb - 'a';
ERROR 22023: cannot delete from scalar

SELECT '{"a":1}'::jsonb - 1;
ERROR 22023: cannot delete from object using integer index

SELECT '1'::jsonb #- '{a}';
ERROR 22023: cannot delete path in scalar

SELECT '{"a":1}'::jsonb = '{"a":1.0}', '{"a":1}'::jsonb < '{"a":2}', '[1,2]'::jsonb < '[1,3]', '1'::jsonb < '"a"'::jsonb, 'null'::jsonb < '1', '[]'::jsonb < '{}', '[1]'::jsonb > '[0,0]', 'true'::jsonb > 'false', '"a"'::jsonb < '"b"';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | f | t | t | f | t | t

SELECT '1'::json = '1'::json;
ERROR 42883: operator does not exist: json = json
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:18

SELECT x FROM (VALUES ('1'::jsonb), ('"a"'), ('null'), ('[1]'), ('{}'), ('true'), ('[]'), ('{"a":1}'), ('1.5'), ('"b"')) v(x) ORDER BY x;
x jsonb
[]
null
"\"a\""
"\"b\""
1
1.5
true
[1]
{}
{"a": 1}

SELECT DISTINCT jb -> 'a' AS x FROM docs ORDER BY x;
x jsonb
null
1
NULL

SELECT j FROM docs ORDER BY j;
ERROR 42883: could not identify an ordering operator for type json
HINT: Use an explicit ordering operator or modify the query.
POSITION: 1:29

SELECT DISTINCT j FROM docs;
ERROR 42883: could not identify an equality operator for type json
POSITION: 1:17

SELECT jb, count(*) FROM docs GROUP BY jb ORDER BY jb;
jb jsonb | count int8
"\"text\"" | 1
[1, "two", null, true] | 1
{} | 1
{"a": null, "z": {"y": {"x": 9.50}}} | 1
{"a": 1, "b": [1, 2, {"c": "x"}]} | 1
NULL | 1

SELECT ('{"a":{"b":[1,2]}}'::jsonb)['a'], ('{"a":{"b":[1,2]}}'::jsonb)['a']['b'][1], ('[1,2]'::jsonb)[0], ('[1,2]'::jsonb)['0'], ('{"a":1}'::jsonb)['x'], (jb)['a'] FROM docs WHERE id = 1;
jsonb jsonb | jsonb jsonb | jsonb jsonb | jsonb jsonb | jsonb jsonb | jb jsonb
{"b": [1, 2]} | 2 | 1 | 1 | NULL | 1

SELECT ('{"a":1}'::json)['a'];
ERROR 42804: cannot subscript type json because it does not support subscripting
POSITION: 1:9

SELECT ('[1,2]'::jsonb)[0:1];
ERROR 42804: jsonb subscript does not support slices
POSITION: 1:27

SELECT ('[1,2]'::jsonb)[1.5];
ERROR 42804: subscript type numeric is not supported
HINT: jsonb subscript must be coercible to either integer or text.
POSITION: 1:25

SELECT json_build_object('a', 1, 'b', NULL, 'c', ARRAY[1,2], 'd', '{"x":1}'::json), jsonb_build_object('a', true, 'b', 1.50, 'c', 'x'), json_build_object(), json_build_array(1, 'a', NULL, ARRAY[1]), jsonb_build_array(1, 'x', now() IS NULL), json_build_array();
json_build_object json | jsonb_build_object jsonb | json_build_object json | json_build_array json | jsonb_build_array jsonb | json_build_array json
{"a" : 1, "b" : null, "c" : [1,2], "d" : {"x":1}} | {"a": true, "b": 1.50, "c": "x"} | {} | [1, "a", null, [1]] | [1, "x", false] | []

SELECT json_build_object('a');
ERROR 22023: argument list must have even number of elements
HINT: The arguments of json_build_object() must consist of alternating keys and values.

SELECT json_build_object(NULL, 1);
ERROR 22023: argument 1 cannot be null
HINT: Object keys should be text.

-- differs: a known fault
SELECT json_build_object(1, 2, true, false, '2020-01-01'::date, 1);
json_build_object json
{"1" : 2, "true" : false, "2020-01-01" : 1}
~~~~
json_build_object json
{"1" : 2, "t" : false, "2020-01-01" : 1}

SELECT jsonb_build_object(ARRAY[1], 2);
ERROR 22023: key value must be scalar, not array, composite, or json

SELECT json_object('{a,1,b,2}'), json_object('{{a,1},{b,2}}'), json_object('{a,b}', '{1,2}'), jsonb_object('{a,b}', '{1,NULL}');
json_object json | json_object json | json_object json | jsonb_object jsonb
{"a" : "1", "b" : "2"} | {"a" : "1", "b" : "2"} | {"a" : "1", "b" : "2"} | {"a": "1", "b": null}

SELECT json_object('{a,b,c}');
ERROR 2202E: array must have even number of elements

SELECT json_object('{a}', '{1,2}');
ERROR 2202E: mismatched array dimensions

SELECT to_json(1), to_json('a"b'::text), to_json(ARRAY[1,2]), to_json(NULL::int), to_jsonb(true), to_jsonb(1.50), to_jsonb('2020-01-01'::date), to_json('2020-01-01 10:00'::timestamp), to_json('2020-01-01 10:00+00'::timestamptz), to_json('infinity'::date), to_jsonb('NaN'::float8), to_json('1 day'::interval), to_json('\x01'::bytea);
to_json json | to_json json | to_json json | to_json json | to_jsonb jsonb | to_jsonb jsonb | to_jsonb jsonb | to_json json | to_json json | to_json json | to_jsonb jsonb | to_json json | to_json json
1 | "\"a\\\"b\"" | [1,2] | NULL | true | 1.50 | "\"2020-01-01\"" | "\"2020-01-01T10:00:00\"" | "\"2020-01-01T10:00:00+00:00\"" | "\"infinity\"" | "\"NaN\"" | "\"1 day\"" | "\"\\\\x01\""

-- differs: only the position, detail or hint differs
SELECT to_json('a');
ERROR 42804: could not determine polymorphic type because input has type unknown
~~~~
ERROR 42804: could not determine polymorphic type because input has type unknown
POSITION: 1:8

SELECT to_json(ROW(1, 'a')), to_jsonb(ARRAY[ROW(1, 2)]), to_json(ARRAY[[1,2],[3,4]]), to_jsonb('{"a": 1}'::json), to_json('{}'::int[]);
to_json json | to_jsonb jsonb | to_json json | to_jsonb jsonb | to_json json
{"f1":1,"f2":"a"} | [{"f1": 1, "f2": 2}] | [[1,2],[3,4]] | {"a": 1} | []

SELECT array_to_json(ARRAY[1,2]), array_to_json(ARRAY[[1,2],[3,4]], true), array_to_json(ARRAY['a', NULL]), row_to_json(ROW(1, 'x')), row_to_json(ROW(1, 2), true);
array_to_json json | array_to_json json | array_to_json json | row_to_json json | row_to_json json
[1,2] | "[[1,2],\n [3,4]]" | ["a",null] | {"f1":1,"f2":"x"} | "{\"f1\":1,\n \"f2\":2}"

SELECT row_to_json(t) FROM (SELECT 1 AS a, 'x' AS b) t;
row_to_json json
{"a":1,"b":"x"}

SELECT row_to_json(t) FROM (VALUES (1, 'a'), (2, NULL)) t(id, name) ORDER BY id;
row_to_json json
{"id":1,"name":"a"}
{"id":2,"name":null}

SELECT json_agg(t) FROM (SELECT 1 AS a, 'x' AS b) t;
json_agg json
[{"a":1,"b":"x"}]

SELECT json_agg(id ORDER BY id), jsonb_agg(name ORDER BY id), json_agg(boss ORDER BY id), json_agg(id) FILTER (WHERE id > 100) FROM emp WHERE id < 4;
json_agg json | jsonb_agg jsonb | json_agg json | json_agg json
[1, 2, 3] | ["Ada", "Bob", "Cy"] | [null, 1, 1] | NULL

SELECT json_object_agg(id, name ORDER BY id), jsonb_object_agg(name, dept), json_object_agg(name, NULL ORDER BY name) FROM emp WHERE id < 4;
json_object_agg json | jsonb_object_agg jsonb | json_object_agg json
{ "1" : "Ada", "2" : "Bob", "3" : "Cy" } | {"Cy": 20, "Ada": 10, "Bob": 10} | { "Ada" : null, "Bob" : null, "Cy" : null }

SELECT json_object_agg(boss, id) FROM emp;
ERROR 22023: field name must not be null

SELECT dept, jsonb_agg(jsonb_build_object('n', name, 's', salary) ORDER BY id) FROM emp GROUP BY dept ORDER BY dept;
dept int4 | jsonb_agg jsonb
10 | [{"n": "Ada", "s": 5000.00}, {"n": "Bob", "s": 3200.50}]
20 | [{"n": "Cy", "s": 3200.50}, {"n": "Dee", "s": null}]
30 | [{"n": "Flo", "s": 4100.25}, {"n": "Gus", "s": 0.00}]
99 | [{"n": "Hal", "s": 2500.00}]
NULL | [{"n": "Eve", "s": 1000.00}]

SELECT json_typeof('1'), json_typeof('"a"'), json_typeof('null'), json_typeof('[]'), json_typeof('{}'), json_typeof('true'), jsonb_typeof('1.5'), jsonb_typeof(jb) FROM docs WHERE id = 2;
json_typeof text | json_typeof text | json_typeof text | json_typeof text | json_typeof text | json_typeof text | jsonb_typeof text | jsonb_typeof text
number | string | null | array | object | boolean | number | array

SELECT json_array_length('[1,2,3]'), jsonb_array_length('[]'), jsonb_array_length('[[1,2]]');
json_array_length int4 | jsonb_array_length int4 | jsonb_array_length int4
3 | 0 | 1

SELECT json_array_length('{}');
ERROR 22023: cannot get array length of a non-array

SELECT jsonb_array_length('1');
ERROR 22023: cannot get array length of a scalar

SELECT json_array_elements('[1,"a",null,[2]]');
json_array_elements json
"\"a\""
1
[2]
null

SELECT jsonb_array_elements_text('[1,"a",null,{"b":1}]');
jsonb_array_elements_text text
1
NULL
a
{"b": 1}

-- differs: only the words of the message differ
SELECT json_array_elements('{}');
ERROR 22023: cannot call json_array_elements on a non-array
~~~~
ERROR 22023: cannot extract elements from an object

SELECT jsonb_array_elements('1');
ERROR 22023: cannot extract elements from a scalar

SELECT * FROM jsonb_array_elements('[1,2]') WITH ORDINALITY AS t(v, n);
v jsonb | n int8
1 | 1
2 | 2

SELECT json_object_keys('{"b":1,"a":2}');
json_object_keys text
a
b

SELECT jsonb_object_keys('{"b":1,"a":2}');
jsonb_object_keys text
a
b

SELECT json_object_keys('[1]');
ERROR 22023: cannot call json_object_keys on an array

SELECT jsonb_object_keys('1');
ERROR 22023: cannot call jsonb_object_keys on a scalar

SELECT * FROM json_each('{"a":1,"b":"x"}');
key text | value json
a | 1
b | "\"x\""

SELECT * FROM jsonb_each_text('{"a":null,"b":"x","c":[1]}');
key text | value text
a | NULL
b | x
c | [1]

SELECT json_each('{"a":1}');
json_each record
(a,1)

-- differs: only the words of the message differ
SELECT * FROM json_each('[1]');
ERROR 22023: cannot deconstruct an array as an object
~~~~
ERROR 22023: cannot call json_each on a non-object

SELECT d.id, k, v FROM docs d, jsonb_each(d.jb) AS e(k, v) WHERE d.id IN (1, 5) ORDER BY d.id, k;
id int4 | k text | v jsonb
1 | a | 1
1 | b | [1, 2, {"c": "x"}]
5 | a | null
5 | z | {"y": {"x": 9.50}}

SELECT d.id, x.value FROM docs d CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(d.jb) = 'array' THEN d.jb ELSE '[]' END) x ORDER BY d.id, x.value::text;
id int4 | value jsonb
2 | "\"two\""
2 | 1
2 | null
2 | true

SELECT json_extract_path('{"a":{"b":1}}', 'a', 'b'), json_extract_path_text('{"a":"x"}', 'a'), jsonb_extract_path('{"a":[1,2]}', 'a', '1'), jsonb_extract_path_text('{"a":null}', 'a');
json_extract_path json | json_extract_path_text text | jsonb_extract_path jsonb | jsonb_extract_path_text text
1 | x | 2 | NULL

SELECT jsonb_set('{"a":1}', '{a}', '2'), jsonb_set('{"a":1}', '{b}', '2'), jsonb_set('{"a":1}', '{b}', '2', false), jsonb_set('[1,2]', '{-1}', '9'), jsonb_set('[1,2]', '{5}', '9'), jsonb_set('{"a":{"b":1}}', '{a,b}', '{"c":2}'), jsonb_set('{"a":1}', '{x,y}', '1'), jsonb_set(NULL, '{a}', '1'), jsonb_set('{"a":1}', '{}', '2');
jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb
{"a": 2} | {"a": 1, "b": 2} | {"a": 1} | [1, 9] | [1, 2, 9] | {"a": {"b": {"c": 2}}} | {"a": 1} | NULL | {"a": 1}

SELECT jsonb_set('1', '{a}', '2');
ERROR 22023: cannot set path in scalar

SELECT jsonb_set('[1]', '{x}', '2');
ERROR 22P02: path element at position 1 is not an integer: "x"

SELECT jsonb_set_lax('{"a":1}', '{a}', NULL), jsonb_set_lax('{"a":1}', '{a}', NULL, true, 'delete_key'), jsonb_set_lax('{"a":1}', '{a}', NULL, true, 'return_target');
jsonb_set_lax jsonb | jsonb_set_lax jsonb | jsonb_set_lax jsonb
{"a": null} | {} | {"a": 1}

SELECT jsonb_set_lax('{"a":1}', '{a}', NULL, true, 'raise_exception');
ERROR 22004: JSON value must not be null
DETAIL: Exception was raised because null_value_treatment is "raise_exception".
HINT: To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed.

SELECT jsonb_insert('[1,2]', '{1}', '9'), jsonb_insert('[1,2]', '{1}', '9', true), jsonb_insert('{"a":1}', '{b}', '2'), jsonb_insert('[1,2]', '{-1}', '0', true), jsonb_insert('[]', '{0}', '1');
jsonb_insert jsonb | jsonb_insert jsonb | jsonb_insert jsonb | jsonb_insert jsonb | jsonb_insert jsonb
[1, 9, 2] | [1, 2, 9] | {"a": 1, "b": 2} | [1, 2, 0] | [1]

SELECT jsonb_insert('{"a":1}', '{a}', '2');
ERROR 22023: cannot replace existing key
HINT: Try using the function jsonb_set to replace key value.

SELECT jsonb_pretty('{"a":[1,2,{"b":null}],"c":{}}'), jsonb_pretty('[]');
jsonb_pretty text | jsonb_pretty text
"{\n    \"a\": [\n        1,\n        2,\n        {\n            \"b\": null\n        }\n    ],\n    \"c\": {\n    }\n}" | "[\n]"

SELECT json_strip_nulls('{"a":null,"b":[null,1],"c":{"d":null}}'), jsonb_strip_nulls('{"a":null,"b":1}');
json_strip_nulls json | jsonb_strip_nulls jsonb
{"b":[null,1],"c":{}} | {"b": 1}

-- differs: column definition lists are refused
SELECT * FROM json_to_record('{"a":1,"b":"x","c":[1,2]}') AS t(a int, b text, c int[]);
a int4 | b text | c int4[]
1 | x | {1,2}
~~~~
ERROR 0A000: a column definition list is not supported for this function
POSITION: 1:15

-- differs: column definition lists are refused
SELECT * FROM jsonb_to_recordset('[{"a":1,"b":"x"},{"a":2}]') AS t(a int, b text);
a int4 | b text
1 | x
2 | NULL
~~~~
ERROR 0A000: a column definition list is not supported for this function
POSITION: 1:15

-- differs: column definition lists are refused
SELECT * FROM json_to_record('{"a":"x"}') AS t(a int);
ERROR 22P02: invalid input syntax for type integer: "x"
~~~~
ERROR 0A000: a column definition list is not supported for this function
POSITION: 1:15

-- differs: column definition lists are refused
SELECT * FROM json_to_record('{"a":1}');
ERROR 42601: a column definition list is required for functions returning "record"
POSITION: 1:15
~~~~
ERROR 42883: function json_to_record(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15

-- differs: column definition lists are refused
SELECT * FROM jsonb_to_record('[1]') AS t(a int);
ERROR 22023: cannot call populate_composite on an array
~~~~
ERROR 0A000: a column definition list is not supported for this function
POSITION: 1:15

SELECT jsonb_path_query('{"a":[1,2,3]}', '$.a[*]');
jsonb_path_query jsonb
1
2
3

SELECT jsonb_path_query('{"a":[1,2,3,4]}', '$.a[*] ? (@ > 2)');
jsonb_path_query jsonb
3
4

SELECT jsonb_path_query_array('{"a":[1,2,3]}', '$.a[1 to 2]'), jsonb_path_query_first('{"a":[1,2]}', '$.a[*]'), jsonb_path_exists('{"a":1}', '$.a'), jsonb_path_exists('{"a":1}', '$.b'), jsonb_path_match('{"a":1}', '$.a == 1'), jsonb_path_query_array('[1,"a",null]', '$[*].type()');
jsonb_path_query_array jsonb | jsonb_path_query_first jsonb | jsonb_path_exists bool | jsonb_path_exists bool | jsonb_path_match bool | jsonb_path_query_array jsonb
[2, 3] | 1 | t | f | t | ["number", "string", "null"]

SELECT jsonb_path_query_array('{"a":[1,2,3]}', '$.a[last]'), jsonb_path_query_array('{"a":[1,2,3]}', '$.a.size()'), jsonb_path_query_array('[1.7,-1.2]', '$[*].floor()'), jsonb_path_query_array('[1.7,-1.2]', '$[*].abs()'), jsonb_path_query_array('["1.5"]', '$[*].double()'), jsonb_path_query_array('{"x":2,"y":3}', '$.x * $.y + 1');
jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb
[3] | [3] | [1, -2] | [1.7, 1.2] | [1.5] | [7]

-- differs: the function does not exist in Millrace
SELECT '{"a":[1,2]}'::jsonb @? '$.a[*] ? (@ == 2)', '{"a":[1,2]}'::jsonb @@ '$.a[0] == 1', '{"a":1}'::jsonb @@ '$.a', '[1]'::jsonb @? '$[5]';
?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | NULL | f
~~~~
ERROR 42883: operator does not exist: jsonb @? unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:29

-- differs: refused with 0A000
SELECT jsonb_path_query_array('["abc","xyz"]', '$[*] ? (@ like_regex "^a")'), jsonb_path_query_array('["abc","xyz"]', '$[*] ? (@ starts with "x")'), jsonb_path_query_array('{"a":{"b":1},"c":{"b":2}}', '$.*.b'), jsonb_path_query_array('{"a":{"b":{"c":1}}}', '$.**.c'), jsonb_path_query_array('{"a":1}', '$.keyvalue()');
jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb
["abc"] | ["xyz"] | [1, 2] | [1] | [{"id": 0, "key": "a", "value": 1}]
~~~~
ERROR 0A000: like_regex of jsonpath is not supported

SELECT jsonb_path_query_array('[1,2,3]', '$[*] ? (@ >= $min)', '{"min":2}'), jsonb_path_exists('[1]', '$[*] ? (@ == $x)', '{"x":1}'), jsonb_path_query_array('[{"a":1},{"b":2}]', '$[*] ? (exists(@.a))'), jsonb_path_query_array('[1,null]', '$[*] ? (@ == null)');
jsonb_path_query_array jsonb | jsonb_path_exists bool | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb
[2, 3] | t | [{"a": 1}] | [null]

SELECT jsonb_path_query('{"a":1}', 'strict $.b');
ERROR 2203A: JSON object does not contain key "b"

SELECT jsonb_path_query('[1,2]', 'strict $[5]');
ERROR 22033: jsonpath array subscript is out of bounds

-- differs: only the position, detail or hint differs
SELECT jsonb_path_query('{"a":1}', '$.a.');
ERROR 42601: syntax error at end of jsonpath input
POSITION: 1:36
~~~~
ERROR 42601: syntax error at end of jsonpath input

SELECT jsonb_path_query('1', '$ / 0');
ERROR 22012: division by zero

SELECT jsonb_path_query('"x"', '$.double()');
ERROR 22036: string argument of jsonpath item method .double() is not a valid representation of a double precision number

SELECT jsonb_path_query('{"a":1}', 'strict $.b', '{}', true);
jsonb_path_query jsonb

SELECT jsonb_path_match('{"a":1}', '$.a');
ERROR 22038: single boolean result is expected

-- differs: the type does not exist in Millrace
SELECT '$.a[*] ? (@ > 1 && @ < 5 || !(@ == 3))'::jsonpath, 'lax $."a b".c'::jsonpath, 'strict $[0 to last - 1]'::jsonpath, '$.a + 1 * -2'::jsonpath;
jsonpath oid4072 | jsonpath oid4072 | jsonpath oid4072 | jsonpath oid4072
"$.\"a\"[*]?(@ > 1 && @ < 5 || !(@ == 3))" | $."a b"."c" | strict $[0 to last - 1] | ($."a" + 1 * -2)
~~~~
ERROR 42704: type "jsonpath" does not exist
POSITION: 1:50

-- differs: the type does not exist in Millrace
SELECT '$.'::jsonpath;
ERROR 42601: syntax error at end of jsonpath input
POSITION: 1:8
~~~~
ERROR 42704: type "jsonpath" does not exist
POSITION: 1:14

-- differs: the type does not exist in Millrace
SELECT ''::jsonpath;
ERROR 22P02: invalid input syntax for type jsonpath: ""
POSITION: 1:8
~~~~
ERROR 42704: type "jsonpath" does not exist
POSITION: 1:12

-- differs: refused with 0A000
SELECT jsonb_path_query_array('["2020-01-02","10:00:00","2020-01-01 10:00:00"]', '$[*].datetime()'), jsonb_path_query_array('["2020-01-02"]', '$[*] ? (@.datetime() > "2020-01-01".datetime())');
jsonb_path_query_array jsonb | jsonb_path_query_array jsonb
["2020-01-02", "10:00:00", "2020-01-01T10:00:00"] | ["2020-01-02"]
~~~~
ERROR 0A000: .datetime() of jsonpath is not supported

SELECT (jb ->> 'a')::int + 1, (jb -> 'a')::text, jb ->> 'a' = '1', jb @> '{"a":1}' FROM docs WHERE id IN (1, 5, 6) ORDER BY id;
?column? int4 | text text | ?column? bool | ?column? bool
2 | 1 | t | t
NULL | null | NULL | f
NULL | NULL | NULL | f

SELECT id FROM docs WHERE jb ? 'a' ORDER BY id;
id int4
1
5

SELECT id FROM docs WHERE jb -> 'a' IS NOT NULL AND jb ->> 'a' IS NULL;
id int4
5

SELECT jsonb_typeof(jb -> 'z'), jb - 'a', jb #- '{b,0}' FROM docs WHERE id IN (1, 5) ORDER BY id;
jsonb_typeof text | ?column? jsonb | ?column? jsonb
NULL | {"b": [1, 2, {"c": "x"}]} | {"a": 1, "b": [2, {"c": "x"}]}
object | {"z": {"y": {"x": 9.50}}} | {"a": null, "z": {"y": {"x": 9.50}}}

-- differs: the function does not exist in Millrace
SELECT count(*) FROM docs WHERE jb @? '$.b[*] ? (@ == 2)';
count int8
1
~~~~
ERROR 42883: operator does not exist: jsonb @? unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:36

SELECT pg_typeof('{"a":1}'::json -> 'a'), pg_typeof('{"a":1}'::jsonb ->> 'a'), pg_typeof(to_jsonb(1)), pg_typeof(json_agg(1));
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
json | text | jsonb | json

SELECT json '"a"' #>> '{}', jsonb '"a"' #>> '{}', jsonb '1' #>> '{}', jsonb 'null' #>> '{}', jsonb '[1]' #>> '{}';
?column? text | ?column? text | ?column? text | ?column? text | ?column? text
a | a | 1 | NULL | [1]

SELECT jsonb '{"a":"b\nc","d":"\"q\"","e":"\\","f":"/","g":"\u0001"}', json '{"a":"\/"}' ->> 'a', jsonb '"\/"';
jsonb jsonb | ?column? text | jsonb jsonb
{"a": "b\nc", "d": "\"q\"", "e": "\\", "f": "/", "g": "\u0001"} | / | "\"/\""

SELECT jsonb '12345678901234567890.123456789', jsonb '1E400', jsonb '1.0e-5', jsonb '100000000000000000000000', jsonb '0.10', jsonb '-1.50';
jsonb jsonb | jsonb jsonb | jsonb jsonb | jsonb jsonb | jsonb jsonb | jsonb jsonb
12345678901234567890.123456789 | 10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 | 0.000010 | 100000000000000000000000 | 0.10 | -1.50

SELECT json_build_object('k', row(1,2)), json_build_array(1::float8, 1.5::float4, 'NaN'::float8, 10::numeric(5,2), '1'::oid);
json_build_object json | json_build_array json
{"k" : {"f1":1,"f2":2}} | [1, 1.5, "NaN", 10.00, "1"]

-- differs: without ORDER BY an aggregate takes its input in an order of its own, so that views are deterministic
SELECT json_object_agg(k, v), jsonb_object_agg(k, v) FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) t(k, v);
json_object_agg json | jsonb_object_agg jsonb
{ "a" : 1, "b" : 2, "a" : 3 } | {"a": 3, "b": 2}
~~~~
json_object_agg json | jsonb_object_agg jsonb
{ "a" : 1, "a" : 3, "b" : 2 } | {"a": 3, "b": 2}

SELECT jsonb_agg(x), json_agg(x) FROM (SELECT 1 WHERE false) t(x);
jsonb_agg jsonb | json_agg json
NULL | NULL

-- differs: column definition lists are refused
SELECT json_populate_record(NULL::emp, '{"id":1,"name":"X"}');
json_populate_record user
(1,X,,,,)
~~~~
ERROR 42883: function json_populate_record(emp, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: column definition lists are refused
SELECT * FROM jsonb_populate_recordset(NULL::pairs, '[{"a":1,"b":2},{"a":3,"v":"z"}]');
a int4 | b int4 | v text
1 | 2 | NULL
3 | NULL | z
~~~~
ERROR 42883: function jsonb_populate_recordset(pairs, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:15

SELECT IS_JSON('1');
ERROR 42883: function is_json(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT '{"a":1}' IS JSON;
ERROR 42601: syntax error at or near "JSON"
POSITION: 1:21

SELECT json_value('{"a":1}', '$.a');
ERROR 42883: function json_value(unknown, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT jsonb_concat('{"a":1}', '{"b":2}'), jsonb_contains('{"a":1}', '{}'), jsonb_exists('{"a":1}', 'a'), jsonb_delete('{"a":1}', 'a'), json_array_element('[1,2]', 1), jsonb_object_field_text('{"a":1}', 'a');
jsonb_concat jsonb | jsonb_contains bool | jsonb_exists bool | jsonb_delete jsonb | json_array_element json | jsonb_object_field_text text
{"a": 1, "b": 2} | t | t | {} | 2 | 1

SELECT jsonb_each('{"a":1,"b":2}');
jsonb_each record
(a,1)
(b,2)

SELECT (jsonb_each('{"a":1,"b":2}')).key;
key text
a
b

SELECT (jsonb_each_text('{"a":1}')).*;
key text | value text
a | 1

SELECT k, jsonb_array_elements(v) FROM jsonb_each('{"a":[1,2],"b":[3]}') e(k, v) ORDER BY 1, 2;
k text | jsonb_array_elements jsonb
a | 1
a | 2
b | 3
