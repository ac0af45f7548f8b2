-- Regular expressions: operators, functions, flags, classes, look-around, back references.

SELECT 'abc' ~ 'b', 'abc' ~ '^b', 'ABC' ~* 'b', 'abc' !~ 'x', 'ABC' !~* 'b', 'abc' ~ '', NULL ~ 'a', 'a' ~ NULL;
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | t | f | t | NULL | NULL

SELECT 'abc' ~ 'a.c', E'a\nc' ~ 'a.c', 'aXc' ~ 'a[[:upper:]]c', 'a1' ~ '\d', 'a_' ~ '^\w+$', ' ' ~ '\s', 'ab' ~ '\Aab\Z', 'foo bar' ~ '\mbar\M', 'foobar' ~ '\mbar', 'x y' ~ 'x\yy', 'a' ~ '[[:alpha:]]', 'é' ~ '^[[:alpha:]]$', 'é' ~ '^\w$';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t | t | t | t | f | f | t | t | t

SELECT 'aaa' ~ '^a{2}$', 'aaa' ~ '^a{2,}$', 'aaa' ~ '^a{1,3}$', 'ab' ~ '(a|b){2}', 'a{' ~ 'a\{', 'abab' ~ '^(ab)+$', 'ac' ~ 'ab?c', 'abbbc' ~ 'ab*c';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f | t | t | t | t | t | t | t

SELECT 'abc' ~ '(';
ERROR 2201B: invalid regular expression: parentheses () not balanced

SELECT 'abc' ~ '[';
ERROR 2201B: invalid regular expression: brackets [] not balanced

SELECT 'abc' ~ 'a{2';
ERROR 2201B: invalid regular expression: braces {} not balanced

SELECT 'abc' ~ '*a';
ERROR 2201B: invalid regular expression: quantifier operand invalid

SELECT 'abc' ~ 'a**';
ERROR 2201B: invalid regular expression: quantifier operand invalid

SELECT 'abc' ~ '[z-a]';
ERROR 2201B: invalid regular expression: invalid character range

SELECT 'abc' ~ '[[:foo:]]';
ERROR 2201B: invalid regular expression: invalid character class

SELECT 'abc' ~ 'a{3,1}';
ERROR 2201B: invalid regular expression: invalid repetition count(s)

SELECT 'abc' ~ 'a{300}';
ERROR 2201B: invalid regular expression: invalid repetition count(s)

SELECT 'abc' ~ '\';
ERROR 2201B: invalid regular expression: invalid escape \ sequence

SELECT 'abc' ~ ')';
ERROR 2201B: invalid regular expression: parentheses () not balanced

SELECT 'abc' ~ 'a|*';
ERROR 2201B: invalid regular expression: quantifier operand invalid

SELECT 'abc' ~ '(?<a>b)';
ERROR 2201B: invalid regular expression: quantifier operand invalid

SELECT 'abc' ~ '\8';
ERROR 2201B: invalid regular expression: invalid backreference number

SELECT 'abab' ~ '^(ab)\1$', 'abba' ~ '^(a)(b)\2\1$', 'aa bb' ~ '(\w)\1 (\w)\2', 'abcabc' ~ '(abc)\1', 'xyz' ~ '(x)\1';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | f

SELECT 'foobar' ~ 'foo(?=bar)', 'foobaz' ~ 'foo(?=bar)', 'foobaz' ~ 'foo(?!bar)', 'foobar' ~ 'foo(?!bar)', 'foobar' ~ '(?<=foo)bar', 'xbar' ~ '(?<=foo)bar', 'xbar' ~ '(?<!foo)bar', 'foobar' ~ '(?<!foo)bar';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | f | t | f | t | f

SELECT regexp_replace('foobarbaz', 'b(?=a)', 'X', 'g'), regexp_replace('aabbcc', '(.)\1', '<\1>', 'g'), regexp_match('abcabc', '(a)(b)c\1'), regexp_replace('price 100 EUR', '\d+(?= EUR)', '200'), regexp_split_to_array('a1b22c', '(?<=\d)(?=[a-z])');
regexp_replace text | regexp_replace text | regexp_match text[] | regexp_replace text | regexp_split_to_array text[]
fooXarXaz | <a><b><c> | {a,b} | price 200 EUR | {a1,b22,c}

SELECT 'password1' ~ '^(?=.*\d)(?=.*[a-z]).{8,}$', 'password' ~ '^(?=.*\d).{8,}$', 'aXbX' ~ '^(?!.*Y).*$';
?column? bool | ?column? bool | ?column? bool
t | f | t

SELECT 'a' ~ '(?=a)(?!b)a', 'ab' ~ 'a(?=b)b', 'ab' ~ '^(?=ab$)a';
?column? bool | ?column? bool | ?column? bool
t | t | t

