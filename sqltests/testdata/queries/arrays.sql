-- Arrays: constructors, subscripts, slices, operators, functions, text form.

SELECT ARRAY[1,2,3], ARRAY['a','b'], ARRAY[1,NULL], ARRAY[]::int[], ARRAY[[1,2],[3,4]], ARRAY[ARRAY[1],ARRAY[2]];
array int4[] | array text[] | array int4[] | array int4[] | array int4[] | array int4[]
{1,2,3} | {a,b} | {1,NULL} | {} | {{1,2},{3,4}} | {{1},{2}}

SELECT ARRAY[];
ERROR 42P18: cannot determine type of empty array
HINT: Explicitly cast to the desired type, for example ARRAY[]::integer[].
POSITION: 1:8

SELECT ARRAY[1, 2.5], ARRAY[1, 2::int8], ARRAY['1', 2], ARRAY[NULL, NULL], ARRAY[NULL, 1];
array numeric[] | array int8[] | array int4[] | array text[] | array int4[]
{1,2.5} | {1,2} | {1,2} | {NULL,NULL} | {NULL,1}

SELECT ARRAY[1, 'x'];
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:17

SELECT ARRAY[1, true];
ERROR 42804: ARRAY types integer and boolean cannot be matched
POSITION: 1:17

SELECT ARRAY[[1,2],[3]];
ERROR 2202E: multidimensional arrays must have array expressions with matching dimensions

-- differs: refused for another reason first
SELECT ARRAY[1,[2]];
ERROR 42601: syntax error at or near "["
POSITION: 1:16
~~~~
ERROR 42804: ARRAY types integer and integer[] cannot be matched
POSITION: 1:16

-- differs: refused for another reason first
SELECT ARRAY[[1],2];
ERROR 42601: syntax error at or near "2"
POSITION: 1:18
~~~~
ERROR 42804: ARRAY types integer[] and integer cannot be matched
POSITION: 1:18

SELECT (ARRAY[1,2,3])[1], (ARRAY[1,2,3])[4], (ARRAY[1,2,3])[0], (ARRAY[1,2,3])[NULL], (ARRAY[[1,2],[3,4]])[2][1], (ARRAY[[1,2],[3,4]])[2];
array int4 | array int4 | array int4 | array int4 | array int4 | array int4
1 | NULL | NULL | NULL | 3 | NULL

SELECT (ARRAY[1,2,3,4])[2:3], (ARRAY[1,2,3,4])[:2], (ARRAY[1,2,3,4])[3:], (ARRAY[1,2,3,4])[:], (ARRAY[1,2,3,4])[5:6], (ARRAY[1,2,3,4])[3:2], (ARRAY[1,2,3,4])[NULL:2];
array int4[] | array int4[] | array int4[] | array int4[] | array int4[] | array int4[] | array int4[]
{2,3} | {1,2} | {3,4} | {1,2,3,4} | {} | {} | NULL

SELECT (ARRAY[[1,2,3],[4,5,6]])[1:2][2:3], (ARRAY[[1,2,3],[4,5,6]])[2:2], (ARRAY[[1,2,3],[4,5,6]])[1:1][2], (ARRAY[[1,2,3],[4,5,6]])[:][:2];
array int4[] | array int4[] | array int4[] | array int4[]
{{2,3},{5,6}} | {{4,5,6}} | {{1,2}} | {{1,2},{4,5}}

-- differs: the words belong to ksqlDB's language here
SELECT ARRAY[1,2,3][2];
ERROR 42601: syntax error at or near "["
POSITION: 1:20
~~~~
array int4
2

SELECT (ARRAY[1,2,3])['1'], (ARRAY[1,2,3])[1.6];
array int4 | array int4
1 | 2

SELECT (ARRAY[1,2,3])['x'];
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:23

SELECT (ARRAY[1,2,3])[true];
ERROR 42804: array subscript must have type integer
POSITION: 1:23

SELECT (1)[1];
ERROR 42804: cannot subscript type integer because it does not support subscripting
POSITION: 1:9

SELECT 'abc'[1];
ERROR 42601: syntax error at or near "["
POSITION: 1:13

