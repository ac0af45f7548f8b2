package builtin

import "millrace/sql/types"

// operatorNames are functions of pg_proc that operators stand for. Clients call them
// where they cannot write the symbol: a question mark is a parameter in JDBC.
var operatorNames = []struct {
	name, op string
	args     []types.Type
	example  string
}{
	{"jsonb_exists", "?", list(types.JSONB, types.Text), `jsonb_exists('{"a": 1}', 'a') = true`},
	{"jsonb_exists_any", "?|", list(types.JSONB, textArray), `jsonb_exists_any('{"a": 1}', array['b', 'a']) = true`},
	{"jsonb_exists_all", "?&", list(types.JSONB, textArray), `jsonb_exists_all('{"a": 1}', array['b', 'a']) = false`},
	{"jsonb_contains", "@>", list(types.JSONB, types.JSONB), `jsonb_contains('{"a": 1, "b": 2}', '{"b": 2}') = true`},
	{"jsonb_contained", "<@", list(types.JSONB, types.JSONB), `jsonb_contained('{"b": 2}', '{"a": 1, "b": 2}') = true`},
	{"jsonb_concat", "||", list(types.JSONB, types.JSONB), `jsonb_concat('[1]', '[2]') = '[1, 2]'`},
	{"jsonb_delete", "-", list(types.JSONB, types.Text), `jsonb_delete('{"a": 1, "b": 2}', 'a'::text) = '{"b": 2}'`},
	{"jsonb_delete", "-", list(types.JSONB, types.Int4), `jsonb_delete('["a", "b"]', 1) = '["a"]'`},
	{"jsonb_delete_path", "#-", list(types.JSONB, textArray), `jsonb_delete_path('{"a": [1, 2]}', '{a,0}') = '{"a": [2]}'`},
	{"jsonb_object_field", "->", list(types.JSONB, types.Text), `jsonb_object_field('{"a": 1}', 'a') = '1'`},
	{"jsonb_object_field_text", "->>", list(types.JSONB, types.Text), `jsonb_object_field_text('{"a": 1}', 'a') = '1'`},
	{"jsonb_array_element", "->", list(types.JSONB, types.Int4), `jsonb_array_element('[5, 6]', 1) = '6'`},
	{"jsonb_array_element_text", "->>", list(types.JSONB, types.Int4), `jsonb_array_element_text('[5, 6]', 1) = '6'`},
	{"json_object_field", "->", list(types.JSON, types.Text), `(json_object_field('{"a": 1}', 'a')::text) = '1'`},
	{"json_object_field_text", "->>", list(types.JSON, types.Text), `json_object_field_text('{"a": 1}', 'a') = '1'`},
	{"json_array_element", "->", list(types.JSON, types.Int4), `(json_array_element('[5, 6]', 1)::text) = '6'`},
	{"json_array_element_text", "->>", list(types.JSON, types.Int4), `json_array_element_text('[5, 6]', 1) = '6'`},
	{"arrayoverlap", "&&", twoArrays, "arrayoverlap(array[1, 4], array[2, 1]) = true"},
	{"arraycontains", "@>", twoArrays, "arraycontains(array[1, 4], array[1]) = true"},
	{"arraycontained", "<@", twoArrays, "arraycontained(array[1], array[1, 4]) = true"},
	{"textcat", "||", list(types.Text, types.Text), "textcat('Post', 'gres') = 'Postgres'"},
	{"byteacat", "||", list(types.Bytea, types.Bytea), `byteacat('\x12'::bytea, '\x34'::bytea) = '\x1234'`},
	{"notlike", "!~~", list(types.Text, types.Text), "notlike('abc', 'a%') = false"},
	{"textlike", "~~", list(types.Text, types.Text), "textlike('abc', 'a%') = true"},
	{"textnlike", "!~~", list(types.Text, types.Text), "textnlike('abc', 'a%') = false"},
	{"texticlike", "~~*", list(types.Text, types.Text), "texticlike('ABC', 'a%') = true"},
	{"texticnlike", "!~~*", list(types.Text, types.Text), "texticnlike('ABC', 'a%') = false"},
	{"textregexeq", "~", list(types.Text, types.Text), "textregexeq('abc', '^a') = true"},
	{"textregexne", "!~", list(types.Text, types.Text), "textregexne('abc', '^a') = false"},
	{"texticregexeq", "~*", list(types.Text, types.Text), "texticregexeq('ABC', '^a') = true"},
	{"texticregexne", "!~*", list(types.Text, types.Text), "texticregexne('ABC', '^a') = false"},
	{"int4pl", "+", list(types.Int4, types.Int4), "int4pl(2, 3) = 5"},
	{"int4mi", "-", list(types.Int4, types.Int4), "int4mi(2, 3) = -1"},
	{"int4mul", "*", list(types.Int4, types.Int4), "int4mul(2, 3) = 6"},
	{"int4div", "/", list(types.Int4, types.Int4), "int4div(7, 3) = 2"},
	{"int4mod", "%", list(types.Int4, types.Int4), "int4mod(7, 3) = 1"},
	{"int8pl", "+", list(types.Int8, types.Int8), "int8pl(2, 3) = 5"},
	{"int8mi", "-", list(types.Int8, types.Int8), "int8mi(2, 3) = -1"},
	{"int8mul", "*", list(types.Int8, types.Int8), "int8mul(2, 3) = 6"},
	{"int8div", "/", list(types.Int8, types.Int8), "int8div(7, 3) = 2"},
	{"int8mod", "%", list(types.Int8, types.Int8), "int8mod(7, 3) = 1"},
	{"float8pl", "+", list(types.Float8, types.Float8), "float8pl(2, 0.5) = 2.5"},
	{"float8mi", "-", list(types.Float8, types.Float8), "float8mi(2, 0.5) = 1.5"},
	{"float8mul", "*", list(types.Float8, types.Float8), "float8mul(2, 0.5) = 1"},
	{"float8div", "/", list(types.Float8, types.Float8), "float8div(2, 0.5) = 4"},
	{"numeric_add", "+", list(types.Numeric, types.Numeric), "numeric_add(2, 0.5) = 2.5"},
	{"numeric_sub", "-", list(types.Numeric, types.Numeric), "numeric_sub(2, 0.5) = 1.5"},
	{"numeric_mul", "*", list(types.Numeric, types.Numeric), "numeric_mul(2, 0.5) = 1"},
	{"numeric_div", "/", list(types.Numeric, types.Numeric), "numeric_div(2, 0.5) = 4"},
	{"numeric_mod", "%", list(types.Numeric, types.Numeric), "numeric_mod(7, 3) = 1"},
}

func operatorFuncs() []Func {
	var out []Func
	for _, o := range operatorNames {
		f := sameAs(o.name, o.op, o.args...)
		f.Doc, f.Example = "The function of the operator "+o.op+".", o.example
		out = append(out, f)
	}
	return out
}

// sameAs is the entry of another function or operator under a further name.
func sameAs(name, other string, args ...types.Type) Func {
	for _, family := range [][]Func{
		jsonFuncs, arrayFuncs, stringFuncs, patternFuncs, regexpFuncs, arithFuncs, mathFuncs, timeFuncs, timeOpFuncs, condFuncs, uuidFuncs, bytesFuncs,
	} {
		for _, f := range family {
			if f.Name == other && sameTypes(f.Args, args) {
				f.Name, f.Doc = name, "Same as "+other+"."
				return f
			}
		}
	}
	panic("no function " + other + " for " + name)
}

func sameTypes(a, b []types.Type) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