SELECT regexp_match('the the cat', '\m(\w+)\s+\1\M'), regexp_matches('aabbc', '(\w)\1', 'g');
regexp_match text[] | regexp_matches text[]
{the} | {a}
{the} | {b}

SELECT 'abc' ~ '(?i)ABC', 'abc' ~ '(?x) a b c', 'abc' ~ '***=abc', 'a.c' ~ '***=a.c', 'abc' ~ '***=a.c', 'abc' ~ '***:a.c', 'ABC' ~ '(?c)abc', E'a\nb' ~ '(?n)^b', E'a\nb' ~ '^b', E'a\nb' ~ '(?w)^b', E'a\nb' ~ '(?p)a.b', E'a\nb' ~ '(?s)a.b';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | f | t | f | t | f | t | f | t

SELECT regexp_match('abc', 'b'), regexp_match('abc', '(a)(b)'), regexp_match('abc', 'x'), regexp_match('abc', '(x)?b'), regexp_match('ABC', 'b', 'i'), regexp_match('abc', '(?:a)(b)');
regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[]
{b} | {a,b} | NULL | {NULL} | {B} | {b}

SELECT regexp_match('abc', 'b', 'g');
ERROR 22023: regexp_match() does not support the "global" option
HINT: Use the regexp_matches function instead.

SELECT regexp_match('abc', 'b', 'z');
ERROR 22023: invalid regular expression option: "z"

SELECT regexp_matches('abcabc', 'b.', 'g');
regexp_matches text[]
{bc}
{bc}

SELECT regexp_matches('abcabc', '(a)(x)?', 'g');
regexp_matches text[]
{a,NULL}
{a,NULL}

SELECT regexp_matches('abc', 'x');
regexp_matches text[]

SELECT * FROM regexp_matches('a1b2', '([a-z])(\d)', 'g') AS m(x);
x text[]
{a,1}
{b,2}

SELECT regexp_replace('abc', 'b', 'X'), regexp_replace('abcb', 'b', 'X', 'g'), regexp_replace('abc', '(b)', '[\1]'), regexp_replace('abc', 'B', 'x', 'i'), regexp_replace('abc', '', '-', 'g'), regexp_replace('abc', 'x*', '-', 'g'), regexp_replace('abc', '(.)(.)', '\2\1'), regexp_replace('abc', 'b', '\&\&'), regexp_replace('abc', 'b', '\\'), regexp_replace('a.b.c', '\.', ''), regexp_replace('abc', 'b', '$1');
regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text
aXc | aXcX | a[b]c | axc | -a-b-c- | -a-b-c- | bac | abbc | a\c | ab.c | a$1c

SELECT regexp_replace('abcabc', 'b', 'X', 4), regexp_replace('abcabc', 'b', 'X', 1, 2), regexp_replace('abcabc', 'b', 'X', 1, 0), regexp_replace('ABCabc', 'b', 'X', 1, 2, 'i'), regexp_replace('abc', 'b', 'X', 'gi');
regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text
abcaXc | abcaXc | aXcaXc | ABCaXc | aXc

SELECT regexp_replace('abc', 'b', 'X', 0);
ERROR 22023: invalid value for parameter "start": 0

SELECT regexp_replace('abc', 'b', 'X', 'q?');
ERROR 22023: invalid regular expression option: "?"

SELECT regexp_split_to_array('a,b;c', '[,;]'), regexp_split_to_array('abc', ''), regexp_split_to_array('a  b', '\s+'), regexp_split_to_array('', ','), regexp_split_to_array(',a,', ','), regexp_split_to_array('aXbxc', 'x', 'i');
regexp_split_to_array text[] | regexp_split_to_array text[] | regexp_split_to_array text[] | regexp_split_to_array text[] | regexp_split_to_array text[] | regexp_split_to_array text[]
{a,b,c} | {a,b,c} | {a,b} | {""} | {"",a,""} | {a,b,c}

SELECT regexp_split_to_table('the quick fox', '\s+');
regexp_split_to_table text
fox
quick
the

SELECT regexp_split_to_table('abc', '');
regexp_split_to_table text
a
b
c

SELECT regexp_split_to_array('abc', 'b', 'g');
ERROR 22023: regexp_split_to_array() does not support the "global" option

SELECT regexp_count('aaa', 'a'), regexp_count('aaa', 'a', 2), regexp_count('AaA', 'a', 1, 'i'), regexp_count('abc', ''), regexp_count('abc', 'x');
regexp_count int4 | regexp_count int4 | regexp_count int4 | regexp_count int4 | regexp_count int4
3 | 2 | 3 | 4 | 0

SELECT regexp_count('a', 'a', 0);
ERROR 22023: invalid value for parameter "start": 0