SELECT ('abc'::text)[1];
ERROR 42804: cannot subscript type text because it does not support subscripting
POSITION: 1:9

SELECT id, a[1], a[2], a[1:2], s[1] FROM docs ORDER BY id;
id int4 | a int4 | a int4 | a int4[] | s text
1 | 1 | 2 | {1,2} | a
2 | NULL | NULL | {} | NULL
3 | NULL | 1 | {NULL,1} | x
4 | NULL | NULL | NULL | NULL
5 | NULL | NULL | {{1,2},{3,4}} | a b
6 | NULL | 7 | {7} | A

SELECT id, a[2][1], a[3], a[2:3] FROM docs ORDER BY id;
id int4 | a int4 | a int4 | a int4[]
1 | NULL | 3 | {2,3}
2 | NULL | NULL | {}
3 | NULL | NULL | {1}
4 | NULL | NULL | NULL
5 | 3 | NULL | {{3,4}}
6 | NULL | 8 | {7,8}

SELECT ARRAY[1,2] || 3, 0 || ARRAY[1,2], ARRAY[1,2] || ARRAY[3], ARRAY[1] || NULL, NULL || ARRAY[1], ARRAY[1,2] || '{3,4}', ARRAY['a'] || 'b'::text;
?column? int4[] | ?column? int4[] | ?column? int4[] | ?column? int4[] | ?column? int4[] | ?column? int4[] | ?column? text[]
{1,2,3} | {0,1,2} | {1,2,3} | {1} | {1} | {1,2,3,4} | {a,b}

SELECT ARRAY['a'] || 'b';
ERROR 22P02: malformed array literal: "b"
DETAIL: Array value must start with "{" or dimension information.
POSITION: 1:22

SELECT ARRAY[[1,2],[3,4]] || ARRAY[5,6], ARRAY[5,6] || ARRAY[[1,2]], ARRAY[[1,2]] || ARRAY[[3,4]];
?column? int4[] | ?column? int4[] | ?column? int4[]
{{1,2},{3,4},{5,6}} | {{5,6},{1,2}} | {{1,2},{3,4}}

-- differs: only the position, detail or hint differs
SELECT ARRAY[[1,2]] || ARRAY[3];
ERROR 2202E: cannot concatenate incompatible arrays
DETAIL: Arrays with differing dimensions are not compatible for concatenation.
~~~~
ERROR 2202E: cannot concatenate incompatible arrays

SELECT ARRAY[1] || 'x';
ERROR 22P02: malformed array literal: "x"
DETAIL: Array value must start with "{" or dimension information.
POSITION: 1:20

SELECT ARRAY[1] || ARRAY['x'];
ERROR 42883: operator does not exist: integer[] || text[]
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:17

SELECT ARRAY[1] || 2.5, ARRAY[1] || 2::int8, 1.5 || ARRAY[1];
?column? numeric[] | ?column? int8[] | ?column? numeric[]
{1,2.5} | {1,2} | {1.5,1}

SELECT ARRAY[1,2] = ARRAY[1,2], ARRAY[1,2] < ARRAY[1,3], ARRAY[1,2] < ARRAY[1,2,0], ARRAY[2] > ARRAY[1,5], ARRAY[1,NULL] = ARRAY[1,NULL], ARRAY[1,NULL] > ARRAY[1,5], ARRAY[1,2] <> ARRAY[2,1];
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t | t | t

SELECT ARRAY[1,2] = ARRAY['1','2'];
ERROR 42883: operator does not exist: integer[] = text[]
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:19

SELECT ARRAY[1,2] = '{1,2}', '{1,2}' = ARRAY[1,2];
?column? bool | ?column? bool
t | t

SELECT ARRAY[1] = ARRAY[1.0];
ERROR 42883: operator does not exist: integer[] = numeric[]
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:17

SELECT ARRAY[1,2,3] @> ARRAY[2], ARRAY[2] <@ ARRAY[1,2,3], ARRAY[1,2] && ARRAY[2,3], ARRAY[1] && ARRAY[2], ARRAY[1,1] <@ ARRAY[1], ARRAY[NULL,1] @> ARRAY[NULL::int], ARRAY[1] @> '{}';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | f | t | f | t

