-- String functions and operators.

SELECT length('abc'), length(''), length('äöü'), char_length('日本'), character_length('x'), octet_length('äöü'), bit_length('ab'), length('ab '::char(5));
length int4 | length int4 | length int4 | char_length int4 | character_length int4 | octet_length int4 | bit_length int4 | length int4
3 | 0 | 3 | 2 | 1 | 6 | 16 | 2

SELECT upper('abcÄß'), lower('ABCÄ'), initcap('hello wORLD foo_bar 3x'), initcap('o''neil-smith');
upper text | lower text | initcap text | initcap text
ABCÄß | abcä | Hello World Foo_Bar 3x | O'Neil-Smith

SELECT substring('abcdef' FROM 2 FOR 3), substring('abcdef' FROM 3), substring('abcdef' FOR 2), substring('abcdef', 2, 3), substring('abcdef', -1, 3), substring('abcdef', 0), substr('abcdef', 2), substr('abcdef', 10), substring('abcdef' FROM 2 FOR 0);
substring text | substring text | substring text | substring text | substring text | substring text | substr text | substr text | substring text
bcd | cdef | ab | bcd | a | abcdef | bcdef | "" | ""

SELECT substring('abc' FROM 2 FOR -1);
ERROR 22011: negative substring length not allowed

SELECT substr('abc', 1, -2);
ERROR 22011: negative substring length not allowed

-- differs: refused by Millrace
SELECT substring('abcdef' FROM 'c.*'), substring('abcdef' FROM '(b)(c)'), substring('abc' FROM 'x'), substring('foobar' SIMILAR 'f#"oo#"%' ESCAPE '#'), substring('foobar' FROM '%#"o_b#"%' FOR '#');
substring text | substring text | substring text | substring text | substring text
cdef | b | NULL | oo | oob
~~~~
ERROR 22P02: invalid input syntax for type integer: "f#"oo#"%"
POSITION: 1:129