SELECT regexp_instr('abcabc', 'b'), regexp_instr('abcabc', 'b', 3), regexp_instr('abcabc', 'b', 1, 2), regexp_instr('abcabc', 'b', 1, 1, 1), regexp_instr('abc', 'x'), regexp_instr('abc', '(a)(b)(c)', 1, 1, 0, 'i', 3);
regexp_instr int4 | regexp_instr int4 | regexp_instr int4 | regexp_instr int4 | regexp_instr int4 | regexp_instr int4
2 | 5 | 5 | 3 | 0 | 3

SELECT regexp_like('abc', 'b'), regexp_like('ABC', 'b', 'i'), regexp_like(E'a\nb', '^b$', 'n'), regexp_like('abc', 'a b c', 'x');
regexp_like bool | regexp_like bool | regexp_like bool | regexp_like bool
t | t | t | t

SELECT regexp_substr('abcabc', 'b.'), regexp_substr('abcabc', 'b.', 3), regexp_substr('abcabc', '.b', 1, 2), regexp_substr('ABC', 'b', 1, 1, 'i'), regexp_substr('abc', '(a)(b)', 1, 1, '', 2), regexp_substr('abc', 'x');
regexp_substr text | regexp_substr text | regexp_substr text | regexp_substr text | regexp_substr text | regexp_substr text
bc | bc | ab | B | b | NULL

SELECT substring('foobar' FROM 'o(.)b'), substring('foobar' FROM 'o.b'), substring('foobar', '(?:o)b'), substring('2020-01-02' FROM '(\d+)-'), substring('abc' FROM '(?i)B');
substring text | substring text | substring text | substring text | substring text
o | oob | ob | 2020 | b

SELECT 'abc' ~ 'a[^b]', 'a-c' ~ '[a\-c]', 'a]' ~ '[]]', 'a^' ~ '[\^]', 'tab' || E'\t' ~ '\t', 'a' ~ '\x61', 'a' ~ '\u0061', 'é' ~ '\u00e9', 'a' ~ '\141', '[' ~ '[[]', 'a' ~ '[[.a.]]', 'a' ~ '[[=a=]]';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f | t | t | t | t | t | t | t | t | t | t | t

SELECT regexp_match('foobar', '.*?o'), regexp_match('foobar', '.*o'), regexp_match('foobar', '(.*?)(o+)'), regexp_match('aaa', 'a+?'), regexp_match('aaa', 'a{1,2}?'), regexp_match('xaaay', 'a*?y'), regexp_match('abcd', '(a|ab)(c|bcd)?');
regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[]
{fo} | {foo} | {f,o} | {a} | {a} | {aaay} | {a,bcd}

SELECT regexp_match('XY1234Z', 'Y*([0-9]{1,3})'), regexp_match('XY1234Z', 'Y*?([0-9]{1,3})'), regexp_match('abc01234xyz', '(.*)(\d+)(.*)'), regexp_match('abc01234xyz', '(.*?)(\d+)(.*)'), regexp_match('abc01234xyz', '(?:(.*?)(\d+)(.*)){1,1}');
regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[]
{123} | {1} | {abc0123,4,xyz} | {abc,0,""} | {abc,01234,xyz}

SELECT regexp_match('foo', '(o|oo)'), regexp_match('foo', 'o|oo'), regexp_match('xabcabcy', '(abc)+'), regexp_match('aab', '(a*)(ab)?b'), regexp_match('ab', '(a)|(b)'), regexp_match('ab', '(a)?(ab)?');
regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[]
{oo} | {oo} | {abc} | {aa,NULL} | {a,NULL} | {NULL,ab}

SELECT regexp_replace('Thomas', '.[mN]a.', 'M'), regexp_replace('foobarbaz', 'b..', 'X'), regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g'), regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 0, 'i'), regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 3, 'i');
regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text
ThM | fooXbaz | fooXarYXazY | X PXstgrXSQL fXnctXXn | A PostgrXSQL function

SELECT t ~ 'a', t ~* '^B', t ~ '\s', t ~ '[^[:ascii:]]' FROM words ORDER BY id;
?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | f | f
t | t | f | f
f | f | f | f
NULL | NULL | NULL | NULL
f | f | t | f
t | f | f | t
t | f | f | f
t | f | t | f

SELECT id, regexp_replace(t, '[aeiou]', '*', 'g'), regexp_match(t, '(\w)\w*$'), regexp_split_to_array(t, '\W+') FROM words ORDER BY id;
id int4 | regexp_replace text | regexp_match text[] | regexp_split_to_array text[]
1 | *ppl* | {a} | {apple}
2 | B*n*n* | {B} | {Banana}
3 | "" | NULL | {""}
4 | NULL | NULL | NULL
5 | ch*rry p** | {p} | {cherry,pie}
6 | Str*ß* | {S} | {Straße}
7 | *_b%c | {c} | {a_b,c}
8 | "t*b\th*r*" | {h} | {tab,here}