SELECT ARRAY[1] @> 1;
ERROR 42883: operator does not exist: integer[] @> integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:17

SELECT ARRAY[1] @> ARRAY['a'];
ERROR 42883: operator does not exist: integer[] @> text[]
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:17

SELECT 1 = ANY(ARRAY[1,2]), 3 = ANY(ARRAY[1,2]), 3 = ANY(ARRAY[1,NULL]), NULL = ANY(ARRAY[1]), 1 = ANY('{1,2}'), 1 = ANY(NULL), 1 = ANY('{}'::int[]);
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | NULL | NULL | t | NULL | f

SELECT 1 = ALL(ARRAY[1,1]), 1 = ALL(ARRAY[1,2]), 1 = ALL(ARRAY[1,NULL]), 1 = ALL('{}'::int[]), 2 > ALL(ARRAY[0,1]), 1 <> ALL(ARRAY[2,NULL]), 1 <> ALL(ARRAY[1,NULL]);
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | NULL | t | t | NULL | f

SELECT 5 < SOME(ARRAY[1,10]), 'a' LIKE ANY(ARRAY['b%','a%']), 'abc' NOT LIKE ALL(ARRAY['x%','y%']), 'ABC' ILIKE ANY('{a%}'), 'abc' ~ ANY(ARRAY['^a','z']), 'a' ~~ ANY('{a}');
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t | t

SELECT 1 = ANY(1);
ERROR 42809: op ANY/ALL (array) requires array on right side
POSITION: 1:10

SELECT 1 = ANY(ARRAY['a']);
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 'a' = ANY(ARRAY[1]);
ERROR 22P02: invalid input syntax for type integer: "a"
POSITION: 1:8

-- differs: refused for another reason first
SELECT 1 + ANY(ARRAY[1]);
ERROR 42809: op ANY/ALL (array) requires operator to yield boolean
POSITION: 1:10
~~~~
ERROR 42883: function any +(integer, integer[]) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 1 = ANY(ARRAY[[1,2],[3,4]]), 4 = ANY('{{1,2},{3,4}}'::int[]);
?column? bool | ?column? bool
t | t

SELECT 1.0 = ANY(ARRAY[1,2]), 1 = ANY(ARRAY[1.0]), 1::int8 = ANY(ARRAY[1]), 'a'::varchar = ANY(ARRAY['a','b']), '2020-01-01' = ANY(ARRAY[date '2020-01-01']);
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t

SELECT id FROM emp WHERE id = ANY(ARRAY[1,3,5]) ORDER BY id;
id int4
1
3
5

SELECT id FROM docs WHERE 1 = ANY(a) ORDER BY id;
id int4
1
3
5

SELECT id FROM docs WHERE 1 <> ALL(a) ORDER BY id;
id int4
2
6

SELECT id FROM docs WHERE a @> ARRAY[1,2] ORDER BY id;
id int4
1
5

SELECT id FROM docs WHERE 'a' = ANY(s) OR s && ARRAY['x'] ORDER BY id;
id int4
1
3
6

SELECT array_length(ARRAY[1,2,3], 1), array_length(ARRAY[[1,2],[3,4]], 2), array_length(ARRAY[]::int[], 1), array_length(ARRAY[1], 2), array_length(ARRAY[1], 0), cardinality(ARRAY[[1,2],[3,4]]), cardinality('{}'::int[]), array_ndims(ARRAY[[1]]), array_ndims('{}'::int[]), array_dims(ARRAY[[1,2],[3,4]]), array_dims('{}'::int[]);
array_length int4 | array_length int4 | array_length int4 | array_length int4 | array_length int4 | cardinality int4 | cardinality int4 | array_ndims int4 | array_ndims int4 | array_dims text | array_dims text
3 | 2 | NULL | NULL | NULL | 4 | 0 | 2 | NULL | [1:2][1:2] | NULL

SELECT array_lower('[2:4]={1,2,3}'::int[], 1), array_upper('[2:4]={1,2,3}'::int[], 1), array_upper(ARRAY[1,2], 2), array_dims('[2:4]={1,2,3}'::int[]), ('[2:4]={1,2,3}'::int[])[2];
array_lower int4 | array_upper int4 | array_upper int4 | array_dims text | int4 int4
2 | 4 | NULL | [2:4] | 1

