-- String functions and operators.

SELECT length('abc'), length(''), length('äöü'), char_length('日本'), character_length('x'), octet_length('äöü'), bit_length('ab'), length('ab '::char(5));

SELECT upper('abcÄß'), lower('ABCÄ'), initcap('hello wORLD foo_bar 3x'), initcap('o''neil-smith');

SELECT substring('abcdef' FROM 2 FOR 3), substring('abcdef' FROM 3), substring('abcdef' FOR 2), substring('abcdef', 2, 3), substring('abcdef', -1, 3), substring('abcdef', 0), substr('abcdef', 2), substr('abcdef', 10), substring('abcdef' FROM 2 FOR 0);

SELECT substring('abc' FROM 2 FOR -1);

SELECT substr('abc', 1, -2);

-- differs: not built yet
SELECT substring('abcdef' FROM 'c.*'), substring('abcdef' FROM '(b)(c)'), substring('abc' FROM 'x'), substring('foobar' SIMILAR 'f#"oo#"%' ESCAPE '#'), substring('foobar' FROM '%#"o_b#"%' FOR '#');

SELECT substring(123, 1, 2);

SELECT substring('äöüß', 2, 2), left('abc', 2), left('abc', -1), left('abc', 0), left('abc', 10), right('abc', 2), right('abc', -1), right('abc', -5);

SELECT position('c' IN 'abc'), position('x' IN 'abc'), position('' IN 'abc'), strpos('abcabc', 'ca'), position('ß' IN 'Straße');

SELECT trim('  x '), trim(both 'x' from 'xxaxx'), trim(leading 'x' from 'xxa'), trim(trailing from 'a  '), trim('x' from 'xax'), trim(both from ' y '), trim('abcba', 'ab'), ltrim('xyxa', 'xy'), rtrim('axyx', 'xy'), btrim('  a  '), btrim('xax', 'x'), ltrim(E'\t a'), trim('');

SELECT trim(both from 'a', 'b');

SELECT lpad('ab', 5), lpad('ab', 5, 'xy'), lpad('abcdef', 3), rpad('ab', 5, '*'), rpad('abc', 2), lpad('a', 5, ''), lpad('a', -1), rpad('ä', 3, 'ö');

SELECT repeat('ab', 3), repeat('x', 0), repeat('x', -1), replace('abcabc', 'b', 'XX'), replace('abc', '', 'x'), replace('abc', 'z', ''), reverse('abc'), reverse('äb');

SELECT translate('12345', '143', 'ax'), translate('abc', '', 'x'), translate('äbc', 'äc', 'x'), overlay('abcdef' PLACING 'XX' FROM 2 FOR 3), overlay('abcdef' PLACING 'XX' FROM 2), overlay('abc', 'x', 2, 1), overlay('abcdef' placing 'Z' from 7);

SELECT overlay('abc' PLACING 'x' FROM 0);

SELECT concat('a', 1, NULL, true), concat(), concat_ws(',', 'a', NULL, 'b', 2), concat_ws(NULL, 'a'), concat_ws(',', NULL), concat(ARRAY[1,2], 1.50, date '2020-01-01'), concat(VARIADIC ARRAY['a','b']);

SELECT concat();

SELECT concat_ws();

SELECT split_part('a,b,c', ',', 2), split_part('a,b,c', ',', 5), split_part('a,b,c', ',', -1), split_part('a,b,c', ',', -3), split_part('abc', '', 1), split_part('', ',', 1), split_part('a||b', '||', 2);

SELECT split_part('a,b', ',', 0);

SELECT ascii('a'), ascii(''), ascii('ä'), ascii('日'), chr(65), chr(228), chr(26085);

SELECT chr(0);

SELECT chr(-1);

SELECT chr(1114112);

SELECT chr(55296);

SELECT md5('abc'), md5(''), sha256('abc'), sha224('a'), encode(sha512('abc'), 'base64'), encode(sha384(''), 'hex'), md5('\x00'::bytea);

-- differs: not built yet
SELECT encode('abc', 'hex'), encode('abc', 'base64'), encode('a\\b\001'::bytea, 'escape'), decode('616263', 'hex'), decode('YWJj', 'base64'), decode('a\\b', 'escape'), encode('\xff00'::bytea, 'escape');

SELECT encode('x', 'foo');

SELECT decode('6', 'hex');

SELECT decode('zz', 'hex');

SELECT decode('Y', 'base64');

SELECT decode('!!!!', 'base64');

SELECT encode(repeat('x', 60)::bytea, 'base64');

SELECT get_byte('abc'::bytea, 1), set_byte('abc'::bytea, 1, 65), get_bit('abc'::bytea, 3), set_bit('abc'::bytea, 0, 0), length('\x0102'::bytea), substring('\x010203'::bytea FROM 2 FOR 1), position('\x02'::bytea IN '\x010203'::bytea), '\x01'::bytea || '\x02'::bytea, octet_length('\x0102'::bytea), bit_length('\x01'::bytea);