SELECT id, m FROM words, regexp_matches(t, '(.)(\1)', 'g') AS m ORDER BY id, m;
id int4 | m text[]
1 | {p,p}
5 | {r,r}

SELECT 'a b' ~ 'a\ b', 'a+b' ~ 'a\+b', 'a' ~ 'a|b|', 'z' ~ 'a||b';
?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t

SELECT 'abc' ~ '(a(b(c)))', regexp_match('abc', '(a(b(c)))'), regexp_match('abcd', '((a)(b))(?:c)(d)');
?column? bool | regexp_match text[] | regexp_match text[]
t | {abc,bc,c} | {ab,a,b,d}

SELECT regexp_match(E'line1\nline2', '^line2$', 'n'), regexp_match(E'line1\nline2', 'line1$', 'w'), regexp_match(E'a\nb', 'a.b', 'p'), regexp_match(E'a\nb', 'a.b', 's'), regexp_match(E'a\nb', 'a[^x]b', 'n');
regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[]
{line2} | {line1} | NULL | "{\"a\nb\"}" | NULL

-- differs: the function does not exist in Millrace
SELECT textregexeq('abc', 'b'), textregexne('abc', 'b'), texticregexeq('ABC', 'b'), nameregexeq('abc'::name, 'b'), 'abc'::name ~ 'b', 'ab '::char(3) ~ 'b $', 'abc'::varchar ~ 'c';
textregexeq bool | textregexne bool | texticregexeq bool | nameregexeq bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | t | t | t | t
~~~~
ERROR 42883: function nameregexeq(name, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:85

SELECT 1 ~ '1';
ERROR 42883: operator does not exist: integer ~ unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:10

SELECT 'a' ~ 1;
ERROR 42883: operator does not exist: unknown ~ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
POSITION: 1:12

SELECT regexp_match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(a+)+$') IS NULL, regexp_match('x' || repeat('a', 1000), 'a{255}') IS NOT NULL;
?column? bool | ?column? bool
t | t

SELECT 'ab' ~ 'a(?#comment)b', 'aB' ~ 'a(?i)b', 'a' ~ 'b|(?i)A';
ERROR 2201B: invalid regular expression: quantifier operand invalid

SELECT regexp_match('2024-02-29', '(?:(\d{4})-(\d\d)-(\d\d))'), regexp_match('k=v; k2=v2', '(\w+)=(\w+)(?:; (\w+)=(\w+))?');
regexp_match text[] | regexp_match text[]
{2024,02,29} | {k,v,k2,v2}

SELECT regexp_matches('foobarbequebaz', '(bar)(beque)'), regexp_matches('foobarbequebaz', 'barbeque');
regexp_matches text[] | regexp_matches text[]
{bar,beque} | {barbeque}

SELECT foo FROM regexp_split_to_table('the quick brown fox', '\s*') AS foo;
foo text
b
c
e
f
h
i
k
n
o
o
q
r
t
u
w
x

SELECT 'é' ~* 'É', 'ß' ~* 'SS', 'Ǆ' ~* 'ǆ', 'İ' ~* 'i';
?column? bool | ?column? bool | ?column? bool | ?column? bool
t | f | t | f

SELECT regexp_replace('äöü', '.', 'x', 'g'), regexp_instr('äöü', 'ü'), regexp_substr('äöü', 'ö.'), regexp_count('äää', 'ä');
regexp_replace text | regexp_instr int4 | regexp_substr text | regexp_count int4
xxx | 3 | öü | 3

SELECT 'a\b' ~ 'a\\b', 'a' ~ '[\w]', '-' ~ '[\w-]', 'a5' ~ '[\d][\D]?', ' ' ~ '[\s]', 'x' ~ '[^\d\s]';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t | t | t | t | t | t

SELECT 'abc' ~ '[a-', 1;
ERROR 2201B: invalid regular expression: brackets [] not balanced

SELECT 'abc' ~ 'b{1', 1;
ERROR 2201B: invalid regular expression: braces {} not balanced

SELECT 'abc' ~ '\Ma', 'abc' ~ '\Aabc', 'abc' ~ 'abc\Z', 'a b' ~ 'a\Y b', 'ab' ~ 'a\Yb';
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f | t | t | f | t

SELECT 'aaaa' ~ '^(a\1?){4}$';
ERROR 2201B: invalid regular expression: invalid backreference number

SELECT regexp_match('abcdefg', '(?=.*d)(a)(?!x)(b)');
regexp_match text[]
{a,b}

SELECT regexp_replace('1234567', '(\d)(?=(\d{3})+$)', '\1,', 'g'), regexp_replace('camelCaseText', '(?<!^)([A-Z])', '_\1', 'g');
regexp_replace text | regexp_replace text
1,234,567 | camel_Case_Text