SELECT array_append(ARRAY[1], 2), array_prepend(0, ARRAY[1]), array_cat(ARRAY[1], ARRAY[2]), array_append(NULL, 1), array_append(ARRAY[1], NULL), array_prepend(NULL, ARRAY[1]), array_cat(NULL, ARRAY[1]);
array_append int4[] | array_prepend int4[] | array_cat int4[] | array_append int4[] | array_append int4[] | array_prepend int4[] | array_cat int4[]
{1,2} | {0,1} | {1,2} | {1} | {1,NULL} | {NULL,1} | {1}

SELECT array_remove(ARRAY[1,2,1], 1), array_remove(ARRAY[1,NULL], NULL), array_replace(ARRAY[1,2,1], 1, 9), array_replace(ARRAY[1,NULL], NULL, 0), array_remove('{}'::int[], 1);
array_remove int4[] | array_remove int4[] | array_replace int4[] | array_replace int4[] | array_remove int4[]
{2} | {1} | {9,2,9} | {1,0} | {}

SELECT array_remove(ARRAY[[1]], 1);
ERROR 0A000: removing elements from multidimensional arrays is not supported

SELECT array_position(ARRAY['a','b','a'], 'a'), array_position(ARRAY['a','b','a'], 'a', 2), array_position(ARRAY[1,NULL], NULL), array_position(ARRAY[1], 5), array_positions(ARRAY[1,2,1], 1), array_positions(ARRAY[1], 2);
array_position int4 | array_position int4 | array_position int4 | array_position int4 | array_positions int4[] | array_positions int4[]
1 | 3 | 2 | NULL | {1,3} | {}

SELECT array_position(ARRAY[[1]], 1);
ERROR 0A000: searching for elements in multidimensional arrays is not supported

SELECT array_to_string(ARRAY[1,NULL,3], ','), array_to_string(ARRAY[1,NULL,3], ',', '*'), array_to_string(ARRAY[[1,2],[3,4]], '-'), array_to_string('{}'::int[], ','), array_to_string(ARRAY['a','b'], NULL), array_to_string(ARRAY[true,false], '');
array_to_string text | array_to_string text | array_to_string text | array_to_string text | array_to_string text | array_to_string text
1,3 | 1,*,3 | 1-2-3-4 | "" | NULL | tf

SELECT string_to_array('a,b,c', ','), string_to_array('abc', NULL), string_to_array('a,,b', ',', ''), string_to_array('', ','), string_to_array(NULL, ','), string_to_array('abc', ''), string_to_array('a--b', '--');
string_to_array text[] | string_to_array text[] | string_to_array text[] | string_to_array text[] | string_to_array text[] | string_to_array text[] | string_to_array text[]
{a,b,c} | {a,b,c} | {a,NULL,b} | {} | NULL | {abc} | {a,b}

SELECT string_to_table('a,b,c', ',');
string_to_table text
a
b
c

SELECT string_to_table('a,b,', ',', 'b');
string_to_table text
""
NULL
a

-- differs: the function does not exist in Millrace
SELECT array_fill(7, ARRAY[3]), array_fill(7, ARRAY[2,2]), array_fill('x'::text, ARRAY[2], ARRAY[5]), array_fill(NULL::int, ARRAY[2]), array_fill(0, '{}'::int[]);
array_fill int4[] | array_fill int4[] | array_fill text[] | array_fill int4[] | array_fill int4[]
{7,7,7} | {{7,7},{7,7}} | [5:6]={x,x} | {NULL,NULL} | {}
~~~~
ERROR 42883: function array_fill(text, integer[], integer[]) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:60

SELECT array_fill(7, NULL);
ERROR 22004: dimension array or low bound array cannot be null

-- differs: accepted by Millrace
SELECT array_fill(7, ARRAY[-1]);
ERROR 54000: array size exceeds the maximum allowed (134217727)
~~~~
array_fill int4[]
{}

