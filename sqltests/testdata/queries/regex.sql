-- Regular expressions: operators, functions, flags, classes, look-around, back references.

SELECT 'abc' ~ 'b', 'abc' ~ '^b', 'ABC' ~* 'b', 'abc' !~ 'x', 'ABC' !~* 'b', 'abc' ~ '', NULL ~ 'a', 'a' ~ NULL;

SELECT 'abc' ~ 'a.c', E'a\nc' ~ 'a.c', 'aXc' ~ 'a[[:upper:]]c', 'a1' ~ '\d', 'a_' ~ '^\w+$', ' ' ~ '\s', 'ab' ~ '\Aab\Z', 'foo bar' ~ '\mbar\M', 'foobar' ~ '\mbar', 'x y' ~ 'x\yy', 'a' ~ '[[:alpha:]]', 'é' ~ '^[[:alpha:]]$', 'é' ~ '^\w$';

SELECT 'aaa' ~ '^a{2}$', 'aaa' ~ '^a{2,}$', 'aaa' ~ '^a{1,3}$', 'ab' ~ '(a|b){2}', 'a{' ~ 'a\{', 'abab' ~ '^(ab)+$', 'ac' ~ 'ab?c', 'abbbc' ~ 'ab*c';

SELECT 'abc' ~ '(';

SELECT 'abc' ~ '[';

SELECT 'abc' ~ 'a{2';

SELECT 'abc' ~ '*a';

SELECT 'abc' ~ 'a**';

SELECT 'abc' ~ '[z-a]';

SELECT 'abc' ~ '[[:foo:]]';

SELECT 'abc' ~ 'a{3,1}';

SELECT 'abc' ~ 'a{300}';

SELECT 'abc' ~ '\';

SELECT 'abc' ~ ')';

SELECT 'abc' ~ 'a|*';

SELECT 'abc' ~ '(?<a>b)';

SELECT 'abc' ~ '\8';

SELECT 'abab' ~ '^(ab)\1$', 'abba' ~ '^(a)(b)\2\1$', 'aa bb' ~ '(\w)\1 (\w)\2', 'abcabc' ~ '(abc)\1', 'xyz' ~ '(x)\1';

SELECT 'foobar' ~ 'foo(?=bar)', 'foobaz' ~ 'foo(?=bar)', 'foobaz' ~ 'foo(?!bar)', 'foobar' ~ 'foo(?!bar)', 'foobar' ~ '(?<=foo)bar', 'xbar' ~ '(?<=foo)bar', 'xbar' ~ '(?<!foo)bar', 'foobar' ~ '(?<!foo)bar';

SELECT regexp_replace('foobarbaz', 'b(?=a)', 'X', 'g'), regexp_replace('aabbcc', '(.)\1', '<\1>', 'g'), regexp_match('abcabc', '(a)(b)c\1'), regexp_replace('price 100 EUR', '\d+(?= EUR)', '200'), regexp_split_to_array('a1b22c', '(?<=\d)(?=[a-z])');

SELECT 'password1' ~ '^(?=.*\d)(?=.*[a-z]).{8,}$', 'password' ~ '^(?=.*\d).{8,}$', 'aXbX' ~ '^(?!.*Y).*$';

SELECT 'a' ~ '(?=a)(?!b)a', 'ab' ~ 'a(?=b)b', 'ab' ~ '^(?=ab$)a';

SELECT regexp_match('the the cat', '\m(\w+)\s+\1\M'), regexp_matches('aabbc', '(\w)\1', 'g');

SELECT 'abc' ~ '(?i)ABC', 'abc' ~ '(?x) a b c', 'abc' ~ '***=abc', 'a.c' ~ '***=a.c', 'abc' ~ '***=a.c', 'abc' ~ '***:a.c', 'ABC' ~ '(?c)abc', E'a\nb' ~ '(?n)^b', E'a\nb' ~ '^b', E'a\nb' ~ '(?w)^b', E'a\nb' ~ '(?p)a.b', E'a\nb' ~ '(?s)a.b';

SELECT regexp_match('abc', 'b'), regexp_match('abc', '(a)(b)'), regexp_match('abc', 'x'), regexp_match('abc', '(x)?b'), regexp_match('ABC', 'b', 'i'), regexp_match('abc', '(?:a)(b)');

