package builtin

import (
	"fmt"
	"strings"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// quantifiedFuncs are "any <op>" and "all <op>": x op ANY (array) and x op ALL
// (array). ResolveQuantified finds them. The left operand and the elements have one
// type, except that the patterns of LIKE and ~ are always text.
var quantifiedFuncs = makeQuantified()

func makeQuantified() []Func {
	var out []Func
	add := func(quant, op string, left, array types.Type, test func(left, elem types.Type) elementTest) {
		asSet := quant == "any" && op == "="
		out = append(out, Func{
			Name: quant + " " + op, Args: list(left, array), Returns: types.Bool, NotStrict: true, Scalars: true,
			Doc: fmt.Sprintf("Whether %s holds for %s element of the array; NULL elements make it unknown.", op,
				map[string]string{"any": "an", "all": "each"}[quant]),
			Kernel: quantifiedKernel(quant == "any", asSet, test), Example: quantifiedExamples[quant+" "+op],
		})
	}
	for _, quant := range []string{"any", "all"} {
		for _, cmp := range comparisons {
			op := cmp.op
			add(quant, cmp.name, types.AnyElement, types.AnyArray, func(_, elem types.Type) elementTest {
				return compareElement(compareOf(elem, op))
			})
		}
		for _, op := range []string{"~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*"} {
			add(quant, op, types.Text, types.ArrayOf(types.KindText), patternElement(op))
		}
	}
	return out
}

var quantifiedExamples = map[string]string{
	"any =":  "(2 = any (array[1, 2])) = true",
	"all =":  "(2 = all (array[1, 2])) = false",
	"any <>": "(2 <> any (array[1, 2])) = true",
	"all <":  "(0 < all (array[1, 2])) = true",
	"any ~~": "('abc' ~~ any (array['a%', 'x%'])) = true",
	"all ~":  "('abc' ~ all (array['^a', 'c$'])) = true",
}

// ResolveQuantified resolves left op ANY (array), or ALL where all is set. coerced
// has the types that the two operands must be cast to.
func ResolveQuantified(op string, left, array types.Type, all bool) (f *Func, coerced []types.Type, result types.Type, err error) {
	if op == "!=" {
		op = "<>"
	}
	elem := left
	switch {
	case array.Kind == types.KindArray, array.Kind == types.KindInt2vector, array.Kind == types.KindOidvector:
		elem, _ = element(types.AnyArray, array)
	case !isUnknown(array):
		return nil, nil, types.Type{}, pgerr.New(pgerr.WrongObjectType, "op ANY/ALL (array) requires array on right side")
	}
	inner, operands, result, err := ResolveOperator(op, left, elem)
	if err != nil {
		return nil, nil, types.Type{}, err
	}
	if result.Kind != types.KindBool {
		return nil, nil, types.Type{}, pgerr.New(pgerr.WrongObjectType, "op ANY/ALL (array) requires operator to yield boolean")
	}
	name := "any " + inner.Name
	if all {
		name = "all " + inner.Name
	}
	fs := byName.funcs[name]
	if len(fs) == 0 {
		return nil, nil, types.Type{}, pgerr.Newf(pgerr.FeatureNotSupported, "operator %s is not supported with ANY or ALL (array)", op)
	}
	l, r, err := oneType(fs[0], operands)
	if err != nil {
		return nil, nil, types.Type{}, err
	}
	if r.ArrayOID() == 0 {
		return nil, nil, types.Type{}, pgerr.Newf(pgerr.UndefinedObject, "could not find array type for data type %s", r.Base())
	}
	want := r.Array()
	if want.Same(array) {
		want = array
	}
	return fs[0], []types.Type{l, want}, types.Bool, nil
}

// oneType returns the types of the left operand and of the elements.
func oneType(f *Func, operands []types.Type) (left, elem types.Type, err error) {
	if f.Args[0].Kind == types.KindText {
		return types.Text, types.Text, nil
	}
	if operands[0].Same(operands[1]) {
		return operands[0], operands[1].Base(), nil
	}
	common, err := CommonType([]types.Type{operands[0].Base(), operands[1].Base()})
	return common, common, err
}

// elementTest tells whether the operator holds between the left operand and an element.
type elementTest func(c *Call, li int64, lb []byte, ei int64, eb []byte) (bool, error)

func compareElement(holds func(ai int64, ab []byte, bi int64, bb []byte) bool) elementTest {
	return func(_ *Call, li int64, lb []byte, ei int64, eb []byte) (bool, error) {
		return holds(li, lb, ei, eb), nil
	}
}

func patternElement(op string) func(left, elem types.Type) elementTest {
	not, fold := strings.HasPrefix(op, "!"), strings.HasSuffix(op, "*")
	like := strings.Contains(op, "~~")
	return func(_, _ types.Type) elementTest {
		return func(c *Call, _ int64, s []byte, _ int64, pattern []byte) (bool, error) {
			if like {
				p := likePatternOf(c, pattern, fold, false)
				if fold {
					s = appendLower(nil, s)
				}
				is, err := p.test(s)
				return is != not, err
			}
			re, err := regexpOf(c, pattern, fold)
			if err != nil {
				return false, err
			}
			return re.Match(s) != not, nil
		}
	}
}

func quantifiedKernel(isAny, asSet bool, test func(left, elem types.Type) elementTest) Kernel {
	return func(c *Call) *col.Vec {
		left, array := c.Args[0], c.Args[1]
		holds := test(left.Type, array.Type.ElemType())
		if asSet && c.Const&2 != 0 && array.Err(0) == nil {
			if set := memberSetOf(c, array); set != nil {
				return memberKernel(c, set)
			}
		}
		return eachRow(c, func(i int, out *col.Builder) error {
			li, ai := c.Row(0, i), c.Row(1, i)
			if array.IsNull(ai) {
				out.Null()
				return nil
			}
			var word int64
			var b []byte
			if left.Type.IsFixed() {
				word = left.Fix[li]
			} else {
				b = left.Bytes(li)
			}
			return quantify(c, isAny, holds, operand{left.IsNull(li), word, b}, array.Type, array.Bytes(ai), out)
		})
	}
}

// operand is the left side of ANY or ALL.
type operand struct {
	null bool
	i    int64
	b    []byte
}

// quantify walks over the elements: ANY is true when one holds, ALL false when one
// does not; a NULL on either side makes an undecided result NULL.
func quantify(c *Call, isAny bool, holds elementTest, left operand, t types.Type, array []byte, out *col.Builder) error {
	r, ok := types.OpenArray(t, array)
	if !ok {
		panic(pgerr.Bug("malformed array"))
	}
	unknown := false
	for range r.N {
		ei, eb, null, _ := r.Next()
		if null || left.null {
			unknown = true
			continue
		}
		is, err := holds(c, left.i, left.b, ei, eb)
		if err != nil {
			return err
		}
		if is == isAny {
			out.Bool(isAny)
			return nil
		}
	}
	if unknown {
		out.Null()
	} else {
		out.Bool(!isAny)
	}
	return nil
}

// memberSet is a constant array prepared for x = ANY (array), for types whose values
// are equal exactly when their stored forms are.
type memberSet struct {
	source  string
	words   map[int64]struct{}
	strings map[string]struct{}
	hasNull bool
}

// minMembers is the length of an array from which a set beats a walk.
const minMembers = 8

// memberSetOf returns the set of a long constant array compared by "=", nil when
// there is none to make.
func memberSetOf(c *Call, array *col.Vec) *memberSet {
	t := array.Type.ElemType()
	if !t.IdentityEqual() || array.IsNull(0) {
		return nil
	}
	if set, ok := (*c.Memo).(*memberSet); ok && set.source == string(array.Bytes(0)) {
		return set
	}
	r, ok := types.OpenArray(array.Type, array.Bytes(0))
	if !ok || r.N < minMembers {
		return nil
	}
	set := &memberSet{source: array.Str(0), words: map[int64]struct{}{}, strings: map[string]struct{}{}}
	for range r.N {
		switch x, b, null, _ := r.Next(); {
		case null:
			set.hasNull = true
		case t.IsFixed():
			set.words[x] = struct{}{}
		default:
			set.strings[string(b)] = struct{}{}
		}
	}
	*c.Memo = set
	return set
}

// has looks for row i of v.
func (s *memberSet) has(v *col.Vec, i int) (found bool) {
	if v.Type.IsFixed() {
		_, found = s.words[v.Fix[i]]
	} else {
		_, found = s.strings[string(v.Bytes(i))]
	}
	return found
}

func memberKernel(c *Call, set *memberSet) *col.Vec {
	return eachRow(c, func(i int, out *col.Builder) error {
		i = c.Row(0, i)
		switch {
		case c.Args[0].IsNull(i):
			out.Null()
		case set.has(c.Args[0], i):
			out.Bool(true)
		case set.hasNull:
			out.Null()
		default:
			out.Bool(false)
		}
		return nil
	})
}