SELECT trim_array(ARRAY[1,2,3], 1), trim_array(ARRAY[1,2,3], 3), trim_array(ARRAY[1,2,3], 0);
trim_array int4[] | trim_array int4[] | trim_array int4[]
{1,2} | {} | {1,2,3}

SELECT trim_array(ARRAY[1,2,3], 4);
ERROR 2202E: number of elements to trim must be between 0 and 3

SELECT unnest(ARRAY[1,2,3]), unnest(ARRAY['a','b']);
unnest int4 | unnest text
1 | a
2 | b
3 | NULL

SELECT * FROM unnest(ARRAY[1,2], ARRAY['a','b','c']) AS t(x, y);
x int4 | y text
1 | a
2 | b
NULL | c

SELECT * FROM unnest(ARRAY[[1,2],[3,4]]) WITH ORDINALITY;
unnest int4 | ordinality int8
1 | 1
2 | 2
3 | 3
4 | 4

SELECT unnest('{}'::int[]);
unnest int4

SELECT unnest(NULL::int[]);
unnest int4

SELECT unnest(1);
ERROR 42883: function unnest(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: refused for another reason first
SELECT unnest('{1,2}');
ERROR 42725: function unnest(unknown) is not unique
HINT: Could not choose a best candidate function. You might need to add explicit type casts.
POSITION: 1:8
~~~~
ERROR 42804: could not determine polymorphic type because input has type unknown
POSITION: 1:8

SELECT generate_subscripts(ARRAY[5,6,7], 1), generate_subscripts('[2:3]={1,2}'::int[], 1);
generate_subscripts int4 | generate_subscripts int4
1 | 2
2 | 3
3 | NULL

SELECT generate_subscripts(ARRAY[[1,2],[3,4]], 2, true);
generate_subscripts int4
1
2

SELECT i, (ARRAY['a','b'])[i] FROM generate_subscripts(ARRAY['a','b'], 1) i;
i int4 | array text
1 | a
2 | b

SELECT array_agg(id ORDER BY id DESC), array_agg(name ORDER BY name), array_agg(boss ORDER BY id) FROM emp;
array_agg int4[] | array_agg text[] | array_agg int4[]
{8,7,6,5,4,3,2,1} | {Ada,Bob,Cy,Dee,Eve,Flo,Gus,Hal} | {NULL,1,1,3,3,1,6,6}

SELECT array_agg(a ORDER BY id) FROM docs WHERE id IN (1, 1);
array_agg int4[]
{{1,2,3}}

SELECT array_agg(ARRAY[id, dept] ORDER BY id) FROM emp WHERE id < 3;
array_agg int4[]
{{1,10},{2,10}}

-- differs: only the words of the message differ
SELECT array_agg(a ORDER BY id) FROM docs;
ERROR 2202E: cannot accumulate arrays of different dimensionality
~~~~
ERROR 2202E: cannot accumulate empty arrays

SELECT array_agg(DISTINCT dept ORDER BY dept) FROM emp;
array_agg int4[]
{10,20,30,99,NULL}

SELECT array_agg(DISTINCT dept ORDER BY dept DESC NULLS LAST) FROM emp;
array_agg int4[]
{99,30,20,10,NULL}

-- differs: the type does not exist in Millrace
SELECT ARRAY(SELECT id FROM emp ORDER BY id DESC), ARRAY(SELECT name FROM emp WHERE false), ARRAY(SELECT ARRAY[id, id] FROM emp WHERE id < 3 ORDER BY id);
array int4[] | array text[] | array int4[]
{8,7,6,5,4,3,2,1} | {} | {{1,1},{2,2}}
~~~~
ERROR 42704: could not find array type for data type integer[]
POSITION: 1:93

SELECT ARRAY(SELECT id, name FROM emp);
ERROR 42601: subquery must return only one column
POSITION: 1:8

SELECT d.title, ARRAY(SELECT e.name FROM emp e WHERE e.dept = d.id ORDER BY e.name) AS names FROM dept d ORDER BY d.id;
title text | names text[]
Research | {Ada,Bob}
Sales | {Cy,Dee}
Ops | {Flo,Gus}
Empty | {}

SELECT '{1,2,3}'::int[], '{ 1 , 2 }'::int[], '{}'::int[], '{{1,2},{3,4}}'::int[], '{NULL,null}'::int[], '{"NULL",NULL}'::text[];
int4 int4[] | int4 int4[] | int4 int4[] | int4 int4[] | int4 int4[] | text text[]
{1,2,3} | {1,2} | {} | {{1,2},{3,4}} | {NULL,NULL} | {"NULL",NULL}

SELECT '{a,"b c","d,e","f\"g","h\\i",""}'::text[], '{ a b , c }'::text[], '{"a" , b}'::text[];
text text[] | text text[] | text text[]
{a,"b c","d,e","f\"g","h\\i",""} | {"a b",c} | {a,b}

SELECT '{1,2'::int[];
ERROR 22P02: malformed array literal: "{1,2"
DETAIL: Unexpected end of input.
POSITION: 1:8

SELECT '1,2}'::int[];
ERROR 22P02: malformed array literal: "1,2}"
DETAIL: Array value must start with "{" or dimension information.
POSITION: 1:8

SELECT '{1,,2}'::int[];
ERROR 22P02: malformed array literal: "{1,,2}"
DETAIL: Unexpected "," character.
POSITION: 1:8

SELECT '{{1,2},{3}}'::int[];
ERROR 22P02: malformed array literal: "{{1,2},{3}}"
DETAIL: Multidimensional arrays must have sub-arrays with matching dimensions.
POSITION: 1:8

SELECT '{1}x'::int[];
ERROR 22P02: malformed array literal: "{1}x"
DETAIL: Junk after closing right brace.
POSITION: 1:8

SELECT '{"a}'::text[];
ERROR 22P02: malformed array literal: "{"a}"
DETAIL: Unexpected end of input.
POSITION: 1:8