SELECT get_byte('abc'::bytea, 5);

SELECT set_bit('a'::bytea, 9, 1);

SELECT set_bit('a'::bytea, 0, 2);

-- differs: not built yet
SELECT trim('\x00'::bytea FROM '\x000100'::bytea), overlay('\x010203'::bytea PLACING '\xff'::bytea FROM 2), convert_from('\xc3a4'::bytea, 'UTF8'), convert_to('ä', 'UTF8'), convert_to('ä', 'LATIN1'), convert('\xe4'::bytea, 'LATIN1', 'UTF8'), length('ä'::bytea, 'UTF8'), ltrim('\x0001'::bytea, '\x00'::bytea), reverse('x');

SELECT convert_from('\xff'::bytea, 'UTF8');

SELECT convert_from('a', 'nope');

SELECT quote_ident('abc'), quote_ident('Abc'), quote_ident('a b'), quote_ident('select'), quote_ident('a"b'), quote_literal('it''s'), quote_literal(E'a\\b'), quote_literal(42), quote_nullable(NULL), quote_nullable('x'), quote_literal(NULL);

SELECT format('Hello %s', 'World'), format('%I = %L', 'a b', 'it''s'), format('%2$s %1$s', 'a', 'b'), format('%%'), format('%5s|%-5s|', 'a', 'b'), format('%*s', 5, 'x'), format('%-*s|', 4, 'x'), format('%s', NULL), format('%L', NULL), format('x');

SELECT format('%I', NULL);

SELECT format('%s');

SELECT format('%x', 1);

SELECT format('%');

SELECT format('%3$s', 1);

SELECT format('%0$s', 1);

-- differs: not built yet
SELECT format('%1$*2$s|', 'a', 5), format(VARIADIC ARRAY['%s-%s', 'a', 'b']), format('%s %s', 1, ARRAY[1,2]), format('%s', true);

SELECT starts_with('abc', 'ab'), starts_with('abc', 'x'), 'abc' ^@ 'ab', starts_with('abc', '');

-- differs: not built yet
SELECT to_ascii('abc', 'LATIN1'), unistr('d\0061t\+000061'), unistr('\u0061\U00000062'), normalize(U&'a\0308'), normalize('ä', NFD), normalize('ﬁ', NFKC), length(normalize('ä', NFD));

SELECT unistr('\xyz');

SELECT normalize('x', FOO);

SELECT parse_ident('"A".b.c'), parse_ident('x');

SELECT parse_ident('a..b');

SELECT parse_ident('1a');

SELECT 'abc' LIKE 'a%', 'abc' LIKE 'A%', 'abc' ILIKE 'A%', 'abc' LIKE '_b_', 'abc' NOT LIKE 'x', 'a%c' LIKE 'a\%c', 'a_c' LIKE 'a!_c' ESCAPE '!', 'abc' LIKE '', '' LIKE '%', 'a\c' LIKE 'a\\c', 'abc' LIKE 'abc' ESCAPE '';

SELECT 'abc' LIKE 'ab\';

SELECT 'abc' LIKE 'a' ESCAPE 'xx';

SELECT 'a' LIKE NULL, NULL LIKE 'a', 'a' ILIKE 'Ä', 'ä' ILIKE 'Ä', 'ß' ILIKE 'SS', 'x' LIKE 'x' ESCAPE NULL;

SELECT 1 LIKE '1';

-- differs: not built yet
SELECT 'abc' ~~ 'a%', 'abc' !~~ 'a%', 'ABC' ~~* 'a%', 'ABC' !~~* 'a%', like('abc', 'a%'), notlike('abc', 'b%'), like_escape('a!%', '!');

SELECT 'abc' SIMILAR TO 'a(b|x)c', 'abc' SIMILAR TO 'ab', 'abc' SIMILAR TO '%b%', 'abc' SIMILAR TO '_b_', 'aaa' SIMILAR TO 'a{2,3}', 'abc' NOT SIMILAR TO 'x', 'a.c' SIMILAR TO 'a.c', 'abc' SIMILAR TO 'a.c', 'ab' SIMILAR TO '[a-c]+', 'a|b' SIMILAR TO 'a\|b', 'ab' SIMILAR TO 'a!b' ESCAPE '!', 'xay' SIMILAR TO 'x[^b]y', 'aab' SIMILAR TO 'a*b', 'b' SIMILAR TO 'a?b', '^a' SIMILAR TO '^a', 'a$' SIMILAR TO 'a$';

SELECT 'abc' SIMILAR TO 'a(';

