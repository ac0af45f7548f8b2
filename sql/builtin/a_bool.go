package builtin

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

var boolAggs = concat([]Agg{
	{
		Name: "bool_and", Args: list(types.Bool), Returns: types.Bool, Doc: "Whether all values are true; NULL of none.",
		Example: "bool_and(x) of (true), (false), (null) = false", New: newBoolCounts(true),
	},
	{
		Name: "every", Args: list(types.Bool), Returns: types.Bool, Doc: "Same as bool_and.",
		Example: "every(x) of (true), (true), (null) = true", New: newBoolCounts(true),
	},
	{
		Name: "bool_or", Args: list(types.Bool), Returns: types.Bool, Doc: "Whether some value is true; NULL of none.",
		Example: "bool_or(x) of (true), (false), (null) = true", New: newBoolCounts(false),
	},
}, bitAggs())

// boolCount is how many values of a slot are true and false.
type boolCount struct{ yes, no int64 }

type boolCounts struct {
	slots[boolCount]
	all bool
}

func newBoolCounts(all bool) func([]types.Type) Accumulators {
	return func([]types.Type) Accumulators { return &boolCounts{all: all} }
}

// Add implements Accumulators.
func (a *boolCounts) Add(slots []int32, args []*col.Vec, w []int32) {
	v := args[0]
	for i, s := range slots {
		switch {
		case v.IsNull(i):
		case v.Fix[i] != 0:
			a.s[s].yes += weight(w, i)
		default:
			a.s[s].no += weight(w, i)
		}
	}
}

// Result implements Accumulators.
func (a *boolCounts) Result(slot int32, out *col.Builder) {
	switch st := a.s[slot]; {
	case st == boolCount{}:
		out.Null()
	case a.all:
		out.Bool(st.no == 0)
	default:
		out.Bool(st.yes != 0)
	}
}

// AppendState implements Accumulators.
func (a *boolCounts) AppendState(dst []byte, slot int32) []byte {
	return appendWords(dst, uint64(a.s[slot].yes), uint64(a.s[slot].no))
}

// LoadState implements Accumulators.
func (a *boolCounts) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	a.s[slot] = boolCount{r.int64(), r.int64()}
	return r.rest()
}

func bitAggs() []Agg {
	ops := []struct {
		name, doc, result string
		f                 func(acc, x int64) int64
	}{
		{"bit_and", "Bitwise AND of the values; NULL of none.", "2", func(acc, x int64) int64 { return acc & x }},
		{"bit_or", "Bitwise OR of the values; NULL of none.", "7", func(acc, x int64) int64 { return acc | x }},
		{"bit_xor", "Bitwise exclusive OR of the values; NULL of none.", "5", func(acc, x int64) int64 { return acc ^ x }},
	}
	var out []Agg
	for _, op := range ops {
		for _, t := range integers {
			out = append(out, Agg{
				Name: op.name, Args: list(t), Returns: t, Doc: op.doc,
				Example: op.name + "(x::" + t.InternalName() + ") of (3), (6) = " + op.result, Collect: foldWords(op.f),
			})
		}
	}
	return out
}

func foldWords(f func(acc, x int64) int64) func(*Collected) (types.Datum, error) {
	return func(c *Collected) (types.Datum, error) {
		acc := types.Null
		for i := range c.N {
			switch {
			case c.Args[0].IsNull(i):
			case !acc.Set:
				acc = types.FixedDatum(c.Args[0].Fix[i])
			default:
				acc.I = f(acc.I, c.Args[0].Fix[i])
			}
		}
		return acc, nil
	}
}