SELECT '[0:1]={1,2}'::int[], '[-1:0]={a,b}'::text[], '[1:2][0:1]={{1,2},{3,4}}'::int[];
int4 int4[] | text text[] | int4 int4[]
[0:1]={1,2} | [-1:0]={a,b} | [1:2][0:1]={{1,2},{3,4}}

SELECT '[1:3]={1,2}'::int[];
ERROR 22P02: malformed array literal: "[1:3]={1,2}"
DETAIL: Specified array dimensions do not match array contents.
POSITION: 1:8

SELECT '[2:1]={1,2}'::int[];
ERROR 2202E: upper bound cannot be less than lower bound
POSITION: 1:8

SELECT ARRAY['a b','c,d','e"f','g\h','','NULL',NULL,'{x}','plain'];
array text[]
{"a b","c,d","e\"f","g\\h","","NULL",NULL,"{x}",plain}

SELECT ARRAY[true,false], ARRAY[1.50,2], ARRAY['2020-01-01'::date], ARRAY['1 day'::interval], ARRAY['\x01'::bytea], ARRAY[now()] IS NULL, ARRAY['{"a":1}'::jsonb];
array bool[] | array numeric[] | array date[] | array interval[] | array bytea[] | ?column? bool | array jsonb[]
{t,f} | {1.50,2} | {2020-01-01} | {"1 day"} | {"\\x01"} | f | {"{\"a\": 1}"}

SELECT array_length(a, 1), cardinality(a), array_upper(a, 1), array_ndims(a) FROM docs ORDER BY id;
array_length int4 | cardinality int4 | array_upper int4 | array_ndims int4
3 | 3 | 3 | 1
NULL | 0 | NULL | NULL
2 | 2 | 2 | 1
NULL | NULL | NULL | NULL
2 | 4 | 2 | 2
3 | 3 | 4 | 1

SELECT a || 99, 0 || a FROM docs WHERE id <> 5 ORDER BY id;
?column? int4[] | ?column? int4[]
{1,2,3,99} | {0,1,2,3}
{99} | {0}
{NULL,1,99} | {0,NULL,1}
{99} | {0}
[2:5]={7,8,9,99} | [2:5]={0,7,8,9}

SELECT a || 99 FROM docs ORDER BY id;
ERROR 22000: argument must be empty or one-dimensional array