SELECT regexp_match('abc', 'b', 'g');

SELECT regexp_match('abc', 'b', 'z');

SELECT regexp_matches('abcabc', 'b.', 'g');

SELECT regexp_matches('abcabc', '(a)(x)?', 'g');

SELECT regexp_matches('abc', 'x');

SELECT * FROM regexp_matches('a1b2', '([a-z])(\d)', 'g') AS m(x);

SELECT regexp_replace('abc', 'b', 'X'), regexp_replace('abcb', 'b', 'X', 'g'), regexp_replace('abc', '(b)', '[\1]'), regexp_replace('abc', 'B', 'x', 'i'), regexp_replace('abc', '', '-', 'g'), regexp_replace('abc', 'x*', '-', 'g'), regexp_replace('abc', '(.)(.)', '\2\1'), regexp_replace('abc', 'b', '\&\&'), regexp_replace('abc', 'b', '\\'), regexp_replace('a.b.c', '\.', ''), regexp_replace('abc', 'b', '$1');

SELECT regexp_replace('abcabc', 'b', 'X', 4), regexp_replace('abcabc', 'b', 'X', 1, 2), regexp_replace('abcabc', 'b', 'X', 1, 0), regexp_replace('ABCabc', 'b', 'X', 1, 2, 'i'), regexp_replace('abc', 'b', 'X', 'gi');

SELECT regexp_replace('abc', 'b', 'X', 0);

SELECT regexp_replace('abc', 'b', 'X', 'q?');

SELECT regexp_split_to_array('a,b;c', '[,;]'), regexp_split_to_array('abc', ''), regexp_split_to_array('a  b', '\s+'), regexp_split_to_array('', ','), regexp_split_to_array(',a,', ','), regexp_split_to_array('aXbxc', 'x', 'i');

SELECT regexp_split_to_table('the quick fox', '\s+');

SELECT regexp_split_to_table('abc', '');

SELECT regexp_split_to_array('abc', 'b', 'g');

SELECT regexp_count('aaa', 'a'), regexp_count('aaa', 'a', 2), regexp_count('AaA', 'a', 1, 'i'), regexp_count('abc', ''), regexp_count('abc', 'x');

SELECT regexp_count('a', 'a', 0);

SELECT regexp_instr('abcabc', 'b'), regexp_instr('abcabc', 'b', 3), regexp_instr('abcabc', 'b', 1, 2), regexp_instr('abcabc', 'b', 1, 1, 1), regexp_instr('abc', 'x'), regexp_instr('abc', '(a)(b)(c)', 1, 1, 0, 'i', 3);

SELECT regexp_like('abc', 'b'), regexp_like('ABC', 'b', 'i'), regexp_like(E'a\nb', '^b$', 'n'), regexp_like('abc', 'a b c', 'x');

SELECT regexp_substr('abcabc', 'b.'), regexp_substr('abcabc', 'b.', 3), regexp_substr('abcabc', '.b', 1, 2), regexp_substr('ABC', 'b', 1, 1, 'i'), regexp_substr('abc', '(a)(b)', 1, 1, '', 2), regexp_substr('abc', 'x');

SELECT substring('foobar' FROM 'o(.)b'), substring('foobar' FROM 'o.b'), substring('foobar', '(?:o)b'), substring('2020-01-02' FROM '(\d+)-'), substring('abc' FROM '(?i)B');

SELECT 'abc' ~ 'a[^b]', 'a-c' ~ '[a\-c]', 'a]' ~ '[]]', 'a^' ~ '[\^]', 'tab' || E'\t' ~ '\t', 'a' ~ '\x61', 'a' ~ '\u0061', 'é' ~ '\u00e9', 'a' ~ '\141', '[' ~ '[[]', 'a' ~ '[[.a.]]', 'a' ~ '[[=a=]]';

SELECT regexp_match('foobar', '.*?o'), regexp_match('foobar', '.*o'), regexp_match('foobar', '(.*?)(o+)'), regexp_match('aaa', 'a+?'), regexp_match('aaa', 'a{1,2}?'), regexp_match('xaaay', 'a*?y'), regexp_match('abcd', '(a|ab)(c|bcd)?');