SELECT substring(123, 1, 2);
ERROR 42883: function substring(integer, integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT substring('äöüß', 2, 2), left('abc', 2), left('abc', -1), left('abc', 0), left('abc', 10), right('abc', 2), right('abc', -1), right('abc', -5);
substring text | left text | left text | left text | left text | right text | right text | right text
öü | ab | ab | "" | abc | bc | bc | ""

SELECT position('c' IN 'abc'), position('x' IN 'abc'), position('' IN 'abc'), strpos('abcabc', 'ca'), position('ß' IN 'Straße');
position int4 | position int4 | position int4 | strpos int4 | position int4
3 | 0 | 1 | 3 | 5

SELECT trim('  x '), trim(both 'x' from 'xxaxx'), trim(leading 'x' from 'xxa'), trim(trailing from 'a  '), trim('x' from 'xax'), trim(both from ' y '), trim('abcba', 'ab'), ltrim('xyxa', 'xy'), rtrim('axyx', 'xy'), btrim('  a  '), btrim('xax', 'x'), ltrim(E'\t a'), trim('');
btrim text | btrim text | ltrim text | rtrim text | btrim text | btrim text | btrim text | ltrim text | rtrim text | btrim text | btrim text | ltrim text | btrim text
x | a | a | a | a | y | c | a | a | a | a | "\t a" | ""

SELECT trim(both from 'a', 'b');
btrim text
a

SELECT lpad('ab', 5), lpad('ab', 5, 'xy'), lpad('abcdef', 3), rpad('ab', 5, '*'), rpad('abc', 2), lpad('a', 5, ''), lpad('a', -1), rpad('ä', 3, 'ö');
lpad text | lpad text | lpad text | rpad text | rpad text | lpad text | lpad text | rpad text
"   ab" | xyxab | abc | ab*** | ab | a | "" | äöö

SELECT repeat('ab', 3), repeat('x', 0), repeat('x', -1), replace('abcabc', 'b', 'XX'), replace('abc', '', 'x'), replace('abc', 'z', ''), reverse('abc'), reverse('äb');
repeat text | repeat text | repeat text | replace text | replace text | replace text | reverse text | reverse text
ababab | "" | "" | aXXcaXXc | abc | abc | cba | bä

SELECT translate('12345', '143', 'ax'), translate('abc', '', 'x'), translate('äbc', 'äc', 'x'), overlay('abcdef' PLACING 'XX' FROM 2 FOR 3), overlay('abcdef' PLACING 'XX' FROM 2), overlay('abc', 'x', 2, 1), overlay('abcdef' placing 'Z' from 7);
translate text | translate text | translate text | overlay text | overlay text | overlay text | overlay text
a2x5 | abc | xb | aXXef | aXXdef | axc | abcdefZ

SELECT overlay('abc' PLACING 'x' FROM 0);
ERROR 22011: negative substring length not allowed

SELECT concat('a', 1, NULL, true), concat(), concat_ws(',', 'a', NULL, 'b', 2), concat_ws(NULL, 'a'), concat_ws(',', NULL), concat(ARRAY[1,2], 1.50, date '2020-01-01'), concat(VARIADIC ARRAY['a','b']);
ERROR 42883: function concat() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:36

SELECT concat();
ERROR 42883: function concat() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT concat_ws();
ERROR 42883: function concat_ws() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT split_part('a,b,c', ',', 2), split_part('a,b,c', ',', 5), split_part('a,b,c', ',', -1), split_part('a,b,c', ',', -3), split_part('abc', '', 1), split_part('', ',', 1), split_part('a||b', '||', 2);
split_part text | split_part text | split_part text | split_part text | split_part text | split_part text | split_part text
b | "" | c | a | abc | "" | b

SELECT split_part('a,b', ',', 0);
ERROR 22023: field position must not be zero

SELECT ascii('a'), ascii(''), ascii('ä'), ascii('日'), chr(65), chr(228), chr(26085);
ascii int4 | ascii int4 | ascii int4 | ascii int4 | chr text | chr text | chr text
97 | 0 | 228 | 26085 | A | ä | 日

SELECT chr(0);
ERROR 54000: null character not permitted

SELECT chr(-1);
ERROR 22023: character number must be positive

SELECT chr(1114112);
ERROR 54000: requested character too large for encoding: 1114112

SELECT chr(55296);
ERROR 54000: requested character not valid for encoding: 55296

SELECT md5('abc'), md5(''), sha256('abc'), sha224('a'), encode(sha512('abc'), 'base64'), encode(sha384(''), 'hex'), md5('\x00'::bytea);
md5 text | md5 text | sha256 bytea | sha224 bytea | encode text | encode text | md5 text
900150983cd24fb0d6963f7d28e17f72 | d41d8cd98f00b204e9800998ecf8427e | \xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad | \xabd37534c7d9a2efb9465de931cd7055ffdb8879563ae98078d6d6d5 | "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4q\nmslPpUyknw==" | 38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b | 93b885adfe0da089cdf634904fd59f71

-- differs: a known fault
SELECT encode('abc', 'hex'), encode('abc', 'base64'), encode('a\\b\001'::bytea, 'escape'), decode('616263', 'hex'), decode('YWJj', 'base64'), decode('a\\b', 'escape'), encode('\xff00'::bytea, 'escape');
encode text | encode text | encode text | decode bytea | decode bytea | decode bytea | encode text
616263 | YWJj | a\\b | \x616263 | \x616263 | \x615c62 | \377\000
~~~~
encode text | encode text | encode text | decode bytea | decode bytea | decode bytea | encode text
616263 | YWJj | a\\b\001 | \x616263 | \x616263 | \x615c62 | \377\000

SELECT encode('x', 'foo');
ERROR 22023: unrecognized encoding: "foo"

SELECT decode('6', 'hex');
ERROR 22023: invalid hexadecimal data: odd number of digits

SELECT decode('zz', 'hex');
ERROR 22023: invalid hexadecimal digit: "z"

SELECT decode('Y', 'base64');
ERROR 22023: invalid base64 end sequence
HINT: Input data is missing padding, is truncated, or is otherwise corrupted.

SELECT decode('!!!!', 'base64');
ERROR 22023: invalid symbol "!" found while decoding base64 sequence

SELECT encode(repeat('x', 60)::bytea, 'base64');
encode text
"eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\neHh4"

SELECT get_byte('abc'::bytea, 1), set_byte('abc'::bytea, 1, 65), get_bit('abc'::bytea, 3), set_bit('abc'::bytea, 0, 0), length('\x0102'::bytea), substring('\x010203'::bytea FROM 2 FOR 1), position('\x02'::bytea IN '\x010203'::bytea), '\x01'::bytea || '\x02'::bytea, octet_length('\x0102'::bytea), bit_length('\x01'::bytea);
get_byte int4 | set_byte bytea | get_bit int4 | set_bit bytea | length int4 | substring bytea | position int4 | ?column? bytea | octet_length int4 | bit_length int4
98 | \x614163 | 0 | \x606263 | 2 | \x02 | 2 | \x0102 | 2 | 8

SELECT get_byte('abc'::bytea, 5);
ERROR 2202E: index 5 out of valid range, 0..2

SELECT set_bit('a'::bytea, 9, 1);
ERROR 2202E: index 9 out of valid range, 0..7

SELECT set_bit('a'::bytea, 0, 2);
ERROR 22023: new bit must be 0 or 1

-- differs: the function does not exist in Millrace
SELECT trim('\x00'::bytea FROM '\x000100'::bytea), overlay('\x010203'::bytea PLACING '\xff'::bytea FROM 2), convert_from('\xc3a4'::bytea, 'UTF8'), convert_to('ä', 'UTF8'), convert_to('ä', 'LATIN1'), convert('\xe4'::bytea, 'LATIN1', 'UTF8'), length('ä'::bytea, 'UTF8'), ltrim('\x0001'::bytea, '\x00'::bytea), reverse('x');
btrim bytea | overlay bytea | convert_from text | convert_to bytea | convert_to bytea | convert bytea | length int4 | ltrim bytea | reverse text
\x01 | \x01ff03 | ä | \xc3a4 | \xe4 | \xc3a4 | 1 | \x01 | x
~~~~
ERROR 42883: function length(bytea, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:242

SELECT convert_from('\xff'::bytea, 'UTF8');
ERROR 22021: invalid byte sequence for encoding "UTF8": 0xff

SELECT convert_from('a', 'nope');
ERROR 22023: invalid source encoding name "nope"

SELECT quote_ident('abc'), quote_ident('Abc'), quote_ident('a b'), quote_ident('select'), quote_ident('a"b'), quote_literal('it''s'), quote_literal(E'a\\b'), quote_literal(42), quote_nullable(NULL), quote_nullable('x'), quote_literal(NULL);
quote_ident text | quote_ident text | quote_ident text | quote_ident text | quote_ident text | quote_literal text | quote_literal text | quote_literal text | quote_nullable text | quote_nullable text | quote_literal text
abc | "\"Abc\"" | "\"a b\"" | "\"select\"" | "\"a\"\"b\"" | 'it''s' | E'a\\b' | '42' | "NULL" | 'x' | NULL

SELECT format('Hello %s', 'World'), format('%I = %L', 'a b', 'it''s'), format('%2$s %1$s', 'a', 'b'), format('%%'), format('%5s|%-5s|', 'a', 'b'), format('%*s', 5, 'x'), format('%-*s|', 4, 'x'), format('%s', NULL), format('%L', NULL), format('x');
format text | format text | format text | format text | format text | format text | format text | format text | format text | format text
Hello World | "\"a b\" = 'it''s'" | b a | % | "    a|b    |" | "    x" | "x   |" | "" | "NULL" | x

SELECT format('%I', NULL);
ERROR 22004: null values cannot be formatted as an SQL identifier

SELECT format('%s');
ERROR 22023: too few arguments for format()

SELECT format('%x', 1);
ERROR 22023: unrecognized format() type specifier "x"
HINT: For a single "%" use "%%".

SELECT format('%');
ERROR 22023: unterminated format() type specifier
HINT: For a single "%" use "%%".

SELECT format('%3$s', 1);
ERROR 22023: too few arguments for format()

SELECT format('%0$s', 1);
ERROR 22023: format specifies argument 0, but arguments are numbered from 1

-- differs: accepted by Millrace
SELECT format('%1$*2$s|', 'a', 5), format(VARIADIC ARRAY['%s-%s', 'a', 'b']), format('%s %s', 1, ARRAY[1,2]), format('%s', true);
ERROR 42883: function format(text[]) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:36
~~~~
format text | format text | format text | format text
"    a|" | a-b | 1 {1,2} | t

SELECT starts_with('abc', 'ab'), starts_with('abc', 'x'), 'abc' ^@ 'ab', starts_with('abc', '');
starts_with bool | starts_with bool | ?column? bool | starts_with bool
t | f | t | t

-- differs: the function does not exist in Millrace
SELECT to_ascii('abc', 'LATIN1'), unistr('d\0061t\+000061'), unistr('\u0061\U00000062'), normalize(U&'a\0308'), normalize('ä', NFD), normalize('ﬁ', NFKC), length(normalize('ä', NFD));
to_ascii text | unistr text | unistr text | normalize text | normalize text | normalize text | length int4
abc | data | ab | ä | ä | fi | 2
~~~~
ERROR 42883: function to_ascii(unknown, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT unistr('\xyz');
ERROR 42601: invalid Unicode escape
HINT: Unicode escapes must be \XXXX, \+XXXXXX, \uXXXX, or \UXXXXXXXX.

SELECT normalize('x', FOO);
ERROR 42601: syntax error at or near "FOO"
POSITION: 1:23

SELECT parse_ident('"A".b.c'), parse_ident('x');
parse_ident text[] | parse_ident text[]
{A,b,c} | {x}

SELECT parse_ident('a..b');
ERROR 22023: string is not a valid identifier: "a..b"
DETAIL: No valid identifier before ".".

SELECT parse_ident('1a');
ERROR 22023: string is not a valid identifier: "1a"

SELECT 'abc' LIKE 'a%', 'abc' LIKE 'A%', 'abc' ILIKE 'A%', 'abc' LIKE '_b_', 'abc' NOT LIKE 'x', 'a%c' LIKE 'a\%c', 'a_c' LIKE 'a!_c' ESCAPE '!', 'abc' LIKE '', '' LIKE '%', 'a\c' LIKE 'a\\c', 'abc' LIKE 'abc' ESCAPE '';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | t | t | t | t | f | t | t | t

SELECT 'abc' LIKE 'ab\';
ERROR 22025: LIKE pattern must not end with escape character

SELECT 'abc' LIKE 'a' ESCAPE 'xx';
ERROR 22025: invalid escape string
HINT: Escape string must be empty or one character.

SELECT 'a' LIKE NULL, NULL LIKE 'a', 'a' ILIKE 'Ä', 'ä' ILIKE 'Ä', 'ß' ILIKE 'SS', 'x' LIKE 'x' ESCAPE NULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
NULL | NULL | f | t | f | NULL

SELECT 1 LIKE '1';
ERROR 42883: operator does not exist: integer ~~ unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

-- differs: the function does not exist in Millrace
SELECT 'abc' ~~ 'a%', 'abc' !~~ 'a%', 'ABC' ~~* 'a%', 'ABC' !~~* 'a%', like('abc', 'a%'), notlike('abc', 'b%'), like_escape('a!%', '!');
?column? bool | ?column? bool | ?column? bool | ?column? bool | like bool | notlike bool | like_escape text
t | f | t | f | t | t | a\%
~~~~
ERROR 42883: function like(unknown, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:72

SELECT 'abc' SIMILAR TO 'a(b|x)c', 'abc' SIMILAR TO 'ab', 'abc' SIMILAR TO '%b%', 'abc' SIMILAR TO '_b_', 'aaa' SIMILAR TO 'a{2,3}', 'abc' NOT SIMILAR TO 'x', 'a.c' SIMILAR TO 'a.c', 'abc' SIMILAR TO 'a.c', 'ab' SIMILAR TO '[a-c]+', 'a|b' SIMILAR TO 'a\|b', 'ab' SIMILAR TO 'a!b' ESCAPE '!', 'xay' SIMILAR TO 'x[^b]y', 'aab' SIMILAR TO 'a*b', 'b' SIMILAR TO 'a?b', '^a' SIMILAR TO '^a', 'a$' SIMILAR TO 'a$';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | t | t | t | t | f | t | t | f | t | t | t | t | t

SELECT 'abc' SIMILAR TO 'a(';
ERROR 2201B: invalid regular expression: parentheses () not balanced

-- differs: the function does not exist in Millrace
SELECT 'a' SIMILAR TO NULL, similar_escape('a%', '\'), similar_to_escape('a_b%'), similar_to_escape('a#_', '#');
?column? bool | similar_escape text | similar_to_escape text | similar_to_escape text
NULL | ^(?:a.*)$ | ^(?:a.b.*)$ | ^(?:a\_)$
~~~~
ERROR 42883: function similar_escape(unknown, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:29

SELECT id, t, length(t), upper(t), left(t, 3), substring(t, 2, 3), position('a' IN t), replace(t, 'a', 'A'), reverse(t) FROM words ORDER BY id;
id int4 | t text | length int4 | upper text | left text | substring text | position int4 | replace text | reverse text
1 | apple | 5 | APPLE | app | ppl | 1 | Apple | elppa
2 | Banana | 6 | BANANA | Ban | ana | 2 | BAnAnA | ananaB
3 | "" | 0 | "" | "" | "" | 0 | "" | ""
4 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
5 | cherry pie | 10 | CHERRY PIE | che | her | 0 | cherry pie | eip yrrehc
6 | Straße | 6 | STRAßE | Str | tra | 4 | StrAße | eßartS
7 | a_b%c | 5 | A_B%C | a_b | _b% | 1 | A_b%c | c%b_a
8 | "tab\there" | 8 | "TAB\tHERE" | tab | "ab\t" | 2 | "tAb\there" | "ereh\tbat"

SELECT id, v || c, length(c), octet_length(c), c = 'ab', c || 'x', upper(v), v LIKE '%\%' FROM words ORDER BY id;
id int4 | ?column? text | length int4 | octet_length int4 | ?column? bool | ?column? text | upper text | ?column? bool
1 | redab | 2 | 5 | t | abx | RED | f
2 | yellowcd | 2 | 5 | f | cdx | YELLOW | f
3 | "" | 0 | 5 | f | x | "" | f
4 | NULL | NULL | NULL | NULL | NULL | NULL | NULL
5 | darkx | 1 | 5 | f | xx | DARK | f
6 | ßä | 1 | 6 | f | äx | ß | f
7 | 100%a_b | 3 | 5 | f | a_bx | 100% | t
8 | q'q\ | 1 | 5 | f | \x | Q'Q | f

SELECT id FROM words WHERE t LIKE 'a%' ORDER BY id;
id int4
1
7

SELECT id FROM words WHERE t LIKE '%\_%\%%' ORDER BY id;
id int4
7

SELECT id FROM words WHERE t ILIKE '%AN%' OR t SIMILAR TO '%(rr|ß)%' ORDER BY id;
id int4
2
5
6

SELECT id FROM words WHERE c = 'cd' OR c = 'x    ' ORDER BY id;
id int4
2
5

SELECT t FROM words ORDER BY t;
t text
""
Banana
Straße
a_b%c
apple
cherry pie
"tab\there"
NULL

SELECT t FROM words ORDER BY t DESC NULLS LAST, id;
t text
"tab\there"
cherry pie
apple
a_b%c
Straße
Banana
""
NULL

SELECT t FROM words ORDER BY t COLLATE "C";
t text
""
Banana
Straße
a_b%c
apple
cherry pie
"tab\there"
NULL

SELECT t COLLATE "C" < 'b', t < 'b' COLLATE "C", t COLLATE "POSIX" = t FROM words ORDER BY id;
?column? bool | ?column? bool | ?column? bool
t | t | t
t | t | t
t | t | t
NULL | NULL | NULL
f | f | t
t | t | t
t | t | t
f | f | t

SELECT 'a' COLLATE "nope";
ERROR 42704: collation "nope" for encoding "UTF8" does not exist
POSITION: 1:12

SELECT 1 COLLATE "C";
ERROR 42804: collations are not supported by type integer
POSITION: 1:10

-- differs: collations are all byte order and are not derived
SELECT 'a' COLLATE "C" || 'b' COLLATE "POSIX";
ERROR 42P21: collation mismatch between explicit collations "C" and "POSIX"
POSITION: 1:31
~~~~
?column? text
ab

-- differs: collations are all byte order and are not derived
SELECT ('a' COLLATE "C") < ('b' COLLATE "POSIX");
ERROR 42P21: collation mismatch between explicit collations "C" and "POSIX"
POSITION: 1:33
~~~~
?column? bool
t

-- differs: collations are all byte order and are not derived
SELECT pg_collation_for('a' COLLATE "C"), collation for ('x');
pg_collation_for text | pg_collation_for text
"\"C\"" | NULL
~~~~
pg_collation_for text | pg_collation_for text
"\"default\"" | "\"default\""

SELECT min(t), max(t), min(v), max(c) FROM words;
min text | max text | min text | max bpchar
"" | "tab\there" | "" | "ä    "

-- differs: without ORDER BY an aggregate takes its input in an order of its own, so that views are deterministic
SELECT string_agg(t, ','), string_agg(t, ',' ORDER BY t DESC), string_agg(DISTINCT k, '+' ORDER BY k), string_agg(t, NULL ORDER BY id), string_agg(t, k ORDER BY id) FROM words WHERE id < 6;
string_agg text | string_agg text | string_agg text | string_agg text | string_agg text
apple,Banana,,cherry pie | cherry pie,apple,Banana, | cake+fruit+none | appleBananacherry pie | applefruitBanananonecakecherry pie
~~~~
string_agg text | string_agg text | string_agg text | string_agg text | string_agg text
,Banana,apple,cherry pie | cherry pie,apple,Banana, | cake+fruit+none | appleBananacherry pie | applefruitBanananonecakecherry pie

SELECT string_agg(id, ',') FROM words;
ERROR 42883: function string_agg(integer, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT string_agg(t) FROM words;
ERROR 42883: function string_agg(text) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT lower(k) AS k, count(*), string_agg(v, '/' ORDER BY id) FROM words GROUP BY lower(k) ORDER BY 1;
k text | count int8 | string_agg text
cake | 1 | dark
fruit | 2 | red/yellow
none | 1 | ""
odd | 2 | 100%/q'q
place | 1 | ß
NULL | 1 | NULL

SELECT 'abc' < 'abd', 'a ' = 'a', 'a '::char(3) = 'a'::varchar, 'a'::text = 'a '::char(3), 'abc'::varchar = 'abc'::text;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | t | t

SELECT 'a' || 'b'::varchar, pg_typeof('a' || 'b'), pg_typeof('a'::varchar || 'b'::varchar), pg_typeof(upper('x'::varchar)), pg_typeof('a'::char(3) || 'b'), pg_typeof(left('x'::char(2), 1));
?column? text | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
ab | text | text | text | text | text

-- differs: only the words of the message differ
SELECT text_larger('a', 'b'), textcat('a', 'b'), textlen('abc'), lower('X') || upper('y'), bpcharlen('ab  '::char(4)), ascii(left('x', 1)), length(repeat('ab', 1000));
ERROR 42883: function bpcharlen(character) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:92
~~~~
ERROR 42883: function text_larger(unknown, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT regexp_count('abcabc', 'b'), regexp_like('abc', 'B', 'i'), regexp_instr('abcabc', 'c', 1, 2), regexp_substr('abcabc', 'b.', 3), regexp_instr('abc', '(b)(c)', 1, 1, 0, '', 2);
regexp_count int4 | regexp_like bool | regexp_instr int4 | regexp_substr text | regexp_instr int4
2 | t | 6 | bc | 3

SELECT strpos('abc', NULL), upper(NULL), concat_ws('-', 'a', NULL), NULL || 'a', length(NULL);
strpos int4 | upper text | concat_ws text | ?column? text | length int4
NULL | NULL | a | NULL | NULL

SELECT upper(1);
ERROR 42883: function upper(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT length(1.5);
ERROR 42883: function length(numeric) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT upper('a', 'b');
ERROR 42883: function upper(unknown, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT nofunc('a');
ERROR 42883: function nofunc(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT left('abc');
ERROR 42883: function left(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT left('abc', 'x');
ERROR 22P02: invalid input syntax for type integer: "x"
POSITION: 1:20

SELECT lpad('a', 3, 5);
ERROR 42883: function lpad(unknown, integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT 'a' + 'b'::text;
ERROR 42883: operator does not exist: unknown + text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:12

SELECT 'a'::text * 2;
ERROR 42883: operator does not exist: text * integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:18

SELECT string_to_array('a b', ' ')::text, array_to_string(string_to_array('a,b', ','), '-'), (string_to_array('x,y', ','))[2];
string_to_array text | array_to_string text | string_to_array text
{a,b} | a-b | y

SELECT to_char(1, '9') || 'x', to_hex(16)::text || 'h', 5::text || 'x', 'x' || (1 = 1);
?column? text | ?column? text | ?column? text | ?column? text
" 1x" | 10h | 5x | xtrue

SELECT 'x' || ARRAY[1,2]::text, 'x' || '2020-01-01'::date, 'x' || '{"a":1}'::jsonb;
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "x" is invalid.
POSITION: 1:60

SELECT ('x' || NULL) IS NULL, concat('x', NULL), format('%s', NULL) = '';
?column? bool | concat text | ?column? bool
t | x | t

SELECT "char" 'a' < 'b'::"char", ascii('a'::"char"::text), 'abc'::"char" = 'a';
?column? bool | ascii int4 | ?column? bool
t | 97 | t

SELECT 'abc'::name < 'abd'::name, 'abc'::name = 'abc'::text, 'abc'::name || 'd', upper('abc'::name), length('abc'::name);
?column? bool | ?column? bool | ?column? text | upper text | length int4
t | t | abcd | ABC | 3

SELECT gen_random_uuid() IS NOT NULL, uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' < 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', uuid 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::text, md5('x')::uuid;
?column? bool | ?column? bool | text text | md5 uuid
t | t | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | 9dd4e461-268c-8034-f5c8-564e155c67a6

SELECT crc32('a');
ERROR 42883: function crc32(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT casefold('A');
ERROR 42883: function casefold(unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:8

SELECT substring('abc' FROM NULL), substring(NULL FROM 1 FOR 2), overlay(NULL PLACING 'x' FROM 1), trim(NULL), position(NULL IN 'a');
substring text | substring text | overlay text | btrim text | position int4
NULL | NULL | NULL | NULL | NULL

SELECT bit_length('ä'), char_length(E'\n'), octet_length('a'::char(5)), char_length('a'::char(5));
bit_length int4 | char_length int4 | octet_length int4 | char_length int4
16 | 1 | 5 | 1
