package builtin

import (
	"fmt"

	"millrace/sql/types"
)

var integers = []types.Type{types.Int2, types.Int4, types.Int8}

var arithFuncs = concat(integerArith(), floatArith(), numericArith(), signFuncs(), rootFuncs)

// wider of two integer types.
func widerInt(a, b types.Type) types.Type {
	if a.Kind > b.Kind {
		return a
	}
	return b
}

func integerArith() []Func {
	var out []Func
	add := func(name string, l, r types.Type, doc, example string, k Kernel) {
		out = append(out, Func{
			Name: name, Args: list(l, r), Returns: widerInt(l, r), Doc: doc,
			Example: fmt.Sprintf(example, l.InternalName(), r.InternalName()), Kernel: k,
		})
	}
	for _, l := range integers {
		for _, r := range integers {
			t := widerInt(l, r)
			add("+", l, r, "Sum.", "7::%s + 2::%s = 9", intAdd.kernel(t))
			add("-", l, r, "Difference.", "7::%s - 2::%s = 5", intSub.kernel(t))
			add("*", l, r, "Product.", "7::%s * 2::%s = 14", intMul.kernel(t))
			add("/", l, r, "Quotient, truncated towards zero.", "-7::%s / 2::%s = -3", intDiv(t))
			if l == r {
				add("%", l, r, "Remainder, with the sign of the dividend.", "-7::%s %% 2::%s = -1", words2(intMod))
			}
		}
	}
	return out
}

func floatArith() []Func {
	ops := []struct {
		name, doc, example string
		f                  func(x, y float64) (float64, error)
	}{
		{"+", "Sum.", "7.5::%s + 2::%s = 9.5", floatAdd},
		{"-", "Difference.", "7.5::%s - 2::%s = 5.5", floatSub},
		{"*", "Product.", "7.5::%s * 2::%s = 15", floatMul},
		{"/", "Quotient.", "7.5::%s / 2::%s = 3.75", floatDiv},
	}
	var out []Func
	for _, op := range ops {
		for _, l := range []types.Type{types.Float4, types.Float8} {
			for _, r := range []types.Type{types.Float4, types.Float8} {
				f, t := op.f, types.Float8
				if l == types.Float4 && r == types.Float4 {
					f, t = single(op.f), types.Float4
				}
				out = append(out, Func{
					Name: op.name, Args: list(l, r), Returns: t, Doc: op.doc,
					Example: fmt.Sprintf(op.example, l.InternalName(), r.InternalName()), Kernel: float2(f),
				})
			}
		}
	}
	return out
}

func numericArith() []Func {
	two := list(types.Numeric, types.Numeric)
	return []Func{
		{Name: "+", Args: two, Returns: types.Numeric, Doc: "Sum.", Example: "1.5 + 2.25 = 3.75", Kernel: dec2(decAdd)},
		{Name: "-", Args: two, Returns: types.Numeric, Doc: "Difference.", Example: "1.5 - 2.25 = -0.75", Kernel: dec2(decSub)},
		{Name: "*", Args: two, Returns: types.Numeric, Doc: "Product.", Example: "1.5 * 2.25 = 3.375", Kernel: dec2(decMul)},
		{
			Name: "/", Args: two, Returns: types.Numeric, Doc: "Quotient, with at least 16 significant digits.",
			Example: "1.0 / 3 = 0.33333333333333333333", Kernel: dec2(decDiv),
		},
		{
			Name: "%", Args: two, Returns: types.Numeric, Doc: "Remainder, with the sign of the dividend.",
			Example: "-7.5 % 2 = -1.5", Kernel: dec2(decMod),
		},
	}
}

// signFuncs are the prefix operators + - @ of all number types.
func signFuncs() []Func {
	var out []Func
	add := func(name string, t types.Type, doc, example string, k Kernel) {
		out = append(out, Func{
			Name: name, Args: list(t), Returns: t, Doc: doc,
			Example: fmt.Sprintf(example, t.InternalName()), Kernel: k,
		})
	}
	for _, t := range []types.Type{types.Int2, types.Int4, types.Int8, types.Float4, types.Float8, types.Numeric} {
		neg, abs := intNeg(t, false), intNeg(t, true)
		switch {
		case t.IsFloat():
			neg, abs = words(negateFloat), words(absFloat)
		case t == types.Numeric:
			neg, abs = dec1(decNeg), dec1(decAbs)
		}
		add("+", t, "The number itself.", "+ 5::%s = 5", same)
		add("-", t, "Negation.", "- 5::%s = -5", neg)
		add("@", t, "Absolute value.", "@ (-5)::%s = 5", abs)
		add("abs", t, "Absolute value.", "abs((-17)::%s) = 17", abs)
	}
	return out
}

const floatSign = -1 << 63

func negateFloat(x int64) int64 { return x ^ floatSign }
func absFloat(x int64) int64    { return x &^ floatSign }

func decNeg(x types.Decimal) (types.Decimal, error) { return x.Neg(), nil }
func decAbs(x types.Decimal) (types.Decimal, error) { return x.Abs(), nil }