-- differs: not built yet
SELECT 'a' SIMILAR TO NULL, similar_escape('a%', '\'), similar_to_escape('a_b%'), similar_to_escape('a#_', '#');

SELECT id, t, length(t), upper(t), left(t, 3), substring(t, 2, 3), position('a' IN t), replace(t, 'a', 'A'), reverse(t) FROM words ORDER BY id;

SELECT id, v || c, length(c), octet_length(c), c = 'ab', c || 'x', upper(v), v LIKE '%\%' FROM words ORDER BY id;

SELECT id FROM words WHERE t LIKE 'a%' ORDER BY id;

SELECT id FROM words WHERE t LIKE '%\_%\%%' ORDER BY id;

SELECT id FROM words WHERE t ILIKE '%AN%' OR t SIMILAR TO '%(rr|ß)%' ORDER BY id;

SELECT id FROM words WHERE c = 'cd' OR c = 'x    ' ORDER BY id;

SELECT t FROM words ORDER BY t;

SELECT t FROM words ORDER BY t DESC NULLS LAST, id;

SELECT t FROM words ORDER BY t COLLATE "C";

SELECT t COLLATE "C" < 'b', t < 'b' COLLATE "C", t COLLATE "POSIX" = t FROM words ORDER BY id;

SELECT 'a' COLLATE "nope";

SELECT 1 COLLATE "C";

-- differs: not built yet
SELECT 'a' COLLATE "C" || 'b' COLLATE "POSIX";

-- differs: not built yet
SELECT ('a' COLLATE "C") < ('b' COLLATE "POSIX");

-- differs: not built yet
SELECT pg_collation_for('a' COLLATE "C"), collation for ('x');

SELECT min(t), max(t), min(v), max(c) FROM words;

-- differs: not built yet
SELECT string_agg(t, ','), string_agg(t, ',' ORDER BY t DESC), string_agg(DISTINCT k, '+' ORDER BY k), string_agg(t, NULL ORDER BY id), string_agg(t, k ORDER BY id) FROM words WHERE id < 6;

SELECT string_agg(id, ',') FROM words;

SELECT string_agg(t) FROM words;

SELECT lower(k) AS k, count(*), string_agg(v, '/' ORDER BY id) FROM words GROUP BY lower(k) ORDER BY 1;

SELECT 'abc' < 'abd', 'a ' = 'a', 'a '::char(3) = 'a'::varchar, 'a'::text = 'a '::char(3), 'abc'::varchar = 'abc'::text;

SELECT 'a' || 'b'::varchar, pg_typeof('a' || 'b'), pg_typeof('a'::varchar || 'b'::varchar), pg_typeof(upper('x'::varchar)), pg_typeof('a'::char(3) || 'b'), pg_typeof(left('x'::char(2), 1));

-- differs: not built yet
SELECT text_larger('a', 'b'), textcat('a', 'b'), textlen('abc'), lower('X') || upper('y'), bpcharlen('ab  '::char(4)), ascii(left('x', 1)), length(repeat('ab', 1000));

SELECT regexp_count('abcabc', 'b'), regexp_like('abc', 'B', 'i'), regexp_instr('abcabc', 'c', 1, 2), regexp_substr('abcabc', 'b.', 3), regexp_instr('abc', '(b)(c)', 1, 1, 0, '', 2);

SELECT strpos('abc', NULL), upper(NULL), concat_ws('-', 'a', NULL), NULL || 'a', length(NULL);

SELECT upper(1);

SELECT length(1.5);

SELECT upper('a', 'b');

SELECT nofunc('a');

SELECT left('abc');

SELECT left('abc', 'x');

SELECT lpad('a', 3, 5);

SELECT 'a' + 'b'::text;

SELECT 'a'::text * 2;

SELECT string_to_array('a b', ' ')::text, array_to_string(string_to_array('a,b', ','), '-'), (string_to_array('x,y', ','))[2];

SELECT to_char(1, '9') || 'x', to_hex(16)::text || 'h', 5::text || 'x', 'x' || (1 = 1);

SELECT 'x' || ARRAY[1,2]::text, 'x' || '2020-01-01'::date, 'x' || '{"a":1}'::jsonb;

SELECT ('x' || NULL) IS NULL, concat('x', NULL), format('%s', NULL) = '';

SELECT "char" 'a' < 'b'::"char", ascii('a'::"char"::text), 'abc'::"char" = 'a';

SELECT 'abc'::name < 'abd'::name, 'abc'::name = 'abc'::text, 'abc'::name || 'd', upper('abc'::name), length('abc'::name);

SELECT gen_random_uuid() IS NOT NULL, uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' < 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', uuid 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::text, md5('x')::uuid;

SELECT crc32('a');

SELECT casefold('A');

SELECT substring('abc' FROM NULL), substring(NULL FROM 1 FOR 2), overlay(NULL PLACING 'x' FROM 1), trim(NULL), position(NULL IN 'a');

SELECT bit_length('ä'), char_length(E'\n'), octet_length('a'::char(5)), char_length('a'::char(5));