SELECT regexp_match('XY1234Z', 'Y*([0-9]{1,3})'), regexp_match('XY1234Z', 'Y*?([0-9]{1,3})'), regexp_match('abc01234xyz', '(.*)(\d+)(.*)'), regexp_match('abc01234xyz', '(.*?)(\d+)(.*)'), regexp_match('abc01234xyz', '(?:(.*?)(\d+)(.*)){1,1}');

SELECT regexp_match('foo', '(o|oo)'), regexp_match('foo', 'o|oo'), regexp_match('xabcabcy', '(abc)+'), regexp_match('aab', '(a*)(ab)?b'), regexp_match('ab', '(a)|(b)'), regexp_match('ab', '(a)?(ab)?');

SELECT regexp_replace('Thomas', '.[mN]a.', 'M'), regexp_replace('foobarbaz', 'b..', 'X'), regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g'), regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 0, 'i'), regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 3, 'i');

SELECT t ~ 'a', t ~* '^B', t ~ '\s', t ~ '[^[:ascii:]]' FROM words ORDER BY id;

SELECT id, regexp_replace(t, '[aeiou]', '*', 'g'), regexp_match(t, '(\w)\w*$'), regexp_split_to_array(t, '\W+') FROM words ORDER BY id;

SELECT id, m FROM words, regexp_matches(t, '(.)(\1)', 'g') AS m ORDER BY id, m;

SELECT 'a b' ~ 'a\ b', 'a+b' ~ 'a\+b', 'a' ~ 'a|b|', 'z' ~ 'a||b';

SELECT 'abc' ~ '(a(b(c)))', regexp_match('abc', '(a(b(c)))'), regexp_match('abcd', '((a)(b))(?:c)(d)');

SELECT regexp_match(E'line1\nline2', '^line2$', 'n'), regexp_match(E'line1\nline2', 'line1$', 'w'), regexp_match(E'a\nb', 'a.b', 'p'), regexp_match(E'a\nb', 'a.b', 's'), regexp_match(E'a\nb', 'a[^x]b', 'n');

-- differs: not built yet
SELECT textregexeq('abc', 'b'), textregexne('abc', 'b'), texticregexeq('ABC', 'b'), nameregexeq('abc'::name, 'b'), 'abc'::name ~ 'b', 'ab '::char(3) ~ 'b $', 'abc'::varchar ~ 'c';

SELECT 1 ~ '1';

SELECT 'a' ~ 1;

SELECT regexp_match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(a+)+$') IS NULL, regexp_match('x' || repeat('a', 1000), 'a{255}') IS NOT NULL;

SELECT 'ab' ~ 'a(?#comment)b', 'aB' ~ 'a(?i)b', 'a' ~ 'b|(?i)A';

SELECT regexp_match('2024-02-29', '(?:(\d{4})-(\d\d)-(\d\d))'), regexp_match('k=v; k2=v2', '(\w+)=(\w+)(?:; (\w+)=(\w+))?');

SELECT regexp_matches('foobarbequebaz', '(bar)(beque)'), regexp_matches('foobarbequebaz', 'barbeque');

SELECT foo FROM regexp_split_to_table('the quick brown fox', '\s*') AS foo;

SELECT 'é' ~* 'É', 'ß' ~* 'SS', 'Ǆ' ~* 'ǆ', 'İ' ~* 'i';

SELECT regexp_replace('äöü', '.', 'x', 'g'), regexp_instr('äöü', 'ü'), regexp_substr('äöü', 'ö.'), regexp_count('äää', 'ä');

SELECT 'a\b' ~ 'a\\b', 'a' ~ '[\w]', '-' ~ '[\w-]', 'a5' ~ '[\d][\D]?', ' ' ~ '[\s]', 'x' ~ '[^\d\s]';

SELECT 'abc' ~ '[a-', 1;

SELECT 'abc' ~ 'b{1', 1;

SELECT 'abc' ~ '\Ma', 'abc' ~ '\Aabc', 'abc' ~ 'abc\Z', 'a b' ~ 'a\Y b', 'ab' ~ 'a\Yb';

SELECT 'aaaa' ~ '^(a\1?){4}$';

SELECT regexp_match('abcdefg', '(?=.*d)(a)(?!x)(b)');

SELECT regexp_replace('1234567', '(\d)(?=(\d{3})+$)', '\1,', 'g'), regexp_replace('camelCaseText', '(?<!^)([A-Z])', '_\1', 'g');