SELECT array_to_string(s, '/', 'null'), array_position(s, 'a'), array_remove(s, '') FROM docs ORDER BY id;
array_to_string text | array_position int4 | array_remove text[]
a/b | 1 | {a,b}
null/ | NULL | {NULL}
x | NULL | {x}
NULL | NULL | NULL
a b/c,d | NULL | {"a b","c,d"}
A/a | 2 | {A,a}

SELECT a FROM docs ORDER BY a;
a int4[]
{}
{1,2,3}
{{1,2},{3,4}}
[2:4]={7,8,9}
{NULL,1}
NULL

SELECT s FROM docs ORDER BY s DESC NULLS LAST;
s text[]
{NULL,""}
{x}
{"a b","c,d"}
{a,b}
{A,a}
NULL

SELECT DISTINCT a[1] FROM docs ORDER BY 1;
a int4
1
NULL

SELECT a, count(*) FROM docs GROUP BY a ORDER BY a;
a int4[] | count int8
{} | 1
{1,2,3} | 1
{{1,2},{3,4}} | 1
[2:4]={7,8,9} | 1
{NULL,1} | 1
NULL | 1

SELECT max(a), min(a), max(s) FROM docs;
max int4[] | min int4[] | max text[]
{NULL,1} | {} | {NULL,""}

SELECT array_upper(a, 1) - array_lower(a, 1) + 1 AS n FROM docs ORDER BY n, id;
n int4
2
2
3
3
NULL
NULL

SELECT ARRAY[1,2,3]::text, ARRAY[1,2]::varchar, '{1,2}'::text::int[];
array text | array varchar | int4 int4[]
{1,2,3} | {1,2} | {1,2}

SELECT ARRAY[id, dept] AS x, ARRAY[name] FROM emp WHERE id < 4 ORDER BY x;
x int4[] | array text[]
{1,10} | {Ada}
{2,10} | {Bob}
{3,20} | {Cy}

SELECT pg_typeof(ARRAY[1, 2.5]), pg_typeof('{1}'::int[] || 2), pg_typeof(ARRAY(SELECT 1)), pg_typeof(ARRAY[]::text[]);
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
numeric[] | integer[] | integer[] | text[]

SELECT array_ndims(1);
ERROR 42883: function array_ndims(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

-- differs: only the position, detail or hint differs
SELECT array_length('{1}', 1);
ERROR 42804: could not determine polymorphic type because input has type unknown
~~~~
ERROR 42804: could not determine polymorphic type because input has type unknown
POSITION: 1:8

-- differs: only the position, detail or hint differs
SELECT cardinality(NULL), cardinality(NULL::int[]);
ERROR 42804: could not determine polymorphic type because input has type unknown
~~~~
ERROR 42804: could not determine polymorphic type because input has type unknown
POSITION: 1:8

-- differs: the words belong to ksqlDB's language here
SELECT array_sort(ARRAY[1]);
ERROR 42883: function array_sort(integer[]) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8
~~~~
array_sort int4[]
{1}

SELECT array_shuffle(ARRAY[1]);
ERROR 42883: function array_shuffle(integer[]) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT ARRAY[1,2,3] <@ NULL, array_cat(ARRAY[1], NULL);
?column? bool | array_cat int4[]
NULL | {1}

SELECT (SELECT array_agg(x) FROM (SELECT x FROM unnest(ARRAY[3,1,2]) x ORDER BY x) s), (SELECT sum(x) FROM unnest(ARRAY[1,2,3]) x);
array_agg int4[] | sum int8
{1,2,3} | 6

SELECT ARRAY[ROW(1,'a'), ROW(2,'b')];
array record[]
{"(1,a)","(2,b)"}

SELECT ARRAY[ARRAY[]::int[], ARRAY[]::int[]];
array int4[]
{}

-- differs: the words belong to ksqlDB's language here
SELECT ARRAY[1,2,3][1:2];
ERROR 42601: syntax error at or near "["
POSITION: 1:20
~~~~
array int4[]
{1,2}

SELECT ('{1,2,3}'::int[])[1] + 1, -('{1,2,3}'::int[])[1], ('{1,2,3}'::int[])[1]::text;
?column? int4 | ?column? int4 | text text
2 | -1 | 1
