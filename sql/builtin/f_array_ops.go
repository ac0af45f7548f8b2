package builtin

import (
	"strings"
	"unicode/utf8"

	"millrace/sql/col"
	"millrace/sql/types"
)

var arrayTests = []Func{
	{
		Name: "@>", Args: twoArrays, Returns: types.Bool, Doc: "Whether the left array has every element of the right one.",
		Example: "(array[1, 4, 3] @> array[3, 1, 3]) = true", Kernel: setTest(0, 1, true),
	},
	{
		Name: "<@", Args: twoArrays, Returns: types.Bool, Doc: "Whether the right array has every element of the left one.",
		Example: "(array[2, 7] <@ array[1, 7, 4, 2, 6]) = true", Kernel: setTest(1, 0, true),
	},
	{
		Name: "&&", Args: twoArrays, Returns: types.Bool, Doc: "Whether the arrays have an element in common.",
		Example: "(array[1, 4, 3] && array[2, 1]) = true", Kernel: setTest(0, 1, false),
	},
}

// setTest looks for the elements of argument part in argument whole: all of them, or
// one. NULL elements match nothing.
func setTest(whole, part int, all bool) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		t := c.Args[0].Type.ElemType()
		has := map[string]bool{}
		for _, d := range arrayAt(c, whole, i).Elems {
			if d.Set {
				has[elementKey(t, d)] = true
			}
		}
		for _, d := range arrayAt(c, part, i).Elems {
			if found := d.Set && has[elementKey(t, d)]; found != all {
				out.Bool(!all)
				return nil
			}
		}
		out.Bool(all)
		return nil
	})
}

func elementKey(t types.Type, d types.Datum) string {
	return string(types.AppendKey(nil, t, d.I, []byte(d.S)))
}

var textArray = types.ArrayOf(types.KindText)

var arrayTextFuncs = []Func{
	{
		Name: "array_to_string", Args: list(types.AnyArray, types.Text), Returns: types.Text, Volatility: Stable,
		Doc: "The elements as text with a separator, NULL left out.", Example: "array_to_string(array[1, 2, null, 3], ',') = '1,2,3'",
		Kernel: rowsKernel(arrayToString),
	},
	{
		Name: "array_to_string", Args: list(types.AnyArray, types.Text, types.Text), Returns: types.Text, Volatility: Stable, NotStrict: true,
		Doc: "The elements as text with a separator and a text for NULL.", Example: "array_to_string(array[1, 2, null, 3], ',', '*') = '1,2,*,3'",
		Kernel: rowsKernel(arrayToString),
	},
	{
		Name: "string_to_array", Args: list(types.Text, types.Text), Returns: textArray, NotStrict: true,
		Doc:     "Splits at a separator; NULL as separator splits into characters.",
		Example: "string_to_array('xx~~yy~~zz', '~~') = array['xx', 'yy', 'zz']", Kernel: rowsKernel(stringToArray),
	},
	{
		Name: "string_to_array", Args: list(types.Text, types.Text, types.Text), Returns: textArray, NotStrict: true,
		Doc: "Splits at a separator; fields equal to the third argument are NULL.", Example: "string_to_array('xx~~yy~~zz', '~~', 'yy') = array['xx', null, 'zz']",
		Kernel: rowsKernel(stringToArray),
	},
}

func arrayToString(c *Call, i int, out *col.Builder) error {
	if c.Args[0].IsNull(i) || c.Args[1].IsNull(i) {
		out.Null()
		return nil
	}
	a := arrayAt(c, 0, i)
	forNull, hasForNull := "", false
	if len(c.Args) > 2 && !c.Args[2].IsNull(i) {
		forNull, hasForNull = c.Args[2].Str(i), true
	}
	var dst []byte
	first := true
	for _, d := range a.Elems {
		if !d.Set && !hasForNull {
			continue
		}
		if !first {
			dst = append(dst, c.Args[1].Bytes(i)...)
		}
		first = false
		if d.Set {
			dst = types.AppendText(dst, a.Elem, d.I, []byte(d.S), c.Env.Format)
		} else {
			dst = append(dst, forNull...)
		}
	}
	out.Raw(dst)
	return nil
}

func stringToArray(c *Call, i int, out *col.Builder) error {
	if c.Args[0].IsNull(i) {
		out.Null()
		return nil
	}
	var nullText *string
	if len(c.Args) > 2 && !c.Args[2].IsNull(i) {
		s := c.Args[2].Str(i)
		nullText = &s
	}
	var elems []types.Datum
	for _, field := range splitText(c.Args[0].Str(i), c.Args[1].Datum(i)) {
		if nullText != nil && field == *nullText {
			elems = append(elems, types.Null)
		} else {
			elems = append(elems, types.BytesDatum(field))
		}
	}
	out.Datum(types.ArrayDatum(types.Text, elems))
	return nil
}

// splitText splits at a separator: NULL splits into characters, the empty one not at all.
func splitText(s string, sep types.Datum) []string {
	switch {
	case s == "":
		return nil
	case !sep.Set:
		var out []string
		for len(s) > 0 {
			_, n := utf8.DecodeRuneInString(s)
			out = append(out, s[:n])
			s = s[n:]
		}
		return out
	case sep.S == "":
		return []string{s}
	}
	return strings.Split(s, sep.S)
}
